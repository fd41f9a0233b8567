"""One cell or byte of the example is broken; the check must say which, where, and the remedy."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

from techsov.graph.errors import DataError, Origin, Problem, StoreError
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge, know
from techsov.graph.messages import LANGUAGES, catalogue

Change = Callable[[str], str | bytes]

NAMED_ID = "nimbus-cloud--describedAs--descr-sovereign--nimbus--9bfbc102"
SHARES = (
    "subject,object,share,votes,status,claimant,valid_from,valid_to,source,paragraph,confidence,"
    "gloss_en,gloss_fr,cited_source,contradicts,supersedes\n"
)
PLAIN = (
    "subject,object,status,claimant,valid_from,valid_to,source,paragraph,confidence,"
    "gloss_en,gloss_fr,cited_source,contradicts,supersedes\n"
)
FIGURES = PLAIN.replace("object", "value")
CLASSES = ", ".join(read_schema().entity_classes)
LAYERS = ", ".join(read_schema().in_scheme("layer"))
STANCES = ", ".join(read_schema().in_scheme("stance"))
STATUSES = "claimed, denied, hypothetical, planned, stated"


def swap(old: str, new: str) -> Change:
    """Replace the first ``old``; the test fails if the example does not hold it."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def add(line: str) -> Change:
    return lambda text: f"{text}{line}\n"


def whole(text: str | bytes) -> Change:
    return lambda _: text


class Expected(NamedTuple):
    """A problem: the key of its message, its place, and its English words (None: not compared)."""

    message: str
    place: str
    words: str | None


class Slip(NamedTuple):
    file: str
    change: Change
    expected: tuple[Expected, ...]
    code: int


def slip(
    name: str, file: str, change: Change, *expected: tuple[str, str, str | None], code: int = 1
) -> "pytest.param":  # type: ignore[valid-type]
    found = tuple(Expected(*item) for item in expected)
    return pytest.param(Slip(file, change, found, code), id=name.replace(" ", "-"))


ACTORS = "entities/actors.csv"
OFFERINGS = "entities/offerings.csv"
DEPENDS = "facts/dependsOn.csv"
PROVIDES = "facts/provides.csv"
MEMBER = "facts/memberOf.csv"
DESCRIBED = "facts/describedAs.csv"
SUBSIDIARY = "facts/subsidiaryOf.csv"
BAD_ID = (
    "cannot be an id; use a-z, 0-9 and single hyphens, at most 80 characters, and no reserved name"
)
CONFIDENCE_HINT = (
    "empty; give 0.9 if the passage says it outright, 0.8 if claimed or planned, "
    "0.5 or less if between the lines"
)
FMT = "run: techsov fmt --sources DIR"

FORMS = [
    slip(
        "column misspelt",
        ACTORS,
        swap("class", "clas"),
        (
            "check.missing-column",
            f"{ACTORS}:1: header",
            'no column "class"; add it, empty where nothing is stated',
        ),
        (
            "check.unknown-column-guess",
            f"{ACTORS}:1: header",
            'unknown column "clas"; did you mean "class"?',
        ),
    ),
    slip(
        "column unknown",
        ACTORS,
        swap("label_fr,iso", "label_fr,iso,wikidata"),
        (
            "check.unknown-column",
            f"{ACTORS}:1: header",
            'unknown column "wikidata"; the columns are: id, class, label_en, label_fr, iso',
        ),
    ),
    slip(
        "column missing",
        "names.csv",
        swap("entity,name", "entity"),
        (
            "check.missing-column",
            "names.csv:1: header",
            'no column "name"; add it, empty where nothing is stated',
        ),
    ),
    slip(
        "column doubled",
        MEMBER,
        swap("role,", "role,role,"),
        (
            "check.doubled-column",
            f"{MEMBER}:1: header",
            'column "role" stands twice; keep one',
        ),
    ),
    slip(
        "file empty",
        PROVIDES,
        whole(""),
        (
            "check.empty-file",
            f"{PROVIDES}:1: header",
            "the file is empty; write its header, see the codebook data/README.md",
        ),
    ),
    slip(
        "cells too many",
        PROVIDES,
        swap("Chipper sells the chips.", "Chipper, sells the chips."),
        ("check.cell-count", f"{PROVIDES}:2: row", "15 cells; the header has 14"),
    ),
    slip(
        "cells too few",
        OFFERINGS,
        swap("Tiny Chip,Petite Puce,", "Tiny Chip,Petite Puce"),
        ("check.cell-count", f"{OFFERINGS}:4: row", "4 cells; the header has 5"),
    ),
    slip(
        "quotation mark open",
        "sources.csv",
        swap("Article on", '"Article on'),
        (
            "check.csv",
            "sources.csv:2: row",
            (
                "not a CSV row (unexpected end of data); close the quotation mark, "
                "or double it inside a cell"
            ),
        ),
    ),
    slip(
        "line break in a cell",
        ACTORS,
        swap("Free Cloud League", '"Free\nCloud League"'),
        (
            "check.line-break",
            f"{ACTORS}:5: label_en",
            "a line break inside a cell; replace it by a space",
        ),
    ),
    slip(
        "cp1252",
        ACTORS,
        lambda text: text.encode("cp1252"),
        (
            "check.not-utf8",
            f"{ACTORS}:2: bytes",
            "byte 0xE9 is not UTF-8; save the file as CSV UTF-8",
        ),
    ),
    slip(
        "UTF-16",
        ACTORS,
        lambda text: text.encode("utf-16"),
        ("check.utf16", f"{ACTORS}:1: bytes", "the file is UTF-16; save it as CSV UTF-8"),
    ),
    slip(
        "UTF-16 without mark",
        "names.csv",
        lambda text: text.encode("utf-16-le"),
        ("check.utf16", "names.csv:1: bytes", "the file is UTF-16; save it as CSV UTF-8"),
    ),
    slip(
        "control character",
        ACTORS,
        swap("Borealia", "\x1b[31mBorealia"),
        (
            "check.control-character",
            f"{ACTORS}:2: label_en",
            r"forbidden character \x1b; delete it",
        ),
    ),
    slip(
        "NUL",
        "sources.csv",
        swap("The Gazette", "The\x00Gazette"),
        (
            "check.control-character",
            "sources.csv:2: publisher",
            r"forbidden character \x00; delete it",
        ),
    ),
    slip(
        "direction override",
        DEPENDS,
        swap("Nimbus names", "Nimbus \u202enames"),
        (
            "check.control-character",
            f"{DEPENDS}:5: gloss_en",
            "forbidden character U+202E; delete it",
        ),
    ),
    slip(
        "cell of 10 MB",
        ACTORS,
        swap("Borealia", "x" * 10_000_000),
        (
            "limit.cell",
            f"{ACTORS}:2: label_en",
            "10000000 characters in one cell, the limit is 10000; was a whole text pasted?",
        ),
        code=3,
    ),
    slip(
        "header of 10 MB",
        ACTORS,
        swap("iso", "iso," + "x" * 10_000_000),
        (
            "check.unknown-column",
            f"{ACTORS}:1: header",
            f'unknown column "{"x" * 119}…"; the columns are: id, class, label_en, label_fr, iso',
        ),
    ),
]

