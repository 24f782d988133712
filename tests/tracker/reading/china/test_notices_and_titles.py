"""Titles broken over lines, a page's own table, amendments under the title, and notices that are not the draft."""

import pytest

from storage.records import Reading
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

CN = ReadingContext(jurisdiction="cn")
LONG = "渡船保管人应当在每次摆渡以前检查灯盏和绳索，并将检查情况如实写入簿册，簿册保存期限不得少于三年。"
TABLE = (
    "<table><tr><td><b>标　　题：</b></td><td colspan=3>{title}</td></tr>"
    "<tr><td><b>发文字号：</b></td><td>{number}</td><td><b>成文日期：</b></td><td>2031年01月27日</td></tr></table>"
)
ARTICLES = f"<p>第一条　{LONG}</p><p>第二条　{LONG}</p><p>第三条　本办法自2031年3月1日起施行。</p>"
WAYS = (
    "<p>公众可以通过以下途径和方式提出反馈意见：</p><p>1.登录渡船管理网站（网址：ferry.example），进入意见征集系统提出意见。</p>"
    "<p>2.通过电子邮件发送至：ferry@ferry.example。</p><p>3.通过信函寄至：北岸市渡口路1号，邮政编码：000000。</p>"
    "<p>意见反馈截止时间为2031年5月6日。</p><p>渡船管理局</p><p>2031年4月6日</p>"
)


def page(body: str, title: str = "渡船") -> Reading:
    text = f"<html><head><title>{title}</title></head><body><div id=UCAP-CONTENT>{body}</div></body></html>"
    return read(text.encode(), CN)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        pytest.param(
            "北岸市关于在渡口全面推行<br>夜间灯盏检查的规定",
            "北岸市关于在渡口全面推行夜间灯盏检查的规定",
            id="with 关于",
        ),
        pytest.param("内河渡船灯盏<br>管理暂行办法", "内河渡船灯盏管理暂行办法", id="the words of its kind"),
    ],
)
def test_a_title_broken_by_a_line_break_is_whole(lines, title):
    assert page(f'<p style="text-align: center;"><b>{lines}</b></p>{ARTICLES}').title == title


def test_the_page_s_own_table_tells_title_number_and_day():
    table = TABLE.format(title="内河渡船灯盏管理办法", number="渡令第12号")
    body = f"{table}<p>灯盏管理办法</p><p>根据《内河法》（内发〔2011〕3号）制定。</p>{ARTICLES}"
    reading = read(f"<html><body><div>{body}</div></body></html>".encode(), CN)

    assert (reading.title, reading.number) == ("灯盏管理办法", "令第12号")
    assert ("issued", "2031-01-27") in {(m.kind.value, str(m.on)) for m in reading.dates}


def test_a_number_in_a_sentence_is_that_of_the_act_it_cites():
    reading = page(
        f"<h1>渡船灯盏办法</h1><p>根据《内河通知》（内发〔2011〕3号）和令第5号的规定，现予公布。</p>{ARTICLES}"
    )

    assert reading.number == ""


def test_amendments_under_the_title_are_dated_with_their_orders():
    history = (
        "（2011年3月4日北岸市人民政府令第76号公布　根据2018年9月6日北岸市人民政府令第99号修订　"
        "根据2020年10月7日《北岸市关于修改〈渡船办法〉的决定》第二次修正）"
    )
    reading = page(f"<h1>渡船灯盏办法</h1><p>{history}</p>{ARTICLES}")
    dates = {(m.kind.value, str(m.on)): m.basis for m in reading.dates}

    assert reading.number == "令第76号"
    assert "令第99号修订" in dates["issued", "2018-09-06"]
    assert "第二次修正" in dates["adopted", "2020-10-07"]
    assert ("issued", "2011-03-04") in dates


def test_a_cell_that_names_an_article_begins_none():
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (("条款", "罚款"), ("第四条", "百元"), ("第五条", "千元"))
    )
    rows = f"<table>{rows}</table>"
    reading = page(f"<h1>渡船灯盏办法</h1>{ARTICLES}<p>附件</p><p>罚款表</p>{rows}")

    assert reading.counts["article"] == 3
    assert not reading.flaws


def test_a_law_set_in_a_table_is_read_by_its_rows():
    rows = "".join(f"<tr><td>第{n}条</td><td>{LONG}</td></tr>" for n in "一二三四五")
    reading = page(f"<h1>渡船灯盏办法</h1><table>{rows}</table>")

    assert [p.eid for p in reading.provisions] == ["art_1", "art_2", "art_3", "art_4", "art_5"]
    assert reading.provisions[1].text == LONG


def test_an_amendment_of_one_paragraph_is_an_act():
    text = (
        "为了保障夜间摆渡安全，将渡船法第二十九条修改为：“渡船夜间应当点灯，无灯不得离岸，违者处百元以上千元以下罚款。”"
    )
    reading = page(f"<h1>渡船法修正案（二）</h1><p>（2031年3月4日通过）</p><p>{text}本修正案自公布之日起施行。</p>")

    assert reading.is_law
    assert reading.title == "渡船法修正案（二）"


