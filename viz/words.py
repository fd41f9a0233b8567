"""Words, dates and counts in the language of a page."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from techsov.graph.messages import catalogue, say
from techsov.graph.records import PartialDate

#: The least confidence for each word.
CONFIDENCE: tuple[tuple[Decimal, str], ...] = (
    (Decimal("0.85"), "high"),
    (Decimal("0.65"), "medium"),
    (Decimal(0), "low"),
)
MOST_CONFIDENT = CONFIDENCE[0][1]
#: The words that the scripts of a page need.
SCRIPT_AREA = "page-script."
#: How the keys of those begin that only the page of the what-if needs.
TRIAL = "whatif-"
#: How a page says the columns of a fact that only some relations have.
DETAIL_AREA = "page-detail."


def word(key: str, language: str, **values: object) -> str:
    """Say one message of the area ``page``."""
    return area_word("page", key, language, **values)


def area_word(area: str, key: str, language: str, /, **values: object) -> str:
    """Say one message of an area of the catalogue."""
    if not values:
        return say(f"{area}.{key}", language)
    return say(f"{area}.{key}", language, **{name: str(value) for name, value in values.items()})


def dossier_word(language: str, key: str, **values: object) -> str:
    """Say one message of the area ``page-dossier``."""
    return area_word("page-dossier", key, language, **values)


def count(key: str, number: int, language: str, area: str = "page") -> str:
    """Say how many, in the singular or the plural.

    >>> count("facts", 1, "en"), count("facts", 0, "fr"), count("facts", 2, "fr")
    ('1 fact', '0 fait', '2 faits')
    """
    singular = number == 1 or (language == "fr" and number == 0)
    form = "one" if singular else "many"
    return area_word(area, f"{key}-{form}", language, count=number_text(str(number), language))


def set_apart(names: Iterable[str], language: str) -> str:
    """List names that may have commas; French sets a space before a semicolon.

    >>> set_apart(["one", "two, of three"], "en")
    'one; two, of three'
    """
    return ("\N{NO-BREAK SPACE}; " if language == "fr" else "; ").join(names)


def area_words(area: str, language: str) -> dict[str, str]:
    """Collect the messages of one area that the script of its page uses, by key."""
    return {
        key.removeprefix(f"{area}."): words[language]
        for key, words in sorted(catalogue().items())
        if key.startswith(f"{area}.")
    }


def day_text(day: date, language: str) -> str:
    """Write a day in words.

    >>> day_text(date(2026, 6, 1), "en"), day_text(date(2026, 6, 1), "fr")
    ('1 June 2026', '1er juin 2026')
    """
    first = "1er" if day.day == 1 and language == "fr" else str(day.day)
    return f"{first} {_month(day.month, language)} {day.year}"


def date_text(partial: PartialDate, language: str) -> str:
    """Write a date as precisely as its source gives it.

    >>> date_text(PartialDate("2026-02"), "fr"), date_text(PartialDate("2026"), "en")
    ('février 2026', '2026')
    """
    first = partial.first
    if partial.precision == "year":
        return str(first.year)
    if partial.precision == "month":
        return f"{_month(first.month, language)} {first.year}"
    return day_text(first, language)


def period_text(begin: PartialDate | None, end: PartialDate | None, language: str) -> str:
    """Write a period in words, or nothing where no source dates it."""
    if begin and end and begin != end:
        values = {"begin": date_text(begin, language), "end": date_text(end, language)}
        return word("period-both", language, **values)
    if begin:
        return _dated("in" if end else "since", begin, language)
    return _dated("until", end, language) if end else ""


def _dated(how: str, partial: PartialDate, language: str) -> str:
    """Say when: French sets an article before a day, and none before a month or a year."""
    key = f"period-{how}-day" if partial.precision == "day" else f"period-{how}"
    return word(key, language, date=date_text(partial, language))


def number_text(text: str, language: str) -> str:
    """Write a number with the decimal mark and the groups of the language.

    >>> number_text("19.8", "fr"), number_text("1200000", "en"), number_text("-5", "en")
    ('19,8', '1,200,000', '−5')
    """
    grouped = f"{Decimal(text):,f}".replace("-", "−")
    if language == "en":
        return grouped
    return grouped.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def detail_text(column: str, value: str, language: str) -> str:
    """Say one detail of a fact; a column that the catalogue does not know is said by its value.

    >>> detail_text("version", "3.2", "en"), detail_text("new_column", "so", "en")
    ('version 3.2', 'so')
    """
    key = f"{DETAIL_AREA}{column}"
    return say(key, language, value=value) if key in catalogue() else value


def confidence_word(confidence: Decimal) -> str:
    """Name a confidence: ``high``, ``medium`` or ``low``.

    >>> confidence_word(Decimal("0.85")), confidence_word(Decimal("0.8")), confidence_word(Decimal())
    ('high', 'medium', 'low')
    """
    return next(name for least, name in CONFIDENCE if confidence >= least)


def script_words(language: str, *, trial: bool = False) -> dict[str, str]:
    """Collect the messages that the scripts of a page use, by key; ``trial`` is the what-if."""
    return {
        key.removeprefix(SCRIPT_AREA): words[language]
        for key, words in sorted(catalogue().items())
        if key.startswith(SCRIPT_AREA) and (trial or not key.startswith(f"{SCRIPT_AREA}{TRIAL}"))
    }


def _month(month: int, language: str) -> str:
    return word("months", language).split()[month - 1]
