// On paper the picture is a drawing, not a canvas, and what is folded away is open.

import { traced } from "./tracing.js";
import { unfoldOnPaper } from "./unfolding.js";

export function bindPrinting(state, view, paper) {
  unfoldOnPaper(() => document.querySelectorAll("main details"));
  window.addEventListener("beforeprint", () => {
    paper.replaceChildren(traced(state, view, { role: "img", "aria-label": state.data.page.title }));
  });
  window.addEventListener("afterprint", () => paper.replaceChildren());
}
