"""Market shares as the sources give them, table by table, and how concentrated each table is.

One table is what one document says of one market, one place and one period: years, places and
documents are never mixed, and two that disagree stand side by side.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.law.suppliers import UNKNOWN, Ruling, ruling
from techsov.graph.analysis.markets.concentration import (
    WHOLE,
    Block,
    Bounds,
    Concentration,
    by_firm,
    by_law,
    shown,
)
from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import UndefinedMeasure
from techsov.graph.records import Fact, PartialDate

#: The figure that says how many firms a group has.
MEMBERS = "members"
#: So many ways of placing firms into groups are tried.
MOST_PLACEMENTS = 4096


@dataclass(frozen=True, slots=True)
class Holding:
    """What one document gives as the share of ``holder``, in per cent.

    ``several`` says that the holder stands for several firms: a group, a state, a technology.
    """

    holder: str
    share: Fraction
    several: bool
    fact: str


@dataclass(frozen=True, slots=True)
class ShareTable:
    """The shares that ``source`` gives of ``market`` in ``geography``, for one period.

    ``geography`` is empty and the dates are None where the source does not say. Holdings come
    largest first.
    """

    market: str
    geography: str
    since: PartialDate | None
    until: PartialDate | None
    status: str
    claimant: str
    source: str
    holdings: tuple[Holding, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that give the shares, sorted."""
        return tuple(sorted(holding.fact for holding in self.holdings))


@dataclass(frozen=True, slots=True)
class LawShare:
    """What the suppliers under ``law`` have together, in per cent."""

    law: str
    share: Fraction
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """How concentrated one table is, over firms and over laws, or the reason why nobody can say.

    ``laws`` and ``unknown_law`` are those of the placement in which most is known; ``seats`` are
    the head offices of holders without a known law. ``grouping`` are the facts that say who
    belongs to which group, ``facts`` all premises: the shares, those, and the laws. ``placements`` counts the ways in which the firms may
    belong to the groups; ``rest`` is what no holder has, in per cent.
    """

    table: ShareTable
    firms: Concentration | None
    by_law: Concentration | None
    laws: tuple[LawShare, ...]
    unknown_law: Fraction
    seats: Mapping[str, tuple[str, ...]]
    rest: Fraction
    placements: int
    grouping: tuple[str, ...]
    facts: tuple[str, ...]
    problem: UndefinedMeasure | None = None


def share_tables(standing: Standing) -> tuple[ShareTable, ...]:
    """Read the tables of market shares, by market, place, latest period first, and document.

    A table whose every share stands in that of another document for the same market, place and
    period is left to that one.
    """
    groups: defaultdict[_Key, list[Holding]] = defaultdict(list)
    for fact in standing.all("hasMarketShare"):
        share = Fraction(next(iter(fact.qualifiers["share"])))
        several = _stands_for_several(standing, fact.subject)
        for source in fact.sources:
            groups[_key(fact, source)].append(Holding(fact.subject, share, several, fact.id))
    tables = [_table(key, holdings) for key, holdings in groups.items()]
    kept = [one for one in tables if not any(_within(one, other) for other in tables)]
    return tuple(sorted(kept, key=_order))


