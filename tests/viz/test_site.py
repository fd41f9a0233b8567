"""The site: every page and link, the same bytes, no weight too much, nothing that could run."""

import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from random import Random
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from techsov.graph.errors import UsageError
from techsov.graph.flow import Knowledge
from techsov.graph.messages import LANGUAGES, catalogue
from techsov.graph.triples.questions import read_questions
from techsov.viz.built import built_assets
from techsov.viz.bundle import SCRIPTS, SHEETS, modules, page_style
from techsov.viz.pages.actor import actor_page, single_file
from techsov.viz.pages.frame import SCRIPTED, Place
from techsov.viz.pages.map import map_page
from techsov.viz.publication import Publication
from techsov.viz.site import ASSETS, PAGES, asset_files, site_jobs

POLICY = (
    f"default-src 'none'; script-src 'self' {SCRIPTED.hash}; style-src 'self'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
)
#: So many bytes a page may weigh, scripts included, and so many more for each fact that it tells.
LIGHT, EACH = 600_000, 1_000
VIZ = Path(__file__).parents[2] / "viz"
#: The laws of the archipelago that may reach somebody.
LAWS = ("undertow", "sandbank")
#: Where an engine answers in the page, it may be compiled and run beside the page.
ASKING = POLICY.replace(SCRIPTED.hash, f"{SCRIPTED.hash} 'wasm-unsafe-eval'").replace(
    "style-src 'self'", "style-src 'self'; worker-src blob:"
)


