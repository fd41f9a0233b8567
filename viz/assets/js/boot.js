// The page comes to life: first the picture, as its address wants it; then, when the page has come to
// its end, the tables that say the same.

import { byId } from "./dom.js";
import { readData, readRows } from "./data.js";
import { speaker } from "./words.js";
import { createState } from "./state.js";
import { createView } from "./view.js";
import { createStatus } from "./status.js";
import { bindDossier } from "./dossier.js";
import { createPanel } from "./panel.js";
import { createTable } from "./table.js";
import { createSearch } from "./search.js";
import { bindFilters } from "./filters.js";
import { bindLegend } from "./legend.js";
import { atlas } from "./atlas.js";
import { bindPointer } from "./pointer.js";
import { bindKeyboard } from "./keyboard.js";
import { bindSaving } from "./saving.js";
import { bindPermalink } from "./permalink.js";
import { bindPrinting } from "./printing.js";
import { describer } from "./wording.js";

export function boot() {
  const data = readData();
  const words = speaker(data);
  const state = createState(data);
  const stage = byId("stage");
  if (window.matchMedia("(max-width: 60rem)").matches) byId("legend").open = false;
  const describe = describer(state, words);
  const status = createStatus(state, describe, byId("status"));
  const view = createView(state, stage);
  if (byId("search")) createSearch(state, words, status, byId("search"), byId("found"));
  bindLegend(state, words, status);
  bindFilters(state, words);
  bindPointer(state, view, stage, byId("tip"));
  bindKeyboard(state, view, stage, byId("search"));
  bindSaving(state, view, describe, words, status);
  bindPrinting(state, view, byId("paper"));
  for (const [id, work] of [["closer", () => view.zoom(1.25)], ["further", () => view.zoom(0.8)], ["whole", view.fit]]) {
    byId(id).addEventListener("click", work);
  }
  const read = bindPermalink(state, words, status);
  view.fit();
  state.subscribe(view.refresh);
  read();
  // A link to somebody leads to the picture, below what the page says first.
  if (state.current.focus) stage.scrollIntoView({ block: "nearest" });
  const bind = () => bindTables(state, view, describe, words, status);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", bind);
  else bind();
}

function bindTables(state, view, describe, words, status) {
  const { data } = state;
  readRows(data);
  createTable(state, describe, words, byId("facts-table"));
  const reveal = bindDossier(state, words);
  createPanel(state, words, byId("panel"));
  if (data.map) atlas.bindMap(state, view, words, status);
  reveal();
  // What is shown, for whoever wants to look behind the picture.
  window.techsov = { state, network: view.network, labels: view.labelsShown };
}
