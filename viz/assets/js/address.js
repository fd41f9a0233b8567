// What stands behind the # of an address: pairs of a name and a value, and the edition.

export function hashOf(parts, edition) {
  if (!parts.length) return "";
  const written = [...parts, ["edition", edition]].map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `#${written.join("&")}`;
}

// Where a passage stands on the page of its document.
export function spotOf(paragraph) {
  return paragraph ? `p${paragraph}` : "page";
}

export function pairs(hash) {
  const found = new Map();
  for (const part of hash.slice(1).split("&").filter((text) => text.includes("="))) {
    const at = part.indexOf("=");
    const name = part.slice(0, at);
    try {
      const value = decodeURIComponent(part.slice(at + 1));
      // Of two values for one name, neither is known to be meant.
      if (found.has(name)) found.set("twice", "");
      else found.set(name, value);
    } catch {
      found.set("unreadable", "");
    }
  }
  return found;
}

// An address without pairs is that of a place on the page.
export function isAnchor(hash) {
  return hash && !hash.includes("=");
}

// The key of what to tell the reader of an address that was not followed in full, or nothing.
export function noticeOf(given, edition, strange) {
  if (given.has("edition") && given.get("edition") !== edition) return "edition-differs";
  return strange ? "link-unknown" : "";
}

// Keeps the address in step with what is shown; `how` is "push" for a step that can be gone back.
export function createAddress() {
  const language = document.getElementById("language");
  const home = language && language.href;
  return {
    write(hash, how) {
      // A place on the page is the same in the other language.
      if (language) language.href = home + (hash || (isAnchor(location.hash) ? location.hash : ""));
      if (location.hash === hash) return;
      const address = hash || location.pathname + location.search;
      if (how === "push") history.pushState(null, "", address);
      else if (how !== "read") history.replaceState(null, "", address);
    },
    onChange(read) {
      window.addEventListener("popstate", read);
      window.addEventListener("hashchange", read);
    },
  };
}
