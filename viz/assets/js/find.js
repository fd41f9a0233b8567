// Find anything, from any page. What there is to be found comes when it is first asked for, as a
// script: a page opened from the disk can read no other kind of file.

import { createCombobox } from "./combobox.js";
import { byId, el } from "./dom.js";
import { bindSlash } from "./slash.js";

function boot() {
  const field = byId("find");
  if (!field) return;
  field.addEventListener("focus", () => load(field), { once: true });
  // Pages that have a search of their own lead there first.
  bindSlash(() => field, window);
}

function load(field) {
  const script = el("script");
  script.src = field.dataset.index;
  script.addEventListener("load", () => start(field, globalThis.techsovIndex));
  script.addEventListener("error", () => tell(field.dataset.failed));
  document.head.append(script);
}

function start(field, index) {
  const { lang } = document.documentElement;
  const entries = index.map(([label, note, path, weight, names]) => ({ id: path, label, note, path, weight, names }));
  const words = { compare: new Intl.Collator(lang, { numeric: true }).compare };
  createCombobox(field, byId("find-list"), entries, words, {
    none: field.dataset.none,
    told: (count) => tell(count ? field.dataset.found.replace("#", count) : field.dataset.none),
    choose: ({ path }) => location.assign(field.dataset.home + path),
  });
  if (field.value) field.dispatchEvent(new Event("input"));
}

function tell(words) {
  byId("find-status").textContent = words;
}

boot();
