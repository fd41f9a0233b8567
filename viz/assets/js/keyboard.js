// The picture from the keyboard: arrows walk to neighbours, Enter opens, Escape shows all.

import { atlas, isGroup } from "./atlas.js";
import { bindSlash } from "./slash.js";

const ARROWS = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

export function bindKeyboard(state, view, stage, field) {
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) {
      event.preventDefault();
      const next = state.current.focus ? neighbour(state, ARROWS[event.key]) : weightiest(state);
      if (next) state.focus(next);
    } else if (event.key === "Enter" && state.current.focus) {
      event.preventDefault();
      if (isGroup(state, state.current.focus)) atlas.openGroup(state, state.current.focus);
      else document.getElementById("panel-title").focus();
    } else if (event.key === "+" || event.key === "=") view.zoom(1.25);
    else if (event.key === "-") view.zoom(0.8);
    else if (event.key === "0") view.fit();
  });
  if (field) bindSlash(() => field);
  // Escape closes what lies on top first: a menu, or a text that was handed out.
  document.addEventListener("keydown", (event) => {
    const writing = /^(?:text|search|number)$/.test(event.target.type) || event.target.tagName === "TEXTAREA";
    const isCovered = event.defaultPrevented || document.querySelector(":popover-open");
    if (event.key !== "Escape" || writing || isCovered || !state.current.focus) return;
    state.focus("");
    stage.focus({ preventScroll: true });
  });
}

// The neighbour that lies most nearly in the direction of the arrow.
function neighbour(state, [ax, ay]) {
  const here = state.data.nodes.get(state.current.focus);
  let best = null;
  let most = 0.2;
  for (const id of near(state)) {
    const there = state.data.nodes.get(id);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const length = Math.hypot(dx, dy) || 1;
    const fit = (dx * ax + dy * ay) / length - length / 4000;
    if (fit > most) [best, most] = [id, fit];
  }
  return best;
}

function near(state) {
  const { focus } = state.current;
  return [...state.shown().lines]
    .map((line) => state.data.edges.get(line))
    .filter(({ from, to }) => from === focus || to === focus)
    .map(({ from, to }) => (from === state.current.focus ? to : from));
}

function weightiest(state) {
  const { drawn: marks } = state.shown();
  if (state.data.page.focus) return state.data.page.focus;
  return state.data.network.nodes.map((node) => node.id).find((id) => marks.has(id));
}
