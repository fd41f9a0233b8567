"""The hidden upstream: things called sovereign for different places that hang on one supplier.

Each side is followed along its own dependences, and along those of what an actor offers or of the
parts of a thing, as in :func:`techsov.graph.analysis.network.view.dependency_view`. Two documents may each
tell one side, and none both: that is what ``in_one_source`` says.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from techsov.graph.analysis.claims.appraisal import place_of
from techsov.graph.analysis.claims.bearing import Bearing, firmest
from techsov.graph.analysis.conclusion import Conclusion, conclude
from techsov.graph.analysis.law.jurisdictions import hop
from techsov.graph.analysis.law.places import apart
from techsov.graph.analysis.network.paths import Chain, CommonSupplier, common_suppliers
from techsov.graph.analysis.network.view import dependency_view
from techsov.graph.analysis.standing import FIRMNESS, STATED, Standing, weakest_status

if TYPE_CHECKING:
    import networkx as nx

    View = nx.MultiDiGraph[str]

RULE = "shared-upstream-1"
#: Words that say that a thing is mastered, in whole, in part or by its location.
ASSERTING = frozenset({"whole", "shared", "located"})
#: Who merely asks, or denies, does not call it sovereign.
CALLING = ("claimed", "planned")
#: Stated dependences first, then with those that are planned.
LEVELS = (STATED, ("stated", "planned"))
#: Put before the id of a thing, it is where the search starts; no entity has such an id.
ROOT = "*"


@dataclass(frozen=True, slots=True)
class Called:
    """A thing that is called sovereign for one place, by each of ``claims`` (ids, sorted)."""

    subject: str
    place: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedUpstream:
    """Two things called sovereign for different places, and a supplier on which both hang.

    ``unavoidable`` says that without it they would share no supplier, as far as the facts of this
    ``status`` tell. ``status`` is the least firm one on either chain. ``in_one_source`` says that
    some document stands behind a step of either chain, ``claims_apart`` that no document reports
    a claim of either side. ``ahead`` says that one of the two is only meant to become sovereign.
    """

    left: Called
    right: Called
    supplier: str
    left_chain: Chain
    right_chain: Chain
    unavoidable: bool
    status: str
    in_one_source: bool
    claims_apart: bool
    ahead: bool

    @property
    def premises(self) -> tuple[str, ...]:
        """The ids of the facts of both chains, sorted."""
        return tuple(sorted({*self.left_chain.facts, *self.right_chain.facts}))

    @property
    def hidden(self) -> bool:
        """Whether no single document tells both sides."""
        return self.claims_apart and not self.in_one_source

    @property
    def steps(self) -> int:
        """The number of steps on the longer side."""
        return max(len(self.left_chain.hops), len(self.right_chain.hops))


def shared_upstream(standing: Standing) -> list[SharedUpstream]:
    """Find the nearest suppliers that things called sovereign for different places share.

    Parameters
    ----------
    standing : Standing
        The facts that hold on the day, of the statuses ``stated``, ``planned`` and ``claimed`` at
        least: claims are never stated.

    Returns
    -------
    list of SharedUpstream
        One row for each two things and places, and supplier. Hidden ones first, then stated before
        planned, called sovereign today before one day, unavoidable ones, fewest steps on the
        longer side, and by ids. A supplier that two
        chains reach only through another common one is left out: the nearer one stands for it.

    Notes
    -----
    Places are different if neither lies in the other, as :func:`.places.apart` says: the Union and
    Europe are not. Each chain is the one that :func:`.paths.common_suppliers` prefers; a supplier
    that stated facts alone show to be common is not told again by way of plans. For p pairs and m facts of
    dependence, time is O(p m).
    """
    bearing = Bearing(standing)
    called = called_sovereign(standing)
    pairs = [
        (one, other)
        for one, other in combinations(called, 2)
        if one.subject != other.subject and apart(bearing.places, one.place, other.place)
    ]
    found: dict[tuple[str, str], list[CommonSupplier]] = defaultdict(list)
    seen: set[tuple[str, str, str]] = set()
    for statuses in LEVELS:
        view = _rooted(standing, bearing, statuses, {each.subject for each in called})
        for one, other in dict.fromkeys((one.subject, other.subject) for one, other in pairs):
            if {ROOT + one, ROOT + other} <= view.nodes:
                common = common_suppliers(view, ROOT + one, ROOT + other)
                new = {(one, other, row.supplier) for row in common} - seen
                found[one, other] += [
                    row
                    for row in _nearest(common)
                    if (one, other, row.supplier) in new and row.supplier not in (one, other)
                ]
                seen |= new
    rows = [
        _row(one, other, row, standing)
        for one, other in pairs
        for row in found[one.subject, other.subject]
    ]
    return sorted(rows, key=_order)


def called_sovereign(standing: Standing) -> list[Called]:
    """Give the things that somebody calls sovereign, wholly, in part or by location, and where.

    What is planned to be sovereign counts; what is denied, or only imagined, does not.
    """
    concepts = standing.schema.concepts
    claims: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in standing.all("describedAs"):
        asserting = concepts[fact.object].mastery in ASSERTING
        if asserting and place_of(fact) and fact.status in CALLING:
            claims[fact.subject, place_of(fact)].append(fact.id)
    return [Called(*key, tuple(sorted(claims[key]))) for key in sorted(claims)]


def upstream_conclusions(shared: Iterable[SharedUpstream], standing: Standing) -> list[Conclusion]:
    """Draw what :func:`shared_upstream` finds as conclusions, once for each two things.

    ``commonSupplier`` names the supplier, and ``claim`` what calls the two sovereign.
    """
    found: dict[tuple[str, str, str], list[SharedUpstream]] = {}
    for row in shared:
        found.setdefault((row.left.subject, row.right.subject, row.supplier), []).append(row)
    return [
        conclude(
            RULE,
            left,
            "sharesUpstreamWith",
            right,
            [standing.by_id[name] for name in rows[0].premises],
            more={
                "commonSupplier": (supplier,),
                "claim": tuple(sorted({c for r in rows for c in r.left.claims + r.right.claims})),
            },
        )
        for (left, right, supplier), rows in sorted(found.items())
    ]


def _rooted(
    standing: Standing, bearing: Bearing, statuses: tuple[str, ...], subjects: Iterable[str]
) -> "View":
    """Draw the view, with a start of its own for each subject, which also leads to its offers.

    No chain can come back to such a start: what an actor offers is followed for the actor alone.
    """
    records = replace(standing.records, facts=standing.facts)
    view = dependency_view(records, standing.schema, standing.day, statuses)
    for subject in sorted(subjects):
        if subject in view:
            for _, head, name, facts in list(view.out_edges(subject, keys=True, data=True)):
                view.add_edge(ROOT + subject, head, key=name, **facts)
        for step in bearing.entailed(subject):
            for fact in (standing.by_id[name] for name in step.facts):
                if fact.status in statuses:
                    edge = {"confidence": fact.confidence, "status": fact.status}
                    view.add_edge(ROOT + subject, step.head, key=fact.id, **edge)
    return view


def _nearest(rows: Sequence[CommonSupplier]) -> list[CommonSupplier]:
    """Leave out what either side reaches only by way of another common supplier."""
    common = {row.supplier for row in rows}
    return [
        row for row in rows if not common & (set(row.left.nodes[:-1]) & set(row.right.nodes[:-1]))
    ]


def _row(left: Called, right: Called, row: CommonSupplier, standing: Standing) -> SharedUpstream:
    chains = [_firmest(chain, standing) for chain in (row.left, row.right)]
    behind = [_sources(chain.facts, standing) for chain in chains]
    reported = [_sources(each.claims, standing) for each in (left, right)]
    facts = [standing.by_id[name] for chain in chains for name in chain.facts]
    return SharedUpstream(
        left=left,
        right=right,
        supplier=row.supplier,
        left_chain=chains[0],
        right_chain=chains[1],
        unavoidable=row.unavoidable,
        status=weakest_status(facts),
        in_one_source=bool(behind[0] & behind[1]),
        claims_apart=not reported[0] & reported[1],
        ahead=any(_only_planned(each, standing) for each in (left, right)),
    )


def _firmest(chain: Chain, standing: Standing) -> Chain:
    """Keep, of each step, the firmest facts, and start from the thing itself."""
    return Chain(
        tuple(
            hop(
                step.tail.removeprefix(ROOT),
                step.head,
                firmest(standing.by_id[n] for n in step.facts),
            )
            for step in chain.hops
        )
    )


def _sources(names: Iterable[str], standing: Standing) -> set[str]:
    return {source for name in names for source in standing.by_id[name].sources}


def _only_planned(called: Called, standing: Standing) -> bool:
    return all(standing.by_id[name].status == "planned" for name in called.claims)


def _order(row: SharedUpstream) -> tuple[object, ...]:
    return (
        not row.hidden,
        FIRMNESS.index(row.status),
        row.ahead,
        not row.unavoidable,
        row.steps,
        (row.left.subject, row.right.subject, row.supplier),
        (row.left.place, row.right.place),
    )
