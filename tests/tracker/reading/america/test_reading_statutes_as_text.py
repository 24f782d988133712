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
from tracker.reading.america.plain import find_head, join_lines


def test_a_state_code_is_read_in_its_own_order_of_levels():
    assert outline(a_text("statute.txt").drafts) == [
        "section 7-9-1701 [Definitions.] AS USED IN THIS PART 17:",
        "  subsection 1",
        '    paragraph a "PRACTICE SYSTEM" MEANS A MACHINE THAT SORTS LETTERS.',
        '    paragraph b "PRACTICE SYSTEM" DOES NOT INCLUDE:',
        "      subparagraph i A SIEVE; OR",
        "      subparagraph ii A SCALE USED FOR:",
        "        clause a FLOUR; OR",
        "        clause b SALT, AS SET FORTH IN 42 U.S.C. SEC. 99 (d)(2).",
        '  subsection 2 "CLERK" HAS THE MEANING SET FORTH IN SECTION 7-9-102 (3); EXCEPT THAT A CLERK OF SECTION '
        "7-9-1702 (1)(a) IS NONE.",
        "section 7-9-1702 [Duties of a clerk - records.]",
        "  subsection 1 ON AND AFTER FEBRUARY 1, 2027, A CLERK SHALL KEEP RECORDS OF:",
        "    paragraph a EACH LETTER; AND",
        "    paragraph b EACH STAMP.",
    ]
    assert the_provisions("statute.txt")[1].eid == "sec_7-9-1702"


def test_terms_in_capitals_are_defined_and_dates_of_application_belong_to_their_section():
    facts = the_facts("statute.txt")

    assert [d.term for d in facts.definitions] == ["PRACTICE SYSTEM", "CLERK"]
    assert [(m.kind.value, m.on.isoformat(), m.eid) for m in facts.dates if m.on] == [
        ("applies", "2027-02-01", "sec_7-9-1702__subsec_1")
    ]


def test_a_session_law_holds_the_code_section_it_sets_out():
    law, facts = a_text("session.txt"), the_facts("session.txt")

    assert outline(law.drafts)[1] == "  section 7-9-1702 [Duties of a clerk - records.]"
    assert notes(law, "conclusions") == ["Approved: May 17, 2026"]
    assert (facts.number, facts.draft) == ("SENATE BILL 26-099", False)
    assert facts.title == "CONCERNING THE SORTING OF LETTERS BY MACHINES."
    assert dates(facts)[0] == ("adopted", "2026-05-17", None)
    assert relations(facts) == [("amends", "Colorado Revised Statutes 7-9-1702")]


@pytest.mark.parametrize(
    "line", ["Section 5 applies to clerks.", "§ 99 of the Act", "SEC. 99 (d)(2).", "Part 5. General"]
)
def test_a_line_that_begins_with_a_reference_is_no_head(line):
    assert find_head(line) is None


def test_lines_broken_at_a_width_are_joined_until_a_sentence_ends():
    assert join_lines(
        ["Sec. 1. Purpose. Clerks keep", "letters of 5 U.S.C.", "99.", "(a) All of", "them; and", "(b) none."]
    ) == [
        "Sec. 1. Purpose. Clerks keep letters of 5 U.S.C. 99.",
        "(a) All of them; and",
        "(b) none.",
    ]
