// The timeline, narrowed to some years, a kind and a status; the address keeps what was asked for.

import { byId } from "./dom.js";
import { bindNarrowing } from "./narrowing.js";
import { unfoldOnPaper } from "./unfolding.js";

const FIELDS = { from: "from", to: "to", kind: "kind", status: "status-of" };
// So many events are laid open without being asked for.
const OPENED = 250;

function boot() {
  const form = byId("narrow");
  if (!form) return;
  const fields = Object.fromEntries(Object.entries(FIELDS).map(([name, id]) => [name, byId(id)]));
  const years = [...document.querySelectorAll(".year")];
  const all = document.querySelectorAll(".year li").length;
  const number = (count) => count.toLocaleString(document.documentElement.lang);
  unfoldOnPaper(() => years);
  // A narrow screen lists the years first.
  if (window.matchMedia("(max-width: 60rem)").matches) for (const year of years) year.open = false;
  const narrow = (isAsked, isStrange) => {
    const shown = years.reduce((sum, year) => sum + keep(year, fields), 0);
    const told = form.dataset.shown.replace("#", number(shown)).replace("#", number(all));
    const notes = [isBackwards(fields) && form.dataset.backwards, isStrange && form.dataset.strange];
    byId("shown").textContent = [told, ...notes.filter(Boolean)].join(" ");
    if (isAsked) for (const year of years) year.open = shown <= OPENED && !year.hidden;
  };
  bindNarrowing(form, fields, narrow, (anchor) => {
    const year = years.find(({ id }) => id === anchor);
    if (year) year.open = true;
  });
}

function isBackwards({ from, to }) {
  return from.value && to.value && Number(from.value) > Number(to.value);
}

// Shows of a year what is asked for, and says how much that is. An empty field asks for nothing.
function keep(year, { from, to, kind, status }) {
  const at = Number(year.dataset.year);
  const within = (!from.value || Number(from.value) <= at) && (!to.value || at <= Number(to.value));
  let shown = 0;
  for (const item of year.querySelectorAll("li")) {
    const { dataset } = item;
    const wanted = within && (!kind.value || dataset.kind === kind.value) && (!status.value || dataset.status === status.value);
    item.hidden = !wanted;
    if (wanted) shown += 1;
  }
  year.hidden = !shown;
  return shown;
}

boot();
