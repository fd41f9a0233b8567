// Find anything, from any page.

import { createCombobox } from "./combobox.js";
import { byId } from "./dom.js";
import { siteIndex } from "./index.js";
import { bindSlash } from "./slash.js";

function boot() {
  const field = byId("find");
  if (!field) return;
  const load = () => siteIndex().then((entries) => start(field, entries), () => tell(field.dataset.failed));
  field.addEventListener("focus", load, { once: true });
  // Pages that have a search of their own lead there first.
  bindSlash(() => field, window);
}

function start(field, entries) {
  const { lang } = document.documentElement;
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
