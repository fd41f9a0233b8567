// The page on which offerings are compared: up to four cards side by side, kept by the address.
// Each card stands once on the page, and moves; one of which nothing is known is made when asked.

import { createAddress, hashOf, isAnchor, noticeOf, pairs } from "./address.js";
import { createCombobox } from "./combobox.js";
import { shownEdition } from "./edition.js";
import { byId } from "./dom.js";
import { bindSlash } from "./slash.js";
import { unfoldOnPaper } from "./unfolding.js";
import { speaker } from "./words.js";

const KEYS = new Set(["compare", "edition"]);

function boot() {
  if (!byId("compared")) return;
  const data = JSON.parse(byId("comparing").textContent);
  data.page.edition = shownEdition();
  const words = speaker(data);
  const cards = createCards(data);
  const address = createAddress();
  let chosen = [];

  const show = (ids, how, notice) => {
    chosen = ids;
    cards.show(ids);
    const names = ids.map((id) => cards.label(id));
    const line = names.length
      ? words.say("line-compared", { names: names.join(" · "), most: data.most })
      : words.say("line-none", { most: data.most });
    byId("status").textContent = [notice && words.say(notice, { most: data.most }), line].filter(Boolean).join(" ");
    const usual = ids.join("~") === data.default.join("~");
    address.write(usual ? "" : hashOf([["compare", ids.join("~")]], data.page.edition), how);
  };
  const add = (id) => {
    if (chosen.includes(id)) return show(chosen, "replace");
    if (chosen.length >= data.most) return show(chosen, "replace", "full");
    show([...chosen, id], "push");
  };
  const read = () => {
    if (isAnchor(location.hash)) {
      show(chosen.length ? chosen : data.default, "read");
      return reveal(location.hash.slice(1));
    }
    const given = pairs(location.hash);
    const asked = [...new Set((given.get("compare") ?? data.default.join("~")).split("~").filter(Boolean))];
    const known = asked.filter((id) => Object.hasOwn(data.names, id)).slice(0, data.most);
    const strange = known.length < asked.length || [...given.keys()].some((key) => !KEYS.has(key));
    show(known, "read", noticeOf(given, data.page.edition, strange));
  };

  bindSearch(data, words, cards, add);
  byId("first").addEventListener("click", () => show(data.default, "push"));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.add, button.leave");
    if (!button) return;
    if (button.dataset.add) {
      add(button.dataset.add);
      byId("facts").scrollIntoView();
      byId("facts").focus({ preventScroll: true });
    } else {
      const { offer } = button.closest(".offer").dataset;
      show(chosen.filter((id) => id !== offer), "push");
      byId("search").focus();
    }
  });
  unfoldOnPaper(() => document.querySelectorAll("#compared details, .shared:not([hidden])"));
  address.onChange(read);
  read();
}

// A place on the page: the fold around it opens, if it stands in one.
function reveal(id) {
  const target = byId(id);
  const fold = target && target.closest("details.fold");
  if (fold) fold.open = true;
  if (target) target.scrollIntoView();
}

function bindSearch(data, words, cards, add) {
  const entries = Object.entries(data.names).map(([id, names]) => ({
    id, label: cards.label(id), names, note: "", weight: cards.isTold(id) ? 1 : 0,
  }));
  const status = byId("status");
  bindSlash(() => byId("search"));
  createCombobox(byId("search"), byId("found"), entries, words, {
    none: words.say("unfound"),
    told: (count) => (status.textContent = count ? words.count("found", count) : words.say("unfound")),
    choose: (entry) => add(entry.id),
  });
}

function createCards(data) {
  const told = new Map([...document.querySelectorAll(".offer[data-offer]")].map((card) => [card.dataset.offer, card]));
  const open = new Map([...document.querySelectorAll("[data-open]")].map((item) => [item.dataset.open, item]));
  const made = new Map();
  const blank = byId("blank");

  const card = (id) => {
    if (told.has(id)) return told.get(id);
    if (!made.has(id)) made.set(id, filled(blank.content.firstElementChild.cloneNode(true), id, open.get(id)));
    return made.get(id);
  };
  return {
    isTold: (id) => told.has(id),
    label: (id) => (told.has(id) ? told.get(id).querySelector("h3") : open.get(id).querySelector(".named")).textContent.trim(),
    show(ids) {
      for (const fold of document.querySelectorAll("[data-fold]")) {
        fold.hidden = ids.includes(fold.dataset.fold);
        if (!fold.hidden) fold.append(card(fold.dataset.fold));
      }
      byId("compared").replaceChildren(...ids.map(card).map((each) => completed(each, blank)));
      for (const detail of document.querySelectorAll(".shared")) {
        detail.hidden = !detail.dataset.pair.split(" ").every((id) => ids.includes(id));
      }
      for (const button of document.querySelectorAll("button.add")) {
        button.setAttribute("aria-pressed", String(ids.includes(button.dataset.add)));
      }
    },
  };
}

// Side by side every objective has its row: those that no fact lowers are the same on all cards.
function completed(article, blank) {
  const rows = blank ? [...blank.content.querySelectorAll("[data-objective]")] : [];
  const [end] = article.getElementsByClassName("scores");
  for (const row of rows) {
    const mine = article.querySelector(`:scope > [data-objective="${row.dataset.objective}"]`);
    end.before(mine || row.cloneNode(true));
  }
  return article;
}

// The card of one of which nothing is known: its name and its notes stand in the list of these.
function filled(article, id, item) {
  article.dataset.offer = id;
  delete article.dataset.blank;
  article.querySelector("h3").replaceChildren(item.querySelector(".named").cloneNode(true));
  const notes = document.querySelector(`[data-note="${item.dataset.noted}"]`).cloneNode(true);
  article.querySelector(".notes .said").replaceChildren(...notes.children);
  return article;
}

boot();
