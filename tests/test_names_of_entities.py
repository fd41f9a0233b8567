from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techsov.graph.errors import Origin, UsageError
from techsov.graph.flow import Knowledge
from techsov.graph.names import CANDIDATES, find_entity, folded, names_of
from techsov.graph.records import Entity, Records


def entity(
    id: str, label_en: str, label_fr: str = "", names: Sequence[str] = (), iso: str = ""
) -> Entity:
    cls = "State" if iso else "Company"
    return Entity(id, cls, label_en, label_fr or label_en, iso, tuple(names), Origin("f", 1))


def records(*entities: Entity) -> Records:
    return Records({item.id: item for item in entities}, {}, {}, ())


KNOWN = records(
    entity("dassault-systemes", "Dassault Systèmes"),
    entity("dassault-aviation", "Dassault Aviation"),
    entity("odj-media", "L’ODJ Média", names=["ODJ"]),
    entity("oeuvre", "Œuvre commune", "Œuvre"),
    entity("tsmc", "TSMC", names=["台灣積體電路製造", "Taiwan Semiconductor (TSMC)"]),
    entity("union", "European Union", "Union européenne", names=["EU", "UE"]),
    entity("union-of-clouds", "Union of Clouds", "Union des nuages"),
    entity("mark", "!?"),
    entity("mercury", "Mercury"),
    entity("mercury-project", "Mercury"),
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("tsmc", "tsmc"),
        ("TSMC", "tsmc"),
        ("Tsmc ", "tsmc"),
        ("dassault systemes", "dassault-systemes"),
        ("DASSAULT SYSTÈMES", "dassault-systemes"),
        ("Dassault Syste\u0300mes", "dassault-systemes"),
        ("dassault-aviation", "dassault-aviation"),
        ("l'odj media", "odj-media"),
        ("odj", "odj-media"),
        ("oeuvre", "oeuvre"),
        ("ŒUVRE COMMUNE", "oeuvre"),
        ("台灣積體電路製造", "tsmc"),
        ("taiwan semiconductor tsmc", "tsmc"),
        ("eu", "union"),
        ("union europeenne", "union"),
        ("European  Union", "union"),
        ("mercury", "mercury"),
    ],
)
def test_an_entity_is_found_under_every_name_it_has(name: str, found: str) -> None:
    assert find_entity(KNOWN, name).id == found


def test_an_id_goes_before_a_label() -> None:
    known = records(entity("nimbus", "Cumulus"), entity("cumulus", "Nimbus"))
    assert find_entity(known, "cumulus").id == "cumulus"


def test_a_label_goes_before_another_name() -> None:
    known = records(entity("nimbus", "Nimbus"), entity("nimbus-italy", "Nimbo", names=["NIMBUS"]))
    assert find_entity(known, "Nimbus").id == "nimbus"
    assert find_entity(known, "nimbo").id == "nimbus-italy"


@pytest.mark.parametrize("code", ["JP", "jp", " Jp "])
def test_a_state_is_found_by_its_code(code: str) -> None:
    known = records(entity("japan", "Japan", "Japon", iso="JP"), entity("jpeg", "JPEG"))
    assert find_entity(known, code).id == "japan"


def test_a_name_goes_before_a_code() -> None:
    states = (entity("italy", "Italy", iso="IT"), entity("austria", "Austria", iso="AT"))
    known = records(*states, entity("it", "IT of the State"), entity("a-t", "Atlas", names=["at"]))
    assert find_entity(known, "it").id == "it"
    assert find_entity(known, "IT").id == "it"
    assert find_entity(known, "AT").id == "a-t"


def test_a_code_that_several_entities_are_called_by_is_ambiguous_still() -> None:
    known = records(
        entity("italy", "Italy", iso="IT"), entity("a", "X", names=["it"]), entity("b", "Y", "IT")
    )
    assert find_entity(known, "it").id == "b"
    more = records(*known.entities.values(), entity("c", "it", "Z"))
    with pytest.raises(UsageError) as caught:
        find_entity(more, "it")
    assert caught.value.values["close"] == "b, c"


def test_what_has_no_code_is_found_by_none() -> None:
    known = records(entity("nimbus", "Nimbus"), entity("japan", "Japan", iso="JP"))
    for name in ("", " ", "XX", "JPN"):
        with pytest.raises(UsageError):
            find_entity(known, name)


def test_a_name_of_several_entities_gives_the_list() -> None:
    known = records(entity("b", "Mercury"), entity("a", "mercury"))
    with pytest.raises(UsageError) as caught:
        find_entity(known, "MERCURY")
    assert caught.value.exit_code == 2
    assert caught.value.text("en") == '"MERCURY" may be several actors; name one of: a, b'
    assert caught.value.text("fr") == (
        "«\u00a0MERCURY\u00a0» peut désigner plusieurs acteurs\u00a0; en nommer un\u00a0: a, b"
    )


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("tsmcc", ["tsmc"]),
        ("Dasault Aviation", ["dassault-aviation"]),
        ("dassault", ["dassault-aviation", "dassault-systemes"]),
        ("clouds", ["union-of-clouds"]),
    ],
)
def test_a_slip_gives_the_nearest_names(name: str, nearest: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        find_entity(KNOWN, name)
    given = caught.value.values["close"].split(", ")
    assert given[: len(nearest)] == nearest or sorted(given) == nearest
    assert caught.value.text("en") == (
        f'no actor is called "{name}"; the nearest names are: {", ".join(given)}'
    )


@pytest.mark.parametrize("name", ["zzzzzz", "", " ", "!", "\u202e"])
def test_a_name_that_is_near_nothing_says_so(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_entity(KNOWN, name)
    assert caught.value.message == "error.actor-nothing-near"
    assert "\u202e" not in caught.value.text("en")


def test_at_most_five_names_are_given_each_once() -> None:
    known = records(*(entity(f"cloud-{number}", f"Cloud {number}") for number in range(9)))
    with pytest.raises(UsageError) as caught:
        find_entity(known, "cloud")
    given = caught.value.values["close"].split(", ")
    assert len(given) == len(set(given)) == CANDIDATES


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Dassault Systèmes", "dassault systemes"),
        ("L'ODJ  Média", "l odj media"),
        ("L’ODJ—Média", "l odj media"),
        ("Œuvre œuvre", "oeuvre oeuvre"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁn", "fin"),
        ("½", "1 2"),
        ("", ""),
        ("…", ""),
    ],
)
def test_case_accents_and_punctuation_are_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_every_name_of_the_example_leads_to_its_entity(example: Knowledge) -> None:
    for item in example.records.entities.values():
        assert set(names_of(item)) == {item.id, item.label_en, item.label_fr, *item.names}
        for name in names_of(item):
            assert find_entity(example.records, name) is item
            assert find_entity(example.records, name.upper()) is item


def test_a_code_of_the_published_states_leads_to_the_state_or_to_what_is_called_so(
    published: Knowledge,
) -> None:
    states = [item for item in published.records.entities.values() if item.iso]
    assert len({item.iso for item in states}) == len(states) > 20
    for item in states:
        for code in (item.iso, item.iso.lower()):
            found = find_entity(published.records, code)
            assert found is item or folded(code) in map(folded, names_of(found))
