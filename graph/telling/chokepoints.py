"""Single points of failure in words: who hangs on whom alone, and on which two together."""

from techsov.graph.analysis.failure.chokepoints import Chokepoints, Way
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import chain_line, cited_facts

#: So many of those that hang on a supplier are named in one cell.
NAMED = 6


def chokepoints_table(found: Chokepoints, labels: Labels, top: int) -> Table:
    """One row per supplier: how many hang on it alone in either reading, and who."""
    rows: list[tuple[str, ...]] = []
    data: list[tuple[object, ...]] = []
    actors = found.circuits["worst"].actors
    worst_of, best_of = found.hanging["worst"], found.hanging["best"]
    for place, supplier in enumerate(found.suppliers()[:top], 1):
        worst, best = worst_of.get(supplier, ()), best_of.get(supplier, ())
        below = found.tree.below.get(supplier, ())
        lost = [entity for entity in worst if entity not in actors]
        rows.append(
            (
                str(place),
                labels.entity(supplier),
                str(len(lost)),
                str(len(worst) - len(lost)),
                str(len(best)),
                str(len(below)),
                str(found.direct.get(supplier, 0)),
                _some(worst, labels),
            )
        )
        data.append(
            (
                supplier,
                labels.entity(supplier),
                lost,
                [entity for entity in worst if entity in actors],
                list(best),
                list(below),
                found.direct.get(supplier, 0),
            )
        )
    keys = ("place", "name", "lost", "impaired", "at_least", "all_chains", "direct", "who")
    data_keys = ("supplier", "label", "lost", "impaired", "at_least", "all_chains", "direct")
    return Table(data_keys, _headings(keys, labels), rows, data)


def ways_table(found: Chokepoints, entity: str, labels: Labels) -> Table:
    """One row per way to take ``entity`` down: alone, as one of two, or where all chains meet."""
    ways = found.ways_down(entity)
    rows = [
        (
            way_word(way, labels),
            " + ".join(map(labels.entity, way.entities)),
            chain_line(way.steps, labels),
            cited_facts(way.facts, labels),
        )
        for way in ways
    ]
    data = [
        (
            way.kind,
            list(way.entities),
            [labels.entity(each) for each in way.entities],
            list(way.facts),
        )
        for way in ways
    ]
    keys = ("kind", "name", "because", "source")
    return Table(("kind", "entities", "labels", "facts"), _headings(keys, labels), rows, data)


def way_word(way: Way, labels: Labels) -> str:
    """Name the kind of a way to take an entity down."""
    return say(f"chokepoints.{way.kind}", labels.language)


def pairs_table(found: Chokepoints, labels: Labels) -> Table:
    """One row per entity and pair of suppliers whose joint loss takes it down."""
    listed = [(entity, pair) for entity, pairs in found.pairs.of.items() for pair in pairs]
    rows = [(labels.entity(entity), *map(labels.entity, pair)) for entity, pair in listed]
    data = [
        (entity, labels.entity(entity), *pair, *map(labels.entity, pair)) for entity, pair in listed
    ]
    keys = ("entity", "label", "one", "other", "one_label", "other_label")
    return Table(keys, _headings(("name", "one", "other"), labels), rows, data)


def _some(entities: tuple[str, ...], labels: Labels) -> str:
    named = sorted(labels.entity(entity) for entity in entities)
    more = len(named) - NAMED
    words = ", ".join(named[:NAMED])
    if more <= 0:
        return words
    return f"{words} {say('chokepoints.more', labels.language, count=str(more))}"


def _headings(keys: tuple[str, ...], labels: Labels) -> tuple[str, ...]:
    return tuple(say(f"column.{key.replace('_', '-')}", labels.language) for key in keys)
