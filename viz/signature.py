"""What a page rests on, as a hash: while it stays the same, so does the page.

Everything that the page of an entity tells comes from rows of the analyses and from facts near the
entity; the page of a document, from its passages. The rows name facts, entities and documents by
id; whatever they name is hashed with them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from techsov.viz.dossier import offered
from techsov.viz.publication import Publication

#: An id as it stands in the text of a row.
NAMED = re.compile(r"""'([a-z0-9][^'"\s]*)'""")
#: Sets have no order that outlasts a process.
SETS = re.compile(r"frozenset\(\{([^{}]*)\}\)")


@dataclass(frozen=True)
class Signatures:
    """The signatures of the pages of one publication.

    ``code`` stands for what every page depends on besides: code, ontology, words.
    """

    publication: Publication
    code: str

    def compute(self) -> None:
        """Compute what all signatures need, before the work is shared out."""
        self._things, self._base  # noqa: B018

    def of(self, entity: str) -> str:
        """Sign the page of an entity."""
        return self._signed(entity, self._rows(entity))

    def of_source(self, source: str) -> str:
        """Sign the page of a document."""
        each = self.publication.shelf("en")[source]
        passages = [
            (part.spot, [(saying.told.fact.id, saying.alone) for saying in part.sayings])
            for part in each.paragraphs
        ]
        return self._signed(source, [passages, [citing.id for citing in each.citing]])

    def _signed(self, name: str, rows: Iterable[object]) -> str:
        text = "\n".join(map(_text, rows))
        named = sorted({name, *NAMED.findall(text)})
        parts = [self._base, text, *(self._things[one] for one in named if one in self._things)]
        return sha256("\n".join(parts).encode()).hexdigest()

    def _rows(self, entity: str) -> Iterator[object]:
        """Give all that the page tells, without words."""
        publication = self.publication
        facts, picture = publication.facts_of[entity], publication.surroundings(entity)
        yield [fact.id for fact in facts]
        yield [
            [fact.id for fact in publication.facts_of[thing]] for thing in offered(entity, facts)
        ]
        yield picture.steps, picture.all_marks, picture.all_facts, picture.circles
        yield [fact.id for fact in picture.facts]
        yield [
            (mark, publication.reach.get(mark, 0), picture.distances[mark])
            for mark in picture.marks
        ]
        yield publication.trials.kinds(entity)
        yield from publication.findings.rows(entity, publication.reach)

    @cached_property
    def _base(self) -> str:
        """What every page depends on: the day and the ladders are those of the data."""
        knowledge = self.publication.knowledge
        return _hash(self.code, knowledge.day.isoformat(), _text(knowledge.framework))

    @cached_property
    def _things(self) -> Mapping[str, str]:
        """What stands behind an id: an entity, a document, a fact with its sources and ends, hashed.

        An entity and a document may have one id: then it stands for both.
        """
        publication = self.publication
        records, paged = publication.knowledge.records, publication.paged
        teller = publication.teller("en")
        named = {name: _text(source) for name, source in records.sources.items()}
        for name, entity in records.entities.items():
            said = _text(entity)
            named[name] = _hash(named.get(name, ""), said, name in paged)
        facts = {}
        for fact in records.facts:
            text = _text(fact)
            behind = sorted({name for name in NAMED.findall(text) if name in named})
            facts[fact.id] = _hash(
                named.get(fact.id, ""), text, teller.standing(fact), *(named[n] for n in behind)
            )
        return named | facts


def _hash(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def _text(row: object) -> str:
    """Write a row down, its sets in order."""
    return SETS.sub(lambda found: ",".join(sorted(found[1].split(", "))), repr(row))
