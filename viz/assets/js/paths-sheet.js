// The picture as a sheet to take away: with its title, its key, the day, the edition and the
// address that shows it again.

import { save } from "./download.js";
import { svg } from "./paths-picture.js";
import { FACE, linesOf } from "./paths-text.js";

const MARGIN = 32;
const TOP = 44;
const LINE = 22;
const LEAST = 640;

// `lines` stand below the title, `foot` below the key.
export function sheetOf(picture, key, title, lines, foot) {
  const [, , wide, high] = picture.getAttribute("viewBox").split(" ").map(Number);
  const inner = Math.max(wide, LEAST);
  const parts = [];
  let y = TOP;
  const put = (words, size, weight) => {
    for (const line of linesOf(words, inner, size, weight)) {
      parts.push(svg("text", { ...FACE, x: MARGIN, y, "font-size": size, "font-weight": weight }, line));
      y += Math.max(LINE, 1.25 * size);
    }
  };
  put(title, 22, 700);
  for (const line of lines) put(line, 13, 400);
  const content = [...picture.childNodes].map((node) => node.cloneNode(true));
  parts.push(svg("g", { transform: `translate(${MARGIN + (inner - wide) / 2} ${y})` }, ...still(content)));
  y += high + LINE;
  for (const item of key.querySelectorAll("li:not([hidden])")) {
    parts.push(sample(item, y - 4.5), svg("text", { ...FACE, x: MARGIN + 52, y, "font-size": 13 }, item.textContent.trim()));
    y += 1.15 * LINE;
  }
  for (const line of foot) put(line, 12, 400);
  const size = { width: inner + 2 * MARGIN, height: y + MARGIN };
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${size.width} ${size.height}`, ...size },
    svg("title", {}, title), svg("desc", {}, lines.join(" ")), svg("rect", { ...size, fill: "#FBFAF7" }), ...parts);
}

// Nothing on paper can be chosen, and no address on it leads to the reader's disk.
function still(nodes) {
  const group = svg("g", {}, ...nodes);
  for (const line of group.querySelectorAll("[role]")) {
    for (const name of ["role", "tabindex", "class"]) line.removeAttribute(name);
  }
  for (const anchor of group.querySelectorAll("a")) anchor.replaceWith(...anchor.childNodes);
  return [...group.childNodes];
}

function sample(item, y) {
  const mark = item.querySelector("svg");
  const wide = mark.classList.contains("long");
  const parts = [...mark.childNodes].map((node) => node.cloneNode(true));
  return svg("g", { transform: `translate(${MARGIN + (wide ? 0 : 20)} ${y})` }, ...parts);
}

export function saveSvg(sheet, name) {
  save(new Blob([textOf(sheet)], { type: "image/svg+xml" }), name);
}

export function savePng(sheet, name) {
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, name), "image/png");
  });
  image.src = `data:image/svg+xml,${encodeURIComponent(textOf(sheet))}`;
}

function textOf(sheet) {
  return new XMLSerializer().serializeToString(sheet);
}
