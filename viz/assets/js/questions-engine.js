// Oxigraph in a worker: loaded when it is first asked for, ended when it takes too long. Pages
// cannot read a file of the disk, so what it needs comes as classic scripts.

import { el } from "./dom.js";

// The key of what the browser or this copy lacks, or nothing.
export function lacking(data) {
  if (!data.engine.length) return "not-built";
  if (typeof WebAssembly !== "object") return "no-wasm";
  if (typeof DecompressionStream !== "function") return "no-streams";
  return typeof Worker === "function" && typeof Blob === "function" ? "" : "no-worker";
}

export class Fault extends Error {}

const loading = new Map();

// Loads a script of the site once; it is used in a task of its own, so that the page stays awake.
export function loaded(address) {
  if (!loading.has(address)) {
    loading.set(address, new Promise((done, fail) => {
      const script = el("script", {});
      script.src = address;
      script.addEventListener("load", () => setTimeout(done));
      script.addEventListener("error", () => fail(new Fault("no-file")));
      document.head.append(script);
    }));
  }
  return loading.get(address);
}

export function createEngine(data) {
  let worker = null;
  let opening = null;
  // Raised by every end: what began before it, and comes after it, is dropped.
  let generation = 0;
  let over = null;
  let last = 0;
  let answering = 0;
  const waiting = new Map();

  const settle = ({ data: { id, found, fault } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (!asked) return;
    if (fault === undefined) asked.done(found);
    else asked.fail(new Error(fault));
  };
  const end = (reason) => {
    generation += 1;
    worker?.terminate();
    worker = opening = null;
    for (const { fail } of waiting.values()) fail(new Fault(reason));
    waiting.clear();
  };
  const post = (task, given) =>
    new Promise((done, fail) => {
      last += 1;
      waiting.set(last, { done, fail });
      worker.postMessage({ id: last, task, ...given });
    });
  const start = async (conclusions) => {
    const mine = generation;
    const names = conclusions ? [...data.engine, data.concluded] : data.engine;
    await Promise.all(names.map((name) => loaded(data.page.assets + name)));
    if (mine !== generation) throw new Fault("stopped");
    const address = URL.createObjectURL(new Blob([techsovEngine.worker], { type: "text/javascript" }));
    try {
      worker = new Worker(address);
    } catch {
      throw new Fault("no-worker");
    }
    worker.addEventListener("message", settle);
    worker.addEventListener("error", () => end("no-worker"));
    const { facts, ontology } = techsovGraph;
    const parts = conclusions ? [facts, ontology, techsovConclusions] : [facts, ontology];
    return post("open", { engine: techsovEngine.wasm, parts });
  };

  return {
    // Has the store open, over what rules conclude too if so asked.
    open(conclusions) {
      if (opening && over !== conclusions) end("stopped");
      over = conclusions;
      const mine = generation;
      opening ??= start(conclusions).catch((fault) => {
        if (mine === generation) end("stopped");
        throw fault;
      });
      return opening;
    },
    async answer(given, seconds) {
      const alarm = setTimeout(() => end("too-long"), seconds * 1000);
      answering += 1;
      try {
        return await post("answer", given);
      } finally {
        answering -= 1;
        clearTimeout(alarm);
      }
    },
    // Ends an answer that nobody waits for any more.
    cancel: () => answering && end("stopped"),
    told: (names, language) => (names.length ? post("told", { names, language }) : Promise.resolve([])),
    stop: () => end("stopped"),
  };
}
