"""Each rule by which a claim of sovereignty is weighed, in worlds of a few facts."""

from collections.abc import Callable

import pytest

from techsov.graph.analysis.claims.appraisal import (
    EVERY_STATUS,
    Appraisal,
    appraise,
    claims_conclusions,
    concerning,
)
from techsov.graph.analysis.claims.bearing import Bearing, Ground
from techsov.graph.analysis.standing import Standing
from techsov.graph.facts.schema import read_schema
from techsov.graph.flow import Knowledge

World = Callable[..., Standing]
MAP = """
State france=FR us=US switzerland=CH
SupranationalUnion eu
Place europe
Company host maker parent other
Service cloud spare
SoftwarePlatform tool
ActorGroup makers
OfferingGroup clouds
Person founder
CertificationScheme seal label
LegalInstrument foreign-law
france memberOf eu
"""
SAID = "cloud describedAs descr-sovereign status=claimed claimant=host sovereignty_for=eu"
HOSTED = "host provides cloud"
FRENCH = "host establishedUnder france"
AMERICAN = "maker establishedUnder us"


def every(world: World, *lines: str) -> Standing:
    known = world("\n".join((MAP, *lines)))
    return Standing.on(known.records, known.schema, known.day, EVERY_STATUS)


def the_one(world: World, *lines: str) -> Appraisal:
    (row,) = appraise(every(world, *lines))
    return row


def ways(grounds: tuple[Ground, ...]) -> list[tuple[str, str, str]]:
    return [(ground.kind, ground.about, ground.law) for ground in grounds]


# --- Contradicted


def test_a_stated_chain_to_a_law_outside_contradicts(world: World) -> None:
    row = the_one(world, SAID, HOSTED, FRENCH, AMERICAN, "cloud dependsOn maker layer=compute")
    assert (row.verdict, row.outlook, row.reasons) == ("contradicted", "contradicted", ())
    assert ways(row.against) == [("chain", "maker", "us")]
    assert row.premises == ("cloud--dependsOn--maker", "maker--establishedUnder--us")


def test_a_chain_goes_through_things_to_who_provides_them(world: World) -> None:
    row = the_one(
        world,
        SAID,
        HOSTED,
        FRENCH,
        AMERICAN,
        "cloud dependsOn tool layer=platform",
        "tool dependsOn spare layer=cloud",
        "maker provides spare",
    )
    assert row.verdict == "contradicted"
    assert [step.head for step in row.against[0].hops] == ["tool", "spare", "maker", "us"]


def test_the_provider_under_another_law_contradicts(world: World) -> None:
    row = the_one(world, SAID, "maker provides cloud", AMERICAN)
    assert (row.verdict, ways(row.against)) == ("contradicted", [("chain", "maker", "us")])


def test_one_who_controls_the_provider_contradicts(world: World) -> None:
    row = the_one(world, SAID, HOSTED, FRENCH, "host subsidiaryOf maker", AMERICAN)
    assert row.verdict == "contradicted"
    assert [step.head for step in row.against[0].hops] == ["host", "maker", "us"]


def test_one_who_controls_the_thing_contradicts(world: World) -> None:
    row = the_one(world, SAID, HOSTED, FRENCH, "maker controls cloud", AMERICAN)
    assert (row.verdict, ways(row.against)) == ("contradicted", [("control", "maker", "us")])


@pytest.mark.parametrize("relation", ["provides", "operates", "builds"])
def test_an_actor_answers_for_what_it_offers(world: World, relation: str) -> None:
    said = SAID.replace("cloud ", "host ", 1)
    offered = f"host {relation} cloud"
    row = the_one(world, said, offered, FRENCH, AMERICAN, "cloud dependsOn maker layer=chips")
    assert (row.verdict, ways(row.against)) == ("contradicted", [("offering", "maker", "us")])


def test_a_thing_answers_for_its_parts(world: World) -> None:
    row = the_one(
        world, SAID, HOSTED, FRENCH, AMERICAN, "spare partOf cloud", "maker provides spare"
    )
    assert (row.verdict, ways(row.against)) == ("contradicted", [("offering", "maker", "us")])


