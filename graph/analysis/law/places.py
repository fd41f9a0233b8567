"""Whether a law lies inside a place, outside it, or nobody here can tell.

A state or a union has a law of its own, so that every other law is outside. A mere place, such as
a continent, has none: what is inside is read from the facts and from
:data:`techsov.graph.analysis.law.jurisdictions.READ_AS`, and what is outside from a reading written here. A law
that neither puts anywhere is of unknown position, and supports no finding in either direction.
"""

from collections.abc import Mapping

from techsov.graph.analysis.law.jurisdictions import Jurisdictions, Side

#: ISO 3166-1 codes: region 150 of the M49 standard of the United Nations Statistics Division, the
#: members of the Council of Europe, and Kazakhstan, a part of which lies in Europe.
_EUROPE = (
    "AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT "
    "JE KZ LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA"
)
#: The states that may lie in a mere place, in the widest reading; a state with another code lies
#: outside. Switzerland or the United Kingdom are thus of unknown position, and never outside.
WIDEST: Mapping[str, frozenset[str]] = {"europe": frozenset(_EUROPE.split())}


def position(places: Jurisdictions, law: str, place: str) -> Side:
    """Say where the jurisdiction ``law`` lies with respect to ``place``.

    Parameters
    ----------
    places : Jurisdictions
        What the facts say of places and memberships.
    law : str
        The id of a state, a union or another jurisdiction.
    place : str
        The id of a jurisdiction or of a mere place.

    Returns
    -------
    {"inside", "outside", "unknown"}
        ``inside`` if ``law`` is ``place``, or is in it by
        :meth:`~techsov.graph.analysis.law.jurisdictions.Jurisdictions.inside`, or holds in the mere place
        because this lies within it. Otherwise, for a jurisdiction ``outside``, except that the
        law of a union is of unknown position for its members, where it holds too. For a mere
        place ``outside`` only where :data:`WIDEST` says so.
    """
    if law in places.inside(place):
        return "inside"
    if places.standing.is_a(place, "Jurisdiction"):
        return "unknown" if place in places.inside(law) else "outside"
    if any(chain[-1].head == law for chain in places.within(place)):
        return "inside"
    code = places.standing.records.entities[law].iso
    return "outside" if code and code not in WIDEST.get(place, (code,)) else "unknown"


def apart(places: Jurisdictions, one: str, other: str) -> bool:
    """Say whether two places are different ones: neither is, or lies in, the other.

    What a place is read as counts as in it, so that the Union and Europe are not apart.
    """
    return one not in places.inside(other) and other not in places.inside(one)
