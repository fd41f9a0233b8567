// What the reader takes away: the facts shown as CSV, and the picture as PNG.

import { labelOf } from "./data.js";
import { el } from "./dom.js";
import { csvOf, save, saveCsv } from "./download.js";

const COLUMNS = [
  "id", "subject-id", "subject", "relation", "object-id", "object", "status", "claimant",
  "period", "details", "confidence", "gloss", "document", "place", "address",
];

export function bindSaving(state, view, words, status) {
  const { data } = state;
  const name = `techsov-${data.page.kind}-${data.page.focus || "all"}-${data.page.edition}`.replace(/-all-/, "-");
  const press = (id, work) => document.getElementById(id).addEventListener("click", work);
  press("save-csv", () => {
    saveCsv(csv(state, words), `${name}.csv`);
    status.say(words.say("saved", { name: `${name}.csv` }));
  });
  press("save-png", () => {
    sheet(state, view, words).toBlob((blob) => save(blob, `${name}.png`), "image/png");
    status.say(words.say("saved", { name: `${name}.png` }));
  });
}

export function csv(state, words) {
  const { data } = state;
  const head = COLUMNS.map((column) => words.say(`csv-${column}`));
  const { facts } = state.shown();
  const rows = data.network.edges.filter((edge) => facts.has(edge.id)).map((edge) => row(data, edge));
  return csvOf([head, ...rows]);
}

function row(data, edge) {
  const line = data.rows.get(edge.id);
  const [, verb, object, status, period, confidence, proofs] = line.cells;
  const fine = object.querySelector(".fine");
  const all = (selector, read) => [...proofs.querySelectorAll(selector)].map(read).join(" | ");
  const text = (node) => node.textContent;
  return [
    edge.id, edge.from, labelOf(data, edge.from), text(verb),
    edge.to, labelOf(data, edge.to), text(status.querySelector(".status")), line.dataset.claimant || "",
    text(period), fine ? text(fine) : "", text(confidence),
    all(".gloss", text), all(".source > a:first-child", text), all(".source > span", text),
    all("a.out", (link) => link.href),
  ];
}

// The picture at double size, with title, legend, day and edition.
function sheet(state, view, words) {
  const { data } = state;
  const picture = doubled(view);
  const legend = legendLines(state);
  const margin = 48;
  const head = 130;
  const foot = 70 + 44 * Math.ceil(legend.length / 4);
  const canvas = el("canvas", {});
  canvas.width = picture.width + 2 * margin;
  canvas.height = picture.height + head + foot;
  const context = canvas.getContext("2d");
  context.fillStyle = "#FBFAF7";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, margin, head);
  context.fillStyle = "#1C2530";
  context.textBaseline = "middle";
  context.font = "650 44px Arial, sans-serif";
  context.fillText(data.page.title, margin, 60);
  context.font = "26px Arial, sans-serif";
  const line = document.getElementById("status").textContent;
  context.fillText(`${line} ${data.page.day} · ${data.page.edition}`, margin, 108);
  legend.forEach((item, number) => {
    const x = margin + (number % 4) * (picture.width / 4);
    sample(context, item, x, canvas.height - foot + 50 + 44 * Math.floor(number / 4));
  });
  return canvas;
}

function doubled(view) {
  const { network } = view;
  const before = Object.getOwnPropertyDescriptor(window, "devicePixelRatio");
  Object.defineProperty(window, "devicePixelRatio", { value: 2, configurable: true });
  network.redraw();
  const copy = el("canvas", {});
  copy.width = network.canvas.frame.canvas.width;
  copy.height = network.canvas.frame.canvas.height;
  copy.getContext("2d").drawImage(network.canvas.frame.canvas, 0, 0);
  Object.defineProperty(window, "devicePixelRatio", before);
  network.redraw();
  return copy;
}

function legendLines(state) {
  const boxes = [...document.querySelectorAll("input[data-token]:checked")];
  return boxes
    .filter((box) => /^[mrs]\./.test(box.dataset.token))
    .map((box) => box.closest("label"))
    .map((label) => ({ svg: label.querySelector("svg"), words: label.querySelector(".what").textContent }));
}

function sample(context, { svg, words }, x, y) {
  context.save();
  context.translate(x + 40, y);
  context.scale(2, 2);
  const wide = svg.classList.contains("long");
  if (wide) context.translate(-20, 0);
  for (const part of svg.querySelectorAll("path, circle")) {
    const from = (name) => part.getAttribute(name) ?? part.parentNode.getAttribute(name);
    const shape = new Path2D(part.getAttribute("d") || "");
    if (part.tagName === "circle") shape.arc(0, 0, Number(part.getAttribute("r")), 0, 2 * Math.PI);
    if (from("fill") !== "none") {
      context.fillStyle = from("fill");
      context.fill(shape);
    }
    if (from("stroke")) {
      context.setLineDash((from("stroke-dasharray") || "").split(" ").filter(Boolean).map(Number));
      context.strokeStyle = from("stroke");
      context.lineWidth = Number(from("stroke-width"));
      context.stroke(shape);
    }
  }
  context.restore();
  context.font = "24px Arial, sans-serif";
  context.fillStyle = "#1C2530";
  context.fillText(words, x + 90, y);
}
