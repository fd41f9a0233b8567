from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from techsov.graph.analysis.failure.circuit import NEVER, Circuit, Outcome, Wiring, grouped
from techsov.graph.analysis.failure.needs import Reading, needs_of
from techsov.graph.analysis.standing import Standing

World = Callable[..., Standing]
Try = Callable[..., Outcome]


@pytest.fixture(scope="session")
def circuit(world: World) -> Callable[..., Circuit]:
    def of(text: str, horizon: int = 0, reading: Reading = "worst") -> Circuit:
        standing = world(text)
        return Circuit.of(needs_of(standing), standing, horizon, reading)

    return of


@pytest.fixture(scope="session")
def without(circuit: Callable[..., Circuit]) -> Try:
    """Take away, from a world, the names given in one string."""

    def tried(text: str, removed: str, horizon: int = 0, reading: Reading = "worst") -> Outcome:
        found: Circuit = circuit(text, horizon, reading)
        return found.without(removed.split())

    return tried


def states(outcome: Outcome) -> dict[str, str]:
    return dict(outcome.affected)


def chain(outcome: Outcome, entity: str) -> list[str]:
    """The nodes of the reason, each step beginning where the one before ends."""
    hops = outcome.reason(entity)
    assert all(one.head == next_one.tail for one, next_one in pairwise(hops))
    return [hop.tail for hop in hops] + [hop.head for hop in hops[-1:]]


# --- Every need


TWO_NEEDS = """
    cloud dependsOn chip layer=chips
    cloud dependsOn grid layer=cloud
    clock dependsOn grid layer=cloud
"""


@pytest.mark.parametrize(
    ("removed", "lost"),
    [("chip", {"cloud"}), ("grid", {"cloud", "clock"}), ("chip grid", {"cloud", "clock"})],
)
def test_a_thing_needs_all_its_needs(removed: str, lost: set[str], without: Try) -> None:
    assert states(without(TWO_NEEDS, removed)) == dict.fromkeys(sorted(lost), "lost")


def test_nothing_that_is_not_needed_takes_anything_down(without: Try) -> None:
    outcome = without(TWO_NEEDS, "clock")
    assert states(outcome) == {}
    assert (outcome.state("clock"), outcome.state("cloud")) == ("removed", "ok")


def test_what_is_offered_needs_one_of_those_who_offer_it(without: Try) -> None:
    text = """
        Company north south
        north provides cloud
        south provides cloud
        north operates cloud
    """
    assert states(without(text, "south")) == {"cloud": "degraded"}
    assert states(without(text, "north")) == {"cloud": "lost"}


def test_a_loss_runs_down_to_the_last(without: Try) -> None:
    text = "a dependsOn b\nb dependsOn c\nc dependsOn d\nd dependsOn e"
    outcome = without(text, "e")
    assert states(outcome) == {"a": "lost", "b": "lost", "c": "lost", "d": "lost"}
    assert outcome.rounds == {"e": 0, "d": 1, "c": 2, "b": 3, "a": 4}
    assert chain(outcome, "a") == ["a", "b", "c", "d", "e"]


# --- k of n


TWO_OF_THREE = """
    need-power minimumSources 2
    plant requires need-power
    plant dependsOn wind need=need-power
    plant dependsOn solar need=need-power
    plant dependsOn coal need=need-power
"""


@pytest.mark.parametrize(
    ("removed", "state"),
    [
        ("wind", "degraded"),
        ("solar", "degraded"),
        ("wind solar", "lost"),
        ("coal wind", "lost"),
        ("wind solar coal", "lost"),
    ],
)
def test_a_need_is_met_by_k_of_n(removed: str, state: str, without: Try) -> None:
    assert states(without(TWO_OF_THREE, removed)) == {"plant": state}


