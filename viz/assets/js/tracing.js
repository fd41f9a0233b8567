// The picture as it stands on the screen, as an SVG.

import { atlas } from "./atlas.js";
import { circleDrawer } from "./circles.js";
import { labelOf } from "./data.js";
import { drawNear } from "./focus.js";
import { writeLabel } from "./labels.js";
import { sentence } from "./pointer.js";
import { Strokes, shape } from "./vector.js";

// What the veil of a focus leaves of the rest.
const FAINT = 0.14;

// `attributes` say where in a larger sheet it stands; its own size is that of the stage.
export function traced(state, view, attributes) {
  const { network, stage } = view;
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const picture = shape("svg", { viewBox: `0 0 ${width} ${height}`, ...attributes });
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const place = `translate(${origin.x.toFixed(2)} ${origin.y.toFixed(2)})`;
  const strokes = new Strokes(picture);
  strokes.within("", { transform: `${place} scale(${network.getScale().toFixed(4)})` }, () => drawAll(state, network, strokes));
  strokes.within("", { transform: place }, () => {
    Object.assign(strokes, { textBaseline: "middle", textAlign: "center", lineJoin: "round" });
    for (const label of view.labelsShown()) writeLabel(strokes, label);
  });
  return picture;
}

function drawAll(state, network, strokes) {
  const kept = state.neighbourhood();
  strokes.within("", kept ? { opacity: FAINT } : {}, () => {
    if (state.data.map) atlas.traceBands(strokes, network, state.data);
    circleDrawer(state)(strokes, network);
    drawThings(state, network, strokes);
  });
  if (kept) drawNear(strokes, network, state, kept);
}

function drawThings(state, network, strokes) {
  const { edges, nodes } = network.body;
  const lines = [...state.lines()].map((id) => edges[id]).filter((edge) => edge && edge.connected && !edge.options.hidden);
  for (const line of lines) strokes.within(sentence(state.data, line.id), {}, () => line.draw(strokes));
  for (const id of state.drawn()) strokes.within(labelOf(state.data, id), {}, () => nodes[id].draw(strokes));
  for (const line of lines) line.drawArrows(strokes);
}
