"""Instructions of US bills and session laws and of Indian notifications, applied to invented texts on lamps."""

import pytest

from storage.records import Reading
from tests.tracker.amending.lamp_law import reasons, words_of
from tracker.amending.consolidation import Consolidation, consolidate
from tracker.amending.errors import AbstainError
from tracker.amending.instructions.session_law import merge_print
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_RULES = """THE HARBOUR LAMPS RULES, 2021

1. Short title.—(1) These rules may be called the Harbour Lamps Rules, 2021.
(2) They shall come into force on the 1st day of May, 2021.
2. Duties of owners.—(1) Every owner shall,—
(a) light the lamp at dusk;
(b) keep a register of the oil burnt.
(2) The register shall be kept for five years.
3. Penalty.—Whoever contravenes rule 2 shall pay two hundred rupees within thirty days of the notice.
4. Notices.—A notice under this rule shall be served on the owner by the harbour master.
"""


def the_reading(text: str, jurisdiction: str) -> Reading:
    return read(text.encode(), ReadingContext(jurisdiction=jurisdiction))


def notify(*lines: str) -> Consolidation:
    with_number = "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 2))
    act = f"""THE HARBOUR LAMPS (AMENDMENT) RULES, 2025

1. Short title.—(1) These rules may be called the Harbour Lamps (Amendment) Rules, 2025.
(2) They shall come into force on the 1st day of June, 2025.
{with_number}
"""
    return consolidate(the_reading(_RULES, "in"), the_reading(act, "in"))


@pytest.mark.parametrize(
    ("line", "eid", "words"),
    [
        pytest.param(
            "In the Harbour Lamps Rules, 2021, in rule 3, for the words “two hundred rupees”, the words "
            "“five hundred rupees” shall be substituted.",
            "rule_3",
            "Penalty Whoever contravenes rule 2 shall pay five hundred rupees within thirty days of the notice.",
            id="words are substituted",
        ),
        pytest.param(
            "In the Harbour Lamps Rules, 2021, in rule 3, the words “of the notice” shall be omitted.",
            "rule_3",
            "Penalty Whoever contravenes rule 2 shall pay two hundred rupees within thirty days.",
            id="words are omitted",
        ),
        pytest.param(
            "In the Harbour Lamps Rules, 2021, in rule 3, after the words “thirty days”, the words “of service” shall "
            "be inserted.",
            "rule_3",
            "Penalty Whoever contravenes rule 2 shall pay two hundred rupees within thirty days of service of the "
            "notice.",
            id="words are inserted after others",
        ),
        pytest.param(
            "In the Harbour Lamps Rules, 2021, in rule 2, sub-rule (2) shall be omitted.",
            "rule_2__subsec_2",
            "",
            id="a sub-rule is omitted",
        ),
    ],
)
def test_an_indian_instruction_is_carried_out(line: str, eid: str, words: str) -> None:
    result = notify(line)

    assert reasons(result) == []
    assert words_of(result, eid) == words


def correct(*lines: str) -> Consolidation:
    act = (
        "MINISTRY OF HARBOURS\nCORRIGENDA\nNew Delhi, the 10th December, 2025\n"
        "G.S.R. 9(E).—In the notification of the Government of India, vide number G.S.R. 8 (E),–\n" + "\n".join(lines)
    )
    return consolidate(the_reading(_RULES, "in"), the_reading(act, "in"))


def test_a_corrigendum_corrects_words_that_stand_once() -> None:
    result = correct(
        "(i) in page 4, line 2, for “oil burnt”, read “oil burned”;",
        "(ii) in page 5, line 1, for “dusk”, read “sunset”.",
    )

    assert reasons(result) == []
    assert "light the lamp at sunset" in words_of(result, "rule_2")
    assert "oil burned" in words_of(result, "rule_2")


def test_words_that_stand_more_often_than_they_are_named_are_left_alone() -> None:
    result = correct(
        "(i) in page 4, line 2, for “notice”, read “summons”;", "(ii) in page 5, line 1, for “dusk”, read “sunset”."
    )

    assert [operation.why for operation in result.operations] == ["the words are found 2 times there", None]


