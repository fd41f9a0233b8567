"""Facts, chains and ranks as tables for the command line."""

from collections.abc import Iterable, Sequence

from techsov.graph.analysis.network.centrality import Rank
from techsov.graph.analysis.network.paths import Chain, CommonSupplier
from techsov.graph.answers import Labels, citation
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import status_words, verb_from
from techsov.graph.records import Fact, PartialDate


def _headings(keys: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(say(f"column.{key.replace('_', '-')}", language) for key in keys)


def _text(partial: PartialDate | None) -> str:
    return partial.text if partial else ""


def facts_about(entity: str, labels: Labels) -> Table:
    """Every fact that names ``entity`` at either end, in the order of their families."""
    relations = labels.knowledge.schema.relations
    facts = [
        fact for fact in labels.knowledge.records.facts if entity in (fact.subject, fact.object)
    ]
    facts.sort(key=lambda fact: (relations[fact.relation].family, fact.relation, fact.id))
    keys = ("subject", "relation", "object", "layer", "status", "since", "until", "source")
    rows = [
        (
            labels.entity(fact.subject),
            relations[fact.relation].label(labels.language),
            _target(fact, labels),
            ", ".join(labels.entity(f"layer-{x}") for x in fact.qualifiers.get("layer", ())),
            status_words(fact, labels),
            _text(fact.valid_from),
            _text(fact.valid_to),
            citation(fact, labels),
        )
        for fact in facts
    ]
    data = [_fact_data(fact, labels) for fact in facts]
    return Table(DATA_KEYS, _headings(keys, labels.language), rows, data)


DATA_KEYS = (
    "fact",
    "subject",
    "relation",
    "object",
    "value",
    "qualifiers",
    "status",
    "claimant",
    "valid_from",
    "valid_to",
    "confidence",
    "sources",
    "glosses",
    "lines",
)


def _fact_data(fact: Fact, labels: Labels) -> tuple[object, ...]:
    return (
        fact.id,
        fact.subject,
        fact.relation,
        fact.object,
        fact.value,
        [f"{column}={','.join(values)}" for column, values in fact.qualifiers.items()],
        fact.status,
        fact.claimant,
        _text(fact.valid_from),
        _text(fact.valid_to),
        f"{fact.confidence:f}",
        [item.passage for item in fact.evidence],
        [item.gloss(labels.language) for item in fact.evidence],
        [str(item.origin) for item in fact.evidence],
    )


def _target(fact: Fact, labels: Labels) -> str:
    if not fact.value:
        return labels.entity(fact.object)
    unit = ", ".join(fact.qualifiers.get("unit", ()))
    return f"{fact.value} {unit}".strip()


def chains_table(chains: Sequence[Chain], labels: Labels) -> Table:
    """One row per step of each chain; parallel facts of one step share its row."""
    keys = ("chain", "step", "subject", "relation", "object", "status", "since", "source")
    data_keys = ("chain", "step", "dependent", "supplier", "facts", "statuses", "sources")
    rows: list[tuple[str, ...]] = []
    data: list[tuple[object, ...]] = []
    for number, chain in enumerate(chains, 1):
        for step, hop in enumerate(chain.hops, 1):
            facts = [labels.facts[name] for name in hop.facts]
            rows.append(
                (
                    str(number) if step == 1 else "",
                    str(step),
                    labels.entity(hop.tail),
                    "; ".join(dict.fromkeys(verb_from(hop.tail, fact, labels) for fact in facts)),
                    labels.entity(hop.head),
                    "; ".join(dict.fromkeys(status_words(fact, labels) for fact in facts)),
                    "; ".join(dict.fromkeys(filter(None, (_text(f.valid_from) for f in facts)))),
                    "; ".join(dict.fromkeys(citation(fact, labels) for fact in facts)),
                )
            )
            statuses = [fact.status for fact in facts]
            places = [citation(fact, labels) for fact in facts]
            data.append((number, step, hop.tail, hop.head, list(hop.facts), statuses, places))
    return Table(data_keys, _headings(keys, labels.language), rows, data)


def ranks_table(rows: Sequence[Rank], labels: Labels) -> Table:
    """One row per node, with how many facts stand behind it."""
    keys = ("place", "name", "value", "fact_count")
    counted = [(row, len(row.facts)) for row in rows]
    shown = [
        (str(place), labels.entity(row.node), f"{row.value:.4g}", str(count))
        for place, (row, count) in enumerate(counted, 1)
    ]
    data = [
        (place, row.node, labels.entity(row.node), row.value, count)
        for place, (row, count) in enumerate(counted, 1)
    ]
    data_keys = ("place", "entity", "label", "value", "facts")
    return Table(data_keys, _headings(keys, labels.language), shown, data)


def suppliers_table(rows: Sequence[CommonSupplier], labels: Labels) -> Table:
    """One row per supplier that both depend on, with the shortest chain from each."""
    shown = [
        (labels.entity(row.supplier), _route(row.left, labels), _route(row.right, labels))
        for row in rows
    ]
    data = [
        (row.supplier, labels.entity(row.supplier), _facts_of(row.left), _facts_of(row.right))
        for row in rows
    ]
    keys = ("supplier", "from", "to")
    data_keys = ("supplier", "label", "facts_from", "facts_to")
    return Table(data_keys, _headings(keys, labels.language), shown, data)


def _route(chain: Chain, labels: Labels) -> str:
    """Give ``A → B → C``, followed by where each step is written down."""
    names = [labels.entity(chain.hops[0].tail), *(labels.entity(hop.head) for hop in chain.hops)]
    places = dict.fromkeys(
        citation(labels.facts[name], labels) for hop in chain.hops for name in hop.facts
    )
    return f"{' → '.join(names)} ({'; '.join(places)})"


def _facts_of(chain: Chain) -> list[str]:
    return [name for hop in chain.hops for name in hop.facts]
