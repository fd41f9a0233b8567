// Where names go: each on the free side that hides least of the lines, the weightiest first. Those
// that weigh most, or are looked at, go as far as they must, with a thin line back to their mark;
// the others a little way; what then has no room is named in the table.

import { atlas } from "./atlas.js";
import { around, brokenName, segment, touches, within } from "./geometry.js";
import { FACE, widthOf } from "./letters.js";
import { Ink, Taken } from "./room.js";
import { placedVerbs } from "./verbs.js";

const CHARACTERS = 20;
const LINES = 2;
const INK = "#1C2530";
const FAINT = "#B5B2A8";
const GAP = 4;
const NEAR = [14, 26, 40, 56];
const FAR = [14, 26, 40, 56, 76, 100, 130, 165, 205, 250];
const DIRECTIONS = 20;
const AROUND = Array.from({ length: DIRECTIONS }, (_, number) => {
  const angle = (2 * Math.PI * number) / DIRECTIONS;
  return [Math.cos(angle), Math.sin(angle)];
});
// So many of the weightiest are named even if their name must stand far away.
const FIRST = { wide: 30, upright: 8 };
// More marks than this are named in smaller letters, all but the most important; in a throng no other
// name stands away from its mark, and only so many of the weightiest are named at first.
export const CROWD = 60;
const THRONG = 300;
const MOST_NAMED = 1000;
// A dot of line under a name weighs as much as so many steps down the list of its places.
const HIDING = 0.6;

// `roughly` asks how far names reach, whatever they hide of the lines.
export function placedLabels(context, state, scale, bounds, roughly = false) {
  const { data } = state;
  const { circles } = state.shown();
  const [marks, all] = [state.drawn(), state.lines()];
  const circled = new Set(circles.flatMap((circle) => circle.facts));
  const kept = state.neighbourhood();
  const nodes = data.network.nodes.filter((node) => marks.has(node.id) || node.id === state.current.focus);
  const drawn = roughly ? [] : [...(kept ? kept.lines : all)].filter((id) => kept || !circled.has(id));
  const lines = drawn.map((id) => segment(data, id, scale));
  const taken = new Taken();
  for (const node of nodes) taken.add(around(node, scale));
  if (data.map) for (const title of atlas.titles(context, data, scale)) taken.add(title.box);
  const room = { taken, ink: new Ink(lines), bounds, names: [], leads: [] };
  const labels = [];
  const ranked = byWeight(nodes, state, kept).slice(0, bounds ? MOST_NAMED : nodes.length);
  const first = kept ? kept.marks.size : firstOf(data);
  const gaps = (order) => (order < first ? FAR : nodes.length > THRONG ? [] : NEAR);
  ranked.forEach((node, order) => {
    const near = !kept || kept.marks.has(node.id);
    const label = measured(context, node, state, near, nodes.length > CROWD);
    const box =
      best(sides(label, node, scale), node, scale, room) ||
      (near && best(ring(label, node, scale, gaps(order)), node, scale, room)) ||
      (node.id === state.current.focus ? sides(label, node, scale)[0] : null);
    if (!box) return;
    const lead = leader(node, scale, box);
    taken.add(box);
    room.names.push(box);
    if (lead) room.leads.push(lead);
    labels.push({ ...label, box, id: node.id, leader: lead });
  });
  return kept ? [...labels, ...placedVerbs(context, data, kept, scale, taken)] : labels;
}

function firstOf({ map, upright }) {
  return map ? map[upright ? "tall" : "wide"].named : FIRST[upright ? "upright" : "wide"];
}

function byWeight(nodes, state, kept) {
  const { data, current } = state;
  const weight = (node) =>
    (node.id === current.focus ? 4e6 : 0) +
    (kept && kept.marks.has(node.id) ? 2e6 : 0) +
    (node.id === data.page.focus ? 1e6 : 0) +
    data.actors[node.id].reach * 100 + (data.actors[node.id].rank || 0) + node.size;
  const weights = new Map(nodes.map((node) => [node.id, weight(node)]));
  return [...nodes].sort((a, b) => weights.get(b.id) - weights.get(a.id));
}

function measured(context, node, state, near, crowded) {
  const { data, current } = state;
  const circle = state.shown().circles.find((each) => each.id === node.id);
  const strong = circle || node.id === current.focus || node.size >= 22 || node.id === data.page.focus;
  const size = (strong ? 14 : 13) - Number(crowded);
  const font = `${strong ? 650 : 450} ${size}px ${FACE}`;
  const lines = brokenName(node.label, CHARACTERS, LINES);
  const width = Math.max(...lines.map((line) => widthOf(context, font, line)));
  const line = Math.round(size * 1.2);
  return { lines, font, width, line, height: lines.length * line, colour: near ? (circle ? circle.colour : INK) : FAINT };
}

function best(places, node, scale, room) {
  let found = null;
  let least = Infinity;
  let late = -0.2;
  for (const box of places) {
    late += 0.2;
    if (late >= least) break;
    if ((room.bounds && !within(box, room.bounds)) || !room.taken.isFree(box)) continue;
    const cost = room.ink.under(box) * HIDING + late;
    if (cost < least && !isCrossed(box, leader(node, scale, box), room)) [found, least] = [box, cost];
  }
  return found;
}

// No thin line runs through a name.
function isCrossed(box, lead, { names, leads }) {
  return leads.some((other) => touches(...other, box)) || Boolean(lead && names.some((name) => touches(...lead, name)));
}

function sides(label, node, scale) {
  const { width: w, height: h } = label;
  const [x, y, r] = [node.x * scale, node.y * scale, node.size * scale];
  const slant = r * 0.75;
  return [
    [x - w / 2, y + r + GAP],
    [x + r + GAP + 1, y - h / 2],
    [x - r - GAP - 1 - w, y - h / 2],
    [x - w / 2, y - r - GAP - h],
    [x + slant + GAP, y + slant],
    [x - slant - GAP - w, y + slant],
    [x + slant + GAP, y - slant - h],
    [x - slant - GAP - w, y - slant - h],
  ].map(([left, top]) => ({ left, top, right: left + w, bottom: top + h }));
}

// Places all around, further and further away, that need a thin line back to their mark.
function* ring(label, node, scale, gaps) {
  const { width: w, height: h } = label;
  const [x, y] = [node.x * scale, node.y * scale];
  for (const gap of gaps) {
    const away = node.size * scale + gap;
    for (const [dx, dy] of AROUND) {
      const left = x + dx * away + (dx - 1) * (w / 2);
      const top = y + dy * away + (dy - 1) * (h / 2);
      yield { left, top, right: left + w, bottom: top + h };
    }
  }
}

function leader(node, scale, box) {
  const [x, y, r] = [node.x * scale, node.y * scale, node.size * scale];
  const [toX, toY] = [Math.min(Math.max(x, box.left), box.right), Math.min(Math.max(y, box.top), box.bottom)];
  const length = Math.hypot(toX - x, toY - y);
  if (length < r + NEAR[0] - 4) return null;
  return [{ x: x + ((toX - x) * r) / length, y: y + ((toY - y) * r) / length }, { x: toX, y: toY }];
}
