// The editor of SPARQL, as one name: nothing in it asks another host, and nothing is remembered.

import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";

// A list given to the editor is merged into its own: only an empty own one completes nothing from afar.
Yasqe.defaults.autocompleters = [];

const QUIET = {
  collapsePrefixesOnLoad: false,
  createShareableLink: null,
  editorHeight: "auto",
  persistenceId: null,
  requestConfig: { endpoint: "" },
  resizeable: false,
  showQueryButton: false,
};

globalThis.techsovEditor = (place, text, label) => {
  const editor = new Yasqe(place, { ...QUIET, value: text });
  editor.getInputField().setAttribute("aria-label", label);
  return editor;
};
