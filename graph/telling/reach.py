"""Legal reach in words: who may be reached by which law, why, and what would have to be cut."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce

from techsov.graph.analysis.network.paths import Hop
from techsov.graph.analysis.reach.exposure import Exposure, LegalReach
from techsov.graph.analysis.reach.instruments import LeftOut
from techsov.graph.analysis.reach.mitigation import Mitigation
from techsov.graph.analysis.reach.severance import Severance
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import chain_line, cited, cited_facts, hop_sentence

KEYS = (
    "entity",
    "entity_label",
    "law",
    "law_label",
    "kind",
    "jurisdiction",
    "domestic",
    "status",
    "confidence",
    "risks",
    "steps",
    "facts",
    "activity",
    "premises",
    "contingent",
    "denied",
    "mitigations",
    "mitigation_facts",
    "cut_possible",
    "cut",
    "cut_facts",
    "sentence",
    "sources",
)


def kind_words(row: Exposure, labels: Labels) -> str:
    """Say by what the law may reach."""
    return say(f"reach.kind-{row.kind}", labels.language)


def exposure_sentence(row: Exposure, labels: Labels) -> str:
    """Say ``X may be reached by LAW, because …``, step by step, with what is to be added.

    It is added that a law of establishment is unknown, that presence alone is contested, what
    shows the entity active where the law applies, and who denies a step.
    """
    lang = labels.language
    said = say(
        "reach.because",
        lang,
        entity=labels.entity(row.entity),
        law=labels.entity(row.law),
        steps=_series(row.hops, labels),
    )
    return " ".join([said, *_additions(row, labels)])


def step_lines(row: Exposure, labels: Labels) -> list[str]:
    """Say each step in a sentence, with where it is read; then what is to be added."""
    lines = [f"{hop_sentence(step, labels)} ({cited([step], labels)})" for step in row.hops]
    return [*lines, *_additions(row, labels)]


def risk_words(row: Exposure, labels: Labels) -> str:
    """Name the risks that the law may bring."""
    named = ", ".join(labels.entity(f"risk-{risk}") for risk in row.risks)
    return named or say("reach.no-risk", labels.language)


def mitigation_line(each: Mitigation, labels: Labels) -> str:
    """Say who has what against the law or its risk, whether that is stated, and where it is read."""
    sources = cited_facts((*each.held, *each.meant), labels)
    return f"{mitigation_words(each, labels)} ({sources})"


def mitigation_words(each: Mitigation, labels: Labels) -> str:
    """Say who has what against the law or its risk, and whether that is stated."""
    return say(
        "reach.mitigation",
        labels.language,
        means=labels.entity(each.means),
        holder=labels.entity(each.holder),
        against=", ".join(labels.entity(name) for name in each.against),
        status=labels.status(each.status),
    )


def cut_sentence(cut: Severance, labels: Labels) -> str:
    """Say which links would have to be cut, or why no cut helps."""
    lang = labels.language
    if cut.because is None:
        return say("reach.cut", lang, links=_links(cut, labels))
    steps = _series(cut.because[:1], labels)
    return say("reach.no-cut", lang, steps=steps) if steps else say("reach.own-law", lang)


def cut_line(row: Exposure, reach: LegalReach, labels: Labels) -> str:
    """Say the smallest cut; where none helps, also the one on facts as firm as the row's."""
    cut = reach.severance(row.entity, row.law)
    said = cut_sentence(cut, labels)
    firmer = reach.severance(row.entity, row.law, row.status)
    if cut.because is None or firmer.because is not None:
        return said
    status, links = labels.status(row.status), _links(firmer, labels)
    return f"{said} {say('reach.cut-firmer', labels.language, status=status, links=links)}"


def laws_table(rows: Sequence[Exposure], reach: LegalReach, labels: Labels) -> Table:
    """One row per law and way in which it may reach an entity, with each step and its source."""
    lang = labels.language
    shown = [
        (
            "\n".join(
                [
                    labels.entity(row.law),
                    kind_words(row, labels),
                    say("reach.risk", lang, risks=risk_words(row, labels)),
                    say("reach.weakest", lang, status=labels.status(row.status)),
                ]
            ),
            "\n".join(step_lines(row, labels)),
            "\n".join(
                [
                    *(mitigation_line(each, labels) for each in row.mitigations),
                    cut_line(row, reach, labels),
                ]
            ),
        )
        for row in rows
    ]
    keys = ("reaching-law", "because", "against")
    return Table(KEYS, _headings(keys, labels), shown, _data(rows, reach, labels))


