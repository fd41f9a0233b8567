// The query as text: a plain field at once, the editor of SPARQL in its place when it is loaded.

import { byId } from "./dom.js";
import { loaded } from "./questions-engine.js";

export function createEditor(data, { run, wake, changed }) {
  const plain = byId("query");
  let rich = null;
  let marked = null;
  let closed = false;
  const text = () => (rich ? rich.getValue() : plain.value);
  const unmark = () => {
    if (marked !== null) rich?.removeLineClass(marked, "wrap", "faulty");
    marked = null;
  };

  byId("text").hidden = true;
  plain.hidden = false;
  plain.addEventListener("focus", wake);
  plain.addEventListener("input", changed);
  plain.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });

  const enrich = async () => {
    await loaded(data.page.assets + data.editor);
    if (closed) return;
    const place = byId("editor");
    const focused = document.activeElement === plain;
    place.hidden = false;
    rich = techsovEditor(place, plain.value, plain.getAttribute("aria-label"));
    // What its own keys would ask of a server is answered here.
    const keys = { "Ctrl-Enter": run, "Cmd-Enter": run, Esc: () => byId("run").focus() };
    rich.setOption("extraKeys", { ...rich.getOption("extraKeys"), ...keys });
    rich.on("focus", wake);
    rich.on("change", () => {
      unmark();
      changed();
    });
    plain.hidden = true;
    if (focused) rich.focus();
  };
  // Who only reads the answer does not wait for it.
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    // Without it the plain field stays, which can do the same.
    enrich().catch(() => {});
  });
  watch.observe(byId("sparql"));

  return {
    text,
    put(value) {
      if (value === text()) return;
      if (rich) rich.setValue(value);
      plain.value = value;
    },
    // Points at a line, counted from 1.
    point(line) {
      unmark();
      const lines = text().split("\n");
      const at = Math.min(line, lines.length) - 1;
      if (rich) {
        marked = rich.addLineClass(at, "wrap", "faulty");
        rich.scrollIntoView({ line: at, ch: 0 });
        return;
      }
      const start = lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0);
      plain.focus({ preventScroll: true });
      plain.setSelectionRange(start, start + lines[at].length);
    },
    unmark,
    // Nothing can be asked here any more.
    close() {
      closed = true;
      watch.disconnect();
    },
  };
}
