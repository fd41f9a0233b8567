// The chains that were found as a picture: a line for each step, with its status in the dash. What
// is relied upon stands below. Where any link was asked for, no line has an arrow.

import { byId } from "./dom.js";
import { layersOf, lineKey } from "./paths-layers.js";
import { FACE, linesOf } from "./paths-text.js";

const ROW = 104;
const MARGIN = 40;
const LEAST_CELL = 128;
const MOST_CELL = 300;
const RADIUS = 11;
const SIZE = 13;
const PAPER = "#FBFAF7";

export function svg(tag, settings, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(settings)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// `open` is told the key of the line that the reader chooses; `title` names the whole.
export function drawChains(data, world, told, { routes, ask, title, open }) {
  const { rows, lines } = layersOf(routes);
  const most = Math.max(...rows.map((row) => row.length));
  const room = byId("drawing").clientWidth || 900;
  const cell = Math.min(MOST_CELL, Math.max(LEAST_CELL, room / most));
  const width = Math.max(cell * most, Math.min(room, MOST_CELL));
  const height = (rows.length - 1) * ROW + 2 * MARGIN;
  const places = new Map(rows.flatMap((row, y) =>
    row.map((place, x) => [place, [width / 2 + (x - (row.length - 1) / 2) * cell - labelShift(cell), MARGIN + y * ROW]])));
  const drawn = lines.map((line) => lineOf(line, { world, told, ask, places, open }));
  const marks = [...places].filter(([place]) => typeof place === "number")
    .map(([node, at]) => markOf(data, world.nodes[node], at, cell));
  const picture = svg("svg", { viewBox: `0 0 ${round(width)} ${height}`, width: round(width), height, role: "group", "aria-label": title },
    svg("g", {}, ...drawn), svg("g", {}, ...marks));
  byId("drawing").replaceChildren(picture);
  showKey(lines, world, [...places.keys()].filter((place) => typeof place === "number"));
  return new Set(lines.map(({ key }) => key));
}

// Labels stand to the right of their marks.
function labelShift(cell) {
  return cell / 2 - RADIUS - 10;
}

function lineOf({ key, hop, places: passed }, { world, told, ask, places, open }) {
  const facts = hop.facts.map((fact) => world.facts[fact]);
  const look = lookOf(world, facts);
  const points = passed.map((place) => places.get(place));
  const d = curve(points, ask === "link" ? 3 : 8);
  const line = svg("path", {
    d, fill: "none", stroke: look.colour, "stroke-width": look.wide ? 3 : 1.5,
    ...(look.dash ? { "stroke-dasharray": look.dash } : {}),
  });
  const reach = svg("path", { d, fill: "none", stroke: "transparent", "stroke-width": 18 });
  const words = told.plain(hop, ask).join(". ");
  const group = svg("g", { class: "line", role: "link", tabindex: 0, "aria-label": words, "data-line": key },
    svg("title", {}, words), reach, line, ...(ask === "link" ? [] : [arrow(points, look.colour)]));
  group.addEventListener("click", () => open(key));
  group.addEventListener("keydown", (event) => event.key === "Enter" && open(key));
  return group;
}

// A step is drawn as its firmest fact; a need outweighs any other kind.
export function lookOf(world, facts) {
  const firmest = world.statuses.find(({ id }) => facts.some(({ status }) => status.id === id));
  const kind = ["need", "control", "other"].find((stroke) => facts.some(({ relation }) => relation.stroke === stroke));
  const { colour } = facts.find(({ relation }) => relation.stroke === kind).relation;
  const documents = new Set(facts.flatMap(({ said }) => said.map(([document]) => document)));
  return { kind, colour, status: firmest.id, dash: firmest.dash, wide: documents.size > 1 };
}

// Lines leave downwards and arrive from above, so that they keep clear of the labels.
function curve(points, gap) {
  const parts = points.slice(1).map(([x, y], at) => {
    const [fromX, fromY] = points[at];
    const down = y > fromY ? 1 : -1;
    const first = at ? fromY : fromY + RADIUS + 2;
    const last = at === points.length - 2 ? y - down * (RADIUS + gap) : y;
    const bend = y > fromY ? (y - fromY) / 2 : ROW / 2;
    const start = at ? "" : `M${round(fromX)} ${round(first)}`;
    return `${start}C${round(fromX)} ${round(first + bend)} ${round(x)} ${round(last - down * bend)} ${round(x)} ${round(last)}`;
  });
  return parts.join("");
}

function arrow(points, colour) {
  const [x, y] = points.at(-1);
  const down = y > points.at(-2)[1] ? 1 : -1;
  const tip = round(y - down * (RADIUS + 1));
  return svg("path", { d: `M${round(x)} ${tip}L${round(x - 5)} ${tip - down * 10}H${round(x + 5)}Z`, fill: colour });
}

// The mark is the one of the key.
function markOf(data, { id, label, family, page }, [x, y], cell) {
  const sample = document.querySelector(`#key [data-mark="${family}"] svg g`).cloneNode(true);
  sample.setAttribute("transform", `translate(${round(x)} ${y}) scale(1.35)`);
  const said = wrapped(label, cell - 2 * RADIUS - 18);
  const text = svg("text", {
    ...FACE, "font-size": SIZE, stroke: PAPER, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke",
  }, ...said.map((line, at) => svg("tspan", { x: round(x + RADIUS + 7), y: round(y + 4.5 + (at - (said.length - 1) / 2) * 16) }, line)));
  const whole = [svg("title", {}, label), sample, text];
  return page ? svg("a", { href: `${data.page.pages}${id}.html` }, ...whole) : svg("g", {}, ...whole);
}

// The label in three lines at most; its title says all of it.
function wrapped(label, width) {
  const lines = linesOf(label, width, SIZE);
  return lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]} …`] : lines;
}

function showKey(lines, world, nodes) {
  const looks = lines.map(({ hop }) => lookOf(world, hop.facts.map((fact) => world.facts[fact])));
  const shown = new Set([
    ...nodes.map((node) => `mark ${world.nodes[node].family}`),
    ...looks.flatMap(({ kind, status, wide }) => [`stroke ${kind}`, `dash ${status}`, `wide ${wide ? 1 : 0}`]),
  ]);
  for (const item of document.querySelectorAll("#key li")) {
    item.hidden = !Object.entries(item.dataset).some(([kind, value]) => shown.has(`${kind} ${value}`));
  }
}

function round(number) {
  return Math.round(number * 10) / 10;
}

export function keysOf(chain) {
  return chain.hops.map((hop) => lineKey(hop.tail, hop.head));
}
