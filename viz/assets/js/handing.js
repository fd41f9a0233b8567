// The link of a view and the line that cites it, handed to the reader: copied where the browser lets a
// page do that, and in any case shown, ready to be copied by hand.

import { byId } from "./dom.js";

// `hash` gives what of the address stands for the view, `shown` says in words what is shown.
export function bindHanding({ page, words, tell, hash, shown }) {
  let asked = null;
  const hand = async (button, text, copied) => {
    const field = byId("taken-text");
    asked = button;
    byId("taken").hidden = false;
    field.value = text;
    field.focus();
    field.select();
    field.scrollTop = 0;
    try {
      await navigator.clipboard.writeText(text);
      tell(words.say(copied));
    } catch {
      tell(words.say("copy-by-hand"));
    }
  };
  byId("copy-link").addEventListener("click", (event) => {
    const copied = location.protocol === "file:" ? "copied-file" : "copied";
    hand(event.currentTarget, location.href.replace(/#.*$|$/, hash()), copied);
  });
  byId("copy-cite").addEventListener("click", (event) => {
    const { title, edition, day } = page;
    const cited = { title, shown: shown(), edition, day, link: addressOf(page, hash()) };
    hand(event.currentTarget, words.say("cite-view", cited), "copied");
  });
  const close = () => {
    byId("taken").hidden = true;
    asked.focus({ preventScroll: true });
  };
  byId("taken-close").addEventListener("click", close);
  byId("taken").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
}

// Where a view is found again; a file on the reader's disk says only where in the site it is.
export function addressOf(page, hash) {
  const { protocol, href } = location;
  return (protocol === "file:" ? page.path : href.replace(/#.*$/, "")) + hash;
}
