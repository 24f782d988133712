"""Places named by their words (a definition, a row of a table), several places of one sentence, and corrigenda."""

from __future__ import annotations

import pytest

from benchmarks.amendments.judge import judge
from benchmarks.amendments.labels import LabelledInstruction

_LIGHTS = "eu_en.lights"


def label(
    text: str, *texts: tuple[str, str], why: str | None = None, frame: str = "", base: str = _LIGHTS
) -> LabelledInstruction:
    return LabelledInstruction(base, 1, text, (), texts, why, frame)


@pytest.mark.parametrize(
    ("text", "eid", "words"),
    [
        pytest.param(
            "in Article 2, in the definition of ‘buoy’, the words ‘that floats’ are replaced by ‘at sea’;",
            "art_2__point_2",
            "‘buoy’ means a light at sea;",
            id="words of a definition",
        ),
        pytest.param(
            "in Article 2, the definition of ‘beacon’ is replaced by the following: ⏎ ‘‘beacon’ means a fire;’;",
            "art_2__point_1",
            "‘beacon’ means a fire;",
            id="a definition",
        ),
        pytest.param(
            "in the table in Annex I, the entry for ‘red’ is replaced by the following: ⏎ ‘red | 6 | port’;",
            "anx_I__para_2",
            "red | 6 | port",
            id="a row",
        ),
        pytest.param(
            "in the table in Annex I, the following row is inserted after the entry for ‘red’: ⏎ ‘pink | 6 | port’;",
            "anx_I__para_3",
            "pink | 6 | port",
            id="a row behind another",
        ),
        pytest.param(
            "in Article 3(2), point (a), and Article 5(1), the word ‘each’ is replaced by ‘every’;",
            "art_3__para_2__point_a",
            "inspect the beacon every week;",
            id="two places",
        ),
    ],
)
def test_a_place_named_by_its_words_is_found(text: str, eid: str, words: str) -> None:
    finding = judge(label(text, (eid, words)))

    assert finding.texts[eid] == words
    assert [operation.why for operation in finding.operations if operation.why] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("in Article 2, the definition of ‘mast’ is deleted;", "is not defined there"),
        ("in Annex II, in the table, the row for ‘red’ is deleted;", "no table"),
        ("in the table in Annex I, the row for ‘pink’ is deleted;", "there is no row"),
        ("in the table in Annex I, the following row is added: ⏎ ‘blue | 3’;", "as many cells"),
        ("in the table in Annex I, the second row is deleted;", "which row"),
        ("in Article 3(1) and Article 6, the word ‘dusk’ is replaced by ‘dawn’;", "is open"),
        ("point (a) of Article 3(2) is deleted and Article 5(2) becomes Article 5(3);", "several things"),
        ("Article 3(3) and Article 5(2) are replaced by the following: ⏎ ‘3. Nothing.’;", "more than one place"),
        ("in Article 4, second paragraph, point (a), the following is added: ⏎ ‘and of buoys’;", "is not named"),
    ],
)
def test_what_is_not_sure_changes_nothing(text: str, why: str) -> None:
    finding = judge(label(text, why=why))

    assert not finding.is_wrong
    assert finding.is_right, [operation.why for operation in finding.operations]


@pytest.mark.parametrize("between", ["\n", " "])
@pytest.mark.parametrize(
    ("language", "place", "swap"),
    [
        ("en", "On page 4, Article 3(1):", ("for:", "read:")),
        ("en", "On pages 4 and 5, in Article 3, paragraph 1:", ("for", "read")),
    ],
)
def test_a_corrigendum_is_read_in_every_shape(language: str, place: str, swap: tuple[str, str], between: str) -> None:
    del language
    text = f"{place}\n{swap[0]}{between}‘at dusk’,\n{swap[1]}{between}‘at sunset’."
    eid, words = "art_3__para_1", "The operator of a beacon shall light it at sunset and shall put it out at dawn."

    assert judge(label(text, (eid, words), frame="corrigendum")).texts[eid] == words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("On page 2, recital 3:\nfor: ‘dusk’,\nread: ‘dawn’.", "says more"),
        ("On page 4, Article 3(1):\nfor: ‘The … dawn.’,\nread: ‘A … dawn.’.", "shows only a part"),
        ("On page 4, Article 5:\nfor: ‘EUR 40’,\nread: ‘EUR 4’.", "found 2 times"),
        ("On page 4, Article 3(2):\nfor: ‘(b) keep a log;’,\nread: ‘(d) keep a log;’.", "a number itself"),
        ("On page 4, Article 6 should read as follows: ‘There is none.’.", "no for and read"),
    ],
)
def test_a_correction_that_is_not_sure_is_left_open(text: str, why: str) -> None:
    finding = judge(label(text, why=why, frame="corrigendum"))

    assert finding.is_right, [operation.why for operation in finding.operations]


def test_a_corrigendum_to_another_act_corrects_nothing_of_ours() -> None:
    text = "On page 4, Article 3(1):\nfor: ‘at dusk’,\nread: ‘at sunset’."

    assert judge(label(text, why="", frame="corrigendum_to_another")).operations == ()
