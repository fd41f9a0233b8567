"""Claims of sovereignty in words: who calls what how, and what the facts let one say of it."""

from collections.abc import Iterable, Sequence

from techsov.graph.analysis.claims.appraisal import Appraisal, place_of
from techsov.graph.analysis.claims.bearing import WEIGHTS, Ground, Weight
from techsov.graph.analysis.law.jurisdictions import READ_AS, hop
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import chain_line, cited, cited_facts, hop_sentence
from techsov.graph.records import Fact

KEYS = ("subject", "called", "for", "said-by", "status", "since", "verdict", "because", "source")
DATA_KEYS = (
    "claim",
    "subject",
    "subject_label",
    "word",
    "word_label",
    "asserts",
    "for",
    "for_label",
    "aspect",
    "claimant",
    "claimant_label",
    "status",
    "since",
    "gloss",
    "verdict",
    "outlook",
    "reasons",
    "against",
    "against_facts",
    "favour",
    "favour_facts",
    "unknown",
    "voices",
    "premises",
    "sources",
    "promotional_only",
)


def claims_table(rows: Sequence[Appraisal], labels: Labels) -> Table:
    """One row per claim: what is said, by whom, and the verdict with its reason."""
    headings = tuple(say(f"column.{key}", labels.language) for key in KEYS)
    return Table(
        DATA_KEYS,
        headings,
        [_shown(row, labels) for row in rows],
        [_data(row, labels) for row in rows],
    )


def claims_lines(rows: Iterable[Appraisal], labels: Labels) -> list[str]:
    """Tell claims in full: what is said, our paraphrase, the verdict, then what bears on it.

    Claims on which the same things bear stand together, so that these are told once.
    """
    lines: list[str] = []
    for group in together(rows):
        for row in group:
            lines += claim_lines(row, labels)
        lines += bearing_lines(group[0], labels)
        lines.append("")
    return lines[:-1]


