"""American law set in lines of a fixed width: what its margins print is no law, and its paragraphs are whole again."""

import re
from datetime import date
from pathlib import Path

import pytest

from tracker.reading.america.fixed_width import is_fixed_width, paragraphs
from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

FIXTURES = Path(__file__).parent / "fixtures"


def reading_of(name: str):
    """Return the reading of a fixture, recognised without being told."""
    return read((FIXTURES / name).read_bytes())


def outline_of(reading) -> list[str]:
    """Return the ids of the units of *reading* and of the divisions above them."""
    kinds = {"section", "title", "chapter", "subpart"}
    return [p.eid for root in reading.provisions for p in root.walk() if p.kind.value in kinds]


@pytest.mark.parametrize(
    ("name", "jurisdiction_and_type", "sections"),
    [
        ("new_york_bill.txt", ("us", "bill"), 4),
        ("gpo_bill.html", ("us", "bill"), 4),
        ("register_rule.html", ("us", "final rule"), 3),
        ("utah_bill.txt", ("us", "bill"), 3),
        ("illinois_act.txt", ("us", "statute"), 5),
        ("texas_bill.txt", ("us", "bill"), 4),
    ],
)
def test_a_print_is_read_with_its_sections_and_no_word_is_lost(name, jurisdiction_and_type, sections):
    reading = reading_of(name)

    assert (reading.jurisdiction, reading.type) == jurisdiction_and_type
    assert reading.counts["section"] == sections
    assert reading.words["problems"] == 0
    assert reading.flaws == ()


def test_a_bill_of_new_york_counts_its_own_sections_among_those_of_the_code():
    reading = reading_of("new_york_bill.txt")

    assert outline_of(reading) == [
        "sec_1",
        "sec_2",
        "sec_2__sec_1420",
        "sec_2__sec_1421",
        "sec_2__sec_1422",
        "sec_3",
        "sec_4",
    ]
    assert reading.number == "S. 9901--B"
    assert reading.title == (
        "AN ACT to amend the general business law, in relation to the keeping and use of automated lamps"
    )


def test_the_margin_and_the_heads_of_pages_are_no_law():
    reading = reading_of("new_york_bill.txt")

    law = " ".join(provision.text for provision in reading.walk())
    assert "EXPLANATION" not in law
    assert "9901--B" not in law
    assert "within partnership or association that does so" not in law
    assert '"Keeper" means a person that keeps lamps, and includes any company, partnership' in law


def test_a_word_parted_at_the_end_of_a_line_is_one_word():
    reading = reading_of("new_york_bill.txt")

    preamble = next(note.text for note in reading.front if note.name == "preamble")
    assert "represented in Senate and Assembly, do enact" in preamble


def test_a_bill_of_congress_has_its_titles_and_not_its_list_of_contents():
    reading = reading_of("gpo_bill.html")

    assert outline_of(reading) == ["sec_1", "title_I", "sec_101", "sec_102", "title_II", "sec_201"]
    assert reading.number == "118th CONGRESS H. R. 9901"
    assert reading.title == "To require the keeping of lamps by lighthouses and for other purposes."
    assert [authority.id for authority in reading.authorities] == ["us_congress"]
    quotation = next(p for root in reading.provisions for p in root.walk() if p.eid == "sec_102")
    assert any("RED LAMPS" in p.text for p in quotation.walk())


def test_a_rule_of_the_register_in_text_has_the_facts_of_its_xml():
    reading = reading_of("register_rule.html")

    assert reading.number == "2024-99134"
    assert reading.title == "Trade Regulation Rule on Lamps and Keepers"
    assert [authority.id for authority in reading.authorities] == ["us_ftc"]
    assert [(d.kind.value, d.on, d.eid) for d in reading.dates] == [
        ("published", date(2024, 2, 29), None),
        ("in_force", date(2024, 4, 1), None),
        ("in_force", date(2024, 10, 1), "sec_499.3"),
    ]
    assert [(relation.kind.value, relation.target) for relation in reading.relations] == [("amends", "16 CFR Part 499")]
    assert [definition.term for definition in reading.definitions] == ["Lamp", "Keeper"]


