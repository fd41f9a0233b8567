// Elements without markup: text is set as text, and links lead to the web or to this site.

export function el(tag, settings, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(settings || {})) {
    if (key === "class") element.className = value;
    else if (key in HANDLED) element.setAttribute(key, value);
    else throw new Error(`no setting ${key}`);
  }
  element.append(...children.filter((child) => child !== "" && child !== null));
  return element;
}

const HANDLED = {
  id: 1, type: 1, role: 1, lang: 1, tabindex: 1, "aria-label": 1, "aria-selected": 1,
  "aria-sort": 1, "data-fact": 1,
};

export function link(address, settings, ...children) {
  const anchor = el("a", settings, ...children);
  anchor.href = address;
  return anchor;
}

// A link out of the site, or nothing if the address is not one of the web.
export function outward(address, label, words) {
  if (!isWeb(address)) return "";
  const anchor = link(address, { class: "out", "aria-label": label }, words);
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function isWeb(address) {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    return false;
  }
}

export function byId(id) {
  return document.getElementById(id);
}

// Without accents and capitals, so that "Etat" finds "État".
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae");
}
