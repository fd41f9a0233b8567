from collections.abc import Callable

import pytest

from techsov.graph.analysis.law.jurisdictions import Jurisdictions
from techsov.graph.analysis.law.suppliers import UNKNOWN, Ruling, behind, ruling
from techsov.graph.analysis.standing import Standing

World = Callable[..., Standing]

ACTORS = """
    State us fr
    Company firm parent other maker
    Service cloud
"""


@pytest.fixture(scope="session")
def rule(world: World) -> Callable[[str, str], Ruling]:
    return lambda text, thing: ruling(Jurisdictions(world(ACTORS + text)), thing)


Rule = Callable[[str, str], Ruling]


# --- Who stands behind a thing


def test_an_actor_stands_behind_itself_without_a_fact(world: World) -> None:
    assert behind(world(f"{ACTORS} other provides firm"), "firm") == {"firm": ()}


@pytest.mark.parametrize(
    ("facts", "who"),
    [
        ("firm provides cloud", ["firm"]),
        ("other operates cloud", ["other"]),
        ("maker builds cloud", ["maker"]),
        ("firm provides cloud\nother operates cloud\nmaker builds cloud", ["firm"]),
        ("other operates cloud\nmaker builds cloud", ["other"]),
        ("firm provides cloud\nother provides cloud", ["firm", "other"]),
        ("", []),
        ("firm uses cloud", []),
    ],
)
def test_who_provides_a_thing_stands_behind_it_else_who_operates_else_who_builds(
    facts: str, who: list[str], world: World
) -> None:
    assert list(behind(world(ACTORS + facts), "cloud")) == who


def test_the_facts_that_say_so_are_given(world: World) -> None:
    text = f"{ACTORS} firm provides cloud id=f2\n firm provides cloud id=f1"
    assert behind(world(text), "cloud") == {"firm": ("f1", "f2")}


# --- Under which law


def test_an_actor_stands_under_the_law_of_its_establishment(rule: Rule) -> None:
    assert rule("firm establishedUnder us id=f", "firm") == Ruling("us", (), ("f",))


def test_the_law_is_that_of_who_controls_it_at_last(rule: Rule) -> None:
    text = """
        firm establishedUnder fr id=own
        firm subsidiaryOf parent id=sub
        parent establishedUnder us id=top
    """
    assert rule(text, "firm") == Ruling("us", (), ("sub", "top"))


def test_a_thing_stands_under_the_law_of_its_supplier(rule: Rule) -> None:
    text = "firm provides cloud id=p\nfirm establishedUnder us id=law"
    assert rule(text, "cloud") == Ruling("us", (), ("law", "p"))


def test_two_suppliers_under_one_law_have_one(rule: Rule) -> None:
    text = """
        firm provides cloud
        other provides cloud
        firm establishedUnder us
        other establishedUnder us
    """
    assert rule(text, "cloud").law == "us"


@pytest.mark.parametrize(
    "facts",
    [
        "",  # nobody is known to stand behind it
        "firm provides cloud",  # no law is known
        "firm provides cloud\nfirm establishedUnder us\nfirm establishedUnder fr",
        "firm provides cloud\nother provides cloud\nfirm establishedUnder us",
        # the law of its own is known, but not that of who controls it
        "firm provides cloud\nfirm establishedUnder us\nparent controls firm",
        # control in a circle has no last one
        "firm provides cloud\nfirm establishedUnder us\nparent controls firm\nfirm controls parent",
        """
            firm provides cloud
            parent controls firm
            other controls firm
            parent establishedUnder us
            other establishedUnder fr
        """,
    ],
)
def test_no_law_is_told_where_one_is_missing_or_there_are_several(facts: str, rule: Rule) -> None:
    assert rule(facts, "cloud").law == ""


def test_a_head_office_is_no_law_and_is_named_apart(rule: Rule) -> None:
    assert rule("firm headquarteredIn us id=f", "firm") == Ruling("", ("us",), ("f",))
    both = "firm headquarteredIn us\nfirm establishedUnder fr"
    assert rule(both, "firm").law == "fr"
    assert rule(both, "firm").seats == ()


def test_a_state_is_its_own_law(rule: Rule) -> None:
    assert rule("", "us") == Ruling("us", (), ())


def test_what_nobody_supplies_is_unknown(rule: Rule) -> None:
    assert rule("", "cloud") == UNKNOWN
