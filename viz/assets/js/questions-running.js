// From what is asked to what is shown: refused, answered, stopped or failed, each said in words.

import { byId } from "./dom.js";
import { entityOf } from "./questions-cells.js";
import { draw } from "./questions-drawing.js";
import { Fault } from "./questions-engine.js";
import { filled, formOf, refusal, undeclared } from "./questions-guard.js";
import { createResult, toldIn } from "./questions-table.js";

// These end the wait for one answer; any other means that none will come.
const PASSING = ["stopped", "too-long"];

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

  const say = (text) => (byId("status").textContent = [notice, text].filter(Boolean).join(" "));
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
  const show = async (found, seconds) => {
    await result.show(found);
    const first = found.rows.slice(0, data.limits.shown);
    draw(edgesOf(first, told, data, cells), data, names, words);
    const cut = found.complete ? "" : ` · ${tell("cut", { limit: data.limits.rows })}`;
    say(`${words.count("page-questions.rows", found.rows.length)}${cut} · ${tell("took", { seconds: cells.number(seconds) })}`);
    files(true);
    byId("see").hidden = false;
    byId("see").textContent = `${words.count("page-questions.rows", found.rows.length)} · ${tell("see")}`;
  };
  const failed = (fault) => {
    result.clear();
    say("");
    if (fault instanceof Fault) {
      if (PASSING.includes(fault.message)) say(tell(fault.message, { seconds: data.limits.seconds }));
      else giveUp(fault.message);
      return;
    }
    const strange = undeclared(asked.current.query, Object.keys(data.prefixes));
    if (strange) return fail(words.say("question.prefix", { name: strange.name }), strange.line);
    // The prefixes stand in front of the first line, so that every line keeps its number.
    const [, line, column] = (/\b(\d+):(\d+)\b/.exec(fault.message) ?? []).map(Number);
    const here = `${line}:${line === 1 ? column - prefix.length : column}`;
    const detail = line ? fault.message.replace(`${line}:${column}`, here) : fault.message;
    fail(words.say(line ? "question.syntax" : "question.failed", { detail }), line);
  };

  return {
    note: (text) => (notice = text),
    say,
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
        say(tell("answering"));
        const start = performance.now();
        const found = await this.ask(query, asked.terms());
        if (mine === turn) await show(found, ((performance.now() - start) / 1000).toFixed(2));
      } catch (fault) {
        if (mine === turn) failed(fault);
      } finally {
        if (mine === turn) busy(false);
      }
    },
    ask(query, terms) {
      const given = { form: formOf(query), query: prefix + filled(query, terms), rows: data.limits.rows };
      return engine.answer(given, data.limits.seconds);
    },
    // Shows the prepared answer again.
    restore() {
      begin();
      busy(false);
      result.restore();
      draw(data.edges, data, names, words);
      say(prepared);
      files(false);
    },
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

// As viz/answered.py: the facts of the rows between two things.
function edgesOf(rows, told, data, cells) {
  return toldIn(rows).map((name) => told.get(name)).flatMap((fact) => {
    const [from, to] = [entityOf(fact.subject), entityOf(fact.object)];
    if (!from || !to || from === to) return [];
    const status = fact.status.split("status-").at(-1);
    return [[fact.name, from, to, cells.labelOf(fact.relation), data.relations[fact.relation.split("#").at(-1)] ?? "other", status]];
  });
}
