// Names in screen pixels: each on the free side that fewest lines cross, the weightiest first;
// one that finds no room is left out. Places are kept until the scale or what is shown changes.

import { around, brokenName, crosses, meets, segment, within } from "./geometry.js";

const FACE = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const LINE = 15.5;
const CHARACTERS = 20;
const LINES = 2;
const HALO = "#FBFAF7";
const INK = "#1C2530";
const FAINT = "#B5B2A8";
const GAP = 4;
const MOST_VERBS = 14;
const VERB_ROOM = 50;

export function drawLabels(context, view, state) {
  const { network } = view;
  const scale = network.getScale();
  const key = `${scale.toFixed(4)} ${view.version} ${view.moved}`;
  if (view.labelKey !== key) {
    view.labels = placedLabels(context, state, scale, view.moved ? null : seen(network, scale));
    view.labelKey = key;
  }
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const ratio = network.canvas.pixelRatio;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, ratio * origin.x, ratio * origin.y);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  for (const label of view.labels) write(context, label);
  context.restore();
}

// What of the picture is in sight, in pixels from its middle: names stay within.
function seen(network, scale) {
  const { clientWidth, clientHeight } = network.canvas.frame.canvas;
  const { x, y } = network.getViewPosition();
  const [left, top] = [x * scale - clientWidth / 2 + 2, y * scale - clientHeight / 2 + 2];
  return { left, top, right: left + clientWidth - 4, bottom: top + clientHeight - 4 };
}

function write(context, label) {
  context.font = label.font;
  context.lineWidth = 4;
  context.strokeStyle = HALO;
  context.fillStyle = label.colour;
  label.lines.forEach((line, number) => {
    const y = label.box.top + LINE * (number + 0.5);
    const x = (label.box.left + label.box.right) / 2;
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  });
}

export function placedLabels(context, state, scale, bounds) {
  const { data } = state;
  const { marks, facts } = state.shown();
  const kept = state.neighbourhood();
  const nodes = data.network.nodes.filter((node) => marks.has(node.id) || node.id === state.current.focus);
  const lines = [...(kept ? kept.facts : facts)]
    .filter((id) => kept || !data.circleOf.has(id))
    .map((id) => segment(data, id, scale));
  const taken = nodes.map((node) => around(node, scale));
  const labels = [];
  const rank = (node) =>
    (node.id === state.current.focus ? 4e6 : 0) +
    (kept && kept.marks.has(node.id) ? 2e6 : 0) +
    (node.id === data.page.focus ? 1e6 : 0) +
    data.actors[node.id].reach * 100 + node.size;
  for (const node of [...nodes].sort((a, b) => rank(b) - rank(a))) {
    const near = !kept || kept.marks.has(node.id);
    const label = measured(context, node, state, near);
    const box =
      freePlace(label, node, scale, taken, near ? lines : [], bounds) ||
      (node.id === state.current.focus ? sides(label, node, scale)[0] : null);
    if (!box) continue;
    taken.push(box);
    labels.push({ ...label, box, id: node.id });
  }
  return kept && kept.facts.size <= MOST_VERBS
    ? [...labels, ...verbs(context, data, kept, scale, taken)]
    : labels;
}

function measured(context, node, state, near) {
  const { data, current } = state;
  const circle = data.circles.find((each) => each.id === node.id);
  const strong = circle || node.id === current.focus || node.size >= 19 || node.id === data.page.focus;
  const font = `${strong ? 650 : 450} ${strong ? 14 : 13}px ${FACE}`;
  const lines = brokenName(node.label, CHARACTERS, LINES);
  context.font = font;
  const width = Math.max(...lines.map((line) => context.measureText(line).width));
  return { lines, font, width, height: lines.length * LINE, colour: near ? (circle ? circle.colour : INK) : FAINT };
}

function freePlace(label, node, scale, taken, lines, bounds) {
  let best = null;
  let least = Infinity;
  sides(label, node, scale).forEach((box, order) => {
    if (taken.some((other) => meets(other, box)) || (bounds && !within(box, bounds))) return;
    const cost = lines.filter((line) => crosses(line, box)).length + order * 0.2;
    if (cost < least) [best, least] = [box, cost];
  });
  return best;
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

function verbs(context, data, kept, scale, taken) {
  const font = `italic 450 12px ${FACE}`;
  context.font = font;
  return [...kept.facts].flatMap((id) => {
    const line = segment(data, id, scale);
    const words = data.relations[data.facts[id].relation].verb;
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
    return [{ lines: [words], font, box, colour: "#3C4752" }];
  });
}