def entities_table(rows: Sequence[Exposure], reach: LegalReach, labels: Labels) -> Table:
    """One row per entity and way in which a law may reach it, the chain in one line."""
    keys = ("name", "reach-kind", "because", "weakest", "mitigation", "source")
    shown = [
        (
            labels.entity(row.entity),
            kind_words(row, labels),
            "\n".join([chain_line(row.hops, labels), *reserve_lines(row, labels)]),
            labels.status(row.status),
            ", ".join(
                f"{labels.entity(each.means)} ({labels.status(each.status)})"
                for each in row.mitigations
            ),
            cited(row.hops, labels),
        )
        for row in rows
    ]
    return Table(KEYS, _headings(keys, labels), shown, _data(rows, reach, labels))


def lacking_words(left: LeftOut, labels: Labels) -> str:
    """Say what the facts do not say of a law that is left out."""
    lang = labels.language
    said = _joined((say(f"reach.lacks-{lack}", lang) for lack in left.lacks), lang)
    if left.until is None:
        return said
    return f"{said} ({say('reach.ended', lang, until=left.until.text)})"


def names_line(entities: Iterable[str], labels: Labels) -> str:
    """Name several entities in one line, in their order."""
    return ", ".join(labels.entity(entity) for entity in entities)


def _series(steps: Iterable[Hop], labels: Labels) -> str:
    return _joined((hop_sentence(step, labels) for step in steps), labels.language)


def _links(cut: Severance, labels: Labels) -> str:
    links = (Hop(link.tail, link.head, link.facts, Decimal(1)) for link in cut.links)
    return _series(links, labels)


def _joined(clauses: Iterable[str], language: str) -> str:
    """Put clauses into one sentence."""
    said = list(clauses)
    return reduce(lambda one, other: say("reach.and", language, one=one, other=other), said or [""])


def _additions(row: Exposure, labels: Labels) -> list[str]:
    if not row.activity:
        return reserve_lines(row, labels)
    steps, sources = _series(row.activity, labels), cited(row.activity, labels)
    active = say("reach.activity", labels.language, steps=steps, sources=sources)
    return [active, *reserve_lines(row, labels)]


def reserve_lines(row: Exposure, labels: Labels) -> list[str]:
    """Say what weakens a chain: an unknown law, presence alone, a denial."""
    lang = labels.language
    said = []
    if row.kind == "presence":
        said.append(say("reach.contested", lang))
    elif seated := _seated(row, labels):
        said.append(say("reach.unknown-establishment", lang, name=labels.entity(seated)))
    if row.denied:
        claimants = (labels.entity(labels.facts[name].claimant) for name in row.denied)
        names = ", ".join(dict.fromkeys(claimants))
        said.append(say("reach.denied", lang, names=names, sources=cited_facts(row.denied, labels)))
    return said


def _seated(row: Exposure, labels: Labels) -> str:
    """Give whose head office stands for an unknown law, if a step is that."""
    for step in row.hops:
        if any(labels.facts[name].relation == "headquarteredIn" for name in step.facts):
            return step.tail
    return ""


def _headings(keys: Iterable[str], labels: Labels) -> tuple[str, ...]:
    return tuple(say(f"column.{key}", labels.language) for key in keys)


def _data(rows: Sequence[Exposure], reach: LegalReach, labels: Labels) -> list[tuple[object, ...]]:
    data: list[tuple[object, ...]] = []
    for row in rows:
        cut = reach.severance(row.entity, row.law)
        data.append(
            (
                row.entity,
                labels.entity(row.entity),
                row.law,
                labels.entity(row.law),
                row.kind,
                row.jurisdiction,
                row.domestic,
                row.status,
                f"{row.confidence:f}",
                list(row.risks),
                [row.entity, *(step.head for step in row.hops)],
                [name for step in row.hops for name in step.facts],
                [name for step in row.activity for name in step.facts],
                list(row.premises),
                list(row.contingent),
                list(row.denied),
                [f"{each.holder} {each.means} {each.status}" for each in row.mitigations],
                [name for each in row.mitigations for name in (*each.held, *each.meant)],
                cut.because is None,
                [f"{link.tail} {link.head}" for link in cut.links],
                [name for link in cut.links for name in link.facts],
                exposure_sentence(row, labels),
                cited_facts(row.premises, labels),
            )
        )
    return data
