"""Sentences that name who bears a norm otherwise than before the modal, and what stands between them."""

from __future__ import annotations

import pytest

from tracker.amending.obligations.bearers import actor_at_start, anybody_in, impersonal_ban, subject_of, without_aside
from tracker.amending.obligations.norm_words import words_of
from tracker.amending.obligations.sentence import norms_of

ENGLISH, CHINESE = words_of("en"), words_of("zh")


@pytest.mark.parametrize(
    ("sentence", "ban"),
    [
        ("It is unlawful for any person to sell a lamp.", ("any person", "sell a lamp")),
        ("It shall be prohibited to sell a lamp.", ("", "sell a lamp")),
        ("It shall be lawful to sell a lamp.", None),
        ("The owner shall sell the lamp.", None),
    ],
)
def test_a_ban_that_begins_with_it_names_its_bearer_behind(sentence, ban):
    assert impersonal_ban(sentence, ENGLISH) == ban


@pytest.mark.parametrize(
    ("condition", "subject"),
    [
        ("Where an owner considers that a lamp is broken", "an owner"),
        ("If the harbour master has doubts", "the harbour master"),
        ("Where appropriate", ""),
    ],
)
def test_a_pronoun_stands_for_whom_the_condition_is_about(condition, subject):
    assert subject_of(condition, ENGLISH) == subject


@pytest.mark.parametrize(
    ("action", "rest", "moment"),
    [
        ("before selling a lamp, mark it", "mark it", "before selling a lamp"),
        ("to the extent practicable, mark it", "mark it", None),
        ("mark it, and sell it", "mark it, and sell it", None),
    ],
)
def test_what_stands_between_modal_and_verb_is_no_part_of_the_action(action, rest, moment):
    assert without_aside(action, ENGLISH) == (rest, moment)


def test_a_chinese_ban_names_anybody_behind_it():
    assert anybody_in("任何单位和个人伪造标志", CHINESE) == ("任何单位和个人", "伪造标志")
    assert anybody_in("伪造标志", CHINESE) == ("", "伪造标志")


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Member States shall comply with this Directive by 1 January 2028.", "2028-01-01"),
        ("No later than 2 August 2027, the Commission shall submit a report.", "2027-08-02"),
        ("The Board shall decide within a period of six months from the appeal.", "P6M"),
        ("The lamp shall bear the mark of 1 January 2028.", None),
    ],
)
def test_a_day_by_which_something_is_due_is_its_deadline(text, deadline):
    [norm] = norms_of(text, "en")

    assert norm.deadline == deadline


@pytest.mark.parametrize(
    "text", ["This Article shall not affect other acts.", "Nothing in this rule shall bind ships."]
)
def test_what_obliges_nobody_is_no_obligation(text):
    assert norms_of(text, "en") == []


def test_who_shall_be_liable_bears_it_and_is_not_passive():
    [norm] = norms_of("A person who breaks a lamp shall be liable for its price.", "en")

    assert (norm.bearer, norm.action) == ("person who breaks a lamp", "be liable for its price")


@pytest.mark.parametrize(
    ("text", "bearers"),
    [
        pytest.param("灯塔运营者对航行记录应当保密。", ["灯塔运营者"], id="a topic behind the actor"),
        pytest.param("任何个人和组织使用灯语应当遵守本规定，不得扰乱航行。", ["任何个人和组织"] * 2, id="deeds"),
        pytest.param("灯塔运营者还应当每日巡查。", ["灯塔运营者"], id="an adverb before the modal"),
        pytest.param("受到处罚的人员，终身不得担任守灯职务。", ["受到处罚的人员"], id="for life"),
        pytest.param(
            "灯塔运营者不履行本规定第三条义务的，由港务主管部门责令改正，给予警告，可以处一万元以下罚款。",
            ["港务主管部门"],
            id="who punishes, by an agent",
        ),
        pytest.param(
            "违反本规定的，由公安机关处五日以下拘留；情节较重的，处五日以上十日以下拘留，可以并处罚款。",
            ["公安机关"],
            id="who punishes, from the sentence before",
        ),
        pytest.param("个人发现灯语有错误的，有权要求更正。", ["个人"], id="whom the condition begins with"),
        pytest.param(
            "灯塔运营者应当管理灯语，发现法律、行政法规禁止发布的灯语的，应当立即熄灯。",
            ["灯塔运营者"] * 2,
            id="a ban of other laws is none of this one",
        ),
        pytest.param("国务院港务部门和有关部门应当建立机制。", ["国务院港务部门和有关部门"], id="two bodies"),
        pytest.param(
            "省级以上人民政府有关部门在监督中可以约谈。", ["省级以上人民政府有关部门"], id="a government's body"
        ),
        pytest.param("灯语涉密的，除应当遵守本规定外，守灯人还应当遵守保密规定。", ["守灯人"], id="besides"),
        pytest.param("灯语专用设备应当按照国家标准检测。", ["灯语专用设备"], id="a thing is a subject, too"),
        pytest.param("灯塔运营者或者守灯人不得关灯。", ["灯塔运营者或者守灯人"], id="one or the other"),
    ],
)
def test_a_chinese_norm_is_borne_by_the_actor_its_clause_begins_with(text, bearers):
    assert [norm.bearer for norm in norms_of(text, "zh")] == bearers


@pytest.mark.parametrize("text", ["采取人工方式核查", "停止传输信息", "或者他人", "组织开展演练", "个人信息处理"])
def test_what_only_looks_like_an_actor_is_none(text):
    assert actor_at_start(text, words_of("zh")) == ""


@pytest.mark.parametrize(
    ("text", "bearer"),
    [
        ("Taking into account the state of the art, the owner shall keep lamps lit.", "owner"),
        ("In the absence of a lamp, the harbour master shall close the port.", "harbour master"),
        ("In relation to foreign ships, the Commission and the harbour masters shall inform each other.",
         "Commission and the harbour masters"),
        ("Following an inspection, each owner shall repair the lamp.", "owner"),
        ("The owner or, as the case may be, the keeper shall light it.", "owner or, as the case may be, the keeper"),
    ],
)  # fmt: skip
def test_what_stands_before_the_bearer_is_none_of_it(text, bearer):
    assert [norm.bearer for norm in norms_of(text, "en")] == [bearer]
