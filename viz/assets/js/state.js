// The one place that knows what is shown. Every change goes through `change`, and everybody who
// subscribed is told: picture, table, panel, legend, permalink.

const LEAST_MEMBERS = 3;

export function createState(data) {
  const defaults = new Map(data.page.toggles);
  const listeners = [];
  const current = { on: new Map(defaults), focus: "", fact: "", steps: 1, open: [] };
  let shown = null;

  function change(patch, how) {
    if (patch.on || data.folding) shown = null;
    Object.assign(current, patch);
    if (data.folding) data.folding.admit(current);
    for (const listener of listeners) listener(how || "replace");
  }

  return {
    data,
    defaults,
    current,
    subscribe: (listener) => listeners.push(listener),
    change,
    toggle(token, on) {
      const next = new Map(current.on);
      next.set(token, on);
      change({ on: next });
    },
    focus: (actor, fact) => change({ focus: actor, fact: fact || "" }, "push"),
    shown: visibleNow,
    neighbourhood: () => neighbourhood(data, current, visibleNow()),
  };

  function visibleNow() {
    return (shown ??= visible(data, current));
  }
}

// The facts that the switches let through, and the marks that one of them touches. What is drawn,
// and the lines, differ from them where marks stand in groups.
function visible(data, current) {
  const { on } = current;
  const off = (token) => on.get(token) === false;
  const facts = new Set();
  const marks = new Set(data.page.focus ? [data.page.focus] : []);
  for (const edge of data.network.edges) {
    const hidden =
      off(`s.${edge.status}`) ||
      off(`r.${data.relations[edge.relation].family}`) ||
      (edge.standing && off("t.past")) ||
      [edge.from, edge.to].some((end) => markOff(data, off, end)) ||
      (data.circleOf.has(edge.id) && off(`c.${data.circleOf.get(edge.id)}`));
    if (hidden) continue;
    facts.add(edge.id);
    marks.add(edge.from).add(edge.to);
  }
  const shown = { facts, marks, drawn: marks, lines: facts, circles: drawnCircles(data, facts) };
  return data.folding ? data.folding.fold(shown, current) : shown;
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

// What stands within one or two steps of the chosen actor, by the facts that are shown.
function neighbourhood(data, current, shown) {
  if (!current.focus) return null;
  const marks = new Set([current.focus]);
  const lines = new Set();
  for (let step = 0; step < current.steps; step += 1) {
    const rim = new Set(marks);
    for (const id of shown.lines) {
      const { from, to } = data.edges.get(id);
      if (!rim.has(from) && !rim.has(to)) continue;
      lines.add(id);
      marks.add(from).add(to);
    }
  }
  const facts = new Set([...lines].flatMap((id) => data.edges.get(id).facts || [id]));
  return { marks, facts, lines };
}
