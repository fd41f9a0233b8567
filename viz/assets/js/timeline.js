// The timeline, narrowed to some years, a kind and a status; the address keeps what was asked for.

import { createAddress, isAnchor, pairs } from "./address.js";
import { byId } from "./dom.js";

const FIELDS = { from: "from", to: "to", kind: "kind", status: "status-of" };
// So many events are laid open without being asked for.
const OPENED = 250;

function boot() {
  const form = byId("narrow");
  if (!form) return;
  const fields = Object.fromEntries(Object.entries(FIELDS).map(([name, id]) => [name, byId(id)]));
  const defaults = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]));
  const years = [...document.querySelectorAll(".year")];
  const address = createAddress();

  const asked = () => Object.entries(fields).filter(([name, field]) => field.value !== defaults[name]);
  const narrow = (how) => {
    const shown = years.reduce((sum, year) => sum + keep(year, fields), 0);
    const all = years.reduce((sum, year) => sum + year.querySelectorAll("li").length, 0);
    const number = (count) => count.toLocaleString(document.documentElement.lang);
    byId("shown").textContent = form.dataset.shown.replace("#", number(shown)).replace("#", number(all));
    if (asked().length) for (const year of years) year.open = shown <= OPENED && !year.hidden;
    const written = asked().map(([name, field]) => `${name}=${encodeURIComponent(field.value)}`).join("&");
    address.write(written && `#${written}`, how);
  };
  const read = () => {
    if (isAnchor(location.hash)) {
      const year = years.find(({ id }) => id === location.hash.slice(1));
      if (year) year.open = true;
      return narrow("read");
    }
    const given = pairs(location.hash);
    const strange = [...given].filter(([name, value]) => !take(fields[name], value));
    for (const [name, field] of Object.entries(fields)) if (!given.has(name)) field.value = defaults[name];
    narrow("read");
    if (strange.length) byId("shown").textContent += ` ${form.dataset.strange}`;
  };

  form.addEventListener("input", () => narrow("replace"));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => narrow("push")));
  // Paper has no folds.
  window.addEventListener("beforeprint", () => years.forEach((year) => (year.open = true)));
  // A narrow screen lists the years first.
  if (window.matchMedia("(max-width: 60rem)").matches) for (const year of years) year.open = false;
  address.onChange(read);
  read();
}

// Sets a field to a value that it may have; says whether it could.
function take(field, value) {
  if (!field) return false;
  const before = field.value;
  field.value = value;
  if (field.value === value && field.validity.valid) return true;
  field.value = before;
  return false;
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
