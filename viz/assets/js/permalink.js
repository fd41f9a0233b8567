// The address holds the view: what is chosen and which switches differ from their default. It is
// read whole: loading an address replaces the state, and what it does not know is left aside.

import { createAddress, hashOf, isAnchor, noticeOf, pairs } from "./address.js";
import { isDate } from "./dates.js";

export function bindPermalink(state, words, status) {
  const { data } = state;
  const address = createAddress();
  const read = () => {
    // A place on the page is no other view.
    if (isAnchor(location.hash)) return state.change({}, "read");
    const { patch, notice } = decoded(data, state.defaults, location.hash);
    const gone = patch.missing && words.say("actor-gone", { name: patch.missing });
    status.note([gone, notice && words.say(notice)].filter(Boolean).join(" "));
    state.change(patch, "read");
  };
  state.subscribe((how) => address.write(encoded(state), how));
  address.onChange(read);
  followWithin(state);
  return read;
}

// The address of the view, with the edition even where nothing else is to be said.
export function viewHash(state) {
  return encoded(state) || hashOf([["v", state.data.version]], state.data.page.edition);
}

function encoded(state) {
  const { data, defaults, current } = state;
  const parts = [];
  if (current.date) parts.push(["date", current.date]);
  if (current.focus) parts.push(["focus", current.focus]);
  if (current.fact) parts.push(["fact", current.fact]);
  if (current.open.length) parts.push(["open", current.open.join("~")]);
  if (current.steps === 2) parts.push(["steps", "2"]);
  for (const [name, wanted] of [["on", true], ["off", false]]) {
    const changed = [...current.on].filter(([token, on]) => on === wanted && defaults.get(token) !== on);
    if (changed.length) parts.push([name, changed.map(([token]) => token).sort().join("~")]);
  }
  return hashOf(parts.length ? [["v", data.version], ...parts] : [], data.page.edition);
}

// A plain click on a link to an actor or a fact of this page chooses it and leaves the filters as
// they are; the link itself can still be copied, or opened elsewhere.
function followWithin(state) {
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest('a[href^="#focus="], a[href^="#fact="]');
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const given = pairs(anchor.getAttribute("href"));
    const fact = state.data.edges.get(given.get("fact"));
    const focus = fact ? fact.from : given.get("focus");
    if (!state.data.nodes.has(focus)) return;
    event.preventDefault();
    state.focus(focus, fact && fact.id);
  });
}

const KEYS = new Set(["v", "focus", "fact", "steps", "date", "open", "on", "off", "edition"]);

function decoded(data, defaults, hash) {
  const given = pairs(hash);
  let strange = [...given.keys()].some((key) => !KEYS.has(key));
  const on = new Map(defaults);
  for (const name of ["on", "off"]) {
    for (const token of (given.get(name) || "").split("~").filter(Boolean)) {
      if (on.has(token)) on.set(token, name === "on");
      else strange = true;
    }
  }
  const date = dateOf(data, given.get("date") || "");
  strange ||= given.has("date") && !isDate(given.get("date"));
  strange ||= given.has("v") && given.get("v") !== String(data.version);
  const asked = (given.get("open") || "").split("~").filter(Boolean);
  const open = asked.filter((id) => data.folding && data.folding.isGroup(id));
  strange ||= open.length < asked.length;
  const fact = data.edges.has(given.get("fact")) ? given.get("fact") : "";
  const wanted = given.get("focus") ?? (fact && data.edges.get(fact).from);
  const focus = data.nodes.has(wanted) ? wanted : "";
  const missing = focus ? "" : given.get("focus") || "";
  strange ||= given.has("fact") && !fact;
  const notice = noticeOf(given, data.page.edition, strange);
  const steps = given.get("steps") === "2" ? 2 : 1;
  return { patch: { on, date, open, focus, fact: focus && fact, steps, missing }, notice };
}

// The month of the day of the data is that day.
function dateOf(data, date) {
  return isDate(date) && date !== data.page.today.slice(0, 7) && date !== data.page.today ? date : "";
}