def together(rows: Iterable[Appraisal]) -> list[list[Appraisal]]:
    """Group the claims on which the same things bear, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Appraisal]] = {}
    for row in rows:
        key = (row.subject, row.place, row.against, row.favour, row.unknown)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def claim_lines(row: Appraisal, labels: Labels) -> list[str]:
    """Tell one claim: what is said, our paraphrase, the verdict, and what others say."""
    fact = labels.facts[row.claim]
    lines = [
        claim_sentence(fact, labels),
        f"  {gloss(fact, labels)}",
        f"  {verdict_of(row, labels)}",
    ]
    if row.voices:
        lines.append(f"  {say('claims.voices', labels.language)}")
        lines += [f"    - {voice_sentence(labels.facts[name], labels)}" for name in row.voices]
    return lines


def bearing_lines(row: Appraisal, labels: Labels) -> list[str]:
    """Tell all that bears on a claim: against it, for it, and what is not known."""
    lines = []
    for weight in WEIGHTS:
        grounds = grounds_of(row, weight)
        if grounds:
            lines.append(f"  {heading_of(row, weight, labels)}")
            lines += [f"    {line}" for each in grounds for line in ground_lines(each, row, labels)]
    return lines


def claim_sentence(fact: Fact, labels: Labels) -> str:
    """Tell who says what of what, for whom and since when, with where it is read."""
    language = labels.language
    holder = fact.claimant or fact.sources[0]
    details = [
        say("claims.for", language, place=labels.entity(place_of(fact))) if place_of(fact) else "",
        *(
            say("claims.aspect", language, aspect=labels.entity(f"objective-{aspect}"))
            for aspect in fact.qualifiers.get("aspect", ())
        ),
        say("claims.by", language, who=labels.entity(holder)),
        say("claims.since", language, day=fact.valid_from.text) if fact.valid_from else "",
    ]
    what, word = labels.entity(fact.subject), labels.entity(fact.object)
    said = say(f"claims.said-{fact.status}", language, what=what, word=word)
    listed = ", ".join(filter(None, details))
    return f"{said} ({listed}) [{cited_facts([fact.id], labels)}]"


def voice_sentence(fact: Fact, labels: Labels) -> str:
    """Tell what says the contrary: another claim, or any fact that is linked as contradicting."""
    if fact.relation == "describedAs":
        return claim_sentence(fact, labels)
    step = hop(fact.subject, fact.object or fact.value, (fact,))
    return f"{hop_sentence(step, labels)} [{cited([step], labels)}]"


def gloss(fact: Fact, labels: Labels) -> str:
    """Give our own paraphrase of what the first passage says."""
    words = fact.evidence[0].gloss(labels.language)
    return say("claims.gloss", labels.language, words=words)


def verdict_of(row: Appraisal, labels: Labels) -> str:
    """Tell the verdict, why it is not another, and what it would be if plans came true."""
    language = labels.language
    verdict = labels.entity(f"verdict-{row.verdict}")
    reason = reasons_of(row, labels)
    told = say("claims.because", language, verdict=verdict, reason=reason) if reason else verdict
    words = [say("claims.verdict", language, verdict=told)]
    if row.outlook != row.verdict:
        ahead = labels.entity(f"verdict-{row.outlook}")
        words.append(say("claims.outlook", language, verdict=ahead))
    return " ".join(words)


def reasons_of(row: Appraisal, labels: Labels) -> str:
    """Say why a claim is unproven, or what decides the verdict."""
    if row.verdict == "unproven":
        said = [say(f"claims.reason-{reason}", labels.language) for reason in row.reasons]
        return _listed(said, labels)
    return chain_line(row.decisive[0].hops, labels)


def heading_of(row: Appraisal, weight: Weight, labels: Labels) -> str:
    """Say on which side of the border of the place the grounds that follow lie."""
    place = labels.entity(row.place) if row.place else say("claims.nowhere", labels.language)
    return say(f"claims.heading-{weight}", labels.language, place=place)


def grounds_of(row: Appraisal, weight: Weight) -> tuple[Ground, ...]:
    """Give the grounds of one weight."""
    return {"against": row.against, "for": row.favour, "unknown": row.unknown}[weight]


def ground_lines(ground: Ground, row: Appraisal, labels: Labels) -> list[str]:
    """Tell one ground: how it bears, then one sentence for each step, with its sources."""
    if not ground.hops:
        return [f"- {unknown_sentence(ground, row, labels)}"]
    first = say(f"claims.kind-{ground.kind}", labels.language)
    marks = _listed(
        [
            *([say("claims.seat", labels.language)] if ground.seat else []),
            *([say("claims.weak", labels.language)] if ground.weak else []),
        ],
        labels,
    )
    lines = [f"- {first} ({marks})" if marks else f"- {first}"]
    lines += [f"    {hop_sentence(step, labels)} [{cited([step], labels)}]" for step in ground.hops]
    if ground.weighs == "unknown":
        lines.append(f"    {unknown_sentence(ground, row, labels)}")
    return lines


def unknown_sentence(ground: Ground, row: Appraisal, labels: Labels) -> str:
    """Say what would have to be known."""
    about = labels.entity(ground.about)
    language = labels.language
    if ground.law and not row.place:
        return say("claims.unknown-for-whom", language)
    if ground.law:
        law, place = labels.entity(ground.law), labels.entity(row.place)
        return say("claims.unknown-position", language, law=law, place=place)
    if ground.kind == "hosting":
        place = labels.entity(row.place) if row.place else say("claims.nowhere", language)
        return say("claims.unknown-position", language, law=about, place=place)
    entity = labels.knowledge.records.entities[ground.about]
    actor = "Actor" in labels.knowledge.schema.ancestors(entity.cls)
    return say(f"claims.unknown-{'law' if actor else 'provider'}", language, about=about)


def readings_of(rows: Iterable[Appraisal], labels: Labels) -> list[str]:
    """Say how each place that has no law of its own is read."""
    records, schema = labels.knowledge.records, labels.knowledge.schema
    places = sorted({row.place for row in rows if row.place})
    mere = [p for p in places if "Jurisdiction" not in schema.ancestors(records.entities[p].cls)]
    return [_reading(place, labels) for place in mere]


def _listed(parts: Sequence[str], labels: Labels) -> str:
    """Join parts of a sentence, with the space that French puts before a semicolon."""
    if len(parts) < 2:
        return "".join(parts)
    one, *others = parts
    return say("claims.and", labels.language, one=one, others=_listed(others, labels))


def _reading(place: str, labels: Labels) -> str:
    name = labels.entity(place)
    if place not in READ_AS:
        return say("claims.no-reading", labels.language, place=name)
    inside = ", ".join(labels.entity(each) for each in READ_AS[place])
    return say("claims.read-as", labels.language, place=name, inside=inside)


def _shown(row: Appraisal, labels: Labels) -> tuple[str, ...]:
    fact = labels.facts[row.claim]
    verdict = labels.entity(f"verdict-{row.verdict}")
    if row.outlook != row.verdict:
        ahead = labels.entity(f"verdict-{row.outlook}")
        verdict = say("claims.verdict-ahead", labels.language, verdict=verdict, ahead=ahead)
    return (
        labels.entity(row.subject),
        labels.entity(row.word),
        labels.entity(row.place) if row.place else "",
        labels.entity(row.claimant) if row.claimant else "",
        labels.status(row.status),
        fact.valid_from.text if fact.valid_from else "",
        verdict,
        reasons_of(row, labels),
        cited_facts([row.claim], labels),
    )


def _data(row: Appraisal, labels: Labels) -> tuple[object, ...]:
    fact = labels.facts[row.claim]
    facts = {
        weight: sorted({name for each in grounds_of(row, weight) for name in each.facts})
        for weight in WEIGHTS
    }
    return (
        row.claim,
        row.subject,
        labels.entity(row.subject),
        row.word,
        labels.entity(row.word),
        row.mastery,
        row.place,
        labels.entity(row.place) if row.place else "",
        row.aspect,
        row.claimant,
        labels.entity(row.claimant) if row.claimant else "",
        row.status,
        fact.valid_from.text if fact.valid_from else "",
        fact.evidence[0].gloss(labels.language),
        row.verdict,
        row.outlook,
        list(row.reasons),
        [chain_line(ground.hops, labels) for ground in row.against],
        facts["against"],
        [chain_line(ground.hops, labels) for ground in row.favour],
        facts["for"],
        [unknown_sentence(ground, row, labels) for ground in row.unknown],
        list(row.voices),
        list(row.premises),
        [item.passage for item in fact.evidence],
        labels.knowledge.records.promotional_only(fact),
    )
