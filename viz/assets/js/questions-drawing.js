// The facts of an answer that lie between two things, as a small picture: from left to right, in
// layers, each thing once. What is drawn is text and lines that a reader can select and print.

import { byId, el } from "./dom.js";
import { entityOf } from "./questions-cells.js";
import { layered } from "./questions-layers.js";
import { toldIn } from "./questions-table.js";

const SVG = "http://www.w3.org/2000/svg";
const MOST_MARKS = 24;
const WIDEST = 1000;
const [ROW, MARGIN, GAP, LETTER] = [25, 12, 120, 7.1];
const INK = "#1C2530";
const PAPER = "#FBFAF7";
const SHAPES = {
  dot: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0",
  square: "M-5.5-5.5h11v11h-11z",
  diamond: "M0-7.5 7.5 0 0 7.5-7.5 0z",
  triangle: "M0-7 7.5 5.5h-15z",
  triangleDown: "M0 7 7.5-5.5h-15z",
  star: "M0-8 2.1-2.8 7.6-2.5 3.4 1.1 4.7 6.4 0 3.5-4.7 6.4-3.4 1.1-7.6-2.5-2.1-2.8z",
  hexagon: "M-4-6.5h8L8 0 4 6.5h-8L-8 0z",
};

// `edges` are [id, from, to, words, stroke, status]; nothing is drawn of fewer than two.
export function draw(edges, data, names, words) {
  const figure = byId("drawing");
  const kept = readable(edges);
  figure.hidden = kept.length < 2;
  if (figure.hidden) return figure.replaceChildren();
  const label = words.say("page-questions.drawing");
  const note = kept.length < edges.length
    ? `${words.say("page-questions.drawing-part", { shown: kept.length, all: edges.length })} ` : "";
  const caption = el("figcaption", { class: "fine" }, note + words.say("page-questions.drawing-alike"));
  const place = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": label });
  figure.replaceChildren(place, caption);
  place.append(picture(kept, data, names, label, Math.min(place.clientWidth, WIDEST)));
}

// The first lines, as long as their ends are few enough to be read.
function readable(edges) {
  const marks = new Set();
  return edges.filter(([, from, to]) => {
    const more = [from, to].filter((end) => !marks.has(end));
    if (marks.size + more.length > MOST_MARKS) return false;
    for (const end of more) marks.add(end);
    return true;
  });
}

function picture(edges, data, names, label, width) {
  const layers = layered(edges.map(([, from, to]) => [from, to]));
  const most = Math.max(...layers.map((layer) => layer.length));
  const room = Math.min(260, Math.max(110, (width - GAP) / 2 - 2 * MARGIN));
  const step = layers.length > 1
    ? Math.max(GAP + (layers.length > 2 ? 60 : 0), (Math.max(width, 0) - 2 * room - 2 * MARGIN) / (layers.length - 1)) : 0;
  const full = 2 * (room + MARGIN) + step * (layers.length - 1);
  const height = most * ROW + 2 * MARGIN;
  const points = new Map(layers.flatMap((layer, column) =>
    layer.map((id, row) => [id, {
      x: room + MARGIN + step * column,
      y: MARGIN + ((row + 0.5) * (height - 2 * MARGIN)) / layer.length,
      side: column === 0 ? -1 : 1,
      room: column === 0 || column === layers.length - 1 ? room : step - 40,
    }])));
  const svg = node("svg", { width: Math.round(full), height, viewBox: `0 0 ${Math.round(full)} ${height}`, role: "group", "aria-label": label });
  svg.append(...edges.map((edge) => line(edge, points, data.style)), ...[...points].map(([id, point]) => mark(id, point, data, names)));
  return svg;
}

function line([, from, to, words, stroke, status], points, { strokes, dashes }) {
  const [a, b] = [points.get(from), points.get(to)];
  const turn = a.x === b.x ? 60 : (b.x - a.x) / 2;
  const end = a.x === b.x ? b.x + 8 : b.x - Math.sign(b.x - a.x) * 9;
  const path = a.x === b.x
    ? `M${a.x + 8} ${a.y}C${a.x + turn} ${a.y} ${b.x + turn} ${b.y} ${end} ${b.y}`
    : `M${a.x + Math.sign(turn) * 8} ${a.y}C${a.x + turn} ${a.y} ${b.x - turn} ${b.y} ${end} ${b.y}`;
  const way = a.x === b.x ? -1 : Math.sign(b.x - a.x);
  const colour = strokes[stroke];
  const drawn = node("g", { stroke: colour, fill: "none", "stroke-width": 1.5 },
    node("title", {}, words),
    node("path", { d: path, "stroke-dasharray": dashes[status]?.map((each) => each / 2 + 1).join(" ") || "none" }),
    node("path", { d: `M${end - way * 6} ${b.y - 3.5}L${end} ${b.y}L${end - way * 6} ${b.y + 3.5}` }));
  return drawn;
}

function mark(id, { x, y, side, room }, { style, page }, names) {
  const [label, of, linked] = names.entities[id] ?? [id, "Entity", 0];
  const [cls, family, several] = names.classes[of];
  const [shape, colour] = style.families[family];
  const letters = Math.max(8, Math.floor((room - 12) / LETTER));
  const short = label.length > letters ? `${label.slice(0, letters - 1).trimEnd()}…` : label;
  const text = node("text", {
    x: x + side * 13, y: y + 4.5, "text-anchor": side < 0 ? "end" : "start", "font-size": 13, fill: INK,
    stroke: PAPER, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke",
  }, short);
  const look = several ? { fill: PAPER, stroke: colour, "stroke-width": 2 } : { fill: colour };
  const drawn = node("g", {}, node("title", {}, `${label} · ${cls}`),
    node("path", { d: SHAPES[shape], transform: `translate(${x} ${y})`, ...look }), text);
  return linked ? node("a", { href: `${page.pages}${id}.html` }, drawn) : drawn;
}

function node(tag, settings, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(settings)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// As viz/answered.py: the facts of the rows between two things.
export function edgesOf(rows, told, data, cells) {
  return toldIn(rows).map((name) => told.get(name)).flatMap((fact) => {
    const [from, to] = [entityOf(fact.subject), entityOf(fact.object)];
    if (!from || !to || from === to) return [];
    const status = fact.status.split("status-").at(-1);
    return [[fact.name, from, to, cells.labelOf(fact.relation), data.relations[fact.relation.split("#").at(-1)] ?? "other", status]];
  });
}