def test_a_failed_need_says_what_is_down_and_since_when(without: Try) -> None:
    text = TWO_OF_THREE + "coal dependsOn mine\nplant dependsOn rain"
    outcome = without(text, "wind mine rain")
    assert outcome.rounds == {
        "wind": 0,
        "mine": 0,
        "rain": 0,
        "coal": 1,
        "plant": 1,
        "solar": NEVER,
    }
    first, second = outcome.failures("plant")
    assert ([option.node for option in first.down], first.round) == (["rain"], 0)
    assert ([option.node for option in second.down], second.round) == (["coal", "wind"], 1)
    assert second.need.name == "need-power"
    assert outcome.weakened("plant") == ()


def test_a_need_that_is_weakened_is_not_failed(without: Try) -> None:
    outcome = without(TWO_OF_THREE, "wind")
    (failure,) = outcome.weakened("plant")
    assert ([option.node for option in failure.down], failure.round) == (["wind"], NEVER)
    assert outcome.failures("plant") == ()


# --- Spares


SPARE = """
    cloud dependsOn gpu need=need-chip layer=cloud
    cloud couldUse tpu need=need-chip switching_months=12
"""


@pytest.mark.parametrize("reading", ["worst", "best"])
@pytest.mark.parametrize(
    ("removed", "horizon", "state"),
    [
        ("gpu", 0, "lost"),
        ("gpu", 11, "lost"),
        ("gpu", 12, "degraded"),
        ("gpu", 24, "degraded"),
        ("gpu tpu", 0, "lost"),
        ("gpu tpu", 24, "lost"),
        ("tpu", 24, "ok"),
    ],
)
def test_a_spare_comes_in_after_its_time(
    removed: str, horizon: int, state: str, reading: str, without: Try
) -> None:
    assert without(SPARE, removed, horizon, reading).state("cloud") == state


@pytest.mark.parametrize(
    ("reading", "horizon", "state"),
    [("worst", 0, "lost"), ("worst", 600, "lost"), ("best", 0, "degraded")],
)
def test_a_spare_of_unknown_time_counts_in_the_best_reading_only(
    reading: str, horizon: int, state: str, without: Try
) -> None:
    text = SPARE.replace("switching_months=12", "")
    assert without(text, "gpu", horizon, reading).state("cloud") == state
    assert without(text, "gpu tpu", horizon, reading).state("cloud") == "lost"


def test_a_spare_that_is_taken_down_by_the_same_loss_does_not_help(without: Try) -> None:
    text = SPARE + "gpu dependsOn fab\ntpu dependsOn fab"
    assert without(text, "fab", 24).state("cloud") == "lost"
    assert without(SPARE + "gpu dependsOn fab", "fab", 24).state("cloud") == "degraded"


def test_a_spare_counts_towards_k(without: Try) -> None:
    text = TWO_OF_THREE + "plant couldUse lake need=need-power switching_months=6"
    assert without(text, "wind solar", 5).state("plant") == "lost"
    assert without(text, "wind solar", 6).state("plant") == "degraded"
    assert without(text, "wind solar lake", 6).state("plant") == "lost"


# --- Actors


ACTOR_CLASSES = ["Company", "PublicBody", "State", "SupranationalUnion", "Alliance", "Person"]


@pytest.mark.parametrize("cls", [*ACTOR_CLASSES, "ActorGroup"])
def test_an_actor_is_impaired_and_passes_nothing_on(cls: str, without: Try) -> None:
    text = f"{cls} who\nwho dependsOn chip\nservice dependsOn who\nsite dependsOn service"
    outcome = without(text, "chip")
    assert states(outcome) == {"who": "impaired"}
    assert outcome.beyond == ("service", "site")
    assert chain(outcome, "who") == ["who", "chip"]


@pytest.mark.parametrize("cls", ["Service", "OfferingGroup", "Supercomputer", "DataAsset"])
def test_a_thing_is_lost_and_passes_it_on(cls: str, without: Try) -> None:
    outcome = without(f"{cls} what\nwhat dependsOn chip\nservice dependsOn what", "chip")
    assert states(outcome) == {"service": "lost", "what": "lost"}
    assert outcome.beyond == ()