ENTITIES = [
    slip(
        "path as id",
        OFFERINGS,
        add("../index,Product,X,Y,"),
        ("check.bad-id", f"{OFFERINGS}:5: id", f'"../index" {BAD_ID}'),
    ),
    slip(
        "reserved id",
        OFFERINGS,
        add("con,Product,X,Y,"),
        ("check.bad-id", f"{OFFERINGS}:5: id", f'"con" {BAD_ID}'),
    ),
    slip(
        "upper-case id",
        OFFERINGS,
        add("Tiny-Chip,Product,X,Y,"),
        ("check.bad-id", f"{OFFERINGS}:5: id", f'"Tiny-Chip" {BAD_ID}'),
    ),
    slip(
        "id with a space",
        OFFERINGS,
        add("tiny chip>,Product,X,Y,"),
        ("check.bad-id", f"{OFFERINGS}:5: id", f'"tiny chip>" {BAD_ID}'),
    ),
    slip(
        "id too long",
        OFFERINGS,
        add(f"{'a' * 81},Product,X,Y,"),
        ("check.bad-id", f"{OFFERINGS}:5: id", f'"{"a" * 81}" {BAD_ID}'),
    ),
    slip(
        "id empty",
        OFFERINGS,
        add(",Product,X,Y,"),
        ("check.empty-id", f"{OFFERINGS}:5: id", "empty; give an id"),
    ),
    slip(
        "two ids empty",
        OFFERINGS,
        add(",Product,X,Y,\n,Product,X,Y,"),
        ("check.empty-id", f"{OFFERINGS}:5: id", "empty; give an id"),
        ("check.empty-id", f"{OFFERINGS}:6: id", "empty; give an id"),
    ),
    slip(
        "id twice",
        "entities/context.csv",
        add("nimbus,Company,Nimbus again,Encore Nimbus,"),
        (
            "check.repeated-id",
            "entities/context.csv:2: id",
            f'"nimbus" is also at data/{ACTORS}:6; choose another id, or keep one line',
        ),
    ),
    slip(
        "id of a source too",
        OFFERINGS,
        add("gazette,Product,X,Y,"),
        (
            "check.repeated-id",
            "sources.csv:2: id",
            f'"gazette" is also at data/{OFFERINGS}:5; choose another id, or keep one line',
        ),
    ),
    slip(
        "id of a concept",
        OFFERINGS,
        add("status-stated,Product,X,Y,"),
        (
            "check.concept-id",
            f"{OFFERINGS}:5: id",
            '"status-stated" is the id of a concept of the ontology; choose another id',
        ),
        (
            "warning.unused",
            f"{OFFERINGS}:5: id",
            'no fact names "status-stated"; add a fact, or delete the line',
        ),
    ),
    slip(
        "class misspelt",
        ACTORS,
        swap("nimbus,Company", "nimbus,Compagny"),
        (
            "check.choice-guess",
            f"{ACTORS}:6: class",
            '"Compagny" is not in the list; did you mean "Company"?',
        ),
    ),
    slip(
        "class of a state misspelt",
        ACTORS,
        swap("borealia,State", "borealia,Sttate"),
        (
            "check.choice-guess",
            f"{ACTORS}:2: class",
            '"Sttate" is not in the list; did you mean "State"?',
        ),
    ),
    slip(
        "class of something else than an entity",
        ACTORS,
        swap("nimbus,Company", "nimbus,Evidence"),
        (
            "check.choice",
            f"{ACTORS}:6: class",
            f'"Evidence" is not in the list; choose one of: {CLASSES}',
        ),
    ),
    slip(
        "class empty",
        ACTORS,
        swap("nimbus,Company", "nimbus,"),
        ("check.choice-empty", f"{ACTORS}:6: class", f"empty; choose one of: {CLASSES}"),
    ),
    slip(
        "label empty",
        ACTORS,
        swap("Borealia,Boréalie", "Borealia,"),
        ("check.empty-label", f"{ACTORS}:2: label_fr", "empty; give a label in each language"),
    ),
    slip(
        "country slip",
        ACTORS,
        swap("NO", "UK"),
        ("check.iso-guess", f"{ACTORS}:2: iso", '"UK" is not an ISO 3166-1 code; here "GB"?'),
    ),
    slip(
        "country in small letters",
        ACTORS,
        swap("NO", "no"),
        ("check.iso-guess", f"{ACTORS}:2: iso", '"no" is not an ISO 3166-1 code; here "NO"?'),
    ),
    slip(
        "country unknown",
        ACTORS,
        swap("NO", "1"),
        (
            "check.iso",
            f"{ACTORS}:2: iso",
            '"1" is not an ISO 3166-1 code; give two capital letters, such as FR',
        ),
    ),
    slip(
        "country of a company",
        ACTORS,
        swap("Cumulus,Cumulus,", "Cumulus,Cumulus,FR"),
        (
            "check.iso-misplaced",
            f"{ACTORS}:4: iso",
            "only a State has an ISO 3166-1 code; delete it",
        ),
    ),
    slip(
        "country missing",
        ACTORS,
        swap(",NO", ","),
        ("check.iso-empty", f"{ACTORS}:2: iso", "empty; a State needs its ISO 3166-1 code"),
    ),
]

