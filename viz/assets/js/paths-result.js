// The answer to the question that is asked, in sentences: each chain step by step.

import { byId, el, link } from "./dom.js";
import { gapsOf } from "./paths-gap.js";
import { hashOf } from "./address.js";
import { partsOf } from "./paths-state.js";
import { depthsOf, turned } from "./paths-walk.js";
import { viewOf } from "./paths-world.js";

const SHOWN_COMMON = 5;

export function createAnswer(data, world, words, told) {
  const { name, thing } = told;

  const sentence = (chain, ask) => [
    el("p", { class: "said" }, ask === "link" ? chain.hops.map((hop) => told.plain(hop, ask)[0]).join("; ") : told.sentence(chain)),
    el("p", { class: "fine" }, words.say("by-steps", { steps: told.steps(chain), sure: told.sure(chain.strength) })),
  ];
  const steps = (chain, ask) => el("ol", { class: "chain" }, ...chain.hops.map((hop) => told.step(hop, ask)));
  const folded = (key, ...content) => el("details", {}, el("summary", {}, words.say(key)), ...content);
  const chainItem = (chain, ask) => [...sentence(chain, ask), folded("show-steps", steps(chain, ask))];
  const commonItem = (row, ask) => [
    el("h3", {}, words.say("both-depend", { name: name(row.supplier) }),
      row.unavoidable ? el("span", { class: "fine" }, ` · ${words.say("unavoidable")}`) : ""),
    el("div", { class: "sides" }, ...[row.left, row.right].map((side) => el("div", {}, ...sentence(side, ask)))),
    folded("show-sides", el("div", { class: "sides" }, ...[row.left, row.right].map((side) => steps(side, ask)))),
  ];
  const item = (row, ask, at) => {
    const shown = el("li", { class: "found-chain" }, ...(ask === "common" ? commonItem : chainItem)(row, ask));
    shown.querySelector("details").open = at === 0;
    return shown;
  };
  const items = ({ rows }, ask) => {
    const all = rows.map((row, at) => item(row, ask, at));
    const rest = all.slice(SHOWN_COMMON);
    if (!rest.length) return all;
    const more = el("details", {}, el("summary", {}, words.count("more-common", rest.length)), el("ol", {}, ...rest));
    return [...all.slice(0, SHOWN_COMMON), el("li", { class: "rest" }, more)];
  };

  const counted = ({ rows, more }, ask) => {
    if (!rows.length) return words.say(`none-${ask}`);
    if (ask === "common") return words.count("yes-common", rows.length);
    const values = { count: rows.length, steps: told.steps(rows[0]) };
    return more ? words.say(`more-${ask}`, values) : words.count(`yes-${ask}`, rows.length, values);
  };
  const searched = (view, ask, statuses) => {
    const used = new Set(view.walked.map((number) => world.facts[number].relation));
    return words.say(ask === "link" ? "searched-link" : "searched", {
      facts: view.walked.length,
      relations: [...used].map((relation) => relation.verb).join(", "),
      statuses: words.list(world.statuses.filter(({ id }) => statuses.includes(id)).map(({ word }) => word)),
      day: data.page.day,
      most: world.mostSteps,
    });
  };

  // One end alone: what it leads to, nearest first, each a question to ask.
  const around = (asked, node, backward) => {
    const view = viewOf(world, asked.ask, asked.statuses);
    const depths = depthsOf(backward ? turned(view) : view, node, world.mostSteps);
    depths.delete(node);
    const weight = (a, b) => depths.get(a) - depths.get(b) || world.nodes[b].weight - world.nodes[a].weight || words.compare(name(a), name(b));
    return { view, depths, nodes: [...depths.keys()].sort(weight) };
  };
  const showOne = (asked) => {
    const backward = !asked.from;
    const node = world.number.get(asked.from || asked.to);
    const direction = backward ? "backward" : "forward";
    const loose = asked.ask !== "chain";
    byId("asked").textContent = loose ? name(node) : words.say(`asked-${direction}`, { from: name(node), to: name(node) });
    const { view, depths, nodes } = around({ ...asked, ask: "chain" }, node, backward);
    const none = words.say(backward ? "gap-to" : "gap-from", { name: name(node) });
    const answer = nodes.length ? words.count(direction, nodes.length, { name: name(node) }) : none;
    byId("answer").textContent = loose ? words.say(backward ? "choose-first" : "choose-second") : answer;
    byId("searched").textContent = loose ? "" : searched(view, "chain", asked.statuses);
    const ask = (other) => hashOf(partsOf({ ...asked, from: world.nodes[backward ? other : node].id, to: world.nodes[backward ? node : other].id }), data.page.edition);
    const goals = nodes.map((other) => el("li", {}, link(ask(other), {}, name(other)), " ",
      el("span", { class: "fine" }, words.count("steps", depths.get(other)))));
    byId("chains").replaceChildren(...(loose || !goals.length ? [] : [el("li", {}, el("ul", { class: "goals" }, ...goals))]));
    byId("gap").replaceChildren();
  };

  return {
    // Shows one question with what answers it; nothing else ever stands in for the answer.
    show(asked, found) {
      byId("outcome").hidden = !(asked.from || asked.to);
      byId("rivals").hidden = Boolean(asked.from || asked.to);
      byId("banner").hidden = asked.ask !== "link";
      if (!asked.from && !asked.to) return byId("chains").replaceChildren();
      if (!found && asked.from !== asked.to) return showOne(asked);
      const [from, to] = [asked.from, asked.to].map((id) => world.number.get(id));
      byId("asked").textContent = words.say(`asked-${asked.ask}`, { from: name(from), to: name(to) });
      byId("answer").textContent = found ? counted(found, asked.ask) : words.say("choose-two");
      byId("searched").textContent = found ? searched(found.view, asked.ask, asked.statuses) : "";
      byId("gap").replaceChildren(...(found && !found.rows.length ? gapsOf(data, world, words, told, asked, found.view) : []));
      byId("chains").replaceChildren(...(found ? items(found, asked.ask) : []));
    },
  };
}