def test_what_a_session_law_prints_is_held_against_the_text() -> None:
    old = "ON AND AFTER MAY 1, 2024, AN OWNER SHALL LIGHT EVERY LAMP."
    as_printed = "On and after JUNE 1, 2025, an owner shall light every lamp."

    assert (
        merge_print(old, as_printed, ["May", "1, 2024"])
        == "ON AND AFTER JUNE 1, 2025, AN OWNER SHALL LIGHT EVERY LAMP."
    )


@pytest.mark.parametrize(
    ("as_printed", "why"),
    [
        pytest.param("On and after May 1, 2024, an owner shall light a lamp.", "struck", id="gone and not struck"),
        pytest.param(
            "On and after May 1, 2024, an owner shall always light every lamp.",
            "capitals",
            id="new and not in capitals",
        ),
    ],
)
def test_another_difference_of_a_session_law_is_abstained_from(as_printed: str, why: str) -> None:
    with pytest.raises(AbstainError, match=why):
        merge_print("ON AND AFTER MAY 1, 2024, AN OWNER SHALL LIGHT EVERY LAMP.", as_printed, [])


_ACT_OF_LAMPS = """HARBOR LAMPS ACT

SECTION 1. SHORT TITLE.
This Act may be cited as the "Harbor Lamps Act".

SEC. 2. DUTIES OF OWNERS.
(a) In General.—An owner shall—
(1) light the lamp at dusk;
(2) keep a register of the oil; and
(3) train the crew.
(b) Reports.—Not later than 30 days after an accident, the owner shall report to the Secretary.
(c) Waiver.—The Secretary may waive subsection (a).

SEC. 3. PENALTIES.
A person who violates section 2 shall pay a fine of not more than $500.
"""
_BILL = """119th CONGRESS 1st Session H. R. 77
A BILL
To amend the Harbor Lamps Act to protect harbors.

Be it enacted by the Senate and House of Representatives of the United States of America in Congress assembled,

SECTION 1. SHORT TITLE.
This Act may be cited as the "Better Lamps Act of 2025".

SEC. 2. AMENDMENTS.
(a) Duties.—Section 2 of the Harbor Lamps Act is amended—
(1) in subsection (a)—
(A) in paragraph (2), by striking “and” at the end;
(B) in paragraph (3), by striking the period at the end and inserting “; and”; and
(C) by adding at the end the following:
“(4) mark each lamp with a number.”;
(2) in subsection (b), by striking “30 days” and inserting “10 days”; and
(3) by striking subsection (c) and inserting the following:
“(c) Waiver.—The Secretary may waive subsection (a) in ice.”.
(b) Penalties.—Section 3 of the Harbor Lamps Act is amended by inserting “knowingly” after “who”.
(c) New section.—The Harbor Lamps Act is amended by inserting after section 2 the following new section:
“SEC. 2A. TRAINING.
“(a) In General.—The Secretary shall train keepers.
“(b) Cost.—Training is free.”.
"""


def apply_bill(old: str = "", new: str = "") -> Consolidation:
    return consolidate(
        the_reading(_ACT_OF_LAMPS, "us"), the_reading(_BILL.replace(old, new, 1) if old else _BILL, "us")
    )


def test_a_bill_strikes_inserts_and_adds_level_by_level() -> None:
    result = apply_bill()

    assert reasons(result) == []
    assert [words_of(result, f"sec_2__subsec_a__para_{number}") for number in range(1, 5)] == [
        "light the lamp at dusk;",
        "keep a register of the oil;",
        "train the crew; and",
        "mark each lamp with a number.",
    ]
    assert "10 days" in words_of(result, "sec_2__subsec_b")
    assert words_of(result, "sec_2__subsec_c").endswith("in ice.")
    assert "who knowingly violates" in words_of(result, "sec_3")


