// One polite line: what is shown, in words. Notices stand in front of it until the next change.

import { labelOf } from "./data.js";

export function createStatus(state, words, line) {
  const { data } = state;
  let notice = "";
  const write = () => {
    line.textContent = [notice, described()].filter(Boolean).join(" ");
    notice = "";
  };
  const described = () => {
    const kept = state.neighbourhood();
    if (kept) {
      return words.say("status-focus", {
        name: labelOf(data, state.current.focus),
        facts: kept.facts.size,
        marks: kept.marks.size - 1,
      });
    }
    const { facts, marks } = state.shown();
    return words.say(`status-line-${data.page.kind}`, {
      facts: facts.size,
      allFacts: data.counts.facts,
      marks: marks.size,
      allMarks: data.counts.marks,
    });
  };
  state.subscribe(write);
  return {
    say(text) {
      notice = text;
      write();
    },
    note: (text) => (notice = text),
  };
}