def test_an_actor_that_is_removed_takes_down_what_needs_it(without: Try) -> None:
    text = "Company firm\nfirm dependsOn chip\nservice dependsOn firm"
    assert states(without(text, "firm")) == {"service": "lost"}
    assert states(without(text, "firm chip")) == {"service": "lost"}


def test_an_impaired_actor_is_no_lost_option(without: Try) -> None:
    text = """
        Company firm
        firm dependsOn chip
        service dependsOn firm need=need-1
        service dependsOn other need=need-1
    """
    assert states(without(text, "chip")) == {"firm": "impaired"}


def test_beyond_runs_through_one_actor_after_another(without: Try) -> None:
    text = """
        Company one two
        one dependsOn chip
        thing dependsOn one
        two dependsOn thing
        last dependsOn two
        safe dependsOn two need=need-1
        safe dependsOn else need=need-1
        gone dependsOn one
    """
    assert without(text, "chip gone").beyond == ("last", "thing", "two")


def test_the_gravest_come_first(without: Try) -> None:
    text = """
        Company aa firm
        aa dependsOn chip
        firm dependsOn chip
        b dependsOn chip need=need-1
        b dependsOn other need=need-1
        z dependsOn chip
        c dependsOn chip
    """
    assert list(without(text, "chip").affected.items()) == [
        ("c", "lost"),
        ("z", "lost"),
        ("aa", "impaired"),
        ("firm", "impaired"),
        ("b", "degraded"),
    ]


# --- Circles


CIRCLE = "a dependsOn b\nb dependsOn a\n"


def test_two_things_that_need_only_each_other_keep_each_other_alive(without: Try) -> None:
    outcome = without(CIRCLE, "")
    assert states(outcome) == {}
    assert outcome.rounds == {"a": NEVER, "b": NEVER}


def test_both_fall_when_one_loses_an_outside_need(without: Try) -> None:
    outcome = without(CIRCLE + "a dependsOn c", "c")
    assert states(outcome) == {"a": "lost", "b": "lost"}
    assert chain(outcome, "b") == ["b", "a", "c"]
    assert chain(outcome, "a") == ["a", "c"]


def test_a_circle_with_a_second_supplier_goes_on_in_itself(without: Try) -> None:
    text = """
        a dependsOn b need=need-1
        a dependsOn c need=need-1
        b dependsOn a
    """
    assert states(without(text, "c")) == {"a": "degraded"}
    assert states(without(text, "b")) == {"a": "degraded"}
    assert states(without(text, "b c")) == {"a": "lost"}


def test_the_reason_does_not_run_in_a_circle(without: Try) -> None:
    text = "a dependsOn b\nb dependsOn c\nc dependsOn a\nc dependsOn out"
    outcome = without(text, "out")
    assert {each: chain(outcome, each) for each in "abc"} == {
        "a": ["a", "b", "c", "out"],
        "b": ["b", "c", "out"],
        "c": ["c", "out"],
    }


# --- What no source says


def test_in_the_best_reading_a_substitute_that_no_source_names_serves(without: Try) -> None:
    text = "cloud dependsOn chip layer=cloud substitutability={}\nsite dependsOn cloud layer=cloud"
    silent = without(text.format("unknown"), "chip", reading="best")
    assert states(silent) == {"cloud": "degraded"}
    assert chain(silent, "cloud") == ["cloud", "chip"]
    for word in ("none", "hard"):
        assert states(without(text.format(word), "chip", reading="best")) == {
            "cloud": "lost",
            "site": "degraded",
        }
    assert states(without(text.format("easy"), "chip")) == {"cloud": "lost", "site": "lost"}


def test_in_the_best_reading_what_is_installed_goes_on(without: Try) -> None:
    for layer in ("chips", "compute", "chips,compute"):
        text = f"cloud dependsOn chip layer={layer} substitutability=none need=need-1"
        assert states(without(text, "chip", reading="best")) == {"cloud": "degraded"}
    for layer in ("cloud", "compute,cloud"):
        text = f"cloud dependsOn chip layer={layer} substitutability=none need=need-1"
        assert states(without(text, "chip", reading="best")) == {"cloud": "lost"}