def test_the_law_of_the_actor_itself_contradicts(world: World) -> None:
    row = the_one(world, SAID.replace("cloud ", "maker ", 1), AMERICAN)
    assert (row.verdict, ways(row.against)) == ("contradicted", [("law", "maker", "us")])


# --- Supported


def test_supported_where_all_is_known_and_inside(world: World) -> None:
    row = the_one(world, SAID, HOSTED, FRENCH)
    assert (row.verdict, row.reasons) == ("supported", ())
    assert ways(row.favour) == [("chain", "host", "france")]
    # That France is in the Union is a premise too.
    assert row.premises == (
        "france--memberOf--eu",
        "host--establishedUnder--france",
        "host--provides--cloud",
    )


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        # The law of one supplier is not known.
        ("cloud dependsOn other layer=cloud", "unknown-law"),
        # Nobody is known to provide a thing that it needs.
        ("cloud dependsOn tool layer=platform", "unknown-law"),
        # One at the top has no known law.
        ("host subsidiaryOf parent", "unknown-law"),
        ("founder controls host", "unknown-law"),
        # A plan, and what somebody only claims, withhold support; they do not contradict.
        ("cloud dependsOn maker layer=cloud status=planned", "not-stated"),
        ("cloud dependsOn maker layer=cloud status=claimed claimant=other", "not-stated"),
        # What its provider depends on does not pass to what it provides.
        ("host dependsOn maker layer=skills", "weak"),
        ("maker builds cloud", "weak"),
        # Somebody denies it.
        (SAID.replace("claimed claimant=host", "denied claimant=other id=no"), "disputed"),
        ("cloud describedAs descr-slogan status=claimed claimant=other id=no", "disputed"),
    ],
)
def test_anything_against_or_unknown_withholds_support(
    world: World, more: str, reason: str
) -> None:
    standing = every(world, SAID, HOSTED, FRENCH, AMERICAN, more)
    (row,) = (row for row in appraise(standing) if row.claim != "no")
    assert row.verdict == "unproven"
    assert set(row.reasons) - {"nothing-for"} == {reason}


@pytest.mark.parametrize("status", ["denied", "hypothetical"])
def test_what_is_denied_or_imagined_is_not_used(world: World, status: str) -> None:
    more = f"cloud dependsOn maker layer=cloud status={status} claimant=other"
    row = the_one(world, SAID, HOSTED, FRENCH, AMERICAN, more)
    assert (row.verdict, row.against) == ("supported", ())


def test_a_place_alone_and_a_state_alone_prove_nothing(world: World) -> None:
    row = the_one(world, "france describedAs descr-sovereign status=claimed sovereignty_for=france")
    assert (row.verdict, row.premises, row.reasons) == ("unproven", (), ("nothing-known",))


def test_nobody_known_to_provide_it(world: World) -> None:
    row = the_one(world, SAID)
    assert (row.verdict, row.reasons) == ("unproven", ("unknown-law", "nothing-for"))
    assert ways(row.unknown) == [("chain", "cloud", "")]


def test_circular_control_has_no_top_and_supports_nothing(world: World) -> None:
    row = the_one(
        world,
        SAID,
        HOSTED,
        FRENCH,
        "parent establishedUnder france",
        "host subsidiaryOf parent",
        "parent subsidiaryOf host",
    )
    assert (row.verdict, row.reasons) == ("unproven", ("unknown-law", "nothing-for"))


# --- What is weak


def test_a_head_office_alone_contradicts_nothing(world: World) -> None:
    row = the_one(
        world, SAID, HOSTED, FRENCH, "cloud dependsOn maker layer=cloud", "maker headquarteredIn us"
    )
    assert row.verdict == "unproven"
    assert [(ground.seat, ground.weak, ground.law) for ground in row.against] == [
        (True, True, "us")
    ]
    assert ways(row.unknown) == [("chain", "maker", "")]