NAMES = [
    slip(
        "name of nobody",
        "names.csv",
        add("chiper,Chippy"),
        (
            "check.unknown-entity-guess",
            "names.csv:4: entity",
            'no entity "chiper"; did you mean "chipper"?',
        ),
    ),
    slip(
        "name empty",
        "names.csv",
        add("nimbus,"),
        ("check.empty-name", "names.csv:4: name", "empty; give the name, or delete the line"),
    ),
    slip(
        "name of a bad id",
        "names.csv",
        add("Nimbus!,Nimb"),
        ("check.bad-id", "names.csv:4: entity", f'"Nimbus!" {BAD_ID}'),
    ),
    slip(
        "name is the label",
        "names.csv",
        add("borealia,Boréalie"),
        (
            "check.name-is-label",
            "names.csv:4: name",
            '"Boréalie" is already the label; delete the line',
        ),
    ),
    slip(
        "name twice",
        "names.csv",
        add("borealia,Kingdom of Borealia"),
        (
            "check.name-twice",
            "names.csv:4: name",
            '"Kingdom of Borealia" stands already at data/names.csv:2; delete one line',
        ),
    ),
    slip(
        "name owned by two",
        "names.csv",
        add("cumulus,CHIPPER Inc."),
        (
            "check.name-shared",
            "names.csv:4: name",
            '"CHIPPER Inc." is also a name of "chipper"; give it to one of them',
        ),
    ),
]

SOURCES = [
    slip(
        "day that does not exist",
        "sources.csv",
        swap("2024-06-01", "2024-06-31"),
        (
            "check.no-such-day",
            "sources.csv:4: accessed",
            '"2024-06-31" does not exist in the calendar; give YYYY, YYYY-MM or YYYY-MM-DD',
        ),
    ),
    slip(
        "date in words",
        "sources.csv",
        swap("2024-05", "May 2024"),
        (
            "check.date-form",
            "sources.csv:2: published",
            '"May 2024" is not a date; give YYYY, YYYY-MM or YYYY-MM-DD',
        ),
    ),
    slip(
        "year far away",
        "sources.csv",
        swap("2024-05", "0204-05"),
        (
            "check.year",
            "sources.csv:2: published",
            '"0204-05" lies outside 1800–2100; correct the year',
        ),
    ),
    slip(
        "address that runs",
        "sources.csv",
        swap("https://nimbus.example/about", "javascript:alert(1)"),
        (
            "check.address",
            "sources.csv:4: url",
            '"javascript:alert(1)" is not a web address; give http:// or https:// and a host',
        ),
        (
            "check.source-nowhere",
            "sources.csv:4: url",
            "no address, no file, and no publisher with a date; say where the document can be found",
        ),
    ),
    slip(
        "address missing",
        "sources.csv",
        swap("https://nimbus.example/about", ""),
        (
            "check.source-nowhere",
            "sources.csv:4: url",
            "no address, no file, and no publisher with a date; say where the document can be found",
        ),
    ),
    slip(
        "neither published nor read on a day",
        "sources.csv",
        swap(",2024-06-01,https://nimbus", ",,https://nimbus"),
        (
            "check.source-undated",
            "sources.csv:4: accessed",
            (
                "empty, and published is empty too; "
                "say when the document came out, or when it was read"
            ),
        ),
    ),
    slip(
        "kind misspelt",
        "sources.csv",
        swap("web-page", "web page"),
        (
            "check.choice-guess",
            "sources.csv:4: kind",
            '"web page" is not in the list; did you mean "web-page"?',
        ),
    ),
    slip(
        "stance unknown",
        "sources.csv",
        swap("promotional", "x>y"),
        (
            "check.choice",
            "sources.csv:4: stance",
            '"x>y" is not in the list; choose one of: ' + STANCES,
        ),
    ),
    slip(
        "read empty",
        "sources.csv",
        swap(",no\n", ",\n"),
        ("check.choice-empty", "sources.csv:3: read", "empty; choose one of: no, yes"),
    ),
    slip(
        "language in words",
        "sources.csv",
        swap("Gazette,en", "Gazette,English"),
        (
            "check.language",
            "sources.csv:2: language",
            '"English" is not a language code; give two letters, such as fr',
        ),
    ),
    slip(
        "file without its size",
        "sources.csv",
        swap("gazette.txt,4,", "gazette.txt,,"),
        (
            "check.file-unmeasured",
            "sources.csv:2: file",
            f"no number of paragraphs or no hash; {FMT}",
        ),
    ),
    slip(
        "file without its hash",
        "sources.csv",
        lambda text: re.sub("gazette.txt,4,[0-9a-f]+", "gazette.txt,4,", text),
        (
            "check.file-unmeasured",
            "sources.csv:2: file",
            f"no number of paragraphs or no hash; {FMT}",
        ),
    ),
    slip(
        "number of paragraphs",
        "sources.csv",
        swap("gazette.txt,4,", "gazette.txt,four,"),
        (
            "check.file-unmeasured",
            "sources.csv:2: file",
            f"no number of paragraphs or no hash; {FMT}",
        ),
        (
            "check.integer",
            "sources.csv:2: paragraphs",
            '"four" is not a whole number of at least 1; correct it',
        ),
    ),
    slip(
        "hash of a file",
        "sources.csv",
        swap("fde146", "FDE146"),
        ("check.sha256", "sources.csv:2: sha256", f"not a SHA-256; {FMT}"),
    ),
    slip(
        "read neither yes nor no, and unused",
        "sources.csv",
        add("spare,A,B,article,neutral,,,en,,,https://spare.example,,,,maybe"),
        (
            "warning.unused",
            "sources.csv:5: id",
            'no fact names "spare"; add a fact, or delete the line',
        ),
        (
            "check.choice",
            "sources.csv:5: read",
            '"maybe" is not in the list; choose one of: no, yes',
        ),
    ),
]

