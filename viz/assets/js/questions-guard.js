// What a question may not do, and how blanks are filled: as graph/triples/questions.py does both,
// word for word. This is for clear messages: the barrier is the worker, which has no network.

// Comments, addresses, strings, variables, language tags and prefixed names.
const SKIPPED = new RegExp(
  [
    String.raw`#[^\n\r]*`,
    String.raw`<[^<>"{}|^\x60\\\x00-\x20]*>`,
    String.raw`'''(?:[^'\\]|\\.|'(?!''))*'''`,
    String.raw`"""(?:[^"\\]|\\.|"(?!""))*"""`,
    String.raw`"(?:[^"\\\n\r]|\\.)*"`,
    String.raw`'(?:[^'\\\n\r]|\\.)*'`,
    String.raw`[?$][\p{L}\p{N}_]+`,
    String.raw`@[A-Za-z\-]+`,
    String.raw`(?<![\p{L}\p{N}_\-])[\p{L}\p{N}_\-]*:(?:[\p{L}\p{N}_.:%\-]|\\.)*`,
  ].join("|"),
  "gsu",
);
// A prefix where it is declared or used; what is skipped besides has none.
const NAME = String.raw`(?<![\p{L}\p{N}_\-])([\p{L}\p{N}_\-]*:)[\p{L}\p{N}_.:%\-]*`;
const PREFIXED = new RegExp(String.raw`(\bPREFIX\s+)?(?:${NAME}|${SKIPPED.source})`, "gisu");
// As Python compares without case: a dotless ı is an i, too.
const REFUSED = /[Iı]NSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|W[Iı]TH|SERV[Iı]CE|FROM/iu;
const REASONS = { SERVICE: "question.service", FROM: "question.from" };
const FORM = /\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// The key of why a question is refused, its values, and where in the question; or nothing.
export function refusal(query, limits) {
  if (new TextEncoder().encode(query).length > limits.bytes) return { key: "question.long", values: { limit: limits.bytes / 1024 } };
  // As long as what it replaces, so that a place in it is a place in the question.
  const bare = query.replace(SKIPPED, (text) => " ".repeat(text.length));
  if (depth(bare) > limits.depth) return { key: "question.deep", values: { limit: limits.depth } };
  const found = REFUSED.exec(bare);
  if (!found) return null;
  const word = found[0].toUpperCase();
  return { key: REASONS[word] ?? "question.update", values: { word }, line: lineOf(query, found.index) };
}

// The first prefix that is used and not declared, and its line; or nothing. A parser tells it badly.
export function undeclared(query, prefixes) {
  const declared = new Set([...prefixes, "_"].map((name) => `${name}:`));
  for (const found of query.matchAll(PREFIXED)) {
    const [text, declares, name] = found;
    if (declares) declared.add(name);
    else if (name && !declared.has(name)) return { name, line: lineOf(query, found.index + text.indexOf(name)) };
  }
  return null;
}

export function lineOf(text, at) {
  return text.slice(0, at).split(/\r\n|\r|\n/).length;
}

// Which of the four kinds of question it is; the engine refuses what is none of them.
export function formOf(query) {
  return (FORM.exec(query.replace(SKIPPED, " "))?.[1] ?? "SELECT").toUpperCase();
}

// Puts terms where `$name` stands; a term is [value, kind], written so that it cannot be more.
export function filled(query, blanks) {
  return query.replace(SKIPPED, (text) => (text[0] === "$" && blanks.has(text.slice(1)) ? written(blanks.get(text.slice(1))) : text));
}

function written([value, kind]) {
  if (kind === "iri") return `<${value}>`;
  const text = `"${value.replace(/[\\"\n\r\t]/g, (letter) => ESCAPES[letter])}"`;
  return kind === "string" ? text : `${text}^^<${XSD}${kind}>`;
}

function depth(text) {
  let deepest = 0;
  let now = 0;
  for (const letter of text) {
    if ("{([".includes(letter)) deepest = Math.max(deepest, (now += 1));
    else if ("})]".includes(letter)) now = Math.max(0, now - 1);
  }
  return deepest;
}
