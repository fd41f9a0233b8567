"""The dataset described for catalogues: what it holds, and its files with sizes and hashes."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from techsov.graph import terms
from techsov.graph.export import FORMATS, turtle
from techsov.graph.flow import Knowledge

#: The file that holds the description, beside the files that it describes.
DESCRIPTION = "dataset.ttl"
DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DCAT, VOID, SPDX = (
    "http://www.w3.org/ns/dcat#",
    "http://rdfs.org/ns/void#",
    "http://spdx.org/rdf/terms#",
)


@dataclass(frozen=True, slots=True)
class Written:
    """The size in bytes and the SHA-256 of a file of an export."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> "Written":
        """Measure the content of a file."""
        return cls(len(content), sha256(content).hexdigest())


def describe(knowledge: Knowledge, written: Mapping[str, Written]) -> bytes:
    """Describe the dataset and its files in DCAT and VoID, with counts and hashes, as Turtle.

    ``written`` maps the name of a format to its file.
    """
    graph = f"<{terms.GRAPH}>"
    records = knowledge.records
    title = 'Technology-sovereignty actors"@en', 'Acteurs de la souveraineté technologique"@fr'
    lines = [
        f"{graph} <{terms.RDF}type> <{DCAT}Dataset> .",
        f"{graph} <{terms.RDF}type> <{VOID}Dataset> .",
        *(f'{graph} <{terms.DCT}title> "{words} .' for words in title),
        f"{graph} <{terms.DCT}license> <{DATA_LICENCE}> .",
        f'{graph} <{terms.DCT}modified> "{knowledge.day}"^^<{terms.XSD}date> .',
        f'{graph} <{DCAT}version> "{knowledge.schema.version}+{knowledge.edition}" .',
        f"{graph} <{terms.DCT}conformsTo> <{terms.ONTOLOGY}> .",
        _count(graph, f"{VOID}triples", len(knowledge.triples)),
        _count(graph, f"{VOID}entities", len(records.entities)),
        _count(graph, f"{VOID}documents", len(records.sources)),
        _count(graph, f"{terms.NS}factCount", len(records.facts)),
    ]
    for name, file in sorted(written.items()):
        lines += _distribution(graph, name, file)
    return turtle(sorted(lines))


def _count(subject: str, predicate: str, number: int) -> str:
    return f'{subject} <{predicate}> "{number}"^^<{terms.XSD}integer> .'


def _distribution(graph: str, name: str, file: Written) -> list[str]:
    form = FORMATS[name]
    this, sum_ = f"<{terms.GRAPH}/{name}>", f"<{terms.GRAPH}/{name}-checksum>"
    return [
        f"{graph} <{DCAT}distribution> {this} .",
        f"{this} <{terms.RDF}type> <{DCAT}Distribution> .",
        f'{this} <{terms.DCT}title> "{form.file}" .',
        f"{this} <{terms.DCT}license> <{DATA_LICENCE}> .",
        f"{this} <{DCAT}mediaType> <https://www.iana.org/assignments/media-types/{form.media_type}> .",
        f'{this} <{DCAT}byteSize> "{file.size}"^^<{terms.XSD}nonNegativeInteger> .',
        f"{this} <{SPDX}checksum> {sum_} .",
        f"{sum_} <{SPDX}algorithm> <{SPDX}checksumAlgorithm_sha256> .",
        f'{sum_} <{SPDX}checksumValue> "{file.sha256}" .',
    ]
