// One sheet to take away: title, what is shown in words, the picture, its legend, and where it
// comes from. Always as an SVG; a browser paints the same sheet as a PNG.

import { shape } from "./vector.js";
import { traced } from "./tracing.js";

const MARGIN = 24;
const LEAST_WIDTH = 640;
const INK = "#1C2530";
const SOFT = "#5B6673";
const PAPER = "#FBFAF7";
const FACE = "Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif";
const LEGEND_COLUMN = 230;
const CHARACTER = 0.52;

// `told` says in words what is shown, from what, and where it is found again.
export function sheetOf(state, view, told) {
  const { page } = state.data;
  const { clientWidth, clientHeight } = view.stage;
  const width = Math.max(clientWidth, LEAST_WIDTH) + 2 * MARGIN;
  const parts = [];
  let y = MARGIN;
  const write = (text, size, settings) => {
    for (const line of wrapped(text, (width - 2 * MARGIN) / (size * CHARACTER))) {
      y += size * 1.35;
      parts.push(shape("text", { x: MARGIN, y: y.toFixed(1), "font-size": size, fill: INK, ...settings }, line));
    }
  };
  write(page.title, 24, { "font-weight": 650 });
  write(told.shown, 13, { fill: SOFT });
  y += 12;
  parts.push(traced(state, view, { x: (width - clientWidth) / 2, y, width: clientWidth, height: clientHeight }));
  y += clientHeight + 20;
  const legend = legendParts(width - 2 * MARGIN);
  parts.push(shape("g", { transform: `translate(${MARGIN} ${y})`, "font-size": 13, fill: INK }, ...legend.parts));
  y += legend.height;
  write(told.source, 12, { fill: SOFT });
  write(told.link, 12, { fill: SOFT });
  const height = Math.ceil(y + MARGIN);
  return shape("svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", lang: page.language, "font-family": FACE },
    shape("title", {}, page.title), shape("desc", {}, `${told.shown} ${told.source}`),
    shape("rect", { width, height, fill: PAPER }), ...parts);
}

export function textOf(sheet) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(sheet)}\n`;
}

// At double size, so that it is sharp in a report.
export async function paintingOf(sheet) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([textOf(sheet)], { type: "image/svg+xml" }));
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * sheet.width.baseVal.value;
  canvas.height = 2 * sheet.height.baseVal.value;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

// The looks that are shown, as the legend of the page draws them.
function legendParts(width) {
  const columns = Math.max(1, Math.floor(width / LEGEND_COLUMN));
  const shown = [...document.querySelectorAll("#legend .groups input[data-token]:checked")]
    .map((box) => box.closest("label"))
    .filter((label) => label.querySelector("svg"));
  const parts = shown.flatMap((label, number) => {
    const [x, y] = [(number % columns) * LEGEND_COLUMN, 22 * Math.floor(number / columns)];
    const sample = label.querySelector("svg");
    const left = x + (sample.classList.contains("long") ? 0 : 20);
    const drawn = [...sample.children].map((child) => child.cloneNode(true));
    return [
      shape("g", { transform: `translate(${left} ${y})` }, ...drawn),
      shape("text", { x: x + 48, y: y + 4.5 }, capital(label.querySelector(".what").textContent)),
    ];
  });
  return { parts, height: 22 * Math.ceil(shown.length / columns) };
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const joined = `${lines.at(-1)} ${word}`.trim();
    if (joined.length <= most || !lines.at(-1)) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}
