// Elements without markup: text is set as text.

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
  "aria-sort": 1, scope: 1, "data-fact": 1, "data-label": 1,
};

export function link(address, settings, ...children) {
  const anchor = el("a", settings, ...children);
  anchor.href = address;
  return anchor;
}

export function byId(id) {
  return document.getElementById(id);
}

// Without accents and capitals, so that "Etat" finds "État".
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae");
}
