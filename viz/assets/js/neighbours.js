// Who stands within one or two steps of what is looked at, by the facts that are shown. Steps lead from
// thing to thing: a group of the map stands for its members, and leads nowhere by itself.

// `others` counts the things that are near, in groups or not; `marks` and `lines` are drawn.
export function neighbourhood(data, { focus, steps }, shown) {
  if (!focus) return null;
  const start = inside(data, focus, shown);
  const things = new Set(start);
  const facts = new Set();
  for (let step = 0; step < steps; step += 1) {
    const rim = new Set(things);
    for (const id of shown.facts) {
      const { from, to } = data.edges.get(id);
      if (!rim.has(from) && !rim.has(to)) continue;
      facts.add(id);
      things.add(from).add(to);
    }
  }
  const tells = (id) => (data.edges.get(id).facts || [id]).some((fact) => facts.has(fact));
  const lines = new Set([...shown.lines].filter(tells));
  return { facts, lines, marks: new Set([focus, ...[...things].map(shown.face)]), others: things.size - start.length };
}

function inside(data, focus, { marks, face }) {
  if (!data.folding || !data.folding.isGroup(focus)) return [focus];
  return [...marks].filter((mark) => face(mark) === focus);
}
