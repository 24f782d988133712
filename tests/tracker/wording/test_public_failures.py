"""What readers are told of a problem is a sentence's end, never a label."""

import pytest

from crawlers.failure_causes import Cause, stage_of
from storage.records import Stage
from tracker.wording.public_failures import setback


@pytest.mark.parametrize("cause", Cause)
def test_every_failed_look_has_words(cause):
    words = setback(cause.value, stage_of(cause.value))
    assert len(words.split()) >= 4
    assert not words.endswith(".")


@pytest.mark.parametrize("stage", Stage)
def test_a_label_of_tomorrow_is_told_as_its_stage(stage):
    assert len(setback("a label of tomorrow", stage).split()) >= 4


def test_a_version_in_quarantine_waits_for_a_person():
    assert "a person has checked it" in setback("collapse", Stage.PAGE)