def test_an_instruction_of_a_rule_is_read_and_a_numbered_point_is_none():
    text = (FIXTURES / "register_rule.html").read_text()
    amended = text.replace(
        "PART 499--RULE ON LAMPS\n\nSec.\n499.1 Definitions.\n499.2 Lamps prohibited.\n499.3 Severability.\n\n",
        "PART 499--RULE ON LAMPS\n\n0\n1. The authority citation for part 499 continues to read as follows:\n\n",
    ).replace("Sec.  499.2", "0\n2. Revise Sec. 499.2 to read as follows:\n\n\nSec.  499.2", 1)
    reading = read(amended.encode())

    units = [provision.eid for provision in reading.provisions]
    assert units == ["para_1", "sec_499.1", "para_2", "sec_499.2", "sec_499.3"]
    assert reading.words["problems"] == 0


def test_a_code_section_of_utah_and_of_illinois_stands_in_the_section_that_sets_it_out():
    assert outline_of(reading_of("utah_bill.txt")) == [
        "sec_1",
        "sec_1__sec_13-99-101",
        "sec_2",
        "sec_2__sec_13-99-102",
        "sec_3",
    ]
    assert "sec_90__sec_2ee" in outline_of(reading_of("illinois_act.txt"))


def test_the_heading_of_a_subchapter_is_no_part_of_the_section_above_it():
    reading = reading_of("texas_bill.txt")

    section = next(p for root in reading.provisions for p in root.walk() if p.eid == "sec_2__sec_599.002")
    assert all("SUBCHAPTER B" not in p.text for p in section.walk())
    assert any("SUBCHAPTER B" in p.text for root in reading.provisions for p in root.walk())


def test_paragraphs_are_told_apart_by_how_far_they_are_set_in():
    text = "\n".join(
        [
            "    The keeper shall keep the lamp burning, and shall in",
            "accordance with paragraph",
            "(2) of this section write it down.",
            "    (b) The keeper may rest:",
            "            (1) on Sundays; and",
            "            (2) on days of fog, as section 12 of the",
            "        old act says.",
            "    (c) Nothing else is allowed.",
        ]
    )

    assert paragraphs(text)[0] == [
        "The keeper shall keep the lamp burning, and shall in accordance with paragraph (2) of this section write it "
        "down.",
        "(b) The keeper may rest:",
        "(1) on Sundays; and",
        "(2) on days of fog, as section 12 of the old act says.",
        "(c) Nothing else is allowed.",
    ]


def test_text_of_long_lines_is_of_no_fixed_width():
    line = "The keeper shall keep the lamp burning from dusk until dawn on every day of the year. " * 3

    assert not is_fixed_width("\n".join(["  Section 1. Lamps.", line] * 20))


def test_a_print_is_read_alike_with_and_without_its_markup():
    html = (FIXTURES / "gpo_bill.html").read_text()
    text = re.sub(r"<[^<>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">")

    assert outline_of(read(text.encode())) == outline_of(read(html.encode()))


NEW_YORK = """                           S T A T E   O F   N E W   Y O R K
 ________________________________________________________________________
                                         9999
                     I N   S E N A T E
                               January 9, 2031
                                ___________
Introduced  by Sen. LAMP -- read twice and ordered printed, and when printed
  to be committed to the Committee on Lights

AN ACT to amend the lamp law, in relation to the keeping of lamps at sea

  THE  PEOPLE OF THE STATE OF NEW YORK, REPRESENTED IN SENATE AND ASSEM-
BLY, DO ENACT AS FOLLOWS:

"""
NEW_YORK_BODY = """  Section 1. Short title. This act shall be known and may be  cited  as
the "lamp act".
  S 2. The lamp law is amended by adding a new section 399-Z to  read  as
follows:
  S 399-Z. LAMPS. 1. FOR THE PURPOSES OF THIS SECTION, "LAMP"  MEANS  A
LIGHT.
  2.  NO  KEEPER  SHALL  LEAVE  A LAMP UNLIT BETWEEN DUSK AND DAWN.
  S 3. Section 3 of the lamp law is REPEALED.
  S 4. This act shall take effect immediately.
"""


@pytest.mark.parametrize("is_numbered", [False, True])
def test_a_bill_of_new_york_that_spells_its_section_sign_is_read_with_and_without_numbers_of_lines(is_numbered):
    lines = NEW_YORK_BODY.splitlines()
    body = (
        "\n".join(f"{place:5}  {line.strip()}" for place, line in enumerate(lines, 1)) if is_numbered else NEW_YORK_BODY
    )

    bill = read((NEW_YORK + body).encode(), ReadingContext(jurisdiction="us"))

    assert [p.eid for p in bill.provisions] == ["sec_1", "sec_2", "sec_3", "sec_4"]
    assert not bill.flaws
