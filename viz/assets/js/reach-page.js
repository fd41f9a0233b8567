// The tables of legal reach narrowed by law, name and status; the address keeps what is asked.
// A mark is a cell of the table of all laws, or a row of the table of one.

import { createAddress, hashOf, isAnchor, noticeOf, pairs } from "./address.js";
import { shownEdition } from "./edition.js";
import { byId, folded } from "./dom.js";
import { speaker } from "./words.js";
import { showWhole } from "./whole.js";

const KEYS = new Set(["law", "name", "status", "own", "edition"]);

function boot() {
  const form = byId("filters");
  if (!form) return;
  const data = JSON.parse(byId("filtering").textContent);
  data.page.edition = shownEdition();
  const words = speaker(data);
  const rows = rowsOf(document.querySelector("table.filtered"));
  const address = createAddress();
  const show = (how, notice) => {
    const asked = askedIn(form);
    const told = narrow(rows, asked);
    const line = words.say(data.page.kind === "reach" ? "line-reach" : "line-law", told);
    const narrowed = narrowedBy(asked, words);
    byId("filter-line").textContent = [notice && words.say(notice), line, narrowed].filter(Boolean).join(" ");
    address.write(hashOf(parts(asked), data.page.edition), how);
  };
  const read = () => {
    if (isAnchor(location.hash)) {
      put(form, new Map());
      show("read");
      const target = byId(location.hash.slice(1));
      if (target) showWhole(target);
      if (target) target.scrollIntoView();
      return;
    }
    const given = pairs(location.hash);
    const strange = put(form, given) || [...given.keys()].some((key) => !KEYS.has(key));
    show("read", noticeOf(given, data.page.edition, strange));
  };
  form.addEventListener("input", () => show("replace"));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => show("replace")));
  address.onChange(read);
  read();
}

// Every row with its name and its marks; a row without marks inside is a mark itself.
function rowsOf(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => ({
    row,
    name: folded(row.cells[0].textContent),
    marks: (row.dataset.status ? [row] : [...row.querySelectorAll("a[data-status]")]).map((element) => ({
      element, law: element.dataset.law || "", status: element.dataset.status, own: "own" in element.dataset,
    })),
  }));
}

function askedIn(form) {
  const { law, own } = { law: byId("filter-law"), own: byId("filter-own") };
  const boxes = [...form.querySelectorAll("input[name=status]")];
  return {
    law: law ? law.value : "",
    lawName: law && law.value ? law.selectedOptions[0].textContent : "",
    name: byId("filter-name").value.trim(),
    own: own.checked,
    statuses: boxes.filter((box) => box.checked).map((box) => box.value),
    all: boxes.map((box) => box.value),
    labels: new Map(boxes.map((box) => [box.value, box.closest("label").textContent.trim()])),
  };
}

function narrow(rows, asked) {
  const wanted = folded(asked.name);
  const passes = ({ law, status, own }) =>
    (!asked.law || law === asked.law) && asked.statuses.includes(status) && (asked.own || !own);
  let marks = 0;
  let allMarks = 0;
  const shown = new Set();
  const all = new Set();
  for (const { row, name, marks: mine } of rows) {
    const kept = name.includes(wanted) ? mine.filter(passes) : [];
    for (const mark of mine) {
      const out = !kept.includes(mark);
      mark.element.hidden = out;
      const cell = mark.element.closest("td");
      if (cell) out ? (cell.dataset.csv = "") : delete cell.dataset.csv;
    }
    row.hidden = !kept.length;
    marks += kept.length;
    allMarks += mine.length;
    all.add(row.dataset.id);
    if (kept.length) shown.add(row.dataset.id);
  }
  return { marks, allMarks, rows: shown.size, allRows: all.size };
}

function narrowedBy(asked, words) {
  const said = [];
  if (asked.law) said.push(words.say("only-law", { name: asked.lawName }));
  if (asked.name) said.push(words.say("only-name", { text: asked.name }));
  if (!asked.statuses.length) said.push(words.say("only-none"));
  else if (asked.statuses.length < asked.all.length) {
    said.push(words.say("only-status", { list: words.list(asked.statuses.map((one) => asked.labels.get(one))) }));
  }
  if (!asked.own) said.push(words.say("only-others"));
  return said.length ? words.say("narrowed", { what: said.join(" · ") }) : "";
}

function parts({ law, name, statuses, all, own }) {
  return [
    ["law", law],
    ["name", name],
    ["status", statuses.length < all.length ? statuses.join("~") || "none" : ""],
    ["own", own ? "" : "no"],
  ].filter(([, value]) => value);
}

// Puts what an address asks for into the form, all of it; says whether part of it is unknown.
function put(form, given) {
  let strange = false;
  const law = byId("filter-law");
  if (law) law.value = "";
  if (given.has("law")) {
    if (law) law.value = given.get("law");
    strange ||= !law || !law.value;
    if (law && !law.value) law.value = "";
  }
  byId("filter-name").value = given.get("name") || "";
  const boxes = [...form.querySelectorAll("input[name=status]")];
  const known = new Set(["none", ...boxes.map((box) => box.value)]);
  const asked = (given.get("status") || "").split("~").filter(Boolean);
  strange ||= asked.some((one) => !known.has(one));
  // An address that names no known status asks for all of them.
  const all = !asked.some((one) => known.has(one));
  for (const box of boxes) box.checked = all || asked.includes(box.value);
  byId("filter-own").checked = given.get("own") !== "no";
  return strange;
}

boot();