class Page(HTMLParser):
    """The elements of a page, its ids and its links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        #: How many rows the body of each table has, by its id.
        self.rows: Counter[str] = Counter()
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.elements.append((tag, said))
        if tag == "table":
            self._table = said.get("id", "")
        elif tag in ("thead", "tbody"):
            self._in = tag
        elif tag == "tr" and self._in == "tbody":
            self.rows[self._table] += 1

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]


def pages(site: dict[str, str]) -> dict[str, Page]:
    return {name: Page(text) for name, text in site.items() if name.endswith(".html")}


def written(knowledge: Knowledge, language: str = "fr") -> dict[str, str]:
    jobs = site_jobs(Publication(knowledge), language)
    files = {name: content for job in jobs for sheet in job for name, content in sheet.make()}
    return {name: text if isinstance(text, str) else text.decode() for name, text in files.items()}


def test_every_page_is_there_in_both_languages(
    site: dict[str, str], publication: Publication
) -> None:
    actors = {f"actor/{name}.html" for name in publication.pages}
    actors |= {f"source/{name}.html" for name in publication.knowledge.records.sources}
    questions = {f"question/{name}.{kind}" for name in read_questions() for kind in ("html", "csv")}
    wanted = {
        *PAGES,
        *actors,
        *questions,
        "question/own.html",
        "question/own.csv",
        "questions.html",
        "tours/chip.html",
    }
    asking = {name for name in site if name.startswith("assets/questions-")}
    built = {f"assets/{name}" for name in built_assets()}
    assert set(site) - asking - built == {
        "index.html",
        *(
            f"assets/{name}"
            for name in (
                *ASSETS,
                *SCRIPTS,
                *(f"{each}.css" for each in SHEETS),
                "edition.css",
                "search-en.js",
                "search-fr.js",
            )
        ),
        *(f"{language}/{name}" for language in ("en", "fr") for name in wanted),
    }
    assert {"corvette", "nimbus", "leviathan", "ada", "giants", "straits"} <= set(publication.pages)
    assert not {"calm", "dredge", "salvage-act", "hosting"} & set(publication.pages)


def test_no_link_is_broken(site: dict[str, str]) -> None:
    parsed = pages(site)
    ids = {name: set(page.values("id")) for name, page in parsed.items()}
    broken = []
    for name, page in parsed.items():
        for link in [*page.values("href"), *page.values("src")]:
            if link.startswith(("http:", "https:", "#fact=")):
                continue
            path, _, anchor = link.partition("#")
            target = os.path.normpath(PurePosixPath(name).parent / unquote(path)) if path else name
            # With an equals sign it is no place on the page, but a state of it.
            place = "" if "=" in anchor else anchor
            if target not in site or (place and place not in ids[target]):
                broken.append((name, link))
    assert broken == []


def test_no_id_stands_twice_on_a_page(site: dict[str, str]) -> None:
    for name, page in pages(site).items():
        ids = page.values("id")
        assert len(ids) == len(set(ids)), name


def test_every_page_has_the_policy_and_nothing_inline_that_it_does_not_name(
    site: dict[str, str],
) -> None:
    for name, page in pages(site).items():
        policies = [a["content"] for t, a in page.elements if a.get("http-equiv")]
        assert policies == [ASKING if "/question/" in name else POLICY], name
        assert not [t for t, a in page.elements if "style" in a or t == "style"], name
        assert not [a for _, a in page.elements if any(key.startswith("on") for key in a)], name
        inline = [a for t, a in page.elements if t == "script" and "src" not in a]
        assert [a for a in inline if a.get("type") != "application/json"] == [{}], name
        assert site[name].count(f"<script>{SCRIPTED.text}</script>") == 1, name


def test_every_page_has_one_heading_a_language_and_a_title(site: dict[str, str]) -> None:
    for name, page in pages(site).items():
        tags = [tag for tag, _ in page.elements]
        assert tags.count("h1") == tags.count("title") == tags.count("main") == 1, name
        language = next(a["lang"] for tag, a in page.elements if tag == "html")
        assert language == (name.split("/")[0] if "/" in name else "fr")


def test_links_out_are_of_the_web_and_say_nothing_of_where_they_come_from(
    site: dict[str, str],
) -> None:
    links = [link for page in pages(site).values() for link in page.values("href")]
    assert {"http", "https"} <= {link.partition(":")[0] for link in links}
    assert {urlsplit(link).scheme for link in links} == {"", "http", "https"}
    for name, page in pages(site).items():
        said = [a["content"] for _, a in page.elements if a.get("name") == "referrer"]
        assert said == ["no-referrer"], name


def test_the_data_of_a_page_is_json_that_html_cannot_misread(site: dict[str, str]) -> None:
    block = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', site["en/map.html"]
    )
    assert block
    assert not re.search("[<>&\u2028\u2029]", block[1])
    data = json.loads(block[1])
    assert data["counts"] == {"facts": 55, "marks": 38}


def test_the_tables_of_a_dossier_hold_the_facts_of_its_picture(
    site: dict[str, str], carried: Any
) -> None:
    for name, page in pages(site).items():
        if "/actor/" in name:
            edges = carried(site[name]).get("network", {}).get("edges", ())
            assert sorted(page.values("data-fact")) == sorted(edge["id"] for edge in edges), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["map", "alliances"])
def test_a_table_of_all_that_a_picture_shows_has_it_in_its_order(
    site: dict[str, str], carried: Any, language: str, page: str
) -> None:
    text = site[f"{language}/{page}.html"]
    data = carried(text)
    names = {node["id"]: node["label"] for node in data["network"]["nodes"]}
    verbs = {name: relation["verb"] for name, relation in data["relations"].items()}
    ids = [edge["id"].split("--") for edge in data["network"]["edges"]]
    wanted = [[names[who], verbs[relation], names[whom]] for who, relation, whom, *_ in ids]
    table = text.split('id="facts-table"')[1].split("</table>")[0].split("<tbody>")[1]
    rows = [row.split("<td>")[1:4] for row in table.split("<tr")[1:]]
    said = [
        [html.unescape(re.sub("<span.*|<[^>]*>", "", cell)).strip() for cell in row] for row in rows
    ]
    assert said == wanted
    assert len(said) > 5


def test_the_same_facts_in_another_order_give_the_same_bytes(
    site: dict[str, str], archipelago: Knowledge
) -> None:
    records = archipelago.records
    shuffled = list(records.entities.items())
    Random(3).shuffle(shuffled)
    turned = replace(
        records,
        entities=dict(shuffled),
        sources=dict(reversed(list(records.sources.items()))),
    )
    assert written(replace(archipelago, records=turned)) == site


def test_another_hash_seed_and_time_zone_give_the_same_bytes_and_signatures(
    site: dict[str, str],
) -> None:
    program = (
        "import hashlib, runpy, sys\n"
        "from techsov.viz.publication import Publication\n"
        "from techsov.viz.site import ASSETS, PAGES, site_jobs\n"
        f"build = runpy.run_path({str(Path(__file__).with_name('invented.py'))!r})['invented']\n"
        "jobs = site_jobs(Publication(build()), 'fr')\n"
        "made = [sheet.make() for job in jobs for sheet in job]\n"
        "files = {name: content for some in made for name, content in some}\n"
        "signed = [sheet.sign() for job in jobs for sheet in job if sheet.sign]\n"
        "assert len(signed) > 20\n"
        "print(hashlib.sha256(repr((sorted(files.items()), signed)).encode()).hexdigest())\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Lima"))
    }
    assert len(seen) == 1


def test_a_picture_is_drawn_before_the_rest_of_its_page_has_come(site: dict[str, str]) -> None:
    pictured = {name: text for name, text in site.items() if 'id="explorer"' in text}
    assert {"fr/map.html", "en/alliances.html", "en/actor/corvette.html"} <= pictured.keys()
    for name, text in pictured.items():
        script = "map.js" if name.endswith("/map.html") else "page.js"
        drawn = text.index(f'assets/{script}"></script>')
        assert text.index('id="data"') < drawn < text.index('id="facts"'), name


def weight(name: str, page: Page, files: Mapping[str, str]) -> int:
    """Sum the bytes of a page and of all that it loads."""
    links = [*page.values("src"), *(link for link in page.values("href") if "assets/" in link)]
    loaded = {f"assets/{PurePosixPath(link).name}" for link in links}
    assert "assets/page.css" in loaded
    return sum(len(files[each].encode()) for each in (name, *loaded))


def told(name: str, page: Page) -> int:
    """Count the facts that the rows of a page tell with their sources."""
    if "/actor/" not in name:
        return page.rows["facts-table"]
    rows = {
        attrs.get("id") or attrs["data-fact"]
        for tag, attrs in page.elements
        if tag == "tr" and {"id", "data-fact"} & attrs.keys()
    }
    return len(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_of_the_published_facts_is_light(
    language: str, shared_publication: Publication
) -> None:
    assets = {name: str(text) for name, text in asset_files(shared_publication)}
    text = map_page(shared_publication, language, Place("map.html", "../", language))
    page = Page(text)
    facts = shared_publication.atlas.picture.facts
    assert told("map.html", page) == len(facts) > 600
    assert weight("map.html", page, {**assets, "map.html": text}) <= LIGHT + EACH * len(facts)


def test_pages_are_light(site: dict[str, str]) -> None:
    for name, page in pages(site).items():
        assert weight(name, page, site) <= LIGHT + EACH * told(name, page), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dossiers_of_whom_most_is_said_are_light(
    language: str, shared_publication: Publication
) -> None:
    """An edge is a fact with its sources: a row of a table, or a step of a chain."""
    publication = shared_publication
    counts = Counter(
        end for fact in publication.knowledge.records.facts for end in {fact.subject, fact.object}
    )
    most = [name for name, _ in counts.most_common() if name in publication.paged][:6]
    assets = {name: str(text) for name, text in asset_files(publication)}
    for name in most:
        path = f"{language}/actor/{name}.html"
        place = Place(f"actor/{name}.html", "../../", language)
        text = actor_page(publication, language, place, name, publication.around(name))
        page = Page(text)
        rows = told(path, page)
        steps = page.values("class").count("step")
        assert rows > 30
        assert weight(path, page, {**assets, path: text}) <= LIGHT + EACH * (rows + steps), path


def test_no_word_of_the_pages_stands_outside_the_catalogue() -> None:
    """Templates hold no words of their own."""
    for template in (VIZ / "templates").glob("*.html"):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", template.read_text("utf-8"), flags=re.DOTALL)
        visible = re.sub(r"<[^>]*>", " ", text)
        words = set(re.findall(r"[A-Za-z]{3,}", visible)) - {"techsov", "doctype"}
        assert words == set(), template.name


def test_every_word_of_the_catalogue_is_used() -> None:
    sources = [
        path.read_text("utf-8") for path in VIZ.rglob("*") if path.suffix in {".py", ".js", ".html"}
    ]
    text = "\n".join(sources)
    unused = []
    for key in catalogue():
        area, _, name = key.partition(".")
        if not area.startswith("page") or area == "page-detail":
            continue
        stem = re.sub(r"-(one|many)$", "", name)
        heads = [name[: match.end()] for match in re.finditer("-", name)]
        wanted = [f'"{name}"', f"'{name}'", f'"{stem}"', f"{area}.{name}"]
        wanted += [f"`{head}${{" for head in heads]
        wanted += [f'f"{head}{{' for head in heads] + [f'"{head}" ~' for head in heads]
        if not any(form in text for form in wanted):
            unused.append(key)
    assert unused == []


def test_scripts_ask_only_for_words_that_are_sent() -> None:
    with_words = ("page.js", "map.js", "whatif.js", "reach.js", "ladder.js")
    joined = "".join(modules(name).text for name in with_words)
    asked = set(re.findall(r'(?:say|count)\(\s*"([\w-]+)"', joined))
    sent = {key.partition(".")[2] for key in catalogue() if re.match(r"page-(\w+-)?script\.", key)}
    stems = sent | {re.sub(r"-(one|many)$", "", key) for key in sent}
    assert asked - stems == set()


def test_the_style_sheet_asks_for_nothing() -> None:
    assert not re.search(r"url\(|@import|@font-face", page_style().text)


def test_one_file_holds_everything(archipelago: Knowledge) -> None:
    text = single_file(archipelago, "corvette", 1, "fr")
    page = Page(text)
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv"))
    assert "'self'" not in policy
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == 4
    assert page.values("src") == []
    inside = [link for link in page.values("href") if not link.startswith(("#", "http"))]
    assert inside == []
    ids = set(page.values("id"))
    anchors = [link[1:] for link in page.values("href") if link.startswith("#doc-")]
    assert set(anchors) <= ids
    assert anchors
    assert len(text.encode()) <= LIGHT + EACH * text.count("data-fact=")


def test_one_file_reaches_as_far_as_asked(archipelago: Knowledge) -> None:
    near = single_file(archipelago, "lens", 1, "en").count("data-fact=")
    far = single_file(archipelago, "lens", 3, "en").count("data-fact=")
    assert near < far


@pytest.mark.parametrize("name", ["nobody", "calm", "../index"])
def test_one_file_about_nobody_is_an_error(archipelago: Knowledge, name: str) -> None:
    with pytest.raises(UsageError, match="no actor, offering or infrastructure"):
        single_file(archipelago, name, 1, "en")


def test_gaps_are_said(site: dict[str, str]) -> None:
    drift = site["en/actor/drift.html"]
    assert "That is a gap in the evidence, not independence." in drift
    assert "Under which law is it established?" in drift
    corvette = site["fr/actor/corvette.html"]
    assert "Selon quel droit est-il établi" not in corvette
    assert "Qui le contrôle\xa0?" in corvette


def test_sources_say_what_rests_on_them(site: dict[str, str]) -> None:
    table = site["en/sources.html"]
    assert 'id="doc-gazette-p2"' in table
    assert "not read here" in table
    assert 'id="p2"' in site["en/source/gazette.html"]
    study = site["en/source/study.html"]
    assert "nobody here has read it" in study
    assert 'href="../source/report.html"' in study


def test_the_pages_of_laws_are_part_of_the_site_and_no_link_to_them_is_broken(
    lawful: Knowledge,
) -> None:
    files = written(lawful)
    parsed = pages({name: text for name, text in files.items() if isinstance(text, str)})
    laws = {name for name in parsed if "/law/" in name}
    assert laws == {f"{each}/law/{law}.html" for each in ("en", "fr") for law in LAWS}
    mine = {f"{each}/{name}.html" for each in ("en", "fr") for name in ("reach", "ladder")}
    ids = {name: set(page.values("id")) for name, page in parsed.items()}
    for name in laws | mine:
        for link in parsed[name].values("href"):
            if link.startswith(("http:", "https:")):
                continue
            path, _, anchor = link.partition("#")
            target = os.path.normpath(PurePosixPath(name).parent / unquote(path)) if path else name
            assert target in files, (name, link)
            assert not anchor or anchor in ids[target] or anchor.startswith("ladder-"), (name, link)
