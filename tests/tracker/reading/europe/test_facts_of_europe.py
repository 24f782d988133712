"""What an act says about itself."""

from datetime import date

import pytest

from storage.records import MilestoneKind, RelationKind
from tests.tracker.reading.europe.acts_of_europe import the_facts
from tracker.reading import read
from tracker.reading.europe.references import celex
from tracker.reading.europe.speech import speeches
from tracker.reading.structure.draft import ReadingContext


def dates_of(name):
    return [(d.kind.value, d.on and d.on.isoformat(), d.formula, d.eid) for d in the_facts(name).dates]


def test_number_type_uri_and_authorities_of_a_regulation():
    facts = the_facts("oj.html")

    assert (facts.number, facts.type, facts.uri, facts.draft) == ("(EU) 2031/77", "regulation", "32031R0077", False)
    assert [authority.id for authority in facts.authorities] == ["eu_parliament", "eu_council"]


def test_dates_are_stated_or_computed_with_their_formula_and_place():
    assert dates_of("oj.html") == [
        ("adopted", "2031-03-03", None, None),
        ("published", "2031-03-10", None, None),
        ("in_force", "2031-03-30", "published + P20D", "art_6__para_1"),
        ("applies", "2032-06-01", None, "art_6__para_2"),
        ("applies", "2032-01-01", None, "art_6__para_3__point_a"),
        ("applies", "2033-06-01", None, "art_6__para_3__point_b"),
    ]


def test_both_renderings_say_the_same_but_for_the_signature():
    assert dates_of("consolidated.html") == dates_of("oj.html")
    assert the_facts("consolidated.html").definitions == the_facts("oj.html").definitions


def test_an_entry_into_force_without_a_known_publication_is_open_but_has_its_formula():
    in_force = [d for d in the_facts("oj.fmx.xml").dates if d.kind is MilestoneKind.IN_FORCE]

    assert [(d.on, d.formula) for d in in_force] == [(None, "published + P20D")]


def test_other_conventions_of_commencement():
    assert ("in_force", "2013-03-11", "published + P1D", "art_2__para_1") in dates_of("oj_2013.html")
    assert ("in_force", "2002-03-06", "published + P60D", "art_2") in dates_of("lexuriserv.html")
    assert ("in_force", None, "published + P0D", "art_2") in dates_of("consolidated_1998.html")


def test_definitions_have_their_term_and_place():
    assert [(d.term, d.eid) for d in the_facts("oj.html").definitions] == [
        ("buoy", "art_2__point_1"),
        ("lamp", "art_2__point_2"),
    ]


def test_relations_come_from_the_title_and_are_confirmed_by_the_articles():
    relations = the_facts("oj.html").relations

    assert [(r.kind, r.target, r.eid, r.on) for r in relations] == [
        (RelationKind.AMENDS, "Regulation (EC) No 12/2009", "art_4", None),
        (RelationKind.REPEALS, "Directive 1999/8/EC", "art_5", date(2032, 6, 1)),
    ]


def test_a_proposal_is_a_draft_of_the_commission_and_not_published():
    facts = the_facts("proposal.html")

    assert (facts.draft, facts.type, facts.number, facts.uri) == (True, "proposal", "COM(2031) 43 final", "")
    assert [authority.id for authority in facts.authorities] == ["eu_commission"]
    assert dates_of("proposal.html") == [
        ("issued", "2031-02-17", None, None),
        ("in_force", None, "published + P1D", "art_2"),
    ]


@pytest.mark.parametrize(
    ("number", "kind", "answer"),
    [
        pytest.param("(EU) 2024/1689", "regulation", "32024R1689", id="since_2015"),
        pytest.param("(EU) No 575/2013", "regulation", "32013R0575", id="number_first"),
        pytest.param("2009/65/EC", "directive", "32009L0065", id="directive"),
        pytest.param("95/46/EC", "directive", "31995L0046", id="two_digit_year"),
        pytest.param("(EG) nr. 300/2008", "regulation", "32008R0300", id="dutch"),
    ],
)
def test_celex_numbers(number, kind, answer):
    assert celex(number, kind) == answer


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [
        pytest.param("en", "from 2 August 2026", date(2026, 8, 2), id="en"),
        pytest.param("nl", "vanaf 2 augustus 2026", date(2026, 8, 2), id="nl"),
        pytest.param("de", "ab dem 2. August 2026", date(2026, 8, 2), id="de"),
        pytest.param("fr", "du 1er août 2026", date(2026, 8, 1), id="fr"),
    ],
)
def test_dates_in_words(language, words, answer):
    reading = speeches()[language].date_in(words)

    assert reading is not None
    assert reading[0] == answer


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        pytest.param("nl", "treedt in werking op de twintigste dag na die van de bekendmaking", "twintigste", id="nl"),
        pytest.param("de", "tritt am zwanzigsten Tag nach ihrer Veröffentlichung in Kraft", "zwanzigsten", id="de"),
        pytest.param("fr", "entre en vigueur le vingtième jour suivant celui de sa publication", "vingtième", id="fr"),
    ],
)
def test_the_twentieth_day_in_other_languages(language, sentence, word):
    speech = speeches()[language]
    reading = speech.ordinal_day.search(sentence)

    assert speech.enters.search(sentence)
    assert reading is not None
    assert speech.ordinals[reading[1]] == 20
    assert reading[1] == word


