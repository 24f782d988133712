from textwrap import dedent

import pytest

from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

CN = ReadingContext(jurisdiction="cn")
LONG = "为了规范练习活动，保护公民、法人和其他组织的合法权益，促进练习服务健康有序发展，维护社会公共利益，"


def law(text):
    return read(dedent(text).lstrip("\n").replace("LONG", LONG).encode(), CN)


def eids(reading):
    return {p.eid: p.text for p in reading.walk()}


CODE = """
    # 练习法典

    1997年3月14日 第八届全国人民代表大会第五次会议修订

    <!-- INFO END -->

    目　　录

    第一编　总　　则

    　　第一章　任　　务

    　　　　第一节　一般规定

    第二编　分　　则

    　　第一章　安　　全

    附　　则

    ## 第一编  总则

    ### 第一章  任务

    #### 第一节  一般规定

    第一条 LONG根据宪法，制定本法。

    第二条 练习者应当登记。

    第二条之一 未满十四周岁的人练习，应当有监护人陪同，并应当报告。

    ## 第二编  分则

    ### 第一章  安全

    第三条 有下列情形之一的，处罚款：

    （一）未登记的；

    （二）未报告的。

    ## 附则

    第四条 本法自1997年10月1日起施行。

    列于本法附件一的规定，自本法施行之日起，予以废止。

    附件一

    下列规定予以废止：

    1.旧练习规定

    2.旧练习办法
    """


def test_a_code_is_read_into_parts_chapters_sections_and_its_contents_list_is_a_note():
    reading = law(CODE)

    assert {k: reading.counts[k] for k in ("part", "chapter", "section", "article", "annex")} == {
        "part": 2, "chapter": 2, "section": 1, "article": 5, "annex": 1,
    }  # fmt: skip
    assert [n.name for n in reading.notes] == ["contents"] * 7
    assert "art_2-1" in eids(reading)


def test_the_supplementary_provisions_of_a_code_are_a_container_without_a_number():
    heading = next(p for p in law(CODE).walk() if p.label == "附则")
    assert [child.eid for child in heading.children] == ["art_4"]


def test_a_sentence_behind_the_commencement_is_still_a_paragraph_of_the_last_article():
    assert eids(law(CODE))["art_4__para_2"].startswith("列于本法附件一")


def test_an_annex_that_lists_has_its_points():
    assert eids(law(CODE))["anx_1__point_2"] == "旧练习办法"


DECISION = """
    # 关于修改《中华人民共和国练习法》的决定

    2025年10月28日 第十四届全国人民代表大会常务委员会第十八次会议通过

    第十四届全国人民代表大会常务委员会第十八次会议决定对《中华人民共和国练习法》作如下修改：

    一、将第九条修改为：“第九条　练习者应当在三十日内报告。

    “前款规定的报告包括下列内容：

    “（一）名称；

    “（二）地址。”

    二、将第二十一条改为第二十二条，修改为：

    “第二十二条　违反本法规定的，处一万元以上十万元以下罚款。

    第二十三条　情节严重的，处十万元以上罚款。”

    三、删去第三十条。LONG

    本决定自2026年1月1日起施行。

    《中华人民共和国练习法》根据本决定作相应修改，重新公布。
    """


def test_what_a_decision_quotes_is_payload_and_no_article_of_its_own():
    reading = law(DECISION)

    assert "article" not in reading.counts
    assert [p.number for p in reading.provisions] == ["1", "2", "3", "", ""]
    assert eids(reading)["para_2__para_3"].startswith("第二十三条")


def test_a_decision_commences_by_its_last_words_and_amends_what_its_title_names():
    reading = law(DECISION)
    assert [(m.kind.value, str(m.on)) for m in reading.dates][-1] == ("in_force", "2026-01-01")
    assert [(r.kind.value, r.target) for r in reading.relations] == [("amends", "中华人民共和国练习法")]
    assert reading.type == "decision"


OPINION = """
    # 国务院办公厅关于加强练习工作的意见

    国办发〔2026〕5号

    各省、自治区、直辖市人民政府：

    为加强练习工作，经国务院同意，现提出以下意见。

    一、总体要求

    （一）指导思想。LONG加强练习。

    （二）基本原则。

    1.坚持安全。统筹发展和安全。

    2.坚持创新。鼓励创新。

    二、主要任务

    （三）建设平台。到2027年，建成10个平台。

    三、保障措施

    加强领导。LONG各地区要组织实施。

    附件：1.练习任务分工表

    2.练习要求

    国务院办公厅

    2026年3月1日

    （此件公开发布）

    附件1

    练习任务分工表

    | 序号 | 任务 |
    |---|---|
    | 1 | 建设平台 |

    附件2

    练习要求

    第一条 甲应当练习。

    第二条 乙应当练习。
    """


