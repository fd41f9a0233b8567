"""What follows from facts is told apart from them, with its rule and its premises."""

import re
from collections import Counter

import pytest
import rdflib

from techsov.graph import terms
from techsov.graph.analyses import Analyses
from techsov.graph.analysis.conclusion import Conclusion
from techsov.graph.analysis.ladder.criteria import RULES
from techsov.graph.analysis.standing import FIRMNESS
from techsov.graph.conclusions import conclusion_id, conclusion_triples, draw_conclusions
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge

SCHEMA = read_schema()
SOV = rdflib.Namespace(terms.NS)


@pytest.fixture(scope="module")
def drawn(published: Knowledge) -> tuple[Conclusion, ...]:
    return draw_conclusions(Analyses(published))


@pytest.fixture(scope="module")
def graph(published: Knowledge, drawn: tuple[Conclusion, ...]) -> rdflib.Graph:
    lines = conclusion_triples(published, drawn)
    return rdflib.Graph().parse(data="\n".join([*lines, ""]), format="nt")


def test_every_capability_concludes_something(drawn: tuple[Conclusion, ...]) -> None:
    kinds = {re.sub(r"-\d+$", "", each.rule) for each in drawn}
    assert {
        "claim-appraisal",
        "csf-seal",
        "legal-reach",
        "shared-upstream",
        "single-point",
    } <= kinds


def test_rule_relation_and_object_are_declared(
    published: Knowledge, drawn: tuple[Conclusion, ...]
) -> None:
    known = published.records.entities.keys() | SCHEMA.concepts.keys()
    assert {each.rule for each in drawn} <= SCHEMA.rules.keys()
    assert {each.relation for each in drawn} <= SCHEMA.derived.keys()
    assert {name for each in drawn for name in (each.subject, each.object)} <= known


def test_every_rule_of_a_criterion_is_declared() -> None:
    named = {f"{rule.criterion}-1" for rule in RULES}
    assert named <= SCHEMA.rules.keys()
    assert {name for name in SCHEMA.rules if re.match(r"csf-\d", name)} <= named


def test_every_premise_is_a_fact_and_the_weakest_one_counts(
    published: Knowledge, drawn: tuple[Conclusion, ...]
) -> None:
    facts = {fact.id: fact for fact in published.records.facts}
    for each in drawn:
        premises = [facts[name] for name in each.premises]
        assert premises
        assert each.confidence == min(fact.confidence for fact in premises)
        statuses = {fact.status for fact in premises}
        assert each.status == max(statuses, key=FIRMNESS.index)
        assert not statuses & {"denied", "hypothetical"}


def test_the_steps_are_among_the_premises_and_follow_one_another(
    drawn: tuple[Conclusion, ...],
) -> None:
    for each in drawn:
        assert {name for step in each.steps for name in step.facts} <= set(each.premises)
        ends = [each.subject, *(step.head for step in each.steps)]
        if each.rule.startswith(("legal-reach", "single-point")):
            assert [step.tail for step in each.steps] == ends[:-1]
            assert ends[-1] == each.object


def test_names_are_unique_and_stay_the_same(
    published: Knowledge, drawn: tuple[Conclusion, ...]
) -> None:
    names = Counter(map(conclusion_id, drawn))
    assert set(names.values()) == {1}
    assert [conclusion_id(each) for each in draw_conclusions(Analyses(published))] == list(names)


def test_no_conclusion_is_an_assertion_of_a_source(
    published: Knowledge, graph: rdflib.Graph
) -> None:
    derived = set(graph.subjects(rdflib.RDF.type, SOV.DerivedAssertion))
    assert len(derived) == len(set(map(conclusion_id, draw_conclusions(Analyses(published)))))
    asserted = "\n".join(published.triples)
    assert SOV.DerivedAssertion not in asserted
    assert not any(f"<{node}>" in asserted for node in derived)
    assert not any(f"<{terms.NS}{name}>" in asserted for name in SCHEMA.derived)


def test_every_conclusion_names_its_rule_and_is_explained_where_it_is_a_chain(
    graph: rdflib.Graph,
) -> None:
    for node in graph.subjects(rdflib.RDF.type, SOV.DerivedAssertion):
        assert len(list(graph.objects(node, SOV.derivedBy))) == 1
        assert graph.value(node, SOV.status) == rdflib.URIRef(f"{terms.CONCEPT}status-inferred")
        languages = {
            words.language
            for words in graph.objects(node, SOV.explanation)
            if isinstance(words, rdflib.Literal)
        }
        assert languages == ({"en", "fr"} if graph.value(node, SOV.steps) else set())


def test_a_direct_triple_stands_only_where_every_premise_is_stated(
    graph: rdflib.Graph, drawn: tuple[Conclusion, ...]
) -> None:
    sure = {
        (each.subject, each.relation, each.object)
        for each in drawn
        if each.status == "stated"
        and "reading-best" in each.more.get("inReading", ("reading-best",))
    }
    direct = {
        tuple(str(term).rsplit("/", 1)[-1].split("#")[-1] for term in triple)
        for name in SCHEMA.derived
        for triple in graph.triples((None, SOV[name], None))
    }
    assert direct == sure
    assert len(sure) < len(drawn)


def test_nothing_follows_from_no_premise() -> None:
    from techsov.graph.analysis.conclusion import conclude

    with pytest.raises(ValueError, match="has no premise"):
        conclude("legal-reach-1", "cloud", "exposedTo", "act", [])
