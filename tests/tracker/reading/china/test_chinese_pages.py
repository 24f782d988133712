import re

import pytest

from tracker.compare import compare
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

CN = ReadingContext(jurisdiction="cn")
LONG = "为了规范练习活动，保护公民、法人和其他组织的权益，促进练习服务有序发展，维护社会公共利益，提高服务水平，"
LAW = [
    "练习备案管理办法",
    "第一章　总　则",
    f"第一条　{LONG}制定本办法。",
    "第二条　练习人应当在30日内备案，并提交下列材料：",
    "（一）申请表；",
    "（二）身份证明。",
    f"前款规定的材料，由国家数据局规定。{LONG}",
    f"法律、行政法规另有规定的，从其规定。{LONG}",
    "第二章　附　则",
    "第三条　本办法自2026年5月1日起施行。",
]


def spans(line):
    parts = re.match(r"(第.条)?(.*)", line)
    return "<p><span>&#12288;&#12288;</span>" + "".join(f"<span>{p}</span>" for p in parts.groups() if p) + "</p>"


def strong(line):
    bold = re.sub("^(第.条)　", r"<strong>\1</strong>　", line)
    return f"<p>　　{bold}</p>"


GOV = (
    "<!DOCTYPE html><html><head><title>页面</title></head><body><div class=header>国家规章库</div></html>\n"
    f'<title>练习备案管理办法</title><div id="UCAP-CONTENT"><div class="trs_editor_view">{"".join(map(spans, LAW))}'
    "</div></div></body></html>"
)
OLD_CAC = (
    "<html><head><title>练习备案管理办法-中共中央网络安全和信息化委员会办公室</title></head><body>"
    '<div id="title">练习备案管理办法</div>'
    f'<div id="pubtime">2017年05月02日 17:01</div><div id="content"><p>{"<br/>　　".join(LAW)}</p></div></body></html>'
)
CAC = (
    "<html><head><title>练习备案管理办法_中央网络安全和信息化委员会办公室</title></head><body><div class=nav>首页</div>"
    '<div class="main-title"><h1 class="title">练习备案<br/>管理办法</h1></div>'
    f"<DIV id=BodyLabel>{''.join(map(strong, LAW))}</DIV>"
    "<div class=footer>版权所有</div></body></html>"
)
ONE_LINE = (
    "练习备案管理办法_中央网络安全和信息化委员会办公室 设为首页 加入收藏 首 页 时政要闻 "
    "当前位置： 首页 > 正文 练习备案管理办法 "
    f"2025年03月14日 17:00 来源： 中国网信网 【打印】 练习备案管理办法 {' '.join(LAW)} 关闭 © 版权所有 联系我们"
)
PLAIN = "\n\n".join(LAW).encode()


@pytest.mark.parametrize(
    "page",
    [GOV.encode(), GOV.encode("gb18030"), OLD_CAC.encode(), CAC.encode(), ONE_LINE.encode()],
    ids=["gov.cn spans", "GB18030", "CAC before 2021", "CAC now", "saved as one line"],
)
def test_every_rendering_of_a_text_is_the_same_law(page):
    reading = read(page, CN)

    assert reading.title == "练习备案管理办法"
    assert reading.is_law
    assert [c for c in compare(read(PLAIN, CN), reading).changes if c.new_unit != "preface"] == []


def test_full_width_digits_and_a_contents_list_change_nothing():
    other = "\n\n".join([LAW[0], "目　　录", LAW[1], LAW[7], *LAW[1:]]).translate(str.maketrans("0123", "０１２３"))
    assert compare(read(PLAIN, CN), read(other.encode(), CN)).changes == ()


def test_a_page_saved_as_one_line_keeps_its_navigation_and_footer_apart_and_tells_its_day():
    reading = read(ONE_LINE.encode(), CN)

    assert [note.name for note in reading.furniture] == ["navigation", "footer"]
    assert [(m.kind.value, str(m.on)) for m in reading.dates if m.kind.value == "published"] == [
        ("published", "2025-03-14")
    ]


