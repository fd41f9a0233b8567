// The table of documents: found by words, kind, stance and year. An address that names a passage leads
// on to the page of its document.

import { byId, folded } from "./dom.js";
import { showWhole } from "./whole.js";

function boot() {
  const rows = [...byId("documents").tBodies[0].rows];
  const texts = new Map(rows.map((row) => [row, folded(row.cells[0].textContent)]));
  const form = byId("choose");
  const line = byId("shown");
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const filter = () => {
    const words = folded(byId("words").value).split(/\s+/).filter(Boolean);
    const [kind, stance, year] = ["kind", "stance", "year"].map((id) => byId(id).value);
    const kept = rows.filter((row) => {
      const [, kindCell, stanceCell, date] = row.cells;
      const fits =
        (!kind || kindCell.textContent === kind) &&
        (!stance || stanceCell.textContent === stance) &&
        date.dataset.order.startsWith(year);
      row.hidden = !(fits && words.every((word) => texts.get(row).includes(word)));
      return !row.hidden;
    });
    line.textContent = line.dataset.words.replace("{shown}", () => numbers.format(kept.length));
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
  window.addEventListener("hashchange", leadOn);
  leadOn();
}

function leadOn() {
  const spot = byId(decodeURIComponent(location.hash.slice(1)));
  if (spot && spot.tagName === "A") location.replace(spot.href);
  if (!spot || spot.offsetHeight) return;
  showWhole(spot);
  spot.scrollIntoView();
}

boot();