PASSAGES = [
    slip(
        "passage without hash",
        "passages.csv",
        lambda text: re.sub("gazette,3,.*\n", "", text),
        (
            "check.no-hash",
            f"{SUBSIDIARY}:2: paragraph",
            f"the passage gazette-p3 is not in data/passages.csv; {FMT}",
        ),
    ),
    slip(
        "hash of a passage",
        "passages.csv",
        swap("d1cd7823", "d1cd782"),
        ("check.sha256", "passages.csv:2: sha256", f"not a SHA-256; {FMT}"),
    ),
    slip(
        "passage without number",
        "passages.csv",
        add(f"gazette,,{'0' * 64}"),
        (
            "check.empty-paragraph",
            "passages.csv:6: paragraph",
            "empty; give the rank of the paragraph, from 1",
        ),
    ),
    slip(
        "passage number",
        "passages.csv",
        add(f"gazette,0,{'0' * 64}"),
        (
            "check.integer",
            "passages.csv:6: paragraph",
            '"0" is not a whole number of at least 1; correct it',
        ),
    ),
    slip(
        "passage twice",
        "passages.csv",
        add(f"gazette,1,{'0' * 64}"),
        (
            "check.passage-twice",
            "passages.csv:6: paragraph",
            "the passage stands already at data/passages.csv:2; delete one line",
        ),
    ),
    slip(
        "passage that nobody cites",
        "passages.csv",
        add(f"nimbus-page,7,{'0' * 64}"),
        (
            "check.passage-unused",
            "passages.csv:6: paragraph",
            "no fact cites this passage; delete the line",
        ),
    ),
    slip(
        "passage of no source",
        "passages.csv",
        add(f"gazet,7,{'0' * 64}"),
        (
            "check.unknown-source-guess",
            "passages.csv:6: source",
            'no source "gazet"; did you mean "gazette"?',
        ),
    ),
]

