// A term of an answer as the reader sees it: words instead of addresses, each leading to where
// more is said. viz/answered.py shows the prepared answers in the same way; a test compares them.

import { el, link } from "./dom.js";

const BASE = "https://w3id.org/techsov/";
const NUMBER = /^-?\d+(\.\d+)?$/;

export function isWritten(cell) {
  return isOf(cell, /^(?:assertion|evidence)\//);
}

// Those of which the engine tells more than the page knows.
export function isTold(cell) {
  return isOf(cell, /^(?:assertion|evidence|doc)\//);
}

function isOf(cell, kinds) {
  return Boolean(cell) && cell[1] === "iri" && kinds.test(ours(cell[0]));
}

function ours(iri) {
  return iri.startsWith(BASE) ? iri.slice(BASE.length) : "";
}

function placesOf(fact) {
  return [...fact.places].sort((a, b) => compare(a.document, b.document) || a.paragraph - b.paragraph);
}

function promotional({ subject, places }) {
  return Boolean(subject) && places.length > 0 && places.every(({ stance }) => stance.endsWith("/stance-promotional"));
}

function compare(one, other) {
  return Number(one > other) - Number(one < other);
}

// The id of an entity, or nothing.
export function entityOf(iri) {
  return ours(iri).startsWith("id/") ? ours(iri).slice(3) : "";
}

// `told` holds what the engine tells of assertions, evidence and documents, by address.
export function createCells({ page, words: catalogue }, names, words, told) {
  const tell = (key, values) => words.say(key, values);
  const months = tell("page.months").split(" ");

  const labelOf = (iri) => {
    const short = ours(iri);
    const [kind, name] = [short.slice(0, short.indexOf("/")), short.slice(short.indexOf("/") + 1)];
    if (kind === "id") return (Object.hasOwn(names.entities, name) && names.entities[name][0]) || name;
    if (kind === "doc") return told.get(iri)?.label ?? name;
    return (Object.hasOwn(names.words, short) && names.words[short]) || (short ? short.split(/[#/]/).at(-1) : iri);
  };
  const linkOf = (iri) => {
    const id = entityOf(iri);
    if (id) return Object.hasOwn(names.entities, id) && names.entities[id][2] ? `${page.pages}${id}.html` : "";
    return ours(iri).startsWith("doc/") ? `${page.sources}${ours(iri).slice(4)}.html` : "";
  };
  const day = (text) => {
    const [year, month, number] = text.split("-").map(Number);
    if (!/^\d{4}(-\d\d){0,2}$/.test(text)) return text;
    if (!month) return String(year);
    if (!number) return `${months[month - 1]} ${year}`;
    return `${number === 1 && page.language === "fr" ? "1er" : number} ${months[month - 1]} ${year}`;
  };
  const number = (text) => {
    const [whole, part] = text.replace("-", "").split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, page.language === "fr" ? "\u202F" : ",");
    const sign = text.startsWith("-") ? "\u2212" : "";
    return sign + grouped + (part === undefined ? "" : (page.language === "fr" ? "," : ".") + part);
  };
  // What is known of dates in a row: a day may stand for a month or a year.
  const datesOf = (row) => {
    const known = row.filter(isTold).flatMap((cell) => told.get(cell[0])?.dates ?? []);
    return new Map(known.map(([text, precision]) => [text, text.slice(0, { year: 4, month: 7 }[precision.split("precision-")[1]] ?? 10)]));
  };
  const written = (fact) => {
    const found = placesOf(fact).map(({ passage, label, paragraph }) => {
      const where = paragraph ? tell("page.paragraph", { number: paragraph }) : tell("page.whole-page");
      const [, document, spot] = /^doc\/(.+)-(p\d+|page)$/.exec(ours(passage));
      return el("p", {}, link(`${page.sources}${document}.html#${spot}`, {}, `${label}, ${where}`));
    });
    if (promotional(fact)) found.push(el("p", {}, `(${tell("page.promotional-only")})`));
    return found;
  };

  const shown = (cell, dates) => {
    const [value, kind, language] = cell;
    if (isWritten(cell)) return ["evidence", written(told.get(value) ?? { places: [] })];
    if (kind === "iri") {
      const status = /^concept\/status-([a-z]+)$/.exec(ours(value));
      if (status) return ["", [el("span", { class: `status ${status[1]}` }, labelOf(value))]];
      const address = linkOf(value);
      return ["", [address ? link(address, {}, labelOf(value)) : el("span", {}, labelOf(value))]];
    }
    if (kind === "boolean") return ["", [el("span", {}, tell(value === "true" ? "word.true" : "word.false"))]];
    if (kind === "date") return ["when", [el("span", {}, day(dates.get(value) ?? value))]];
    if (["integer", "decimal"].includes(kind) && NUMBER.test(value)) return ["number", [el("span", {}, number(value))]];
    return ["", [el("span", language && language !== page.language ? { lang: language } : {}, value)]];
  };

  // The words of an address for a spreadsheet, as the command line gives them.
  const citation = (iri) => {
    if (ours(iri).startsWith("evidence/")) return iri.split("--").at(-1);
    const fact = told.get(iri);
    if (!ours(iri).startsWith("assertion/") || !fact) return labelOf(iri);
    const places = placesOf(fact).map(({ document, paragraph }) => ours(document).slice(4) + (paragraph ? ` ¶${paragraph}` : ""));
    const reserve = promotional(fact) ? ` (${tell("word.promotional-only")})` : "";
    return [...new Set(places)].join("; ") + reserve;
  };

  return {
    labelOf,
    citation,
    row(cells, heads) {
      const dates = datesOf(cells);
      return cells.map((cell, at) => {
        const [look, pieces] = cell ? shown(cell, dates) : ["", []];
        return el("td", { "data-label": heads[at], class: look }, ...pieces);
      });
    },
    head: (name) => catalogue[`question-column.${name.replaceAll("_", "-")}`] ?? name.replaceAll("_", " "),
    day,
    number,
  };
}
