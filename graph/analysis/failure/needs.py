"""What each thing needs in order to work: every need, and of each one enough of its options.

An entity works while **every** need of it is met, and a need is met while at least ``wanted`` of
its options are up (k of n). What a fault tree calls a gate is a need here, read from the facts:

- facts that name a need share it: those in use are its options, what *could* be used its spares;
- a dependency that names no need is a need of its own, of one option: the safe default. It joins
  a named need where other facts say the same dependence, in each of its layers, and name that one;
- an offering or an infrastructure needs one of its providers, and one of its operators.

A spare without a known switching time, and a substitute that no source names, are unknown: the
worst reading does without them, the best one trusts them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from techsov.graph.analysis.standing import Standing
from techsov.graph.records import Fact

#: Whether what no source says is taken for absent or for present.
Reading = Literal["worst", "best"]
READINGS: tuple[Reading, ...] = ("worst", "best")
#: What is installed goes on running when its maker is gone; how long, no source says.
STOCK_LAYERS = frozenset({"chips", "compute"})
#: Where a source says that a substitute is out of reach.
OUT_OF_REACH = frozenset({"none", "hard"})


@dataclass(frozen=True, slots=True)
class Option:
    """One way to meet a need. ``months`` is the switching time of a spare, None if unknown."""

    node: str
    facts: tuple[str, ...]
    confidence: Decimal
    spare: bool = False
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Something that ``dependent`` cannot work without: ``wanted`` of ``options``.

    ``name`` is the id of a need that sources name, else empty. ``kind`` is ``need``,
    ``dependency`` or the relation by which the thing is supplied. ``facts`` are those that make
    the need, beside the options' own.
    """

    dependent: str
    name: str
    kind: str
    wanted: int
    options: tuple[Option, ...]
    layers: frozenset[str]
    substitutability: frozenset[str]
    facts: tuple[str, ...] = ()

    @property
    def in_use(self) -> tuple[Option, ...]:
        """The options that serve today."""
        return tuple(option for option in self.options if not option.spare)

    @property
    def short(self) -> bool:
        """Whether the facts name fewer options than the need asks for."""
        return self.wanted > len(self.options)

    @property
    def silent(self) -> bool:
        """Whether no source says if another supplier could serve."""
        return self.kind == "dependency" and not self.substitutability - {"unknown"}

    def usable(self, horizon: int, reading: Reading) -> tuple[Option, ...]:
        """Give the options that serve within ``horizon`` months.

        A spare whose switching time is unknown counts in the best reading only.
        """
        return tuple(
            option
            for option in self.options
            if not option.spare
            or (reading == "best" if option.months is None else option.months <= horizon)
        )

    def endures(self, reading: Reading) -> bool:
        """Whether the need may stay met although none of its options does.

        In the best reading only: by a substitute that no source names, unless one says that none
        is within reach; and by what is installed, in the layers of hardware.
        """
        if reading == "worst" or self.kind not in ("need", "dependency"):
            return False
        if self.layers and self.layers <= STOCK_LAYERS:
            return True
        return self.kind == "dependency" and not self.substitutability & OUT_OF_REACH


def needs_of(standing: Standing) -> tuple[Need, ...]:
    """Read the needs from the facts that stand, sorted by dependent.

    Facts of :mod:`techsov.graph.facts.schema` with a dependent end are read: ``dependsOn`` and
    ``couldUse`` between two entities, ``provides`` and ``operates`` for what they supply.
    """
    named: dict[tuple[str, str, str], str] = {}
    for fact in standing.all("dependsOn"):
        for need in _need_of(fact):
            for layer in fact.qualifiers.get("layer", ()):
                key = fact.subject, fact.object, layer
                named[key] = min(need, named.get(key, need))  # whatever the order of the facts
    groups: defaultdict[tuple[str, str, str], _Group] = defaultdict(_Group)
    for fact in standing.all("dependsOn"):
        need = _joined(fact, named)
        key = (fact.subject, "need", need) if need else (fact.subject, "dependency", fact.object)
        groups[key].use(fact, fact.object)
    for fact in standing.all("couldUse"):
        for need in _need_of(fact):
            groups[fact.subject, "need", need].spare(fact)
    for relation in sorted(_supplying(standing)):
        for fact in standing.all(relation):
            groups[fact.object, relation, ""].use(fact, fact.subject)
    found = (_need(key, group, standing) for key, group in sorted(groups.items()))
    return tuple(need for need in found if need.in_use)


@dataclass(slots=True)
class _Group:
    """The facts that speak of one need, by option."""

    used: defaultdict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    spares: defaultdict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))

    def use(self, fact: Fact, option: str) -> None:
        self.used[option].append(fact)

    def spare(self, fact: Fact) -> None:
        self.spares[fact.object].append(fact)


def _need_of(fact: Fact) -> Sequence[str]:
    return fact.qualifiers.get("need", ())


def _joined(fact: Fact, named: Mapping[tuple[str, str, str], str]) -> str:
    """Give the need that a dependency names, or that the same dependence names elsewhere."""
    for need in _need_of(fact):
        return need
    layers = fact.qualifiers.get("layer", ())
    known = {named.get((fact.subject, fact.object, layer), "") for layer in layers}
    return known.pop() if len(known) == 1 else ""


def _supplying(standing: Standing) -> list[str]:
    """Give the relations in which the object needs the subject."""
    relations = standing.schema.relations.values()
    return [relation.id for relation in relations if relation.dependent == "object"]


def _need(key: tuple[str, str, str], group: _Group, standing: Standing) -> Need:
    dependent, kind, name = key
    used = [_option(node, facts) for node, facts in sorted(group.used.items())]
    spares = [
        replace(_option(node, facts), spare=True, months=_months(facts))
        for node, facts in sorted(group.spares.items())
        if node not in group.used
    ]
    facts = [fact for each in group.used.values() for fact in each]
    wanted, making = _wanted(dependent, name, standing) if kind == "need" else (1, ())
    return Need(
        dependent=dependent,
        name=name if kind == "need" else "",
        kind=kind,
        wanted=wanted,
        options=(*used, *spares),
        layers=frozenset(layer for fact in facts for layer in fact.qualifiers.get("layer", ())),
        substitutability=frozenset(
            value for fact in facts for value in fact.qualifiers.get("substitutability", ())
        ),
        facts=making,
    )


def _option(node: str, facts: Sequence[Fact]) -> Option:
    return Option(node, _ids(facts), max(fact.confidence for fact in facts))


def _ids(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(sorted(fact.id for fact in facts))


def _months(facts: Sequence[Fact]) -> int | None:
    """Give the longest switching time that a source names: the careful one."""
    months = [int(value) for fact in facts for value in fact.qualifiers.get("switching_months", ())]
    return max(months, default=None)


def _wanted(dependent: str, need: str, standing: Standing) -> tuple[int, tuple[str, ...]]:
    """Give how many options a need asks for, and the facts that say so; one, if none does."""
    asked = standing.of("minimumSources", need)
    required = [fact for fact in standing.of("requires", dependent) if fact.object == need]
    wanted = max((int(fact.value) for fact in asked), default=1)
    return wanted, _ids([*asked, *required])
