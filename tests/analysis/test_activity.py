from collections.abc import Callable

import pytest

from techsov.graph.analysis.reach.activity import Activity
from techsov.graph.analysis.reach.links import Links, leaving
from techsov.graph.analysis.standing import Standing

World = Callable[..., Standing]

SCENE = """
    Company user firm group parent other
    CertificationScheme scheme
    Service cloud silent
    user dependsOn cloud layer=cloud id=f-use
    firm provides cloud id=f-cloud
    firm operates silent id=f-silent
    firm subsidiaryOf group id=f-group
    parent controls group id=f-parent
    user couldUse other layer=chips
"""


@pytest.fixture
def activity(world: World) -> Callable[[str], Activity]:
    def read(text: str) -> Activity:
        standing = world(text)
        return Activity(standing, Links.of(standing))

    return read


Read = Callable[[str], Activity]


def test_what_somebody_depends_on_is_active_there(activity: Read) -> None:
    found = activity(SCENE)
    assert found.layers("cloud") == {"cloud"}
    assert found.layers("other") == {"chips"}


def test_to_depend_on_something_shows_nothing(activity: Read) -> None:
    assert activity(SCENE).layers("user") == frozenset()


def test_suppliers_and_those_above_them_are_active_where_the_thing_is(activity: Read) -> None:
    found = activity(SCENE)
    assert [found.layers(name) for name in ("firm", "group", "parent")] == [{"cloud"}] * 3
    assert found.active_in(frozenset({"cloud"})) == {"cloud", "firm", "group", "parent", "silent"}
    assert found.active_in(frozenset({"chips"})) == {"other"}
    assert found.active_in(frozenset()) == frozenset()


def test_a_thing_of_unknown_layers_takes_those_of_its_supplier(activity: Read) -> None:
    assert activity(SCENE).layers("silent") == {"cloud"}


def test_a_thing_of_known_layers_takes_no_others(activity: Read) -> None:
    found = activity(SCENE + "user dependsOn silent layer=energy")
    assert found.layers("silent") == {"energy"}
    assert found.layers("firm") == {"cloud", "energy"}


def test_what_is_controlled_does_not_take_the_layers_of_who_controls(activity: Read) -> None:
    found = activity("Company firm unit\nuser dependsOn firm layer=cloud\nunit subsidiaryOf firm")
    assert found.layers("unit") == frozenset()


@pytest.mark.parametrize(("confidence", "shown"), [("0.9", {"cloud"}), ("0.5", set())])
def test_a_certificate_shows_the_layers_that_it_is_said_to_cover(
    activity: Read, confidence: str, shown: set[str]
) -> None:
    found = activity(f"""
        CertificationScheme scheme
        Company firm
        firm holdsCertification scheme
        scheme coversLayer layer-cloud confidence={confidence}
    """)
    assert found.layers("firm") == shown
    assert found.active_in(frozenset({"cloud"})) == ({"firm"} if shown else set())


def test_the_nearest_facts_show_it(activity: Read) -> None:
    steps, layer = activity(SCENE).shown_by("parent", frozenset({"cloud", "data"}))
    assert layer == "cloud"
    assert [step.facts for step in steps] == [
        ("f-parent",),
        ("f-group",),
        ("f-cloud",),
        ("f-use",),
    ]
    assert [(steps[-1].tail, steps[-1].head)] == [("user", "cloud")]


def test_a_certificate_is_shown_with_what_it_covers(activity: Read) -> None:
    steps, layer = activity("""
        CertificationScheme scheme
        Company firm
        firm holdsCertification scheme id=f-held
        scheme coversLayer layer-data id=f-covers
    """).shown_by("firm", frozenset({"data"}))
    assert layer == "data"
    assert [(step.tail, step.head, step.facts) for step in steps] == [
        ("firm", "scheme", ("f-held",)),
        ("scheme", "layer-data", ("f-covers",)),
    ]


def test_of_several_facts_the_most_direct_shows_it(activity: Read) -> None:
    text = SCENE + "user couldUse cloud layer=cloud confidence=1.0 id=f-better"
    steps, _ = activity(text).shown_by("cloud", frozenset({"cloud"}))
    assert [step.facts for step in steps] == [("f-better",)]


def test_what_is_not_shown_is_an_error(activity: Read) -> None:
    with pytest.raises(KeyError):
        activity(SCENE).shown_by("firm", frozenset({"energy"}))
    with pytest.raises(KeyError):
        activity(SCENE).shown_by("user", frozenset({"cloud"}))


def test_circles_end_where_they_meet(activity: Read) -> None:
    found = activity("Company a b\na controls b\nb controls a\nb provides x\nx dependsOn x2")
    assert found.layers("a") == frozenset()


def test_a_layer_that_wider_facts_know_is_no_unknown_one(world: World) -> None:
    standing = world(SCENE)
    links = Links.of(standing)
    more = world(SCENE + "user dependsOn silent layer=energy")
    wider = Activity(more, Links.of(more))
    assert Activity(standing, links, wider).layers("silent") == frozenset()


def test_links_gather_what_says_the_same(world: World) -> None:
    links = Links.of(world("""
        Company firm boss
        firm provides x id=f1
        firm operates x id=f2
        boss controls firm id=f3
        firm subsidiaryOf boss id=f4
        x dependsOn y layer=cloud id=f5
        x dependsOn y layer=chips id=f6
    """))  # fmt: skip
    assert {fact.id for fact in links.supplied["x", "firm"]} == {"f1", "f2"}
    assert [fact.id for fact in links.made["x", "firm"]] == ["f1"]
    assert {fact.id for fact in links.controlled["firm", "boss"]} == {"f3", "f4"}
    covered = links.covered({"chips", "data"})
    assert {pair: [fact.id for fact in facts] for pair, facts in covered.items()} == {
        ("x", "y"): ["f6"]
    }
    assert links.covered({"data"}) == {}
    assert [head for head, _ in leaving(links.depends)["x"]] == ["y"]
    arcs = links.arcs(links.depends)
    assert [links.names[arcs.tails[0]], links.names[arcs.heads[0]]] == ["x", "y"]
    assert [
        name for name, marked in zip(links.names, links.mask(["y"]), strict=True) if marked
    ] == ["y"]
