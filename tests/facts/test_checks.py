from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from techsov.graph.errors import DataError, Origin
from techsov.graph.facts.checks import certain, check_reading
from techsov.graph.facts.files import Reading
from techsov.graph.facts.schema import read_schema
from techsov.graph.facts.tables import problem_at
from techsov.graph.flow import know
from techsov.graph.records import Evidence, Fact, PartialDate, Records

SCHEMA = read_schema()


def fact(
    line: int,
    subject: str,
    relation: str,
    target: str,
    *,
    share: str = "",
    votes: str = "",
    since: str = "",
    until: str = "",
    status: str = "stated",
    contradicts: tuple[str, ...] = (),
    supersedes: tuple[str, ...] = (),
) -> Fact:
    """A fact that stands on one line; its id is the number of the line."""
    qualifiers: Mapping[str, tuple[str, ...]] = {
        column: (value,) for column, value in (("share", share), ("votes", votes)) if value
    }
    origin = Origin("f.csv", line)
    return Fact(
        id=str(line),
        subject=subject,
        relation=relation,
        object=target,
        value="",
        qualifiers=qualifiers,
        status=status,
        claimant="",
        valid_from=PartialDate(since) if since else None,
        valid_to=PartialDate(until) if until else None,
        evidence=(Evidence("doc", 1, Decimal("0.9"), "e", "f", "", origin),),
        contradicts=contradicts,
        supersedes=supersedes,
    )


def said(*facts: Fact) -> list[str]:
    """What is wrong with these facts together, whatever their order."""
    found = [
        sorted(
            problem.text("en")
            for problem in set(check_reading(Reading(), Records({}, {}, {}, ordered), SCHEMA))
        )
        for ordered in (facts, facts[::-1])
    ]
    assert found[0] == found[1]
    return found[0]


def over(line: int, total: str, column: str = "share") -> str:
    return (
        f'f.csv:{line}: {column}: the shares in "x" on that day add up to {total} %; correct one, '
        "give an end, or link them by contradicts"
    )


def owns(line: int, owner: str, share: str, since: str = "", until: str = "") -> Fact:
    return fact(line, owner, "ownsShareIn", "x", share=share, since=since, until=until)


def test_shares_up_to_the_whole_are_fine() -> None:
    assert said(owns(2, "a", "60"), owns(3, "b", "40.5")) == []


def test_shares_over_the_whole_on_one_day_are_reported_where_they_begin() -> None:
    assert said(owns(2, "a", "60", "2020"), owns(3, "b", "50", "2021")) == [over(3, "110")]
    assert said(owns(2, "a", "60"), owns(3, "b", "40.6")) == [over(2, "100.6"), over(3, "100.6")]


def test_shares_on_different_days_are_not_added() -> None:
    assert said(owns(2, "a", "60", "2020", "2020"), owns(3, "b", "50", "2021")) == []
    assert said(owns(2, "a", "60", "2020", "2021-01"), owns(3, "b", "50", "2021")) == [
        over(3, "110")
    ]


def test_an_undated_share_is_added_to_undated_ones_only() -> None:
    assert said(owns(2, "a", "60"), owns(3, "b", "50", "2021")) == []


def test_shares_in_different_companies_are_not_added() -> None:
    other = fact(3, "b", "ownsShareIn", "y", share="50")
    assert said(owns(2, "a", "60"), other) == []


def test_votes_are_counted_apart_from_shares() -> None:
    votes = [
        fact(2, "a", "ownsShareIn", "x", share="40", votes="60"),
        fact(3, "b", "ownsShareIn", "x", share="40", votes="50"),
    ]
    assert said(*votes) == [over(2, "110", "votes"), over(3, "110", "votes")]


@pytest.mark.parametrize("status", ["claimed", "planned", "hypothetical", "denied"])
def test_only_stated_shares_are_added(status: str) -> None:
    other = fact(3, "b", "ownsShareIn", "x", share="50", status=status)
    assert said(owns(2, "a", "60"), other) == []


@pytest.mark.parametrize("link", ["contradicts", "supersedes"])
def test_linked_figures_are_not_added(link: str) -> None:
    links: dict[str, tuple[str, ...]] = {link: ("2",)}
    other = fact(
        3,
        "b",
        "ownsShareIn",
        "x",
        share="50",
        contradicts=links.get("contradicts", ()),
        supersedes=links.get("supersedes", ()),
    )
    assert said(owns(2, "a", "60"), other) == []


def test_shares_of_a_market_are_not_those_of_a_company() -> None:
    facts = [fact(line, "ab"[line % 2], "hasMarketShare", "x", share="60") for line in (2, 3)]
    assert said(*facts) == []


def test_a_figure_counts_in_full_where_it_begins() -> None:
    facts = [owns(2, "a", "60", "2020"), owns(3, "a", "70", "2021"), owns(4, "b", "35", "2020")]
    assert said(*facts) == [over(3, "105")]


