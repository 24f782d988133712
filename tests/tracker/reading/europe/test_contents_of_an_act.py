"""A table of contents names chapters and articles that stand below it: it is no law, whatever language it is in."""

import pytest

from storage.records import Reading
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

KEEPS = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."
TITLE = ["REGULATION (EU) 2099/7 OF THE COUNCIL", "of 1 February 2099", "on lamps"]
FORMULA = ["THE COUNCIL OF THE EUROPEAN UNION,", "HAS ADOPTED THIS REGULATION:"]


def law(chapter: str = "CHAPTER", article: str = "Article") -> list[str]:
    lines = []
    for numeral, numbers in (("I", (1, 2, 3)), ("II", (4, 5))):
        lines += [f"{chapter} {numeral}", "Lamps"]
        lines += [line for n in numbers for line in (f"{article} {n}", f"Lamp {n}", f"1.   {KEEPS}", f"2.   {KEEPS}")]
    return lines


def reading(*lines: str, language: str = "en") -> Reading:
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    return read(f"<html lang='{language}'><body>{body}</body></html>".encode(), ReadingContext(jurisdiction="eu"))


def counts(act: Reading) -> tuple[int, int]:
    return act.counts["article"], act.counts["chapter"]


ENTRIES = {
    "one line each": ["CHAPTER I Lamps 3", "Article 1 — Lamp 1 3", "Article 2 — Lamp 2 4", "CHAPTER II Lamps 5"],
    "label and heading apart": [
        "CHAPTER I",
        "Lamps",
        "Article 1",
        "Lamp 1",
        "Article 2",
        "Lamp 2",
        "CHAPTER II",
        "Lamps",
    ],
    "links": ['<ul><li><a href="#1">CHAPTER I Lamps</a></li><li><a href="#2">CHAPTER II Lamps</a></li></ul>'],
}


class TestContents:
    @pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES)
    @pytest.mark.parametrize("name", ["TABLE OF CONTENTS", "Contents"])
    def test_entries_are_a_note_before_and_behind_the_formula(self, name, entries):
        for act in (
            reading(*TITLE, name, *entries, *FORMULA, *law()),
            reading(*TITLE, *FORMULA, name, *entries, *law()),
        ):
            assert counts(act) == (5, 2)
            assert act.title == " ".join(TITLE)
            assert any(note.name == "contents" and "CHAPTER II" in note.text for note in act.notes)
            assert not act.flaws

    @pytest.mark.parametrize(
        ("language", "title", "name", "formula", "chapter", "article"),
        [
            (
                "fr",
                "RÈGLEMENT (UE) 2099/7",
                "TABLE DES MATIÈRES",
                "A ADOPTÉ LE PRÉSENT RÈGLEMENT:",
                "CHAPITRE",
                "Article",
            ),
            ("de", "VERORDNUNG (EU) 2099/7", "INHALT", "HAT FOLGENDE VERORDNUNG ERLASSEN:", "KAPITEL", "Artikel"),
            (
                "pl",
                "ROZPORZĄDZENIE (UE) 2099/7",
                "SPIS TREŚCI",
                "PRZYJMUJE NINIEJSZE ROZPORZĄDZENIE:",
                "ROZDZIAŁ",
                "Artykuł",
            ),
        ],
    )
    def test_its_name_is_known_in_other_languages(self, language, title, name, formula, chapter, article):
        entries = [f"{chapter} I", "Lamps", f"{chapter} II", "Lamps"]

        assert counts(reading(title, name, *entries, formula, *law(chapter, article), language=language)) == (5, 2)

    def test_recitals_and_annexes_behind_the_table_are_read(self):
        entries = ["Recitals", "CHAPTER I Lamps", "Article 1 Lamp 1", "CHAPTER II Lamps", "ANNEX I Forms"]
        recitals = [FORMULA[0], "Whereas:", "(1)   Lamps are good.", "(2)   Oil is good.", FORMULA[1]]
        act = reading(*TITLE, "TABLE OF CONTENTS", *entries, *recitals, *law(), "ANNEX I", "Forms", "1.   One.")

        assert (act.counts["recital"], act.counts["annex"], *counts(act)) == (2, 1, 5, 2)

    def test_the_heading_of_an_article_about_contents_begins_no_table(self):
        act = reading(*TITLE, *FORMULA, *law(), "Article 6", "Contents", f"1.   {KEEPS}", "Article 7", "Fees", KEEPS)

        assert counts(act) == (7, 2)

    def test_articles_that_are_counted_twice_without_a_name_are_told(self):
        entries = [line for n in range(1, 6) for line in (f"Article {n}", f"Lamp {n}")]
        act = reading(*TITLE, *FORMULA, "CHAPTER I", "Lamps", *entries, *law())

        assert any("printed twice" in flaw.text for flaw in act.flaws)
