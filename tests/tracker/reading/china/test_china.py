from datetime import date
from textwrap import dedent

import pytest

from storage.records import MilestoneKind as M
from storage.records import RelationKind as R
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

CN = ReadingContext(jurisdiction="cn")


def page(*paragraphs, head=""):
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        '<html><head><title>练习_中央网络安全和信息化委员会办公室</title></head><body><div class="main-title">'
        f'<h1 class="title">{head}</h1><span id="pubtime">2026年02月03日 15:00</span></div>'
        f"<DIV id=BodyLabel>{body}</DIV><div class=footer>版权所有</div></body></html>"
    ).encode()


LONG = (
    "为了规范练习活动，保护公民、法人和其他组织的合法权益，促进练习服务健康发展，"
    "根据《中华人民共和国练习法》，制定本规定。"
)
RULE = [
    '<strong style="text-align:center">国家互联网信息办公室</strong>',
    "中华人民共和国工业和信息化部",
    "中华人民共和国公安部",
    "令",
    "第99号",
    "《练习服务管理规定》已经2026年1月5日国家互联网信息办公室2026年第1次室务会议审议通过，现予公布，自2026年5月1日起施行。",
    "2026年2月1日",
    "练习服务管理规定",
    "第一章 总　则",
    f"<strong>第一条</strong> {LONG}",
    "<strong>第二条</strong> 在境内提供练习服务，适用本规定。",
    "法律、行政法规另有规定的，依照其规定。",
    "第二章 义　务",
    "<strong>第三条</strong> 提供者应当采取下列措施：",
    "（一）登记；",
    "（二）公示：",
    "1.名称；",
    "2.地址。",
    "<strong>第三条之一</strong> 本规定所称练习服务，是指为练习而提供的服务，包括下列服务：",
    "（一）文字练习；",
    "（二）声音练习。",
    "<strong>第四条</strong> 违反本规定第三条的，由有关部门责令改正。",
    "第五条规定的措施另行公布，不影响前款的适用。",
    "<strong>第五条</strong> 本规定自2026年5月1日起施行。",
]


def test_a_joint_rule_is_read_into_chapters_articles_paragraphs_items_and_points():
    reading = read(page(*RULE, head="练习服务管理规定"), CN)

    assert reading.counts == {"article": 6, "chapter": 2, "item": 4, "paragraph": 4, "point": 2}
    eids = [p.eid for p in reading.walk()]
    assert "art_3__item_2__point_1" in eids
    assert "art_3-1__item_2" in eids
    assert "art_2__para_2" in eids
    assert {p.eid: p.citation for p in reading.walk()}["art_2__para_2"] == "第二条第二款"


def test_a_line_that_begins_with_a_reference_is_no_article():
    fourth = next(p for p in read(page(*RULE), CN).walk() if p.eid == "art_4")
    assert [p.text[:5] for p in fourth.children] == ["违反本规定", "第五条规定"]


def test_the_facts_of_a_joint_rule_rest_on_its_order():
    reading = read(page(*RULE, head="练习服务管理规定"), CN)

    assert reading.title == "练习服务管理规定"
    assert (reading.number, reading.type) == ("令第99号", "departmental rule")
    assert [a.id for a in reading.authorities] == ["cn_cac", "cn_miit", "cn_mps"]
    assert {m.kind: m.on for m in reading.dates} == {
        M.ADOPTED: date(2026, 1, 5),
        M.ISSUED: date(2026, 2, 1),
        M.PUBLISHED: date(2026, 2, 3),
        M.IN_FORCE: date(2026, 5, 1),
    }
    assert [d.term for d in reading.definitions] == ["练习服务"]
    assert reading.scope == ("在境内提供练习服务，适用本规定。", "文字练习", "声音练习")
    assert [(r.kind, r.target) for r in reading.relations] == [(R.IMPLEMENTS, "中华人民共和国练习法")]


def test_a_draft_for_comment_keeps_its_notice_apart_and_leaves_a_blank_date_open():
    notice = "国家互联网信息办公室起草了《练习办法（征求意见稿）》，现向社会公开征求意见。"
    draft = page(
        notice, "意见反馈截止时间为2026年5月6日。", "练习办法", "（征求意见稿）", f"<strong>第一条</strong> {LONG}",
        "<strong>第二条</strong> 甲。", "<strong>第三条</strong> 本办法自2026年 月 日起施行。", head=f"关于{notice}",
    )  # fmt: skip
    reading = read(draft, CN)

    assert reading.draft
    assert reading.title == "练习办法（征求意见稿）"
    assert {m.kind: m.on for m in reading.dates}[M.COMMENTS_DUE] == date(2026, 5, 6)
    assert {m.kind: m.on for m in reading.dates}[M.IN_FORCE] is None
    assert [n.name for n in reading.notes] == ["consultation notice"] * 2


def test_commencement_on_publication_is_computed_with_its_formula():
    text = dedent(f"""
        # 练习规定
        2026年2月1日 国家互联网信息办公室公布
        第一条 {LONG}
        第二条 甲。
        第三条 本规定自公布之日起30日后施行。
        """)
    in_force = next(m for m in read(text.encode(), CN).dates if m.kind is M.IN_FORCE)
    assert (in_force.on, in_force.formula) == (date(2026, 3, 3), "issued + P30D")


@pytest.mark.parametrize(
    ("head", "paragraphs"),
    [
        ("《练习规定》答记者问", ["问：为什么制定《练习规定》？", "答：" + LONG, "问：何时施行？", "答：" + LONG]),
        ("三部门联合公布《练习规定》", ["近日，三部门公布《练习规定》，自2026年5月1日起施行。" + LONG, LONG]),
        ("页面", ["加载中"]),
    ],
    ids=["questions and answers", "press release", "empty shell"],
)
def test_a_page_about_a_law_is_none(head, paragraphs):
    reading = read(page(*paragraphs, head=head), CN)
    assert not reading.is_law


def test_a_contents_list_is_not_read_twice():
    text = dedent(f"""
        # 练习法
        第一章 总则
        第二章 义务
        第一章 总则
        第一条 {LONG}
        第二章 义务
        第二条 甲。
        第三条 本法自2026年5月1日起施行。
        """)
    assert read(text.encode(), CN).counts["chapter"] == 2


def test_an_annex_is_its_own_unit_and_its_articles_do_not_count():
    text = dedent(f"""
        # 练习法
        第一条 {LONG}
        第二条 本法自2026年5月1日起施行。
        附件一：练习目录
        甲类
        乙类
        """)
    reading = read(text.encode(), CN)
    assert reading.counts["annex"] == 1
    assert reading.provisions[-1].eid == "anx_1"


def test_every_word_of_a_page_is_kept_under_some_name():
    reading = read(page(*RULE, head="练习服务管理规定"), CN)
    assert reading.words["total"] == sum(n for name, n in reading.words.items() if name != "total")
    assert reading.words["furniture"] > 0


def test_official_documents_without_articles_are_read_by_their_headings():
    text = dedent(f"""
        # 关于练习工作的通知
        各有关单位：
        一、总体要求。{LONG}
        二、主要任务
        （一）登记。
        （二）公示。
        三、保障措施
        加强领导。
        """)
    reading = read(text.encode(), CN)
    assert [p.eid for p in reading.provisions] == ["para_1", "para_2", "para_3"]
    assert reading.is_law
