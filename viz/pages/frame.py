"""What every page has: its place in the site, its policy, its head and foot."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from techsov.graph.messages import LANGUAGES
from techsov.viz.bundle import Text, edition_style, page_script, page_style
from techsov.viz.network import vis_network
from techsov.viz.publication import Publication
from techsov.viz.words import count, day_text, word

#: The pages to which every page leads, with the word for each, in the order of the head.
NAVIGATION = (
    ("index.html", "nav-home"),
    ("map.html", "nav-map"),
    ("whatif.html", "nav-whatif"),
    ("questions.html", "nav-questions"),
    ("sources.html", "nav-sources"),
    ("method.html", "nav-method"),
)
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
    words = {"t": partial(_word, language), "n": partial(_count, language)}
    page = _environment().get_template(template)
    return page.render(
        **words,
        **_assets(publication, place, policy_more or {}),
        scripts=scripts,
        styles=styles,
        navigation=NAVIGATION,
        language=language,
        other=other,
        place=place,
        name=publication.teller(language).name,
        pages=frozenset(publication.pages if place.root is not None else ()),
        reach=publication.reach,
        day=day.isoformat(),
        day_text=day_text(day, language),
        **values,
    )


def _word(language: str, key: str, **values: object) -> str:
    return word(key, language, **values)


def _count(language: str, key: str, number: int) -> str:
    return count(key, number, language)


def _assets(publication: Publication, place: Place, more: Mapping[str, str]) -> dict[str, object]:
    """Give the policy of the page, and its scripts and style where they stand inside it."""
    if place.root is not None:
        allowed = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'"}
        for directive, sources in more.items():
            allowed[directive] = f"{allowed.get(directive, '')} {sources}".strip()
        policy = "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())
        return {"policy": f"{policy}; {COMMON_POLICY}", "inline": None}
    # A browser reads CR LF as LF before it hashes.
    vis = Text(vis_network().replace("\r\n", "\n"))
    script = page_script()
    style = Text(page_style().text + edition_style(publication.knowledge.edition).text)
    policy = (
        f"default-src 'none'; script-src {vis.hash} {script.hash}; style-src {style.hash}; "
        f"{COMMON_POLICY}"
    )
    inline = {"style": Markup(style.text), "scripts": [Markup(vis.text), Markup(script.text)]}
    return {"policy": policy, "inline": inline}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("techsov.viz", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
