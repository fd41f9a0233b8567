from decimal import Decimal

import pytest

from techsov.graph.errors import Origin
from techsov.graph.facts.cells import Cells
from techsov.graph.facts.lines import (
    FACT_COLUMNS_LAST,
    GLOSS_LENGTH,
    Line,
    fact_columns,
    facts_of,
    read_line,
)
from techsov.graph.facts.schema import read_schema
from techsov.graph.facts.tables import Row
from techsov.graph.records import PartialDate
from techsov.graph.terms import ASSERTION_LENGTH, assertion_id, slug

SCHEMA = read_schema()
TWO_ROLES = ";".join(SCHEMA.in_scheme("role")[:2])
USUAL = {
    "subject": "a",
    "object": "b",
    "status": "stated",
    "source": "doc",
    "paragraph": "1",
    "confidence": "0.9",
    "gloss_en": "A and B.",
    "gloss_fr": "A et B.",
}


def read(name: str, number: int = 2, /, **given: str) -> tuple[Line, list[str]]:
    """Read one line of a relation's file, and its problems in English."""
    relation = SCHEMA.relations[name]
    values = {column: USUAL.get(column, "") for column in fact_columns(relation)}
    assert set(given) <= set(values)
    cells = Cells(Row(Origin("f.csv", number), values | given))
    line = read_line(cells, relation, SCHEMA)
    return line, [
        problem.text("en").removeprefix(f"f.csv:{number}: ") for problem in cells.problems
    ]


def line(name: str, number: int = 2, /, **given: str) -> Line:
    found, problems = read(name, number, **given)
    assert problems == []
    return found


def test_the_header_is_ends_qualifiers_and_what_all_facts_have() -> None:
    assert fact_columns(SCHEMA.relations["provides"]) == ("subject", "object", *FACT_COLUMNS_LAST)
    assert fact_columns(SCHEMA.relations["dependsOn"])[:3] == ("subject", "object", "layer")
    assert fact_columns(SCHEMA.relations["hasQuantity"])[:5] == (
        "subject",
        "value",
        "geography",
        "measure",
        "unit",
    )


def test_a_line_is_read_whole() -> None:
    found = line(
        "dependsOn",
        layer="compute; chips",
        substitutability="hard",
        status="claimed",
        claimant="c",
        valid_from="2024",
        valid_to="2025-06",
        cited_source="other",
        contradicts="x--uses--y;u--uses--v",
        supersedes="s--uses--t",
    )
    assert (found.subject, found.relation, found.object, found.value) == ("a", "dependsOn", "b", "")
    assert found.key == (("layer", ("chips", "compute")),)
    assert dict(found.details) == {"need": (), "quantifier": (), "substitutability": ("hard",)}
    assert (found.valid_from, found.valid_to) == (PartialDate("2024"), PartialDate("2025-06"))
    assert found.contradicts == ("u--uses--v", "x--uses--y")
    assert found.supersedes == ("s--uses--t",)
    evidence = found.evidence
    assert (evidence.source, evidence.paragraph, evidence.cited_source) == ("doc", 1, "other")
    assert (evidence.confidence, evidence.origin) == (Decimal("0.9"), Origin("f.csv", 2))
    assert (evidence.gloss_en, evidence.gloss_fr) == ("A and B.", "A et B.")


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ({"source": "other", "paragraph": "7"}, True),
        ({"gloss_en": "Else.", "confidence": "0.5", "cited_source": "z"}, True),
        ({"substitutability": "hard"}, True),
        ({"valid_to": "2030"}, True),
        ({"layer": "chips;cloud"}, True),
        ({"layer": "cloud"}, False),
        ({"layer": ""}, False),
        ({"status": "planned"}, False),
        ({"status": "hypothetical"}, False),
        ({"status": "claimed", "claimant": "c"}, False),
        ({"valid_from": "2020"}, False),
        ({"object": "c"}, False),
    ],
)
def test_what_identifies_a_fact_is_its_key_and_not_its_source(
    given: dict[str, str], same: bool
) -> None:
    usual = {"layer": "cloud;chips"}
    one, other = line("dependsOn", **usual), line("dependsOn", **(usual | given))
    assert (one.fact_id == other.fact_id) is same


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("provides", {}, "a--provides--b"),
        ("provides", {"status": "claimed", "claimant": "c"}, "a--provides--b--c"),
        ("describedAs", {"object": "sovereign"}, "a--describedAs--descr-sovereign"),
        ("minimumSources", {"value": "2"}, "a--minimumSources--2"),
    ],
)
def test_a_plain_fact_has_a_plain_name(name: str, given: dict[str, str], expected: str) -> None:
    assert line(name, **given).fact_id == expected


