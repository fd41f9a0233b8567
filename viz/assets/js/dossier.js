// The tables of a dossier beside its picture: a fact that is drawn can be chosen there; what the
// filters hide is counted and can be had back.

import { byId } from "./dom.js";
import { bindTable } from "./table.js";

// What switches on the second step: the facts about the entity itself never need it.
const FAR = "n.";

export function bindDossier(state, words) {
  if (!byId("hidden-rows")) return () => {};
  const beside = byId("beside-table");
  const own = counted(state, words, byId("facts-table"), byId("hidden-rows"), (token) => !token.startsWith(FAR));
  if (beside) {
    bindTable(beside, words);
    counted(state, words, beside, byId("hidden-beside"), () => true);
  }
  const reveal = () => {
    const row = byId(location.hash.slice(1));
    if (!row || !row.hidden || row.closest("table") !== byId("facts-table")) return;
    own();
    row.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  return reveal;
}

// Says in `line` how many rows are hidden; its button, and the function given back, show them.
function counted(state, words, table, line, wanted) {
  const rows = [...table.querySelectorAll("tr[data-fact]")];
  const show = () => state.change({ on: new Map([...state.current.on].map(([token, on]) => [token, on || wanted(token)])) });
  state.join(() => {
    const hidden = rows.filter((row) => row.hidden).length;
    line.hidden = !hidden;
    if (hidden) line.firstElementChild.textContent = words.count("panel-hidden", hidden);
  });
  line.querySelector("button").addEventListener("click", show);
  return show;
}
