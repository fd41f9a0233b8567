"""What an alliance holds, in words and tables: layer by layer, with the chain that says so."""

from collections.abc import Iterable

from techsov.graph.analysis.remedy.coalition import Coalition, Cover, Member
from techsov.graph.answers import Labels
from techsov.graph.messages import say
from techsov.graph.printing import Table
from techsov.graph.reasons import chain_line, cited, cited_facts, onward, status_words

KEYS = (
    "layer",
    "layer_label",
    "state",
    "member",
    "member_label",
    "member_side",
    "thing",
    "chain",
    "outside",
    "facts",
    "sources",
)
HEADINGS = ("layer", "held", "member", "because", "but", "source")
CANDIDATE_KEYS = (
    "actor",
    "label",
    "layers",
    "law",
    "seated_inside",
    "completes",
    "facts",
    "sources",
)
CANDIDATE_HEADINGS = ("candidate", "layers", "law-inside", "because", "source")


def coalition_table(found: Coalition, labels: Labels) -> Table:
    """One row per layer and member that holds it, by its firmest chain; one per layer without."""
    lang = labels.language
    sides = {member.actor: member.side for member in found.members}
    rows: list[tuple[str, ...]] = []
    data: list[tuple[object, ...]] = []
    for layer in sorted((*found.held, *found.missing)):
        name = labels.entity(f"layer-{layer}")
        for cover in _firmest(found.held.get(layer, ())):
            state, sources = cover_state(cover), cited((*cover.steps, *cover.outside), labels)
            word = say(f"coalition.{state}", lang)
            member = labels.entity(cover.actor)
            why = chain_line(cover.steps, labels)
            outside = "; ".join(onward(step, labels) for step in cover.outside)
            side = say(f"coalition.side-{sides[cover.actor]}", lang)
            rows.append((name, word, f"{member} ({side})", why, outside, sources))
            chain = [cover.steps[0].tail, *(step.head for step in cover.steps)]
            others = [step.head for step in cover.outside]
            facts = sorted({*cover.facts, *(f for step in cover.outside for f in step.facts)})
            held = (cover.actor, member, sides[cover.actor], cover.thing, chain, others)
            data.append((layer, name, state, *held, facts, sources))
        if layer in found.missing:
            rows.append((name, say("coalition.nobody", lang), "", "", "", ""))
            data.append((layer, name, "nobody", "", "", "", "", [], [], [], ""))
    return Table(KEYS, _headings(HEADINGS, labels), rows, data)


def candidates_table(found: Coalition, labels: Labels) -> Table:
    """One row per actor outside that holds a missing layer; those without a known law last."""
    lang = labels.language
    completing = {name for names in found.completing.shown for name in names}
    rows: list[tuple[str, ...]] = []
    data: list[tuple[object, ...]] = []
    for each in (*found.candidates, *found.unknown):
        known = each in found.candidates
        first = {cover.layer: cover for cover in reversed(each.covers)}
        firmest = [first[layer] for layer in each.layers]
        names = ", ".join(labels.entity(f"layer-{layer}") for layer in each.layers)
        law = "inside" if known else "seat" if each.seated_inside else "unknown"
        why = "; ".join(chain_line(cover.steps, labels) for cover in firmest)
        sources = cited((step for cover in firmest for step in cover.steps), labels)
        facts = sorted({name for cover in each.covers for name in cover.facts})
        label = labels.entity(each.actor)
        rows.append((label, names, say(f"coalition.law-{law}", lang), why, sources))
        data.append(
            (
                each.actor,
                label,
                list(each.layers),
                "inside" if known else "unknown",
                each.seated_inside,
                each.actor in completing,
                facts,
                sources,
            )
        )
    return Table(CANDIDATE_KEYS, _headings(CANDIDATE_HEADINGS, labels), rows, data)


def member_line(member: Member, labels: Labels) -> str:
    """Name a member, with its roles, its law against the region, and its status unless stated."""
    lang = labels.language
    facts = [labels.facts[name] for name in member.facts]
    words = [labels.entity(f"role-{role}") for role in member.roles]
    words.append(say(f"coalition.side-{member.side}", lang))
    line = f"{labels.entity(member.actor)} ({', '.join(words)})"
    if not any(fact.status == "stated" for fact in facts):
        modes = dict.fromkeys(status_words(fact, labels) for fact in facts)
        line += f" [{' / '.join(modes)}]"
    return f"{line} [{cited_facts(member.facts, labels)}]"


def completing_sentence(found: Coalition, labels: Labels) -> str:
    """Say how few actors outside would bring the missing layers, and which."""
    lang, covers = labels.language, found.completing
    if not found.missing:
        return say("coalition.complete", lang)
    if not covers.size:
        return say("coalition.no-completion", lang, region=labels.entity(found.region))
    sets = (" + ".join(labels.entity(name) for name in names) for names in covers.shown)
    within = [layer for layer in found.missing if layer not in found.out_of_reach]
    return say(
        "coalition.completing",
        lang,
        count=str(covers.size),
        many=str(covers.many),
        layers=layer_names(within, labels),
        region=labels.entity(found.region),
        sets="; ".join(sets),
    )


def layer_names(layers: Iterable[str], labels: Labels) -> str:
    """Name several layers in one line."""
    return ", ".join(labels.entity(f"layer-{layer}") for layer in layers)


def _firmest(covers: Iterable[Cover]) -> list[Cover]:
    """Keep the first cover of each actor."""
    first: dict[str, Cover] = {}
    for cover in covers:
        first.setdefault(cover.actor, cover)
    return list(first.values())


def cover_state(cover: Cover) -> str:
    """Say whether the layer is held alone, with somebody outside, or perhaps."""
    if cover.only_possible:
        return "possible"
    return "leaning" if cover.outside else "held"


def _headings(keys: Iterable[str], labels: Labels) -> tuple[str, ...]:
    return tuple(say(f"column.{key}", labels.language) for key in keys)