LINES = [
    slip(
        "line twice",
        PROVIDES,
        add("nimbus,nimbus-cloud,stated,,,,gazette,1,0.9,Again.,Encore.,,,"),
        (
            "check.duplicate",
            f"{PROVIDES}:5: row",
            f"the same fact at the same passage stands at data/{PROVIDES}:4; delete one line",
        ),
    ),
    slip(
        "subject near another",
        PROVIDES,
        swap("nimbus,nimbus-cloud", "nimbos,nimbus-cloud"),
        (
            "check.unknown-entity-guess",
            f"{PROVIDES}:4: subject",
            'no entity "nimbos"; did you mean "nimbus"?',
        ),
    ),
    slip(
        "object unknown",
        PROVIDES,
        swap("nimbus,nimbus-cloud", "nimbus,zzz"),
        (
            "check.unknown-entity",
            f"{PROVIDES}:4: object",
            'no entity "zzz"; add it to data/entities/, or name another',
        ),
    ),
    slip(
        "object no id",
        PROVIDES,
        swap("nimbus,nimbus-cloud", "nimbus,Nimbus Cloud"),
        ("check.bad-id", f"{PROVIDES}:4: object", f'"Nimbus Cloud" {BAD_ID}'),
    ),
    slip(
        "about itself",
        SUBSIDIARY,
        swap("nimbus,cumulus", "nimbus,nimbus"),
        (
            "check.same-ends",
            f"{SUBSIDIARY}:2: object",
            '"nimbus" is also the subject; name another',
        ),
    ),
    slip(
        "reversed dates",
        MEMBER,
        swap("2022,2023", "2023,2022"),
        (
            "check.reversed-dates",
            f"{MEMBER}:2: valid_to",
            '"2022" is before valid_from, 2023; exchange them or correct one',
        ),
    ),
    slip(
        "source empty",
        PROVIDES,
        swap("gazette,2", ",2"),
        ("check.empty-id", f"{PROVIDES}:3: source", "empty; give an id"),
    ),
    slip(
        "source unknown",
        PROVIDES,
        swap("gazette,2", "daily,2"),
        (
            "check.unknown-source",
            f"{PROVIDES}:3: source",
            'no source "daily"; add it to data/sources.csv',
        ),
    ),
    slip(
        "source near another",
        PROVIDES,
        swap("gazette,2", "gazete,2"),
        (
            "check.unknown-source-guess",
            f"{PROVIDES}:3: source",
            'no source "gazete"; did you mean "gazette"?',
        ),
    ),
    slip(
        "source unread",
        PROVIDES,
        swap("gazette,2", "legend,2"),
        (
            "check.source-unread",
            f"{PROVIDES}:3: source",
            (
                '"legend" has not been read by anybody here; cite the document that was read, '
                "and put this one under cited_source"
            ),
        ),
    ),
    slip(
        "cited source unknown",
        DEPENDS,
        swap("puce.,legend", "puce.,legends"),
        (
            "check.unknown-source-guess",
            f"{DEPENDS}:2: cited_source",
            'no source "legends"; did you mean "legend"?',
        ),
        (
            "warning.unused",
            "sources.csv:3: id",
            'no fact names "legend"; add a fact, or delete the line',
        ),
    ),
    slip(
        "paragraph past the end",
        PROVIDES,
        swap("gazette,2", "gazette,5"),
        ("check.past-end", f"{PROVIDES}:3: paragraph", "paragraph 5; the document has 4"),
    ),
    slip(
        "paragraph empty",
        PROVIDES,
        swap("gazette,2", "gazette,"),
        (
            "check.empty-paragraph",
            f"{PROVIDES}:3: paragraph",
            "empty; give the rank of the paragraph, from 1",
        ),
    ),
    slip(
        "paragraph of a web page",
        DEPENDS,
        swap("nimbus-page,,0.9", "nimbus-page,1,0.9"),
        (
            "check.page-has-none",
            f"{DEPENDS}:5: paragraph",
            '"nimbus-page" has no numbered paragraphs; leave the cell empty',
        ),
    ),
    slip(
        "confidence over one",
        PROVIDES,
        swap("2,0.9", "2,1.1"),
        (
            "check.number-range",
            f"{PROVIDES}:3: confidence",
            '"1.1" is not between 0 and 1; correct it',
        ),
    ),
    slip(
        "confidence in words",
        PROVIDES,
        swap("2,0.9", "2,high"),
        (
            "check.number-form",
            f"{PROVIDES}:3: confidence",
            '"high" is not a number; write digits and a point, such as 19.8',
        ),
    ),
    slip(
        "confidence with a comma",
        PROVIDES,
        swap("2,0.9", '2,"0,9"'),
        (
            "check.number-form",
            f"{PROVIDES}:3: confidence",
            '"0,9" is not a number; write digits and a point, such as 19.8',
        ),
    ),
    slip(
        "confidence empty",
        PROVIDES,
        swap("2,0.9", "2,"),
        ("check.empty-confidence", f"{PROVIDES}:3: confidence", CONFIDENCE_HINT),
    ),
    slip(
        "gloss empty",
        PROVIDES,
        swap("Cumulus a un nuage.", ""),
        (
            "check.empty-gloss",
            f"{PROVIDES}:3: gloss_fr",
            "empty; say in your own words what the passage says",
        ),
    ),
    slip(
        "gloss too long",
        PROVIDES,
        swap("Cumulus a un nuage.", "n" * 201),
        ("check.long-gloss", f"{PROVIDES}:3: gloss_fr", "201 characters; at most 200"),
    ),
    slip(
        "gloss that quotes",
        PROVIDES,
        swap("Cumulus has a cloud.", "Cumulus has a “cloud”."),
        (
            "check.quotation",
            f"{PROVIDES}:3: gloss_en",
            "a quotation mark; a gloss is in your own words",
        ),
    ),
    slip(
        "claimed by nobody",
        PROVIDES,
        swap("cumulus-cloud,stated", "cumulus-cloud,claimed"),
        (
            "check.no-claimant",
            f"{PROVIDES}:3: claimant",
            "empty, but the status is claimed; say who holds it",
        ),
    ),
    slip(
        "denied by nobody",
        DESCRIBED,
        swap("denied,cumulus", "denied,"),
        (
            "check.no-claimant",
            f"{DESCRIBED}:3: claimant",
            "empty, but the status is denied; say who holds it",
        ),
    ),
    slip(
        "claimant near another",
        DESCRIBED,
        swap("denied,cumulus", "denied,cumulos"),
        (
            "check.unknown-claimant-guess",
            f"{DESCRIBED}:3: claimant",
            'no entity or source "cumulos"; did you mean "cumulus"?',
        ),
    ),
    slip(
        "claimant unknown",
        DESCRIBED,
        swap("denied,cumulus", "denied,zzz"),
        (
            "check.unknown-claimant",
            f"{DESCRIBED}:3: claimant",
            'no entity or source "zzz"; say who speaks',
        ),
    ),
    slip(
        "status misspelt",
        PROVIDES,
        swap("cumulus-cloud,stated", "cumulus-cloud,statd"),
        (
            "check.choice-guess",
            f"{PROVIDES}:3: status",
            '"statd" is not in the list; did you mean "stated"?',
        ),
    ),
    slip(
        "status that only programs write",
        PROVIDES,
        swap("cumulus-cloud,stated", "cumulus-cloud,inferred"),
        (
            "check.choice",
            f"{PROVIDES}:3: status",
            f'"inferred" is not in the list; choose one of: {STATUSES}',
        ),
    ),
    slip(
        "status empty",
        PROVIDES,
        swap("cumulus-cloud,stated", "cumulus-cloud,"),
        ("check.choice-empty", f"{PROVIDES}:3: status", f"empty; choose one of: {STATUSES}"),
    ),
    slip(
        "concept as object",
        DESCRIBED,
        swap("nimbus-cloud,sovereign,,borealia,denied", "nimbus-cloud,soverein,,borealia,denied"),
        (
            "check.choice-guess",
            f"{DESCRIBED}:3: object",
            '"soverein" is not in the list; did you mean "sovereign"?',
        ),
    ),
    slip(
        "layer misspelt",
        DEPENDS,
        swap("tiny-chip,chips", "tiny-chip,chips;clouds"),
        (
            "check.choice-guess",
            f"{DEPENDS}:2: layer",
            '"clouds" is not in the list; did you mean "cloud"?',
        ),
    ),
    slip(
        "layer unknown",
        DEPENDS,
        swap("tiny-chip,chips", "tiny-chip,z"),
        (
            "check.choice",
            f"{DEPENDS}:2: layer",
            f'"z" is not in the list; choose one of: {LAYERS}',
        ),
    ),
    slip(
        "two values where one fits",
        DEPENDS,
        swap("chips,,,hard", "chips,,,hard;easy"),
        (
            "check.one-only",
            f"{DEPENDS}:2: substitutability",
            '"hard;easy" holds several values; give one',
        ),
    ),
    slip(
        "entity in a qualifier unknown",
        DESCRIBED,
        swap("borealia,denied", "boreala,denied"),
        (
            "check.unknown-entity-guess",
            f"{DESCRIBED}:3: sovereignty_for",
            'no entity "boreala"; did you mean "borealia"?',
        ),
    ),
    slip(
        "entity in a qualifier no id",
        DESCRIBED,
        swap("borealia,denied", "bo realia>,denied"),
        ("check.bad-id", f"{DESCRIBED}:3: sovereignty_for", f'"bo realia>" {BAD_ID}'),
    ),
    slip(
        "lines of one fact disagree",
        DEPENDS,
        lambda text: text.replace(
            "chips,,,unknown,stated,,,,gazette", "chips,,,hard,stated,,,,gazette"
        ).replace("chips,,,unknown,stated,,,,nimbus", "chips,,,easy,stated,,,,nimbus"),
        (
            "check.disagree",
            f"{DEPENDS}:5: substitutability",
            (
                '"hard" in another line of this fact '
                "(nimbus-cloud--dependsOn--tiny-chip--4ab15716); make them agree"
            ),
        ),
    ),
    slip(
        "contradicts no fact",
        DESCRIBED,
        swap(NAMED_ID, "a--b--c"),
        (
            "check.unknown-fact",
            f"{DESCRIBED}:3: contradicts",
            'no fact "a--b--c"; copy the name from techsov show',
        ),
    ),
    slip(
        "contradicts nearly a fact",
        DESCRIBED,
        swap(NAMED_ID, NAMED_ID.replace("sovereign--", "sovreign--")),
        (
            "check.unknown-fact-guess",
            f"{DESCRIBED}:3: contradicts",
            (
                f'no fact "{NAMED_ID.replace("sovereign--", "sovreign--")}"; did you mean '
                f'"{NAMED_ID}"?'
            ),
        ),
    ),
    slip(
        "supersedes no name",
        SUBSIDIARY,
        swap("Nimbus.,,,", "Nimbus.,,,a fact"),
        (
            "check.fact-id",
            f"{SUBSIDIARY}:2: supersedes",
            '"a fact" is not the name of a fact; copy it from techsov show',
        ),
    ),
    slip(
        "contradicts itself",
        DESCRIBED,
        swap(NAMED_ID, "nimbus-cloud--describedAs--descr-sovereign--cumulus--a5e6fd5f"),
        (
            "check.itself",
            f"{DESCRIBED}:3: contradicts",
            "the fact names itself; name another",
        ),
    ),
]

