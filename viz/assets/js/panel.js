// What the sources say of the chosen actor: by family of relations, each fact with its status,
// its speaker and every passage.

import { atlas, isGroup } from "./atlas.js";
import { el, link } from "./dom.js";
import { labelOf } from "./data.js";
import { toRow } from "./table.js";

const TOP = 8;

export function createPanel(state, words, panel) {
  const { data } = state;
  state.join(() => {
    const { focus } = state.current;
    const subject = focus || data.page.focus;
    panel.parentElement.classList.toggle("focused", Boolean(focus));
    panel.replaceChildren(...gone(state, words), ...told(state, words, subject));
    // Asked for now, the new height would be computed at once; the next frame has it anyway.
    requestAnimationFrame(() => {
      const fact = panel.querySelector("[data-fact].chosen");
      panel.scrollTop = fact ? fact.offsetTop - panel.offsetTop - 12 : 0;
    });
  });
  panel.addEventListener("click", (event) => {
    const stays = event.target.closest('button.clear, button.open, a[href^="#focus="]');
    // What was pressed is gone with the old words: the keyboard goes on from the new ones.
    if (stays && event.detail === 0) requestAnimationFrame(() => (panel.querySelector("#panel-title") || panel).focus({ preventScroll: true }));
    if (event.target.closest("button.clear")) state.focus("");
    if (event.target.closest("button.look")) lookFor(state.current.missing);
    if (event.target.closest("button.row")) toRow(data, event.target.closest("li").dataset.fact);
  });
}

// Who a link names in vain may have another name here, or a page of its own.
function gone(state, words) {
  const { missing } = state.current;
  if (!missing) return [];
  return [
    el("p", { class: "gone" }, words.say("actor-gone", { name: missing }), " ",
      el("button", { type: "button", class: "look" }, words.say("actor-gone-search"))),
  ];
}

function lookFor(id) {
  const field = document.getElementById("search");
  field.value = id.replace(/-/g, " ");
  field.focus();
  field.dispatchEvent(new Event("input"));
}

function told(state, words, subject) {
  if (isGroup(state, subject)) return atlas.groupPanel(state, words, subject);
  return subject ? chosen(state, words, subject) : greeting(state.data, words);
}

function greeting(data, words) {
  const first = [...data.nodes.keys()].filter((id) => data.actors[id].reach > 0);
  first.sort((a, b) => data.actors[b].reach - data.actors[a].reach || words.compare(labelOf(data, a), labelOf(data, b)));
  const rows = first.slice(0, TOP).map((id) =>
    el("li", {}, actorLink(data, id), el("span", { class: "number" }, String(data.actors[id].reach))),
  );
  return [
    el("p", { class: "hint" }, words.say("panel-empty")),
    ...(rows.length ? [el("h2", {}, words.say("panel-top")), el("p", { class: "hint" }, words.say("panel-top-note")), el("ol", { class: "top" }, ...rows)] : []),
  ];
}

function chosen(state, words, id) {
  const { data } = state;
  const actor = data.actors[id];
  const shown = data.about.get(id).filter((fact) => state.shown().facts.has(fact));
  const hidden = data.about.get(id).length - shown.length;
  const head = [
    el("p", { class: "class" }, actor.class),
    el("h2", { id: "panel-title", tabindex: "-1" }, labelOf(data, id)),
    actor.names.length ? el("p", { class: "names" }, words.say("panel-names", { names: actor.names.join(" · ") })) : "",
    actor.reach ? el("p", { class: "reach" }, words.count("panel-reach", actor.reach)) : "",
    el("p", { class: "actions" },
      actor.page && id !== data.page.focus ? link(`${data.page.pages}${id}.html`, {}, words.say("panel-page", { name: labelOf(data, id) })) : "",
      data.page.paths ? link(`${data.page.paths}#from=${id}`, {}, words.say("panel-paths", { name: labelOf(data, id) })) : "",
      state.current.focus ? el("button", { type: "button", class: "clear" }, words.say("panel-clear")) : ""),
  ];
  return [
    ...head.filter(Boolean),
    ...families(state, words, id, shown),
    ...(hidden ? [el("p", { class: "hint" }, words.count("panel-hidden", hidden))] : []),
  ];
}

function families(state, words, id, facts) {
  const { data } = state;
  const order = state.data.page.toggles.map(([token]) => token).filter((token) => token.startsWith("r."));
  return order.flatMap((token) => {
    const family = token.slice(2);
    const mine = facts.filter((fact) => familyOf(data, fact) === family);
    if (!mine.length) return [];
    const items = mine.map((fact) => factItem(state, words, id, fact));
    return [el("h3", {}, data.families[family]), el("ul", { class: "told" }, ...items)];
  });
}

function familyOf(data, fact) {
  return data.relations[data.edges.get(fact).relation].family;
}

function factItem(state, words, id, name) {
  const { data } = state;
  const { from, to, relation } = data.edges.get(name);
  const { verb, inverse } = data.relations[relation];
  const [, , object, status, period, confidence, proofs] = data.rows.get(name).cells;
  const fine = object.querySelector(".fine");
  const rest = [
    period.textContent,
    fine && fine.textContent,
    words.say("panel-confidence", { word: confidence.textContent }),
  ];
  return el("li", { "data-fact": name, class: name === state.current.fact ? "chosen" : "" },
    el("p", { class: "said" }, el("b", {}, from === id ? verb : inverse), " ", actorLink(data, from === id ? to : from)),
    el("p", { class: "how" }, ...copied(status), ` · ${rest.filter(Boolean).join(" · ")} · `,
      el("button", { type: "button", class: "row" }, words.say("panel-row"))),
    el("div", { class: "proof" }, ...copied(proofs)));
}

function copied(cell) {
  return [...cell.childNodes].map((node) => node.cloneNode(true));
}

// A link that can be copied; a plain click is taken by the permalink.
export function actorLink(data, id) {
  return link(`#focus=${id}`, {}, labelOf(data, id));
}
