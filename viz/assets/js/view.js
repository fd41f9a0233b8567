// vis-network, fed by pyvis: marks and lines where Python placed them; nothing moves by itself.

import { atlas } from "./atlas.js";
import { circleDrawer } from "./circles.js";
import { fitted } from "./camera.js";
import { drawLabels } from "./labels.js";
import { placedLabels } from "./placing.js";
import { drawFocus } from "./focus.js";
import { edgeLook, nodeLook, optionsOf } from "./looks.js";

export function createView(state, stage) {
  const { data } = state;
  const [nodes, edges] = [new vis.DataSet(), new vis.DataSet()];
  let last = [];
  const hide = () => {
    const [lines, drawn, kept] = [state.lines(), state.drawn(), state.neighbourhood()];
    if (lines === last[0] && drawn === last[1] && kept === last[2]) return;
    last = [lines, drawn, kept];
    // Belonging to a drawn alliance shows as lines only while it is looked at.
    const circled = new Set(state.shown().circles.flatMap((circle) => circle.facts));
    const asArea = (edge) => circled.has(edge.id) && !(kept && kept.facts.has(edge.id));
    const isHidden = (node) => !drawn.has(node.id) && node.id !== state.current.focus;
    update(nodes, data.network.nodes, isHidden, (node) => nodeLook(data, node));
    update(edges, data.network.edges, (edge) => !lines.has(edge.id) || asArea(edge), (edge) => edgeLook(data, edge));
    if (data.map) atlas.drawMap(state, nodes, edges, (edge) => edgeLook(data, edge), asArea);
  };
  // Once before the network listens: most pages open as they are.
  hide();
  const network = new vis.Network(stage, { nodes, edges }, optionsOf(data));
  const drawCircles = circleDrawer(state);
  const view = { network, stage, moved: false, version: 0 };

  network.on("beforeDrawing", (context) => {
    if (data.map) atlas.drawBands(context, network, data);
    drawCircles(context, network);
  });
  network.on("afterDrawing", (context) => {
    drawFocus(context, network, state);
    drawLabels(context, view, state);
  });
  network.on("dragEnd", () => (view.moved = true));
  network.on("zoom", () => (view.moved = true));
  wheelOnlyWithKey(stage);

  view.look = (marks) => {
    const context = network.canvas.getContext();
    const boxes = (scale) => placedLabels(context, state, scale, null, true).filter((label) => marks.has(label.id)).map((label) => label.box);
    network.moveTo(fitted(stage, data, marks, boxes));
  };
  view.labelsNow = () => placedLabels(network.canvas.getContext(), state, network.getScale());
  view.nodeAt = (mark) => data.nodes.get(mark);
  view.fit = () => {
    view.moved = false;
    view.before = null;
    if (!stage.clientWidth || !stage.clientHeight) return;
    if (data.map) network.moveTo(atlas.wholeMap(stage, data));
    else view.look(state.shown().marks);
  };
  view.zoom = (factor) => {
    view.moved = true;
    network.moveTo({ scale: network.getScale() * factor });
  };
  view.refresh = () => {
    view.version += 1;
    hide();
    showFocus(view, state.neighbourhood());
    network.body.emitter.emit("_requestRedraw");
  };
  view.labelsShown = () => {
    network.redraw();
    return view.labels;
  };
  const sizeNow = () => `${stage.clientWidth} ${stage.clientHeight}`;
  let size = sizeNow();
  new ResizeObserver(() => {
    // The first call only says how large it is.
    if (size === sizeNow()) return;
    size = sizeNow();
    network.setSize("100%", "100%");
    if (!view.moved && !state.current.focus) view.fit();
    network.redraw();
  }).observe(stage);
  return view;
}

// The page keeps its wheel: the picture takes it only with Ctrl or Cmd, as maps do.
function wheelOnlyWithKey(stage) {
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
    },
    { capture: true, passive: true },
  );
}

// What has not been shown yet is not there: most of a map may never be.
function update(set, items, isHidden, look) {
  const changed = items.flatMap((item) => {
    const [known, hidden] = [set.get(item.id), isHidden(item)];
    if (!known) return hidden ? [] : [{ ...look(item), hidden }];
    return Boolean(known.hidden) === hidden ? [] : [{ id: item.id, hidden }];
  });
  if (changed.length) set.update(changed);
}

// The camera moves only if a neighbour is out of sight or has no room for its name, and goes back.
function showFocus(view, kept) {
  const { network } = view;
  if (!kept) {
    if (view.before) network.moveTo(view.before);
    view.before = null;
    return;
  }
  const named = new Set(view.labelsNow().map((label) => label.id));
  const { clientWidth, clientHeight } = view.stage;
  const seen = [...kept.marks].every((mark) => {
    const { x, y } = network.canvasToDOM(view.nodeAt(mark));
    return named.has(mark) && x > 12 && y > 12 && x < clientWidth - 12 && y < clientHeight - 12;
  });
  if (seen) return;
  view.before ??= { position: network.getViewPosition(), scale: network.getScale() };
  view.look(kept.marks);
}
