// The table of documents: found by words, kind, stance and year, which the address keeps. An address
// that names a passage leads on to the page of its document.

import { byId, folded } from "./dom.js";
import { bindNarrowing } from "./narrowing.js";
import { showWhole } from "./whole.js";

const FIELDS = ["words", "kind", "stance", "year"];

function boot() {
  const rows = [...byId("documents").tBodies[0].rows];
  const texts = new Map(rows.map((row) => [row, folded(row.cells[0].textContent)]));
  const line = byId("shown");
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const fields = Object.fromEntries(FIELDS.map((name) => [name, byId(name)]));
  const narrow = (isAsked, isStrange) => {
    const words = folded(fields.words.value).split(/\s+/).filter(Boolean);
    const kept = rows.filter((row) => {
      const [, kind, stance, date] = row.cells;
      const fits = says(kind, fields.kind) && says(stance, fields.stance) && date.dataset.order.startsWith(fields.year.value);
      row.hidden = !(fits && words.every((word) => texts.get(row).includes(word)));
      return !row.hidden;
    });
    const told = line.dataset.words.replace("{shown}", () => numbers.format(kept.length));
    line.textContent = isStrange ? `${told} ${line.dataset.strange}` : told;
  };
  bindNarrowing(byId("choose"), fields, narrow, leadOn);
}

// Whether a cell says what is chosen; nothing chosen is anything.
function says(cell, choice) {
  return !choice.value || cell.textContent === choice.selectedOptions[0].textContent;
}

function leadOn(anchor) {
  const spot = byId(anchor);
  if (spot && spot.tagName === "A") location.replace(spot.href);
  if (!spot || spot.offsetHeight) return;
  showWhole(spot);
  spot.scrollIntoView();
}

boot();
