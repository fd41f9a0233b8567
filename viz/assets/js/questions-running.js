// From what is asked to what is shown: refused, answered, stopped or failed, each said in words.

import { byId } from "./dom.js";
import { draw, edgesOf } from "./questions-drawing.js";
import { Fault } from "./questions-engine.js";
import { faultOf } from "./questions-faults.js";
import { filled, formOf, refusal } from "./questions-guard.js";
import { createResult, toldIn } from "./questions-table.js";

// These end the wait for one answer; any other means that none will come.
const PASSING = ["stopped", "too-long"];
// How WebAssembly says that its memory is full.
const MEMORY = /^unreachable|out of memory|memory access/;

export function createRunner({ data, names, words, cells, told, asked, engine, editor, giveUp }) {
  const tell = (key, values) => words.say(`page-questions.${key}`, values);
  const prefix = Object.entries(data.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
  const tellOf = async (rows) => {
    const wanted = toldIn(rows).filter((name) => !told.has(name));
    for (const each of await engine.told(wanted, data.page.language)) told.set(each.name, each);
  };
  const result = createResult(cells, tellOf, data.limits.shown);
  const prepared = byId("status").textContent;
  let turn = 0;
  let notice = "";
  let said = prepared;

  const write = (text) => (byId("status").textContent = [notice, text].filter(Boolean).join(" "));
  const say = (text) => write((said = text));
  const fail = (text, line) => {
    byId("fault").hidden = !text;
    byId("fault").textContent = line ? `${tell("line", { line })} ${text}` : text;
    if (line) editor.point(line);
    else editor.unmark();
  };
  const busy = (on) => {
    byId("stop").hidden = !on;
    byId("run").disabled = on;
  };
  const begin = () => {
    turn += 1;
    byId("see").hidden = true;
    engine.cancel();
    fail("");
    return turn;
  };
  const files = (own) => {
    byId("prepared-csv").hidden = own;
    byId("save-csv").hidden = !own;
  };
  const show = async (found, seconds, mine) => {
    await result.show(found);
    if (mine !== turn) return;
    const first = found.rows.slice(0, data.limits.shown);
    draw(edgesOf(first, told, data, cells), data, names, words);
    const cut = found.complete ? "" : ` · ${tell("cut", { limit: data.limits.rows })}`;
    say(`${words.count("page-questions.rows", found.rows.length)}${cut} · ${tell("took", { seconds: cells.number(seconds) })}`);
    files(true);
    byId("see").hidden = false;
    byId("see").textContent = `${words.count("page-questions.rows", found.rows.length)} · ${tell("see")}`;
  };
  // Shows the prepared answer again.
  const restore = () => {
    begin();
    busy(false);
    result.restore();
    draw(data.edges, data, names, words);
    say(prepared);
    files(false);
  };
  const failed = (fault) => {
    result.clear();
    say("");
    if (fault instanceof Fault) {
      if (PASSING.includes(fault.message)) say(tell(fault.message, { seconds: data.limits.seconds }));
      else {
        // No answer will come: the prepared one stands.
        restore();
        giveUp(fault.message);
      }
      return;
    }
    if (MEMORY.test(fault.message)) {
      // The store is of no more use: the next question opens another.
      engine.stop();
      say(tell("too-large"));
      return;
    }
    const { text, line } = faultOf(fault.message, asked.current.query, prefix, data.prefixes, words);
    fail(text, line);
  };

  return {
    note: (text) => (notice = text),
    say,
    // What is said for a moment, in place of what is said of the answer.
    aside: (text) => write(text || said),
    async run() {
      const mine = begin();
      const { query, conclusions } = asked.current;
      const refused = refusal(query, data.limits);
      if (refused) {
        result.clear();
        say("");
        fail(words.say(refused.key, refused.values), refused.line);
        return;
      }
      busy(true);
      try {
        say(tell("loading"));
        await engine.open(conclusions);
        if (mine !== turn) return;
        say(tell("answering"));
        const start = performance.now();
        const found = await this.ask(query, asked.terms());
        if (mine === turn) await show(found, ((performance.now() - start) / 1000).toFixed(2), mine);
      } catch (fault) {
        if (mine === turn) failed(fault);
      } finally {
        if (mine === turn) busy(false);
      }
    },
    // What is on its way is dropped when it comes.
    stop() {
      turn += 1;
      engine.stop();
      result.clear();
      busy(false);
      say(tell("stopped"));
    },
    ask(query, terms) {
      const given = { form: formOf(query), query: prefix + filled(query, terms), rows: data.limits.rows };
      return engine.answer(given, data.limits.seconds);
    },
    restore,
    // The answer of the page, asked for if the prepared one is shown.
    async answer() {
      if (!result.answer) await this.run();
      if (result.answer) await tellOf(result.answer.rows);
      return result.answer;
    },
    async wake() {
      try {
        await engine.open(asked.current.conclusions);
      } catch (fault) {
        if (!PASSING.includes(fault.message)) giveUp(fault instanceof Fault ? fault.message : "no-wasm");
      }
    },
  };
}
