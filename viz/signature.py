"""What a page rests on, as a hash: while it stays the same, so does the page.

What a page tells comes from rows of the analyses. The rows name facts, entities and documents by
id; whatever they name is hashed with them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from techsov.graph.records import Fact
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
        self._things, self._glosses, self._base  # noqa: B018

    @cached_property
    def unglossed(self) -> str:
        """What all that shows no gloss rests on: everything but what passages say in our words."""
        known = self.publication.knowledge
        things = _text(sorted(self._things.items()))
        sure = [each.confidence for fact in known.records.facts for each in fact.evidence]
        return _hash(self._base, things, sure, _text(known.records.passages), _text(known.tours))

    def of(self, name: str, rows: Iterable[object], *, glossed: bool = True) -> str:
        """Sign the page of ``name``, which tells ``rows``: values, and ids of what is known.

        ``glossed`` says that it shows what each passage says, in our words, and how directly, and
        not only where.
        """
        text = "\n".join(map(_text, rows))
        named = sorted({name, *NAMED.findall(text)})
        behind = [self._things[one] for one in named if one in self._things]
        if glossed:
            behind += [self._glosses[one] for one in named if one in self._glosses]
        parts = [self._base, text, *behind]
        return sha256("\n".join(parts).encode()).hexdigest()

    @cached_property
    def _base(self) -> str:
        """What every page depends on: the day and the ladders are those of the data."""
        knowledge = self.publication.knowledge
        return _hash(self.code, knowledge.day.isoformat(), _text(knowledge.framework))

    @cached_property
    def _things(self) -> Mapping[str, str]:
        """What stands behind an id: an entity, a document, a fact with its sources and ends, hashed."""
        publication = self.publication
        records, paged = publication.knowledge.records, publication.paged
        teller = publication.teller("en")
        named = {name: _text(source) for name, source in records.sources.items()}
        for name, entity in records.entities.items():
            named[name] = _hash(_text(entity), name in paged)
        facts = {}
        for fact in records.facts:
            text = _text(_bare(fact))
            behind = sorted({name for name in NAMED.findall(text) if name in named})
            facts[fact.id] = _hash(text, teller.standing(fact), *(named[n] for n in behind))
        return named | facts

    @cached_property
    def _glosses(self) -> Mapping[str, str]:
        """What the passages of each fact say in our words, and how directly."""
        return {
            fact.id: _text(
                [(item.gloss_en, item.gloss_fr, item.confidence) for item in fact.evidence]
            )
            for fact in self.publication.knowledge.records.facts
        }


def _bare(fact: Fact) -> Fact:
    evidence = (
        replace(item, gloss_en="", gloss_fr="", confidence=Decimal()) for item in fact.evidence
    )
    return replace(fact, evidence=tuple(evidence))


def _hash(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def _text(row: object) -> str:
    """Write a row down, its sets in order."""
    return SETS.sub(lambda found: ",".join(sorted(found[1].split(", "))), repr(row))
