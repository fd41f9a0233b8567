// The date of what is shown, and the way back to everything.

import { dateText, stepsOf } from "./dates.js";
import { byId } from "./dom.js";
import { outOfTime } from "./visible.js";

export function bindFilters(state, words) {
  byId("reset").addEventListener("click", () => state.reset());
  state.subscribe(() => (byId("reset").disabled = !state.isFiltered()));
  const steps = stepsOf(state.data);
  const slider = byId("date");
  if (!slider) return;
  slider.max = String(steps.length - 1);
  slider.addEventListener("input", () => state.change({ date: steps[Number(slider.value)] }));
  byId("today").addEventListener("click", () => state.change({ date: "" }));
  state.subscribe(() => {
    const { date } = state.current;
    slider.value = String(nearest(steps, date, state.data.page.today));
    const text = date ? dateText(date, state.data.page.language) : state.data.page.day;
    byId("date-text").textContent = date.length > 7 ? text : words.say(date ? "date-chosen" : "date-today", { date: text });
    slider.setAttribute("aria-valuetext", byId("date-text").textContent);
    byId("today").disabled = !date;
    const past = document.querySelector('input[data-token="t.past"]');
    if (past) past.closest("label").querySelector(".number").textContent = words.number(outOfTime(state.data, date));
  });
}

// The last step that does not lie after a date; the day of the data is a step too.
function nearest(steps, date, today) {
  const wanted = date || today;
  const exact = steps.indexOf(date);
  return exact >= 0 ? exact : Math.max(0, steps.findLastIndex((step) => (step || today) <= wanted));
}
