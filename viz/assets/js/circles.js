// Alliances: a tinted area around members that stand together, or a ring around each of them.

const ROOM = 26;

export function circleDrawer(state) {
  const { data } = state;
  return (context, network) => {
    let ring = 0;
    const drawn = state.drawn();
    for (const circle of state.shown().circles) {
      const ties = circle.facts.filter((fact) => drawn.has(data.edges.get(fact).from));
      if (!ties.length) continue;
      const members = [...new Set(ties.map((fact) => data.edges.get(fact).from))];
      const hull = circle.kind === "hull";
      if (hull) drawHull(context, data, circle, members, ties);
      for (const fact of hull ? ties.filter((tie) => !isFirm(data, tie)) : ties) {
        drawRing(context, data, circle, fact, hull ? 0 : ring);
      }
      if (!hull) ring += 1;
    }
  };
}

function drawHull(context, data, circle, members, ties) {
  const corners = hull([circle.id, ...members].map((id) => data.nodes.get(id)));
  context.save();
  context.beginPath();
  corners.forEach((corner, number) => {
    const before = corners[(number + corners.length - 1) % corners.length];
    const after = corners[(number + 1) % corners.length];
    context.arc(corner.x, corner.y, ROOM, outward(before, corner), outward(corner, after));
  });
  context.closePath();
  context.globalAlpha = 0.07;
  context.fillStyle = circle.colour;
  context.fill();
  context.globalAlpha = 0.55;
  context.strokeStyle = circle.colour;
  context.lineWidth = 1.25;
  context.setLineDash(ties.some((fact) => isFirm(data, fact)) ? [] : data.dashes.planned);
  context.stroke();
  context.restore();
}

function isFirm(data, fact) {
  return data.edges.get(fact).status === "stated";
}

// Around each member of a circle without a hull, and around one whose belonging is not a fact yet.
function drawRing(context, data, circle, fact, number) {
  const node = data.nodes.get(data.edges.get(fact).from);
  context.save();
  context.beginPath();
  context.arc(node.x, node.y, node.size + 5 + 4 * number, 0, 2 * Math.PI);
  context.setLineDash(data.dashes[data.edges.get(fact).status]);
  context.strokeStyle = circle.colour;
  context.lineWidth = 2.5;
  context.stroke();
  context.restore();
}

// The angle at which the side from one corner to the next faces outwards.
function outward(from, to) {
  return Math.atan2(to.x - from.x, from.y - to.y) + Math.PI;
}

// Andrew's monotone chain: the corners of the hull, clockwise as the screen shows them.
function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a, b, c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
