// How far the lines of the map bend, so that they keep clear of marks that they do not join; the
// rule is that of the pictures that Python arranges.

import { viaPoint } from "./geometry.js";

const both = (bend) => [bend, -bend];
const BENDS = [0, ...[
  0.12, 0.24, 0.36, 0.06, 0.18, 0.3, 0.42, 0.48, 0.54, 0.6, 0.72, 0.84,
  0.03, 0.09, 0.15, 0.21, 0.27, 0.33, 0.39, 0.45, 0.51, 0.57, 0.66, 0.78,
  0.02, 0.05, 0.08, 0.1, 0.14, 0.17, 0.2, 0.23, 0.26, 0.29, 0.32, 0.35, 0.38, 0.4,
].flatMap(both)];
const FAN = [0.1, 0.26, 0.42, 0.58, 0.18, 0.34, 0.5, 0.7, 0.82].flatMap(both);
const [BETWEEN, CLEAR] = [1, 4];
const POINTS = 97;

// As long as the same marks and lines stand in the same places, they are bent as before. What a wide
// screen shows first brings its bends along.
export function bow(data, marks, lines) {
  const { map } = data;
  const key = [map.arranged, ...marks, ...lines].join(" ");
  if (map.bowed === undefined && !data.upright) {
    map.bends = new Map(map.bends.map((line) => firstBend(data.network, line)));
    map.bowed = key;
  }
  if (map.bowed !== key) {
    bendAll(data, marks, lines);
    map.bends = new Map([...lines].map((id) => [id, data.edges.get(id).bend]));
    map.bowed = key;
  }
  for (const id of lines) data.edges.get(id).bend = map.bends.get(id) || 0;
}

// A fact is named by its number, a bundle by the numbers of its ends and its stroke.
function firstBend({ nodes, edges }, line) {
  const [from, to, stroke] = line;
  const id = line.length > 2 ? `b.${nodes[from].id}.${nodes[to].id}.${stroke}` : edges[from].id;
  return [id, line.at(-1)];
}

function bendAll(data, marks, lines) {
  const others = [...marks].map((id) => data.nodes.get(id));
  const together = new Map();
  for (const id of [...lines].sort()) {
    const { from, to } = data.edges.get(id);
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    together.set(pair, [...(together.get(pair) || []), id]);
  }
  for (const ids of together.values()) {
    let free = FAN;
    for (const id of ids) {
      const edge = data.edges.get(id);
      const side = edge.from <= edge.to ? 1 : -1;
      edge.bend = clearest(data, edge, others, ids.length > 1 ? free.map((bend) => side * bend) : BENDS);
      free = free.filter((bend) => side * bend !== edge.bend);
      if (!free.length) free = FAN;
    }
  }
}

// The first bend that keeps clear of all others, or of those that run through the fewest.
function clearest(data, edge, others, bends) {
  const [a, b] = [data.nodes.get(edge.from), data.nodes.get(edge.to)];
  const close = others.filter((node) => node !== a && node !== b)
    .map((node) => ({ node, off: offChord(a, b, node) }));
  let best = bends[0];
  let least = Infinity;
  for (const bend of bends) {
    const hits = touched(a, b, bend, close);
    if (!hits) return bend;
    if (hits < least) [best, least] = [bend, hits];
  }
  return best;
}

// How far a mark lies off the straight line between two others.
function offChord(a, b, node) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const share = ((node.x - a.x) * dx + (node.y - a.y) * dy) / Math.max(dx * dx + dy * dy, 1e-9);
  const along = Math.min(1, Math.max(0, share));
  return Math.hypot(node.x - a.x - along * dx, node.y - a.y - along * dy);
}

// What is run through weighs more than any number that is only near.
function touched(a, b, bend, close) {
  const via = bend ? viaPoint(a, b, bend) : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  // A bow stays within half of what its control point lies off the straight line.
  const bowed = Math.hypot(via.x - (a.x + b.x) / 2, via.y - (a.y + b.y) / 2) / 2;
  let hits = 0;
  for (const { node, off } of close) {
    if (off > node.size + CLEAR + bowed) continue;
    let gap = Infinity;
    for (let step = 0; step < POINTS; step += 1) {
      const t = step / (POINTS - 1);
      const x = (1 - t) ** 2 * a.x + 2 * t * (1 - t) * via.x + t ** 2 * b.x;
      const y = (1 - t) ** 2 * a.y + 2 * t * (1 - t) * via.y + t ** 2 * b.y;
      gap = Math.min(gap, (node.x - x) ** 2 + (node.y - y) ** 2);
    }
    hits += (gap < (node.size + BETWEEN) ** 2 ? 1000 : 0) + (gap < (node.size + CLEAR) ** 2 ? 1 : 0);
  }
  return hits;
}
