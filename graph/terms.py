"""The IRIs that Python names, and how IRIs are minted. The base stands here and nowhere else."""

import hashlib
import re
from collections.abc import Iterable

BASE = "https://w3id.org/techsov/"
NS = BASE + "ns#"
CONCEPT = BASE + "concept/"
ENTITY = BASE + "id/"
DOCUMENT = BASE + "doc/"
ASSERTION = BASE + "assertion/"
EVIDENCE = BASE + "evidence/"
DERIVED = BASE + "derived/"
RULE = BASE + "rule/"
ONTOLOGY = BASE + "ns"
GRAPH = BASE + "graph"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"

#: The prefixes of every export and of every question typed at the command line.
PREFIXES = {
    "a": ASSERTION,
    "c": CONCEPT,
    "d": DERIVED,
    "dct": DCT,
    "doc": DOCUMENT,
    "e": EVIDENCE,
    "id": ENTITY,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "rule": RULE,
    "schema": SCHEMA,
    "skos": SKOS,
    "sov": NS,
    "xsd": XSD,
}

#: Ids of entities, sources and concepts: they become file names and IRIs as they stand.
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LENGTH = 80
#: Names that Windows reserves for devices; an id becomes a file name.
RESERVED = {"con", "prn", "aux", "nul", "index"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}
#: Longer assertion names end in a hash instead of their tail.
ASSERTION_LENGTH = 120
HASH_LENGTH = 8


def is_id(text: str) -> bool:
    """Whether ``text`` can be an id.

    >>> is_id("dgx-cloud-lepton"), is_id("../index"), is_id("TSMC"), is_id("con")
    (True, False, False, False)
    """
    return bool(ID.fullmatch(text)) and len(text) <= ID_LENGTH and text not in RESERVED


def slug(text: str) -> str:
    """Turn a literal into a part of an id.

    >>> slug("-1.5"), slug("Dépenses en R&D")
    ('minus-1-5', 'd-penses-en-r-d')
    """
    signed = f"minus {text[1:]}" if text.startswith("-") else text
    return "-".join(re.findall(r"[a-z0-9]+", signed.lower())) or "value"


def short_hash(parts: Iterable[str]) -> str:
    """Hash what identifies something, unambiguously: no part can run into the next."""
    text = "\x1f".join(parts)
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def assertion_id(
    subject: str, relation: str, target: str, claimant: str, distinguishing: tuple[str, ...]
) -> str:
    """Name an assertion: readable, and the same whatever the source and the order of lines.

    ``distinguishing`` holds the other parts of the fact's key; a hash of them is added only if
    there are any.

    >>> assertion_id("scaleway", "subsidiaryOf", "iliad", "", ())
    'scaleway--subsidiaryOf--iliad'
    >>> assertion_id("scaleway", "subsidiaryOf", "iliad", "", ("valid_from=2021",))
    'scaleway--subsidiaryOf--iliad--97302898'
    """
    parts = [subject, relation, target, *filter(None, [claimant])]
    if distinguishing:
        parts.append(short_hash(distinguishing))
    name = "--".join(parts)
    if len(name) <= ASSERTION_LENGTH:
        return name
    head = name[: ASSERTION_LENGTH - HASH_LENGTH - 2].rstrip("-")
    return f"{head}--{short_hash([subject, relation, target, claimant, *distinguishing])}"
