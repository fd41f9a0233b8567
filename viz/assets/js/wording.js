// What is shown, in words: how many facts, what the filters leave out, and as of when.

import { dateText, isUndated } from "./dates.js";
import { labelOf } from "./data.js";

// So many names that are left are listed instead of those that are left out.
const FEW = 4;

export function describer(state, words) {
  const { data } = state;
  const groups = switchGroups();
  const shownWords = () => {
    const { facts, marks } = state.shown();
    if (!data.edges.size) return words.say("status-empty");
    if (!facts.size) return words.say("status-none", { allFacts: data.counts.facts });
    return words.say(`status-line-${data.page.kind}`, {
      facts: facts.size,
      allFacts: data.counts.facts,
      marks: marks.size,
      allMarks: data.counts.marks,
    });
  };
  const chosenWords = () => {
    const kept = state.neighbourhood();
    if (!kept) return shownWords();
    const name = labelOf(data, state.current.focus);
    return words.say("status-focus", {
      name,
      facts: words.count("near-facts", kept.facts.size),
      others: words.count("near-others", kept.others),
    });
  };
  const sentences = (first) => [first, ...filterWords(state, words, groups)].join(" ");
  return { table: () => sentences(shownWords()), view: () => sentences(chosenWords()) };
}

// The switches as the page groups them, each with the words beside it.
function switchGroups() {
  return [...document.querySelectorAll("fieldset.group")].map((group) => ({
    title: group.querySelector("legend").textContent,
    items: [...group.querySelectorAll("input[data-token]")].map((box) => ({
      token: box.dataset.token,
      label: box.closest("label").querySelector(".what").textContent,
    })),
  }));
}

function filterWords(state, words, groups) {
  const { on, date } = state.current;
  const without = [];
  const told = [];
  for (const { title, items } of groups) {
    const mine = items.filter(({ token }) => token !== "d.undated" && !(date && token === "t.past"));
    const off = mine.filter(({ token }) => on.get(token) === false);
    const left = mine.filter(({ token }) => on.get(token) !== false);
    if (!off.length) continue;
    if (!left.length) told.push(words.say("filter-none", { group: title }));
    else if (off.length > left.length && left.length <= FEW && off.length > 2) {
      told.push(words.say("filter-only", { group: title, names: named(left, words) }));
    } else without.push(named(off, words));
  }
  const out = without.length ? [words.say("filter-without", { names: without.join(words.between) })] : [];
  return [...out, ...told, ...dateWords(state, words)];
}

function named(items, words) {
  return items.map(({ label }) => label).join(words.between);
}

// A date says what becomes of the facts that have none.
function dateWords(state, words) {
  const { on, date } = state.current;
  const kept = on.get("d.undated") !== false;
  const near = state.neighbourhood();
  const undated = kept && near ? [...near.facts].filter((fact) => isUndated(state.data.edges.get(fact))).length : state.shown().undated;
  const key = date.length > 7 ? "filter-day" : "filter-date";
  const said = date ? [words.say(key, { date: dateText(date, state.data.page.language) })] : [];
  if (undated && (date || !kept)) said.push(words.count(kept ? "filter-undated-in" : "filter-undated-out", undated));
  return said;
}