def test_two_figures_of_one_owner_are_not_added() -> None:
    assert said(owns(2, "a", "60", "2020"), owns(3, "a", "70", "2021")) == []
    later = [owns(2, "a", "60", "2020"), owns(3, "a", "70", "2021"), owns(4, "b", "40", "2022")]
    assert said(*later) == []
    sure = [owns(2, "a", "60", "2020"), owns(3, "a", "70", "2021"), owns(4, "b", "41", "2022")]
    assert said(*sure) == [over(4, "101")]


def circle(line: int, *names: str) -> str:
    return (
        f"f.csv:{line}: object: control runs in a circle: {' → '.join(names)}; "
        "correct one, or give an end"
    )


def test_control_and_subsidiaries_together_make_a_circle() -> None:
    facts = [fact(2, "a", "controls", "b"), fact(3, "a", "subsidiaryOf", "b")]
    assert said(*facts) == [circle(2, "a", "b", "a")]
    assert said(fact(2, "b", "controls", "a"), fact(3, "a", "subsidiaryOf", "b")) == []


def test_a_long_circle_is_named_from_its_first_name() -> None:
    facts = [
        fact(2, "c", "controls", "d"),
        fact(3, "d", "controls", "b"),
        fact(4, "b", "controls", "c"),
        fact(5, "a", "controls", "c"),
        fact(6, "d", "controls", "e"),
    ]
    assert said(*facts) == [circle(2, "b", "c", "d", "b")]


def test_two_circles_are_two_problems() -> None:
    facts = [
        fact(2, "a", "controls", "b"),
        fact(3, "b", "controls", "a"),
        fact(4, "c", "controls", "d"),
        fact(5, "d", "controls", "c"),
    ]
    assert said(*facts) == [circle(2, "a", "b", "a"), circle(4, "c", "d", "c")]


def test_control_that_changed_hands_is_no_circle() -> None:
    facts = [
        fact(2, "a", "controls", "b", since="2010", until="2015"),
        fact(3, "b", "controls", "a", since="2016"),
    ]
    assert said(*facts) == []


def test_a_circle_is_found_though_an_older_fact_says_the_same_and_has_ended() -> None:
    facts = [
        fact(2, "a", "controls", "b", since="2010", until="2012"),
        fact(3, "a", "controls", "b", since="2020"),
        fact(4, "b", "controls", "a", since="2021"),
    ]
    assert said(*facts) == [circle(3, "a", "b", "a")]


def test_a_circle_needs_one_day_on_which_all_of_it_holds() -> None:
    facts = [
        fact(2, "a", "controls", "b", since="2010", until="2012"),
        fact(3, "b", "controls", "c", since="2011", until="2016"),
        fact(4, "c", "controls", "a", since="2015"),
    ]
    assert said(*facts) == []


def test_an_undated_fact_makes_circles_with_undated_ones_only() -> None:
    assert said(fact(2, "a", "controls", "b"), fact(3, "b", "controls", "a", since="2020")) == []


@pytest.mark.parametrize("status", ["claimed", "planned", "hypothetical", "denied"])
def test_only_stated_control_makes_a_circle(status: str) -> None:
    facts = [fact(2, "a", "controls", "b"), fact(3, "b", "controls", "a", status=status)]
    assert said(*facts) == []


def test_control_that_another_fact_replaces_makes_no_circle() -> None:
    facts = [fact(2, "a", "controls", "b"), fact(3, "b", "controls", "a", supersedes=("2",))]
    assert said(*facts) == []


def test_other_relations_make_no_circle() -> None:
    assert said(fact(2, "a", "dependsOn", "b"), fact(3, "b", "dependsOn", "a")) == []


@pytest.mark.parametrize(
    ("message", "torn", "kept"),
    [
        ("check.unknown-entity", "entities/actors.csv", False),
        ("check.unknown-entity-guess", "entities/context.csv", False),
        ("check.unknown-entity", "sources.csv", True),
        ("check.unknown-entity", "facts/uses.csv", True),
        ("check.unknown-claimant", "entities/actors.csv", False),
        ("check.unknown-claimant-guess", "sources.csv", False),
        ("check.unknown-source", "sources.csv", False),
        ("check.unknown-source-guess", "entities/actors.csv", True),
        ("check.unknown-fact", "facts/uses.csv", False),
        ("check.unknown-fact-guess", "names.csv", True),
        ("check.no-hash", "passages.csv", False),
        ("check.no-hash", "facts/uses.csv", True),
        ("check.passage-unused", "facts/uses.csv", False),
        ("warning.unused", "facts/uses.csv", False),
        ("check.bad-id", "entities/actors.csv", True),
    ],
)
def test_nothing_is_called_missing_that_may_stand_in_a_line_that_was_not_read(
    message: str, torn: str, kept: bool
) -> None:
    problem = problem_at(Origin("f.csv", 2), "id", message)
    assert certain([problem], Reading(torn={torn})) == ([problem] if kept else [])
    assert certain([problem], Reading()) == [problem]


