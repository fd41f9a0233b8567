// The mouse and the finger: hover names a mark or says a line, a click chooses it.

import { atlas, isGroup } from "./atlas.js";
import { labelOf } from "./data.js";

export function bindPointer(state, view, stage, tip) {
  const { data } = state;
  const { network } = view;
  const show = (text, { x, y }) => {
    tip.textContent = text;
    tip.hidden = false;
    tip.style.left = `${Math.min(x + 14, stage.clientWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.max(8, y - tip.offsetHeight - 12)}px`;
    stage.classList.add("pointing");
  };
  const hide = () => {
    tip.hidden = true;
    stage.classList.remove("pointing");
  };
  network.on("hoverNode", ({ node, pointer }) => {
    show(`${labelOf(data, node)} · ${data.actors[node].class}`, pointer.DOM);
  });
  network.on("hoverEdge", ({ edge, pointer }) => show(sentence(data, edge), pointer.DOM));
  network.on("blurNode", hide);
  network.on("blurEdge", hide);
  network.on("dragStart", hide);
  network.on("click", ({ nodes, edges }) => {
    hide();
    if (nodes.length && isGroup(state, nodes[0])) atlas.openGroup(state, nodes[0]);
    else if (nodes.length) state.focus(nodes[0]);
    else if (edges.length) state.focus(data.edges.get(edges[0]).from, data.edges.get(edges[0]).facts ? "" : edges[0]);
    else if (state.current.focus) state.focus("");
    network.unselectAll();
  });
  stage.addEventListener("mouseleave", hide);
}

export function sentence(data, id) {
  const { from, to, relation, status, facts } = data.edges.get(id);
  if (facts) return atlas.bundleSentence(data, id);
  const words = `${labelOf(data, from)} ${data.relations[relation].verb} ${labelOf(data, to)}`;
  return `${words} · ${data.statuses[status]}`;
}
