// A form that narrows a list; the address keeps what it asks for, by the names of `fields`.

import { createAddress, isAnchor, pairs } from "./address.js";

// `narrow` shows what is asked for, and is told whether anything is, and whether part of the address
// was not understood. `toAnchor` is given the place on the page that an address names instead.
export function bindNarrowing(form, fields, narrow, toAnchor) {
  const defaults = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]));
  const address = createAddress();
  const asked = () => Object.entries(fields).filter(([name, field]) => field.value !== defaults[name] && field.validity.valid);
  const show = (how, isStrange = false) => {
    narrow(asked().length > 0, isStrange);
    const written = asked().map(([name, field]) => `${name}=${encodeURIComponent(field.value)}`).join("&");
    address.write(written && `#${written}`, how);
  };
  const read = () => {
    if (isAnchor(location.hash)) {
      toAnchor(location.hash.slice(1));
      return show("read");
    }
    const given = pairs(location.hash);
    const strange = [...given].filter(([name, value]) => !Object.hasOwn(fields, name) || !take(fields[name], value));
    for (const [name, field] of Object.entries(fields)) if (!given.has(name)) field.value = defaults[name];
    show("read", strange.length > 0);
  };
  form.addEventListener("input", () => show("replace"));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => show("push")));
  address.onChange(read);
  read();
}

// Sets a field to a value that it may have; says whether it could.
function take(field, value) {
  const before = field.value;
  field.value = value;
  if (field.value === value && field.validity.valid) return true;
  field.value = before;
  return false;
}
