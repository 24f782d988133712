"""What a lawyer looks for first is told, there and back: nothing false, nothing as mere wording."""

import tomllib
from pathlib import Path

import pytest

from tests.tracker.weigh.test_claims import change_of

EDITS = tomllib.loads((Path(__file__).parent / "there_and_back.toml").read_text(encoding="utf-8"))["edit"]
every_edit = pytest.mark.parametrize("edit", [pytest.param(edit, id=edit["id"]) for edit in EDITS])


def story(old, new, language):
    changes = change_of(old, new, language).changes
    return "; ".join(change.explanation for change in changes), changes[0].weight.value


@every_edit
def test_an_edit_is_told_as_a_lawyer_would_put_it(edit):
    assert story(edit["old"], edit["new"], edit["language"]) == (edit["there"], edit["weight"])


@every_edit
def test_an_edit_taken_back_is_told_the_other_way_round_and_weighs_as_much(edit):
    assert story(edit["new"], edit["old"], edit["language"]) == (edit["back"], edit.get("weight_back", edit["weight"]))


@every_edit
def test_nothing_is_told_of_words_that_stay_as_they_are(edit):
    assert story_of_nothing(edit["old"], edit["language"]) == story_of_nothing(edit["new"], edit["language"]) == ()


def story_of_nothing(text, language):
    return change_of(text, text, language).changes
