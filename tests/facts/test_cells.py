from datetime import date

import pytest

from techsov.graph.errors import Origin
from techsov.graph.facts.cells import Cells, canonical_decimal, whole_number
from techsov.graph.facts.tables import Row
from techsov.graph.records import PartialDate


def cells(**values: str) -> Cells:
    return Cells(Row(Origin("f.csv", 3), values))


def said(row: Cells) -> list[str]:
    return [problem.text("en") for problem in row.problems]


@pytest.mark.parametrize("text", ["a", "a-b", "4chan", "a" * 80, "com", "console", "index-2"])
def test_an_id_is_lower_case_words_with_single_hyphens(text: str) -> None:
    row = cells(id=text)
    assert (row.id("id"), row.problems) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "a--b",
        "-a",
        "a-",
        "a_b",
        "a b",
        "é",
        "../index",
        "a/b",
        "a" * 81,
        "con",
        "nul",
        "com1",
        "lpt9",
        "index",
        "a\n",
        "٣",
    ],
)
def test_what_cannot_be_a_file_name_everywhere_is_no_id(text: str) -> None:
    row = cells(id=text)
    row.id("id")
    assert [problem.message for problem in row.problems] == ["check.bad-id"]


def test_a_bad_id_is_said_in_both_languages() -> None:
    row = cells(id="TSMC")
    row.id("id")
    assert said(row) == [
        (
            'f.csv:3: id: "TSMC" cannot be an id; use a-z, 0-9 and single hyphens, at most 80 '
            "characters, and no reserved name"
        )
    ]
    assert row.problems[0].text("fr") == (
        "f.csv:3: id: «\u00a0TSMC\u00a0» ne peut être un identifiant\u00a0; employer a-z, 0-9 et "
        "des traits d’union simples, 80 signes au plus, et aucun nom réservé"
    )


def test_an_empty_id_fails_where_it_is_required() -> None:
    row = cells(id="")
    assert row.id("id", required=False) == ""
    assert row.problems == []
    row.id("id")
    assert said(row) == ["f.csv:3: id: empty; give an id"]


def test_a_required_text_that_is_empty_fails_with_its_hint() -> None:
    row = cells(label_en="", label_fr="x")
    assert row.required("label_fr", "check.empty-label") == "x"
    row.required("label_en", "check.empty-label")
    assert said(row) == ["f.csv:3: label_en: empty; give a label in each language"]


def test_several_values_are_sorted_each_once() -> None:
    assert cells(layer="b; a;;b ").several("layer") == ("a", "b")
    assert cells(layer=" ; ").several("layer") == ()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("yes", []),
        ("yess", ['f.csv:3: read: "yess" is not in the list; did you mean "yes"?']),
        ("oui", ['f.csv:3: read: "oui" is not in the list; choose one of: no, yes']),
        ("", ["f.csv:3: read: empty; choose one of: no, yes"]),
        ("YES", ['f.csv:3: read: "YES" is not in the list; choose one of: no, yes']),
    ],
)
def test_a_choice_is_one_word_of_the_list(text: str, problems: list[str]) -> None:
    row = cells(read=text)
    assert row.choice("read", ("yes", "no")) == text
    assert said(row) == problems


@pytest.mark.parametrize(("text", "wrong"), [("", False), ("yes", False), ("zzz", True)])
def test_a_choice_may_be_left_open(text: str, wrong: bool) -> None:
    row = cells(read=text)
    assert row.choice("read", ("yes",), required=False) == text
    assert [problem.message for problem in row.problems] == (["check.choice"] if wrong else [])


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "day"),
        ("1800", date(1800, 1, 1), date(1800, 12, 31), "year"),
        ("2100-12-31", date(2100, 12, 31), date(2100, 12, 31), "day"),
    ],
)
def test_a_date_is_as_precise_as_its_source(
    text: str, first: date, last: date, precision: str
) -> None:
    row = cells(published=text)
    found = row.date("published")
    assert row.problems == []
    assert found is not None
    assert (found.first, found.last, found.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("May 2024", '"May 2024" is not a date; give YYYY, YYYY-MM or YYYY-MM-DD'),
        ("24", '"24" is not a date; give YYYY, YYYY-MM or YYYY-MM-DD'),
        ("2024-5", '"2024-5" is not a date; give YYYY, YYYY-MM or YYYY-MM-DD'),
        ("2024-05-", '"2024-05-" is not a date; give YYYY, YYYY-MM or YYYY-MM-DD'),
        ("01/02/2024", '"01/02/2024" is not a date; give YYYY, YYYY-MM or YYYY-MM-DD'),
        ("٢٠٢٤", '"٢٠٢٤" is not a date; give YYYY, YYYY-MM or YYYY-MM-DD'),
        (
            "2023-02-29",
            '"2023-02-29" does not exist in the calendar; give YYYY, YYYY-MM or YYYY-MM-DD',
        ),
        ("2024-13", '"2024-13" does not exist in the calendar; give YYYY, YYYY-MM or YYYY-MM-DD'),
        ("2024-00", '"2024-00" does not exist in the calendar; give YYYY, YYYY-MM or YYYY-MM-DD'),
        ("0000", '"0000" does not exist in the calendar; give YYYY, YYYY-MM or YYYY-MM-DD'),
        ("1799", '"1799" lies outside 1800–2100; correct the year'),
        ("2101-01-01", '"2101-01-01" lies outside 1800–2100; correct the year'),
    ],
)
def test_what_is_no_date_is_said(text: str, words: str) -> None:
    row = cells(published=text)
    assert row.date("published") is None
    assert said(row) == [f"f.csv:3: published: {words}"]


