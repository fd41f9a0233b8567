// On paper the picture is a drawing, not a canvas, and what is folded away is open.

import { traced } from "./tracing.js";

export function bindPrinting(state, view, paper) {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    paper.replaceChildren(traced(state, view, { role: "img", "aria-label": state.data.page.title }));
    opened = [...document.querySelectorAll("main details")].filter((part) => !part.open);
    for (const part of opened) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    paper.replaceChildren();
    for (const part of opened) part.open = false;
  });
}
