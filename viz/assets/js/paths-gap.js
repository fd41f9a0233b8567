// Where there is no answer: at which point the evidence stops, and what would have to be asked.

import { hashOf } from "./address.js";
import { el, link } from "./dom.js";
import { listed } from "./paths-told.js";
import { partsOf } from "./paths-state.js";
import { depthsOf } from "./paths-walk.js";
import { answered, everyStatus } from "./paths-world.js";

const NAMED = 5;

export function gapsOf(data, world, words, told, asked, view) {
  const [from, to] = [asked.from, asked.to].map((id) => world.number.get(id));
  const { name, thing } = told;

  // The nearest nodes of which nothing more is said.
  const stops = (node) => {
    const reached = [...depthsOf(view, node, world.nodes.length).keys()].slice(1);
    const ends = reached.filter((each) => !view.next[each].size);
    const rest = ends.length - NAMED;
    const shown = [...listed(ends.slice(0, NAMED).map(thing)), ...(rest > 0 ? [", ", words.say("and-more", { count: rest })] : [])];
    const key = ends.length ? "gap-ends" : "gap-circle";
    return filled(words.count(key, reached.length, { name: name(node), ends: MARK }), shown);
  };
  const start = (node) => (view.next[node].size ? stops(node) : el("p", {}, words.say("gap-from", { name: name(node) })));
  const ask = (patch) => link(hashOf(partsOf({ ...asked, ...patch }), data.page.edition), { class: "try" }, words.say(patch.extra ? "wider-ask" : "reverse-ask"));

  const said = [];
  if (asked.ask !== "link") said.push(start(from));
  if (asked.ask === "common") said.push(start(to));
  if (asked.ask === "chain" && !view.back[to].size) said.push(el("p", {}, words.say("gap-to", { name: name(to) })));
  const every = { from, to, ask: asked.ask, statuses: everyStatus(world) };
  if (answered(world, every).rows.length) {
    said.push(el("p", {}, words.say("wider"), " ", ask({ extra: every.statuses.slice(1) })));
  }
  if (asked.ask === "chain" && answered(world, { ...every, from: to, to: from, statuses: asked.statuses }).rows.length) {
    said.push(el("p", {}, words.say("reverse"), " ", ask({ from: asked.to, to: asked.from })));
  }
  return said;
}

const MARK = "\u0000";

// A sentence with things in the middle of it.
function filled(text, things) {
  const [before, after = ""] = text.split(MARK);
  return el("p", {}, before, ...(text.includes(MARK) ? things : []), after);
}