def test_an_opinion_is_read_by_its_headings_with_its_signature_and_annex_list_apart():
    reading = law(OPINION)

    assert [(p.eid, p.heading) for p in reading.provisions] == [
        ("para_1", "总体要求"), ("para_2", "主要任务"), ("para_3", "保障措施"),
        ("anx_1", "练习任务分工表"), ("anx_2", "练习要求"),
    ]  # fmt: skip
    assert [n.text for n in reading.front if n.name == "conclusions"][-2:] == ["2026年3月1日", "（此件公开发布）"]
    assert reading.number == "国办发〔2026〕5号"


def test_the_points_of_an_opinion_stand_below_its_items():
    assert "para_1__item_2__point_2" in eids(law(OPINION))


def test_a_table_is_a_provision_for_each_row_and_an_annex_may_have_articles_of_its_own():
    found_eids = eids(law(OPINION))
    assert found_eids["anx_1__para_2"] == "1 | 建设平台"
    assert found_eids["anx_2__art_2"] == "乙应当练习。"


def test_the_articles_of_an_annex_do_not_count():
    assert "article" not in law(OPINION).counts


ISSUED_NOTICE = """
    # 工业和信息化部 国家互联网信息办公室关于印发《练习数据管理办法（试行）》的通知

    工信部联网安〔2026〕12号

    现将《练习数据管理办法（试行）》印发给你们，请认真贯彻执行。

    附件：练习数据管理办法（试行）

    工业和信息化部

    2026年1月15日

    练习数据管理办法

    （试行）

    第一条 LONG制定本办法。

    第二条 LONG应当遵守本办法。

    第三条 本办法自印发之日起施行。《旧练习办法》同时废止。

    附件：1. 练习数据目录

    　　　2. 练习规范

    附件1

    练习数据目录

    第一条 目录分为三级。

    第二条 一级包括姓名。
    """


def test_the_articles_of_an_annex_begin_again_at_one_below_it():
    reading = law(ISSUED_NOTICE)
    assert reading.counts["article"] == 3
    assert eids(reading)["anx_1__art_1"] == "目录分为三级。"


def test_a_notice_that_issues_measures_gives_them_its_number_and_its_title_is_theirs():
    reading = law(ISSUED_NOTICE)
    assert (reading.title, reading.number) == ("练习数据管理办法（试行）", "工信部联网安〔2026〕12号")


STANDARD = """
    网络安全标准实践指南
    ——练习数据分级指引
    （v1.0-202609）
    全国网络安全标准化技术委员会秘书处
    目 录
    1 范围 .......... 1
    2 术语 .......... 1
    2.1 练习数据 .......... 1
    1 范围
    本指南给出了练习数据分级的方法。LONG
    本指南适用于练习者。
    2 术语
    2.1 练习数据
    为练习而收集的数据。
    3 要求
    练习者应当遵循下列要求：
    a) 合法；
    b) 安全：
    1) 加密；
    2) 备份。
    3.1 一般要求
    3.1.1 报告
    应当在24小时内报告。LONG
    附录 A
    （资料性）
    示例
    A.1 示例一
    姓名属于一级数据。
    """


def test_a_practice_guide_is_read_by_its_decimal_clauses():
    reading = law(STANDARD)
    found_eids = eids(reading)

    assert reading.title == "网络安全标准实践指南——练习数据分级指引（v1.0-202609）"
    assert found_eids["sec_3.1.1"].startswith("应当在24小时内报告")
    assert {"sec_2.1", "sec_3__item_b__point_2", "anx_a__sec_a.1"} <= found_eids.keys()
    assert reading.counts["section"] == 6


def test_old_laws_count_their_items_with_chinese_numerals_and_half_width_brackets():
    found_eids = eids(
        law("""
        # 中华人民共和国练习登记条例

        **第一条**　LONG制定本条例。

        **第二条**　凭下列证件申报：

        一、军人，凭军事机关发给的证件；

        二、华侨，凭护照。

        **第三条**　价格包括：

        (一)商品的价格；

        (二)收费标准(以下简称收费)。

        **第四条**　本条例自公布之日起施行。
        """)
    )
    assert found_eids["art_2__item_2"] == "华侨，凭护照。"
    assert found_eids["art_3__item_1"] == "商品的价格；"


def test_a_reply_without_numbers_is_an_act_all_the_same():
    reading = law("""
        # 最高人民法院关于练习行为法律适用问题的批复

        法释〔2020〕8号

        各省、自治区、直辖市高级人民法院：

        近来，有关方面就练习行为的法律适用问题提出建议。LONG经研究，批复如下：

        行为人以营利为目的组织练习的，应当依照有关规定处理。LONG情节严重的，从重处罚。

        本批复自2020年8月28日起施行。

        最高人民法院

        2020年8月24日
        """)
    assert [p.eid for p in reading.provisions] == ["para_1", "para_2", "para_3"]
    assert (reading.type, reading.number) == ("judicial interpretation", "法释〔2020〕8号")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("上海市练习条例", "local regulation"),
        ("练习管理条例", "administrative regulation"),
        ("练习服务管理办法（试行）", "departmental rule"),
        ("中华人民共和国练习法", "law"),
        ("关于加强练习的意见", "normative document"),
    ],
)
def test_the_type_of_an_act_is_told_by_its_title(title, kind):
    text = f"# {title}\n\n第一条 {LONG}制定本办法。\n\n第二条 {LONG}应当练习。\n\n第三条 {LONG}\n"
    assert read(text.encode(), CN).type == kind


