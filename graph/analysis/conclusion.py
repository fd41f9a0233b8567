"""What follows from facts by a rule: never a fact, and never without the facts it rests on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.standing import lowest_confidence, weakest_status
from techsov.graph.records import Fact


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One derived statement: ``subject`` ``relation`` ``object``, by ``rule``.

    ``rule`` names a rule of ``ontology/rules.ttl`` with its version, such as ``legal-reach-1``.
    ``relation`` is a property of the ontology that is derived only. ``object`` is the id of an
    entity or of a concept. ``premises`` are the ids of every fact that it rests on, sorted;
    ``steps`` the chain among them that explains it, if it is a chain. ``status`` is the least
    firm status of the premises, ``confidence`` the lowest. ``more`` maps further properties of
    the ontology to ids of entities or concepts, or to numbers.
    """

    rule: str
    subject: str
    relation: str
    object: str
    premises: tuple[str, ...]
    steps: tuple[Hop, ...]
    status: str
    confidence: Decimal
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def conclude(
    rule: str,
    subject: str,
    relation: str,
    target: str,
    premises: Collection[Fact],
    steps: tuple[Hop, ...] = (),
    more: Mapping[str, tuple[str, ...]] | None = None,
) -> Conclusion:
    """Draw a conclusion from the facts ``premises``, at least one.

    Raises
    ------
    ValueError
        If there is no premise: what follows from nothing is no finding.
    """
    if not premises:
        raise ValueError(f"{rule}: {subject} {relation} {target} has no premise")
    return Conclusion(
        rule=rule,
        subject=subject,
        relation=relation,
        object=target,
        premises=tuple(sorted({fact.id for fact in premises})),
        steps=steps,
        status=weakest_status(premises),
        confidence=lowest_confidence(premises),
        more=dict(more or {}),
    )
