// Groups of the map: many of one layer, one country and one family stand as one mark until the
// reader opens it. Facts are never lost: each is a line, part of a bundle, or within a group.

import { arrange } from "./bands.js";

const FIRMEST = ["stated", "planned", "claimed", "hypothetical", "denied", "inferred"];

// Adds the marks of the groups to what the page carries, and what folds facts into bundles.
export function addGroups(data) {
  const { map } = data;
  Object.assign(data.words, map.words);
  map.closed = [];
  const named = (numbers) => numbers.map((number) => data.network.nodes[number].id);
  for (const group of map.groups) group.members = named(group.members);
  const groups = new Map(map.groups.map((group) => [group.id, group]));
  const homes = new Map(map.groups.flatMap((group) => group.members.map((member) => [member, group.id])));
  for (const group of map.groups) {
    const [x, y, size] = group[data.upright ? "tall" : "wide"];
    const node = { id: group.id, label: group.label, shape: group.shape, group: `${group.family}-group`, x, y, size };
    data.network.nodes.push(node);
    data.nodes.set(group.id, node);
    data.about.set(group.id, []);
    data.actors[group.id] = { names: [], page: false, reach: 0, distance: 0, class: group.layer, family: group.family, rank: 150 + group.members.length };
  }
  for (const band of map.bands) band.items = named(band.items);
  for (const side of [map.wide, map.tall]) {
    side.rooms = Object.fromEntries(side.rooms.map((room, at) => [data.network.nodes[at].id, room]));
  }
  for (const [stroke] of Object.entries(data.strokes)) {
    data.relations[`bundle-${stroke}`] = { verb: "", inverse: "", family: stroke, stroke, symmetric: stroke === "other", owner: "subject" };
  }
  data.statuses = { ...map.statuses, ...data.statuses };
  data.folding = {
    groups,
    homes,
    isGroup: (id) => groups.has(id),
    admit: (current) => admit(data, current),
    fold: (shown, current) => fold(data, shown, current),
  };
  arrange(data, new Map());
}

// What is looked at stands as itself: its group opens, and a group that is open is no mark.
function admit(data, current) {
  const { groups, homes } = data.folding;
  const home = homes.get(current.focus);
  const known = current.open.filter((id) => groups.has(id));
  const { open, closed } = fitting(data, home && !known.includes(home) ? [...known, home] : known);
  data.map.closed.push(...closed);
  current.open = open;
  if (closed.includes(home)) current.focus = "";
  if (current.open.includes(current.focus) && sharesOf(data, current).get(current.focus).size === groups.get(current.focus).members.length) {
    current.focus = "";
  }
  if (!current.focus) current.fact = "";
}

// Closes what weighs least until the marks are few enough; the last that was opened stays.
export function fitting(data, open) {
  const { groups } = data.folding;
  const base = data.map.singles + groups.size;
  const closed = [];
  let left = [...new Set(open)];
  const marks = () => base + left.reduce((sum, id) => sum + groups.get(id).members.length - 1, 0);
  while (left.length > 1 && marks() > data.map.most) {
    const [least] = left.slice(0, -1).sort((a, b) => groups.get(a).weight - groups.get(b).weight || (a < b ? -1 : 1));
    left = left.filter((id) => id !== least);
    closed.push(least);
  }
  return { open: left, closed };
}

// Which members of each open group are marks: all, or the first of them where there is no more room.
export function sharesOf(data, { open, focus }) {
  const { groups } = data.folding;
  const shares = new Map();
  let room = data.map.most - data.map.singles - groups.size;
  for (const id of open) {
    const { members } = groups.get(id);
    const most = members.length - 1 <= room ? members.length : Math.max(1, room);
    const first = members.slice(0, most);
    if (members.includes(focus) && !first.includes(focus)) first[most - 1] = focus;
    shares.set(id, new Set(first));
    room -= most === members.length ? most - 1 : most;
  }
  return shares;
}

function fold(data, shown, current) {
  const { homes } = data.folding;
  const shares = sharesOf(data, current);
  const face = (id) => {
    const home = homes.get(id);
    return !home || (shares.has(home) && shares.get(home).has(id)) ? id : home;
  };
  const circled = new Set(shown.circles.flatMap((circle) => circle.facts));
  const lines = new Set();
  const bundles = new Map();
  const within = new Map();
  for (const id of shown.facts) {
    const edge = data.edges.get(id);
    const relation = data.relations[edge.relation];
    const flip = relation.owner === "object";
    const [from, to] = (flip ? [edge.to, edge.from] : [edge.from, edge.to]).map(face);
    if (face(edge.from) === edge.from && face(edge.to) === edge.to) lines.add(id);
    else if (from === to) within.set(from, [...(within.get(from) || []), id]);
    else if (circled.has(id)) within.set(face(edge.from), [...(within.get(face(edge.from)) || []), id]);
    else gather(bundles, from, to, relation.stroke, edge);
  }
  arrange(data, shares);
  replaceBundles(data, bundles);
  const circles = shown.circles.map((circle) => ({
    ...circle, facts: circle.facts.filter((fact) => face(data.edges.get(fact).from) === data.edges.get(fact).from),
  }));
  const drawn = new Set([...shown.marks].map(face));
  const all = new Set([...lines, ...bundles.keys()]);
  relabel(data, shown.marks, face);
  return { ...shown, drawn, lines: all, bundles, within, circles, face };
}

function gather(bundles, from, to, stroke, edge) {
  const id = `b.${from}.${to}.${stroke}`;
  const bundle = bundles.get(id) || { id, from, to, relation: `bundle-${stroke}`, status: edge.status, facts: [] };
  bundle.facts.push(edge.id);
  if (FIRMEST.indexOf(edge.status) < FIRMEST.indexOf(bundle.status)) bundle.status = edge.status;
  bundles.set(id, bundle);
}

function replaceBundles(data, bundles) {
  for (const id of data.edges.keys()) if (id.startsWith("b.") && !bundles.has(id)) data.edges.delete(id);
  for (const [id, bundle] of bundles) data.edges.set(id, bundle);
}

// A group says how many of its members are shown and stand in it.
function relabel(data, marks, face) {
  const counts = new Map();
  for (const mark of marks) if (face(mark) !== mark) counts.set(face(mark), (counts.get(face(mark)) || 0) + 1);
  for (const [id, group] of data.folding.groups) {
    const count = counts.get(id) || group.members.length;
    const words = data.words[`page-map.group-${group.family}-${count === 1 ? "one" : "many"}`];
    data.nodes.get(id).label = [words.replace("{count}", count), group.country].filter(Boolean).join(", ");
  }
}
