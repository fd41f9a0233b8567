// Places for the nodes of some chains, row by row: each below what leads to it where that can be.
// A line that passes a row without a stop gets a place of its own there, so that no line runs
// through a node.

const SWEEPS = 6;

// `routes` hold nodes, from the start down. Gives the rows of nodes and the lines between them,
// each with the nodes and places that it passes.
export function layersOf(routes) {
  const lines = new Map();
  for (const route of routes) {
    route.hops.forEach((hop, at) => {
      const key = lineKey(hop.tail, hop.head);
      const [tail, head] = [route.nodes[at], route.nodes[at + 1]];
      if (!lines.has(key)) lines.set(key, { key, tail, head, hop });
    });
  }
  const row = rowsOf(routes, [...lines.values()]);
  const rows = [];
  const put = (place, at) => (rows[at] ||= []).push(place);
  for (const [node, at] of row) put(node, at);
  const drawn = [...lines.values()].map((line) => {
    const passed = [];
    for (let at = row.get(line.tail) + 1; at < row.get(line.head); at += 1) {
      const place = `${line.key}/${at}`;
      put(place, at);
      passed.push(place);
    }
    return { ...line, places: [line.tail, ...passed, line.head] };
  });
  untangle(rows, drawn);
  return { rows, lines: drawn };
}

// The same for both directions: two chains may walk one link either way.
export function lineKey(tail, head) {
  return [Math.min(tail, head), Math.max(tail, head)].join("-");
}

// As far down as any chain puts it; where chains go round in a circle, where it is met first.
function rowsOf(routes, lines) {
  const row = new Map();
  for (const { nodes } of routes) {
    nodes.forEach((node, at) => row.set(node, Math.min(at, row.get(node) ?? at)));
  }
  const first = new Map(row);
  for (let round = 0; round <= row.size; round += 1) {
    const tooHigh = lines.filter(({ tail, head }) => row.get(head) <= row.get(tail));
    if (!tooHigh.length) return row;
    for (const { tail, head } of tooHigh) row.set(head, row.get(tail) + 1);
  }
  return first;
}

// Sorts each row by the mean place of its neighbours in the row above, then below, in turn.
function untangle(rows, lines) {
  const beside = new Map(rows.flat().map((place) => [place, []]));
  for (const { places } of lines) {
    places.slice(1).forEach((place, at) => {
      beside.get(place).push(places[at]);
      beside.get(places[at]).push(place);
    });
  }
  const at = new Map();
  const note = (row) => row.forEach((place, number) => at.set(place, number - (row.length - 1) / 2));
  rows.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const row of sweep % 2 ? [...rows].reverse() : rows) {
      const mean = (place) => {
        const others = beside.get(place).filter((other) => !row.includes(other));
        return others.length ? others.reduce((sum, other) => sum + at.get(other), 0) / others.length : at.get(place);
      };
      const means = new Map(row.map((place) => [place, mean(place)]));
      row.sort((a, b) => means.get(a) - means.get(b));
      note(row);
    }
  }
}
