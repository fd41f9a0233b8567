// One removal in both readings, as in graph/analysis/failure/whatif.py: who goes, what follows, and on
// which facts it rests.

import { circuitOf, outcomeOf } from "./failing.js";

const READINGS = ["worst", "best"];
const KINDS = ["remove", "law", "alliance"];
const ACTOR = 1;
const PAGE = 2;
const LAWLESS = 4;

// The page's data, where things stand by number, as objects.
export function worldOf(data) {
  const nodes = data.nodes.map(([id, label, flags, cls]) => ({
    id, label, class: data.classes[cls], page: (flags & PAGE) > 0, lawless: (flags & LAWLESS) > 0,
  }));
  const steps = data.steps.map(([tail, head, words, facts]) => ({ tail, node: head, words, facts }));
  const needs = data.needs.map(([of, wanted, endures, silent, facts, options]) => ({
    of, wanted, endures: endures > 0, silent: silent > 0, facts,
    options: options.map(([step, ...spare]) => ({ ...steps[step], spare: spare.length > 0, months: spare[0] ?? null })),
  }));
  const known = nodes.map(() => false);
  for (const need of needs) for (const node of [need.of, ...need.options.map((option) => option.node)]) known[node] = true;
  const choices = data.choices.map(([kind, node, weight, names, goes]) => ({
    key: `${kind}=${nodes[node].id}`, kind, node, weight, names,
    goes: new Map([
      [node, { because: "asked", steps: [] }],
      ...goes.map(([other, because, by]) => [other, { because, steps: by.map((step) => steps[step]) }]),
    ]),
  }));
  const actors = data.nodes.map(([, , flags]) => (flags & ACTOR) > 0);
  return { size: nodes.length, nodes, actors, known, needs, choices: new Map(choices.map((choice) => [choice.key, choice])) };
}

// In the order in which they are taken: what is named alone, then laws, then alliances.
export function ordered(keys) {
  return KINDS.flatMap((kind) => keys.filter((key) => key.startsWith(`${kind}=`)));
}

export function tried(world, keys, months) {
  const removed = new Map();
  for (const key of ordered(keys)) {
    for (const [node, removal] of world.choices.get(key).goes) if (!removed.has(node)) removed.set(node, removal);
  }
  const gone = new Set(removed.keys());
  const [worst, best] = READINGS.map((reading) => outcomeOf(circuitOf(world, months, reading), gone));
  const first = worst.affected();
  const affected = [...first, ...best.affected().filter((node) => !first.includes(node))];
  return { world, months, removed, worst, best, affected, ...emptiness(world, gone) };
}

// When that nothing is affected is no finding.
function emptiness(world, gone) {
  const nodes = [...world.known.keys()].filter((node) => world.known[node]);
  const options = world.needs.flatMap((need) => need.options.map((option) => option.node));
  return {
    empties: nodes.length > 0 && nodes.every((node) => gone.has(node)),
    unneeded: !options.some((node) => gone.has(node)),
  };
}

// The chain that explains a row, from the worst reading if it can: the steps by which it is
// touched, then those by which its end goes with what was named.
export function explained(found, node) {
  const worst = found.worst.reason(node);
  const chain = worst.length ? worst : found.best.reason(node);
  const end = chain.length && found.removed.get(chain.at(-1).node);
  return { chain, going: end ? end.steps : [] };
}

// The numbers of the facts on which a row rests.
export function premises(found, node) {
  const facts = new Set();
  for (const outcome of [found.worst, found.best]) {
    const failures = [...outcome.failures(node), ...outcome.weakened(node), ...outcome.proof(node).values()];
    const options = failures.flatMap((failure) => failure.down);
    for (const failure of failures) failure.need.facts.forEach((fact) => facts.add(fact));
    for (const option of options) {
      option.facts.forEach((fact) => facts.add(fact));
      const removal = found.removed.get(option.node);
      for (const step of removal ? removal.steps : []) step.facts.forEach((fact) => facts.add(fact));
    }
  }
  return [...facts].sort((a, b) => a - b);
}

// Whether no source says if another could serve instead of what fails it.
export function isSilent(found, node) {
  return found.worst.failures(node).some((failure) => failure.need.silent);
}

// Of the actors that meet a need, those of whom no law is known: [how many, of how many].
export function lawless({ world, worst, removed }) {
  const suppliers = [...world.nodes.keys()].filter((node) => world.actors[node] && worst.circuit.readers[node].length);
  const stay = suppliers.filter((node) => world.nodes[node].lawless && !removed.has(node));
  return [stay.length, suppliers.length];
}
