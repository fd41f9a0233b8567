"""What a removal brings about, in words: who goes, who stops, and by which chain."""

from collections import Counter

from techsov.graph.analysis.failure.circuit import STATES, Outcome
from techsov.graph.analysis.failure.whatif import WhatIf
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import chain_line, cited, cited_facts

KEYS = (
    "entity",
    "label",
    "worst",
    "best",
    "chain",
    "facts",
    "sources",
    "substitute_unknown",
)


def state_word(state: str, labels: Labels) -> str:
    """Name a state of the what-if."""
    return say(f"whatif.state-{state}", labels.language)


def whatif_table(found: WhatIf, labels: Labels) -> Table:
    """One row per entity that is not as before, the gravest first, with the chain that says why."""
    rows: list[tuple[str, ...]] = []
    data: list[tuple[object, ...]] = []
    for entity in found.affected:
        worst, best = found.worst.state(entity), found.best.state(entity)
        chain = found.worst.reason(entity) or found.best.reason(entity)
        silent = any(failure.need.silent for failure in found.worst.failures(entity))
        premises = found.premises(entity)
        sources = cited_facts(premises, labels)
        states = (state_word(worst, labels), state_word(best, labels))
        rows.append((labels.entity(entity), *states, chain_line(chain, labels), sources))
        steps = [step.tail for step in chain] + [step.head for step in chain[-1:]]
        data.append(
            (entity, labels.entity(entity), worst, best, steps, list(premises), sources, silent)
        )
    keys = ("name", "worst", "best", "because", "source")
    headings = tuple(say(f"column.{key}", labels.language) for key in keys)
    return Table(KEYS, headings, rows, data)


def removal_lines(found: WhatIf, labels: Labels) -> list[str]:
    """Say of each thing that goes why it goes, and where that is read."""
    lines = []
    for removal in found.removed.values():
        words = {
            "name": labels.entity(removal.entity),
            "reason": say(f"whatif.because-{removal.because}", labels.language),
        }
        if removal.steps:
            words["chain"] = chain_line(removal.steps, labels)
            words["sources"] = cited(removal.steps, labels)
        key = "whatif.goes-by" if removal.steps else "whatif.goes"
        lines.append(say(key, labels.language, **words))
    return lines


def count_line(outcome: Outcome, labels: Labels) -> str:
    """Count the states: ``3 lost, 2 impaired``; ``nothing`` where all is as before."""
    states = Counter(outcome.affected.values())
    counted = [
        say(
            f"whatif.count-{state}-{_number(states[state])}",
            labels.language,
            count=str(states[state]),
        )
        for state in STATES
        if states[state]
    ]
    return ", ".join(counted) or say("whatif.nothing", labels.language)


def names_line(entities: tuple[str, ...], labels: Labels) -> str:
    """Name several entities in one line, in the order of their names."""
    return ", ".join(sorted(labels.entity(entity) for entity in entities))


def _number(count: int) -> str:
    return "one" if count == 1 else "many"
