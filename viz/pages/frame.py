"""What every page has: its place in the site, its policy, its head and foot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from techsov.graph.messages import LANGUAGES
from techsov.viz.bundle import Text, edition_style, page_style, script, sheet
from techsov.viz.network import vis_network
from techsov.viz.publication import Publication
from techsov.viz.words import area_word, count, day_text, word

#: The pages to which every page leads, with the word for each, in the order of the head.
NAVIGATION = (
    ("index.html", "nav-home"),
    ("map.html", "nav-map"),
    ("alliances.html", "nav-alliances"),
    ("chokepoints.html", "nav-chokepoints"),
    ("concentration.html", "nav-concentration"),
    ("timeline.html", "nav-timeline"),
    ("whatif.html", "nav-whatif"),
    ("paths.html", "nav-paths"),
    ("reach.html", "nav-reach"),
    ("ladder.html", "nav-ladder"),
    ("questions.html", "nav-questions"),
    ("sources.html", "nav-sources"),
    ("method.html", "nav-method"),
)
#: Which pages stand together in the head, in this order; a page of no group stands in the last.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "look": ("index.html", "map.html", "paths.html", "timeline.html"),
    "weigh": (
        "chokepoints.html",
        "whatif.html",
        "alliances.html",
        "concentration.html",
        "reach.html",
        "ladder.html",
    ),
    "check": ("questions.html", "sources.html", "method.html"),
}
#: Says that scripts run before anything is shown, so that nothing has to move when they come.
SCRIPTED = Text('document.documentElement.classList.add("scripted")')
COMMON_POLICY = "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: its path below the folder of its language, and the way to the root.

    ``folder`` is the language whose folder it stands in, or empty at the root. ``root`` is None
    for a page that is a file of its own and links to no other.

    >>> place = Place("actor/dune.html", "../../", "fr")
    >>> place.link("fr", "index.html"), place.link("en", "index.html")
    ('../index.html', '../../en/index.html')
    """

    path: str
    root: str | None
    folder: str = ""

    @property
    def file(self) -> str:
        """The path of the page below the root of the site."""
        return f"{self.folder}/{self.path}".removeprefix("/")

    def link(self, language: str, path: str) -> str:
        """Give the address of another page, or nothing where there is none."""
        if self.root is None:
            return ""
        if language == self.folder:
            return f"{self.root.removeprefix('../')}{path}"
        return f"{self.root}{language}/{path}"


def render(
    template: str,
    publication: Publication,
    language: str,
    place: Place,
    scripts: tuple[str, ...] = (),
    styles: tuple[str, ...] = (),
    policy_more: Mapping[str, str] | None = None,
    **values: object,
) -> str:
    """Fill a template with what every page has, and the rest.

    ``scripts`` and ``styles`` stand below ``assets/``, ``styles`` besides the style of every page.
    ``policy_more`` is what the page must be allowed besides, by directive.
    """
    other = next(item for item in LANGUAGES if item != language)
    day = publication.knowledge.day
    words = {"t": partial(say_word, language), "n": partial(_count, language)}
    page = environment().get_template(template)
    return page.render(
        **words,
        **_assets(publication, place, styles, policy_more or {}),
        scripts=scripts,
        menu=grouped(NAVIGATION),
        home=partial(home_word, language),
        styles=styles,
        language=language,
        other=other,
        place=place,
        name=publication.teller(language).name,
        pages=publication.paged if place.root is not None else frozenset(),
        reach=publication.reach,
        day=day.isoformat(),
        day_text=day_text(day, language),
        **values,
    )


def grouped(
    pages: Iterable[tuple[str, str]],
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Sort pages into the groups of the head, leaving out groups without a page.

    >>> grouped([("sources.html", "a"), ("map.html", "b"), ("new.html", "c")])
    [('look', [('map.html', 'b')]), ('check', [('sources.html', 'a'), ('new.html', 'c')])]
    """
    group_of = {path: group for group, paths in GROUPS.items() for path in paths}
    last = list(GROUPS)[-1]
    found: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
    for path, key in pages:
        found[group_of.get(path, last)].append((path, key))
    return [(group, members) for group, members in found.items() if members]


def home_word(language: str, key: str, **values: object) -> str:
    """Say one message of the home page and of what every page has from it: groups and search."""
    return area_word("page-home", key, language, **values)


def say_word(language: str, key: str, **values: object) -> str:
    """Say one message of the area ``page``."""
    return word(key, language, **values)


def _count(language: str, key: str, number: int) -> str:
    return count(key, number, language)


def _assets(
    publication: Publication, place: Place, styles: Iterable[str], more: Mapping[str, str]
) -> dict[str, object]:
    """Give the policy of the page, and its scripts and style where they stand inside it."""
    scripted = Markup(SCRIPTED.text)
    if place.root is not None:
        allowed = {
            "default-src": "'none'",
            "script-src": f"'self' {SCRIPTED.hash}",
            "style-src": "'self'",
        }
        for directive, sources in more.items():
            allowed[directive] = f"{allowed.get(directive, '')} {sources}".strip()
        policy = "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())
        return {"policy": f"{policy}; {COMMON_POLICY}", "scripted": scripted, "inline": None}
    # A browser reads CR LF as LF before it hashes.
    vis = Text(vis_network().replace("\r\n", "\n"))
    own = script("page.js")
    own_styles = "".join(sheet(name.removesuffix(".css")) for name in styles)
    edition = edition_style(publication.knowledge.edition).text
    style = Text(page_style().text + own_styles + edition)
    policy = (
        f"default-src 'none'; script-src {SCRIPTED.hash} {vis.hash} {own.hash}; "
        f"style-src {style.hash}; {COMMON_POLICY}"
    )
    inline = {
        "style": Markup(style.text),
        "scripts": [Markup(vis.text), Markup(own.text)],
    }
    return {"policy": policy, "scripted": scripted, "inline": inline}


@cache
def environment() -> Environment:
    """Give the templates, with every text escaped."""
    return Environment(
        loader=PackageLoader("techsov.viz", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
