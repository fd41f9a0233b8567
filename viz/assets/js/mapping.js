// The map on the page: opens and closes groups, keeps the table of groups in step, draws bundles.

import { bow } from "./bowing.js";
import { el } from "./dom.js";
import { sharesOf } from "./groups.js";

// Bundles stand back behind the facts between those that matter most, until they are looked at.
const LIGHT = 0.35;

// Who is looked at stays so, except where it goes: a group that opens, a member of one that closes.
export function openGroup(state, id) {
  state.change({ open: [...without(state, id), id] }, "push");
}

export function closeGroup(state, id) {
  const { data, current } = state;
  const focus = data.folding.homes.get(current.focus) === id ? "" : current.focus;
  state.change({ open: without(state, id), focus }, "push");
}

const without = (state, id) => state.current.open.filter((each) => each !== id);

export function bundleSentence(data, id) {
  const { from, to, facts, relation } = data.edges.get(id);
  const name = (end) => data.nodes.get(end).label;
  const key = `bundle-${data.relations[relation].stroke}`;
  const word = data.words[`page-map.${key}`];
  const values = { from: name(from), to: name(to), count: facts.length };
  return word.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

export function bindMap(state, view, words, status) {
  const { data } = state;
  const rows = [...document.querySelectorAll("#groups-table tr[data-group]")];
  const buttons = new Map(rows.map((row) => [row.dataset.group, opener(row)]));
  const chips = document.getElementById("open-groups");
  let before = "";
  const turn = (event) => {
    const button = event.target.closest("button[data-group]");
    if (!button) return;
    const id = button.dataset.group;
    const at = [...chips.querySelectorAll("button")].indexOf(button);
    if (state.current.open.includes(id)) closeGroup(state, id);
    else openGroup(state, id);
    if (at < 0) return;
    // The chip is gone: the keyboard goes on from the next one.
    const left = [...chips.querySelectorAll("button")];
    (left[Math.min(at, left.length - 1)] || view.stage).focus({ preventScroll: true });
  };
  document.getElementById("groups-table").addEventListener("click", turn);
  chips.addEventListener("click", turn);
  state.join(() => {
    const { open } = state.current;
    const key = open.join(" ");
    chips.replaceChildren(...open.map((id) => chip(data, words, id)));
    chips.hidden = !open.length;
    for (const [id, button] of buttons) {
      const is = open.includes(id);
      button.setAttribute("aria-pressed", String(is));
      button.textContent = words.say(is ? "page-map.close" : "page-map.open");
      button.setAttribute("aria-label", words.say(is ? "page-map.close-one" : "page-map.open-one", { name: data.folding.groups.get(id).label }));
    }
    if (key !== before && !view.moved) view.fit();
    if (key !== before) announce(state, before ? before.split(" ") : [], words, status);
    before = key;
  });
}

// The button of a group in its row, which says in its words what it would do.
function opener(row) {
  const button = el("button", { type: "button" });
  button.dataset.group = row.dataset.group;
  row.cells[1].append(button);
  return button;
}

function announce(state, before, words, status) {
  const { data } = state;
  const { open } = state.current;
  const shares = sharesOf(data, state.current);
  const drawn = (id) => shares.get(id).size;
  const name = (id) => data.folding.groups.get(id).label;
  const tell = (key, values) => words.say(`page-map.${key}`, values);
  const opened = open.filter((id) => !before.includes(id));
  const gone = [...new Set(data.map.closed)];
  data.map.closed = [];
  const partly = opened.filter((id) => drawn(id) < data.folding.groups.get(id).members.length);
  const said = [
    ...opened.map((id) => tell("opened", { name: name(id) })),
    ...partly.map((id) => tell("partly", { shown: drawn(id), most: data.map.most })),
    ...gone.map((id) => tell("closed-for", { name: name(id), most: data.map.most })),
  ];
  if (said.length) status.say(said.join(" "));
}

function chip(data, words, id) {
  const { label } = data.folding.groups.get(id);
  const button = el("button", { type: "button", "aria-label": words.say("page-map.close-one", { name: label }) }, label);
  button.dataset.group = id;
  return el("li", {}, button);
}

// Marks of an open group move to their places, and bundles come and go; what shows as the area of an
// alliance needs no line.
export function drawMap(state, nodes, edges, look, asArea) {
  const { data } = state;
  const lines = state.lines();
  const kept = state.neighbourhood();
  bow(data, state.drawn(), lines);
  const moved = data.network.nodes.filter((node) => {
    const known = nodes.get(node.id);
    return known && (known.x !== node.x || known.y !== node.y);
  });
  nodes.update(moved.map(({ id, x, y }) => ({ id, x, y })));
  const old = edges.getIds().filter((id) => id.startsWith("b.") && !lines.has(id));
  edges.remove(old);
  edges.update([...lines].map((id) => {
    const edge = data.edges.get(id);
    return { ...edge, opacity: edge.facts && !(kept && kept.lines.has(id)) ? LIGHT : 1 };
  }).filter((edge) => (edges.get(edge.id) || !asArea(edge)) && differs(edges.get(edge.id), edge)).map((edge) => {
    const { hidden } = edges.get(edge.id) || {};
    return { ...look(edge), status: edge.status, ...(hidden === undefined ? {} : { hidden }) };
  }));
}

// Whether a line is not drawn yet, or not as it should be now.
function differs(line, { bend, opacity, facts, status }) {
  if (!line) return true;
  const { smooth, color } = line;
  const bent = smooth ? (smooth.type === "curvedCW" ? 1 : -1) * smooth.roundness : 0;
  return bent !== (bend || 0) || color.opacity !== opacity || Boolean(facts && line.status !== status);
}
