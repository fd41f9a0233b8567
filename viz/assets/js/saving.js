// What the reader takes away: the facts shown as CSV, the picture as PNG or SVG, the link of the view.

import { labelOf } from "./data.js";
import { byId } from "./dom.js";
import { csvOf, save, saveCsv } from "./download.js";
import { addressOf, bindHanding } from "./handing.js";
import { viewHash } from "./permalink.js";
import { paintingOf, sheetOf, textOf } from "./sheet.js";

const COLUMNS = [
  "id", "subject-id", "subject", "relation", "object-id", "object", "status", "claimant",
  "period", "details", "confidence", "gloss", "document", "place", "address",
];

export function bindSaving(state, view, describe, words, status) {
  const { page } = state.data;
  const name = ["techsov", page.kind, page.focus, page.edition].filter(Boolean).join("-");
  const press = (id, work) => byId(id).addEventListener("click", work);
  const told = (file) => status.say(words.say("saved", { name: file }));
  const sheet = () =>
    sheetOf(state, view, {
      shown: describe.view(),
      source: words.say("sheet-source", { edition: page.edition, day: page.day }),
      link: words.say("sheet-link", { link: addressOf(page, viewHash(state)) }),
    });
  press("save-csv", () => {
    saveCsv(csv(state, words), `${name}.csv`);
    told(`${name}.csv`);
  });
  press("save-svg", () => {
    save(new Blob([textOf(sheet())], { type: "image/svg+xml" }), `${name}.svg`);
    told(`${name}.svg`);
  });
  press("save-png", async () => {
    save(await paintingOf(sheet()), `${name}.png`);
    told(`${name}.png`);
  });
  bindHanding({ page, words, tell: status.say, hash: () => viewHash(state), shown: describe.view });
}

export function csv(state, words) {
  const { data } = state;
  const head = COLUMNS.map((column) => words.say(`csv-${column}`));
  const { facts } = state.shown();
  const rows = data.network.edges.filter((edge) => facts.has(edge.id)).map((edge) => row(data, edge));
  return csvOf([head, ...rows]);
}

function row(data, edge) {
  const line = data.rows.get(edge.id);
  const [, verb, object, status, period, confidence, proofs] = line.cells;
  const fine = object.querySelector(".fine");
  const all = (selector, read) => [...proofs.querySelectorAll(selector)].map(read).join(" | ");
  const text = (node) => node.textContent;
  return [
    edge.id, edge.from, labelOf(data, edge.from), text(verb),
    edge.to, labelOf(data, edge.to), text(status.querySelector(".status")), line.dataset.claimant || "",
    text(period), fine ? text(fine) : "", text(confidence),
    all(".gloss", text), all(".gloss + p > a:first-child", text), all(".gloss + p > span", text),
    all('[href^="http"]', (link) => link.href),
  ];
}
