// What the switches and the date let through.

import { holds, isUndated, lastDay } from "./dates.js";

const LEAST_MEMBERS = 3;

// The facts that pass, the marks that one of them touches, the alliances that are drawn around
// their members, and how many facts without a date pass everything else. What is drawn, and the
// lines, differ from marks and facts where marks stand in groups; `face` is the mark that shows one.
export function visible(data, current) {
  const { on, date } = current;
  const off = (token) => on.get(token) === false;
  const day = date && lastDay(date);
  const facts = new Set();
  const marks = new Set(data.page.focus ? [data.page.focus] : []);
  let undated = 0;
  for (const edge of data.network.edges) {
    if (isHidden(data, off, edge) || (!holds(edge, day) && on.get("t.past") !== true)) continue;
    if (isUndated(edge)) {
      undated += 1;
      if (off("d.undated")) continue;
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

function isHidden(data, off, edge) {
  return (
    off(`s.${edge.status}`) ||
    off(`r.${data.relations[edge.relation].family}`) ||
    off(`k.${edge.confidence || "high"}`) ||
    (edge.layers || ["none"]).every((layer) => off(`l.${layer}`)) ||
    [edge.from, edge.to].some((end) => markOff(data, off, end)) ||
    (data.circleOf.has(edge.id) && off(`c.${data.circleOf.get(edge.id)}`))
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
  return off(`m.${actor.family}`) || (actor.distance > 1 && off("n.far"));
}
