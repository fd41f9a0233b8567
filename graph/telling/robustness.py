"""How firm a ranking is, in words: intervals of ranks, and the facts on which the top hangs."""

from collections import defaultdict
from collections.abc import Sequence

from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.network.centrality import Rank
from techsov.graph.analysis.network.robustness import Pivot, RobustRank
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import cited_facts, hop_sentence

KEYS = ("place", "entity", "label", "value", "low", "high", "in_top", "facts", "pivots")
HEADINGS = ("place", "name", "value", "rank-interval", "in-top", "fact-count", "hangs-on")


def robust_table(
    rows: Sequence[RobustRank], ranked: Sequence[Rank], pivots: Sequence[Pivot], labels: Labels
) -> Table:
    """One row per node: its rank, the interval of its ranks, and the facts it hangs on.

    ``ranked`` are the rows of the measure for the same nodes. ``pivots`` are, for each node, the
    facts without which it would leave the top five, or enter it.
    """
    lang = labels.language
    moving: defaultdict[str, list[str]] = defaultdict(list)
    for pivot in pivots:
        for node in (*pivot.leaving, *pivot.entering):
            moving[node].append(pivot.fact)
    counts = {row.node: len(row.facts) for row in ranked}
    shown, data = [], []
    for row in rows:
        name, count = labels.entity(row.node), counts[row.node]
        hangs = moving.get(row.node, [])
        interval = str(row.low) if row.low == row.high else f"{row.low}–{row.high}"
        often = say("robustness.percent", lang, share=f"{100 * row.in_top:.0f}")
        shown.append(
            (str(row.rank), name, f"{row.value:.4g}", interval, often, str(count), str(len(hangs)))
        )
        data.append(
            (row.rank, row.node, name, row.value, row.low, row.high, row.in_top, count, hangs)
        )
    headings = tuple(say(f"column.{key}", lang) for key in HEADINGS)
    return Table(KEYS, headings, shown, data)


def pivot_sentence(pivot: Pivot, labels: Labels) -> str:
    """Say what would change in the top five if one fact were wrong, and where it is read."""
    lang = labels.language
    fact = labels.facts[pivot.fact]
    leaving, entering = (
        ", ".join(labels.entity(node) for node in nodes)
        for nodes in (pivot.leaving, pivot.entering)
    )
    key = "both" if leaving and entering else "leaving" if leaving else "entering"
    return say(
        f"robustness.pivot-{key}",
        lang,
        fact=hop_sentence(hop(fact.subject, fact.object, (fact,)), labels),
        source=cited_facts([pivot.fact], labels),
        **({"leaving": leaving} if leaving else {}),
        **({"entering": entering} if entering else {}),
    )
