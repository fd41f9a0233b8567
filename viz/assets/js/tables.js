// What every table of a page can do without a picture: be sorted, and be taken away as CSV.

import { csvOf, saveCsv } from "./download.js";
import { shownEdition } from "./edition.js";
import { sortable } from "./sorting.js";

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
  // Paper has no folds.
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("td details, details.folding")) fold.open = true;
  });
}

// The address opens what it leads to.
function unfold() {
  const fold = document.getElementById(location.hash.slice(1))?.closest("details.folding");
  if (fold) fold.open = true;
}

function take({ table, saved }) {
  const file = `techsov-${table}-${shownEdition()}.csv`;
  saveCsv(csvOf(rowsOf(document.getElementById(table))), file);
  document.getElementById(`${table}-saved`).textContent = saved.replace("{name}", file);
}

// As on the page and in its order, with the id of what a row is about in front, if it has one.
function rowsOf(table) {
  const rows = [...table.rows].filter((row) => !row.hidden);
  const named = rows.some((row) => row.dataset.id);
  return rows.map((row) => {
    const head = row.parentElement === table.tHead ? "id" : "";
    return [...(named ? [row.dataset.id ?? head] : []), ...[...row.cells].map(textOf)];
  });
}

// A no-break space is part of a number or a name.
function textOf(cell) {
  return cell.dataset.csv ?? cell.textContent.replace(/[ \t\r\n]+/g, " ").trim();
}

boot();