def test_the_names_of_facts_never_change() -> None:
    assert line("hasQuantity", value="1.5").fact_id == "a--hasQuantity--1-5--7d23754c"
    assert line("provides", valid_from="2021").fact_id == "a--provides--b--97302898"
    assert line("provides", status="planned").fact_id == "a--provides--b--fae8beeb"
    assert line("dependsOn", layer="cloud;chips").fact_id == "a--dependsOn--b--f9211683"


def test_figures_and_words_qualify_a_fact() -> None:
    assert dict(line("hasQuantity", value="1", unit="EUR; a").key)["unit"] == ("EUR; a",)
    assert dict(line("supports", amount="1.50").key)["amount"] == ("1.5",)
    assert dict(line("couldUse", switching_months="06").details)["switching_months"] == ("6",)


def test_a_claim_and_a_denial_by_one_actor_have_two_names() -> None:
    claimed = line("provides", status="claimed", claimant="c").fact_id
    denied = line("provides", status="denied", claimant="c").fact_id
    planned = line("provides", status="planned", claimant="c").fact_id
    assert len({claimed, denied, planned}) == 3
    assert denied.startswith("a--provides--b--c--")


def test_two_figures_with_one_slug_have_two_names() -> None:
    assert slug("1.5") == slug("1-5")
    names = {
        line("hasQuantity", value=value).fact_id for value in ("1.5", "15", "-1.5", "-15", "1.50")
    }
    assert len(names) == 4
    assert "a--hasQuantity--15" in names


def test_a_long_name_ends_in_a_hash_and_stays_apart() -> None:
    long = ["x" * 80, "y" * 80]
    one = assertion_id(long[0], "provides", f"{long[1][:-1]}a", "", ())
    other = assertion_id(long[0], "provides", f"{long[1][:-1]}b", "", ())
    assert one != other
    assert len(one) <= ASSERTION_LENGTH
    assert len(other) <= ASSERTION_LENGTH


