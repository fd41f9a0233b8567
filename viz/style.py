"""How things look, in one table: the picture and its legend both read it.

One channel has one meaning: shape and colour of a mark say which family of thing it is, size says
reach, the colour and the arrow of a line say what kind of relation it is, its dash the status.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from techsov.graph.errors import OntologyError

Shape = Literal["dot", "square", "star", "diamond", "triangle", "triangleDown", "hexagon"]
Arrow = Literal["triangle", "diamond", "vee"]

PAGE_COLOUR = "#FBFAF7"
INK = "#1C2530"


@dataclass(frozen=True, slots=True)
class Family:
    """A family of things; ``on_map`` is False where only the page of an actor draws it."""

    id: str
    shape: Shape
    colour: str
    on_map: bool = True


@dataclass(frozen=True, slots=True)
class Stroke:
    """The line that draws a family of relations; a diamond stands at the owner."""

    id: str
    colour: str
    arrow: Arrow


@dataclass(frozen=True, slots=True)
class Dash:
    """The dash of a status, in pixels drawn and left out; nothing for a solid line."""

    pattern: tuple[int, ...]
    shown: bool


#: In the order of the legend.
FAMILIES: Mapping[str, Family] = {
    family.id: family
    for family in (
        Family("company", "dot", "#0092FF"),
        Family("state", "square", "#880E24"),
        Family("public", "triangle", "#B48015"),
        Family("alliance", "star", "#58236E"),
        Family("offering", "diamond", "#8A8A8C"),
        Family("person", "triangleDown", "#0E6F5C", on_map=False),
        Family("context", "hexagon", "#3E4E5E", on_map=False),
    )
}

#: Every class of entity, and the one family that draws it.
FAMILY_OF_CLASS: Mapping[str, str] = {
    "Entity": "context",
    "Actor": "company",
    "Person": "person",
    "Organisation": "company",
    "Company": "company",
    "PublicBody": "public",
    "ResearchOrganisation": "public",
    "MediaOrganisation": "company",
    "OrganisationalUnit": "company",
    "Alliance": "alliance",
    "Place": "context",
    "Jurisdiction": "context",
    "State": "state",
    "SupranationalUnion": "state",
    "ActorGroup": "company",
    "Offering": "offering",
    "Service": "offering",
    "Product": "offering",
    "SoftwarePlatform": "offering",
    "OfferingGroup": "offering",
    "Infrastructure": "offering",
    "DataCentre": "offering",
    "Supercomputer": "offering",
    "ComputeCluster": "offering",
    "Technology": "context",
    "DataAsset": "context",
    "LegalInstrument": "context",
    "CertificationScheme": "context",
    "Programme": "context",
    "Partnership": "context",
    "Event": "context",
    "Need": "context",
    "Market": "context",
    "Sector": "context",
    "Goal": "context",
    "PolicyMeasure": "context",
}

#: Several things that a source names together: their mark is hollow.
GROUPS = frozenset({"ActorGroup", "OfferingGroup"})

STROKES: Mapping[str, Stroke] = {
    stroke.id: stroke
    for stroke in (
        Stroke("need", "#B4442E", "triangle"),
        Stroke("control", "#1C2530", "diamond"),
        Stroke("other", "#7A8694", "vee"),
    )
}
#: The families of relations that have a stroke of their own; the others share one.
STROKE_OF_FAMILY: Mapping[str, str] = {"need": "need", "control": "control"}
#: The legend lists families of relations in this order, and any new one after them.
RELATION_FAMILIES = (
    "need",
    "control",
    "supply",
    "belonging",
    "law",
    "place",
    "claim",
    "aim",
    "figure",
)
#: The relations whose owner is the object; of any other relation of control, it is the subject.
OWNER_IS_OBJECT = frozenset({"subsidiaryOf"})

DASHES: Mapping[str, Dash] = {
    "stated": Dash((), shown=True),
    "planned": Dash((14, 7), shown=True),
    "claimed": Dash((5, 4), shown=True),
    "hypothetical": Dash((2, 5), shown=False),
    "denied": Dash((2, 5), shown=False),
    "inferred": Dash((2, 5), shown=False),
}

#: The relation that is drawn as belonging to a circle, not as a line.
MEMBERSHIP = "memberOf"
CIRCLE_COLOURS = ("#58236E", "#9A4FB0", "#5B55A8")

#: The layers of the stack, what stands on the others first. A new layer comes after them.
STACK = (
    "distribution",
    "model",
    "data",
    "platform",
    "cloud",
    "connectivity",
    "compute",
    "chips",
    "energy",
    "skills",
)

#: Radius of a mark in pixels, and the least reach that earns it.
SIZES: tuple[tuple[int, int], ...] = ((0, 11), (1, 14), (3, 18), (10, 22), (30, 26))
#: Width of a line in pixels: one source, and two or more.
THIN, THICK = 1.5, 3.0


def family_of(cls: str) -> Family:
    """Find the family that draws a class of entity.

    Raises
    ------
    OntologyError
        If the table has no line for the class.
    """
    try:
        return FAMILIES[FAMILY_OF_CLASS[cls]]
    except KeyError:
        raise OntologyError("page-error.class-without-family", cls=cls) from None


def stroke_of(relation_family: str) -> Stroke:
    """Find the line that draws a family of relations."""
    return STROKES[STROKE_OF_FAMILY.get(relation_family, "other")]


def in_stack(layers: Iterable[str]) -> list[str]:
    """Put layers in the order of the stack, those that it does not know last.

    >>> in_stack(["chips", "dreams", "cloud"])
    ['cloud', 'chips', 'dreams']
    """
    given = set(layers)
    return [*(layer for layer in STACK if layer in given), *sorted(given - set(STACK))]


def radius(reach: int) -> int:
    """Give the radius of a mark in pixels, by the number of actors that rely on it.

    >>> radius(0), radius(2), radius(400)
    (11, 14, 26)
    """
    return max(size for least, size in SIZES if reach >= least)
