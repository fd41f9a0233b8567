"""Questions of one kind each, to see how each kind grows; ``$supplier`` is the one most relied on."""

from collections import Counter
from collections.abc import Mapping

from techsov.graph import terms
from techsov.graph.records import Records
from techsov.graph.triples.questions import bind, filled, read_questions
from techsov.graph.triples.store import Cell

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in terms.PREFIXES.items())
PROBES: Mapping[str, str] = {
    "one hop from one entity": "SELECT ?who { ?who sov:dependsOn $supplier }",
    "any number of hops": "SELECT ?who { ?who sov:dependsOn+ $supplier }",
    "two hops, all pairs": "SELECT ?who ?firm { ?who sov:dependsOn ?what . ?firm sov:provides ?what }",
    "optional label": """SELECT ?firm ?label { ?firm a sov:Company
        OPTIONAL { ?firm rdfs:label ?label FILTER(LANG(?label) = "fr") } }""",
    "count by group": """SELECT ?relation (COUNT(?fact) AS ?facts)
        { ?fact sov:predicate ?relation } GROUP BY ?relation""",
    "absence": """SELECT ?firm { ?firm a sov:Company
        FILTER NOT EXISTS { ?firm sov:establishedUnder ?law } }""",
    "as of a day": """SELECT ?fact { ?fact sov:status c:status-stated
        OPTIONAL { ?fact sov:validFrom ?from } OPTIONAL { ?fact sov:validUntil ?until }
        FILTER(!BOUND(?from) || ?from <= "2025-06-30"^^xsd:date)
        FILTER(!BOUND(?until) || ?until >= "2025-06-30"^^xsd:date) }""",
    "text": """SELECT ?thing { ?thing rdfs:label ?label
        FILTER(CONTAINS(LCASE(STR(?label)), "cloud")) }""",
    "where it is written": """SELECT ?fact ?document ?gloss
        { ?fact sov:predicate sov:dependsOn ; sov:evidence ?evidence .
          ?evidence sov:passage/sov:inDocument ?document ; sov:gloss ?gloss
        FILTER(LANG(?gloss) = "en") }""",
}


def probes(records: Records) -> dict[str, str]:
    """Write each probe for these records."""
    suppliers = Counter(fact.object for fact in records.facts if fact.relation == "dependsOn")
    most = min(suppliers, key=lambda name: (-suppliers[name], name))
    blanks = {"supplier": Cell(terms.ENTITY + most)}
    return {name: PROLOGUE + filled(sparql, blanks) for name, sparql in PROBES.items()}


def named() -> dict[str, str]:
    """Write each question of the package, with its usual blanks."""
    return {
        f"named {name}": filled(question.sparql, bind(question, {}))
        for name, question in read_questions().items()
        if not question.over_conclusions  # the stores that are compared hold facts alone
    }
