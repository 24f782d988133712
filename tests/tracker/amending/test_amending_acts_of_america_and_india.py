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


def notified(*lines: str) -> Consolidation:
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
    result = notified(line)

    assert reasons(result) == []
    assert words_of(result, eid) == words


def corrected(*lines: str) -> Consolidation:
    act = (
        "MINISTRY OF HARBOURS\nCORRIGENDA\nNew Delhi, the 10th December, 2025\n"
        "G.S.R. 9(E).—In the notification of the Government of India, vide number G.S.R. 8 (E),–\n" + "\n".join(lines)
    )
    return consolidate(the_reading(_RULES, "in"), the_reading(act, "in"))


def test_a_corrigendum_corrects_words_that_stand_once() -> None:
    result = corrected(
        "(i) in page 4, line 2, for “oil burnt”, read “oil burned”;",
        "(ii) in page 5, line 1, for “dusk”, read “sunset”.",
    )

    assert reasons(result) == []
    assert "light the lamp at sunset" in words_of(result, "rule_2")
    assert "oil burned" in words_of(result, "rule_2")


def test_words_that_stand_more_often_than_they_are_named_are_left_alone() -> None:
    result = corrected(
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