def test_nobody_else_is_known_to_offer_what_one_offers(without: Try) -> None:
    text = "Company firm\nfirm provides cloud"
    for reading in ("worst", "best"):
        assert states(without(text, "firm", reading=reading)) == {"cloud": "lost"}


@pytest.mark.parametrize("reading", ["worst", "best"])
@pytest.mark.parametrize("horizon", [0, 12, 24])
@pytest.mark.parametrize("layer", ["cloud", "chips"])
@pytest.mark.parametrize(
    "spare",
    [
        "",
        "plant couldUse lake need=need-power switching_months=12",
        "plant couldUse lake need=need-power",
    ],
)
def test_a_need_with_fewer_in_use_than_it_asks_for_says_nothing(
    spare: str, layer: str, horizon: int, reading: Reading, circuit: Callable[..., Circuit]
) -> None:
    text = f"""
        need-power minimumSources 2
        plant dependsOn wind need=need-power layer={layer}
        {spare}
    """
    found = circuit(text, horizon, reading)
    assert [need.name for need in found.short] == ["need-power"]
    assert len(found.gates) == len(found.enduring) == 0
    assert states(found.without(["wind", "lake"])) == {}


def test_the_other_needs_of_a_thing_with_a_short_one_still_count(without: Try) -> None:
    text = "need-1 minimumSources 3\nx dependsOn a need=need-1\nx dependsOn b need=need-1\nx dependsOn c"
    assert states(without(text, "a b")) == {}
    assert states(without(text, "c")) == {"x": "lost"}


# --- Reasons and proofs


def test_every_hop_of_a_reason_names_the_facts_between_its_ends(without: Try, world: World) -> None:
    text = """
        Company maker
        site dependsOn cloud layer=cloud id=f1 confidence=0.5
        site dependsOn cloud layer=platform id=f2 confidence=0.8
        cloud dependsOn chip layer=chips id=f3
        maker provides chip id=f4
    """
    outcome = without(text, "maker")
    facts = world(text).by_id
    hops = outcome.reason("site")
    assert [(hop.tail, hop.head, hop.facts) for hop in hops] == [
        ("site", "cloud", ("f1", "f2")),
        ("cloud", "chip", ("f3",)),
        ("chip", "maker", ("f4",)),
    ]
    assert [str(hop.confidence) for hop in hops] == ["0.8", "0.9", "0.9"]
    for hop in hops:
        for name in hop.facts:
            assert {facts[name].subject, facts[name].object} == {hop.tail, hop.head}


def test_the_reason_follows_what_failed_first(without: Try) -> None:
    text = "x dependsOn far\nfar dependsOn chip\nx dependsOn near"
    outcome = without(text, "near chip")
    assert chain(outcome, "x") == ["x", "near"]
    assert chain(without(text, "chip"), "x") == ["x", "far", "chip"]


def test_what_is_as_before_or_removed_has_no_reason(without: Try) -> None:
    outcome = without(TWO_NEEDS, "chip")
    assert outcome.reason("clock") == outcome.reason("chip") == outcome.reason("nobody") == ()
    assert outcome.proof("clock") == outcome.proof("chip") == {}
    assert outcome.premises("clock") == ()


DIAMOND = """
    Company maker
    need-1 minimumSources 1 id=f0
    x requires need-1 id=f1
    x dependsOn a need=need-1 id=f2
    x dependsOn b need=need-1 id=f3
    maker provides a id=f4
    maker provides b id=f5
    x dependsOn c id=f6
"""