def test_parts_of_a_name_cannot_run_into_each_other() -> None:
    one = line("hasQuantity", value="1", unit="EUR;geography=x")
    other = line("hasQuantity", value="1", unit="EUR", geography="x")
    assert one.fact_id != other.fact_id


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("provides", {"object": "a"}, ['object: "a" is also the subject; name another']),
        (
            "provides",
            {"status": "claimed"},
            ["claimant: empty, but the status is claimed; say who holds it"],
        ),
        (
            "provides",
            {"status": "denied"},
            ["claimant: empty, but the status is denied; say who holds it"],
        ),
        ("provides", {"status": "planned"}, []),
        ("provides", {"status": "hypothetical"}, []),
        ("provides", {"source": ""}, ["source: empty; give an id"]),
        (
            "provides",
            {"subject": "", "object": ""},
            ["subject: empty; give an id", "object: empty; give an id"],
        ),
        ("provides", {"confidence": "0"}, []),
        ("provides", {"confidence": "1"}, []),
        (
            "provides",
            {"confidence": "-0.1"},
            ['confidence: "-0.1" is not between 0 and 1; correct it'],
        ),
        (
            "provides",
            {"contradicts": "a--uses--b;x y;A--uses--b"},
            [
                'contradicts: "A--uses--b" is not the name of a fact; copy it from techsov show',
                'contradicts: "x y" is not the name of a fact; copy it from techsov show',
            ],
        ),
        (
            "describedAs",
            {"object": ""},
            ["object: empty; choose one of: " + ", ".join(SCHEMA.in_scheme("descr"))],
        ),
        (
            "describedAs",
            {"object": "descr-sovereign"},
            ['object: "descr-sovereign" is not in the list; did you mean "sovereign"?'],
        ),
        ("hasQuantity", {"value": ""}, ["value: empty; give the figure"]),
        (
            "hasQuantity",
            {"value": "1e9"},
            ['value: "1e9" is not a number; write digits and a point, such as 19.8'],
        ),
        (
            "hasQuantity",
            {"value": "10000000000000000"},
            [
                (
                    'value: "10000000000000000" is not between -1000000000000000 and '
                    "1000000000000000; correct it"
                )
            ],
        ),
        (
            "minimumSources",
            {"value": "-1"},
            ['value: "-1" is not a whole number of at least 0; correct it'],
        ),
        (
            "ownsShareIn",
            {"share": "100.1"},
            ['share: "100.1" is not between 0 and 100; correct it'],
        ),
        ("ownsShareIn", {"votes": "-1"}, ['votes: "-1" is not between 0 and 100; correct it']),
        (
            "supports",
            {"amount": "ten"},
            ['amount: "ten" is not a number; write digits and a point, such as 19.8'],
        ),
        (
            "couldUse",
            {"switching_months": "1.5"},
            ['switching_months: "1.5" is not a whole number of at least 0; correct it'],
        ),
        (
            "dependsOn",
            {"layer": "x>y"},
            [
                'layer: "x>y" is not in the list; choose one of: '
                + ", ".join(SCHEMA.in_scheme("layer"))
            ],
        ),
        (
            "memberOf",
            {"role": TWO_ROLES},
            [f'role: "{TWO_ROLES}" holds several values; give one'],
        ),
        (
            "describedAs",
            {"object": "sovereign", "sovereignty_for": "X"},
            [
                (
                    'sovereignty_for: "X" cannot be an id; use a-z, 0-9 and single hyphens, at most '
                    "80 characters, and no reserved name"
                )
            ],
        ),
    ],
)
def test_what_one_line_alone_shows_to_be_wrong(
    name: str, given: dict[str, str], expected: list[str]
) -> None:
    assert read(name, **given)[1] == expected


def test_a_gloss_has_at_most_two_hundred_characters() -> None:
    assert read("provides", gloss_en="x" * GLOSS_LENGTH)[1] == []
    assert read("provides", gloss_en="x" * (GLOSS_LENGTH + 1))[1] == [
        "gloss_en: 201 characters; at most 200"
    ]


@pytest.mark.parametrize("mark", '«»“”„"')
@pytest.mark.parametrize("column", ["gloss_en", "gloss_fr"])
def test_a_gloss_holds_no_quotation_mark(mark: str, column: str) -> None:
    assert read("provides", **{column: f"x {mark}y"})[1] == [
        f"{column}: a quotation mark; a gloss is in your own words"
    ]


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert read("provides", gloss_fr="L’offre, l'autre.")[1] == []


def test_a_cell_of_separators_alone_states_nothing() -> None:
    assert line("dependsOn", layer=" ; ").key == (("layer", ()),)


def test_figures_become_canonical_before_they_name_a_fact() -> None:
    one, other = line("hasQuantity", value="2.50"), line("hasQuantity", value="02.5")
    assert one.value == other.value == "2.5"
    assert one.fact_id == other.fact_id
    share = line("ownsShareIn", share="50.0")
    assert dict(share.key)["share"] == ("50",)


