// The page of the three path questions: two ends, one question, and what the evidence answers.

import { createCombobox } from "./combobox.js";
import { byId } from "./dom.js";
import { csvOf, saveCsv } from "./download.js";
import { shownEdition } from "./edition.js";
import { addressOf, bindHanding } from "./handing.js";
import { keysOf, drawChains } from "./paths-picture.js";
import { createAnswer } from "./paths-result.js";
import { savePng, saveSvg, sheetOf } from "./paths-sheet.js";
import { askedHash, bindAskedAddress, createAsked } from "./paths-state.js";
import { csvRows, showTwin } from "./paths-table.js";
import { createTold } from "./paths-told.js";
import { answered, routesOf, worldOf } from "./paths-world.js";
import { bindSlash } from "./slash.js";
import { unfoldOnPaper } from "./unfolding.js";
import { speaker } from "./words.js";

const VERSION = 1;
const DRAWN_COMMON = 5;
const ENDS = ["from", "to"];

function boot() {
  const data = JSON.parse(byId("evidence").textContent);
  if (data.version !== VERSION) throw new Error(`data of version ${data.version}`);
  data.page.edition = shownEdition();
  const words = speaker(data);
  const world = worldOf(data);
  const asked = createAsked(world);
  const told = createTold(data, world, words);
  const answer = createAnswer(data, world, words, told);
  const status = byId("status");
  const tell = (notice) => (status.textContent = notice ? words.say(notice) : "");

  const question = () => ({ ...asked.current, statuses: asked.statuses() });
  const found = () => {
    const { from, to, ask, statuses } = question();
    if (!from || !to || from === to) return null;
    return answered(world, { from: world.number.get(from), to: world.number.get(to), ask, statuses });
  };
  const draw = (current) => {
    const rows = current ? current.rows.slice(0, DRAWN_COMMON) : [];
    for (const id of ["picture", "twin"]) byId(id).hidden = !rows.length;
    if (!rows.length) return;
    const title = words.say("picture-of", { title: byId("asked").textContent });
    byId("reading").textContent = words.say(asked.current.ask === "link" ? "reading-link" : "reading");
    byId("part").textContent = rows.length < current.rows.length ? words.say("first-drawn", { count: rows.length }) : "";
    drawChains(data, world, told, { routes: routesOf(rows), ask: asked.current.ask, title, open: (key) => reveal(rows, key) });
  };
  asked.subscribe(() => {
    status.textContent = "";
    const current = found();
    answer.show(question(), current);
    draw(current);
    if (current && current.rows.length) showTwin(world, words, told, current, asked.current.ask);
    const { from, to, ask } = asked.current;
    byId("same").hidden = !current || ask !== "chain";
    byId("command").textContent = ["techsov path", from, to, ...asked.statuses().map((each) => `--status ${each}`)].join(" ");
  });

  for (const end of ENDS) bindEnd(end, world, words, asked, status);
  bindChoices(asked);
  bindSaving({ data, world, words, status, asked, question, found });
  unfoldOnPaper(() => document.querySelectorAll("#facts details"));
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) draw(found());
    width = window.innerWidth;
  });
  bindAskedAddress(asked, data.page.edition, tell)();
  // What is asked, for whoever wants to look behind the page.
  window.techsov = { data, world, asked, answered, worldOf };
}

// The first step that a line of the picture stands for, brought before the reader.
function reveal(rows, key) {
  const items = document.querySelectorAll("#chains .chain > li");
  const at = routesOf(rows).flatMap(keysOf).indexOf(key);
  for (const item of items) item.classList.toggle("chosen", item === items[at]);
  for (let fold = items[at].closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  items[at].scrollIntoView({ block: "center" });
  items[at].focus({ preventScroll: true });
}

function bindEnd(end, world, words, asked, status) {
  const field = byId(end);
  const entries = world.nodes.map(({ id, label, names, weight, class: note }) => ({ id, label, names, weight, note }));
  const chosen = () => (asked.current[end] ? world.nodes[world.number.get(asked.current[end])].label : "");
  createCombobox(field, byId(`${end}-found`), entries, words, {
    none: words.say("unfound"),
    told: (count) => (status.textContent = count ? words.count("found", count) : words.say("unfound")),
    choose(entry) {
      asked.change({ [end]: entry.id });
      const open = ENDS.find((each) => !asked.current[each]);
      if (open) byId(open).focus();
    },
  });
  field.addEventListener("focus", () => field.select());
  // Emptied, the choice is taken back; anything else that was not chosen changes nothing.
  field.addEventListener("blur", () => {
    if (!field.value.trim() && asked.current[end]) asked.change({ [end]: "" });
    field.value = chosen();
  });
  asked.subscribe(() => (field.value = chosen()));
}

function bindChoices(asked) {
  const questions = [...document.querySelectorAll("input[name=ask]")];
  const boxes = [...document.querySelectorAll("input[name=status]")];
  for (const radio of questions) radio.addEventListener("change", () => asked.change({ ask: radio.value }));
  for (const box of boxes) {
    box.addEventListener("change", () => asked.change({ extra: boxes.filter((each) => each.checked).map((each) => each.value) }));
  }
  byId("swap").addEventListener("click", asked.swap);
  asked.subscribe(() => {
    for (const radio of questions) radio.checked = radio.value === asked.current.ask;
    for (const box of boxes) box.checked = asked.current.extra.includes(box.value);
    if (asked.current.ask === "link") byId("loose").open = true;
  });
  bindSlash(() => byId(ENDS.find((end) => !asked.current[end]) || "from"));
}

function bindSaving({ data, world, words, status, asked, question, found }) {
  const press = (id, ending, work) => byId(id).addEventListener("click", () => {
    const name = `techsov-${asked.current.ask}-${asked.current.from}-${asked.current.to}-${data.page.edition}.${ending}`;
    work(name);
    status.textContent = words.say("saved", { name });
  });
  const sheet = () => sheetOf(byId("drawing").firstChild, byId("key"), byId("asked").textContent,
    [asked.current.ask === "link" ? byId("banner").textContent : "", ...["answer", "part", "searched"].map((id) => byId(id).textContent)].filter(Boolean),
    [`${data.page.title} · techsov · ${data.page.day} · ${data.page.edition}`, addressOf(data.page, askedHash(asked.current, data.page.edition))]);
  bindHanding({
    page: data.page,
    words,
    tell: (text) => (status.textContent = text),
    hash: () => askedHash(asked.current, data.page.edition),
    shown: () => ["asked", "answer", "searched"].map((id) => byId(id).textContent).join(" "),
  });
  press("save-csv", "csv", (name) => saveCsv(csvOf(csvRows(data, world, words, found(), question())), name));
  press("save-svg", "svg", (name) => saveSvg(sheet(), name));
  press("save-png", "png", (name) => savePng(sheet(), name));
}

boot();
