// The table in the page is the picture's twin: the same facts, hidden and shown together.

import { sortable } from "./sorting.js";

export function createTable(state, words, table) {
  const caption = document.getElementById("table-count");
  sortable(table, words.compare);
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
