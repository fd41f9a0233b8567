// The table in the page is the picture's twin: the same facts, hidden and shown together. From a
// row to the picture, and from what is chosen to its row.

import { link } from "./dom.js";
import { sortable } from "./sorting.js";

const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TH: "columnheader", TD: "cell" };

export function createTable(state, describe, words, table) {
  const caption = document.getElementById("table-count");
  for (const [fact, row] of state.data.rows) choosable(row.cells[1], fact);
  bindTable(table, words);
  state.join(() => {
    const { facts } = state.shown();
    const kept = state.neighbourhood();
    for (const [fact, row] of state.data.rows) {
      const now = [!facts.has(fact), Boolean(kept && kept.facts.has(fact)), fact === state.current.fact];
      if (now.join() === row.shownAs) continue;
      row.shownAs = now.join();
      row.hidden = now[0];
      row.classList.toggle("near", now[1]);
      row.classList.toggle("chosen", now[2]);
    }
    caption.textContent = describe.table();
  });
}

// What relates the two leads to the fact in the picture.
function choosable(verb, fact) {
  verb.replaceChildren(link(`#fact=${fact}`, {}, ...verb.childNodes));
}

// What every table of facts can do: be sorted, be read aloud, and show a fact in the picture.
export function bindTable(table, words) {
  sortable(table, words.compare);
  keepRoles(table);
  table.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#fact="]')) toPicture();
  });
}

// Shows the row of a fact, in a part of the page that may be folded away.
export function toRow(data, fact) {
  const row = data.rows.get(fact);
  for (let part = row.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  row.scrollIntoView({ block: "center" });
  row.querySelector('a[href^="#fact="]').focus({ preventScroll: true });
}

// The picture of what was chosen in the table, far below it.
function toPicture() {
  const stage = document.getElementById("stage");
  stage.scrollIntoView({ block: "nearest" });
  stage.focus({ preventScroll: true });
}

// A narrow screen shows rows as blocks; what reads the page aloud still finds a table.
function keepRoles(table) {
  if (!window.matchMedia("(max-width: 60rem)").matches) return;
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) {
    part.setAttribute("role", ROLES[part.tagName]);
  }
}