@pytest.mark.parametrize(
    ("quantifier", "verdict"),
    [
        ("all", "contradicted"),
        ("most", "unproven"),
        ("some", "unproven"),
        ("unspecified", "unproven"),
    ],
)
def test_what_is_said_of_some_members_is_not_said_of_the_group(
    world: World, quantifier: str, verdict: str
) -> None:
    said = SAID.replace("cloud ", "clouds ", 1)
    needs = f"clouds dependsOn maker layer=cloud quantifier={quantifier}"
    assert the_one(world, said, AMERICAN, needs).verdict == verdict


def test_weak_ways_are_shown_and_named(world: World) -> None:
    row = the_one(
        world,
        SAID,
        HOSTED,
        FRENCH,
        AMERICAN,
        "host dependsOn maker layer=chips",
        "host provides spare",
        "parent establishedUnder us",
        "spare dependsOn parent layer=cloud",
        "cloud dependsOn other layer=skills",
        "other establishedUnder france",
        "makers establishedUnder us",
        "other dependsOn makers layer=skills",
    )
    assert row.verdict == "unproven"
    assert {(ground.kind, ground.about) for ground in row.against} == {
        ("provider", "maker"),
        ("sibling", "parent"),
        ("upstream", "makers"),
    }
    assert all(ground.weak for ground in row.against)


# --- Words


def test_every_word_of_mastery_is_of_a_known_kind() -> None:
    schema = read_schema()
    words = {
        name for name, term in schema.concepts.items() if term.scheme == "descr" and term.mastery
    }
    assert {"descr-sovereign", "descr-hybrid-sovereign", "descr-geographically-sovereign"} <= words
    kinds = {schema.concepts[name].mastery for name in words}
    assert kinds == set(schema.in_scheme("mastery"))


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("sovereign", "contradicted"),
        # These say themselves that a part lies elsewhere, or speak of where it stands only.
        ("hybrid-sovereign", "supported"),
        ("geographically-sovereign", "unproven"),
        # Words that deny mastery are weighed the other way round.
        ("local-shell", "supported"),
        # This one says nothing of mastery that a chain could settle.
        ("strategic", "unproven"),
    ],
)
def test_the_word_decides_what_can_be_settled(world: World, word: str, verdict: str) -> None:
    said = SAID.replace("descr-sovereign", f"descr-{word}")
    row = the_one(world, said, HOSTED, FRENCH, AMERICAN, "cloud dependsOn maker layer=chips")
    assert row.verdict == verdict
    assert ("word" in row.reasons) == (word == "strategic")


def test_shared_mastery_is_supported_by_what_lies_inside(world: World) -> None:
    said = SAID.replace("descr-sovereign", "descr-shared-sovereignty")
    row = the_one(world, said, HOSTED, FRENCH, AMERICAN, "cloud dependsOn maker layer=chips")
    assert row.verdict == "supported"
    assert row.premises == (
        "france--memberOf--eu",
        "host--establishedUnder--france",
        "host--provides--cloud",
    )


@pytest.mark.parametrize(
    ("where", "verdict"), [("france", "supported"), ("us", "contradicted"), ("europe", "unproven")]
)
def test_a_word_of_location_is_settled_by_hosting_alone(
    world: World, where: str, verdict: str
) -> None:
    said = SAID.replace("descr-sovereign", "descr-geographically-sovereign")
    row = the_one(
        world,
        said,
        "maker provides cloud",
        AMERICAN,
        f"cloud hostedIn {where}",
    )
    assert row.verdict == verdict
    assert {ground.kind for ground in (*row.against, *row.favour, *row.unknown)} == {"hosting"}


def test_a_word_of_location_without_hosting_is_unproven(world: World) -> None:
    said = SAID.replace("descr-sovereign", "descr-geographically-sovereign")
    row = the_one(world, said, HOSTED, FRENCH)
    assert (row.verdict, row.reasons) == ("unproven", ("nothing-known",))


