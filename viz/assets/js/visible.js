// What the switches and the date let through.

import { holds, isUndated, lastDay } from "./dates.js";

const LEAST_MEMBERS = 3;

// The facts that pass, the marks that one of them touches, the alliances that are drawn around
// their members, and how many facts without a date pass everything else. What is drawn, and the
// lines, differ from marks and facts where marks stand in groups; `face` is the mark that shows one.
export function visible(data, current) {
  const { on, date } = current;
  const off = switchedOff(on);
  const day = date && lastDay(date);
  const facts = new Set();
  const marks = new Set(data.page.focus ? [data.page.focus] : []);
  let undated = 0;
  for (const edge of data.network.edges) {
    if (isHidden(data, off, edge) || (!holds(edge, day) && on.get("t.past") !== true)) continue;
    if (isUndated(edge)) {
      undated += 1;
      if (off.d.has("undated")) continue;
    }
    facts.add(edge.id);
    marks.add(edge.from).add(edge.to);
  }
  const shown = { facts, marks, drawn: marks, lines: facts, undated, circles: drawnCircles(data, facts), face: (mark) => mark };
  return data.folding ? data.folding.fold(shown, current) : shown;
}

// How many facts do not hold on the chosen day, whatever else hides them.
export function outOfTime(data, date) {
  const day = date && lastDay(date);
  return data.network.edges.filter((edge) => !holds(edge, day)).length;
}

// What the switches of each kind leave out; what stands before the first dot of a token is the kind.
function switchedOff(on) {
  const off = Object.fromEntries([..."srklmcdnt"].map((kind) => [kind, new Set()]));
  for (const [token, wanted] of on) if (!wanted) off[token[0]]?.add(token.slice(2));
  return off;
}

function isHidden(data, off, edge) {
  return (
    off.s.has(edge.status) ||
    off.r.has(data.relations[edge.relation].family) ||
    off.k.has(edge.confidence || "high") ||
    (off.l.size > 0 && (edge.layers || ["none"]).every((layer) => off.l.has(layer))) ||
    markOff(data, off, edge.from) ||
    markOff(data, off, edge.to) ||
    off.c.has(data.circleOf.get(edge.id))
  );
}

// An alliance is drawn around its members if enough of them are shown; otherwise by lines.
function drawnCircles(data, facts) {
  return data.circles
    .map((circle) => ({ ...circle, facts: circle.facts.filter((fact) => facts.has(fact)) }))
    .filter(({ facts: ties }) => new Set(ties.map((tie) => data.edges.get(tie).from)).size >= LEAST_MEMBERS);
}

function markOff(data, off, mark) {
  const actor = data.actors[mark];
  return off.m.has(actor.family) || (actor.distance > 1 && off.n.has("far"));
}
