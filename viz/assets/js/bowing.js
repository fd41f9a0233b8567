// How far the lines of the map bend, so that they keep clear of marks that they do not join; the
// rule is that of the pictures that Python arranges.

import { viaPoint } from "./geometry.js";

const BENDS = [0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36];
const FAN = [0.1, -0.1, 0.26, -0.26, 0.42, -0.42, 0.58, -0.58];
const CLEAR = 4;
const POINTS = 25;

export function bow(data, marks, lines, unseen) {
  const others = [...marks].map((id) => data.nodes.get(id));
  const together = new Map();
  for (const id of [...lines].filter((line) => !unseen.has(line)).sort()) {
    const { from, to } = data.edges.get(id);
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    together.set(pair, [...(together.get(pair) || []), id]);
  }
  for (const ids of together.values()) {
    ids.forEach((id, number) => {
      const edge = data.edges.get(id);
      const side = edge.from <= edge.to ? 1 : -1;
      edge.bend = ids.length > 1 ? side * FAN[number % FAN.length] : clearBend(data, edge, others);
    });
  }
}

function clearBend(data, edge, others) {
  const [a, b] = [data.nodes.get(edge.from), data.nodes.get(edge.to)];
  const near = others.filter((node) => node !== a && node !== b && mayTouch(a, b, node));
  let best = 0;
  let least = Infinity;
  for (const bend of BENDS) {
    const hits = touched(a, b, bend, near);
    if (!hits) return bend;
    if (hits < least) [best, least] = [bend, hits];
  }
  return best;
}

// Further from the straight line than any bend reaches, a mark is in nobody's way.
function mayTouch(a, b, node) {
  const reach = 0.5 * Math.hypot(b.x - a.x, b.y - a.y) + node.size + CLEAR;
  return Math.abs(node.x - (a.x + b.x) / 2) < Math.abs(a.x - b.x) / 2 + reach
    && Math.abs(node.y - (a.y + b.y) / 2) < Math.abs(a.y - b.y) / 2 + reach;
}

function touched(a, b, bend, near) {
  const via = bend ? viaPoint(a, b, bend) : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const hit = new Set();
  for (let step = 0; step < POINTS; step += 1) {
    const t = step / (POINTS - 1);
    const x = (1 - t) ** 2 * a.x + 2 * t * (1 - t) * via.x + t ** 2 * b.x;
    const y = (1 - t) ** 2 * a.y + 2 * t * (1 - t) * via.y + t ** 2 * b.y;
    for (const node of near) if (Math.hypot(node.x - x, node.y - y) < node.size + CLEAR) hit.add(node);
  }
  return hit.size;
}
