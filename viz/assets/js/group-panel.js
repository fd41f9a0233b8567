// What stands in a group, for the panel: its members, and how to open it.

import { el, link } from "./dom.js";
import { labelOf } from "./data.js";
import { openGroup } from "./mapping.js";

export function groupPanel(state, words, id) {
  const { data } = state;
  const { marks, within, lines } = state.shown();
  const group = data.folding.groups.get(id);
  const inside = (within.get(id) || []).length;
  const ties = [...lines].filter((line) => [data.edges.get(line).from, data.edges.get(line).to].includes(id));
  const facts = ties.reduce((sum, line) => sum + (data.edges.get(line).facts || [line]).length, 0);
  const open = el("button", { type: "button", class: "open" }, words.say("page-map.open"));
  open.addEventListener("click", () => openGroup(state, id));
  const members = group.members.filter((member) => marks.has(member));
  return [
    el("p", { class: "class" }, group.layer),
    el("h2", { id: "panel-title", tabindex: "-1" }, labelOf(data, id)),
    el("p", { class: "reach" }, words.say("page-map.group-facts", { facts, inside })),
    el("p", { class: "actions" }, open, el("button", { type: "button", class: "clear" }, words.say("panel-clear"))),
    el("ul", { class: "told" }, ...members.map((member) => el("li", {}, link(`#focus=${member}`, {}, labelOf(data, member))))),
  ];
}
