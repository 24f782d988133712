"""Instructions of Chinese 修改决定, applied to an invented regulation on lamps."""

import pytest

from storage.records import Reading
from tests.tracker.amending.lamp_law import reasons, words_of
from tracker.amending.consolidation import Consolidation, consolidate
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_BASE = """# 港口灯具管理条例

2020年3月1日发布

第一条　为了加强港口灯具管理，制定本条例。

第二条　港口所有人应当在日落时点亮灯具。

港口所有人应当在日出时熄灭灯具。

第三条　港口所有人应当登记下列事项：

（一）灯具的数量；

（二）灯油的种类；

（三）看守人的姓名。

第四条　违反本条例第二条规定的，处二百元以下罚款；违反《船舶条例》第二条规定的，依照其规定处罚。

第五条　登记保存五年。登记应当公开。

第六条　本条例自2020年5月1日起施行。
"""


_WHY = (
    "为了进一步加强港口灯具的管理，保障船舶航行和停泊的安全，方便港口所有人、船舶所有人和看守人办理登记，减轻其负担，"
    "并与有关船舶航行安全的法律、行政法规相衔接，经征求各港口所在地人民政府和有关方面的意见，"
    "现决定对《港口灯具管理条例》作如下修改：\n\n"
)


def the_reading(text: str) -> Reading:
    return read(text.encode(), ReadingContext(jurisdiction="cn"))


def decide(*items: str) -> Consolidation:
    numerals = "一二三四五六七八九"
    last = ("各港口应当做好本决定的宣传和实施工作。", "本决定自2025年6月1日起施行。")
    lines = [f"{numerals[place]}、{item}" for place, item in enumerate((*items, *last))]
    head = "# 关于修改《港口灯具管理条例》的决定\n\n2025年3月1日发布\n\n" + _WHY
    return consolidate(the_reading(_BASE), the_reading(head + "\n\n".join(lines)))


@pytest.mark.parametrize(
    ("item", "eid", "words"),
    [
        pytest.param("将第五条修改为：“登记保存七年。”", "art_5", "登记保存七年。", id="an article is replaced"),
        pytest.param(
            "第二条第二款修改为：“港口所有人应当在天亮时熄灭灯具。”",
            "art_2__para_2",
            "港口所有人应当在天亮时熄灭灯具。",
            id="a 款 is replaced",
        ),
        pytest.param(
            "将第三条第（二）项修改为：“（二）灯油和灯芯的种类；”",
            "art_3__item_2",
            "灯油和灯芯的种类；",
            id="a 项 is replaced",
        ),
        pytest.param(
            "将第四条中的“二百元”修改为“五百元”。",
            "art_4",
            "违反本条例第二条规定的，处五百元以下罚款；违反《船舶条例》第二条规定的，依照其规定处罚。",
            id="words of an article are replaced",
        ),
        pytest.param("删去第二条第二款。", "art_2", "港口所有人应当在日落时点亮灯具。", id="a 款 is deleted"),
        pytest.param("删去第五条中的“登记应当公开。”", "art_5", "登记保存五年。", id="words are deleted"),
        pytest.param(
            "第二条增加一款，作为第二款：“港口所有人应当每日检查灯具。”",
            "art_2__para_2",
            "港口所有人应当每日检查灯具。",
            id="a 款 is put in and the next one counts on",
        ),
        pytest.param(
            "第三条增加一项，作为第二项：“（二）灯具的位置；”",
            "art_3__item_3",
            "灯油的种类；",
            id="a 项 is put in and the next one counts on",
        ),
        pytest.param(
            "在第三条后增加一条，作为第三条之一：“灯具应当编号。”",
            "art_3-1",
            "灯具应当编号。",
            id="an article is put between two",
        ),
    ],
)
def test_an_instruction_is_carried_out(item: str, eid: str, words: str) -> None:
    result = decide(item)

    assert reasons(result) == []
    assert words_of(result, eid) == words


def test_articles_count_on_and_references_to_them_follow() -> None:
    result = decide(
        "增加一条，作为第二条：“灯具管理坚持安全第一。”",
        "将第四条改为第五条，修改为：“违反本条例第三条规定的，处五百元以下罚款。”",
        "《港口灯具管理条例》根据本决定作相应修改并对条文顺序作相应调整，重新公布。",
    )

    assert reasons(result) == []
    assert words_of(result, "art_2") == "灯具管理坚持安全第一。"
    assert words_of(result, "art_5") == "违反本条例第三条规定的，处五百元以下罚款。"
    assert [p.label for p in result.text.provisions] == [
        "第一条",
        "第二条",
        "第三条",
        "第四条",
        "第五条",
        "第六条",
        "第七条",
    ]


def test_references_in_words_left_alone_follow_and_those_to_another_law_do_not() -> None:
    result = decide("增加一条，作为第二条：“灯具管理坚持安全第一。”", "对条文顺序作相应调整。")

    assert words_of(result, "art_5") == (
        "违反本条例第三条规定的，处二百元以下罚款；违反《船舶条例》第二条规定的，依照其规定处罚。"
    )


def test_a_quotation_of_several_paragraphs_opens_each_of_them() -> None:
    result = decide("将第五条修改为：“登记保存七年。\n\n“登记应当备份。”")

    assert words_of(result, "art_5") == "登记保存七年。 登记应当备份。"


def test_two_articles_are_merged() -> None:
    result = decide(
        "将第四条、第五条合并，作为第四条，修改为：“登记保存五年；违反的，处罚款。”", "对条文顺序作相应调整。"
    )

    assert reasons(result) == []
    assert words_of(result, "art_4") == "登记保存五年；违反的，处罚款。"
    assert words_of(result, "art_5") == "本条例自2020年5月1日起施行。"


def test_words_are_replaced_in_all_articles_when_the_decision_says_so() -> None:
    result = decide("将条文中的“港口所有人”修改为“港口经营人”。")

    assert "港口所有人" not in "".join(words_of(result, provision.eid) for provision in result.text.provisions)


@pytest.mark.parametrize(
    ("items", "why"),
    [
        pytest.param(["将第九条修改为：“略。”"], "no unit 9", id="no such article"),
        pytest.param(["将第四条中的“三百元”修改为“五百元”。"], "not found", id="words not there"),
        pytest.param(["增加一条，作为第三条：“略。”"], "number is taken", id="others are not said to count on"),
        pytest.param(
            ["增加一条，作为第二条：“略。”", "将第四条改为第七条。", "对条文顺序作相应调整。"],
            "would become Article 5",
            id="the numbers do not agree",
        ),
    ],
)
def test_what_is_not_sure_is_abstained_from_with_its_reason(items: list[str], why: str) -> None:
    result = decide(*items)

    assert any(why in reason for reason in reasons(result))
    assert result.applied_count == 0
    assert result.text.provisions == result.base.provisions