def test_a_word_that_says_nothing_of_sovereignty_is_no_claim(world: World) -> None:
    assert appraise(every(world, "cloud describedAs descr-strategic status=claimed")) == []


def test_a_claim_that_names_no_place_is_unproven(world: World) -> None:
    said = SAID.removesuffix(" sovereignty_for=eu")
    row = the_one(world, said, "maker provides cloud", AMERICAN)
    assert (row.verdict, row.reasons) == ("unproven", ("no-place",))
    assert ways(row.unknown) == [("chain", "maker", "us")]


# --- Status of the claim, plans and denials


@pytest.mark.parametrize("status", ["planned", "hypothetical"])
def test_what_is_said_of_the_future_is_unproven_today(world: World, status: str) -> None:
    said = SAID.replace("claimed", status)
    row = the_one(world, said, HOSTED, FRENCH, AMERICAN, "cloud dependsOn maker layer=chips")
    assert (row.verdict, row.outlook, row.reasons) == ("unproven", "contradicted", ("plan",))
    assert row.claim in row.premises_ahead


def test_plans_make_an_outlook(world: World) -> None:
    more = "cloud dependsOn maker layer=chips status=planned"
    row = the_one(world, SAID, HOSTED, FRENCH, AMERICAN, more)
    assert (row.verdict, row.outlook) == ("unproven", "contradicted")
    assert row.premises_ahead == ("cloud--dependsOn--maker", "maker--establishedUnder--us")


def test_what_is_only_claimed_makes_no_outlook(world: World) -> None:
    more = "cloud dependsOn maker layer=chips status=claimed claimant=other"
    assert the_one(world, SAID, HOSTED, FRENCH, AMERICAN, more).outlook == "unproven"


def test_a_stated_chain_goes_before_a_shorter_planned_one(world: World) -> None:
    row = the_one(
        world,
        SAID,
        HOSTED,
        FRENCH,
        AMERICAN,
        "cloud dependsOn maker layer=chips status=planned",
        "cloud dependsOn tool layer=platform",
        "maker provides tool",
    )
    assert row.verdict == "contradicted"
    assert [step.head for step in row.against[0].hops] == ["tool", "maker", "us"]


def test_a_denial_is_weighed_the_other_way_round(world: World) -> None:
    denied = SAID.replace("claimed claimant=host", "denied claimant=other id=no")
    rows = appraise(
        every(world, SAID, denied, HOSTED, FRENCH, AMERICAN, "cloud dependsOn maker layer=chips")
    )
    assert {row.claim: row.verdict for row in rows} == {
        "cloud--describedAs--descr-sovereign": "contradicted",
        "no": "supported",
    }
    assert rows[0].voices == ("no",)
    assert rows[1].voices == ("cloud--describedAs--descr-sovereign",)


def test_a_denial_alone_contradicts_nothing(world: World) -> None:
    denied = SAID.replace("claimed claimant=host", "denied claimant=other id=no")
    rows = appraise(every(world, SAID, denied, HOSTED, FRENCH))
    assert {row.verdict for row in rows} == {"unproven"}


def test_voices_are_of_others_and_of_the_same_place(world: World) -> None:
    row = appraise(
        every(
            world,
            SAID,
            "cloud describedAs descr-slogan status=claimed claimant=host id=own",
            "cloud describedAs descr-slogan status=claimed claimant=other id=elsewhere "
            "sovereignty_for=us",
            "cloud describedAs descr-slogan status=hypothetical claimant=other id=asked",
            "spare describedAs descr-strategic status=claimed claimant=other id=linked "
            "sovereignty_for=eu contradicts=cloud--describedAs--descr-sovereign",
        )
    )
    (found,) = (each for each in row if each.claim == "cloud--describedAs--descr-sovereign")
    assert found.voices == ("linked",)


# --- Interested documents


