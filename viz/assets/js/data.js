// What the page carries, with the indexes that the other modules ask for.

import { shownEdition } from "./edition.js";
import { atlas } from "./atlas.js";

const VERSION = 1;

export function readData() {
  // What many pages have in common stands in a script before this one.
  const data = { ...window.techsovCommon, ...JSON.parse(document.getElementById("data").textContent) };
  if (data.version !== VERSION) throw new Error(`data of version ${data.version}`);
  data.page.edition = shownEdition();
  data.network.edges = data.network.edges.map(whole);
  data.upright = isUpright(document.getElementById("stage"));
  if (data.upright) arrangeUpright(data);
  for (const [id, actor] of Object.entries(data.actors)) {
    data.actors[id] = { names: [], page: false, reach: 0, distance: 0, ...actor };
  }
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

// The id of a fact begins with who, what and whom, unless the fact says otherwise; most are stated.
function whole(edge) {
  const [from, relation, to] = edge.id.split("--");
  return { from, relation, to, status: "stated", ...edge };
}

// The tables of the page say of each fact what the sources say; nothing repeats it.
export function readRows(data) {
  const rows = document.querySelectorAll("tr[data-fact]");
  data.rows = new Map([...rows].map((row) => [row.dataset.fact, row]));
}

export function labelOf(data, id) {
  return data.nodes.get(id).label;
}

function isUpright(stage) {
  return stage.clientWidth < 0.9 * stage.clientHeight;
}

// A screen held upright has places of its own, computed beside the others.
function arrangeUpright(data) {
  for (const node of data.network.nodes) [node.x, node.y, node.size] = data.tall.nodes[node.id];
  for (const edge of data.network.edges) edge.bend = data.tall.bends[edge.id] || 0;
  for (const circle of data.circles) circle.kind = data.tall.circles[circle.id];
}
