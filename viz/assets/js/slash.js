// The key that leads to a field, as in many a page; never while somebody writes. What is bound to the
// document goes before what is bound to the window.

export function bindSlash(find, target = document) {
  target.addEventListener("keydown", (event) => {
    const writing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    find().focus();
  });
}