def test_lines_of_one_fact_are_joined_in_the_order_of_their_passages() -> None:
    lines = [
        line("dependsOn", 2, layer="chips", paragraph="2", confidence="0.5"),
        line(
            "dependsOn", 3, layer="chips", paragraph="1", substitutability="hard", valid_to="2030"
        ),
        line("dependsOn", 4, layer="chips", source="b", paragraph="", contradicts="x--uses--y"),
        line("dependsOn", 5, layer="chips", source="c", supersedes="x--uses--z"),
    ]
    (fact,), problems = facts_of(lines)
    assert problems == []
    assert [item.passage for item in fact.evidence] == ["b-page", "c-p1", "doc-p1", "doc-p2"]
    assert fact.qualifiers == {"layer": ("chips",), "substitutability": ("hard",)}
    assert fact.valid_to == PartialDate("2030")
    assert fact.contradicts == ("x--uses--y",)
    assert fact.supersedes == ("x--uses--z",)
    assert fact.confidence == Decimal("0.9")
    assert facts_of(lines[::-1])[0] == [fact]


def test_a_line_without_a_date_joins_the_one_fact_that_has_one() -> None:
    lines = [
        line("provides", 2, paragraph="1"),
        line("provides", 3, paragraph="2", valid_from="2021"),
        line("provides", 4, paragraph="3", valid_from="2021"),
        line("provides", 5, paragraph="4", object="c"),
    ]
    facts, problems = facts_of(lines)
    assert problems == []
    assert [(fact.object, fact.valid_from, len(fact.evidence)) for fact in facts] == [
        ("b", PartialDate("2021"), 3),
        ("c", None, 1),
    ]
    assert facts[0].id == lines[1].fact_id
    assert facts_of(lines[::-1])[0] == facts


def test_a_line_without_a_date_stands_alone_where_there_are_several() -> None:
    lines = [
        line("provides", 2, paragraph="1"),
        line("provides", 3, paragraph="2", valid_from="2021"),
        line("provides", 4, paragraph="3", valid_from="2022"),
    ]
    facts, problems = facts_of(lines)
    assert problems == []
    dates = sorted(fact.valid_from.text if fact.valid_from else "" for fact in facts)
    assert dates == ["", "2021", "2022"]
    assert facts_of(lines[::-1])[0] == facts


@pytest.mark.parametrize(
    "given", [{"status": "planned"}, {"status": "claimed", "claimant": "c"}, {"object": "c"}]
)
def test_a_line_without_a_date_joins_only_what_says_the_same(given: dict[str, str]) -> None:
    lines = [line("provides", 2, **given), line("provides", 3, paragraph="2", valid_from="2021")]
    assert len(facts_of(lines)[0]) == 2


def test_facts_are_sorted_by_name() -> None:
    facts, _ = facts_of([line("provides", object="z"), line("provides", object="y")])
    assert [fact.object for fact in facts] == ["y", "z"]


def test_a_passage_is_given_once_for_each_fact() -> None:
    lines = [line("provides", 2), line("provides", 3, object="c"), line("provides", 9)]
    _, problems = facts_of(lines[::-1])
    assert [problem.text("en") for problem in problems] == [
        "f.csv:9: row: the same fact at the same passage stands at f.csv:2; delete one line"
    ]


@pytest.mark.parametrize(
    ("column", "one", "other", "words"),
    [
        ("substitutability", "hard", "easy", '"hard"'),
        ("substitutability", "hard", "hard", ""),
        ("substitutability", "hard", "", ""),
        ("substitutability", "unknown", "hard", ""),
        ("substitutability", "hard", "unknown", ""),
        ("quantifier", "all", "some", '"all"'),
        ("valid_to", "2030", "2031", '"2030"'),
        ("valid_to", "2030", "", ""),
        ("valid_to", "2030", "2030", ""),
    ],
)
def test_lines_of_one_fact_agree_on_its_details(
    column: str, one: str, other: str, words: str
) -> None:
    lines = [
        line("dependsOn", 2, paragraph="1", **{column: one}),
        line("dependsOn", 3, paragraph="2", **{column: other}),
    ]
    (fact,), problems = facts_of(lines)
    expected = (
        f"f.csv:3: {column}: {words} in another line of this fact (a--dependsOn--b); "
        "make them agree"
    )
    assert [problem.text("en") for problem in problems] == ([expected] if words else [])
    if column == "substitutability" and "hard" in (one, other):
        assert fact.qualifiers["substitutability"] == ("hard",)