def test_an_empty_date_is_not_stated() -> None:
    row = cells(published="")
    assert (row.date("published"), row.problems) == (None, [])


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2024", "2023", True),
        ("2024-06-02", "2024-06-01", True),
        ("2024-06", "2024", False),
        ("2024", "2024-01", False),
        ("2024", "2024", False),
        ("2024-06-01", "2024-06-01", False),
        ("", "2024", False),
        ("2024", "", False),
    ],
)
def test_an_end_surely_before_its_beginning_fails(start: str, end: str, wrong: bool) -> None:
    row = cells(valid_from=start, valid_to=end)
    row.until_after_from(PartialDate(start) if start else None, PartialDate(end) if end else None)
    expected = (
        f'f.csv:3: valid_to: "{end}" is before valid_from, {start}; exchange them or correct one'
    )
    assert said(row) == ([expected] if wrong else [])


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.50", "0.5"), ("100", "100"), ("007", "7"), ("-0.0", "0"), ("", ""), ("0", "0")],
)
def test_a_number_becomes_canonical(text: str, number: str) -> None:
    row = cells(share=text)
    assert (row.number("share", "0", "100"), row.problems) == (number, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("high", '"high" is not a number; write digits and a point, such as 19.8'),
        ("0,9", '"0,9" is not a number; write digits and a point, such as 19.8'),
        ("1e3", '"1e3" is not a number; write digits and a point, such as 19.8'),
        ("19.8 %", '"19.8 %" is not a number; write digits and a point, such as 19.8'),
        (".5", '".5" is not a number; write digits and a point, such as 19.8'),
        ("٠.٩", '"٠.٩" is not a number; write digits and a point, such as 19.8'),
        ("nan", '"nan" is not a number; write digits and a point, such as 19.8'),
        ("100.1", '"100.1" is not between 0 and 100; correct it'),
        ("-1", '"-1" is not between 0 and 100; correct it'),
        ("9" * 5000, f'"{"9" * 119}…" is not between 0 and 100; correct it'),
    ],
)
def test_what_is_no_number_is_said(text: str, words: str) -> None:
    row = cells(share=text)
    assert row.number("share", "0", "100") == ""
    assert said(row) == [f"f.csv:3: share: {words}"]


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("012", 12), ("999999999", 999999999)])
def test_a_whole_number_is_read(text: str, number: int) -> None:
    row = cells(paragraph=text)
    assert (row.integer("paragraph", 1), row.problems) == (number, [])


def test_an_empty_whole_number_is_not_stated() -> None:
    row = cells(paragraph="")
    assert (row.integer("paragraph", 1), row.problems) == (None, [])


@pytest.mark.parametrize("text", ["0", "-1", "1.0", "x", "²", "٣", "1000000000", "9" * 5000])
def test_what_is_no_whole_number_is_said(text: str) -> None:
    row = cells(paragraph=text)
    assert row.integer("paragraph", 1) is None
    shown = text if len(text) < 120 else "9" * 119 + "…"
    assert said(row) == [
        f'f.csv:3: paragraph: "{shown}" is not a whole number of at least 1; correct it'
    ]
    assert whole_number("1.5") is None


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://example.org/é",
        "HTTPS://EXAMPLE.ORG/",
        "https://[2001:db8::1]/",
        "",
    ],
)
def test_a_web_address_is_kept(text: str) -> None:
    row = cells(url=text)
    assert (row.address("url"), row.problems) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org",
        "//example.org",
        "example.org",
        "https://",
        "https:///path",
        "https://:80/",
        "http://[::1",
        "https://example.org/a b",
        "https://example.org/<b>",
        'https://example.org/"',
        "https://example.org/{x}",
        "https://example.org/a\\b",
        "https://example.org/`",
    ],
)
def test_what_is_no_web_address_is_said(text: str) -> None:
    row = cells(url=text)
    assert row.address("url") == ""
    assert said(row) == [
        f'f.csv:3: url: "{text}" is not a web address; give http:// or https:// and a host'
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1.10", "1.1"),
        ("100", "100"),
        ("-0", "0"),
        ("0.000", "0"),
        ("-1.50", "-1.5"),
        ("1" * 40, "1" * 40),
    ],
)
def test_a_decimal_is_written_as_stores_write_it(text: str, plain: str) -> None:
    assert canonical_decimal(text) == plain
