// Steps in words, each with its facts: status, speaker, period, and every passage that says it.

import { spotOf } from "./address.js";
import { el, link } from "./dom.js";
import { wordsOf } from "./paths-world.js";

export function createTold(data, world, words) {
  const name = (node) => world.nodes[node].label;
  const thing = (node) => {
    const { id, label, page } = world.nodes[node];
    return page ? link(`${data.page.pages}${id}.html`, {}, label) : el("span", {}, label);
  };
  const mode = ({ status, claimant, period, details }) => [
    el("span", { class: `status ${status.id}` }, status.word),
    claimant ? el("span", { class: "by" }, words.say("page.held-by", { name: claimant })) : "",
    ...[period, details].filter(Boolean).map((text) => ` · ${text}`),
  ];
  const place = (paragraph) =>
    words.say(paragraph ? "page.paragraph" : "page.whole-page", { number: String(paragraph) });
  const anchor = (document, paragraph) =>
    `${data.page.sources}${data.documents[document][0]}.html#${spotOf(paragraph)}`;
  // A document stands once, with every paragraph in which it says so.
  const sources = ({ said }) => [...new Set(said.map(([document]) => document))].map((document) => {
    const [, label, date, stance] = data.documents[document];
    const paragraphs = [...new Set(said.filter(([each]) => each === document).map(([, paragraph]) => paragraph))];
    const places = paragraphs.flatMap((each) => [", ", link(anchor(document, each), {}, place(each))]);
    return el("p", { class: "source" }, label, ...places, ` · ${[date, stance].filter(Boolean).join(" · ")}`);
  });
  const proofs = (fact) => [
    el("p", { class: "how" }, ...mode(fact)),
    ...sources(fact),
    el("details", {}, el("summary", {}, words.say("in-words")),
      ...fact.said.map(([, , gloss]) => el("p", { class: "gloss" }, gloss))),
  ];

  // A dependence is told from who depends on; any other link as its own facts tell it.
  const sentences = (hop, ask) => {
    const facts = hop.facts.map((number) => world.facts[number]);
    if (ask !== "link") return [{ subject: hop.tail, words: wordsOf(world, hop), facts }];
    return facts.map((fact) => ({ subject: fact.subject, words: fact.words, facts: [fact] }));
  };
  const step = (hop, ask) =>
    el("li", { tabindex: "-1" }, ...sentences(hop, ask).flatMap((said) => [
      el("span", { class: "step" }, thing(said.subject), " ", said.words),
      ...said.facts.flatMap(proofs),
    ]));
  const plain = (hop, ask) => sentences(hop, ask).map((said) => `${name(said.subject)} ${said.words}`);

  return {
    name, thing, step, plain, sentences, sources,
    // "A depends on X, which depends on B".
    sentence(chain) {
      const [first, ...rest] = chain.hops.map((hop) => wordsOf(world, hop));
      return rest.reduce((said, more) => words.say("through-which", { said, more }), `${name(chain.nodes[0])} ${first}`);
    },
    steps: (chain) => words.count("steps", chain.hops.length),
    sure: (strength) => words.say("page.confidence", { word: data.confidence.find(([least]) => strength >= least)[1] }),
  };
}

export function listed(things) {
  return things.flatMap((one, number) => (number ? [", ", one] : [one]));
}
