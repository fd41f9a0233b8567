// What a trial brings about, in words: the counts, who goes, what is touched and by which chain.

import { spotOf } from "./address.js";
import { byId, el, link } from "./dom.js";
import { STATES } from "./failing.js";
import { explained, isSilent, lawless, premises } from "./trying.js";

const OPEN_UP_TO = 3;

// `data` is the page's, for its words and documents; `world` holds it as things.
export function createTelling(data, world, words) {
  const name = (node) => world.nodes[node].label;
  const thing = (node) => {
    const { id, label, page } = world.nodes[node];
    return page ? link(`${data.page.pages}${id}.html`, {}, label) : el("span", {}, label);
  };
  const named = (key) => {
    const { kind, node } = world.choices.get(key);
    return kind === "remove" ? name(node) : `${name(node)} (${words.say("page.whatif-kind-" + kind)})`;
  };
  const byName = (nodes) => [...nodes].sort((a, b) => words.compare(name(a), name(b)));

  const sources = (facts) => {
    const paragraphs = new Map();
    for (const [document, paragraph] of facts.flatMap((fact) => data.facts[fact][1])) {
      paragraphs.set(document, (paragraphs.get(document) || new Set()).add(paragraph));
    }
    return [...paragraphs].map(([document, said]) => {
      const [id, label, date, stance] = data.documents[document];
      const places = [...said].sort((a, b) => a - b).flatMap((paragraph) => {
        const address = `${data.page.sources}${id}.html#${spotOf(paragraph)}`;
        const where = words.say(paragraph ? "page.paragraph" : "page.whole-page", { number: String(paragraph) });
        return [", ", link(address, {}, where)];
      });
      return el("span", { class: "fine" }, label, ...places, ` · ${[date, stance].filter(Boolean).join(" · ")}`);
    });
  };
  const chainOf = (steps) =>
    el("ol", { class: "chain" }, ...steps.map((step) =>
      el("li", {}, el("span", { class: "step" }, thing(step.tail), " ", step.words), ...sources(step.facts))));
  const counted = (outcome) => {
    const states = outcome.affected().map(outcome.state);
    const parts = STATES.map((state) => [state, states.filter((one) => one === state).length])
      .filter(([, number]) => number)
      .map(([state, number]) => words.say(`whatif.count-${state}-${number === 1 ? "one" : "many"}`, { count: number }));
    return parts.join(", ") || words.say("whatif.nothing");
  };

  const answer = (found) => {
    const day = data.page.day;
    if (!world.known.includes(true)) return words.say("whatif.no-needs", { day });
    if (found.empties) return words.say("whatif.empties");
    if (found.unneeded) return words.say("whatif.unneeded", { day });
    if (!found.affected.length) return words.say("whatif-none");
    return words.say("whatif-answer", { worst: counted(found.worst), best: counted(found.best) });
  };
  const context = (found) => {
    const facts = new Set(found.affected.flatMap((node) => premises(found, node)));
    const { day } = data.page;
    const spares = found.months ? words.count("whatif-context", found.months, { day }) : words.say("whatif-context-none", { day });
    return facts.size ? `${spares} ${words.count("whatif-rests", facts.size)}` : spares;
  };
  const going = (found, keys) => {
    const asked = new Set(keys.map((key) => world.choices.get(key).node));
    const others = byName([...found.removed.keys()].filter((node) => !asked.has(node)));
    return others.map((node) => {
      const { because, steps } = found.removed.get(node);
      return el("li", {}, el("p", { class: "said" }, thing(node), " ",
        el("span", { class: "fine" }, words.say(`whatif.because-${because}`))), steps.length ? chainOf(steps) : "");
    });
  };
  const row = (found, node) => {
    const { chain, going: goes } = explained(found, node);
    const label = (column) => words.say(`page.whatif-column-${column}`);
    const state = (outcome, column) => {
      const which = outcome.state(node);
      return el("td", { "data-label": label(column) }, el("span", { class: `state ${which}` }, words.say(`whatif.state-${which}`)));
    };
    return el("tr", {},
      el("td", {}, thing(node), " ", el("span", { class: "fine" }, world.nodes[node].class)),
      state(found.worst, "worst"), state(found.best, "best"),
      el("td", { "data-label": label("why") }, chainOf([...chain, ...goes])));
  };
  const rows = (found) => {
    const rank = (outcome, node) => STATES.indexOf(outcome.state(node));
    const order = (a, b) => rank(found.worst, a) - rank(found.worst, b) || rank(found.best, a) - rank(found.best, b);
    return byName(found.affected).sort(order).map((node) => row(found, node));
  };
  const notes = (found, keys) => {
    const silent = found.worst.affected().filter((node) => isSilent(found, node));
    const beyond = found.worst.beyond();
    const short = [...new Set(found.worst.circuit.short.map((need) => need.of))];
    const [unknown, suppliers] = lawless(found);
    const asksLaw = keys.some((key) => world.choices.get(key).kind === "law");
    const line = (text) => el("p", {}, text);
    return [
      silent.length ? line(words.say("whatif.silent", { affected: found.worst.affected().length, count: silent.length })) : "",
      beyond.length ? el("details", { id: "beyond" }, el("summary", {}, words.count("whatif-beyond", beyond.length)),
        el("p", {}, ...listed(byName(beyond).map(thing)))) : "",
      short.length ? line(words.say("whatif.short", { names: byName(short).map(name).join(", ") })) : "",
      asksLaw ? line(words.say("whatif.unknown-law", { count: unknown, actors: suppliers })) : "",
    ].filter(Boolean);
  };

  return {
    named,
    show(found, keys) {
      byId("outcome").hidden = !keys.length;
      byId("alone").hidden = keys.length > 0;
      if (!keys.length) return byId("answer").replaceChildren();
      byId("without").textContent = words.say("whatif-without", { names: words.list(keys.map(named)) });
      byId("answer").textContent = answer(found);
      byId("context").textContent = context(found);
      const goes = going(found, keys);
      byId("goes").hidden = !goes.length;
      byId("goes").open = goes.length <= OPEN_UP_TO;
      byId("goes").querySelector("summary").textContent = words.count("whatif-goes", goes.length);
      byId("goes").querySelector("ul").replaceChildren(...goes);
      byId("result").hidden = !found.affected.length;
      byId("affected").tBodies[0].replaceChildren(...rows(found));
      byId("notes").replaceChildren(...notes(found, keys));
    },
  };
}

function listed(things) {
  return things.flatMap((one, number) => (number ? [", ", one] : [one]));
}