RELATIONS = [
    slip(
        "relation misspelt",
        "facts/membersOf.csv",
        whole(PLAIN),
        (
            "check.unknown-relation-guess",
            "facts/membersOf.csv",
            'no relation is called "membersOf"; did you mean "memberOf"?',
        ),
    ),
    slip(
        "relation unknown",
        "facts/zzz.csv",
        whole(PLAIN),
        (
            "check.unknown-relation",
            "facts/zzz.csv",
            'no relation is called "zzz"; declare it in ontology/techsov.ttl, or rename the file',
        ),
    ),
    slip(
        "ending in capitals",
        "facts/operatesIn.CSV",
        whole(PLAIN),
        (
            "check.unknown-relation-guess",
            "facts/operatesIn.CSV",
            'no relation is called "operatesIn.CSV"; did you mean "operatesIn"?',
        ),
    ),
    slip(
        "share of 101",
        "facts/ownsShareIn.csv",
        whole(SHARES + "chipper,nimbus,101,,stated,,,,gazette,1,0.9,A,B,,,\n"),
        (
            "check.number-range",
            "facts/ownsShareIn.csv:2: share",
            '"101" is not between 0 and 100; correct it',
        ),
    ),
    slip(
        "shares over the whole",
        "facts/ownsShareIn.csv",
        whole(
            SHARES
            + "chipper,nimbus,60,,stated,,2020,,gazette,1,0.9,A,B,,,\n"
            + "cumulus,nimbus,50,,stated,,2021,,gazette,1,0.9,A,B,,,\n"
        ),
        (
            "check.shares",
            "facts/ownsShareIn.csv:3: share",
            (
                'the shares in "nimbus" on that day add up to 110 %; correct one, give an end, '
                "or link them by contradicts"
            ),
        ),
    ),
    slip(
        "control in a circle of two",
        SUBSIDIARY,
        add("cumulus,nimbus,stated,,2022,,gazette,1,0.9,A,B,,,"),
        (
            "check.control-cycle",
            f"{SUBSIDIARY}:2: object",
            "control runs in a circle: cumulus → nimbus → cumulus; correct one, or give an end",
        ),
    ),
    slip(
        "control in a circle of three",
        SUBSIDIARY,
        add(
            "cumulus,chipper,stated,,2022,,gazette,1,0.9,A,B,,,\n"
            "chipper,nimbus,stated,,2023,,gazette,1,0.9,A,B,,,"
        ),
        (
            "check.control-cycle",
            f"{SUBSIDIARY}:2: object",
            (
                "control runs in a circle: chipper → cumulus → nimbus → chipper; correct one, "
                "or give an end"
            ),
        ),
    ),
    slip(
        "figure empty",
        "facts/minimumSources.csv",
        whole(FIGURES + "nimbus,,stated,,,,gazette,1,0.9,A,B,,,\n"),
        ("check.empty-value", "facts/minimumSources.csv:2: value", "empty; give the figure"),
    ),
    slip(
        "figure not whole",
        "facts/minimumSources.csv",
        whole(FIGURES + "nimbus,1.5,stated,,,,gazette,1,0.9,A,B,,,\n"),
        (
            "check.integer",
            "facts/minimumSources.csv:2: value",
            '"1.5" is not a whole number of at least 0; correct it',
        ),
    ),
]