Break = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    ("file", "damage", "said"),
    [
        (
            "entities/actors.csv",
            lambda raw: raw.replace(b"Borealia", b"\xe9"),
            ["entities/actors.csv:2: bytes"],
        ),
        (
            "entities/offerings.csv",
            lambda raw: raw.replace(b"id,class", b"id,clas"),
            ["entities/offerings.csv:1: header", "entities/offerings.csv:1: header"],
        ),
        ("sources.csv", lambda raw: b"\xff\xfe" + raw, ["sources.csv:1: bytes"]),
        ("passages.csv", lambda _: b"", ["passages.csv:1: header"]),
        (
            "passages.csv",
            lambda raw: raw.replace(b"gazette,4,2c7", b"gazette,4,xyz"),
            ["passages.csv:5: sha256"],
        ),
        (
            "facts/dependsOn.csv",
            lambda raw: raw.replace(b"hard", b'"hard'),
            ["facts/dependsOn.csv:2: row"],
        ),
        (
            "facts/subsidiaryOf.csv",
            lambda raw: raw.replace(b"2021", b"202x"),
            ["facts/subsidiaryOf.csv:2: valid_from"],
        ),
        (
            "facts/describedAs.csv",
            lambda raw: raw.replace(b"claimed,nimbus", b"claimed,"),
            ["facts/describedAs.csv:2: claimant"],
        ),
    ],
)
def test_one_damage_does_not_make_everything_else_look_wrong(
    folder: Path, file: str, damage: Break, said: list[str]
) -> None:
    path = folder / file
    raw = path.read_bytes()
    assert damage(raw) != raw
    path.write_bytes(damage(raw))
    with pytest.raises(DataError) as caught:
        know(folder, shapes=True)
    found = [f"{problem.origin}: {problem.column}" for problem in caught.value.problems]
    assert found == [f"data/{place}" for place in said]


def test_an_entity_with_a_wrong_cell_is_known_all_the_same(folder: Path) -> None:
    actors = folder / "entities" / "actors.csv"
    actors.write_text(actors.read_text().replace("nimbus,Company,Nimbus,", "nimbus,Company,,"))
    provides = folder / "facts" / "provides.csv"
    provides.write_text(provides.read_text().replace("chipper,tiny-chip", "chipper,nimbus"))
    with pytest.raises(DataError) as caught:
        know(folder, shapes=True)
    found = [(problem.message, str(problem.origin)) for problem in caught.value.problems]
    assert found == [
        ("check.empty-label", "data/entities/actors.csv:6"),
        ("check.shape", "data/facts/provides.csv:2"),
    ]


def test_a_name_may_be_used_in_two_ways_of_writing(folder: Path) -> None:
    names = folder / "names.csv"
    names.write_text(names.read_text() + "borealia,KINGDOM OF BOREALIA\nnimbus,Kingdom\n")
    assert know(folder).warnings == ()


def test_an_entity_counts_as_used_in_a_qualifier_or_as_claimant(folder: Path) -> None:
    described = folder / "facts" / "describedAs.csv"
    assert "borealia" in described.read_text()
    assert know(folder).warnings == ()
    with (folder / "entities" / "actors.csv").open("a") as file:
        file.write("speaker,Company,Speaker,Voix,\n")
    with described.open("a") as file:
        file.write("tiny-chip,leader,,,claimed,speaker,,,gazette,4,0.8,Best.,Premier.,,,\n")
    assert know(folder).warnings == ()


def test_a_document_that_nobody_read_has_no_stance_and_is_built_all_the_same(
    folder: Path,
) -> None:
    sources = folder / "sources.csv"
    sources.write_text(sources.read_text("utf-8").replace("report,neutral", "report,"), "utf-8")
    triples = know(folder, shapes=True).triples
    assert any(line.startswith("<https://w3id.org/techsov/doc/legend> ") for line in triples)


def test_a_line_without_a_date_that_names_its_own_fact_is_refused(folder: Path) -> None:
    with (folder / "facts" / "subsidiaryOf.csv").open("a") as file:
        own = "nimbus--subsidiaryOf--cumulus--97302898"
        file.write(f"nimbus,cumulus,stated,,,,gazette,1,0.9,Owned.,Possédé.,,{own},\n")
    with pytest.raises(DataError) as caught:
        know(folder)
    assert caught.value.text("en") == (
        "data/facts/subsidiaryOf.csv:3: contradicts: the fact names itself; name another"
    )


def test_a_web_document_with_numbered_paragraphs_may_be_cited_by_them(folder: Path) -> None:
    for file, old, new in (
        ("sources.csv", "nimbus.example/about,,,", f"nimbus.example/about,,2,{'0' * 64}"),
        ("facts/dependsOn.csv", "nimbus-page,,0.8", "nimbus-page,1,0.8"),
        ("facts/dependsOn.csv", "nimbus-page,,0.9", "nimbus-page,2,0.9"),
    ):
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    with (folder / "passages.csv").open("a") as passages:
        passages.writelines(f"nimbus-page,{number},{'0' * 64}\n" for number in (1, 2))
    assert know(folder, shapes=True).records.sources["nimbus-page"].paragraphs == 2


def test_a_document_may_claim(folder: Path) -> None:
    with (folder / "facts" / "describedAs.csv").open("a") as file:
        file.write("tiny-chip,leader,,,claimed,gazette,,,gazette,4,0.8,Best.,Premier.,,,\n")
    assert know(folder, shapes=True).warnings == ()
