// The editor of SPARQL, as one name: nothing in it asks another host, and nothing is remembered.

import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";

const QUIET = {
  autocompleters: [],
  collapsePrefixesOnLoad: false,
  createShareableLink: null,
  editorHeight: "auto",
  persistenceId: null,
  resizeable: false,
  showQueryButton: false,
};

globalThis.techsovEditor = (place, text, label) => {
  const editor = new Yasqe(place, { ...QUIET, value: text });
  editor.getInputField().setAttribute("aria-label", label);
  return editor;
};
