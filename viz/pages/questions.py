"""The pages of questions: the list of all, one page for each, and one for a question of one's own."""

import io
from collections.abc import Iterator
from typing import Any

from techsov.graph.answers import answer_table, short
from techsov.graph.messages import catalogue
from techsov.graph.printing import print_table
from techsov.graph.triples.questions import NESTING, QUERY_BYTES, ROWS, Parameter, Question
from techsov.viz.answered import Shower
from techsov.viz.asking import (
    OWN,
    THEMES,
    namespaces,
    sentence_of,
    sentence_parts,
    shown_sparql,
    value_words,
)
from techsov.viz.built import EDITOR, EDITOR_STYLE, ENGINE, built_assets
from techsov.viz.pages.frame import Place, render
from techsov.viz.payload import json_block
from techsov.viz.publication import Publication
from techsov.viz.style import DASHES, FAMILIES, STROKE_OF_FAMILY, STROKES
from techsov.viz.words import area_word, count, day_text

AREA = "page-questions"
#: The words that the scripts say of their own.
AREAS = (f"{AREA}.", "question-column.")
#: So many rows of an answer stand on the page; all of them in the file beside it.
MOST_ROWS = 100
#: What a reader waits for an answer in the page, in seconds, as at the command line twice over.
SECONDS = 10
#: What a page of one question asks of the browser besides what others do.
POLICY = {"script-src": "'wasm-unsafe-eval'", "worker-src": "blob:"}
#: The words of other areas that the scripts say.
WORDS = (
    "page.months",
    "page.paragraph",
    "page.whole-page",
    "page.promotional-only",
    "page-script.edition-differs",
    "page-script.link-unknown",
    "page-script.saved",
    "question.syntax",
    "question.failed",
    "question.prefix",
    "question.update",
    "question.service",
    "question.from",
    "question.long",
    "question.deep",
    "word.promotional-only",
    "word.true",
    "word.false",
)


def questions_page(publication: Publication, language: str, place: Place) -> str:
    """Write the list of the questions, by theme."""
    answers = publication.answers
    asked = [(name, question) for name, question in answers.questions.items() if name != OWN.name]
    themes = {
        theme: [
            (name, _told(publication, question, language), len(answers.prepared[name].rows))
            for name, question in asked
            if question.theme == theme
        ]
        for theme in THEMES
    }
    return render(
        "questions.html",
        publication,
        language,
        place,
        styles=("questions.css",),
        title=area_word(AREA, "title", language),
        themes={theme: rows for theme, rows in themes.items() if rows},
        number=len(asked),
        own=f"question/{OWN.name}.html",
        **_words(language),
    )


def questions_rows(publication: Publication) -> Iterator[object]:
    """Give all that the list of the questions tells, without words."""
    answers = publication.answers
    for name, question in answers.questions.items():
        blanks = [(key, answers.default(blank)) for key, blank in _blanks(question)]
        yield name, blanks, len(answers.prepared[name].rows)


def question_page(publication: Publication, language: str, place: Place, name: str) -> str:
    """Write the page of one question: what is asked, its answer, and its SPARQL to go on from."""
    answers = publication.answers
    question, answer = answers.questions[name], answers.prepared[name]
    own = name == OWN.name
    shower = Shower.on(publication, language, place)
    values = _values(publication, question, language)
    told = area_word(AREA, "own-title", language) if own else _told(publication, question, language)
    command = " ".join(
        [
            "techsov ask",
            name,
            *(f"{key}={answers.default(each)}" for key, each in _blanks(question)),
        ]
    )
    return render(
        "question.html",
        publication,
        language,
        place,
        scripts=(f"questions-names-{language}.js", "questions.js"),
        styles=("questions.css", *((EDITOR_STYLE,) if built_assets() else ())),
        policy_more=POLICY,
        title=told,
        question=question,
        own=own,
        about=area_word(AREA, "own-about", language) if own else question.about(language),
        parts=sentence_parts(question, language) if question.parameters else (),
        values=values,
        schemes=publication.knowledge.schema,
        default=answers.default,
        heads=shower.heads(answer),
        rows=list(shower.rows(answer, MOST_ROWS)),
        count=len(answer.rows),
        most=MOST_ROWS,
        sparql=shown_sparql(question),
        command="" if own else command,
        ready=bool(built_assets()),
        csv=f"{name}.csv",
        data=json_block(_data(publication, question, language, shower)),
        **_words(language),
    )


