"""A repair in words: what would have to be replaced, by whom perhaps, and what cannot be."""

from techsov.graph.analysis.remedy.repair import Candidate, Repair, Substitution
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import chain_line, cited_facts

KEYS = ("entity", "label", "supplier", "supplier_label", "facts", "candidates", "sources")


def repair_table(found: Repair, labels: Labels) -> Table:
    """One row per substitution: who must stop relying on whom, and who might take the place."""
    rows = [
        (
            labels.entity(each.tail),
            labels.entity(each.head),
            "; ".join(candidate_words(one, labels) for one in each.candidates)
            or say("repair.nobody", labels.language),
            cited_facts(each.facts, labels),
        )
        for each in found.substitutions
    ]
    data = [_data(each, labels) for each in found.substitutions]
    keys = ("name", "replaced", "candidates", "source")
    headings = tuple(say(f"column.{key}", labels.language) for key in keys)
    return Table(KEYS, headings, rows, data)


def _data(each: Substitution, labels: Labels) -> tuple[object, ...]:
    return (
        each.tail,
        labels.entity(each.tail),
        each.head,
        labels.entity(each.head),
        list(each.facts),
        [f"{one.entity} ({one.because}, {one.side})" for one in each.candidates],
        cited_facts(each.facts, labels),
    )


def candidate_words(candidate: Candidate, labels: Labels) -> str:
    """Name one who might take a place: why it is named, and where its law is."""
    because = say(f"repair.{candidate.because}", labels.language)
    side = say(f"repair.side-{candidate.side}", labels.language)
    return f"{labels.entity(candidate.entity)} ({because}; {side})"


def blocked_lines(found: Repair, labels: Labels) -> list[str]:
    """Tell each chain in which nothing can be replaced."""
    return [
        f"{labels.entity(witness.of)} : {chain_line(witness.hops, labels)}"
        for witness in found.blocked
    ]


def verdict_line(found: Repair, target: str, labels: Labels) -> str:
    """Say how many substitutions it takes, and whether fewer would do."""
    count = len(found.substitutions)
    if found.blocked:
        key = "repair.blocked"
    elif not found.witnesses:
        key = "repair.nothing"
    else:
        key = "repair.exact" if found.exact else "repair.greedy"
    words = {"count": str(count), "target": target, "day": str(labels.knowledge.day)}
    return say(key, labels.language, **words)
