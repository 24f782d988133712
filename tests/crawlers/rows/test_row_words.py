import pytest

from crawlers.rows.row_words import (
    has_word,
    is_foreign,
    is_language,
    is_wanted,
    names_law,
    one_line,
    role_of_file,
    says_nothing,
    without_state,
)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Commission publishes guidelines on high-risk AI", "AI "),
        ("Marking of AI-generated content", "AI"),
        ("incidents involving AI: draft guidance", "AI"),
        ("Recommendation_AI_2026.pdf", "AI"),
        ("First harmonised standards cited", "harmonised standard"),
        ("Watermarking of deepfakes", "watermark*"),
        ("Watermarking of deepfakes", "deepfake"),
        ("General‑purpose models", "general-purpose".replace("-", " ")),
        ("关于数据出境的规定", "数据"),
        ("CYBER SECURITY", "cyber"),
    ],
)
def test_a_word_stands_in_a_title_whole_or_as_a_plural(title, word):
    assert has_word(title, word)


@pytest.mark.parametrize(
    ("title", "word"),
    [("Rules against spam", "AI"), ("Metadata of buoys", "data"), ("Campaign", "AI"), ("Regulator", "regulation")],
)
def test_a_piece_of_another_word_is_no_word(title, word):
    assert not has_word(title, word)


def test_an_acronym_fits_only_as_it_is_written_where_the_language_is_not_english():
    assert is_wanted("guidelines on ai", ["AI"], [], [], "en")
    assert not is_wanted("Informazioni ai cittadini", ["AI"], [], [], "it")
    assert is_wanted("Linee guida sulla AI", ["AI"], [], [], "it")


def test_a_title_may_need_every_word_and_none_of_others():
    assert is_wanted("Draft rules on data", ["rules"], ["data"], ["podcast"], "en")
    assert not is_wanted("Draft rules on buoys", ["rules"], ["data"], [], "en")
    assert not is_wanted("Podcast: rules on data", ["rules"], [], ["podcast"], "en")


@pytest.mark.parametrize("text", ["View", "Download", "PDF (1.3 MB)", "查看", "下载", "EN", "", "Read more »"])
def test_the_text_of_a_link_may_say_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["Practice Act", "Viewing platforms act", "下载管理办法"])
def test_a_title_says_something(text):
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("附件1.灯塔管理办法（征求意见稿）.docx", "law"),
        ("附件2.《灯塔管理办法（征求意见稿）》起草说明.wps", "note"),
        ("灯塔标准-编制说明.pdf", "note"),
        ("意见反馈表.docx", "form"),
        ("Draft rules on lighthouses", "law"),
        ("Explanatory memorandum", "note"),
        ("Feedback form", "form"),
    ],
)
def test_a_file_of_a_notice_is_the_draft_a_note_or_a_form(title, role):
    assert role_of_file(title) == role


def test_a_title_in_another_script_is_foreign():
    assert is_foreign("प्रकाशस्तंभ अधिनियम", "en")
    assert not is_foreign("AI (एआई) rules", "en")
    assert not is_foreign("AI 标识", "zh")
    assert not is_foreign("2026", "en")


def test_a_line_break_in_chinese_stands_for_nothing():
    assert one_line("关于出口\n转内销的通知\n（征求意见稿）") == "关于出口转内销的通知（征求意见稿）"
    assert one_line("Practice\n  Act") == "Practice Act"
    assert one_line("总 则") == "总 则"


def test_publishers_name_languages_in_words():
    assert is_language("English", "en")
    assert not is_language("Hindi", "en")


def test_laws_are_called_laws():
    assert names_law("灯塔管理办法")
    assert names_law("Guidelines 3/2026")
    assert not names_law("Contact us")


@pytest.mark.parametrize(
    ("title", "without"),
    [
        ("【进行中】关于《练习办法》的公告", "关于《练习办法》的公告"),
        ("关于《练习办法》的公告[已结束]", "关于《练习办法》的公告"),
        ("[Closed] Practice consultation", "Practice consultation"),
        ("《练习办法》（征求意见稿）", "《练习办法》（征求意见稿）"),
        ("Practice act (open data)", "Practice act (open data)"),
    ],
)
def test_a_mark_that_changes_while_the_draft_does_not_is_no_part_of_its_title(title, without):
    assert without_state(title) == without
