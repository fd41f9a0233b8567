// The answer as a table, a part at a time, and as the two files that the command line writes, too.

import { byId, el } from "./dom.js";
import { isTold } from "./questions-cells.js";

export function createResult(cells, tellOf, part) {
  const table = byId("result");
  const prepared = [...table.children].map((part) => part.cloneNode(true));
  const more = byId("more");
  // No answer is no file, either.
  const files = table.closest("section").querySelector(".tools");
  let answer = null;
  let shown = 0;
  let heads = [];

  const show = async () => {
    const rows = answer.rows.slice(shown, shown + part);
    const current = answer;
    // A second click while words are fetched asks for the rows behind these.
    shown += rows.length;
    more.disabled = true;
    await tellOf(rows);
    more.disabled = false;
    if (current !== answer) return;
    table.tBodies[0].append(...rows.map((row) => el("tr", {}, ...cells.row(row, heads))));
    more.hidden = shown >= answer.rows.length;
  };
  const fold = (rows) => {
    table.hidden = !rows;
    byId("none").hidden = rows > 0;
  };
  more.addEventListener("click", show);
  return {
    async show(found) {
      answer = found;
      files.hidden = false;
      shown = 0;
      heads = found.columns.map(cells.head);
      table.tHead.rows[0].replaceChildren(...heads.map((head) => {
        const cell = el("th", {}, head);
        cell.scope = "col";
        return cell;
      }));
      table.tBodies[0].replaceChildren();
      fold(found.rows.length);
      await show();
    },
    clear() {
      answer = null;
      files.hidden = table.hidden = byId("none").hidden = more.hidden = true;
      byId("drawing").hidden = true;
    },
    restore() {
      answer = null;
      files.hidden = false;
      more.hidden = true;
      table.replaceChildren(...prepared.map((part) => part.cloneNode(true)));
      fold(table.tBodies[0].rows.length);
    },
    get answer() {
      return answer;
    },
  };
}

// The addresses in some rows of which the engine tells more, each once.
export function toldIn(rows) {
  return [...new Set(rows.flatMap((row) => row.filter(isTold).map(([value]) => value)))];
}

// For a spreadsheet: an address is its id, and its words stand beside it.
export function tableOf({ columns, rows }, cells) {
  const addressed = columns.map((_, at) => rows.some((row) => row[at]?.[1] === "iri"));
  const spread = (values) => values.flatMap((value, at) => (addressed[at] ? value : value.slice(0, 1)));
  const keys = spread(columns.map((column) => [column, `${column}_label`]));
  return [keys, ...rows.map((row) => spread(row.map((cell) => [plain(cell), cell ? labelOf(cell, cells) : ""])))];
}

// The terms as they are, for a program.
export function jsonOf({ columns, rows }) {
  const objects = rows.map((row) =>
    Object.fromEntries(columns.flatMap((column, at) => (row[at] ? [[column, termOf(row[at])]] : []))));
  return `${JSON.stringify(objects, null, 1)}\n`;
}

function plain(cell) {
  if (!cell) return "";
  if (cell[1] === "boolean") return cell[0] === "true" ? "yes" : "no";
  return cell[1] === "iri" ? shortOf(cell[0]) : cell[0];
}

function shortOf(iri) {
  return iri.startsWith("https://w3id.org/techsov/") ? iri.split(/[#/]/).at(-1) : iri;
}

function labelOf(cell, cells) {
  return cell[1] === "iri" ? cells.citation(cell[0]) : cell[0];
}

function termOf([value, kind, language]) {
  return kind === "iri" ? { type: "uri", value } : { type: "literal", value, kind, ...(language && { language }) };
}
