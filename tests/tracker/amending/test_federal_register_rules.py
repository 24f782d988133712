"""Amendatory instructions of Federal Register rules, applied to an invented part on lamps."""

import pytest

from storage.records import Reading
from tests.tracker.amending.lamp_law import reasons, words_of
from tracker.amending.consolidation import Consolidation, consolidate
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_PART = """<?xml version="1.0"?>
<DIV5 N="9301" TYPE="PART"><HEAD>PART 9301&#x2014;HARBOR LAMPS</HEAD>
<DIV6 N="A" TYPE="SUBPART"><HEAD>Subpart A&#x2014;General</HEAD>
<DIV8 N="9301.1" TYPE="SECTION"><HEAD>&#xA7; 9301.1 Scope.</HEAD>
<P>(a) This part applies to a lamp in a harbor.</P>
<P>(b) This part does not apply to a lamp on a ship.</P></DIV8></DIV6>
<DIV6 N="B" TYPE="SUBPART"><HEAD>Subpart B&#x2014;Duties</HEAD>
<DIV8 N="9301.10" TYPE="SECTION"><HEAD>&#xA7; 9301.10 Duties of owners.</HEAD>
<P>(a) An owner must light each lamp at dusk.</P><P>(b) An owner must&#x2014;</P>
<P>(1) Keep a register for 3 years; and</P><P>(2)(i) Trim the wick; or</P><P>(ii) Replace the wick.</P></DIV8>
<DIV8 N="9301.12" TYPE="SECTION"><HEAD>&#xA7; 9301.12 Penalty.</HEAD>
<P>An owner who violates this part is liable to a penalty of $500.</P></DIV8></DIV6></DIV5>
"""
_RULE = """<RULE><PREAMB><AGENCY TYPE="F">HARBOR COMMISSION</AGENCY><CFR>33 CFR Part 9301</CFR>
<SUBJECT>Harbor Lamps</SUBJECT>
<ACT><HD SOURCE="HED">ACTION:</HD><P>Final rule.</P></ACT>
<EFFDATE><HD SOURCE="HED">DATES:</HD><P>This rule is effective January 1, 2027.</P></EFFDATE></PREAMB><SUPLINF>
<REGTEXT TITLE="33" PART="9301">
<AMDPAR>1. The authority citation for part 9301 continues to read as follows:</AMDPAR>
<AUTH><HD SOURCE="HED">Authority:</HD><P>33 U.S.C. 1.</P></AUTH></REGTEXT>
<REGTEXT TITLE="33" PART="9301">{}</REGTEXT></SUPLINF><FRDOC>[FR Doc. 2026-1 Filed 1-1-26; 8:45 am]</FRDOC></RULE>
"""


def the_reading(text: str) -> Reading:
    return read(text.encode(), ReadingContext(jurisdiction="us"))


def apply_rule(
    instruction: str, *own_lines: str, section: str = "9301.10", heading: str = "Duties of owners."
) -> Consolidation:
    lines = "".join("<STARS/>" if line == "*" else f"<P>{line}</P>" for line in own_lines)
    text = f"<SECTION><SECTNO>§ {section}</SECTNO><SUBJECT>{heading}</SUBJECT>{lines}</SECTION>" if own_lines else ""
    steps = "".join(f"<AMDPAR>{step.strip()}</AMDPAR>" for step in instruction.split("|"))
    return consolidate(the_reading(_PART), the_reading(_RULE.format(steps + text)))


def test_paragraphs_are_revised_and_what_is_printed_with_stars_stays() -> None:
    result = apply_rule(
        "2. Amend § 9301.10 by revising paragraphs (b)(1) and (b)(2)(ii) and adding paragraph (c) to read as follows:",
        "*",
        "(b) * * *",
        "(1) Keep a register for 9 years; and",
        "(2) * * *",
        "(ii) Renew the wick.",
        "(c) Lamps must be clean.",
    )

    assert reasons(result) == []
    assert words_of(result, "sec_9301.10__para_b") == (
        "An owner must— Keep a register for 9 years; and Trim the wick; or Renew the wick."
    )
    assert words_of(result, "sec_9301.10__para_c") == "Lamps must be clean."
    assert words_of(result, "sec_9301.10__para_a") == "An owner must light each lamp at dusk."


