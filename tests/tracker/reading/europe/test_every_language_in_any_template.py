"""One act in the twenty-four languages of the Union, under the Journal's classes and under none."""

import re
import tomllib
from pathlib import Path

import pytest

from storage.records import RelationKind
from tracker.reading.read import read

LANGUAGES = tomllib.loads((Path(__file__).parent / "fixtures" / "languages.toml").read_text(encoding="utf-8"))
DATES = {
    ("adopted", "2024-06-13"),
    ("published", "2024-07-12"),
    ("in_force", "2024-08-01"),
    ("applies", "2026-08-02"),
    ("applies", "2025-02-02"),
}
AMENDED = {"901/2008", "902/2013", "2014/903", "2016/9904"}


def block(kind: str, text: str) -> str:
    """Return one paragraph of the Journal."""
    return f'<p class="oj-{kind}">{text}</p>'


def point(label: str, text: str) -> str:
    """Return a table of one row, as the Journal sets out recitals and points."""
    cells = "".join(f'<td valign="top">{block("normal", part)}</td>' for part in (label, text))
    return f'<table width="100%" border="0"><tbody><tr>{cells}</tr></tbody></table>'


def article(words: dict[str, str], language: str, number: int) -> str:
    """Return one article: two of paragraphs and points, one that repeals, one that begins."""
    number_text = "premier" if language == "fr" and number == 1 else number
    parts = [
        f'<div id="art_{number}">',
        block("ti-art", words["article"].format(number_text)),
        block("sti-art", "Dolor"),
    ]
    if number == 3:
        parts.append(block("normal", words["repeals"]))
    elif number == 4:
        parts += [block("normal", words[key]) for key in ("enters", "applies", "however")]
        parts.append(point(words["label"], words["point"]))
    else:
        letters = [words["label"].replace(words["label"].strip("()"), letter) for letter in "abcdefghij"]
        parts += [block("normal", "1.   Lorem ipsum."), block("normal", "2.   Lorem:")]
        parts += [point(letter, "dolor sit;") for letter in letters]
    return "".join([*parts, "</div>"])


def page(language: str) -> str:
    """Return the act as the Official Journal prints it."""
    words = LANGUAGES[language]
    head = f"<table><tr><td>{block('hd-ti', 'Journal')}</td><td>{block('hd-lg', language.upper())}</td>"
    return "".join(
        [
            f"<html><body>{head}<td>{block('hd-ti', 'L')}</td></tr></table>",
            f"<table><tr><td>{block('hd-oj', '2025/9901')}</td><td>{block('hd-date', '12.7.2024')}</td></tr></table>",
            *(block("doc-ti", words[key]) for key in ("title", "date", "purpose")),
            block("normal", words["institution"]),
            block("normal", words["whereas"]),
            *(point(f"({number})", "Lorem ipsum dolor sit amet.") for number in (1, 2, 3)),
            block("normal", words["adopts"]),
            block("ti-section-1", words["chapter"].format("I")),
            block("ti-section-2", "Lorem"),
            article(words, language, 1),
            article(words, language, 2),
            block("ti-section-1", words["chapter"].format("II")),
            block("ti-section-2", "Ipsum"),
            article(words, language, 3),
            article(words, language, 4),
            f'<div class="oj-final">{block("normal", words["binding"])}{block("normal", words["done"])}</div>',
            block("doc-ti", words["annex"].format("I")),
            point("1.", "Dolor sit amet."),
            "</body></html>",
        ]
    )


def without_names(html: str) -> str:
    """Return *html* under a template that names nothing: every class and id is another."""
    return re.sub(r'(class|id)="([^"]+)"', lambda match: f'{match[1]}="x{sum(match[2].encode())}"', html)


def read_both(language: str):
    """Yield the reading of the Journal's page and of the same page under names that say nothing."""
    html = page(language)
    return read(html.encode()), read(without_names(html).encode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_has_its_facts_in_every_language_under_any_template(language):
    for reading in read_both(language):
        assert (reading.jurisdiction, reading.language, reading.type) == ("eu", language, "regulation")
        assert "2025/9901" in reading.number
        assert reading.uri == "32025R9901"
        assert {authority.id for authority in reading.authorities} == {"eu_parliament", "eu_council"}
        assert {(date.kind.value, str(date.on)) for date in reading.dates} == DATES


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_says_what_it_amends_and_repeals_in_every_language(language):
    for reading in read_both(language):
        amended = [relation.target for relation in reading.relations if relation.kind is RelationKind.AMENDS]
        assert len(amended) == len(AMENDED)
        assert all(any(number in target for target in amended) for number in AMENDED)
        [repeal] = [relation for relation in reading.relations if relation.kind is RelationKind.REPEALS]
        assert "95/99" in repeal.target
        assert str(repeal.on) == "2018-05-25"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_has_the_same_units_under_a_template_that_names_nothing(language):
    with_names, nameless = read_both(language)

    assert with_names.flaws == nameless.flaws == ()
    assert with_names.counts["article"] == 4
    assert with_names.counts["recital"] == 3
    assert [(p.eid, p.heading, p.text) for root in with_names.provisions for p in root.walk()] == [
        (p.eid, p.heading, p.text) for root in nameless.provisions for p in root.walk()
    ]
