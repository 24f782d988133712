"""The web pages of the Federal Register, the eCFR and California: read as the XML of the same text is."""

from datetime import date
from pathlib import Path

import pytest

from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

FIXTURES = Path(__file__).parent / "fixtures"
US = ReadingContext(jurisdiction="us")


def reading_of(name: str):
    """Return the reading of a fixture, recognised without being told."""
    return read((FIXTURES / name).read_bytes())


def bill_of_new_york(clause: str) -> bytes:
    """Return a bill of New York whose last section is *clause*."""
    text = (FIXTURES / "new_york_bill.txt").read_text()
    start = text.index("    10    §  4. This act")
    return f"{text[:start]}    10    § 4. {clause}\n".encode()


def test_a_page_of_the_register_has_its_instructions_and_sections_in_order():
    reading = reading_of("register_page.html")

    assert [p.eid for p in reading.provisions] == ["para_1", "para_2", "sec_499.1", "para_3", "sec_499.2"]
    assert (reading.number, reading.type) == ("2024-99134", "final rule")
    assert reading.title == "Trade Regulation Rule on Lamps and Keepers"
    assert reading.words["problems"] == 0
    assert reading.flaws == ()


def test_the_dates_of_a_rule_name_the_section_that_begins_later():
    reading = reading_of("register_page.html")

    assert [(d.kind.value, d.on, d.eid) for d in reading.dates] == [
        ("published", date(2024, 3, 1), None),
        ("in_force", date(2024, 4, 1), None),
        ("in_force", date(2024, 10, 1), "sec_499.2"),
    ]


def test_a_page_that_only_has_a_summary_is_no_document_of_the_register():
    lines = ("SUMMARY: A rule on lamps.", "§ 499.1 Terms.", "Lamp means light.")
    page = "".join(f"<p>{line}</p>" for line in lines)

    assert read(f"<html><body><h1>Lamps</h1>{page}</body></html>".encode(), US).type != "final rule"


@pytest.mark.parametrize(("action", "kind"), [("Proposed rule.", "proposed rule"), ("Notice.", "notice")])
def test_the_action_line_says_what_a_page_of_the_register_is(action, kind):
    page = (FIXTURES / "register_page.html").read_text().replace("Final rule.", action)

    assert read(page.encode()).type == kind


def test_a_page_of_the_ecfr_has_its_notes_and_appendix_apart():
    reading = reading_of("ecfr_page.html")

    assert [p.eid for p in reading.provisions] == ["sec_499.1", "sec_499.2", "app_a"]
    assert reading.number == "16 CFR Part 499"
    assert reading.uri == "/title-16/part-499"
    assert {note.name for note in reading.notes} == {"authority", "source", "source note of § 499.2"}
    assert [definition.term for definition in reading.definitions] == ["Lamp"]
    assert reading.words["problems"] == 0


def test_a_subpart_of_the_ecfr_divides_its_part():
    page = (FIXTURES / "ecfr_page.html").read_text()
    head = '<div class="subpart" id="subpart-A"><h2>Subpart A—General</h2><div class="section" id="499.1">'
    divided_page = page.replace('<div class="section" id="499.1">', head, 1).replace(
        '<div class="section" id="499.2">', '</div><div class="section" id="499.2">', 1
    )

    reading = read(divided_page.encode())

    assert next((p.kind.value, p.heading) for p in reading.provisions) == ("subpart", "General")
    assert reading.counts["section"] == 2


@pytest.mark.parametrize(
    ("clause", "formula"),
    [
        ("This act shall take effect on the ninetieth day after it shall have become a law.", "adopted + P90D"),
        ("This act shall take effect one hundred eighty days after it shall have become a law.", "adopted + P180D"),
        ("This act shall take effect immediately.", "adopted"),
    ],
)
def test_new_york_counts_from_the_day_an_act_becomes_a_law(clause, formula):
    reading = read(bill_of_new_york(clause))

    assert [(d.kind.value, d.on, d.formula) for d in reading.dates] == [("in_force", None, formula)]


def test_a_number_of_california_may_stand_on_two_lines_and_the_governor_adopts():
    page = (FIXTURES / "leginfo.html").read_text()
    chaptered_page = page.replace("<div>Senate Bill No. 99</div>", "<div>Senate Bill</div><div>No. 99</div>").replace(
        "Amended IN Senate March 2, 2026", "Approved by Governor September 29, 2026."
    )

    reading = read(chaptered_page.encode())

    assert reading.number == "Senate Bill No. 99"
    assert ("adopted", date(2026, 9, 29)) in {(d.kind.value, d.on) for d in reading.dates}


def test_a_name_given_in_passing_is_a_term():
    text = (
        "Sec. 6. KEEPERS. A person that keeps a lamp (in this Act referred to as the “keeper”) shall light it at night."
    )
    bill = f"A BILL\n\nSEC. 5. LAMPS.\n\nA lamp burns.\n\n{text}\n"

    assert "keeper" in [definition.term for definition in read(bill.encode(), US).definitions]
