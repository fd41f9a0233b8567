// What the page carries, with the indexes that the other modules ask for.

const VERSION = 1;

export function readData() {
  const data = JSON.parse(document.getElementById("data").textContent);
  if (data.version !== VERSION) throw new Error(`data of version ${data.version}`);
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
  return data;
}

export function labelOf(data, id) {
  return data.nodes.get(id).label;
}
