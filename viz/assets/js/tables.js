// What every table of a page can do without a picture: be sorted, and be taken away as CSV.

import { csvOf, saveCsv } from "./download.js";
import { shownEdition } from "./edition.js";
import { sortable } from "./sorting.js";
import { unfoldOnPaper } from "./unfolding.js";

function boot() {
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
  for (const table of document.querySelectorAll("table.sortable")) sortable(table, compare);
  for (const button of document.querySelectorAll("button.save-table")) {
    button.addEventListener("click", () => take(button.dataset));
  }
  for (const button of document.querySelectorAll("button.whole-table")) {
    const table = document.getElementById(button.dataset.table);
    table.classList.add("short");
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(!table.classList.toggle("short")));
    });
  }
  // A narrow screen opens what is asked for.
  if (window.matchMedia("(max-width: 60rem)").matches) {
    for (const fold of document.querySelectorAll("details.folding")) fold.open = false;
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  unfoldOnPaper(() => document.querySelectorAll("td details, details.folding"));
}

// The address opens what it leads to.
function unfold() {
  const fold = document.getElementById(location.hash.slice(1))?.closest("details.folding");
  if (fold) fold.open = true;
}

function take({ table, saved }) {
  const file = `techsov-table-${table}-${shownEdition()}.csv`;
  saveCsv(csvOf(rowsOf(document.getElementById(table))), file);
  document.getElementById(`${table}-saved`).textContent = saved.replace("{name}", file);
}

// As on the page and in its order, with the id of what a row is about in front, if it has one.
function rowsOf(table) {
  // Of a head of several rows, the last one names the columns.
  const heads = table.tHead ? [...table.tHead.rows].slice(-1) : [];
  const rows = [...heads, ...[...table.rows].filter((row) => !row.hidden && row.parentElement !== table.tHead)];
  const named = rows.some((row) => row.dataset.id);
  return rows.map((row) => {
    const head = row.parentElement === table.tHead ? "id" : "";
    return [...(named ? [row.dataset.id ?? head] : []), ...[...row.cells].map(textOf)];
  });
}

// What can be pressed is no value; a no-break space is part of a number or a name.
function textOf(cell) {
  if ("csv" in cell.dataset) return cell.dataset.csv;
  // The name of a column is what sorts by it.
  if (cell.closest("thead")) return spaced(cell);
  const said = cell.cloneNode(true);
  for (const part of said.querySelectorAll("a.try, button")) part.remove();
  return spaced(said);
}

function spaced({ textContent }) {
  return textContent.replace(/[ \t\r\n]+/g, " ").trim();
}

boot();
