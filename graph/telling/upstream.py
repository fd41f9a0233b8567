"""The supplier behind two sovereignties, in a sentence and in a table."""

from collections.abc import Sequence

from techsov.graph.analysis.claims.upstream import Called, SharedUpstream
from techsov.graph.analysis.network.paths import Chain
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import chain_line, cited, hop_sentence

KEYS = ("one", "other", "supplier", "from", "to", "status", "told")
DATA_KEYS = (
    "left",
    "left_label",
    "left_for",
    "left_claims",
    "right",
    "right_label",
    "right_for",
    "right_claims",
    "supplier",
    "supplier_label",
    "left_facts",
    "right_facts",
    "status",
    "unavoidable",
    "in_one_source",
    "claims_apart",
    "hidden",
    "ahead",
)


def upstream_table(rows: Sequence[SharedUpstream], labels: Labels) -> Table:
    """One row per two things and supplier, with the chain from each."""
    shown = [
        (
            called_words(row.left, labels),
            called_words(row.right, labels),
            labels.entity(row.supplier),
            _route(row.left_chain, labels),
            _route(row.right_chain, labels),
            labels.status(row.status),
            say(f"upstream.told-{'apart' if row.hidden else 'together'}", labels.language),
        )
        for row in rows
    ]
    data = [
        (
            *_side(row.left, labels),
            *_side(row.right, labels),
            row.supplier,
            labels.entity(row.supplier),
            list(row.left_chain.facts),
            list(row.right_chain.facts),
            row.status,
            row.unavoidable,
            row.in_one_source,
            row.claims_apart,
            row.hidden,
            row.ahead,
        )
        for row in rows
    ]
    headings = tuple(say(f"column.{key}", labels.language) for key in KEYS)
    return Table(DATA_KEYS, headings, shown, data)


def upstream_sentence(row: SharedUpstream, labels: Labels) -> str:
    """Tell one finding: two things called sovereign, one supplier, and who says which part."""
    language = labels.language
    words = [
        say(
            "upstream.finding",
            language,
            left=called_words(row.left, labels),
            right=called_words(row.right, labels),
            supplier=labels.entity(row.supplier),
        )
    ]
    if row.status != "stated":
        words.append(say("upstream.planned", language))
    if row.ahead:
        words.append(say("upstream.ahead", language))
    if row.hidden:
        words.append(say("upstream.hidden", language))
    if row.unavoidable:
        words.append(say("upstream.unavoidable", language))
    return " ".join(words)


def upstream_lines(row: SharedUpstream, labels: Labels) -> list[str]:
    """Tell one finding in full: the sentence, then each chain, a sentence a step with sources."""
    lines = [upstream_sentence(row, labels)]
    for chain in (row.left_chain, row.right_chain):
        lines += [f"  - {hop_sentence(s, labels)} [{cited([s], labels)}]" for s in chain.hops]
    return lines


def called_words(called: Called, labels: Labels) -> str:
    """Name a thing, what it is called and for whom."""
    words = dict.fromkeys(labels.entity(labels.facts[name].object) for name in called.claims)
    return say(
        "upstream.called",
        labels.language,
        what=labels.entity(called.subject),
        words=", ".join(words),
        place=labels.entity(called.place),
    )


def _side(called: Called, labels: Labels) -> tuple[object, ...]:
    name = labels.entity(called.subject)
    return (called.subject, name, called.place, list(called.claims))


def _route(chain: Chain, labels: Labels) -> str:
    return f"{chain_line(chain.hops, labels)} ({cited(chain.hops, labels)})"
