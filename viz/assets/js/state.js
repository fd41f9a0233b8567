// The one place that knows what is shown. Every change goes through `change`, and everybody who
// subscribed is told: picture, table, panel, legend, permalink.

import { neighbourhood } from "./neighbours.js";
import { visible } from "./visible.js";

// `on` are the switches; `date` is empty for the day of the data; `missing` is who a link names
// in vain.
export function createState(data) {
  const defaults = new Map(data.page.toggles);
  const listeners = [];
  const current = { on: new Map(defaults), date: "", focus: "", fact: "", steps: 1, missing: "", open: [] };
  let shown = null;
  let near;

  function change(patch, how) {
    const before = opened();
    if (isOther(patch)) shown = null;
    near = undefined;
    Object.assign(current, patch);
    if (data.folding) data.folding.admit(current);
    if (opened() !== before) shown = null;
    for (const listener of listeners) listener(how || "replace");
  }

  // Whether something is filtered otherwise than it was.
  const isOther = ({ on = current.on, date = current.date }) =>
    date !== current.date || [...on].some(([token, wanted]) => current.on.get(token) !== wanted);

  // What of the groups of a map stands open, and for whom.
  const opened = () => {
    if (!data.folding) return "";
    const { open, focus } = current;
    return [...open, open.includes(data.folding.homes.get(focus)) ? focus : ""].join(" ");
  };

  const shownNow = () => (shown ??= visible(data, current));

  const nearNow = () => (near === undefined ? (near = neighbourhood(data, current, shownNow())) : near);
  // On a map held upright there is no room to lead a line around strangers: they leave the picture
  // while somebody is looked at.
  const isAlone = () => Boolean(data.map && data.upright && nearNow());

  return {
    data,
    defaults,
    current,
    subscribe: (listener) => listeners.push(listener),
    // Who comes late is told at once.
    join(listener) {
      listeners.push(listener);
      listener("read");
    },
    change,
    toggle(token, on) {
      const next = new Map(current.on);
      next.set(token, on);
      change({ on: next });
    },
    // Everything that filters, as it was when the page opened; what is chosen stays chosen.
    reset: () => change({ on: new Map(defaults), date: "" }),
    isFiltered: () => current.date !== "" || [...defaults].some(([token, on]) => current.on.get(token) !== on),
    focus: (actor, fact) => change({ focus: actor, fact: fact || "", missing: "" }, "push"),
    shown: shownNow,
    neighbourhood: nearNow,
    // The marks and the lines of the picture as it stands.
    drawn: () => (isAlone() ? nearNow().marks : shownNow().drawn),
    lines: () => (isAlone() ? nearNow().lines : shownNow().lines),
  };
}