def test_a_clause_may_be_taken_out_without_moving_the_one_behind_it():
    found_eids = eids(law(STANDARD.replace("3.1.1 报告", "3.1.2 报告")))
    assert found_eids["sec_3.1.2"].startswith("应当在24小时内报告")


def test_an_explanatory_note_behind_a_draft_is_a_note_and_no_paragraph_of_its_last_article():
    reading = law("""
        # 练习办法（征求意见稿）

        第一条 LONG制定本办法。

        第二条 LONG应当练习。

        第三条 本办法自2026年 月 日起施行。LONG

        附件2

        关于《练习办法（征求意见稿）》的起草说明

        一、起草背景

        LONG
        """)
    assert [n.name for n in reading.notes] == ["explanatory note"] * 4
    assert [p.eid for p in reading.provisions] == ["art_1", "art_2", "art_3"]


def test_a_long_line_between_chapters_is_no_heading_and_a_heading_may_stand_on_the_next_line():
    reading = law("""
        # 练习法

        第一章

        总　则

        第一条 LONG制定本法。

        第二章

        附　则

        第二条 LONG本法自2026年1月1日起施行。
        """)
    assert [(p.label, p.heading) for p in reading.provisions] == [("第一章", "总　则"), ("第二章", "附　则")]


def test_articles_numbered_with_spaces_or_full_width_digits_are_articles():
    reading = law("""
        # 练习法

        第 一 条　LONG制定本法。

        第２条　LONG应当练习。

        第三条：LONG本法自2026年1月1日起施行。
        """)
    assert [p.eid for p in reading.provisions] == ["art_1", "art_2", "art_3"]


def test_a_decimal_number_at_the_start_of_a_line_is_no_point():
    found_eids = eids(
        law("""
        # 练习法

        第一条 LONG收费标准如下：

        1.5万元以下的，每次10元；

        第二条 LONG本法自2026年1月1日起施行。
        """)
    )
    assert found_eids["art_1__para_2"] == "1.5万元以下的，每次10元；"


def test_a_sentence_between_a_chapter_and_its_first_article_is_the_text_of_the_chapter():
    reading = law("""
        # 练习法

        第一章　总则

        第一条 LONG制定本法。

        第二章　附则

        本章适用于练习者。

        第二条 LONG本法自2026年1月1日起施行。
        """)
    assert eids(reading)["chp_2"] == "本章适用于练习者。"


def test_articles_without_a_space_behind_their_number_are_articles_whatever_word_follows():
    words = ["为了", "中华渡船协会", "和平时期", "所有渡船", "第三方", "及时", "行为人", "规定"]
    lines = [
        f"第{n}条{word}应当按照国家有关要求保管渡船的登记材料。"
        for n, word in zip("一二三四五六七", words, strict=False)
    ]
    reading = read("\n".join(["渡船登记办法", *lines]).encode(), CN)

    assert [p.eid for p in reading.provisions] == [f"art_{n}" for n in range(1, 8)]
    assert not reading.flaws


def test_a_line_that_goes_on_behind_a_number_is_no_article():
    first = "渡船登记办法\n第一条 渡船应当登记。\n第二条规定的渡船除外。\n"
    rest = "第二条 小船按照\n第三条第二款登记。\n第三条 本办法自公布之日起施行。"
    reading = read((first + rest).encode(), CN)

    assert [p.eid for p in reading.provisions] == ["art_1", "art_2", "art_3"]


POINTS = [f"{n}、将灯塔法第{n}十条修改为：“毁坏灯塔的，处五千元以上一万元以下罚款。”" for n in "二三四五六"]
AMENDMENT = [
    "为了惩治毁坏灯塔的行为，对灯塔法作如下修改：",
    "一、第九条：“守塔人有下列职责：一、点灯；二、记录。”",
    *POINTS,
]


@pytest.mark.parametrize("between", ["", "<br>", "</p><p>"])
def test_a_decision_in_one_paragraph_has_the_points_it_counts(between):
    lines = between.join([*AMENDMENT, "本决定自2031年1月1日起施行。"])
    law = read(f"<html><body><h1>关于修改《灯塔法》的决定</h1><p>{lines}</p></body></html>".encode())

    assert [p.number for p in law.provisions if p.number] == ["1", "2", "3", "4", "5", "6"]
    assert not law.flaws
