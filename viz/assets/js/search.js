// Find an actor of the picture, or one that only has a page of its own.

import { createCombobox } from "./combobox.js";
import { labelOf } from "./data.js";

export function createSearch(state, words, status, field, list) {
  createCombobox(field, list, entriesOf(state.data, words), words, {
    none: words.say("search-none"),
    told: (count) => status.say(count ? words.count("search-found", count) : words.say("search-none")),
    choose(entry) {
      if (entry.elsewhere) location.assign(`${state.data.page.pages}${entry.id}.html`);
      else {
        state.focus(entry.id);
        document.getElementById("stage").focus({ preventScroll: false });
      }
    },
  });
}

function entriesOf(data, words) {
  const here = [...data.nodes.keys()].map((id) => ({
    id,
    label: labelOf(data, id),
    names: data.actors[id].names,
    note: data.actors[id].class,
    weight: data.actors[id].reach,
  }));
  const note = words.say("search-page");
  const elsewhere = data.page.elsewhere.map(([id, label, names]) => ({ id, label, names, note, weight: 0, elsewhere: true }));
  return [...here, ...elsewhere];
}
