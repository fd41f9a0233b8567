// The worker of a page of questions: Oxigraph over what the page carries. It gets the engine and
// the triples as base64 of gzip, answers one question at a time, and is ended when it takes too long.

import init, { Store, defaultGraph, namedNode } from "oxigraph/web.js";

const NS = "https://w3id.org/techsov/ns#";
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const ISSUED = "http://purl.org/dc/terms/issued";

let store;

self.onmessage = async ({ data: { id, task, ...given } }) => {
  try {
    self.postMessage({ id, found: await TASKS[task](given) });
  } catch (error) {
    self.postMessage({ id, fault: String(error?.message ?? error) });
  }
};

const TASKS = {
  async open({ engine, parts }) {
    await init({ module_or_path: await unpacked(engine) });
    store = new Store();
    for (const part of parts) {
      store.load(await unpacked(part), { format: "text/turtle", no_transaction: true });
    }
    return { triples: store.size };
  },
  answer: ({ form, query, rows }) => FORMS[form](query, rows),
  // What is told of assertions, of pieces of evidence and of documents: words, ends, places, dates.
  told: ({ names, language }) => names.map((name) => toldOf(name, language)),
};

// An answer has the rows of the command line: a term is [value, kind, language], null is unbound.
const FORMS = {
  SELECT(query, rows) {
    const found = store.query(query, { results_format: "application/sparql-results+json" });
    const { head, results } = JSON.parse(found);
    const kept = results.bindings.slice(0, rows);
    return {
      columns: head.vars,
      rows: kept.map((row) => head.vars.map((name) => (name in row ? written(row[name]) : null))),
      complete: kept.length === results.bindings.length,
    };
  },
  ASK: (query) => ({ columns: ["answer"], rows: [[[String(store.query(query)), "boolean", ""]]], complete: true }),
  CONSTRUCT(query, rows) {
    const found = store.query(query);
    const kept = found.slice(0, rows).map((quad) => [quad.subject, quad.predicate, quad.object].map(ofTerm));
    return { columns: ["subject", "predicate", "object"], rows: kept, complete: kept.length === found.length };
  },
};
FORMS.DESCRIBE = FORMS.CONSTRUCT;

function written({ type, value, datatype, "xml:lang": language }) {
  if (type === "uri") return [value, "iri", ""];
  if (type === "bnode") return [`_:${value}`, "iri", ""];
  if (type !== "literal") return [JSON.stringify(value), "iri", ""];
  return [value, language ? "langString" : local(datatype), language ?? ""];
}

function ofTerm(term) {
  if (term.termType === "Literal") return [term.value, term.language ? "langString" : local(term.datatype.value), term.language];
  return [term.termType === "NamedNode" ? term.value : String(term), "iri", ""];
}

function local(datatype = "http://www.w3.org/2001/XMLSchema#string") {
  return datatype.split("#").at(-1);
}

// What `new` makes, the engine does not take: terms come from its own functions.
function objects(name, property) {
  const found = store.match(namedNode(name), namedNode(property), undefined, defaultGraph());
  return found.map((quad) => quad.object);
}

function toldOf(name, language) {
  const all = (node, property) => objects(node, NS + property).map((term) => term.value);
  const one = (node, property) => all(node, property)[0] ?? "";
  const documentOf = (document) => ({
    document,
    label: objects(document, LABEL).find((term) => term.language === language)?.value ?? document,
    stance: one(document, "stance"),
  });
  const [subject, relation, object, status] = ["subject", "predicate", "object", "status"].map((each) => one(name, each));
  const passages = (subject ? all(name, "evidence") : [name]).flatMap((each) => all(each, "passage"));
  const places = passages.map((passage) => ({
    passage, paragraph: one(passage, "paragraph"), ...documentOf(one(passage, "inDocument")),
  }));
  const dates = [["validFrom", "fromPrecision"], ["validUntil", "untilPrecision"]].map((pair) => pair.map((each) => one(name, each)));
  const issued = [objects(name, ISSUED)[0]?.value ?? "", one(name, "issuedPrecision")];
  const { label } = documentOf(name);
  return { name, label, subject, relation, object, status, places, dates: [...dates, issued].filter(([day]) => day) };
}

async function unpacked(text) {
  const stream = new Blob([decoded(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Base85 in the alphabet of RFC 1924: five letters for four bytes, and none that a script escapes.
function decoded(text) {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
  const digits = new Uint8Array(128);
  for (let at = 0; at < 85; at += 1) digits[alphabet.charCodeAt(at)] = at;
  const missing = (5 - (text.length % 5)) % 5;
  const padded = text + "~".repeat(missing);
  const bytes = new DataView(new ArrayBuffer((padded.length / 5) * 4));
  for (let at = 0; at < padded.length; at += 5) {
    let word = 0;
    for (let each = at; each < at + 5; each += 1) word = word * 85 + digits[padded.charCodeAt(each)];
    bytes.setUint32((at / 5) * 4, word);
  }
  return new Uint8Array(bytes.buffer, 0, bytes.byteLength - missing);
}
