// What is asked: what each blank holds, and the query where the reader has changed it. An address
// is read whole, and what it does not know is left aside, and said.

import { createAddress, hashOf, isAnchor, noticeOf, pairs } from "./address.js";

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const BASE = "https://w3id.org/techsov/";

export function createAsked(data, names) {
  const defaults = Object.fromEntries(data.blanks.map(([name, , , value]) => [name, value]));
  const forms = new Map(data.blanks.map(([name, form, limits]) => [name, { form, limits }]));
  const current = { values: { ...defaults }, query: data.sparql, conclusions: data.conclusions };
  const listeners = [];
  const known = (name, value) => {
    const { form, limits } = forms.get(name);
    if (form === "entity") return Object.hasOwn(names.entities, value);
    if (form === "concept") return ID.test(value) && Object.hasOwn(names.words, `concept/${limits[0]}-${value}`);
    if (form === "date") return /^\d{4}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00Z`).toJSON()?.slice(0, 10) === value;
    return true;
  };
  return {
    current,
    defaults,
    forms,
    known,
    subscribe: (listener) => listeners.push(listener),
    change(patch, how) {
      Object.assign(current, patch);
      for (const listener of listeners) listener(how);
    },
    isPrepared: () =>
      current.query === data.sparql && current.conclusions === data.conclusions &&
      Object.entries(defaults).every(([name, value]) => current.values[name] === value),
    // The terms that stand for the blanks.
    terms: () =>
      new Map([...forms].map(([name, { form, limits }]) => {
        const value = current.values[name];
        if (form === "entity") return [name, [`${BASE}id/${value}`, "iri"]];
        if (form === "concept") return [name, [`${BASE}concept/${limits[0]}-${value}`, "iri"]];
        return [name, [value, form === "date" ? "date" : "string"]];
      })),
  };
}

export function bindAddress(asked, data, tell) {
  const address = createAddress();
  const read = () => {
    if (isAnchor(location.hash)) return asked.change({}, "read");
    const { patch, given, strange } = decoded(asked, data, location.hash);
    asked.change(patch, "read");
    tell(noticeOf(given, data.page.edition, strange));
  };
  asked.subscribe((how) => address.write(encoded(asked, data), how));
  address.onChange(read);
  return read;
}

function encoded({ current, defaults }, data) {
  const parts = Object.entries(current.values).filter(([name, value]) => defaults[name] !== value);
  if (current.conclusions !== data.conclusions) parts.push(["conclusions", "1"]);
  if (current.query !== data.sparql) parts.push(["query", current.query]);
  return hashOf(parts, data.page.edition);
}

function decoded(asked, data, hash) {
  const given = pairs(hash);
  const values = { ...asked.defaults };
  let strange = false;
  for (const [name, value] of given) {
    if (asked.forms.has(name) && asked.known(name, value)) values[name] = value;
    else if (!["query", "conclusions", "edition"].includes(name)) strange = true;
  }
  const conclusions = data.conclusions || (data.page.name === "own" && given.get("conclusions") === "1");
  return { given, strange, patch: { values, query: given.get("query") ?? data.sparql, conclusions } };
}