def test_promotional_documents_alone_support_nothing(world: World) -> None:
    promoted = f"{HOSTED} doc=promo-one"
    row = the_one(world, SAID, promoted, FRENCH)
    assert (row.verdict, row.reasons) == ("unproven", ("promotional",))
    assert ways(row.favour) == [("chain", "host", "france")]
    assert the_one(world, SAID, f"{promoted},doc", FRENCH).verdict == "supported"


@pytest.mark.parametrize(
    ("doc", "verdict"),
    [
        ("promo-own", "contradicted"),
        ("promo-rival", "unproven"),
        ("promo-rival,doc", "contradicted"),
    ],
)
def test_a_promotional_document_contradicts_what_it_claims_itself_and_nothing_else(
    world: World, doc: str, verdict: str
) -> None:
    said = f"{SAID} doc=promo-own"
    needs = f"cloud dependsOn maker layer=chips doc={doc}"
    assert the_one(world, said, HOSTED, FRENCH, AMERICAN, needs).verdict == verdict


def test_a_promotional_denial_is_not_supported_by_its_own_words(world: World) -> None:
    said = SAID.replace("claimed", "denied") + " doc=promo-own"
    needs = "cloud dependsOn maker layer=chips doc="
    own = the_one(world, said, HOSTED, FRENCH, AMERICAN, f"{needs}promo-own")
    assert (own.verdict, own.reasons) == ("unproven", ("interested",))
    assert the_one(world, said, HOSTED, FRENCH, AMERICAN, f"{needs}doc").verdict == "supported"


# --- Aspects and places


@pytest.mark.parametrize(
    ("aspect", "layer", "verdict"),
    [
        ("sov-3", "platform", "contradicted"),
        ("sov-3", "chips", "supported"),
        ("sov-5", "chips", "contradicted"),
        ("sov-1", "cloud", "supported"),
        ("sov-8", "energy", "contradicted"),
    ],
)
def test_an_aspect_narrows_the_layers(world: World, aspect: str, layer: str, verdict: str) -> None:
    needs = f"cloud dependsOn maker layer={layer}"
    row = the_one(world, f"{SAID} aspect={aspect}", HOSTED, FRENCH, AMERICAN, needs)
    assert row.verdict == verdict


def test_an_aspect_leaves_the_law_of_the_provider(world: World) -> None:
    row = the_one(world, f"{SAID} aspect=sov-1", "maker provides cloud", AMERICAN)
    assert row.verdict == "contradicted"


def test_a_supplier_of_unknown_position_does_not_contradict(world: World) -> None:
    said = SAID.replace("=eu", "=europe")
    needs = ("cloud dependsOn other layer=cloud", "other establishedUnder switzerland")
    row = the_one(world, said, HOSTED, FRENCH, *needs)
    assert (row.verdict, row.reasons) == ("unproven", ("unknown-law",))
    assert ways(row.unknown) == [("chain", "other", "switzerland")]
    assert the_one(world, SAID, HOSTED, FRENCH, *needs).verdict == "contradicted"


# --- What speaks for it


def test_hosting_and_a_certificate_against_a_law_speak_for_it(world: World) -> None:
    row = the_one(
        world,
        SAID,
        HOSTED,
        FRENCH,
        "cloud hostedIn france",
        "cloud holdsCertification seal",
        "seal mitigates foreign-law",
        "cloud holdsCertification label",
    )
    assert ways(row.favour) == [
        ("chain", "host", "france"),
        ("hosting", "france", "france"),
        ("certification", "seal", "foreign-law"),
    ]


def test_hosting_outside_contradicts(world: World) -> None:
    row = the_one(world, SAID, HOSTED, FRENCH, "cloud hostedIn us")
    assert (row.verdict, ways(row.against)) == ("contradicted", [("hosting", "us", "us")])


# --- Choosing, drawing conclusions


