"""The words that a person reads, in English and French, from one catalogue."""

import re
import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr")
#: Spaces at which a French line must not break; the catalogue is typed with plain ones.
UNBREAKABLE = re.compile(r" (?=[;:!?»%])|(?<=«) |(?<=\d) (?=\d{3}\b)")

#: Before one of these, French writes d’ for de.
VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæ")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Message key -> language -> words; every table of ``messages.toml`` is one message."""
    text = (files("techsov.graph") / "messages.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, dict[str, str]]] = tomllib.loads(text)
    for keys in tables.values():
        for words in keys.values():
            words["fr"] = UNBREAKABLE.sub("\u00a0", words["fr"])
    return {f"{area}.{key}": words for area, keys in tables.items() for key, words in keys.items()}


def say(message: str, language: str, **values: str) -> str:
    """Fill the blanks of one message.

    >>> say("error.more-problems", "en", count="3")
    'and 3 more problems'
    >>> say("error.more-problems", "fr", count="3")
    'et 3 autres problèmes'
    """
    words = catalogue()[message][language]
    return words.format_map(values) if values else words


def joined(verb: str, name: str, language: str) -> str:
    """Put a verb phrase before a name, with the French elision.

    >>> joined("est une filiale de", "Amazon", "fr"), joined("depends on", "Amazon", "en")
    ('est une filiale d’Amazon', 'depends on Amazon')
    """
    if language == "fr" and verb.endswith(" de") and name[:1].lower() in VOWELS:
        return f"{verb[:-1]}’{name}"
    return f"{verb} {name}"
