// What the reader takes away: the facts shown as CSV, the picture as PNG or SVG, the link, and the
// line that cites the view.

import { labelOf } from "./data.js";
import { byId } from "./dom.js";
import { csvOf, save, saveCsv } from "./download.js";
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
      link: words.say("sheet-link", { link: addressOf(state) }),
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
  press("copy-link", () => {
    const copied = location.protocol === "file:" ? "copied-file" : "copied";
    hand(location.href.replace(/#.*$|$/, viewHash(state)), copied, words, status);
  });
  press("copy-cite", () => {
    const values = { title: page.title, shown: describe.view(), edition: page.edition, day: page.day };
    hand(words.say("cite-view", { ...values, link: addressOf(state) }), "copied", words, status);
  });
  byId("taken-close").addEventListener("click", () => {
    byId("taken").hidden = true;
    byId("stage").focus({ preventScroll: true });
  });
}

// Where the view is found again; a file on the reader's disk says only where in the site it is.
function addressOf(state) {
  const { protocol, href } = location;
  const place = protocol === "file:" ? state.data.page.path : href.replace(/#.*$/, "");
  return place + viewHash(state);
}

// Shown and chosen, ready to be copied by hand where the browser does not let a page do it.
async function hand(text, copied, words, status) {
  const field = byId("taken-text");
  byId("taken").hidden = false;
  field.value = text;
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(text);
    status.say(words.say(copied));
  } catch {
    status.say(words.say("copy-by-hand"));
  }
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
    all(".gloss", text), all(".source > a:first-child", text), all(".source > span", text),
    all("a.out", (link) => link.href),
  ];
}
