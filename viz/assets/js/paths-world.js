// The page's data, where things stand by number, as objects; and what leads where by the facts of
// some statuses.

import { chainsBetween, commonSuppliers } from "./paths-walk.js";

export const QUESTIONS = ["chain", "common", "link"];
export const STATED = "stated";

export function worldOf(data) {
  const nodes = data.nodes.map(([id, label, cls, page, weight, names]) => ({
    id, label, class: data.classes[cls][0], family: data.classes[cls][1], page: page > 0, weight, names,
  }));
  const relations = data.relations.map(([id, stroke, colour, dependent, verb]) => ({ id, stroke, colour, dependent, verb }));
  const statuses = data.statuses.map(([id, word, dash]) => ({ id, word, dash }));
  const facts = data.facts.map(([id, subject, object, relation, status, confidence, words, [claimant, period, details], since, said]) => ({
    id, subject, object, relation: relations[relation], status: statuses[status],
    confidence, words, claimant, period, details, since, said,
  }));
  return {
    nodes, relations, statuses, facts,
    number: new Map(nodes.map(({ id }, number) => [id, number])),
    steps: new Map(data.steps.map(([tail, head, some, words]) => [keyOf(tail, head, some), words])),
    mostChains: data.page.mostChains,
    mostSteps: data.page.mostSteps,
  };
}

// How a step of dependence is told: it depends on which facts count.
export function wordsOf(world, hop) {
  return world.steps.get(keyOf(hop.tail, hop.head, hop.facts));
}

function keyOf(tail, head, facts) {
  return [tail, head, ...facts].join();
}

export function everyStatus(world) {
  return world.statuses.map(({ id }) => id);
}

// What is walked: dependences in their direction or, for any link alone, every relation both ways.
export function viewOf(world, ask, statuses) {
  const next = world.nodes.map(() => new Map());
  const back = world.nodes.map(() => new Map());
  const walked = [];
  const add = (tail, head, number, strength) => {
    const hop = next[tail].get(head) || { tail, head, facts: [], strength };
    hop.facts.push(number);
    hop.strength = Math.max(hop.strength, strength);
    next[tail].set(head, hop);
    back[head].set(tail, hop);
  };
  world.facts.forEach(({ subject, object, relation, status, confidence }, number) => {
    if (!statuses.includes(status.id) || (ask !== "link" && !relation.dependent)) return;
    walked.push(number);
    if (relation.dependent !== "object" || ask === "link") add(subject, object, number, confidence);
    if (relation.dependent === "object" || ask === "link") add(object, subject, number, confidence);
  });
  return { next, back, walked };
}

// The answer to one question about two nodes, and to no other.
export function answered(world, { from, to, ask, statuses }) {
  const view = viewOf(world, ask, statuses);
  if (ask === "common") {
    return { view, rows: commonSuppliers(view, from, to, world.mostSteps), more: false };
  }
  const chains = chainsBetween(view, from, to, world.mostChains + 1, world.mostSteps);
  return { view, rows: chains.slice(0, world.mostChains), more: chains.length > world.mostChains };
}

// The chains of an answer, each from its start down.
export function routesOf(rows) {
  return rows.flatMap((row) => (row.supplier === undefined ? [row] : [row.left, row.right]));
}