def test_lettered_instructions_stand_in_the_section_of_the_numbered_one() -> None:
    result = apply_rule(
        "2. Amend § 9301.1 by: | a. Redesignating paragraph (b) as paragraph (c); and | b. Adding new paragraph (b).",
        "*",
        "(b) This part applies to a pier.",
        "*",
        section="9301.1",
        heading="Scope.",
    )

    assert reasons(result) == []
    assert words_of(result, "sec_9301.1__para_b") == "This part applies to a pier."
    assert words_of(result, "sec_9301.1__para_c") == "This part does not apply to a lamp on a ship."


@pytest.mark.parametrize(
    ("instruction", "lines", "eid", "words"),
    [
        pytest.param(
            "2. In § 9301.10, revise paragraph (b) introductory text to read as follows:",
            ["*", "(b) Each owner must—", "*"],
            "sec_9301.10__para_b",
            "Each owner must— Keep a register for 3 years; and Trim the wick; or Replace the wick.",
            id="introductory text",
        ),
        pytest.param(
            "2. In § 9301.10, paragraphs (b)(2)(i) and (ii) are revised to read as follows:",
            ["*", "(b) * * *", "(2)(i) Cut the wick; or", "(ii) Burn the wick."],
            "sec_9301.10__para_b__subpara_2",
            "Cut the wick; or Burn the wick.",
            id="a number that goes on at its depth",
        ),
        pytest.param(
            "2. In § 9301.12, remove “$500” and add in its place “$900”.",
            [],
            "sec_9301.12",
            "Penalty. An owner who violates this part is liable to a penalty of $900.",
            id="words in their place",
        ),
        pytest.param(
            "2. In § 9301.10(b)(1), remove “3 years” and add “5 years” in its place.",
            [],
            "sec_9301.10__para_b__subpara_1",
            "Keep a register for 5 years; and",
            id="words with the place behind",
        ),
        pytest.param("2. Remove § 9301.12.", [], "sec_9301.12", "", id="a section removed"),
        pytest.param(
            "2. Remove and reserve paragraph (a) of § 9301.10.",
            [],
            "sec_9301.10__para_a",
            "[Reserved]",
            id="a paragraph reserved",
        ),
    ],
)
def test_an_instruction_is_carried_out(instruction: str, lines: list[str], eid: str, words: str) -> None:
    result = apply_rule(instruction, *lines)

    assert reasons(result) == []
    assert words_of(result, eid) == words


def test_a_new_section_goes_into_the_subpart_of_its_neighbours() -> None:
    result = apply_rule(
        "2. Add § 9301.13 to read as follows:", "An owner must report.", section="9301.13", heading="Reports."
    )

    assert reasons(result) == []
    assert words_of(result, "sec_9301.13") == "Reports. An owner must report."
    assert result.text.provisions[-1].children[-1].eid == "sec_9301.13"


@pytest.mark.parametrize(
    ("instruction", "lines", "why"),
    [
        pytest.param(
            "2. Revise paragraph (b) of § 9301.10 to read as follows:",
            ["*", "(b) An owner must not sleep.", "*"],
            "whether what is not printed stays",
            id="stars that may stand for paragraphs",
        ),
        pytest.param(
            "2. Effective May 1, 2030, revise paragraph (a) of § 9301.10 to read as follows:",
            ["(a) Never.", "*"],
            "says more",
            id="a day of its own",
        ),
        pytest.param("2. In § 9301.10, remove the last sentence of paragraph (a).", [], "says more", id="a sentence"),
        pytest.param("2. Remove paragraph (b).", [], "no section", id="no section"),
        pytest.param("2. Revise paragraph (a) of § 9301.10.", [], "not printed", id="nothing printed"),
    ],
)
def test_what_is_not_sure_is_left_open(instruction: str, lines: list[str], why: str) -> None:
    result = apply_rule(instruction, *lines)

    assert any(why in reason for reason in reasons(result))
    assert result.text.provisions == result.base.provisions


def test_what_a_rule_does_to_another_part_is_passed_over() -> None:
    result = apply_rule("2. Section 9401.12 is removed.")

    assert result.operations == ()
    assert result.text.provisions == result.base.provisions
