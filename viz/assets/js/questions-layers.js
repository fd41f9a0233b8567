// Layers of a small graph: each thing right of what leads to it, circles cut where they close; then
// each layer in the order of the middle of its neighbours, so that few lines cross.

const SWEEPS = 6;

export function layered(edges) {
  const next = new Map();
  for (const [from, to] of edges) {
    if (!next.has(from)) next.set(from, new Set());
    if (!next.has(to)) next.set(to, new Set());
    next.get(from).add(to);
  }
  const layers = [];
  for (const [id, layer] of layersOf(next)) (layers[layer] ??= []).push(id);
  order(layers, next);
  return layers;
}

// The longest way to each, without the edges that close a circle.
function layersOf(next) {
  const state = new Map();
  const finished = [];
  const forward = new Map([...next.keys()].map((id) => [id, []]));
  const visit = (start) => {
    const stack = [[start, [...next.get(start)]]];
    state.set(start, "open");
    while (stack.length) {
      const [id, left] = stack.at(-1);
      const to = left.shift();
      if (to === undefined) {
        state.set(id, "done");
        finished.push(id);
        stack.pop();
      } else if (state.get(to) !== "open") {
        forward.get(id).push(to);
        if (!state.has(to)) {
          state.set(to, "open");
          stack.push([to, [...next.get(to)]]);
        }
      }
    }
  };
  for (const id of next.keys()) if (!state.has(id)) visit(id);
  const layer = new Map([...next.keys()].map((id) => [id, 0]));
  for (const id of finished.reverse()) {
    for (const to of forward.get(id)) layer.set(to, Math.max(layer.get(to), layer.get(id) + 1));
  }
  return layer;
}

function order(layers, next) {
  const near = new Map([...next.keys()].map((id) => [id, []]));
  for (const [from, ends] of next) {
    for (const to of ends) {
      near.get(from).push(to);
      near.get(to).push(from);
    }
  }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const at = new Map(layers.flatMap((layer) => layer.map((id, row) => [id, (row + 0.5) / layer.length])));
    const passes = sweep % 2 ? [...layers].reverse() : layers;
    for (const layer of passes) {
      const middle = new Map(layer.map((id) => {
        const places = near.get(id).filter((other) => !layer.includes(other)).map((other) => at.get(other));
        return [id, places.length ? places.reduce((sum, place) => sum + place, 0) / places.length : at.get(id)];
      }));
      layer.sort((a, b) => middle.get(a) - middle.get(b));
      layer.forEach((id, row) => at.set(id, (row + 0.5) / layer.length));
    }
  }
}
