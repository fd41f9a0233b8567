// Of which two things what is asked, and which statuses count; and the address that keeps it. An
// address is read whole: what it does not know is left aside, and said.

import { createAddress, hashOf, isAnchor, noticeOf, pairs } from "./address.js";
import { QUESTIONS, STATED, everyStatus } from "./paths-world.js";

const KEYS = new Set(["from", "to", "ask", "status", "edition"]);
const START = { from: "", to: "", ask: QUESTIONS[0], extra: [] };

// `from` and `to` are ids, empty where none is chosen; `extra` are the statuses that count too.
export function createAsked(world) {
  const listeners = [];
  const current = { ...START };
  const change = (patch, how) => {
    Object.assign(current, patch);
    for (const listener of listeners) listener(how || "push");
  };
  return {
    current,
    change,
    subscribe: (listener) => listeners.push(listener),
    swap: () => change({ from: current.to, to: current.from }),
    knows: (id) => world.number.has(id),
    statuses: () => everyStatus(world).filter((status) => status === STATED || current.extra.includes(status)),
    onRequest: everyStatus(world).filter((status) => status !== STATED),
  };
}

export function bindAskedAddress(asked, edition, tell) {
  const address = createAddress();
  const read = () => {
    if (isAnchor(location.hash)) return asked.change({}, "read");
    const { patch, strange, given } = decoded(asked, location.hash);
    asked.change(patch, "read");
    tell(noticeOf(given, edition, strange));
  };
  asked.subscribe((how) => address.write(askedHash(asked.current, edition), how));
  address.onChange(read);
  return read;
}

export function askedHash(current, edition) {
  return hashOf(partsOf(current), edition);
}

export function partsOf({ from, to, ask, extra }) {
  const parts = [["from", from], ["to", to]].filter(([, id]) => id);
  if (parts.length || ask !== START.ask) parts.push(["ask", ask]);
  if (extra.length) parts.push(["status", extra.join("~")]);
  return parts;
}

function decoded(asked, hash) {
  const given = pairs(hash);
  const known = (key) => (asked.knows(given.get(key)) ? given.get(key) : "");
  const [from, to] = [known("from"), known("to")];
  const ask = QUESTIONS.includes(given.get("ask")) ? given.get("ask") : START.ask;
  const wanted = (given.get("status") || "").split("~").filter(Boolean);
  const extra = asked.onRequest.filter((status) => wanted.includes(status));
  const strange = [...given.keys()].some((key) => !KEYS.has(key))
    || (given.has("from") && !from) || (given.has("to") && !to) || (given.has("ask") && ask !== given.get("ask"))
    || wanted.some((status) => !extra.includes(status));
  return { given, strange, patch: { from, to, ask, extra } };
}
