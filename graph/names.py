"""What a person calls an entity to its id: slug, label or other name, accents and case ignored."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from techsov.graph.errors import UsageError
from techsov.graph.records import Entity, Records

CANDIDATES = 5


def folded(text: str) -> str:
    """Fold case, accents and punctuation away, so that two spellings of one name meet.

    >>> folded("Dassault Systèmes"), folded("L'ODJ  Média"), folded("Œuvre")
    ('dassault systemes', 'l odj media', 'oeuvre')
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters.casefold()))


def names_of(entity: Entity) -> Iterable[str]:
    """Every name under which ``entity`` is known."""
    return (entity.id, entity.label_en, entity.label_fr, *entity.names)


def find_entity(records: Records, name: str) -> Entity:
    """Find the one entity that ``name`` means; a state may be named by its ISO 3166-1 code.

    Raises
    ------
    UsageError
        If no entity, or more than one, is called so; the nearest names are given.
    """
    if name in records.entities:
        return records.entities[name]
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for entity in records.entities.values():
        for other in names_of(entity):
            owners[folded(other)].add(entity.id)
    owners.pop("", None)  # a name without a letter or a digit
    wanted = folded(name)
    found = sorted(owners.get(wanted, ()))
    # What one entity is called first goes before what another one is called too.
    first = [owner for owner in found if wanted in _first_names(records.entities[owner])]
    found = first or found
    if len(found) == 1:
        return records.entities[found[0]]
    if found:
        raise UsageError("error.actor-ambiguous", name=name, close=", ".join(found))
    for entity in records.entities.values():
        if entity.iso and entity.iso.casefold() == wanted:
            return entity
    close = _near(wanted, owners)
    if close:
        raise UsageError("error.actor-unknown", name=name, close=", ".join(close))
    raise UsageError("error.actor-nothing-near", name=name)


def _first_names(entity: Entity) -> set[str]:
    return {folded(name) for name in (entity.id, entity.label_en, entity.label_fr)}


def _near(wanted: str, owners: dict[str, set[str]]) -> list[str]:
    # difflib is slow to import, and only a mistake needs it.
    from difflib import get_close_matches

    holding = [name for name in sorted(owners) if wanted and wanted in name]
    alike = get_close_matches(wanted, sorted(owners), n=CANDIDATES, cutoff=0.6)
    ids = [entity for name in (*alike, *holding) for entity in sorted(owners[name])]
    return list(dict.fromkeys(ids))[:CANDIDATES]
