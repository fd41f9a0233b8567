"""What the page of an entity rests on, as a hash: while it stays the same, so does the page.

Everything that the page tells comes from rows of the analyses and from facts near the entity. The
rows name facts and entities by id; whatever they name is hashed with them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from techsov.viz.publication import Publication

#: An id as it stands in the text of a row.
NAMED = re.compile(r"""'([a-z0-9][^'"\s]*)'""")
#: Where in which file a thing is said: no page tells it, and a line more above shifts it.
ORIGIN = re.compile(r", origin=Origin\((?:'[^']*'|[^')])*\)")
#: Sets have no order that outlasts a process.
SETS = re.compile(r"frozenset\(\{([^{}]*)\}\)")


@dataclass(frozen=True)
class Signatures:
    """The signatures of the pages of one publication.

    ``base`` stands for all that every page depends on: code, ontology, words, the day.
    """

    publication: Publication
    base: str

    def compute(self) -> None:
        """Compute what all signatures need, before the work is shared out."""
        self._things  # noqa: B018

    def of(self, entity: str) -> str:
        """Sign the page of an entity."""
        text = "\n".join(map(_text, self._rows(entity)))
        named = sorted({entity, *NAMED.findall(text)})
        parts = [self.base, text, *(self._things[name] for name in named if name in self._things)]
        return sha256("\n".join(parts).encode()).hexdigest()

    def _rows(self, entity: str) -> Iterator[object]:
        """Give all that the page tells, without words."""
        publication = self.publication
        picture = publication.surroundings(entity)
        yield [fact.id for fact in publication.facts_of[entity]]
        yield picture.steps, picture.all_marks, picture.all_facts, picture.circles
        yield [fact.id for fact in picture.facts]
        yield [(mark, publication.reach.get(mark, 0)) for mark in picture.marks]
        yield publication.trials.kinds(entity)
        yield from publication.findings.rows(entity)

    @cached_property
    def _things(self) -> Mapping[str, str]:
        """What stands behind an id: a fact with its sources and ends, or an entity, hashed."""
        publication = self.publication
        records, paged = publication.knowledge.records, frozenset(publication.pages)
        teller = publication.teller("en")
        named = {name: _hash(_text(source)) for name, source in records.sources.items()} | {
            name: _hash(_text(entity), name in paged) for name, entity in records.entities.items()
        }
        facts = {}
        for fact in records.facts:
            text = _text(fact)
            behind = sorted({name for name in NAMED.findall(text) if name in named})
            facts[fact.id] = _hash(text, teller.standing(fact), *(named[name] for name in behind))
        return named | facts


def _hash(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def _text(row: object) -> str:
    """Write a row down, its sets in order, without the lines on which things stand."""
    text = ORIGIN.sub("", repr(row))
    return SETS.sub(lambda found: ",".join(sorted(found[1].split(", "))), text)
