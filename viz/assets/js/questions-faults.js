// Why a query was not answered, in words, with the line at fault where there is one.

import { undeclared } from "./questions-guard.js";

// `ahead` is what stands in front of the query on its first line, so that every line keeps its number.
export function faultOf(message, query, ahead, prefixes, words) {
  const strange = undeclared(query, Object.keys(prefixes));
  if (strange) return { text: words.say("question.prefix", { name: strange.name }), line: strange.line };
  const [, line, column] = (/\b(\d+):(\d+)\b/.exec(message) ?? []).map(Number);
  const here = `${line}:${line === 1 ? column - ahead.length : column}`;
  const detail = line ? message.replace(`${line}:${column}`, here) : message;
  return { text: words.say(line ? "question.syntax" : "question.failed", { detail }), line };
}
