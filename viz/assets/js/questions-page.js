// The page of one question: what is asked, the answer of the engine in the page, and its query.

import { pairs } from "./address.js";
import { byId } from "./dom.js";
import { csvOf, save, saveCsv } from "./download.js";
import { createCells } from "./questions-cells.js";
import { draw } from "./questions-drawing.js";
import { createEditor } from "./questions-editor.js";
import { createEngine, lacking } from "./questions-engine.js";
import { bindForm, sentenceOf } from "./questions-form.js";
import { filled, refusal } from "./questions-guard.js";
import { createRunner } from "./questions-running.js";
import { bindAddress, createAsked } from "./questions-state.js";
import { jsonOf, tableOf } from "./questions-table.js";
import { speaker } from "./words.js";
import { shownEdition } from "./edition.js";

function boot() {
  const data = JSON.parse(byId("question").textContent);
  data.page.edition = shownEdition();
  const names = globalThis.techsovNames;
  const words = speaker(data);
  draw(data.edges, data, names, words);
  const giveUp = (lacks) => leave(lacks, words);
  const lacks = lacking(data);
  if (lacks) giveUp(lacks);
  else bind(data, names, words, giveUp);
}

// The prepared answer stays, and the query as text.
function leave(lacks, words) {
  byId("cannot").hidden = lacks === "not-built";
  if (lacks !== "not-built") byId("cannot").textContent = words.say(`page-questions.${lacks}`);
  const isOther = [...pairs(location.hash).keys()].some((key) => key !== "edition");
  if (isOther) byId("status").textContent += ` · ${words.say("page-questions.prepared-only")}`;
  for (const id of ["ask", "run", "stop", "reset", "how", "save-json", "query", "editor"]) byId(id)?.setAttribute("hidden", "");
  byId("conclusions")?.closest("p").setAttribute("hidden", "");
  byId("text").hidden = false;
}

function bind(data, names, words, giveUp) {
  const told = new Map();
  const title = byId("told").textContent;
  const tell = (key, values) => words.say(`page-questions.${key}`, values);
  const cells = createCells(data, names, words, told);
  const asked = createAsked(data, names);
  const engine = createEngine(data);
  const put = () => asked.change({ query: editor.text() }, "push");
  const editor = createEditor(data, {
    wake: () => runner.wake(),
    run: put,
    changed: () => (byId("reset").hidden = editor.text() === data.sparql),
  });
  // The page for a question of one's own has no other that could be changed.
  const isOwn = () => asked.current.query !== data.sparql && Boolean(byId("command"));
  const runner = createRunner({ data, names, words, cells, told, asked, engine, editor, giveUp: (lacks) => {
    editor.close();
    name(title);
    giveUp(lacks);
  } });
  const wordsOf = (name) => {
    const { form, limits } = asked.forms.get(name);
    const value = asked.current.values[name];
    if (form === "entity") return names.entities[value][0];
    if (form === "concept") return names.words[`concept/${limits[0]}-${value}`];
    return form === "date" ? cells.day(value) : value;
  };

  bindForm(data, asked, names, words, { note: runner.aside, wake: runner.wake });
  asked.subscribe((how) => {
    editor.put(asked.current.query);
    byId("reset").hidden = asked.current.query === data.sparql;
    if (byId("conclusions")) byId("conclusions").checked = asked.current.conclusions;
    const sentence = data.blanks.length ? sentenceOf(data, wordsOf) : title;
    name(isOwn() ? tell("changed", { title: sentence }) : sentence);
    command(data, asked);
    byId("command")?.closest("p").toggleAttribute("hidden", isOwn());
    if (how !== "read") runner.note("");
    if (asked.isPrepared()) runner.restore();
    else runner.run();
  });
  bindTools(data, words, cells, asked, engine, runner, put);
  bindAddress(asked, data, (notice) => {
    runner.note(notice ? words.say(`page-script.${notice}`) : "");
    if (notice) runner.say(byId("status").textContent);
  })();
  // What answers, for whoever wants to look behind the page.
  window.techsov = { data, asked, engine, runner, filled, refusal };
}

// In the heading, the title, and the line by which the page is cited.
function name(sentence) {
  const cited = document.querySelector("footer p:last-child").firstChild;
  cited.data = cited.data.replace(byId("told").textContent, () => sentence);
  byId("told").textContent = sentence;
  document.title = `${sentence} · techsov`;
}

function command(data, { current }) {
  if (!byId("command")) return;
  const blanks = Object.entries(current.values).map(([blank, value]) => `${blank}=${value}`);
  byId("command").textContent = ["techsov ask", data.page.name, ...blanks].join(" ");
}

function bindTools(data, words, cells, asked, engine, runner, put) {
  const title = `techsov-${data.page.name}-${data.page.edition}`;
  const saved = (file) => runner.say(words.say("page-script.saved", { name: file }));
  byId("run").addEventListener("click", () => {
    put();
    // The prepared query is put to the engine, too, if the reader asks for it.
    if (asked.isPrepared()) runner.run();
  });
  byId("stop").addEventListener("click", runner.stop);
  byId("see").addEventListener("click", () => {
    byId("facts").focus({ preventScroll: true });
    byId("facts").scrollIntoView();
  });
  byId("reset").addEventListener("click", () => asked.change({ query: data.sparql }, "push"));
  byId("conclusions")?.addEventListener("change", (event) => asked.change({ conclusions: event.target.checked }, "push"));
  byId("save-csv").addEventListener("click", async () => {
    const answer = await runner.answer();
    if (!answer) return;
    saveCsv(csvOf(tableOf(answer, cells)), `${title}.csv`);
    saved(`${title}.csv`);
  });
  byId("save-json").addEventListener("click", async () => {
    const answer = await runner.answer();
    if (!answer) return;
    save(new Blob([jsonOf(answer)], { type: "application/json" }), `${title}.json`);
    saved(`${title}.json`);
  });
}

boot();
