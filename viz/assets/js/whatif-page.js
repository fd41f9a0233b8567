// The page on which a removal is tried: who is chosen, how long is waited, and what then follows.

import { createCombobox } from "./combobox.js";
import { shownEdition } from "./edition.js";
import { byId, el } from "./dom.js";
import { bindHanding } from "./handing.js";
import { csvOf, saveCsv } from "./download.js";
import { bindSlash } from "./slash.js";
import { unfoldOnPaper } from "./unfolding.js";
import { speaker } from "./words.js";
import { tried, worldOf } from "./trying.js";
import { MOST_MONTHS, bindTrialAddress, createTrial, idsOf, trialHash } from "./whatif-state.js";
import { createTelling } from "./whatif-result.js";
import { tableOf } from "./whatif-table.js";

const VERSION = 1;
const OPTIONS = { remove: "--remove", law: "--remove-jurisdiction", alliance: "--remove-alliance" };

function boot() {
  const data = JSON.parse(byId("trial").textContent);
  data.page.edition = shownEdition();
  if (data.version !== VERSION) throw new Error(`data of version ${data.version}`);
  const words = speaker(data);
  const world = worldOf(data);
  const trial = createTrial(world);
  const telling = createTelling(data, world, words);
  const status = byId("status");
  const tell = (notice) => (status.textContent = notice ? words.say(notice) : "");
  const found = () => tried(world, trial.current.keys, trial.current.months);

  bindSearch(world, words, trial, status);
  bindHorizon(trial);
  bindChips(trial, telling, words);
  trial.subscribe(() => {
    status.textContent = "";
    telling.show(found(), trial.current.keys);
    byId("command").textContent = commandOf(trial.current);
  });
  byId("save-csv").addEventListener("click", () => {
    const name = `techsov-what-if-${data.page.edition}.csv`;
    saveCsv(csvOf(tableOf(data, found())), name);
    status.textContent = words.say("saved", { name });
  });
  bindHanding({
    page: data.page,
    words,
    tell: (text) => (status.textContent = text),
    hash: () => trialHash(trial.current, data.page.edition),
    shown: () => `${byId("without").textContent}. ${["answer", "context"].map((id) => byId(id).textContent).join(" ")}`,
  });
  unfoldOnPaper(() => document.querySelectorAll("#outcome details"));
  // The table of links gives way to the answer, wherever on it the reader was.
  byId("alone").addEventListener("click", (event) => {
    if (!event.target.closest(".try")) return;
    byId("facts").focus({ preventScroll: true });
    byId("facts").scrollIntoView();
  });
  bindTrialAddress(trial, data.page.edition, tell)();
  // What is tried, for whoever wants to look behind the page.
  window.techsov = { data, world, trial, tried, worldOf };
}

function bindSearch(world, words, trial, status) {
  const field = byId("search");
  const entries = [...world.choices.values()].map(({ key, kind, node, weight, names }) => {
    const { id, label, class: cls } = world.nodes[node];
    return { key, id, label, names, weight, note: kind === "remove" ? cls : words.say(`page.whatif-kind-${kind}`) };
  });
  createCombobox(field, byId("found"), entries, words, {
    none: words.say("whatif-unfound"),
    told: (count) => (status.textContent = count ? words.count("whatif-found", count) : words.say("whatif-unfound")),
    choose: (entry) => trial.add(entry.key),
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !field.value && trial.current.keys.length) trial.drop(trial.current.keys.at(-1));
  });
  bindSlash(() => field);
}

function bindHorizon(trial) {
  const number = byId("months");
  const presets = [...document.querySelectorAll("input[name=months]")];
  for (const preset of presets) preset.addEventListener("change", () => trial.wait(Number(preset.value), "replace"));
  number.addEventListener("input", () => number.value && trial.wait(Number(number.value), "replace"));
  number.addEventListener("blur", () => (number.value = String(trial.current.months)));
  number.max = String(MOST_MONTHS);
  trial.subscribe(() => {
    for (const preset of presets) preset.checked = Number(preset.value) === trial.current.months;
    if (document.activeElement !== number) number.value = String(trial.current.months);
  });
}

function bindChips(trial, telling, words) {
  const chips = byId("chips");
  chips.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const at = [...chips.querySelectorAll("button")].indexOf(button);
    trial.drop(trial.current.keys[at]);
    const left = chips.querySelectorAll("button");
    (left[Math.min(at, left.length - 1)] || byId("search")).focus();
  });
  byId("clear").addEventListener("click", () => {
    trial.clear();
    byId("search").focus();
  });
  trial.subscribe(() => {
    const { keys } = trial.current;
    byId("chosen").hidden = !keys.length;
    chips.replaceChildren(...keys.map((key) => {
      const label = words.say("whatif-take-back", { name: telling.named(key) });
      return el("li", {}, el("button", { type: "button", "aria-label": label }, telling.named(key)));
    }));
  });
}

// The same trial in a terminal; ids are plain words there.
function commandOf({ keys, months }) {
  const options = Object.entries(OPTIONS).flatMap(([kind, option]) => idsOf(keys, kind).map((id) => `${option} ${id}`));
  return ["techsov whatif", ...options, ...(months ? [`--horizon-months ${months}`] : [])].join(" ");
}

boot();
