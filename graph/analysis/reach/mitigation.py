"""What is meant to keep a law, or its risk, away from those on a chain. It never cancels a reach."""

from collections.abc import Iterable
from dataclasses import dataclass

from techsov.graph.analysis.reach.instruments import Law, best
from techsov.graph.analysis.standing import Standing, weakest_status
from techsov.graph.records import Fact

#: How somebody comes by a means: a certificate held, a technology in use.
HOLDING = ("holdsCertification", "uses")
#: The risk that every law of another country brings.
FOREIGN = "extraterritorial-law"


@dataclass(frozen=True, slots=True)
class Mitigation:
    """``holder`` has ``means``, which is meant to keep away a law or a risk.

    ``against`` are the id of the law and concepts such as ``risk-data-access``; ``held`` the
    facts that the holder has it, ``meant`` those that say what it is for, the firmest and most
    direct; ``status`` is that of the holding or, if weaker, of what it is meant for.
    """

    holder: str
    means: str
    against: tuple[str, ...]
    held: tuple[str, ...]
    meant: tuple[str, ...]
    status: str


def mitigations(
    standing: Standing, holders: Iterable[str], law: Law, *, foreign: bool
) -> tuple[Mitigation, ...]:
    """Find what ``holders`` have against ``law``, in their order.

    Parameters
    ----------
    standing : Standing
        Facts of every status that may be shown: a certificate may be planned or only supposed.
    holders : iterable of str
        Those on a chain, up to the supplier.
    law : Law
        The law; its risks count too, and, if it is foreign, that of another country's law.
    foreign : bool
        Whether the one reached is under the law of another jurisdiction, or of an unknown one.
    """
    risks = {f"risk-{risk}" for risk in (*law.risks, *([FOREIGN] if foreign else ()))}
    found = []
    for holder in dict.fromkeys(holders):
        means = {
            fact.object: None for relation in HOLDING for fact in standing.of(relation, holder)
        }
        for name in means:
            meant = _meant(standing, name, law, risks)
            if meant:
                held = best(
                    fact
                    for relation in HOLDING
                    for fact in standing.of(relation, holder)
                    if fact.object == name
                )
                found.append(
                    Mitigation(
                        holder=holder,
                        means=name,
                        against=tuple(dict.fromkeys(fact.object for fact in meant)),
                        held=tuple(fact.id for fact in held),
                        meant=tuple(fact.id for fact in meant),
                        status=weakest_status([*held, *meant]),
                    )
                )
    return tuple(found)


def _meant(standing: Standing, means: str, law: Law, risks: set[str]) -> list[Fact]:
    """Give the best facts that ``means`` is for the law or one of the risks, the law first."""
    facts = [
        *(fact for fact in standing.of("mitigates", means) if fact.object == law.id),
        *(fact for fact in standing.of("mitigatesRisk", means) if fact.object in risks),
    ]
    targets = dict.fromkeys(fact.object for fact in facts)
    return [
        fact for target in targets for fact in best(each for each in facts if each.object == target)
    ]
