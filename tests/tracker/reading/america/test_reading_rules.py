from datetime import date

import pytest

from tests.tracker.reading.america.texts_of_america import (
    a_text,
    dates,
    notes,
    outline,
    relations,
    the_facts,
    the_provisions,
)
from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext


def test_a_rule_is_its_instructions_and_what_they_set_out():
    assert outline(a_text("rule.xml").drafts) == [
        "paragraph 1 The authority citation for part 9901 continues to read as follows:\nAuthority:\n50 U.S.C. 9901.",
        "paragraph 2 Revise § 9901.2 to read as follows:",
        "section 9901.2 [Reports.]",
        "  paragraph a [Who reports.]",
        "    subparagraph 1 A maker reports, under Section 4, each quarter; and",
        "    subparagraph 2 A seller reports if it—",
        "      clause i Sells ten models; or",
        "      clause ii Trains one.",
        "  paragraph b [Form.] The report is a letter.",
        "paragraph 3 In Supplement I to Part 9901, revise paragraph 2 to read as follows:",
        "supplement I [to Part 9901—Commentary]",
        "  section 9901.2 [Reports]",
        "    paragraph 2 Letters. A postcard is a letter.",
    ]


def test_section_numbers_stay_whole_in_ids():
    eids = [p.eid for root in the_provisions("rule.xml") for p in root.walk()]

    assert "sec_9901.2__para_a__subpara_2__clause_ii" in eids
    assert "supp_I" in eids


def test_what_explains_a_rule_is_a_note_and_its_footnote_numbers_are_no_words_of_it():
    rule = a_text("rule.xml")

    assert notes(rule, "action") == ["ACTION: Proposed rule."]
    assert notes(rule, "footnote") == ["1 A practice footnote."]
    assert notes(rule, "footnote marks") == ["1"]
    assert notes(rule, "supplementary information")[0].endswith("reports (i.e., letters), see 77 FR 61.")


def test_a_proposed_rule_is_a_draft_with_a_deadline_for_comments():
    facts = the_facts("rule.xml", published_on=date(2026, 3, 5))

    assert (facts.type, facts.draft, facts.number) == ("proposed rule", True, "2026-09912")
    assert [a.id for a in facts.authorities] == ["us_doc", "us_bis"]
    assert dates(facts) == [
        ("published", "2026-03-05", None),
        ("issued", "2026-03-02", None),
        ("comments_due", "2026-05-04", None),
        ("applies", "2027-01-01", None),
    ]
    assert relations(facts) == [("amends", "15 CFR Part 9901")]


def test_a_rule_without_regulatory_text_is_read_as_paragraphs():
    assert [p.eid for p in the_provisions("delay.xml")] == ["para_1", "para_2"]


def test_a_delay_postpones_the_other_rule_and_states_no_date_of_its_own():
    facts = the_facts("delay.xml")
    (postponement,) = [r for r in facts.relations if r.kind.value == "postpones"]

    assert postponement.target == "Practice Labels; FR Doc. 2026-09903; 91 FR 70"
    assert postponement.on == date(2026, 10, 1)
    assert postponement.basis.startswith("DATES: As of March 9, 2026, the effective date")
    assert dates(facts) == [("issued", "2026-03-06", None)]


def test_the_json_of_a_document_is_facts_and_no_text():
    facts = the_facts("document.json")

    assert a_text("document.json").drafts == []
    assert (facts.title, facts.number, facts.type) == ("Practice Labels", "2026-09903", "final rule")
    assert dates(facts) == [("published", "2026-01-05", None), ("in_force", "2026-04-01", None)]
    assert [a.id for a in facts.authorities] == ["us_ftc"]


OLDER = """<PRORULE><PREAMB><AGENCY>LIGHTHOUSE OFFICE</AGENCY><SUBJECT>Lamps</SUBJECT></PREAMB><SUPLINF>
<HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD><P>Lamps were dark, and section 4.9 was discussed at length.</P>
<LSTSUB><P>Lamps.</P></LSTSUB><P>Part 4 is amended:</P>{body}<SIG><NAME>A. Keeper</NAME></SIG></SUPLINF>
<FRDOC>[FR Doc. 31-1 Filed 4-1-31; 8:45 am]</FRDOC></PRORULE>"""
SECTION = "<SECTION><SECTNO>§ 4.{n}</SECTNO><SUBJECT>Lamps.</SUBJECT><P>(a) Every lamp is lit and white.</P></SECTION>"
PARTS = {
    "instructions": "<AMDPAR>1. Revise § 4.1:</AMDPAR>" + SECTION.format(n=1) + SECTION.format(n=2),
    "a part": f'<PART><HD SOURCE="HED">PART 4—LAMPS</HD>{SECTION.format(n=1)}{SECTION.format(n=2)}</PART>',
    "sections alone": SECTION.format(n=1) + SECTION.format(n=2),
}


@pytest.mark.parametrize("body", PARTS.values(), ids=PARTS)
def test_sections_that_older_files_print_outside_any_regtext_are_sections(body):
    law = read(OLDER.format(body=body).encode(), ReadingContext(jurisdiction="us"))

    assert [p.eid for p in law.provisions if p.kind.value == "section"] == ["sec_4.1", "sec_4.2"]
    assert "discussed" in " ".join(note.text for note in law.notes)
    assert law.words["problems"] == 0