SHAPES = [
    slip(
        "subject of a wrong type",
        PROVIDES,
        swap("nimbus,nimbus-cloud", "cumulus-cloud,nimbus-cloud"),
        ("check.shape", f"{PROVIDES}:4: subject", None),
    ),
    slip(
        "object of a wrong type",
        PROVIDES,
        swap("nimbus,nimbus-cloud", "nimbus,cumulus"),
        ("check.shape", f"{PROVIDES}:4: object", None),
    ),
    slip(
        "claimant of a wrong type",
        DESCRIBED,
        swap("denied,cumulus", "denied,tiny-chip"),
        ("check.shape", f"{DESCRIBED}:3: claimant", None),
    ),
    slip(
        "judgement as a fact",
        "facts/alternativeTo.csv",
        whole(PLAIN + "nimbus-cloud,cumulus-cloud,stated,,,,gazette,1,0.9,A,B,,,\n"),
        ("check.shape", "facts/alternativeTo.csv:2: status", None),
    ),
    slip(
        "sovereign for nobody",
        DESCRIBED,
        swap("borealia,denied", ",denied"),
        ("check.shape", f"{DESCRIBED}:3: sovereignty_for", None),
    ),
]

SLIPS = [*FORMS, *ENTITIES, *NAMES, *SOURCES, *PASSAGES, *LINES, *RELATIONS, *SHAPES]


def break_file(folder: Path, slip: Slip) -> None:
    path = folder / slip.file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    changed = slip.change(text)
    path.write_bytes(changed.encode() if isinstance(changed, str) else changed)


def place(problem: Problem) -> str:
    named = f"{problem.origin}: {problem.column}" if problem.column else str(problem.origin)
    return named.removeprefix("data/")


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_is_one_problem_with_file_line_column_and_remedy(folder: Path, slip: Slip) -> None:
    break_file(folder, slip)
    with pytest.raises(DataError) as caught:
        know(folder, shapes=True)
    found = caught.value.problems
    assert [(item.message, place(item)) for item in found] == [
        (item.message, item.place) for item in slip.expected
    ]
    for problem, expected in zip(found, slip.expected, strict=True):
        if expected.words is not None:
            assert problem.text("en") == f"data/{expected.place}: {expected.words}"
        assert problem.text("fr").startswith(f"data/{expected.place}: ")
        assert problem.text("fr") != problem.text("en")
        # A person is told what would be right, and in one line.
        assert "; " in problem.text("en")
        assert "\u00a0; " in problem.text("fr")
        assert "\n" not in problem.text("en")
    assert caught.value.exit_code == slip.code


def test_there_are_many_kinds_of_slips() -> None:
    assert len(SLIPS) >= 45


