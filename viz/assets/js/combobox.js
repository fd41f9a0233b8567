// A field with a list of what was found: by any name, without accents, from the keyboard.

import { el, folded } from "./dom.js";

const MOST = 9;

// `entries` hold a label, other names, a note and a weight; `told` says how many were found, and
// `choose` gets the entry that the reader takes. Gives what adds entries that come later.
export function createCombobox(field, list, entries, words, { none, told, choose }) {
  const keyed = (entry) => ({ ...entry, keys: [entry.label, ...entry.names, entry.id].map(folded) });
  const known = entries.map(keyed);
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
    else field.setAttribute("aria-activedescendant", `${list.id}-${number}`);
  };
  const show = () => {
    const wanted = folded(field.value.trim());
    if (!wanted) return close();
    found = matches(known, wanted, words).slice(0, MOST);
    list.replaceChildren(...found.map((entry, number) => option(entry, `${list.id}-${number}`)));
    if (!found.length) list.replaceChildren(el("li", { class: "none" }, none));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(found.length ? 0 : -1);
    told(found.length);
  };
  const take = (number) => {
    const entry = found[number];
    if (!entry) return;
    close();
    field.value = "";
    choose(entry);
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
      take(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) field.value = "";
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    take([...list.children].indexOf(event.target.closest("li")));
  });
  return (more) => {
    known.push(...more.map(keyed));
    if (field.value) show();
  };
}

// Those that begin with what was typed come first, then the weightiest.
function matches(entries, wanted, words) {
  return entries
    .map((entry) => ({ ...entry, rank: rankOf(entry, wanted) }))
    .filter((entry) => entry.rank < 3)
    .sort((a, b) => a.rank - b.rank || b.weight - a.weight || words.compare(a.label, b.label));
}

function rankOf(entry, wanted) {
  const ranks = entry.keys.map((key) => {
    if (key.startsWith(wanted)) return 0;
    if (key.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(wanted))) return 1;
    return key.includes(wanted) ? 2 : 3;
  });
  return Math.min(...ranks);
}

function option(entry, id) {
  return el("li", { role: "option", id, "aria-selected": "false" },
    entry.label, " ", el("small", {}, entry.note));
}