def test_a_bill_puts_a_new_section_behind_the_one_it_names() -> None:
    result = apply_bill()

    assert [provision.eid for provision in result.text.provisions] == ["sec_1", "sec_2", "sec_2a", "sec_3"]
    assert words_of(result, "sec_2a__subsec_b") == "Cost.—Training is free."


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param("by striking “30 days”", "by striking “40 days”", "not found", id="words not there"),
        pytest.param("striking “and” at the end", "striking “oil” at the end", "at the end", id="words not at the end"),
        pytest.param("by striking subsection (c)", "by striking subsection (k)", "no subsections", id="no such place"),
    ],
)
def test_a_bill_that_does_not_fit_leaves_the_section_whole(old: str, new: str, why: str) -> None:
    result = apply_bill(old, new)

    assert any(why.removesuffix("s") in reason for reason in reasons(result))
    assert words_of(result, "sec_2") == words_of(consolidate(result.base, result.base), "sec_2")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("the Greater Harbor Lamps Act", id="an act whose name holds ours"),
        pytest.param("title 33, United States Code", id="a title of the code"),
    ],
)
def test_what_a_bill_does_to_another_act_is_passed_over(other: str) -> None:
    bill = _BILL.replace("Section 3 of the Harbor Lamps Act", f"Section 3 of {other}")

    result = consolidate(the_reading(_ACT_OF_LAMPS, "us"), the_reading(bill, "us"))

    assert "knowingly" not in words_of(result, "sec_3")
    assert "10 days" in words_of(result, "sec_2__subsec_b")


_NOTIFICATION = """THE HARBOUR LAMPS (AMENDMENT) RULES, 2025

1. Short title.—(1) These rules may be called the Harbour Lamps (Amendment) Rules, 2025.
(2) They shall come into force on the 1st day of June, 2025.
2. In the Harbour Lamps Rules, 2021 (hereinafter referred to as the said rules), in rule 2,—
(a) in sub-rule (1), after clause (b), the following clause shall be inserted, namely:—
“(c) mark each lamp with a number.”;
(b) for sub-rule (2), the following sub-rule shall be substituted, namely:—
“(2) The register shall be kept for seven years.”.
3. In the said rules, in rule 3, for the words “thirty days”, the words “ten days” shall be substituted.
4. In the said rules, after rule 3, the following rule shall be inserted, namely:—
“3A. Appeals.—(1) An appeal lies to the Board.
(2) It shall be decided within sixty days.”.
5. In the said rules, rule 4 shall be omitted.
"""


def test_a_notification_inserts_substitutes_and_omits() -> None:
    result = consolidate(the_reading(_RULES, "in"), the_reading(_NOTIFICATION, "in"))

    assert reasons(result) == []
    assert words_of(result, "rule_2__subsec_1__clause_c") == "mark each lamp with a number."
    assert words_of(result, "rule_2__subsec_2") == "The register shall be kept for seven years."
    assert words_of(result, "rule_3a__subsec_2") == "It shall be decided within sixty days."
    assert words_of(result, "rule_4") == ""


_PRINTED_PLAIN = """119th CONGRESS 1st Session H. R. 77
A BILL
To amend the Harbor Lamps Act to protect harbors.

Be it enacted by the Senate and House of Representatives of the United States of America in Congress assembled,

SECTION 1. SHORT TITLE.
    This Act may be cited as the ``Better Lamps Act of 2025''.

SEC. 2. AMENDMENTS.
    (a) Duties.--Section 2 of the Harbor Lamps Act (33 U.S.C. 1602)
is amended--
            (1) in subsection (a)--
                    (A) in paragraph (2), by striking ``and'' at the
                end; and
                    (B) in paragraph (3), by striking ``crew'' and inserting ``men''; and
            (2) by adding at the end the following:
    ``(d) Fees.--
            ``(1) In general.--The Secretary may charge a fee.
            ``(2) Use.--Fees shall be used for lamps.''.
"""


def test_a_bill_in_plain_print_is_read_across_its_lines() -> None:
    result = consolidate(the_reading(_ACT_OF_LAMPS, "us"), the_reading(_PRINTED_PLAIN, "us"))

    assert reasons(result) == []
    assert words_of(result, "sec_2__subsec_a__para_2") == "keep a register of the oil;"
    assert words_of(result, "sec_2__subsec_a__para_3") == "train the men."
    assert words_of(result, "sec_2__subsec_d__para_2") == "Use.—Fees shall be used for lamps."


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("In paragraph (2), by striking “oil”.", id="no act and no section"),
        pytest.param(
            "Section 3 of Public Law 99-1 is amended by striking “$500” and inserting “$900”.", id="public law"
        ),
    ],
)
def test_an_instruction_that_names_no_section_of_ours_changes_no_section(line: str) -> None:
    bill = _BILL.split("(a) Duties.", maxsplit=1)[0] + line

    result = consolidate(the_reading(_ACT_OF_LAMPS, "us"), the_reading(bill, "us"))

    assert result.text.provisions == result.base.provisions