@pytest.mark.parametrize(
    ("title", "number"),
    [
        pytest.param("Guidelines 7/2030 on the practice of consent under Regulation (EU) 2016/679", "7/2030", id="en"),
        pytest.param("Lignes directrices 7/2030 sur la pratique au sens du règlement (UE) 2016/679", "7/2030", id="fr"),
        pytest.param("Questions and answers on Regulation (EU) 2016/679", "", id="unnumbered"),
        pytest.param("Leitlinien zur Verordnung (EU) 2016/679 über die Übung", "", id="de"),
    ],
)
def test_guidelines_about_an_act_are_not_the_act(title, number):
    page = f"<html><body><h1>{title}</h1><p>1. Practice one.</p><p>2. Practice two.</p></body></html>".encode()
    reading = read(page, ReadingContext(jurisdiction="eu", kind="guidance"))

    assert (reading.number, reading.uri) == (number, "")


@pytest.mark.parametrize(
    ("language", "sentence", "term"),
    [
        ("en", "A body (hereinafter referred to as ‘the Lamp Board’) is set up to look after lamps.", "the Lamp Board"),
        ("en", "The European Lamp Board (the ‘Board’) is hereby established as a body of the Union.", "Board"),
        (
            "de",
            "Ein Ausschuss (im Folgenden „Lampenausschuss“) wird für die Pflege der Lampen eingesetzt.",
            "Lampenausschuss",
        ),
        ("fr", "Un comité des lampes (ci-après dénommé «comité») est institué pour veiller sur les lampes.", "comité"),
        ("pl", "Ustanawia się organ do spraw lamp, zwany dalej „Radą Lamp”, który troszczy się o lampy.", "Radą Lamp"),
        ("fi", "Perustetaan lautakunta, jäljempänä ’lamppulautakunta’, joka huolehtii lampuista.", "lamppulautakunta"),
        ("sv", "En nämnd för lampor (nedan kallad ”lampnämnden”) ska inrättas för att vårda lampor.", "lampnämnden"),
    ],
)
def test_a_sentence_that_names_something_in_passing_defines_a_term(language, sentence, term):
    words = f"<p class='oj-hd-lg'>{language.upper()}</p><p class='oj-doc-ti'>X (EU) 2031/4</p>"
    page = f"<html><body>{words}<p class='oj-ti-art'>Article 1</p><p class='oj-normal'>{sentence}</p></body></html>"

    reading = read(page.encode(), ReadingContext(jurisdiction="eu", language=language))

    assert [definition.term for definition in reading.definitions] == [term]


def test_the_name_of_a_principle_in_brackets_is_no_term():
    page = "<p class='oj-doc-ti'>REGULATION (EU) 2031/4</p><p class='oj-ti-art'>Article 1</p>"
    sentence = (
        "<p class='oj-normal'>Lamps shall be lit with care and by those who answer for them (‘accountability’).</p>"
    )

    assert (
        read(f"<html><body>{page}{sentence}</body></html>".encode(), ReadingContext(jurisdiction="eu")).definitions
        == ()
    )


@pytest.mark.parametrize("marks", [("(i)", "(ii)", "(iii)"), ("(a)", "(b)", "(c)"), ("1)", "2)", "3)")])
def test_days_listed_in_one_line_are_each_told_with_what_they_hold_for(marks):
    days = ("2 December 2101 to high lamps", "2 August 2102 to low lamps", "1 May 2103 to all others")
    line = "; ".join(f"{mark} {day}" for mark, day in zip(marks, days, strict=True))
    body = "".join(
        f"<p>{text}</p>"
        for text in (
            "REGULATION (EU) 2099/7 OF THE COUNCIL",
            "HAS ADOPTED THIS REGULATION:",
            *("Article 1", "Lamps are lit. " * 9, "Article 2", f"Article 1 shall apply from: {line}."),
        )
    )

    law = read(f"<html lang='en'><body>{body}</body></html>".encode(), ReadingContext(jurisdiction="eu"))

    applies = [m for m in law.dates if m.kind is MilestoneKind.APPLIES]
    assert [str(m.on) for m in applies] == ["2101-12-02", "2102-08-02", "2103-05-01"]
    assert ["low lamps" in m.basis for m in applies[1:]] == [True, False]
