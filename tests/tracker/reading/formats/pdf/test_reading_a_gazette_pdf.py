"""A bilingual gazette in PDF: the English half is the law, its heads and stamps are furniture."""

from __future__ import annotations

from tracker.reading import india
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext
from tracker.reading.structure.eids import finish

FIRST = (
    "G.S.R. 77(E).\u2014In exercise of the powers conferred by section 4 of the Lighthouse Act, 2030",
    "(9 of 2030), the Central Government hereby makes the following rules, namely:\u2014",
    "1. Short title and commencement.\u2014(1) These rules may be called the Lighthouse Rules, 2031.",
    "(2) They shall come into force on the date of their publication in the Official Gazette.",
    "2. Lamps.\u2014(1) A keeper of a lighthouse shall on every day of the year, and in every kind of",
    "weather, do the following, namely:\u2014",
    "(a) light the lamp at dusk; and",
)
SECOND = (
    "(b) put out the lamp at dawn.",
    "(2) A lamp is red.",
)
SCHEDULE = ("1. The height of the lamp.", "2. The colour of the lamp.")


def gazette(sheet, pdf) -> bytes:
    hindi = sheet().text(240, 780, "EXTRAORDINARY").text(72, 740, "ABCABC", face="F3").text(72, 720, "CBA", face="F3")
    hindi.text(72, 690, "No. 12] NEW DELHI, MONDAY, MARCH 3, 2031/PHALGUNA 12, 1952")
    first = sheet().text(72, 810, "2 THE GAZETTE OF INDIA : EXTRAORDINARY [PART II\u2014SEC. 3(i)]", 9)
    first.text(150, 780, "MINISTRY OF ELECTRONICS AND INFORMATION TECHNOLOGY").lines(72, 740, *FIRST)
    second = sheet().text(72, 810, "[PART II\u2014SEC. 3(i)] THE GAZETTE OF INDIA : EXTRAORDINARY 3", 9)
    second.lines(72, 780, *SECOND).text(255, 700, "THE SCHEDULE").text(262, 680, "[See rule 2]").lines(
        72, 650, *SCHEDULE
    )
    second.text(72, 600, "[F. No. 1(2)/2031-Lamps]").text(400, 580, "A. KEEPER, Jt. Secy.")
    second.text(72, 540, "Uploaded by Dte. of Printing at Government of India Press, Delhi", 8)
    return pdf([hindi, first, second], devanagari="\u0928\u092e\u0915")


def test_the_english_half_is_read_across_its_pages(sheet, pdf):
    hints = ReadingContext(jurisdiction="in")
    read = india.extract(open_source(gazette(sheet, pdf)), hints)
    provisions = finish(read.drafts, india.cite)

    assert [p.eid for root in provisions for p in root.walk()] == [
        "rule_1",
        "rule_1__subsec_1",
        "rule_1__subsec_2",
        "rule_2",
        "rule_2__subsec_1",
        "rule_2__subsec_1__clause_a",
        "rule_2__subsec_1__clause_b",
        "rule_2__subsec_2",
        "sched_1",
        "sched_1__para_1",
        "sched_1__para_2",
    ]
    facts = india.facts(read, provisions, hints)
    assert (facts.title, facts.number) == ("Lighthouse Rules, 2031", "G.S.R. 77(E)")
    assert [(m.kind.value, str(m.on)) for m in facts.dates] == [("published", "2031-03-03"), ("in_force", "2031-03-03")]


def test_hindi_heads_and_stamps_are_set_aside(sheet, pdf):
    read = india.extract(open_source(gazette(sheet, pdf)), ReadingContext(jurisdiction="in"))

    assert [(n.name, n.text) for n in read.notes] == [
        ("Hindi text", "\u0928\u092e\u0915\u0928\u092e\u0915\n\u0915\u092e\u0928")
    ]
    assert [n.name for n in read.furniture] == ["masthead", "masthead", "running head", "running head", "imprint"]
    assert [n.name for n in read.front] == ["preface", "preamble", "conclusions"]


def test_a_gazette_is_known_for_indian_without_being_told(sheet, pdf):
    assert india.claims(open_source(gazette(sheet, pdf)), ReadingContext()) == 1.0
