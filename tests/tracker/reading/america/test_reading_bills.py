from tests.tracker.reading.america.texts_of_america import (
    a_text,
    dates,
    notes,
    outline,
    relations,
    the_facts,
    the_provisions,
)
from tracker.reading import america
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext


def test_a_bill_is_read_by_its_elements_and_quotations_are_payload():
    assert outline(a_text("bill_reported.xml").drafts) == [
        "section 1 [SHORT TITLE.] This Act may be cited as the “Practice Labels Act”.",
        "section 2 [LABELS.]",
        "  subsection a [In General.—] A maker shall—",
        "    paragraph 1 print a label; and",
        "    paragraph 2 keep it—",
        "      subparagraph a dry; or",
        "      subparagraph c clean,",
        "      wrapup for a year.",
        "  subsection b [Amendment.—] Section 9 of the Old Labels Act is amended by adding at the end the following:\n"
        "“(c) A label is white.”.",
        "section 3 [EFFECTIVE DATE.] This Act shall take effect 180 days after the date of enactment of this Act.",
    ]


def test_a_bill_at_its_next_stage_has_the_same_provisions():
    assert the_provisions("bill_referred.xml") == the_provisions("bill_reported.xml")


def test_slug_lines_sponsors_and_endorsements_are_front_matter():
    bill = a_text("bill_reported.xml")

    assert "Ms. Example introduced the following bill" in notes(bill, "preface")
    assert notes(bill, "conclusions") == ["199th CONGRESS", "A BILL"]
    assert not any("display" in note.text or note.text == "I" for note in bill.front)


def test_the_stage_is_a_fact_and_no_part_of_the_number():
    facts = the_facts("bill_referred.xml")

    assert (facts.number, facts.type, facts.draft) == ("199 HR 9901", "bill", True)
    assert facts.title == "To have practice models labelled."
    assert facts.uri == "/us/bill/199/hr/9901"
    assert [a.id for a in facts.authorities] == ["us_congress"]


def test_a_commencement_that_waits_for_enactment_is_a_formula_without_a_date():
    assert dates(the_facts("bill_reported.xml")) == [("in_force", "", "adopted + P180D")]
    assert relations(the_facts("bill_reported.xml")) == [("amends", "Section 9 of the Old Labels Act")]


def test_a_letter_that_looks_like_a_roman_number_is_a_letter():
    citations = {p.eid: p.citation for root in the_provisions("bill_reported.xml") for p in root.walk()}

    assert citations["sec_2__subsec_a__para_2__subpara_c"] == "Sec. 2(a)(2)(C)"


def test_a_bill_in_the_older_markup_reads_as_well():
    older = b"""<?xml version="1.0"?><bill bill-stage="Introduced-in-House"><metadata><dublinCore/></metadata>
    <form><congress>199th CONGRESS</congress><legis-num>H. R. 9902</legis-num>
    <official-title>To count letters.</official-title></form>
    <legis-body><section id="a"><enum>1.</enum><header>Short title</header><text>This Act is short.</text></section>
    <section id="b"><enum>2.</enum><header>Counting</header><subsection><enum>(a)</enum><header>In general</header>
    <text>A clerk shall\xe2\x80\x94</text><paragraph><enum>(1)</enum><text>count; and</text></paragraph>
    <paragraph><enum>(2)</enum><text>write.</text></paragraph></subsection></section></legis-body></bill>"""
    bill = america.extract(open_source(older), ReadingContext())

    assert outline(bill.drafts) == [
        "section 1 [Short title] This Act is short.",
        "section 2 [Counting]",
        "  subsection a [In general] A clerk shall—",
        "    paragraph 1 count; and",
        "    paragraph 2 write.",
    ]
    assert (bill.number, bill.title) == ("199th CONGRESS H. R. 9902", "To count letters.")
    assert america.facts(bill, (), ReadingContext()).draft
