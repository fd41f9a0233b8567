// The steps as rows: for a spreadsheet, column by column what the command writes as CSV; and for
// the reader, as a table.

import { byId, el } from "./dom.js";

const STEP = ["chain", "step", "dependent", "supplier", "facts", "statuses", "sources"];
const KEYS = {
  chain: STEP,
  common: ["common_supplier", "side", ...STEP.slice(1)],
  link: ["link", "step", "subject", "relation", "object", "fact", "status", "sources"],
};

// Every step of an answer with the chain it stands in: one row each.
function rowsOf(world, { rows }, ask) {
  return rows.flatMap((row, at) => {
    const sides = ask === "common" ? [["from", row.left], ["to", row.right]] : [["", row]];
    return sides.flatMap(([side, chain]) => chain.hops.flatMap((hop, place) => {
      const start = { number: at + 1, supplier: row.supplier, side, step: place + 1 };
      const parts = ask === "link" ? hop.facts.map((fact) => ({ ...hop, facts: [fact] })) : [hop];
      return parts.map((part) => ({ ...start, hop: part, facts: part.facts.map((fact) => world.facts[fact]) }));
    }));
  });
}

export function csvRows(data, world, words, found, asked) {
  const id = (node) => world.nodes[node].id;
  const join = (texts) => texts.join("; ");
  const rows = rowsOf(world, found, asked.ask).map(({ number, supplier, side, step, hop, facts }) => {
    const sources = join(facts.map((fact) => cited(data, words, fact)));
    if (asked.ask === "link") {
      const [{ subject, relation, object, id: name, status }] = facts;
      return [number, step, id(subject), relation.id, id(object), name, status.id, sources].map(String);
    }
    const first = asked.ask === "common" ? [id(supplier), asked[side]] : [number];
    return [
      ...first, step, id(hop.tail), id(hop.head),
      join(facts.map((fact) => fact.id)), join(facts.map((fact) => fact.status.id)), sources,
    ].map(String);
  });
  return [KEYS[asked.ask], ...rows];
}

function cited(data, words, fact) {
  const places = fact.said.map(([document, paragraph]) => data.documents[document][0] + (paragraph ? ` ¶${paragraph}` : ""));
  const promotional = fact.said.every(([document]) => data.documents[document][3]);
  return [[...new Set(places)].join("; "), promotional ? `(${words.say("word.promotional-only")})` : ""].filter(Boolean).join(" ");
}

export function showTwin(world, words, told, found, ask) {
  const first = ask === "common" ? "supplier" : "chain";
  const columns = [first, "step", "who", "how", "status", "since", "source"];
  const unique = (texts) => [...new Set(texts.filter(Boolean))].join("; ");
  const body = rowsOf(world, found, ask).map(({ number, supplier, step, hop, facts }) => {
    const { subject, words: said } = told.sentences(hop, ask)[0];
    const cells = [
      ask === "common" ? told.name(supplier) : String(number), String(step), told.thing(subject), said,
      unique(facts.map(({ status }) => status.word)), unique(facts.map(({ period }) => period)),
      facts.flatMap(told.sources),
    ];
    const label = (at) => words.say(`column-${columns[at]}`);
    return el("tr", {}, ...cells.map((cell, at) => el("td", { "data-label": label(at) }, ...[cell].flat())));
  });
  const heads = columns.map((column) => el("th", { scope: "col" }, words.say(`column-${column}`)));
  byId("steps").tHead.replaceChildren(el("tr", {}, ...heads));
  byId("steps").tBodies[0].replaceChildren(...body);
}
