"""Terms a sentence introduces in its middle, in the words and marks of each tradition."""

import pytest

from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

KEEPS = " The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."
UNION = {
    "en": ("REGULATION (EU) 2099/7", "HAS ADOPTED THIS REGULATION:", "Article"),
    "fr": ("RÈGLEMENT (UE) 2099/7", "A ADOPTÉ LE PRÉSENT RÈGLEMENT:", "Article"),
    "de": ("VERORDNUNG (EU) 2099/7", "HAT FOLGENDE VERORDNUNG ERLASSEN:", "Artikel"),
}


def terms(body: str, jurisdiction: str) -> set[str]:
    law = read(body.encode(), ReadingContext(jurisdiction=jurisdiction))
    return {definition.term for definition in law.definitions}


def union(language: str, *articles: str) -> str:
    title, formula, word = UNION[language]
    lines = [line for n, text in enumerate(articles, 1) for line in (f"{word} {n}", text + KEEPS)]
    return (
        f"<html lang='{language}'><body>{''.join(f'<p>{line}</p>' for line in (title, formula, *lines))}</body></html>"
    )


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("en", "The European Lamp Office (‘the Office’) is set up.", "Office"),
        ("fr", "Aux fins du présent règlement, on entend par «lampe» une lumière.", "lampe"),
        ("de", "Im Sinne dieser Verordnung bezeichnet der Ausdruck „Lampe“ ein Licht.", "Lampe"),
    ],
)
def test_a_term_of_the_union_is_found_behind_its_verb_and_in_brackets(language, text, term):
    assert terms(union(language, text, "Nothing more."), "eu") == {term}


def test_what_a_subject_means_is_no_term():
    text = "For the purposes of this Regulation, a lamp means ‘a light’ of any kind."

    assert terms(union("en", text, "Nothing more."), "eu") == set()


def test_an_american_act_without_headings_defines_in_its_first_sentences():
    sections = [
        'As used in this Act, "keeper" includes a helper.',
        'For this section, "oil" has the meaning given in 5.',
    ]
    body = "".join(f"<p>Section {n}. {text}{KEEPS}</p>" for n, text in enumerate(sections, 1))

    assert terms(f"<html><body><h1>AN ACT ABOUT LAMPS</h1>{body}</body></html>", "us") == {"keeper", "oil"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("本办法中下列用语的含义：（一）灯油，是指鲸油；（二）灯芯，是指棉芯。", {"灯油", "灯芯"}),
        ("本办法所称的重要灯塔包括一级灯塔和二级灯塔。", {"重要灯塔"}),
        ("1.灯油，是指鲸油；2.灯芯，是指棉芯。", {"灯油", "灯芯"}),
        ("灯塔管理工作包括点灯和记录。", set()),
    ],
)
def test_chinese_terms_are_found_behind_what_counts_them(text, answer):
    body = "".join(f"<p>第{n}条　{line}</p>" for n, line in (("一", "为了规范灯塔管理，制定本办法。"), ("二", text)))

    assert terms(f"<html><body><h1>灯塔管理办法</h1>{body}</body></html>", "cn") == answer


@pytest.mark.parametrize("mark", ["“Commission”", "Commission"])
def test_an_indian_act_names_in_brackets_with_or_without_marks(mark):
    text = (
        "THE LAMPS ACT, 2031\n\nBE it enacted by Parliament as follows:—\n\n1. Short title.—This Act may be called the "
        f"Lamps Act, 2031.\n\n2. Commission.—The Lamp Commission (in this Act referred to as the {mark}) acts.{KEEPS}"
    )

    assert terms(text, "in") == {"Commission"}
