// Chains between two nodes, and what two nodes both lead to. As in
// graph/analysis/network/paths.py, step by step. Nodes are numbers, in the order of their ids, so
// that ties fall the same way. A view holds, by node, where it leads (`next`) and what leads to it
// (`back`): the hop to each neighbour, by its number.

const NONE = new Set();

// The nodes within `steps` of `start`, each with its distance. Nodes of `closed` are not entered,
// nor those of `barred` by the first step.
export function depthsOf(view, start, steps, { closed = NONE, barred = NONE, goal = -1 } = {}) {
  const depths = new Map([[start, 0]]);
  let layer = [start];
  for (let depth = 1; depth <= steps && layer.length && !depths.has(goal); depth += 1) {
    const reached = new Set(layer.flatMap((tail) => [...view.next[tail].keys()]));
    const open = (node) => !depths.has(node) && !closed.has(node) && !(depth === 1 && barred.has(node));
    layer = [...reached].filter(open);
    for (const node of layer) depths.set(node, depth);
  }
  return depths;
}

// Of the shortest ways, the one whose weakest step is strongest; ties by the order of the nodes.
// Strength beyond `cap`, that of what leads to `start`, makes no difference.
function bestWay(view, depths, start, goal, cap) {
  const strongest = new Map([[goal, cap]]);
  let layer = new Set([goal]);
  for (let depth = depths.get(goal) - 1; depth >= 0; depth -= 1) {
    const heads = layer;
    layer = new Set();
    for (const head of heads) {
      for (const [tail, hop] of view.back[head]) {
        if (depths.get(tail) !== depth) continue;
        layer.add(tail);
        const strength = Math.min(hop.strength, strongest.get(head));
        strongest.set(tail, Math.max(strength, strongest.get(tail) ?? strength));
      }
    }
  }
  const nodes = [start];
  while (nodes.at(-1) !== goal) {
    const fits = ([head, hop]) => strongest.has(head) && depths.get(head) === nodes.length
      && Math.min(hop.strength, strongest.get(head)) >= strongest.get(start);
    nodes.push(Math.min(...[...view.next[nodes.at(-1)]].filter(fits).map(([head]) => head)));
  }
  return nodes;
}

// The best chains, after Yen (1971) with Lawler's partition (1972): the best, then the best of
// those that leave it at each of its nodes, and so on.
export function chainsBetween(view, start, goal, most, mostSteps) {
  const candidates = [];
  const push = (prefix, barred) => {
    const passed = prefix.slice(0, -1);
    const last = prefix.at(-1);
    const depths = depthsOf(view, last, mostSteps - passed.length, { closed: new Set(passed), barred, goal });
    if (!depths.has(goal)) return;
    const nodes = [...passed, ...bestWay(view, depths, last, goal, weakest(view, prefix))];
    candidates.push({ nodes, strength: weakest(view, nodes), fixed: passed.length, barred });
  };
  const found = [];
  if (start !== goal) push([start], NONE);
  while (candidates.length && found.length < most) {
    const best = candidates.reduce((a, b) => (order(b, a) < 0 ? b : a));
    candidates.splice(candidates.indexOf(best), 1);
    found.push(chainOf(view, best.nodes));
    for (let last = best.fixed; last < best.nodes.length - 1; last += 1) {
      const taken = new Set([best.nodes[last + 1]]);
      const barred = last === best.fixed ? new Set([...taken, ...best.barred]) : taken;
      push(best.nodes.slice(0, last + 1), barred);
    }
  }
  return found;
}

// What both lead to, with the best chain from each; what no two chains avoid comes first.
export function commonSuppliers(view, one, other, mostSteps) {
  const [left, right] = [one, other].map((node) => depthsOf(view, node, mostSteps));
  const shared = (a, b) => [...a.keys()].filter((node) => b.has(node) && node !== one && node !== other);
  const way = (depths, start, goal) => chainOf(view, bestWay(view, depths, start, goal, Infinity));
  const rows = shared(left, right).map((supplier) => ({
    supplier, left: way(left, one, supplier), right: way(right, other, supplier),
  }));
  // What cannot be avoided stands on the chains of any one row.
  const candidates = rows.slice(0, 1).flatMap((row) => [...row.left.nodes, ...row.right.nodes]);
  const without = (node) => [one, other].map((end) => depthsOf(view, end, mostSteps, { closed: new Set([node]) }));
  for (const row of rows) {
    row.unavoidable = candidates.includes(row.supplier) && !shared(...without(row.supplier)).length;
  }
  const steps = (row) => Math.max(row.left.hops.length, row.right.hops.length);
  return rows.sort((a, b) => b.unavoidable - a.unavoidable || steps(a) - steps(b) || a.supplier - b.supplier);
}

export function turned(view) {
  return { next: view.back, back: view.next };
}

function chainOf(view, nodes) {
  const hops = nodes.slice(1).map((head, at) => view.next[nodes[at]].get(head));
  return { nodes, hops, strength: weakest(view, nodes) };
}

function weakest(view, nodes) {
  return Math.min(...nodes.slice(1).map((head, at) => view.next[nodes[at]].get(head).strength));
}

// Fewest steps, then strongest weakest step, then the order of the nodes.
function order(a, b) {
  const at = a.nodes.findIndex((node, place) => node !== b.nodes[place]);
  return a.nodes.length - b.nodes.length || b.strength - a.strength || a.nodes[at] - b.nodes[at];
}
