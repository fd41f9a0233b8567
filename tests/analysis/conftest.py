"""Small invented worlds, written a fact a line."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from techsov.graph.analysis.standing import Standing
from techsov.graph.errors import Origin
from techsov.graph.facts.schema import read_schema
from techsov.graph.records import Entity, Evidence, Fact, PartialDate, Records, Source

PLACE = Origin("invented", 1)
DAY = date(2025, 6, 1)
SCHEMA = read_schema()
COMMON = {
    "id",
    "status",
    "since",
    "until",
    "confidence",
    "claimant",
    "doc",
    "contradicts",
    "supersedes",
}


def _fact(line: str) -> Fact:
    subject, relation, target, *rest = line.split()
    said = dict(part.split("=") for part in rest)
    literal = bool(SCHEMA.relations[relation].value)
    confidence = Decimal(said.get("confidence", "0.9"))
    return Fact(
        id=said.get("id", f"{subject}--{relation}--{target}"),
        subject=subject,
        relation=relation,
        object="" if literal else target,
        value=target if literal else "",
        qualifiers={key: tuple(said[key].split(",")) for key in said if key not in COMMON},
        status=said.get("status", "stated"),
        claimant=said.get("claimant", ""),
        valid_from=PartialDate(said["since"]) if "since" in said else None,
        valid_to=PartialDate(said["until"]) if "until" in said else None,
        evidence=tuple(
            Evidence(doc, 1, confidence, "", "", "", PLACE)
            for doc in said.get("doc", "doc").split(",")
        ),
        contradicts=tuple(filter(None, said.get("contradicts", "").split(","))),
        supersedes=tuple(filter(None, said.get("supersedes", "").split(","))),
    )


def _source(name: str) -> Source:
    """Make a document; one whose name begins with ``promo`` advertises."""
    stance = "promotional" if name.startswith("promo") else "neutral"
    words = (name, name, name, "web-page", stance, "", "", "en")
    return Source(*words, None, None, "", "", None, "", True, PLACE)


def standing_of(text: str, day: date = DAY) -> Standing:
    """Read a world: ``CLASS name name …``, or ``subject relation object key=value …``, a line each.

    What is not declared is a product, or a need if it is called so. ``State us=US`` gives a code.
    ``doc=promo-one`` puts a fact into a document that advertises.
    """
    classes: dict[str, str] = {}
    codes: dict[str, str] = {}
    facts: list[Fact] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        first, *names = line.split()
        if first in SCHEMA.classes:
            for name, _, code in (each.partition("=") for each in names):
                classes[name], codes[name] = first, code
        else:
            facts.append(_fact(line))
    named = {name for fact in facts for name in (fact.subject, fact.object) if name}
    entities = {
        name: Entity(
            name,
            classes.get(name, "Need" if name.startswith("need") else "Product"),
            name.title(),
            name.title(),
            codes.get(name, ""),
            (),
            PLACE,
        )
        for name in sorted(named | classes.keys())
    }
    sources = {name: _source(name) for fact in facts for name in fact.sources}
    records = Records(entities, sources, {}, tuple(sorted(facts, key=lambda fact: fact.id)))
    return Standing.on(records, SCHEMA, day)


@pytest.fixture(scope="session")
def world() -> Callable[..., Standing]:
    return standing_of