def measure(table: ShareTable, law: Jurisdictions, named_lead: bool = False) -> Measured:
    """Measure the concentration of one table, exactly or within bounds.

    Parameters
    ----------
    table : ShareTable
        The shares, in per cent.
    law : Jurisdictions
        Says under whose law the holders stand, and through its facts who belongs to a group.
    named_lead : bool
        Whether to take the firms that the table names for the largest of the market, and those
        that it names of a group for the largest of that group. A premise of the reader, which no
        fact supports.

    Notes
    -----
    What a table leaves open is left open. Of a group, facts give the members (``partOf``) and
    their number; a firm that no fact puts into a group may be in any group that is not complete,
    and all placements that add up are tried: the bounds hold for each of them. Groups stand apart
    unless facts put one into another. A group counts under a law if it is complete and all of
    its members without a share of their own stand under it. The rest of the market, what no
    holder has, is of unknown firms under unknown laws.
    """
    standing = law.standing
    groups = {each.holder: _group(standing, each) for each in table.holdings if each.several}
    rulings = {each.holder: ruling(law, each.holder) for each in table.holdings}
    members = {name for group in groups.values() for name in group.parts}
    rulings |= {name: ruling(law, name) for name in members if name not in rulings}
    used = [rulings[name] for name in sorted(rulings)]
    grouping = tuple(sorted({name for group in groups.values() for name in group.facts}))
    facts = {*table.facts, *grouping}
    facts.update(name for each in used for name in each.facts)
    seats = {name: each.seats for name, each in sorted(rulings.items()) if each.seats}
    try:
        splits = [
            _split(placed, table, groups, rulings, named_lead) for placed in _placed(table, groups)
        ]
    except UndefinedMeasure as problem:
        premises = tuple(sorted(facts))
        return Measured(
            table, None, None, (), WHOLE, seats, Fraction(0), 0, grouping, premises, problem
        )
    firms: list[Concentration] = []
    for split in splits:
        try:
            firms.append(by_firm(split.shares, split.blocks))
        except UndefinedMeasure:
            continue  # the premise cannot hold in this placement
    clearest = min(splits, key=lambda split: split.unknown)
    laws = [by_law((part.share for part in split.laws), split.unknown) for split in splits]
    return Measured(
        table=table,
        firms=_widest(firms) if firms else None,
        by_law=_widest(laws),
        laws=clearest.laws,
        unknown_law=clearest.unknown,
        seats=seats,
        rest=clearest.rest,
        placements=len(splits),
        grouping=grouping,
        facts=tuple(sorted(facts)),
        problem=None if firms else UndefinedMeasure("concentration.impossible"),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Who belongs to a group: ``count`` firms, None if unknown, of which facts name ``parts``."""

    parts: frozenset[str]
    count: int | None
    facts: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return self.count is not None and len(self.parts) == self.count


@dataclass(frozen=True, slots=True)
class _Split:
    """One placement of the firms: single shares and blocks, and the same by law."""

    shares: tuple[Fraction, ...]
    blocks: tuple[Block, ...]
    laws: tuple[LawShare, ...]
    unknown: Fraction
    rest: Fraction


#: Market, geography, since, until, status, claimant, source.
_Key = tuple[str, str, PartialDate | None, PartialDate | None, str, str, str]
#: Each holder, and the group whose share holds its share, or nothing.
Placement = Mapping[str, str | None]


def _key(fact: Fact, source: str) -> _Key:
    geography = next(iter(fact.qualifiers.get("geography", ())), "")
    since, until = fact.valid_from, fact.valid_to
    return (fact.object, geography, since, until, fact.status, fact.claimant, source)


def _table(key: _Key, holdings: Sequence[Holding]) -> ShareTable:
    ordered = tuple(sorted(holdings, key=lambda each: (-each.share, each.holder, each.fact)))
    return ShareTable(*key, ordered)


def _within(one: ShareTable, other: ShareTable) -> bool:
    """Whether ``other`` holds all of ``one``, and more, or as much and comes first."""
    alike = (one.market, one.geography) == (other.market, other.geography)
    held, holding = set(one.facts), set(other.facts)
    return alike and (held < holding or (held == holding and other.source < one.source))


def _order(table: ShareTable) -> tuple[object, ...]:
    newest = table.since.first.toordinal() if table.since else 0
    return (table.market, table.geography, -newest, table.status, table.source)


def _stands_for_several(standing: Standing, holder: str) -> bool:
    one = ("Organisation", "Person", "Offering", "Infrastructure")
    return standing.is_a(holder, "OfferingGroup") or not any(
        standing.is_a(holder, cls) for cls in one
    )


def _group(standing: Standing, holding: Holding) -> _Group:
    inside = standing.into("partOf", holding.holder)
    counting = [
        fact
        for fact in standing.of("hasQuantity", holding.holder)
        if MEMBERS in fact.qualifiers.get("measure", ())
    ]
    counts = {int(Fraction(fact.value)) for fact in counting}
    facts = tuple(sorted(fact.id for fact in (*inside, *counting)))
    count = counts.pop() if len(counts) == 1 else None
    return _Group(frozenset(fact.subject for fact in inside), count, facts)


def _placed(table: ShareTable, groups: Mapping[str, _Group]) -> list[Placement]:
    """Give every way to place the holders into the groups that adds up.

    Raises
    ------
    UndefinedMeasure
        If a holder has two shares, the shares are more than the whole in every way, or there are
        too many ways.
    """
    names = [each.holder for each in table.holdings]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UndefinedMeasure("concentration.twice", name=twice)
    choices = [_choices(each, table, groups) for each in table.holdings]
    ways = 1
    for choice in choices:
        ways *= len(choice)
    if ways > MOST_PLACEMENTS:
        raise UndefinedMeasure("concentration.too-many", count=ways)
    found: list[Placement] = [dict(zip(names, way, strict=True)) for way in product(*choices)]
    sound = [placed for placed in found if _adds_up(placed, table)]
    if not sound:
        least = min(_top(placed, table) for placed in found)
        raise UndefinedMeasure("concentration.not-whole", total=shown(least))
    return sound


def _choices(
    holding: Holding, table: ShareTable, groups: Mapping[str, _Group]
) -> Sequence[str | None]:
    known = sorted(name for name, group in groups.items() if holding.holder in group.parts)
    if known:
        smallest = min(table.holdings, key=lambda each: (each.holder not in known, each.share))
        return (smallest.holder,)
    if holding.several:
        return (None,)
    open_ones = (
        each.holder
        for each in table.holdings
        if each.several and not groups[each.holder].complete and each.share >= holding.share
    )
    return (None, *open_ones)


def _adds_up(placed: Placement, table: ShareTable) -> bool:
    inside: defaultdict[str | None, Fraction] = defaultdict(Fraction)
    for each in table.holdings:
        inside[placed[each.holder]] += each.share
    limits = {each.holder: each.share for each in table.holdings}
    return all(total <= (WHOLE if name is None else limits[name]) for name, total in inside.items())


def _top(placed: Placement, table: ShareTable) -> Fraction:
    """Sum the shares that stand in no group."""
    return sum((each.share for each in table.holdings if placed[each.holder] is None), Fraction(0))


def _split(
    placed: Placement,
    table: ShareTable,
    groups: Mapping[str, _Group],
    rulings: Mapping[str, Ruling],
    named_lead: bool,
) -> _Split:
    """Turn a placement into single shares and blocks, and the same by law."""
    singles = {each.holder: each.share for each in table.holdings if not each.several}
    rest = WHOLE - _top(placed, table)
    lead = _Lead(placed, singles, groups) if named_lead else None
    blocks = []
    by: defaultdict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    for name, share in singles.items():
        by[rulings[name].law].append((name, share))
    for each in (each for each in table.holdings if each.several):
        inside = {name for name in placed if placed[name] == each.holder}
        held = (other.share for other in table.holdings if other.holder in inside)
        left = each.share - sum(held, Fraction(0))
        group = groups[each.holder]
        firms = None if group.count is None else max(group.count - len(inside), 0)
        if left:
            nested = any(name in groups for name in inside)
            block = Block(left, None if nested else firms)
            blocks.append(lead.limited(block, each.holder, inside) if lead else block)
            by[_law_of(each.holder, group, inside, rulings)].append((each.holder, left))
    if rest:
        blocks.append(lead.limited(Block(rest), None, set()) if lead else Block(rest))
    laws = (
        LawShare(law, sum((share for _, share in held), Fraction(0)), tuple(n for n, _ in held))
        for law, held in by.items()
        if law
    )
    unknown = rest + sum((share for _, share in by.get("", ())), Fraction(0))
    ordered = tuple(sorted(laws, key=lambda part: (-part.share, part.law)))
    return _Split(tuple(singles.values()), tuple(blocks), ordered, unknown, rest)


class _Lead:
    """The premise that those named lead: those in no open group lead all, the others their group."""

    def __init__(
        self,
        placed: Placement,
        singles: Mapping[str, Fraction],
        groups: Mapping[str, _Group],
    ) -> None:
        closed = {name for name, group in groups.items() if group.count is not None}
        self.groups = groups
        self.closed = closed
        self.placed = placed
        self.singles = singles
        first = [share for name, share in singles.items() if placed[name] in (None, *closed)]
        second = [share for name, share in singles.items() if placed[name] not in (None, *closed)]
        self.smallest = min(first, default=WHOLE)
        self.largest_second = max(second, default=Fraction(0))

    def limited(self, block: Block, group: str | None, inside: Collection[str]) -> Block:
        """Limit the firms of a block, those of ``group`` or of the rest, by those named."""
        if group in self.closed and block.firms is not None:
            return Block(block.total, block.firms, floor=self.largest_second, leading=True)
        named = [self.singles[name] for name in inside if name in self.singles]
        return Block(block.total, block.firms, cap=min([self.smallest, *named]))


def _law_of(
    holder: str, group: _Group, inside: Collection[str], rulings: Mapping[str, Ruling]
) -> str:
    """Give the law of what a group has beside the shares of its own members, if it is one."""
    own = rulings[holder].law
    if own or not group.complete:
        return own
    others = {rulings.get(name, UNKNOWN).law for name in group.parts - set(inside)}
    return others.pop() if len(others) == 1 else ""


def _widest(found: Sequence[Concentration]) -> Concentration:
    """Join the bounds of several placements: each figure may be that of any of them."""

    def widest(of: Callable[[Concentration], Bounds]) -> Bounds:
        every = [of(one) for one in found]
        highs = [each.high for each in every]
        known = [high for high in highs if high is not None]
        return Bounds(min(each.low for each in every), max(known) if known == highs else None)

    return Concentration(
        hhi=widest(lambda one: one.hhi),
        equivalent=widest(lambda one: one.equivalent),
        largest=widest(lambda one: one.largest),
        to_most=widest(lambda one: one.to_most),
    )


def markets_of(standing: Standing, layers: Collection[str]) -> Iterator[str]:
    """Give the markets that facts put into one of ``layers``, sorted."""
    facts = standing.all("coversLayer")
    found = {fact.subject for fact in facts if fact.object.removeprefix("layer-") in layers}
    yield from sorted(name for name in found if standing.is_a(name, "Market"))
