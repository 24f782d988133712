"""What base and act print of each other's standing is told with every computed text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.records import Note, Reading
from tests.tracker.amending.lamp_law import LAMPS, amending_act
from tests.tracker.amending.test_amending_decisions_of_china import the_reading
from tracker.amending.consolidation import consolidate
from tracker.amending.consolidation_json import consolidation_json
from tracker.amending.pending.base_standing import standing_notes

_POINT = "in Article 2, paragraph 3 is deleted;"
_HEADER = "02024R0077 — EN — {} — 002.001\nThis text is meant purely as a documentation tool"


def lamps(header: str = "", marks: str = "") -> Reading:
    notes = [Note("page header", _HEADER.format(header))] if header else []
    notes += [Note("amendment mark", marks)] if marks else []
    return replace(LAMPS, furniture=tuple(notes))


def rules(words: str, *, of: str) -> Reading:
    return replace(the_reading(words), jurisdiction="in", number=of)


def test_a_base_older_than_the_act_says_what_it_cannot_know() -> None:
    (note,) = standing_notes(lamps("01.02.2025"), amending_act(_POINT))

    assert "stands as of 2025-02-01" in note
    assert "2025-06-02" in note


@pytest.mark.parametrize(
    "base",
    [
        pytest.param(lamps("02.06.2025"), id="edition of the day itself"),
        pytest.param(lamps(), id="no consolidated edition"),
        pytest.param(lamps("", "▼M1 (32025R0013: REPLACED)"), id="amended by another act of the year"),
    ],
)
def test_a_base_that_shows_nothing_of_the_kind_gives_no_note(base: Reading) -> None:
    assert standing_notes(base, amending_act(_POINT)) == ()


def test_a_base_that_names_the_act_among_its_amenders_may_hold_it_already() -> None:
    (note,) = standing_notes(lamps("", "▼M1 (32025R0012: REPLACED)"), amending_act(_POINT))

    assert "may hold these changes already" in note


@pytest.mark.parametrize(
    ("marks", "gap"),
    [("", True), ("▼M1 (32024R0911: REPLACED)", False), ("▼M1 (32024R0912: REPLACED)", True)],
)
def test_the_last_amendment_the_act_names_must_show_in_the_base(marks: str, gap: bool) -> None:
    act = amending_act(_POINT, last="Regulation (EU) 2024/77 was last amended by Regulation (EU) 2024/911.")

    assert any("2024/911" in note for note in standing_notes(lamps("", marks), act)) is gap


def test_what_is_said_of_another_act_is_not_held_against_the_base() -> None:
    act = amending_act(_POINT, last="Regulation (EU) 2020/5 was last amended by Regulation (EU) 2024/911.")

    assert standing_notes(lamps(), act) == ()


@pytest.mark.parametrize(("note", "gap"), [("", True), ("Amended by G.S.R. 81(E), 2023.", False)])
def test_a_gazette_footnote_names_the_last_amendment(note: str, gap: bool) -> None:
    act = the_reading(
        "删去第三条。\n\nNote: The principal rules were published vide number G.S.R. 70(E)"
        " and last amended vide notification number G.S.R. 81(E)."
    )

    assert bool(standing_notes(rules(f"第一条　灯。{note}", of="G.S.R. 70(E)"), act)) is gap


def test_apply_prints_the_notes() -> None:
    shape = consolidation_json(consolidate(lamps("01.02.2025"), amending_act(_POINT)))

    assert "2025-02-01" in shape["notes"][0]
    assert shape["official"] is False
