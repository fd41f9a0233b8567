// Find an actor by any of its names, without accents, from the keyboard: a combobox with a list.

import { el, folded } from "./dom.js";
import { labelOf } from "./data.js";

const MOST = 9;

export function createSearch(state, words, status, field, list) {
  const entries = index(state.data);
  let found = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const mark = (number) => {
    active = number;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === number)));
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `found-${number}`);
  };
  const show = () => {
    const wanted = folded(field.value.trim());
    if (!wanted) return close();
    found = matches(entries, wanted, words).slice(0, MOST);
    list.replaceChildren(...found.map((entry, number) => option(entry, number, words)));
    if (!found.length) list.replaceChildren(el("li", { class: "none" }, words.say("search-none")));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(found.length ? 0 : -1);
    status.say(found.length ? words.count("search-found", found.length) : words.say("search-none"));
  };
  const choose = (number) => {
    const entry = found[number];
    if (!entry) return;
    close();
    field.value = "";
    if (entry.elsewhere) location.assign(`${state.data.page.pages}${entry.id}.html`);
    else {
      state.focus(entry.id);
      document.getElementById("stage").focus({ preventScroll: false });
    }
  };

  field.addEventListener("input", show);
  field.addEventListener("blur", () => setTimeout(close, 150));
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length && !list.hidden) {
      event.preventDefault();
      mark((active + step + found.length) % found.length);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) field.value = "";
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    choose([...list.children].indexOf(event.target.closest("li")));
  });
}

function index(data) {
  const here = [...data.nodes.keys()].map((id) => ({
    id,
    label: labelOf(data, id),
    names: data.actors[id].names,
    note: data.actors[id].class,
    reach: data.actors[id].reach,
  }));
  const elsewhere = data.page.elsewhere.map(([id, label, names]) => ({ id, label, names, reach: 0, elsewhere: true }));
  return [...here, ...elsewhere].map((entry) => ({
    ...entry,
    keys: [entry.label, ...entry.names, entry.id].map(folded),
  }));
}

// Those that begin with what was typed come first, then the most relied upon.
function matches(entries, wanted, words) {
  return entries
    .map((entry) => ({ ...entry, rank: rankOf(entry, wanted) }))
    .filter((entry) => entry.rank < 3)
    .sort((a, b) => a.rank - b.rank || b.reach - a.reach || words.compare(a.label, b.label));
}

function rankOf(entry, wanted) {
  const ranks = entry.keys.map((key) => {
    if (key.startsWith(wanted)) return 0;
    if (key.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(wanted))) return 1;
    return key.includes(wanted) ? 2 : 3;
  });
  return Math.min(...ranks);
}

function option(entry, number, words) {
  const note = entry.elsewhere ? words.say("search-page") : entry.note;
  return el("li", { role: "option", id: `found-${number}`, "aria-selected": "false" },
    entry.label, " ", el("small", {}, note));
}
