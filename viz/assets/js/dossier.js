// The tables of a dossier beside its picture: a fact that is drawn can be chosen there; what the
// filters hide is counted and can be had back.

import { byId, link } from "./dom.js";
import { sortable } from "./sorting.js";

export function bindDossier(state, words) {
  const line = byId("hidden-rows");
  if (!line) return;
  const own = [...byId("facts-table").querySelectorAll("tr[data-fact]")];
  const beside = byId("beside-table");
  if (beside) sortable(beside, words.compare);
  for (const row of state.data.rows.values()) choosable(row);
  state.subscribe(() => {
    const hidden = own.filter((row) => row.hidden).length;
    line.hidden = !hidden;
    if (hidden) line.firstElementChild.textContent = words.count("panel-hidden", hidden);
  });
  const showAll = () => state.change({ on: new Map([...state.current.on].map(([token, on]) => [token, on || !token.startsWith("n.")])) });
  line.querySelector("button").addEventListener("click", showAll);
  const reveal = () => {
    const row = byId(decodeURIComponent(location.hash.slice(1)));
    if (!row || !own.includes(row) || !row.hidden) return;
    showAll();
    row.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  // Paper has no folds.
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("main details")) fold.open = true;
  });
  return reveal;
}

function choosable(row) {
  const verb = row.cells[1];
  if (!verb.querySelector("a")) verb.replaceChildren(link(`#fact=${row.dataset.fact}`, {}, ...verb.childNodes));
}