def test_a_proof_holds_every_option_that_has_to_go(without: Try) -> None:
    outcome = without(DIAMOND, "maker")
    assert chain(outcome, "x") == ["x", "a", "maker"]
    proof = outcome.proof("x")
    assert {node: [each.node for each in failure.down] for node, failure in proof.items()} == {
        "x": ["a", "b"],
        "a": ["maker"],
        "b": ["maker"],
    }
    assert outcome.premises("x") == ("f0", "f1", "f2", "f3", "f4", "f5")


def test_a_proof_leaves_out_what_went_down_later(without: Try) -> None:
    text = """
        need-1 minimumSources 2 id=f0
        x dependsOn a need=need-1 id=f1
        x dependsOn b need=need-1 id=f2
        x dependsOn d id=f3
        b dependsOn x id=f4
        d dependsOn x id=f5
    """
    outcome = without(text, "a")
    assert states(outcome) == {"b": "lost", "d": "lost", "x": "lost"}
    assert outcome.premises("x") == ("f0", "f1")
    assert outcome.premises("d") == ("f0", "f1", "f5")


def test_a_weakened_thing_rests_on_what_is_down(without: Try) -> None:
    text = DIAMOND + "Company other\nother provides b id=f9\nb dependsOn maker id=f8"
    outcome = without(text, "other")
    assert states(outcome) == {"b": "degraded"}
    assert outcome.premises("b") == ("f9",)
    assert without(DIAMOND, "b").premises("x") == ("f0", "f1", "f3")


# --- Nothing known


def test_removing_what_nobody_knows_changes_nothing(without: Try) -> None:
    outcome = without(TWO_NEEDS, "nobody")
    assert states(outcome) == {}
    assert outcome.state("nobody") == "removed"
    assert outcome.state("somebody") == "ok"
    assert outcome.beyond == ()


def test_removing_everything_leaves_nothing_to_affect(without: Try) -> None:
    outcome = without(TWO_NEEDS, "chip clock cloud grid")
    assert states(outcome) == {}
    assert set(outcome.rounds.values()) == {0}


def test_no_fact_makes_an_empty_circuit(circuit: Callable[..., Circuit]) -> None:
    found = circuit("")
    assert len(found.nodes) == len(found.gates) == len(found.short) == 0
    assert states(found.without({"nvidia"})) == {}
    assert found.without(()).beyond == ()


def test_options_are_all_that_could_meet_a_need(circuit: Callable[..., Circuit]) -> None:
    text = SPARE + "need-2 minimumSources 2\nx dependsOn y need=need-2 layer=cloud\ny dependsOn z"
    for reading in ("worst", "best"):
        assert circuit(text, 0, reading).options == {"gpu", "tpu", "y", "z"}


# --- By number


def test_rounds_count_the_options_that_are_down() -> None:
    # 0 needs one of 1 and 2, 3 needs 0; 4 needs both 3 and 1.
    wiring = Wiring(
        size=5,
        option_nodes=np.array([1, 2, 0, 3, 1]),
        option_needs=np.array([0, 0, 1, 2, 3]),
        dependents=np.array([0, 3, 4, 4]),
        slack=np.array([1, 0, 0, 0]),
        passes=np.array([True] * 5),
    )
    stopped, down = wiring.rounds(np.array([1]))
    assert (stopped.tolist(), down.tolist()) == ([NEVER, 0, NEVER, NEVER, 1], [1, 0, 0, 1])
    stopped, down = wiring.rounds(np.array([2, 1]))
    assert (stopped.tolist(), down.tolist()) == ([1, 0, 0, 2, 1], [2, 1, 1, 1])
    stopped, down = wiring.rounds(np.array([2, 1, 2]))
    assert (stopped.tolist(), down.tolist()) == ([1, 0, 0, 2, 1], [2, 1, 1, 1])
    stopped, down = wiring.rounds(np.array([], dtype=np.int64))
    assert (set(stopped.tolist()), set(down.tolist())) == ({NEVER}, {0})


def test_members_are_grouped_in_their_order() -> None:
    assert grouped([("b", 2), ("a", 1), ("b", 1)]) == {"b": (2, 1), "a": (1,)}
