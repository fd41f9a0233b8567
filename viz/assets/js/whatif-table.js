// The result as rows for a spreadsheet: column by column what the command writes as CSV.

import { explained, isSilent, premises } from "./trying.js";

const KEYS = ["entity", "label", "worst", "best", "chain", "facts", "sources", "substitute_unknown"];

export function tableOf(data, found) {
  const { nodes } = found.world;
  const rows = found.affected.map((node) => {
    const { chain } = explained(found, node);
    const facts = premises(found, node);
    const along = [...chain.map((step) => step.tail), ...chain.slice(-1).map((step) => step.node)];
    return [
      nodes[node].id, nodes[node].label, found.worst.state(node), found.best.state(node),
      along.map((each) => nodes[each].id).join("; "), facts.map((fact) => data.facts[fact][0]).join("; "),
      cited(data, facts), isSilent(found, node) ? "yes" : "no",
    ];
  });
  return [KEYS, ...rows];
}

function cited(data, facts) {
  const said = facts.flatMap((fact) => {
    const places = data.facts[fact][1];
    const promotional = places.every(([document]) => data.documents[document][3]);
    return places.map(([document, paragraph]) => {
      const place = data.documents[document][0] + (paragraph ? ` ¶${paragraph}` : "");
      return promotional ? `${place} (${data.words["word.promotional-only"]})` : place;
    });
  });
  return [...new Set(said)].join("; ");
}
