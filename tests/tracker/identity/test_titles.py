"""Two titles are one law when only their dress differs, and never when a word does."""

import pytest

from tracker.identity.titles import bare_title, title_identifier


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("生成式服务管理暂行办法", "《生成式服务管理暂行办法》", id="in quotation marks"),
        pytest.param("数据条例（征求意见稿）", "数据条例(征求意见稿)", id="width of brackets"),
        pytest.param("中华人民共和国灯塔法", "灯塔法", id="with and without the name of the state"),
        pytest.param("中华人民共和国　灯塔法", "灯塔法", id="a wide space"),
        pytest.param("The Lamp Act, 2026", "Lamp Act 2026", id="article and comma"),
        pytest.param("THE LAMP ACT, 2026", "The Lamp Act, 2026", id="capitals"),
        pytest.param("The Lamp Act, 2026 (12 of 2026)", "The Lamp Act, 2026", id="number of the act"),
        pytest.param("Lamp Act, 2026 (Updated as on 1 May 2026)", "Lamp Act, 2026", id="day of the print"),
        pytest.param("Loi sur les phares", "LOI SUR LES PHARES", id="capitals in French"),
        pytest.param("Lamp\u00a0Act,\n2026", "Lamp Act, 2026", id="breaks"),
    ],
)
def test_the_same_law_in_another_dress(one, other):
    assert title_identifier(one) == title_identifier(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("灯塔法", "灯塔法实施细则", id="its implementing rules"),
        pytest.param("灯塔办法", "灯塔办法解读", id="its explanation"),
        pytest.param("灯塔条例", "灯塔条例（征求意见稿）", id="its draft"),
        pytest.param("灯塔规定", "关于修改《灯塔规定》的决定", id="what amends it"),
        pytest.param("灯塔规定", "关于废止《灯塔规定》的决定", id="what repeals it"),
        pytest.param("Lamp Act, 2026", "Lamp Act, 2025", id="another year"),
        pytest.param("Lamp Act, 2026", "Lamp Rules, 2026", id="another kind"),
        pytest.param("Lamp Act, 2026", "Lamp (Amendment) Act, 2026", id="an amendment"),
        pytest.param("Lamp Rules, 2026", "Draft Lamp Rules, 2026", id="a draft named before"),
        pytest.param("Lamp Act", "Lamps Act", id="a letter"),
        pytest.param("灯塔管理办法", "灯塔管理方法", id="a character"),
    ],
)
def test_another_law_under_a_like_title(one, other):
    assert title_identifier(one) != title_identifier(other)


def test_a_draft_is_one_by_its_title_or_by_what_is_known_of_it():
    assert (
        title_identifier("灯塔条例（草案）") == title_identifier("灯塔条例", draft=True) != title_identifier("灯塔条例")
    )


@pytest.mark.parametrize("title", ["", " ", "《》", "（）", "...", "（征求意见稿）", "—"])
def test_what_holds_no_name_names_nothing(title):
    assert title_identifier(title) is None


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("关于公布《灯塔规定》的公告", "灯塔规定"),
        ("关于《灯塔规定》公开征求意见的通知", "灯塔规定"),
        ("关于印发《灯塔规定（征求意见稿）》的通知", "灯塔规定"),
        ("关于修改《灯塔规定》的决定", "关于修改《灯塔规定》的决定"),
        ("《灯塔规定》答记者问", "《灯塔规定》答记者问"),
        ("《灯塔规定》解读", "《灯塔规定》解读"),
        ("Lamp Act, 2026 (Draft)", "Lamp Act, 2026"),
    ],
)
def test_a_notice_that_publishes_a_law_bears_its_title_and_one_that_does_something_to_it_does_not(title, bare):
    assert bare_title(title) == bare
