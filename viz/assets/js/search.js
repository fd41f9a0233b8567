// Find an actor of the picture, or one that only has a page of its own.

import { byId } from "./dom.js";
import { createCombobox } from "./combobox.js";
import { labelOf } from "./data.js";
import { siteIndex } from "./index.js";

const ACTOR = /^actor\/(.+)\.html$/;

export function createSearch(state, words, status, field, list) {
  const start = () => fill(state, words, status, field, list);
  if (document.activeElement === field) start();
  else field.addEventListener("focus", start, { once: true });
}

// Only who looks for something needs what can be found.
function fill(state, words, status, field, list) {
  const add = createCombobox(field, list, entriesOf(state.data), words, {
    none: words.say("search-none"),
    told: (count) => status.say(count ? words.count("search-found", count) : words.say("search-none")),
    choose(entry) {
      if (entry.path) location.assign(byId("find").dataset.home + entry.path);
      else {
        state.focus(entry.id);
        byId("stage").focus({ preventScroll: false });
      }
    },
  });
  if (!state.data.map) return;
  const note = words.say("search-page");
  const elsewhere = (entries) => add(entries.filter(({ path }) => {
    const [, actor] = ACTOR.exec(path) || [];
    return actor && !state.data.nodes.has(actor);
  }).map((entry) => ({ ...entry, note, weight: 0 })));
  // Without the index, what the picture holds can be found still.
  siteIndex().then(elsewhere, () => {});
}

function entriesOf(data) {
  return [...data.nodes.keys()].map((id) => ({
    id,
    label: labelOf(data, id),
    names: data.actors[id].names,
    note: data.actors[id].class,
    weight: data.actors[id].reach,
  }));
}
