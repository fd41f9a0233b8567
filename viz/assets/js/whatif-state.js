// What the reader takes away and how long they would wait for a spare; and the address that keeps
// it. An address is read whole: what it does not know is left aside, and said.

import { createAddress, hashOf, isAnchor, noticeOf, pairs } from "./address.js";
import { ordered } from "./trying.js";

export const MOST_MONTHS = 600;
const KINDS = ["remove", "law", "alliance"];
const KEYS = new Set([...KINDS, "months", "edition"]);

export function createTrial(world) {
  const listeners = [];
  const current = { keys: [], months: 0 };
  const change = (patch, how) => {
    Object.assign(current, patch);
    for (const listener of listeners) listener(how || "push");
  };
  return {
    current,
    subscribe: (listener) => listeners.push(listener),
    change,
    add(key) {
      if (!current.keys.includes(key)) change({ keys: ordered([...current.keys, key]) });
    },
    drop: (key) => change({ keys: current.keys.filter((other) => other !== key) }),
    clear: () => change({ keys: [], months: 0 }),
    wait(months, how) {
      if (isMonths(months)) change({ months }, how);
    },
    knows: (key) => world.choices.has(key),
  };
}

export function isMonths(months) {
  return Number.isInteger(months) && months >= 0 && months <= MOST_MONTHS;
}

export function bindTrialAddress(trial, edition, tell) {
  const address = createAddress();
  const read = () => {
    if (isAnchor(location.hash)) return trial.change({}, "read");
    const { patch, strange, given } = decoded(trial, location.hash);
    trial.change(patch, "read");
    tell(noticeOf(given, edition, strange));
  };
  trial.subscribe((how) => address.write(trialHash(trial.current, edition), how));
  address.onChange(read);
  return read;
}

export function trialHash({ keys, months }, edition) {
  const parts = KINDS.map((kind) => [kind, idsOf(keys, kind).join("~")]).filter(([, ids]) => ids);
  if (months) parts.push(["months", String(months)]);
  return hashOf(parts, edition);
}

export function idsOf(keys, kind) {
  return keys.filter((key) => key.startsWith(`${kind}=`)).map((key) => key.slice(kind.length + 1));
}

function decoded(trial, hash) {
  const given = pairs(hash);
  const asked = KINDS.flatMap((kind) => (given.get(kind) || "").split("~").filter(Boolean).map((id) => `${kind}=${id}`));
  const keys = [...new Set(asked.filter(trial.knows))];
  const text = given.get("months") ?? "0";
  const timely = /^\d{1,3}$/.test(text) && isMonths(Number(text));
  const strange = [...given.keys()].some((key) => !KEYS.has(key)) || keys.length < asked.length || !timely;
  return { given, strange, patch: { keys, months: timely ? Number(text) : 0 } };
}