def test_a_notice_that_asks_for_comments_is_not_the_draft():
    notice = f"<h1>关于《渡船灯盏办法（征求意见稿）》公开征求意见的通知</h1><p>{LONG}现向社会公开征求意见。</p>{WAYS}"
    reading = page(notice, "关于《渡船灯盏办法（征求意见稿）》公开征求意见的通知")

    assert not reading.is_law
    assert not reading.provisions
    assert "asks for comments" in reading.flaws[0].text


@pytest.mark.parametrize("behind", [False, True], ids=["before the draft", "behind the draft"])
def test_ways_to_send_comments_never_become_provisions(behind):
    draft = f'<p style="text-align:center"><b>渡船灯盏办法（征求意见稿）</b></p>{ARTICLES}'
    head = "<p>现就《渡船灯盏办法（征求意见稿）》公开征求意见。</p>"
    reading = page(
        f"{head}{draft}{WAYS}" if behind else f"{head}{WAYS}{draft}", "关于《渡船灯盏办法》公开征求意见的通知"
    )
    words = " ".join(f"{p.text}" for p in reading.walk())

    assert reading.counts["article"] == 3
    assert "ferry@ferry.example" not in words
    assert "邮政编码" not in words


def test_headings_of_a_notice_before_a_draft_without_articles_are_not_its_provisions():
    draft = "<p>渡船灯盏标准（征求意见稿）</p>" + "".join(f"<p>{n}、{LONG}</p>" for n in "一二三四")
    ways = ("一、可以发送电子邮件至ferry@ferry.example。", "二、可以寄信，邮编：000000。", "三、截止2031年5月6日。")
    notice = "".join(f"<p>{line}</p>" for line in ("现公开征求意见。", *ways))
    reading = page(f"{notice}{draft}", "关于《渡船灯盏标准（征求意见稿）》公开征求意见的通知")

    assert [p.number for p in reading.provisions] == ["1", "2", "3", "4"]
    assert "ferry@" not in " ".join(p.text for p in reading.walk())


def test_a_name_given_in_the_middle_of_a_sentence_is_a_definition():
    reading = page(
        f"<h1>渡船灯盏办法</h1><p>第一条　内河摆渡的船舶（以下简称“渡船”）应当点灯，其所有人（以下称保管人）负责。</p>"
        f"<p>第二条　{LONG}</p><p>第三条　{LONG}</p>"
    )

    assert {d.term for d in reading.definitions} >= {"渡船", "保管人"}


LAW_LINES = [f"第{n}条　渡船所有人应当在开航以前向登记机关提交渡船登记的全部材料。" for n in "一二三"]


def render_page(head: str, tail: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in LAW_LINES)
    return f"<html><head><title>正文</title></head><body><div>{head}{body}</div>{tail}</body></html>"


@pytest.mark.parametrize(
    "head", ["<p><b>中华人民共和国</b></p><p><b>渡船法</b></p>", "<p>中华人民共和国<br>渡船法</p>"]
)
def test_the_name_of_the_state_on_a_line_of_its_own_begins_the_title(head):
    assert read(render_page(head).encode(), CN).title == "中华人民共和国渡船法"


def test_links_below_a_law_that_name_articles_are_none_of_its_own():
    tail = "<div><p>相关阅读</p><p><a href='a'>第三条 释义</a></p><p><a href='b'>第四条 理解与适用</a></p></div>"
    reading = read(render_page("<p>渡船登记办法</p>", tail).encode(), CN)

    assert reading.counts["article"] == 3
    assert not [flaw for flaw in reading.flaws if flaw.cause == "numbers with a gap"]


def test_an_order_counted_by_its_year_is_no_announcement():
    lines = [
        "中华人民共和国交通运输部令",
        "2031年第6号",
        "《渡船登记办法》已经部务会议通过，现予公布。",
        "渡船登记办法",
    ]
    reading = read(render_page("".join(f"<p>{line}</p>" for line in lines)).encode(), CN)

    assert (reading.number, reading.title) == ("令2031年第6号", "渡船登记办法")


def test_a_table_of_two_texts_side_by_side_is_no_law():
    rows = "".join(f"<tr><td>{line}</td><td>{line}</td></tr>" for line in LAW_LINES)
    text = f"<html><body><h1>《渡船登记办法（修订草案）》修改对照表</h1><table>{rows}</table></body></html>"
    flaws = read(text.encode(), CN).flaws

    assert any(flaw.fatal and "side by side" in flaw.text for flaw in flaws)


@pytest.mark.parametrize("tail", ["_某某市人民政府门户网站", "-某某部", "_国家法律法规数据库", "｜某某网"])
def test_the_name_of_a_site_is_no_part_of_a_title(tail):
    body = "".join(f"<p>{line}</p>" for line in LAW_LINES)
    text = f"<html><head><title>渡船登记若干规定{tail}</title></head><body><div>{body}</div></body></html>"

    assert read(text.encode(), CN).title == "渡船登记若干规定"


def test_the_name_of_the_contents_list_behind_the_title_is_no_part_of_it():
    articles = "".join(
        f"<p>第{n}条　守塔人应当在日落至日出期间保持灯火长明，并如实记载点灯时间。</p>" for n in "一二三四"
    )
    page = f"<html><body><p>灯塔管理办法　目　录</p><p>第一章　总则</p><p>第一章　总则</p>{articles}</body></html>"

    assert read(page.encode(), ReadingContext(jurisdiction="cn")).title == "灯塔管理办法"
