// How marks and lines look, in the words of vis-network.

const HEAD = { triangle: 0.62, vee: 0.62, diamond: 0.62 };
const MANY_LINES = 300;

// So many lines are too many to be drawn anew for every move of the hand.
export function optionsOf(data) {
  const { options, network } = data;
  const many = network.edges.length > MANY_LINES;
  return { ...options, interaction: { ...options.interaction, hideEdgesOnDrag: many, hideEdgesOnZoom: many } };
}

export function nodeLook(data, { label, ...node }) {
  const main = node.id === data.page.focus;
  return main ? { ...node, borderWidth: 4 } : node;
}

export function edgeLook(data, edge) {
  const relation = data.relations[edge.relation];
  const { colour, arrow } = data.strokes[relation.stroke];
  const dash = data.dashes[edge.status];
  const head = { enabled: true, type: arrow, scaleFactor: HEAD[arrow] };
  const end = arrow === "diamond" && relation.owner === "subject" ? "from" : "to";
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    ...(edge.width ? { width: edge.width } : {}),
    color: { color: colour, highlight: colour, hover: colour, inherit: false, opacity: edge.opacity ?? 1 },
    arrows: relation.symmetric ? "" : { [end]: head },
    dashes: dash.length ? dash : false,
    smooth: edge.bend
      ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) }
      : false,
  };
}
