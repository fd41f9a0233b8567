// One step of a tour at a time, by its address, its links or the arrow keys. Without this script
// all steps stand below each other, and the same links lead from one to the next.

import { byId } from "./dom.js";

const KEYS = { ArrowRight: 1, ArrowLeft: -1 };

function boot() {
  const steps = [...document.querySelectorAll(".step")];
  const places = [...document.querySelectorAll("#progress a")];
  const language = byId("language");
  const other = language.href;

  const now = () => Math.max(0, steps.findIndex((step) => `#${step.id}` === location.hash));
  const show = (moved) => {
    const at = now();
    steps.forEach((step, number) => step.classList.toggle("current", number === at));
    places.forEach((place, number) => {
      if (number === at) place.setAttribute("aria-current", "step");
      else place.removeAttribute("aria-current");
    });
    language.href = other + location.hash;
    if (!moved) return;
    byId("progress").scrollIntoView({ block: "nearest" });
    steps[at].querySelector("h2").focus({ preventScroll: true });
  };

  document.addEventListener("keydown", (event) => {
    const turn = KEYS[event.key];
    const elsewhere = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!turn || elsewhere || /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const next = steps[now() + turn];
    if (!next) return;
    event.preventDefault();
    location.hash = `#${next.id}`;
  });
  window.addEventListener("hashchange", () => show(true));
  show(false);
}

boot();
