// The address holds the view: what is chosen and which switches differ from their default. It is
// read whole: loading an address replaces the state, and what it does not know is left aside.

export function bindPermalink(state, words, status) {
  const { data } = state;
  const language = document.getElementById("language");
  const languageHome = language && language.href;
  let writing = false;

  const write = (how) => {
    const hash = encoded(state);
    if (language) language.href = languageHome + hash;
    if (writing || location.hash === hash || (!hash && !location.hash)) return;
    const address = hash || location.pathname + location.search;
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };
  const read = () => {
    const { patch, notice } = decoded(data, state.defaults, location.hash);
    if (notice) status.note(words.say(notice));
    writing = true;
    state.change(patch, "read");
    writing = false;
  };
  state.subscribe(write);
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", read);
  return read;
}

function encoded(state) {
  const { data, defaults, current } = state;
  const parts = [];
  if (current.focus) parts.push(["focus", current.focus]);
  if (current.fact) parts.push(["fact", current.fact]);
  if (current.steps === 2) parts.push(["steps", "2"]);
  for (const [name, wanted] of [["on", true], ["off", false]]) {
    const changed = [...current.on].filter(([token, on]) => on === wanted && defaults.get(token) !== on);
    if (changed.length) parts.push([name, changed.map(([token]) => token).sort().join("~")]);
  }
  if (!parts.length) return "";
  parts.push(["edition", data.page.edition]);
  return `#${parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}

const KEYS = new Set(["focus", "fact", "steps", "on", "off", "edition"]);

function decoded(data, defaults, hash) {
  const given = pairs(hash);
  const anchor = hash && !hash.includes("=");
  let strange = !anchor && [...given.keys()].some((key) => !KEYS.has(key));
  const on = new Map(defaults);
  for (const name of ["on", "off"]) {
    for (const token of (given.get(name) || "").split("~").filter(Boolean)) {
      if (on.has(token)) on.set(token, name === "on");
      else strange = true;
    }
  }
  const fact = data.edges.has(given.get("fact")) ? given.get("fact") : "";
  const wanted = given.get("focus") ?? (fact && data.edges.get(fact).from);
  const focus = data.nodes.has(wanted) ? wanted : "";
  strange ||= given.has("focus") && !focus;
  const edition = given.get("edition");
  const notice = edition && edition !== data.page.edition ? "edition-differs" : strange ? "link-unknown" : "";
  return { patch: { on, focus, fact: focus && fact, steps: given.get("steps") === "2" ? 2 : 1 }, notice };
}

function pairs(hash) {
  const found = new Map();
  for (const part of hash.slice(1).split("&").filter((text) => text.includes("="))) {
    const at = part.indexOf("=");
    try {
      found.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1)));
    } catch {
      found.set("unreadable", "");
    }
  }
  return found;
}
