from tests.tracker.reading.america.texts_of_america import a_text, dates, notes, outline, relations, the_facts
from tracker.reading import read
from tracker.reading.america import claims, extract
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext


def test_a_bill_of_california_is_read_into_its_sections_and_those_of_the_code():
    assert outline(a_text("leginfo.html").drafts) == [
        "section 1 This act may be cited as the Practice Models Act.",
        "section 2 Chapter 9 (commencing with Section 99001) is added to Division 8 of the Business and Professions "
        "Code, to read:\nCHAPTER 9. Practice Models",
        "  section 99001 As used in this chapter:",
        "    subsection a “Model” means any of the following:",
        "      paragraph 1 A toy.",
        "      paragraph 2",
        "        subparagraph a A map, if drawn by hand.",
        "        subparagraph b This paragraph shall become operative on January 1, 2028.",
        "    subsection b “Toy” means a thing to play with.",
        "  section 99002 A toy may be sold.",
        "section 3 This act is severable.",
    ]


def test_its_digest_is_a_note_and_its_history_front_matter():
    bill = a_text("leginfo.html")

    assert notes(bill, "digest") == ["Existing law says nothing of practice models. This bill would."]
    assert notes(bill, "preface") == ["Amended IN Senate March 2, 2026", "Senate Bill No. 99"]


def test_its_facts_are_those_of_a_draft():
    facts = the_facts("leginfo.html")

    assert (facts.number, facts.draft) == ("Senate Bill No. 99", True)
    assert [a.id for a in facts.authorities] == ["us_ca_leg"]
    assert dates(facts) == [("applies", "2028-01-01", None)]
    assert relations(facts)[0][1].startswith("Chapter 9 (commencing with Section 99001) of Division 8")


def test_guidance_without_numbers_is_read_into_paragraphs_under_its_headings():
    page = a_text("guidance.html")

    assert outline(page.drafts) == [
        "paragraph [5 Practice Core] The Core has four functions.",
        "paragraph [5.1 Sort] Sort letters before you answer them.",
        "paragraph [Categories] Sort 1.1: Letters that nobody has opened are counted twice and then put on the left "
        "side.",
    ]
    assert notes(page, "furniture") == ["An official website", "Contact us"]


def test_a_page_that_is_no_law_has_no_provisions_and_loses_no_word():
    body = b"<!DOCTYPE html><html><body><h1>Request Access</h1><p>Complete the check below.</p></body></html>"
    page = extract(open_source(body), ReadingContext(jurisdiction="us"))

    assert page.drafts == []
    assert notes(page, "page text") == ["Request Access", "Complete the check below."]


def test_an_american_page_is_told_from_others():
    chinese = "<html><body><p>第一条 为了规范练习，制定本办法。</p></body></html>".encode()
    cut = b"<RULE><PREAMB><AGENCY>FEDERAL"

    assert claims(open_source(chinese), ReadingContext()) < 0.2
    assert claims(open_source(chinese), ReadingContext(url="https://www.register.gov/x")) > 0.8
    assert extract(open_source(cut), ReadingContext()).flaws[0].cause == "cut"


def test_an_act_on_a_page_without_a_title_has_that_behind_its_name():
    sections = "".join(f"<p>SECTION {n}. LAMPS. Every keeper keeps the lamp lit until dawn.</p>" for n in (1, 2))
    lines = ("HOUSE BILL 9", "AN ACT", "relating to lamps; providing penalties.", "Be it enacted by the Legislature:")
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}{sections}</body></html>"

    law = read(page.encode(), ReadingContext(jurisdiction="us"))

    assert law.title == "relating to lamps; providing penalties."
