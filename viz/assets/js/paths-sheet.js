// The picture as a sheet to take away: with its title, its key, the day, the edition and the
// address that shows it again.

import { save } from "./download.js";
import { svg } from "./paths-picture.js";

const MARGIN = 32;
const HEAD = 92;
const LINE = 26;
const LEAST = 640;
const FONT = { "font-family": "Arial, Helvetica, sans-serif", fill: "#1C2530" };

// `lines` stand below the title, `foot` below the key.
export function sheetOf(picture, key, title, lines, foot) {
  const [, , wide, high] = picture.getAttribute("viewBox").split(" ").map(Number);
  const width = Math.max(wide, LEAST) + 2 * MARGIN;
  const items = [...key.querySelectorAll("li:not([hidden])")];
  const top = HEAD + LINE * (lines.length - 1);
  const below = top + high + 16;
  const height = below + LINE * (items.length + foot.length) + MARGIN;
  const text = (words, y, size, weight) =>
    svg("text", { ...FONT, x: MARGIN, y, "font-size": size, "font-weight": weight }, words);
  const content = [...picture.childNodes].map((node) => node.cloneNode(true));
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height },
    svg("title", {}, title), svg("desc", {}, lines.join(" ")),
    svg("rect", { width, height, fill: "#FBFAF7" }),
    text(title, 44, 22, 700),
    ...lines.map((line, at) => text(line, 72 + LINE * at, 13, 400)),
    svg("g", { transform: `translate(${MARGIN + (width - 2 * MARGIN - wide) / 2} ${top})` }, ...still(content)),
    ...items.flatMap((item, at) => [sample(item, below + LINE * at), svg("text", { ...FONT, x: MARGIN + 52, y: below + LINE * at + 4.5, "font-size": 13 }, item.textContent.trim())]),
    ...foot.map((line, at) => text(line, below + LINE * (items.length + at) + 10, 12, 400)));
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
