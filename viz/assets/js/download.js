// Files that the reader takes away; nothing leaves the machine.

import { el } from "./dom.js";

export function csvOf(rows) {
  return rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

export function saveCsv(text, name) {
  save(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }), name);
}

export function save(blob, name) {
  const anchor = el("a", {});
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
}

// A cell that begins like a formula would run in a spreadsheet; a number stays one.
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}
