// What the page carries, with the indexes that the other modules ask for.

import { shownEdition } from "./edition.js";
import { atlas } from "./atlas.js";

const VERSION = 1;

export function readData() {
  // What many pages have in common stands in a script before this one.
  const data = { ...window.techsovCommon, ...JSON.parse(document.getElementById("data").textContent) };
  if (data.version !== VERSION) throw new Error(`data of version ${data.version}`);
  data.page.edition = shownEdition();
  data.network.nodes = records(data.network.nodes);
  data.network.edges = records(data.network.edges);
  for (const edge of data.network.edges) complete(edge, data.network.nodes);
  data.upright = isUpright(document.getElementById("stage"));
  if (data.upright) arrangeUpright(data);
  data.actors = actorsOf(data);
  data.edges = new Map(data.network.edges.map((edge) => [edge.id, edge]));
  data.nodes = new Map(data.network.nodes.map((node) => [node.id, node]));
  data.circleOf = new Map(
    data.circles.flatMap((circle) => circle.facts.map((fact) => [fact, circle.id])),
  );
  data.about = new Map(data.network.nodes.map((node) => [node.id, []]));
  for (const edge of data.network.edges) {
    data.about.get(edge.from).push(edge.id);
    data.about.get(edge.to).push(edge.id);
  }
  if (data.map) atlas.addGroups(data);
  return data;
}

// Rows below keys, as records; what a row does not say is not there.
function records({ keys, rows }) {
  return rows.map((row) => {
    const record = {};
    for (let at = 0; at < row.length; at += 1) if (row[at] !== null) record[keys[at]] = row[at];
    return record;
  });
}

// What is said of each mark besides where it stands; its kind says how it is called and drawn.
function actorsOf({ actors, kinds, network, options }) {
  const told = records(actors);
  return Object.fromEntries(network.nodes.map((node, at) => {
    const [word, group] = kinds[told[at].kind];
    Object.assign(node, { group, shape: options.groups[group].shape });
    const family = group.replace(/-group$/, "");
    return [node.id, { names: [], reach: 0, distance: 0, class: word, family, page: !told[at].unpaged, ...told[at] }];
  }));
}

// The id of a fact begins with who, what and whom, unless the fact says otherwise; most are stated.
function complete(edge, nodes) {
  const parts = edge.id.map((part) => (typeof part === "number" ? nodes[part].id : part));
  edge.id = parts.join("--");
  edge.from ??= parts[0];
  edge.relation ??= parts[1];
  edge.to ??= parts[2];
  edge.status ??= "stated";
}

// The tables of the page say of each fact what the sources say; nothing repeats it.
export function readRows(data) {
  if (data.page.kind !== "actor") nameRows(data.network.edges);
  const rows = document.querySelectorAll("tr[data-fact]");
  data.rows = new Map([...rows].map((row) => [row.dataset.fact, row]));
}

// A table that holds the facts of the picture and no others has them in its order.
function nameRows(edges) {
  [...document.querySelectorAll("#facts-table tbody tr")].forEach((row, at) => (row.dataset.fact = edges[at].id));
}

export function labelOf(data, id) {
  return data.nodes.get(id).label;
}

function isUpright(stage) {
  return stage.clientWidth < 0.9 * stage.clientHeight;
}

// A screen held upright has places of its own, computed beside the others.
function arrangeUpright(data) {
  records(data.tall.nodes).forEach((place, at) => Object.assign(data.network.nodes[at], place));
  for (const edge of data.network.edges) edge.bend = data.tall.bends[edge.id] || 0;
  for (const circle of data.circles) circle.kind = data.tall.circles[circle.id];
}