def test_claims_can_be_asked_for(world: World) -> None:
    standing = every(
        world,
        SAID,
        HOSTED,
        "spare partOf cloud",
        "spare describedAs descr-sovereign status=claimed claimant=other sovereignty_for=us",
        "other describedAs descr-sovereign status=claimed claimant=other sovereignty_for=france",
    )
    rows = appraise(standing)

    def subjects(**asked: str) -> list[str]:
        return [row.subject for row in concerning(rows, standing, **asked)]

    assert subjects() == ["cloud", "other", "spare"]
    assert subjects(about="cloud") == ["cloud", "spare"]
    assert subjects(about="host") == ["cloud"]
    assert subjects(about="parent") == []
    assert subjects(place="eu") == ["cloud", "other"]
    assert subjects(place="france") == ["cloud", "other"]
    assert subjects(place="us") == ["spare"]
    assert subjects(claimant="other") == ["other", "spare"]
    assert subjects(claimant="other", place="us") == ["spare"]


def test_conclusions_carry_what_they_rest_on(world: World) -> None:
    standing = every(
        world,
        SAID,
        HOSTED,
        FRENCH,
        AMERICAN,
        "cloud dependsOn maker layer=chips status=planned confidence=0.4",
    )
    today, ahead = claims_conclusions(appraise(standing), standing)
    assert (today.subject, today.relation, today.object) == (
        "cloud",
        "appraisedAs",
        "verdict-unproven",
    )
    assert today.more == {"claim": ("cloud--describedAs--descr-sovereign",)}
    assert (ahead.object, ahead.status, str(ahead.confidence)) == (
        "verdict-contradicted",
        "planned",
        "0.4",
    )


def test_nothing_known_makes_no_conclusion(world: World) -> None:
    standing = every(world, SAID)
    assert claims_conclusions(appraise(standing), standing) == []


def test_the_order_does_not_hang_on_the_order_of_facts(world: World) -> None:
    lines = [SAID, HOSTED, FRENCH, AMERICAN, "cloud dependsOn maker layer=chips"]
    assert appraise(every(world, *lines)) == appraise(every(world, *reversed(lines)))


def test_each_ground_comes_once_by_its_best_chain(world: World) -> None:
    standing = every(
        world,
        HOSTED,
        AMERICAN,
        "maker operates cloud",
        "cloud dependsOn maker layer=chips confidence=0.5",
        "cloud dependsOn tool layer=platform",
        "maker provides tool",
    )
    grounds = [g for g in Bearing(standing).grounds("cloud", "eu") if g.weighs == "against"]
    assert [(g.kind, [step.head for step in g.hops]) for g in grounds] == [
        ("chain", ["maker", "us"])
    ]
    assert grounds[0].facts == ("maker--establishedUnder--us", "maker--operates--cloud")


# --- On the published facts, checked by hand against their passages


def test_the_emirates_cloud_is_contradicted_by_the_article_that_calls_it_sovereign(
    published: Knowledge,
) -> None:
    rows = appraise(Standing.on(published.records, published.schema, published.day, EVERY_STATUS))
    contradicted = [row for row in rows if row.verdict == "contradicted"]
    assert {(row.subject, row.place, row.claimant) for row in contradicted} == {
        ("uae-sovereign-cloud", "uae", "aleria-nvidia")
    }
    assert all(
        row.premises == ("nvidia--establishedUnder--united-states", row.against[0].hops[0].facts[0])
        and row.against[0].hops[0].facts[0].startswith("uae-sovereign-cloud--dependsOn--nvidia")
        for row in contradicted
    )


def test_what_speaks_for_the_european_clusters_is_the_claim_itself(published: Knowledge) -> None:
    rows = appraise(Standing.on(published.records, published.schema, published.day, EVERY_STATUS))
    assert [row for row in rows if row.verdict == "supported"] == []
    (row,) = (row for row in rows if row.mastery == "located")
    assert (row.subject, row.place, row.reasons) == (
        "scaleway-ai-clusters",
        "europe",
        ("promotional",),
    )
    assert ways(row.favour) == [("hosting", "europe", "europe")]
    (cloud,) = (row for row in rows if row.subject == "scaleway-cloud")
    assert (cloud.verdict, cloud.outlook) == ("unproven", "contradicted")
