"""Chains in words: each step as one sentence, with its layers, its status and where it is read."""

from collections.abc import Iterable, Sequence

from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.network.paths import Hop
from techsov.graph.answers import Labels, places, reserve
from techsov.graph.messages import joined
from techsov.graph.records import Fact


def verb_from(tail: str, fact: Fact, labels: Labels) -> str:
    """Give the verb phrase of ``fact`` that leads away from ``tail``."""
    relation = labels.knowledge.schema.relations[fact.relation]
    forwards = fact.subject == tail
    return relation.label(labels.language) if forwards else relation.inverse(labels.language)


def status_words(fact: Fact, labels: Labels) -> str:
    """Name the status of a fact, and who holds it."""
    status = labels.status(fact.status)
    return f"{status} ({labels.entity(fact.claimant)})" if fact.claimant else status


def hop_sentence(step: Hop, labels: Labels) -> str:
    """Tell one step: who, how, on whom, in which layers, and in what mode unless it is stated.

    ``Bleu depends on Microsoft (cloud)`` or ``Scaleway depends on Iliad (connectivity) [planned]``.
    """
    return f"{labels.entity(step.tail)} {onward(step, labels)}"


def chain_line(steps: Sequence[Hop], labels: Labels) -> str:
    """Tell a chain in one line: each step begins where the one before ends."""
    if not steps:
        return ""
    said = (onward(step, labels) for step in steps)
    return f"{labels.entity(steps[0].tail)} → {' → '.join(said)}"


def fact_sentence(fact: Fact, labels: Labels) -> str:
    """Tell one fact, in its own direction, with its mode unless it is stated."""
    if not fact.value:
        return hop_sentence(hop(fact.subject, fact.object, (fact,)), labels)
    verb = labels.knowledge.schema.relations[fact.relation].label(labels.language)
    unit = fact.qualifiers.get("unit", ())
    mode = () if fact.status == "stated" else (f"[{status_words(fact, labels)}]",)
    return " ".join((labels.entity(fact.subject), verb, fact.value, *unit, *mode))


def cited(steps: Iterable[Hop], labels: Labels) -> str:
    """Say where the steps of a chain are read, each place once."""
    return cited_facts((name for step in steps for name in step.facts), labels)


def cited_facts(names: Iterable[str], labels: Labels) -> str:
    """Say where facts are read, each place once."""
    said = (
        f"{place} {reserve(fact, labels)}".strip()
        for fact in map(labels.facts.__getitem__, names)
        for place in places(fact)
    )
    return "; ".join(dict.fromkeys(said))


def onward(step: Hop, labels: Labels) -> str:
    """Tell one step from its tail on: the verb, the head, layers, and the mode unless stated."""
    facts = [labels.facts[name] for name in step.facts]
    verbs = dict.fromkeys(verb_from(step.tail, fact, labels) for fact in facts)
    layers = dict.fromkeys(layer for fact in facts for layer in fact.qualifiers.get("layer", ()))
    words = [joined(" / ".join(verbs), labels.entity(step.head), labels.language)]
    if layers:
        names = (labels.entity(f"layer-{layer}") for layer in layers)
        words.append(f"({', '.join(names)})")
    if not any(fact.status == "stated" for fact in facts):
        modes = dict.fromkeys(status_words(fact, labels) for fact in facts)
        words.append(f"[{' / '.join(modes)}]")
    return " ".join(words)
