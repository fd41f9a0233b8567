// What stops when something is taken away: needs that fail, to a fixpoint. As in
// graph/analysis/failure/circuit.py, state by state and reason by reason. Nodes are numbers, in the order
// of their ids, so that ties fall the same way.

export const STATES = ["removed", "lost", "impaired", "degraded", "ok"];
const NEVER = -1;

// The needs within `horizon` months, what is unknown taken for absent ("worst") or present ("best").
export function circuitOf(world, horizon, reading) {
  const best = reading === "best";
  const serves = ({ spare, months }) => !spare || (months === null ? best : months <= horizon);
  const lists = () => Array.from({ length: world.size }, () => []);
  const circuit = { world, short: [], gatesOf: lists(), enduringOf: lists(), readers: lists() };
  for (const need of world.needs) {
    const usable = need.options.filter(serves);
    if (inUse(need).length < need.wanted) circuit.short.push(need);
    else if (best && need.endures) circuit.enduringOf[need.of].push(need);
    else {
      const gate = { need, usable, slack: usable.length - need.wanted };
      circuit.gatesOf[need.of].push(gate);
      for (const option of usable) circuit.readers[option.node].push(gate);
    }
  }
  return circuit;
}

function inUse(need) {
  return need.options.filter((option) => !option.spare);
}

// The round in which each node stops: 0 for what is removed, NEVER for what goes on. `passes` says
// of a node whether it takes down what needs it. Two things that need only each other keep each
// other alive.
function rounds(circuit, removed, passes) {
  const stopped = new Array(circuit.world.size).fill(NEVER);
  const down = new Map();
  for (const node of removed) stopped[node] = 0;
  let front = [...removed];
  for (let turn = 1; front.length; turn += 1) {
    const touched = front.flatMap((node) => circuit.readers[node]);
    for (const gate of touched) down.set(gate, (down.get(gate) || 0) + 1);
    const failing = touched.filter((gate) => down.get(gate) > gate.slack).map((gate) => gate.need.of);
    const reached = [...new Set(failing)].filter((node) => stopped[node] === NEVER);
    for (const node of reached) stopped[node] = turn;
    front = reached.filter(passes);
  }
  return stopped;
}

// What follows once `removed`, a set of nodes, is gone.
export function outcomeOf(circuit, removed) {
  const { actors, known, size } = circuit.world;
  const turns = rounds(circuit, removed, (node) => !actors[node]);
  // Removed, or lost: an impaired actor is still there.
  const isDown = (node) => removed.has(node) || (turns[node] !== NEVER && !actors[node]);
  const downOf = (options) => options.filter((option) => isDown(option.node));

  // The needs that are not met any more, the first to fail first.
  const failures = (entity) =>
    circuit.gatesOf[entity]
      .map((gate) => ({ need: gate.need, down: downOf(gate.usable), slack: gate.slack }))
      .filter(({ down, slack }) => down.length > slack)
      .map(({ need, down, slack }) => ({ need, down, round: inOrder(down, turns)[slack] }))
      .sort((a, b) => a.round - b.round);

  // The needs that stay met although an option in use is down.
  const weakened = (entity) => {
    const met = circuit.gatesOf[entity].filter((gate) => downOf(gate.usable).length <= gate.slack);
    return [...met.map((gate) => gate.need), ...circuit.enduringOf[entity]]
      .map((need) => ({ need, down: downOf(inUse(need)), round: NEVER }))
      .filter(({ down }) => down.length);
  };

  const state = (entity) => {
    if (removed.has(entity)) return "removed";
    if (turns[entity] !== NEVER) return actors[entity] ? "impaired" : "lost";
    return weakened(entity).length ? "degraded" : "ok";
  };

  const why = (entity) => {
    const failed = failures(entity);
    return failed.length ? failed : weakened(entity);
  };

  // A chain to something removed; at each step the option that went down first is followed.
  const reason = (entity) => {
    const chain = [];
    for (let here = entity; !removed.has(here); here = chain.at(-1).node) {
      const found = why(here);
      if (!found.length) break;
      chain.push(found[0].down.reduce((a, b) => (before(b, a, turns) ? b : a)));
    }
    return chain;
  };

  // By node, what brings it down: without what went down when the need had failed already.
  const proof = (entity) => {
    const found = new Map();
    const waiting = [entity];
    for (const here of waiting) {
      const [first] = removed.has(here) || found.has(here) ? [] : why(here);
      if (!first) continue;
      const last = first.round === NEVER ? inOrder(first.down, turns)[0] : first.round;
      const down = first.down.filter((option) => turns[option.node] <= last);
      found.set(here, { ...first, down });
      waiting.push(...down.map((option) => option.node));
    }
    return found;
  };

  const affected = () =>
    [...Array(size).keys()]
      .filter((node) => known[node])
      .map((node) => ({ node, rank: STATES.indexOf(state(node)) }))
      .filter(({ rank }) => rank > 0 && rank < STATES.length - 1)
      .sort((a, b) => a.rank - b.rank || a.node - b.node)
      .map(({ node }) => node);

  // What would stop too if an impaired actor took with it all that needs it.
  const beyond = () => {
    const wider = rounds(circuit, removed, () => true);
    return [...Array(size).keys()].filter((node) => wider[node] !== NEVER && turns[node] === NEVER);
  };

  return { circuit, removed, state, failures, weakened, reason, proof, affected, beyond };
}

function inOrder(options, turns) {
  return options.map((option) => turns[option.node]).sort((a, b) => a - b);
}

function before(a, b, turns) {
  return (turns[a.node] - turns[b.node] || a.node - b.node) < 0;
}
