// What there is to be found on the whole site. It comes when it is first asked for, as a script: a
// page opened from the disk can read no other kind of file.

import { byId, el } from "./dom.js";

let coming;

// Promises entries of the site, as a combobox takes them.
export function siteIndex() {
  coming ??= new Promise((resolve, reject) => {
    if (globalThis.techsovIndex) return resolve();
    const script = el("script");
    script.src = byId("find").dataset.index;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return coming.then(() => globalThis.techsovIndex.map(([label, note, path, weight, names]) => ({ id: path, label, note, path, weight, names })));
}
