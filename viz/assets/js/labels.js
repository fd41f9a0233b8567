// Names in screen pixels, drawn over the picture. Their places are kept until the scale or what is
// shown changes.

import { placedLabels } from "./placing.js";

const HALO = "#FBFAF7";
const LEAD = "#5B6673";

export function drawLabels(context, view, state) {
  const { network } = view;
  const scale = network.getScale();
  const key = `${scale.toFixed(4)} ${view.version} ${view.moved}`;
  if (view.labelKey !== key) {
    view.labels = placedLabels(context, state, scale, view.moved ? null : seen(network, scale));
    view.labelKey = key;
  }
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const ratio = network.canvas.pixelRatio;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, ratio * origin.x, ratio * origin.y);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  for (const label of view.labels) writeLabel(context, label);
  context.restore();
}

// What of the picture is in sight, in pixels from its middle: names stay within.
function seen(network, scale) {
  const { clientWidth, clientHeight } = network.canvas.frame.canvas;
  const { x, y } = network.getViewPosition();
  const [left, top] = [x * scale - clientWidth / 2 + 2, y * scale - clientHeight / 2 + 2];
  return { left, top, right: left + clientWidth - 4, bottom: top + clientHeight - 4 };
}

function lead(context, [from, to]) {
  context.save();
  context.strokeStyle = LEAD;
  context.lineWidth = 0.75;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
  context.restore();
}

export function writeLabel(context, label) {
  context.font = label.font;
  context.lineWidth = 4;
  context.strokeStyle = HALO;
  context.fillStyle = label.colour;
  if (label.leader) lead(context, label.leader);
  label.lines.forEach((line, number) => {
    const y = label.box.top + label.line * (number + 0.5);
    const x = (label.box.left + label.box.right) / 2;
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  });
}
