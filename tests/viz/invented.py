"""An invented archipelago: some forty things, every status, three alliances, six documents.

No name here is that of anybody. ``invented()`` builds the records as if they had been read.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from techsov.graph.errors import Origin
from techsov.graph.facts.frameworks import framework_of
from techsov.graph.facts.schema import read_schema
from techsov.graph.facts.tours import Step, Tour, View
from techsov.graph.flow import Knowledge
from techsov.graph.records import Entity, Evidence, Fact, PartialDate, Passage, Records, Source
from techsov.graph.terms import assertion_id, slug
from techsov.graph.triples.build import build_triples

DAY = date(2031, 6, 1)
HERE = Origin("invented", 1)

ENTITIES = """
State aurelia|Aurelia|Aurélie
State borealia|Borealia|Boréalie
State cassonia|Cassonia|Cassonie
SupranationalUnion straits|Union of the Straits|Union des Détroits|UoS
Alliance harbour|Harbour Alliance|Alliance des Ports|Les Ports
Alliance lantern|Lantern Circle|Cercle des Lanternes
Alliance tide|Tide Compact|Pacte des Marées
Company nimbostrat|Nimbostrat|Nimbostrat|NBS
Company quartzo|Quartzo|Quartzo
Company fonderie|Élan Foundry|Fonderie Élan|Fonderie Elan SA
Company pelagia|Pelagia|Pélagie
Company corvette|Corvette Cloud|Corvette Nuage
Company sextant|Sextant|Sextant
Company boussole|Boussole|Boussole
Company amarre|Amarre|Amarre
Company goelette|Schooner|Goélette
Company phare|Beacon Data|Phare Données
Company halyard|Halyard|Drisse
Company kelp|Kelp Networks|Réseaux Varech
Company dune|Dune|Dune
Company marais|Marsh Systems|Systèmes Marais
PublicBody registry|Aurelian Registry|Registre aurélien
PublicBody navy|Borealian Fleet Office|Office boréalien de la flotte
ResearchOrganisation institute|Institute of Tides|Institut des Marées
ActorGroup giants|Giants from overseas|Géants d’outre-mer
ActorGroup hospitals|Hospitals|Hôpitaux
Service nimbus|Nimbostrat Sky|Ciel Nimbostrat
Service corvette-hosting|Corvette Hosting|Hébergement Corvette
Service phare-vault|Beacon Vault|Coffre Phare
Product q7|Quartzo Q7|Quartzo Q7
Product lens|Élan Lens|Lentille Élan
SoftwarePlatform rigging|Rigging|Gréement
OfferingGroup chips|Imported chips|Puces importées
Supercomputer leviathan|Leviathan|Léviathan
DataCentre cove|Cove Data Centre|Centre de données de la Crique
ComputeCluster shoal|Shoal Cluster|Grappe Haut-Fond
Service ledger|Ledger Service|Service Registre
Company drift|Drift|Dérive
Person ada|Ada Halloran|Ada Halloran
Person bertil|Bertil Quay|Bertil Quai
LegalInstrument salvage-act|Salvage Act|Loi sur l’épave
Programme dredge|Dredging Programme|Programme Dragage
Goal calm|Calm waters|Eaux calmes
Market hosting|Hosting|Hébergement
"""

# subject relation object status source:paragraph [key=value …] | gloss
FACTS = """
nimbus dependsOn q7 stated gazette:2,report:7 layer=chips substitutability=hard from=2027
corvette-hosting dependsOn q7 stated gazette:3 layer=chips substitutability=hard
corvette-hosting dependsOn nimbus stated gazette:3,opinion:2 layer=cloud;platform substitutability=moderate
phare-vault dependsOn nimbus planned leaflet:4 layer=cloud substitutability=unknown from=2033
phare-vault dependsOn corvette-hosting stated report:9 layer=cloud substitutability=easy
q7 dependsOn fonderie stated report:2,gazette:9 layer=chips substitutability=none
fonderie dependsOn lens stated report:3 layer=chips substitutability=none
leviathan dependsOn q7 stated report:4 layer=chips substitutability=hard
shoal dependsOn q7 claimed leaflet:1 layer=chips substitutability=unknown by=dune
ledger dependsOn nimbus stated page layer=cloud substitutability=moderate
ledger dependsOn rigging stated page layer=platform substitutability=easy
registry dependsOn ledger stated page layer=platform substitutability=unknown
hospitals dependsOn corvette-hosting stated opinion:5 layer=cloud substitutability=hard quantifier=most
hospitals dependsOn giants hypothetical opinion:6 layer=cloud substitutability=unknown
aurelia dependsOn chips denied opinion:7 layer=chips substitutability=unknown by=aurelia
borealia dependsOn kelp stated gazette:11 layer=connectivity substitutability=moderate
cove dependsOn kelp stated gazette:12 layer=connectivity substitutability=moderate
rigging couldUse shoal stated report:12 layer=compute
nimbostrat provides nimbus stated gazette:1
corvette provides corvette-hosting stated gazette:1
phare provides phare-vault stated leaflet:1
quartzo provides q7 stated report:1
fonderie provides lens claimed leaflet:8 by=fonderie
marais provides rigging stated page
institute operates leviathan stated report:4
dune builds shoal planned leaflet:1 from=2032-03
kelp operates cove stated gazette:12
registry operates ledger stated page
giants competesWith corvette claimed opinion:3 by=opinion
boussole alternativeTo sextant claimed leaflet:9 by=boussole
nimbostrat subsidiaryOf pelagia stated report:14 from=2024-05-06
sextant subsidiaryOf goelette stated report:15 from=2019 to=2029
goelette ownsShareIn halyard stated report:16 share=19.8
aurelia ownsShareIn fonderie stated report:17 share=34 votes=51
borealia controls navy stated gazette:14
ada leads corvette stated gazette:5 role=ceo
bertil leads harbour stated leaflet:2 role=initiator
corvette memberOf harbour stated leaflet:2 role=member
phare memberOf harbour stated leaflet:2 role=member
sextant memberOf harbour stated leaflet:2 role=founder
boussole memberOf harbour planned leaflet:3 role=member
amarre memberOf harbour stated leaflet:2 role=member
halyard memberOf lantern stated gazette:20 role=member
kelp memberOf lantern stated gazette:20 role=member
dune memberOf lantern stated gazette:20 role=member
marais memberOf tide stated gazette:21 role=member
institute memberOf tide stated gazette:21 role=member
corvette memberOf tide claimed gazette:21 role=member by=corvette
aurelia memberOf straits stated gazette:22
borealia memberOf straits stated gazette:22
pelagia establishedUnder cassonia stated report:14
corvette establishedUnder aurelia stated gazette:5
corvette headquarteredIn aurelia stated gazette:5
kelp headquarteredIn borealia stated gazette:11
cove hostedIn borealia stated gazette:12
nimbus hostedIn cassonia stated report:8
straits enacts salvage-act stated gazette:23 from=2030
salvage-act regulates nimbus stated gazette:24
amarre participatesIn dredge stated leaflet:5
goelette interestedIn drift claimed opinion:8 by=goelette
drift supports dredge planned leaflet:6
corvette aimsFor calm claimed leaflet:7 by=corvette
corvette-hosting describedAs descr-sovereign claimed leaflet:7 by=corvette
corvette hasQuantity 1250000.5 stated gazette:6 measure=investment unit=florins
dredge hasQuantity 3 planned leaflet:6 measure=annual-growth-rate unit=percent
"""

SOURCES = (
    ("gazette", "Article on the clouds of the straits", "Article sur les nuages des détroits",
     "article", "neutral", "2031-04-17", "https://gazette.example/clouds?a=1&b=2"),
    ("report", "Report on the chip supply of Aurelia", "Rapport sur les puces de l’Aurélie",
     "report", "critical", "2030-11", "https://report.example/"),
    ("leaflet", "Leaflet of the Harbour Alliance", "Brochure de l’Alliance des Ports",
     "web-page", "promotional", "2031", ""),
    ("opinion", "Opinion against overseas hosting", "Tribune contre l’hébergement d’outre-mer",
     "opinion", "critical", "2031-05-02", "http://opinion.example/"),
    ("page", "Page of the registry on its ledger", "Page du registre sur son service",
     "web-page", "neutral", "", "https://registry.example/ledger"),
    ("study", "Study that the report invokes", "Étude que le rapport invoque",
     "", "", "", ""),
)  # fmt: skip


#: Laws that may reach somebody, for the pages that ask whom: one by control, one by an item.
LAW_ENTITIES = """
LegalInstrument undertow|Undertow Act|Loi Ressac
LegalInstrument sandbank|Sandbank Rules|Règles Banc-de-Sable
LegalInstrument ebb|Ebb Code|Code du reflux
CertificationScheme lockbox|Lockbox Seal|Sceau Coffre
"""
LAW_FACTS = """
cassonia enacts undertow stated report:20
undertow reach reach-establishment stated report:20
undertow reach reach-control stated report:20
undertow coversLayer layer-cloud stated report:21
undertow riskKind risk-data-access stated report:22
lockbox mitigates undertow claimed leaflet:12 by=dune
corvette-hosting holdsCertification lockbox planned leaflet:13
aurelia enacts sandbank claimed opinion:9 by=opinion
sandbank reach reach-item-origin stated report:23
sandbank coversLayer layer-chips stated report:23
fonderie establishedUnder aurelia stated gazette:31
borealia enacts ebb stated gazette:32
ebb reach reach-presence stated gazette:32
ebb coversLayer layer-skills stated gazette:32
"""


def lawful(rewrite: Callable[[str], str] = lambda text: text) -> Knowledge:
    """Build the archipelago with laws that may reach somebody."""
    return world(ENTITIES + LAW_ENTITIES, FACTS + LAW_FACTS, rewrite)


def invented(rewrite: Callable[[str], str] = lambda text: text) -> Knowledge:
    """Build the archipelago; ``rewrite`` may change every text that a source or an analyst wrote."""
    return world(ENTITIES, FACTS, rewrite)


def world(
    entity_lines: str, fact_lines: str, rewrite: Callable[[str], str] = lambda text: text
) -> Knowledge:
    """Build a world of lines like those above, with the same sources."""
    schema = read_schema()
    entities = {entity.id: entity for entity in map(_entity, _lines(entity_lines))}
    sources = {name: _source(name, *rest) for name, *rest in SOURCES}
    facts = tuple(sorted(map(_fact, _lines(fact_lines)), key=lambda fact: fact.id))
    records = Records(
        {name: _rewritten_entity(entity, rewrite) for name, entity in entities.items()},
        {name: _rewritten_source(source, rewrite) for name, source in sources.items()},
        {},
        tuple(_rewritten_fact(fact, rewrite) for fact in facts),
    )
    cited = (item for fact in facts for item in fact.evidence)
    passages = {item.passage: Passage(item.source, item.paragraph, "") for item in cited}
    records = replace(records, passages=passages)
    return Knowledge(
        records,
        schema,
        build_triples(records, schema, DAY),
        DAY,
        "0123456789ab",
        (),
        framework_of(None, read_schema()),
        tuple(_tours(records, rewrite)),
    )


def _tours(records: Records, rewrite: Callable[[str], str]) -> Iterator[Tour]:
    """Tell one tour, if the world holds what it shows."""
    if not {"nimbus", "fonderie"} <= records.entities.keys():
        return
    behind = tuple(fact.id for fact in records.facts if fact.subject == "nimbus")
    views = (
        View("map", (("focus", "nimbus"), ("steps", "2"))),
        View("actor", (("actor", "fonderie"), ("finding", "hanging"))),
        View("whatif", (("remove", "fonderie"), ("months", "6"))),
        View("sources", (("source", "gazette"), ("paragraph", "2"))),
        View("timeline", (("from", "2027"), ("to", "2031"))),
    )
    steps = tuple(Step(rewrite("Look."), rewrite("Voyez."), view, behind) for view in views)
    title = rewrite("A chip for all"), rewrite("Une puce pour tous")
    yield Tour("chip", 1, *title, "points", "nimbus", steps)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def _entity(line: str) -> Entity:
    head, english, french, *names = line.split("|")
    cls, name = head.split()
    return Entity(name, cls, english, french, "", tuple(names), HERE)


def _source(name: str, en: str, fr: str, kind: str, stance: str, day: str, url: str) -> Source:
    published = PartialDate(day) if day else None
    seen = None if day else PartialDate("2031-05-30")
    return Source(
        name, en, fr, kind, stance, "A. Writer", "The Press", "en", published, seen,
        url, f"{name}.txt", 30, "0" * 64, name != "study", HERE,
    )  # fmt: skip


def _fact(line: str) -> Fact:
    subject, relation, target, status, places, *rest = line.split()
    given = dict(item.split("=") for item in rest)
    claimant = given.pop("by", "")
    begin, end = given.pop("from", ""), given.pop("to", "")
    value = target if read_schema().relations[relation].value else ""
    evidence = tuple(_evidence(line, place) for place in places.split(","))
    key = tuple(f"{name}={text}" for name, text in given.items())
    return Fact(
        assertion_id(subject, relation, slug(value) if value else target, claimant, key),
        subject, relation, "" if value else target, value,
        {name: tuple(text.split(";")) for name, text in given.items()},
        status, claimant,
        PartialDate(begin) if begin else None, PartialDate(end) if end else None,
        evidence, (), (),
    )  # fmt: skip


def _evidence(line: str, place: str) -> Evidence:
    source, _, paragraph = place.partition(":")
    subject, relation, target, status, *_ = line.split()
    confidence = {"stated": "0.9", "claimed": "0.8", "planned": "0.8"}.get(status, "0.5")
    return Evidence(
        source,
        int(paragraph) if paragraph else None,
        Decimal(confidence),
        f"In {source}, {subject} has {relation} with {target}.",
        f"Dans {source}, {subject} a {relation} avec {target}.",
        "study" if source == "report" else "",
        HERE,
    )


def _rewritten_entity(entity: Entity, rewrite: Callable[[str], str]) -> Entity:
    return replace(
        entity,
        label_en=rewrite(entity.label_en),
        label_fr=rewrite(entity.label_fr),
        names=tuple(rewrite(name) for name in entity.names),
    )


def _rewritten_source(source: Source, rewrite: Callable[[str], str]) -> Source:
    return replace(
        source,
        label_en=rewrite(source.label_en),
        label_fr=rewrite(source.label_fr),
        author=rewrite(source.author),
        publisher=rewrite(source.publisher),
        url=rewrite(source.url),
    )


def _rewritten_fact(fact: Fact, rewrite: Callable[[str], str]) -> Fact:
    texts = {"unit", "version"}
    return replace(
        fact,
        qualifiers={
            name: tuple(rewrite(value) for value in values) if name in texts else values
            for name, values in fact.qualifiers.items()
        },
        evidence=tuple(
            replace(item, gloss_en=rewrite(item.gloss_en), gloss_fr=rewrite(item.gloss_fr))
            for item in fact.evidence
        ),
    )


def passages(knowledge: Knowledge) -> set[Passage]:
    """Every passage that a fact cites."""
    return {
        Passage(evidence.source, evidence.paragraph, "")
        for fact in knowledge.records.facts
        for evidence in fact.evidence
    }
