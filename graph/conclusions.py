"""Every conclusion that the rules draw from one data folder, and their triples.

They are kept apart from what sources say: a node of its own class for each, in a file of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from techsov.graph import terms
from techsov.graph.analyses import Analyses
from techsov.graph.analysis.claims.appraisal import claims_conclusions
from techsov.graph.analysis.claims.upstream import upstream_conclusions
from techsov.graph.analysis.conclusion import Conclusion, conclude
from techsov.graph.analysis.failure.chokepoints import Chokepoints
from techsov.graph.analysis.ladder.assessment import score_conclusions
from techsov.graph.analysis.reach.exposure import exposure_conclusions
from techsov.graph.analysis.remedy.coalition import coalition_conclusions
from techsov.graph.analysis.standing import Standing
from techsov.graph.answers import Labels
from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES
from techsov.graph.reasons import chain_line
from techsov.graph.triples.build import ESCAPES

SINGLE_POINT = "single-point-1"
#: What follows in the best reading follows in the worst one too.
SURE = "reading-best"


@lru_cache(maxsize=2)
def draw_conclusions(found: Analyses) -> tuple[Conclusion, ...]:
    """Draw every conclusion that the analyses allow, in a fixed order.

    Exports, questions and a comparison of two states ask for the same: it is drawn once for each.
    """
    drawn = [
        *_single_points(found.chokepoints, found.standing),
        *exposure_conclusions(found.all_exposures, found.arguable),
        *claims_conclusions(found.appraisals, found.everything),
        *upstream_conclusions(found.upstream, found.arguable),
        *score_conclusions(found.grounds, found.knowledge.framework),
        *(
            conclusion
            for coalition in found.coalitions.values()
            for conclusion in coalition_conclusions(found.law, coalition)
        ),
    ]
    return tuple(
        sorted(drawn, key=lambda each: (each.rule, each.subject, each.object, conclusion_id(each)))
    )


def conclusion_id(conclusion: Conclusion) -> str:
    """Name a conclusion: readable, and the same as long as it says the same."""
    said = [f"{name}={','.join(values)}" for name, values in sorted(conclusion.more.items())]
    return terms.assertion_id(
        conclusion.subject,
        conclusion.relation,
        conclusion.object,
        "",
        (conclusion.rule, *said),
    )


def conclusion_triples(knowledge: Knowledge, conclusions: Iterable[Conclusion]) -> list[str]:
    """Write conclusions as lines of N-Triples, sorted, each once.

    A direct triple is written only where every premise is stated, and whatever the reading.
    """
    labels = [Labels.of(knowledge, language) for language in LANGUAGES]
    lines = {line for each in conclusions for line in _conclusion(each, knowledge, labels)}
    return sorted(lines)


def _single_points(found: Chokepoints, standing: Standing) -> Iterator[Conclusion]:
    for entity in found.points["worst"]:
        yield from _points_of(entity, found, standing)


def _points_of(entity: str, found: Chokepoints, standing: Standing) -> Iterator[Conclusion]:
    for way in found.ways_down(entity):
        if way.kind not in ("alone", "alone-sure"):
            continue
        facts = [standing.by_id[name] for name in way.facts]
        readings = ("reading-worst", SURE) if way.kind == "alone-sure" else ("reading-worst",)
        yield conclude(
            SINGLE_POINT,
            entity,
            "stopsWithout",
            way.entities[0],
            facts,
            way.steps,
            {"inReading": readings},
        )


def _sov(name: str) -> str:
    return f"<{terms.NS}{name}>"


def _conclusion(
    conclusion: Conclusion, knowledge: Knowledge, labels: Sequence[Labels]
) -> Iterator[str]:
    this = f"<{terms.DERIVED}{conclusion_id(conclusion)}>"
    subject, target = (_named(name, knowledge) for name in (conclusion.subject, conclusion.object))
    yield f"{this} <{terms.RDF}type> {_sov('DerivedAssertion')} ."
    yield f"{this} {_sov('derivedBy')} <{terms.RULE}{conclusion.rule}> ."
    yield f"{this} {_sov('subject')} {subject} ."
    yield f"{this} {_sov('predicate')} {_sov(conclusion.relation)} ."
    yield f"{this} {_sov('object')} {target} ."
    yield f"{this} {_sov('status')} <{terms.CONCEPT}status-inferred> ."
    yield f"{this} {_sov('weakestStatus')} <{terms.CONCEPT}status-{conclusion.status}> ."
    yield f"{this} {_sov('confidence')} {_literal(f'{conclusion.confidence:f}', 'decimal')} ."
    for premise in conclusion.premises:
        yield f"{this} {_sov('premise')} <{terms.ASSERTION}{premise}> ."
    for name, values in conclusion.more.items():
        for value in values:
            yield f"{this} {_sov(name)} {_named(value, knowledge)} ."
    if conclusion.steps:
        yield f"{this} {_sov('steps')} {_literal(str(len(conclusion.steps)), 'integer')} ."
        for each in labels:
            words = chain_line(conclusion.steps, each).translate(ESCAPES)
            yield f'{this} {_sov("explanation")} "{words}"@{each.language} .'
    if conclusion.status == "stated" and SURE in conclusion.more.get("inReading", (SURE,)):
        yield f"{subject} {_sov(conclusion.relation)} {target} ."


def _named(name: str, knowledge: Knowledge) -> str:
    """Give the address of an entity, a concept or a fact; a number as it stands."""
    if name in knowledge.records.entities:
        return f"<{terms.ENTITY}{name}>"
    if name in knowledge.schema.concepts:
        return f"<{terms.CONCEPT}{name}>"
    if name.isdigit():
        return _literal(name, "integer")
    return f"<{terms.ASSERTION}{name}>"


def _literal(value: str, kind: str) -> str:
    return f'"{value}"^^<{terms.XSD}{kind}>'
