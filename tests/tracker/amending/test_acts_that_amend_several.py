"""Acts that amend several laws at once: what they do to others is passed over, however it is set out."""

from __future__ import annotations

import pytest

from tests.tracker.amending.lamp_law import LAMPS, reasons, union_act, words_of
from tests.tracker.amending.test_amending_decisions_of_china import _BASE, the_reading
from tracker.amending.consolidation import Consolidation, consolidate

_HEAD = """# 国务院关于修改部分行政法规的决定

2025年3月1日发布

为了推进简政放权，国务院对有关行政法规进行了清理。经过清理，决定对三部行政法规的部分条款予以修改，各地区、各部门应当做好实施工作，并将实施情况报告国务院。

"""
_LAST = "\n\n本决定自2025年6月1日起施行。"


def decide(text: str) -> Consolidation:
    return consolidate(the_reading(_BASE), the_reading(_HEAD + text + _LAST))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "一、将《船舶管理条例》第五条修改为：“船舶登记保存九年。”\n\n二、将《港口灯具管理条例》第五条修改为：“登记保存七年。”"
            "\n\n删去第四条。\n\n三、删去《航道条例》第三条。",
            id="each item names its law",
        ),
        pytest.param(
            "一、对《船舶管理条例》作出修改\n\n（一）删去第三条。\n\n二、对《港口灯具管理条例》作出修改"
            "\n\n（一）第五条修改为：“登记保存七年。”\n\n（二）删去第四条。\n\n三、对《航道条例》作出修改\n\n（一）删去第二条。",
            id="an item for each law",
        ),
    ],
)
def test_a_decision_on_several_regulations_changes_only_ours(text: str) -> None:
    result = decide(text)

    assert reasons(result) == []
    assert words_of(result, "art_5") == "登记保存七年。"
    assert words_of(result, "art_4") == ""
    assert words_of(result, "art_3") == words_of(consolidate(result.base, result.base), "art_3")
    assert len(result.operations) == 2


def test_a_decision_on_several_regulations_that_names_none_of_ours_does_nothing() -> None:
    result = decide("一、将《船舶管理条例》第五条修改为：“略。”\n\n二、第四条中的“二百元”修改为“三百元”。")

    assert result.operations == ()


def test_a_decision_on_another_law_does_nothing_to_ours() -> None:
    act = the_reading(_HEAD.replace("部分行政法规", "《船舶管理条例》") + "一、删去第三条。" + _LAST)

    assert consolidate(the_reading(_BASE), act).operations == ()


def test_an_act_of_the_union_on_two_regulations_changes_only_ours() -> None:
    act = union_act(
        """# Article 1|Amendments to Regulation (EU) 2023/5
        Regulation (EU) 2023/5 is amended as follows:
        (1) Article 2 is deleted;
        # Article 2|Amendments to Regulation (EU) 2024/77
        Regulation (EU) 2024/77 is amended as follows:
        (1) Article 3 is deleted.
        # Article 3|Entry into force
        This Regulation shall enter into force on 2 June 2025.""",
        title="REGULATION (EU) 2025/12 OF THE HARBOURS amending Regulations (EU) 2024/77 and (EU) 2023/5",
    )

    result = consolidate(LAMPS, act)

    assert [operation.target_eid for operation in result.operations] == ["art_3"]
    assert words_of(result, "art_2")


@pytest.mark.parametrize(
    ("point", "why"),
    [
        pytest.param("in Article 3, ‘fine’ is replaced by ‘fee’, with the necessary grammatical changes;", "says more"),
        pytest.param("in Article 3, ‘each lamp’ is replaced by ‘a lamp’ with effect from 1 May 2030;", "says more"),
        pytest.param(
            "in Article 2, the definition of ‘lamp’ is replaced by the following: / ‘(1) x;’;", "is not defined there"
        ),
    ],
)
def test_what_says_more_than_was_read_is_left_open(point: str, why: str) -> None:
    act = union_act(
        f"""# Article 1|Amendments
        Regulation (EU) 2024/77 is amended as follows:
        (1) {point}
        # Article 2|Entry into force
        This Regulation shall enter into force on 2 June 2025.""",
        title="REGULATION (EU) 2025/12 OF THE HARBOURS amending Regulation (EU) 2024/77",
    )

    result = consolidate(LAMPS, act)

    assert any(why in reason for reason in reasons(result))
    assert result.text.provisions == result.base.provisions
