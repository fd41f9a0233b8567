// The sentence with its blanks: what is chosen fills the query by term, never by joining text.

import { createCombobox } from "./combobox.js";
import { byId } from "./dom.js";

export function bindForm(data, asked, names, words, { note, wake }) {
  const put = (name, value) => {
    if (asked.known(name, value)) asked.change({ values: { ...asked.current.values, [name]: value } }, "push");
  };
  for (const [name, { form, limits }] of asked.forms) {
    const field = byId(`blank-${name}`);
    field.addEventListener("focus", wake);
    if (form === "entity") bindEntity(name, field, limits, { asked, names, words, note, put });
    else field.addEventListener("change", () => put(name, field.value));
  }
  byId("ask")?.addEventListener("submit", (event) => event.preventDefault());
  asked.subscribe(() => {
    for (const [name, { form }] of asked.forms) {
      const field = byId(`blank-${name}`);
      const value = asked.current.values[name];
      field.value = form === "entity" ? names.entities[value][0] : value;
      field.size = Math.max(field.value.length + 2, 12);
    }
  });
}

function bindEntity(name, field, limits, { asked, names, words, note, put }) {
  const tell = (key) => words.say(`page-questions.${key}`);
  const makesSense = ([, [, cls, , named]]) => {
    const [, , , above] = names.classes[cls];
    return named && (!limits.length || limits.some((limit) => above.includes(limit)));
  };
  const restore = () => {
    field.value = names.entities[asked.current.values[name]][0];
    note("");
  };
  // To know a thousand names takes a moment: it is done when the reader comes to the field.
  const know = () => {
    const entries = Object.entries(names.entities).filter(makesSense)
      .map(([id, [label, cls, , named, ...others]]) => ({ id, label, names: others, weight: named, note: names.classes[cls][0] }));
    createCombobox(field, byId(`found-${name}`), entries, words, {
      none: tell("unfound"),
      told: (count) => note(count ? "" : tell("unfound")),
      choose: ({ id, label }) => {
        field.value = label;
        put(name, id);
      },
    });
  };
  field.addEventListener("focus", know, { once: true });
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", restore);
  field.addEventListener("keydown", (event) => event.key === "Escape" && restore());
}

// The sentence with the words of what is chosen; before a vowel French writes d’ for de.
export function sentenceOf(data, wordsOf) {
  let told = "";
  for (const [text, name] of data.sentence) {
    const part = name ? wordsOf(name) : text;
    if (name && data.page.language === "fr" && /^[aeiouyàâäéèêëîïôöùûüœæ]/i.test(part)) told = told.replace(/\bde $/, "d’");
    told += part;
  }
  return told;
}
