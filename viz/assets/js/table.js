// The table in the page is the picture's twin: the same facts, hidden and shown together.

import { el } from "./dom.js";

export function createTable(state, words, table) {
  const caption = document.getElementById("table-count");
  sortable(table, words);
  state.subscribe(() => {
    const { facts } = state.shown();
    const kept = state.neighbourhood();
    for (const [fact, row] of state.data.rows) {
      row.hidden = !facts.has(fact);
      row.classList.toggle("near", Boolean(kept && kept.facts.has(fact)));
      row.classList.toggle("chosen", fact === state.current.fact);
    }
    caption.textContent = words.say(`status-line-${state.data.page.kind}`, {
      facts: facts.size,
      allFacts: state.data.counts.facts,
      marks: state.shown().marks.size,
      allMarks: state.data.counts.marks,
    });
  });
}

function sortable(table, words) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = el("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(table.tBodies[0], column, down ? -1 : 1, words);
    });
  });
}

function sort(body, column, direction, words) {
  const key = (row) => row.cells[column].dataset.order ?? row.cells[column].textContent.trim();
  const rows = [...body.rows].sort(
    (a, b) => direction * words.compare(key(a), key(b)) || words.compare(a.dataset.fact, b.dataset.fact),
  );
  body.append(...rows);
}
