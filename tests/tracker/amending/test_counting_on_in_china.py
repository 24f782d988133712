"""Chapters, parted articles, items and paragraphs that count on: held against the number the decision says."""

from __future__ import annotations

import pytest

from tests.tracker.amending.lamp_law import reasons, words_of
from tests.tracker.amending.test_amending_decisions_of_china import the_reading
from tracker.amending.consolidation import Consolidation, consolidate

_BASE = """港口灯塔管理条例

2019年1月1日发布

第一章　总则

第一条　为了规范港口灯塔管理，保障港口和航道的航行安全，制定本条例。

第二条　灯塔的管理，适用本条例。

渔港灯塔的管理，不适用本条例。

第二章　管理

第三条　灯塔所有人应当履行下列义务：

（一）每日检查；

（二）建立档案；

（三）培训看守人。

第四条　违反本条例第三条规定的，给予警告。

第三章　附则

第五条　本条例自2019年5月1日起施行。
"""
_ORDER = """中华人民共和国国务院令

第778号

《国务院关于修改〈港口灯塔管理条例〉的决定》已经国务院第78次常务会议通过，现予公布。

总理　灯明

2025年3月1日

国务院关于修改《港口灯塔管理条例》的决定

为了进一步加强港口灯塔的管理，保障船舶航行和停泊的安全，国务院决定对《港口灯塔管理条例》作如下修改：

"""
_LAST = "\n\n本决定自2025年6月1日起施行。\n\n《港口灯塔管理条例》根据本决定作相应修改并对条文顺序作相应调整，重新公布。"


def decide(text: str) -> Consolidation:
    return consolidate(the_reading(_BASE), the_reading(_ORDER + text + _LAST))


def test_a_decision_of_one_item_under_its_order_is_read() -> None:
    result = decide("一、第三条第一项修改为：“（一）每周检查；”。")

    assert reasons(result) == []
    assert words_of(result, "art_3__item_1") == "每周检查；"


def test_a_new_chapter_stands_behind_the_one_named_and_the_others_count_on() -> None:
    result = decide("一、在第二章后增加一章，作为第三章：“第三章　应急\n“第五条　制定应急预案。\n“第六条　参加演练。”")

    headings = [(p.label, p.heading) for p in result.text.provisions if p.kind.value == "chapter"]
    assert headings == [("第一章", "总则"), ("第二章", "管理"), ("第三章", "应急"), ("第四章", "附则")]
    assert [child.eid for child in result.text.provisions[2].children] == ["art_5", "art_6"]
    assert words_of(result, "art_7") == "本条例自2019年5月1日起施行。"


def test_a_chapter_that_does_not_bear_the_number_of_its_place_is_left_open() -> None:
    result = decide("一、在第一章后增加一章，作为第三章：“第三章　应急\n“第三条　制定应急预案。”")

    assert reasons(result) == ["the new chapter does not bear the number of its place"]
    assert result.text.provisions == result.base.provisions


def test_an_article_parted_in_two_moves_those_behind_and_references_follow() -> None:
    result = decide(
        "一、将第二条分为两条，作为第二条、第三条，修改为：\n“第二条　适用本条例。\n“第三条　渔港灯塔除外。”"
    )

    assert reasons(result) == []
    assert words_of(result, "art_3") == "渔港灯塔除外。"
    assert words_of(result, "art_5") == "违反本条例第四条规定的，给予警告。"


@pytest.mark.parametrize(
    ("text", "eid", "words"),
    [
        ("一、删去第三条第二项，第三项改为第二项。", "art_3__item_2", "培训看守人。"),
        ("一、删去第三条第三项。", "art_3__item_2", "建立档案。"),
        (
            "一、将第二条第二款改为第三款，增加一款，作为第二款：“军港除外。”",
            "art_2__para_3",
            "渔港灯塔的管理，不适用本条例。",
        ),
        (
            "一、第二条第二款改为第三款，修改为：“渔港除外。”，增加一款，作为第二款：“军港除外。”",
            "art_2__para_3",
            "渔港除外。",
        ),
    ],
    ids=["item taken out", "last item taken out", "paragraph moved on", "paragraph moved on and reworded"],
)
def test_what_stands_behind_counts_on(text: str, eid: str, words: str) -> None:
    result = decide(text)

    assert reasons(result) == []
    assert words_of(result, eid) == words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("一、将第二条第二款改为第四款。", "it would become number 2, not 4"),
        ("一、删去第三条第一项，第三项改为第三项。", "it would become number 2, not 3"),
        ("一、删去第二条第二款第一句。", "the clause says more than could be read"),
        ("一、删去第四条后段。", "the clause says more than could be read"),
        ("一、将第二条第二款移至第三条。", "the clause says more than could be read"),
    ],
)
def test_what_does_not_agree_or_names_part_of_a_sentence_is_left_open(text: str, why: str) -> None:
    result = decide(text)

    assert why in reasons(result)
    assert result.text.provisions == result.base.provisions
