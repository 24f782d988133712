"""What is quoted from another act, and which terms are defined, in the marks of each language of the Union."""

import re
import tomllib
from pathlib import Path

import pytest

from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

LANGUAGES = tomllib.loads((Path(__file__).parent / "fixtures" / "languages.toml").read_text(encoding="utf-8"))
EU = ReadingContext(jurisdiction="eu")


def block(kind: str, text: str) -> str:
    """Return one paragraph of the Journal."""
    return f'<p class="oj-{kind}">{text}</p>'


def point(label: str, inner: str) -> str:
    """Return a point as the Journal sets it out, in a table of one row."""
    return f"<table><tbody><tr><td>{block('normal', label)}</td><td>{inner}</td></tr></tbody></table>"


def page(language: str, *articles: str) -> str:
    """Return an act of these articles, its header and title."""
    words = LANGUAGES[language]
    titles = [block("doc-ti", words[key]) for key in ("title", "date", "purpose")]
    opening = [block("normal", words[key]) for key in ("institution", "whereas", "adopts")]
    numbers = ["premier" if language == "fr" else "1", *map(str, range(2, len(articles) + 1))]
    body = [
        block("ti-art", words["article"].format(number)) + text for number, text in zip(numbers, articles, strict=True)
    ]
    return "".join(["<html><body>", block("hd-lg", language.upper()), *titles, *opening, *body, "</body></html>"])


def quotation(language: str, *, in_table: bool) -> str:
    """Return an article that puts an article 3a, with points of its own, into another act."""
    words = LANGUAGES[language]
    opening_mark, closing_mark = words["marks"]
    title = block("ti-art", f"{opening_mark}{words['article'].format('3a')}")
    points = point("(a)", block("normal", "Consectetur;")) + point("(b)", block("normal", f"elit{closing_mark};"))
    quoted_text = title + block("normal", "1.   Ipsum dolor.") + block("normal", "2.   Sit amet:") + points
    second = block("normal", f"{opening_mark}3.   Lorem ipsum dolor.{closing_mark}")
    if not in_table:
        return block("normal", "(1) Dolor sit:") + quoted_text + block("normal", "(2) Amet:") + second
    first = point("(1)", block("normal", "Dolor sit:") + quoted_text)
    return first + point("(2)", block("normal", "Amet:") + second)


@pytest.mark.parametrize("in_table", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_put_into_another_act_is_no_unit_of_the_amending_one(language, in_table):
    html = page(language, quotation(language, in_table=in_table), block("normal", "Lorem."), block("normal", "Dolor."))
    nameless = re.sub(r'class="[^"]+"', 'class="k"', html)

    for reading in (read(html.encode(), EU), read(nameless.encode(), EU)):
        assert [p.eid for p in reading.provisions if p.eid.startswith("art")] == ["art_1", "art_2", "art_3"]
        first = next(p for p in reading.provisions if p.eid == "art_1")
        assert len([p for p in first.walk() if p.number]) == 3  # the article and its two instructions
        assert reading.flaws == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_an_article_defines_are_read_in_the_marks_of_the_language(language):
    words = LANGUAGES[language]
    labels = [words["label"].replace(words["label"].strip("()."), number) for number in "12"]
    points = "".join(point(label, block("normal", text)) for label, text in zip(labels, words["terms"], strict=True))
    article = block("sti-art", words["definitions"]) + block("normal", words["purposes"]) + points

    reading = read(page(language, article, block("normal", "Lorem.")).encode(), EU)

    assert [definition.term for definition in reading.definitions] == ["lampa alba", "lampa"]
