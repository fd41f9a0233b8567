// The chosen actor and what is near: a veil over everything, then the near part drawn again, so
// that colours keep their meaning.

const VEIL = "rgba(251, 250, 247, 0.86)";

export function drawFocus(context, network, state) {
  const kept = state.neighbourhood();
  if (!kept) return;
  const ratio = network.canvas.pixelRatio;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = VEIL;
  context.fillRect(0, 0, context.canvas.width / ratio, context.canvas.height / ratio);
  context.restore();
  drawNear(context, network, state, kept);
}

export function drawNear(context, network, state, kept) {
  const lines = [...kept.lines].map((id) => network.body.edges[id]).filter((edge) => edge && edge.connected);
  const chosen = lines.find((edge) => edge.id === state.current.fact);
  if (chosen) glow(context, chosen);
  for (const line of lines) line.draw(context);
  for (const mark of kept.marks) network.body.nodes[mark].draw(context);
  for (const line of lines) line.drawArrows(context);
  ring(context, state.data.nodes.get(state.current.focus));
}

function glow(context, edge) {
  const [begin, middle, end] = [0, 0.5, 1].map((share) => edge.edgeType.getPoint(share));
  context.save();
  context.strokeStyle = "#F2D9A0";
  context.lineWidth = 11;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(begin.x, begin.y);
  const bow = { x: 2 * middle.x - (begin.x + end.x) / 2, y: 2 * middle.y - (begin.y + end.y) / 2 };
  context.quadraticCurveTo(bow.x, bow.y, end.x, end.y);
  context.stroke();
  context.restore();
}

function ring(context, node) {
  context.save();
  context.strokeStyle = "#1C2530";
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(node.x, node.y, node.size + 6, 0, 2 * Math.PI);
  context.stroke();
  context.restore();
}
