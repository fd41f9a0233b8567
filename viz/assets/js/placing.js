// Where names go: each on the free side that fewest lines cross, the weightiest first; those that
// weigh most, or are looked at, may stand further away with a thin line; the rest find no room.

import { titles } from "./bands.js";
import { around, brokenName, crosses, meets, segment, within } from "./geometry.js";

const FACE = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const LINE = 15.5;
const CHARACTERS = 20;
const LINES = 2;
const INK = "#1C2530";
const FAINT = "#B5B2A8";
const GAP = 4;
const FURTHER = [14, 26, 40, 56, 76, 100];
// So many of the weightiest are named even if their name must stand further away.
const LED = 14;
const MOST_VERBS = 14;
const VERB_ROOM = 50;

export function placedLabels(context, state, scale, bounds) {
  const { data } = state;
  const { drawn: marks, lines: all, circles } = state.shown();
  const circled = new Set(circles.flatMap((circle) => circle.facts));
  const kept = state.neighbourhood();
  const nodes = data.network.nodes.filter((node) => marks.has(node.id) || node.id === state.current.focus);
  const lines = [...(kept ? kept.lines : all)]
    .filter((id) => kept || !circled.has(id))
    .map((id) => segment(data, id, scale));
  const taken = nodes.map((node) => around(node, scale));
  if (data.map) taken.push(...titles(context, data, scale).map((title) => title.box));
  const labels = [];
  const rank = (node) =>
    (node.id === state.current.focus ? 4e6 : 0) +
    (kept && kept.marks.has(node.id) ? 2e6 : 0) +
    (node.id === data.page.focus ? 1e6 : 0) +
    data.actors[node.id].reach * 100 + (data.actors[node.id].rank || 0) + node.size;
  for (const node of [...nodes].sort((a, b) => rank(b) - rank(a))) {
    const near = !kept || kept.marks.has(node.id);
    const label = measured(context, node, state, near);
    const important = kept ? near : labels.length < (data.map ? data.map[data.upright ? "tall" : "wide"].named : LED);
    const box =
      freePlace(sides(label, node, scale, GAP), taken, near ? lines : [], bounds) ||
      (important && freePlace(further(label, node, scale), taken, lines, bounds)) ||
      (node.id === state.current.focus ? sides(label, node, scale, GAP)[0] : null);
    if (!box) continue;
    taken.push(box);
    labels.push({ ...label, box, id: node.id, leader: leader(node, scale, box) });
  }
  return kept && kept.lines.size <= MOST_VERBS
    ? [...labels, ...verbs(context, data, kept, scale, taken)]
    : labels;
}

function measured(context, node, state, near) {
  const { data, current } = state;
  const circle = state.shown().circles.find((each) => each.id === node.id);
  const strong = circle || node.id === current.focus || node.size >= 22 || node.id === data.page.focus;
  const font = `${strong ? 650 : 450} ${strong ? 14 : 13}px ${FACE}`;
  const lines = brokenName(node.label, CHARACTERS, LINES);
  context.font = font;
  const width = Math.max(...lines.map((line) => context.measureText(line).width));
  return { lines, font, width, line: LINE, height: lines.length * LINE, colour: near ? (circle ? circle.colour : INK) : FAINT };
}

function freePlace(places, taken, lines, bounds) {
  let best = null;
  let least = Infinity;
  places.forEach((box, order) => {
    if (taken.some((other) => meets(other, box)) || (bounds && !within(box, bounds))) return;
    const cost = lines.filter((line) => crosses(line, box)).length + order * 0.2;
    if (cost < least) [best, least] = [box, cost];
  });
  return best;
}

function sides(label, node, scale, gap) {
  const { width: w, height: h } = label;
  const [x, y, r] = [node.x * scale, node.y * scale, node.size * scale];
  const slant = r * 0.75 + gap - GAP;
  return [
    [x - w / 2, y + r + gap],
    [x + r + gap + 1, y - h / 2],
    [x - r - gap - 1 - w, y - h / 2],
    [x - w / 2, y - r - gap - h],
    [x + slant + GAP, y + slant],
    [x - slant - GAP - w, y + slant],
    [x + slant + GAP, y - slant - h],
    [x - slant - GAP - w, y - slant - h],
  ].map(([left, top]) => ({ left, top, right: left + w, bottom: top + h }));
}

// Places that need a thin line back to their mark.
function further(label, node, scale) {
  return FURTHER.flatMap((gap) => sides(label, node, scale, gap));
}

function leader(node, scale, box) {
  const [x, y, r] = [node.x * scale, node.y * scale, node.size * scale];
  const [toX, toY] = [Math.min(Math.max(x, box.left), box.right), Math.min(Math.max(y, box.top), box.bottom)];
  const length = Math.hypot(toX - x, toY - y);
  if (length < r + FURTHER[0] - 2) return null;
  return [x + ((toX - x) * r) / length, y + ((toY - y) * r) / length, toX, toY];
}

function verbs(context, data, kept, scale, taken) {
  const font = `italic 450 12px ${FACE}`;
  context.font = font;
  return [...kept.lines].flatMap((id) => {
    const line = segment(data, id, scale);
    const words = data.relations[data.edges.get(id).relation].verb || String(data.edges.get(id).facts.length);
    const w = context.measureText(words).width + 4;
    const length = Math.hypot(line.end.x - line.begin.x, line.end.y - line.begin.y);
    if (length < w + VERB_ROOM) return [];
    const middle = line.bow;
    const box = [0, -14, 14].map((dy) => ({
      left: middle.x - w / 2, right: middle.x + w / 2,
      top: middle.y + dy - LINE / 2, bottom: middle.y + dy + LINE / 2,
    })).find((place) => !taken.some((other) => meets(other, place)));
    if (!box) return [];
    taken.push(box);
    return [{ lines: [words], font, box, line: LINE, colour: "#3C4752" }];
  });
}