MIIT = (
    '<html><head><meta name="PubDate" content="2026-02-03 10:00"><title>关于印发《练习分类办法》的通知</title></head>'
    "<body>"
    "<h1>工业和信息化部关于印发《练习分类办法》的通知</h1>"
    '<div id="con_con"><table><tr><td>发文机关：</td><td>工业和信息化部</td></tr><tr><td>发文字号：</td>'
    "<td>工信部科〔2026〕33号</td></tr></table><p>现将《练习分类办法》印发给你们，请认真贯彻落实。</p>"
    '<p style="text-align:right">2026年1月30日</p><p style="text-align:center"><strong>练习分类办法</strong></p>'
    f"<p>第一条　{LONG}制定本办法。</p><p>第二条　收费标准如下：</p><table><tr><td>类别</td><td>金额</td></tr>"
    f"<tr><td>个人</td><td>10元</td></tr></table><p>第三条　{LONG}</p><p>第四条　本办法自2026年3月1日起施行。</p>"
    '<p>附件：<a href="x.docx">练习分类申报表.docx</a></p><p>【返回顶部】【关闭窗口】</p></div></body></html>'
)


def test_the_table_above_a_notice_tells_its_number_and_issuer():
    reading = read(MIIT.encode(), CN)
    assert (reading.title, reading.number) == ("练习分类办法", "工信部科〔2026〕33号")
    assert [a.id for a in reading.authorities] == ["cn_miit"]


def test_a_table_in_a_page_is_read_by_rows_so_that_a_cell_is_found_in_its_article():
    texts = {p.eid: p.text for p in read(MIIT.encode(), CN).walk()}
    assert texts["art_2__para_3"] == "个人 | 10元"

    comparison = compare(read(MIIT.encode(), CN), read(MIIT.replace("10元", "20元").encode(), CN)).changes
    assert [(c.kind.value, c.new_unit) for c in comparison] == [("modified", "art_2")]


def test_a_link_to_a_file_below_the_law_is_no_annex():
    assert "annex" not in read(MIIT.encode(), CN).counts


def test_markup_in_markdown_is_read_as_a_browser_would():
    text = (
        f"# 练习税法\n\n第一条 {LONG}制定本法。\n\n第二条 {LONG}\n\n"
        "第三条 本法自2018年1月1日起施行。\n\n## 附表一　税额表\n\n"
        "<style>\n.x th { background: #f6f6f7; }\n</style>\n\n<table>\n<tr><th>税目</th><th>税额</th></tr>\n"
        "<tr><td rowspan=2>水</td><td>1元<br>以下</td></tr>\n</table>\n"
    )
    reading = read(text.encode(), CN)
    annex = next(p for p in reading.provisions if p.eid == "anx_1")

    assert [p.text for p in annex.children] == ["税目 | 税额", "水 | 1元 以下"]
    assert "background" in next(n.text for n in reading.furniture if n.name == "markup")


@pytest.mark.parametrize("title", ["专家解读｜三问练习规定", "《练习规定》答记者问", "练习发布会实录"])
def test_headings_of_questions_about_a_law_are_no_law(title):
    body = "".join(f"<p>{n}、为什么？</p><p>{LONG}</p>" for n in "一二三")
    page = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div id=BodyLabel>{body}</div></body></html>"
    )
    assert not read(page.encode(), CN).is_law


def test_an_announcement_is_read_by_its_headings_and_numbered_by_its_year():
    body = (
        "<p>公　告</p><p>2026年第3号</p><p>现将有关事项公告如下：</p>"
        f"<p>一、备案主体应当备案。{LONG}</p><p>二、本公告自2026年4月1日起施行。{LONG}</p><p>三、其他事项。{LONG}</p><p>特此公告。</p>"
        '<p style="text-align:right">国家互联网信息办公室</p><p style="text-align:right">2026年3月3日</p>'
    )
    page = f"<html><head><title>关于练习备案的公告</title></head><body><div id=BodyLabel>{body}</div></body></html>"
    reading = read(page.encode(), CN)

    assert reading.number == "公告2026年第3号"
    assert [p.eid for p in reading.provisions] == ["para_1", "para_2", "para_3"]
    assert [a.id for a in reading.authorities] == ["cn_cac"]