def question_rows(publication: Publication, name: str) -> Iterator[object]:
    """Give all that the page of a question tells, without words."""
    answers = publication.answers
    question, answer = answers.questions[name], answers.prepared[name]
    yield [(key, answers.default(blank)) for key, blank in _blanks(question)]
    yield answer.columns
    for row in answer.rows:
        yield [cell and (cell.kind, short(cell.value), cell.language) for cell in row]
        # The id of a piece of evidence begins with that of its fact.
        yield [short(cell.value).rpartition("--")[0] for cell in row if cell and cell.kind == "iri"]


def answer_csv(publication: Publication, language: str, name: str) -> str:
    """Write the whole answer for a spreadsheet, as the command line does."""
    table = answer_table(publication.answers.prepared[name], publication.labels(language))
    written = io.StringIO()
    print_table(table, "csv", written)
    return written.getvalue()


def _told(publication: Publication, question: Question, language: str) -> str:
    values = _values(publication, question, language)
    return sentence_of(question, language, {name: words for name, (_, words) in values.items()})


def _values(
    publication: Publication, question: Question, language: str
) -> dict[str, tuple[str, str]]:
    """Say what each blank holds at first: for a program, and in words."""
    answers = publication.answers
    return {
        name: (
            answers.default(blank),
            value_words(blank, answers.default(blank), publication.knowledge, language),
        )
        for name, blank in _blanks(question)
    }


def _blanks(question: Question) -> list[tuple[str, Parameter]]:
    return [(parameter.name, parameter) for parameter in question.parameters]


def _data(
    publication: Publication, question: Question, language: str, shower: Shower
) -> dict[str, object]:
    """Collect what the scripts of the page of one question need."""
    answer = publication.answers.prepared[question.name]
    place = shower.place
    return {
        "page": {
            "language": language,
            "day": day_text(publication.knowledge.day, language),
            "name": question.name,
            "pages": place.link(language, "actor/"),
            "sources": place.link(language, "source/"),
            "assets": f"{place.root}assets/",
        },
        "engine": [ENGINE, "questions-graph.js"] if built_assets() else [],
        "concluded": "questions-conclusions.js",
        "editor": EDITOR if built_assets() else "",
        "sparql": shown_sparql(question),
        "conclusions": question.over_conclusions,
        "blanks": [
            [name, blank.form, list(blank.limits), publication.answers.default(blank)]
            for name, blank in _blanks(question)
        ],
        "sentence": [
            [text, blank.name if blank else ""]
            for text, blank in sentence_parts(question, language)
        ],
        "prefixes": namespaces(),
        "limits": {
            "bytes": QUERY_BYTES,
            "depth": NESTING,
            "rows": ROWS,
            "seconds": SECONDS,
            "shown": MOST_ROWS,
        },
        "edges": shower.edges(answer, MOST_ROWS),
        "style": {
            "families": {name: [each.shape, each.colour] for name, each in FAMILIES.items()},
            "strokes": {name: each.colour for name, each in STROKES.items()},
            "dashes": {name: list(each.pattern) for name, each in DASHES.items()},
        },
        "relations": {
            relation.id: STROKE_OF_FAMILY.get(relation.family, "other")
            for relation in publication.knowledge.schema.relations.values()
        },
        "words": {
            key: words[language]
            for key, words in sorted(catalogue().items())
            if key in WORDS or key.startswith(AREAS)
        },
    }


def _words(language: str) -> dict[str, Any]:
    def tell(key: str, **values: object) -> str:
        return area_word(AREA, key, language, **values)

    def tell_count(key: str, number: int) -> str:
        return count(key, number, language, AREA)

    return {"q": tell, "qn": tell_count}