def test_a_huge_cell_is_refused_quickly(folder: Path) -> None:
    (folder / "names.csv").write_text("entity,name\nnimbus," + "é" * 10_000_000 + "\n")
    start = time.perf_counter()
    with pytest.raises(DataError) as caught:
        know(folder)
    assert time.perf_counter() - start < 5
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("missing", ["names.csv", "sources.csv", "passages.csv"])
def test_a_missing_file_is_named(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(StoreError) as caught:
        know(folder)
    assert caught.value.exit_code == 4
    assert caught.value.text("en") == (
        f"data/{missing}: there is no such file; create it with its header, "
        "see the codebook data/README.md"
    )


LEGAL: dict[str, Change] = {
    "BOM": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "Excel": lambda text: text.replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig"),
    "no last line break": lambda text: text.rstrip("\n"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
}


@pytest.mark.parametrize("change", LEGAL.values(), ids=LEGAL.keys())
def test_what_spreadsheets_write_gives_the_same_triples(
    folder: Path, example: Knowledge, change: Change
) -> None:
    for path in folder.rglob("*.csv"):
        changed = change(path.read_text(encoding="utf-8"))
        path.write_bytes(changed.encode() if isinstance(changed, str) else changed)
    assert know(folder).triples == example.triples


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://x.example")', "<b>x</b>", "1.10"]
)
def test_a_formula_is_legal_and_kept(folder: Path, text: str) -> None:
    doubled = text.replace('"', '""')
    path = folder / ACTORS
    path.write_text(path.read_text().replace("Borealia,", f'"{doubled}",', 1))
    assert know(folder, shapes=True).records.entities["borealia"].label_en == text


@pytest.mark.parametrize(
    ("file", "change", "warned"),
    [
        (
            OFFERINGS,
            add("spare,Product,Spare,Rechange,"),
            [f'data/{OFFERINGS}:5: id: no fact names "spare"; add a fact, or delete the line'],
        ),
        (
            PROVIDES,
            add("cumulus,nimbus-cloud,planned,,,,gazette,1,0.8,A,B,,,"),
            [],
        ),
    ],
    ids=["unused", "planned"],
)
def test_a_warning_fails_nothing(
    folder: Path, file: str, change: Change, warned: list[str]
) -> None:
    break_file(folder, Slip(file, change, (), 0))
    knowledge = know(folder, shapes=True)
    assert [problem.text("en") for problem in knowledge.warnings] == warned
    assert all(problem.warning for problem in knowledge.warnings)


def test_a_plan_that_begins_before_its_source_is_a_warning(folder: Path) -> None:
    break_file(folder, Slip("sources.csv", swap("2024-05,", "2024-05-02,"), (), 0))
    line = "cumulus,nimbus-cloud,planned,,2024-05-01,,gazette,1,0.8,A,B,,,"
    break_file(folder, Slip(PROVIDES, add(line), (), 0))
    warnings = know(folder, shapes=True).warnings
    assert [(problem.message, place(problem)) for problem in warnings] == [
        ("check.shape", f"{PROVIDES}:5: status")
    ]
    assert all(
        "gazette" in problem.text(language) for problem in warnings for language in LANGUAGES
    )


def test_many_mistakes_are_all_reported_in_one_run_sorted(folder: Path) -> None:
    chosen = {
        "label-empty",
        "country-slip",
        "id-twice",
        "path-as-id",
        "name-owned-by-two",
        "day-that-does-not-exist",
        "language-in-words",
        "passage-twice",
        "line-twice",
        "source-near-another",
        "paragraph-of-a-web-page",
        "concept-as-object",
        "layer-misspelt",
        "control-in-a-circle-of-two",
        "reversed-dates",
        "judgement-as-a-fact",
        "relation-misspelt",
    }
    slips = [case.values[0] for case in SLIPS if case.id in chosen]
    assert len(slips) == len(chosen)
    expected: list[tuple[str, str]] = []
    for broken in slips:
        assert isinstance(broken, Slip)
        break_file(folder, broken)
        expected += [(item.place, item.message) for item in broken.expected]
    with pytest.raises(DataError) as caught:
        know(folder, shapes=True)
    found = [(place(problem), problem.message) for problem in caught.value.problems]
    assert sorted(found) == sorted(expected)
    assert caught.value.problems == sorted(caught.value.problems)
    lines = caught.value.text("en").split("\n")
    assert lines == [problem.text("en") for problem in caught.value.problems]


def test_past_a_hundred_problems_the_rest_is_counted() -> None:
    problems = [
        Problem(Origin("data/x.csv", line), "id", "check.empty-id") for line in range(1, 104)
    ]
    error = DataError([*problems, *problems])
    assert error.exit_code == 1
    lines = error.text("en").split("\n")
    assert (len(lines), lines[99], lines[100]) == (
        101,
        "data/x.csv:100: id: empty; give an id",
        "and 3 more problems",
    )
    assert error.text("fr").split("\n")[100] == "et 3 autres problèmes"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "subject-near-another",
            (
                f"data/{PROVIDES}:4: subject: aucune entité «\u00a0nimbos\u00a0»\u00a0; "
                "serait-ce «\u00a0nimbus\u00a0»\u00a0?"
            ),
        ),
        (
            "paragraph-past-the-end",
            f"data/{PROVIDES}:3: paragraph: paragraphe 5\u00a0; le document en a 4",
        ),
        (
            "cp1252",
            (
                f"data/{ACTORS}:2: bytes: l’octet 0xE9 n’est pas de l’UTF-8\u00a0; enregistrer le "
                "fichier en CSV UTF-8"
            ),
        ),
        (
            "shares-over-the-whole",
            (
                "data/facts/ownsShareIn.csv:3: share: les parts de «\u00a0nimbus\u00a0» ce jour-là "
                "font 110\u00a0%\u00a0; en corriger une, donner une fin, ou les lier par contradicts"
            ),
        ),
    ],
)
def test_problems_are_said_in_french(folder: Path, name: str, words: str) -> None:
    broken = next(case.values[0] for case in SLIPS if case.id == name)
    assert isinstance(broken, Slip)
    break_file(folder, broken)
    with pytest.raises(DataError) as caught:
        know(folder)
    assert caught.value.text("fr") == words


def blanks(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


CHECKED = [
    key for key in catalogue() if key.split(".")[0] in {"check", "warning", "limit", "error"}
]


@pytest.mark.parametrize("key", CHECKED)
def test_a_message_has_the_same_blanks_in_both_languages(key: str) -> None:
    words = catalogue()[key]
    assert sorted(words) == sorted(LANGUAGES)
    if key != "check.shape":
        assert blanks(words["en"]) == blanks(words["fr"])
    assert not re.search(r" [;:!?»%]|« ", words["fr"]), "a French line may break there"


def test_every_message_of_a_check_is_expected_by_some_test() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    named = set(re.findall(r'"((?:check|warning)\.[a-z0-9-]+)"', texts))
    assert {key for key in CHECKED if key.startswith(("check.", "warning."))} <= named


def test_every_message_that_the_program_names_is_in_the_catalogue() -> None:
    import techsov.graph

    roots = [Path(root) for root in techsov.graph.__path__]
    texts = "".join(
        path.read_text(encoding="utf-8") for root in roots for path in root.rglob("*.py")
    )
    named = set(re.findall(r'"((?:check|warning|limit|error)\.[a-z0-9-]+)"', texts))
    assert named
    assert named <= set(catalogue())
