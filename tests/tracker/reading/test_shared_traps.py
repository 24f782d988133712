"""Traps any site may set, whatever its tradition: what a browser would show is read, and nothing else."""

import pytest

from tracker.reading import RefusedError, read
from tracker.reading.formats.blocks import blocks_of
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext

CN = ReadingContext(jurisdiction="cn")
ARTICLES = [
    "第一条　为了规范灯塔的练习活动，保障航行安全，保护守灯人和航行者的合法权益，制定本规定。",
    "第二条　守灯人应当在日落前点灯，并在日出后熄灯，遇大雾时还应当鸣钟示警。",
    "第三条　守灯人应当每日记录点灯和熄灯的时刻以及当日的天气，记录保存不少于三年。",
    "第四条　违反本规定的，由灯塔主管部门责令改正，给予警告，情节严重的撤换守灯人。",
]


def a_page(*paragraphs, before="", after=""):
    return f"{before}<html><body>{''.join(f'<p>{p}</p>' for p in paragraphs)}{after}</body></html>"


def lines(page):
    units = blocks_of(open_source(page.encode()).soup)
    return [block.text for block in units.main]


def articles(page, encoding="utf-8", hints=CN):
    reading = read(page.encode(encoding) if isinstance(page, str) else page, hints)
    assert reading.words["problems"] == 0
    return [p.label for p in reading.walk() if p.kind.value == "article"], reading


FOUR = ["第一条", "第二条", "第三条", "第四条"]


def test_points_in_the_cells_of_a_table_are_lines_of_their_own():
    table = (
        "<table><tr><td>（一）</td><td><p>灯；</p></td></tr><tr><td>（二）</td><td>钟<br>和号</td></tr></table>"
        "<table><tr><td><table><tr><td>内</td></tr></table>外</td></tr></table>"
    )
    assert lines(a_page(after=table)) == ["（一）", "灯；", "（二）", "钟", "和号", "内", "外"]


@pytest.mark.parametrize(
    "hidden_markup",
    [
        '<p style="display:none">第九条 无人可见。</p>',
        '<div style="color:red; DISPLAY : none"><p>第九条 无人可见。</p></div>',
        '<p style="visibility: hidden">第九条 无人可见。</p>',
        "<p hidden>第九条 无人可见。</p>",
        "<!-- 第九条 无人可见。 -->",
        "<script>document.write('第九条 无人可见。')</script>",
        "<template><p>第九条 无人可见。</p></template>",
        "<noscript>第九条 无人可见。</noscript>",
        '<input type="hidden" value="第九条">',
    ],
    ids=[
        "display",
        "display of what is around",
        "visibility",
        "hidden",
        "comment",
        "script",
        "template",
        "noscript",
        "field",
    ],
)
def test_what_a_page_hides_is_no_law(hidden_markup):
    units, _ = articles(a_page(*ARTICLES, after=hidden_markup))
    assert units == FOUR


def test_pages_put_one_after_the_other_are_all_read():
    whole = a_page(*ARTICLES[:2]) + a_page(*ARTICLES[2:3]) + a_page(*ARTICLES[3:])
    units, _ = articles(whole)
    assert units == FOUR


def test_an_end_of_the_page_before_its_text_does_not_end_the_reading():
    early = "<html><head><title>练习</title></head></html>\n<html><body></body></html>\n" + a_page(*ARTICLES)
    units, _ = articles(early)
    assert units == FOUR


def test_elements_nested_four_hundred_deep_are_refused_in_one_line():
    deep = a_page(*ARTICLES, after="<div>" * 450 + "x" + "</div>" * 450)
    with pytest.raises(RefusedError, match="nested more than 400 deep") as error:
        read(deep.encode(), CN)
    assert "\n" not in str(error.value)


def test_elements_nested_two_hundred_deep_are_read():
    deep = a_page(after="<div>" * 200 + "".join(f"<p>{a}</p>" for a in ARTICLES) + "</div>" * 200)
    units, _ = articles(deep)
    assert units == FOUR


def test_tags_never_closed_and_closed_twice_lose_nothing():
    broken_page = (
        "<html><body><p>" + "<p>".join(ARTICLES[:2]) + "</b></div></p></p><td>" + "</span><p>".join(ARTICLES[2:])
    )
    units, _ = articles(broken_page)
    assert units == FOUR


@pytest.mark.parametrize(
    "first_line",
    [
        ARTICLES[0].replace("第一条", "&#31532;&#19968;&#26465;"),
        ARTICLES[0].replace("第一条", "&#x7B2C;&#x4E00;&#x6761;"),
        ARTICLES[0].replace("　", "&emsp;"),
        ARTICLES[0].replace("　", "&nbsp;&nbsp;"),
        ARTICLES[0].replace("第一条", "第<span>一</span>条"),
        ARTICLES[0].replace("第一条", "第\u200b一条\ufeff"),
        ARTICLES[0].replace("第一条", "第&ZeroWidthSpace;一条"),
        ARTICLES[0].replace("，", "&#65292;"),
    ],
    ids=["decimal", "hexadecimal", "wide space", "no-break spaces", "span", "no width", "named, no width", "comma"],
)
def test_an_article_is_known_however_its_letters_are_written(first_line):
    units, reading = articles(a_page(first_line, *ARTICLES[1:]))
    assert units[1:] == FOUR[1:]
    assert units[0].replace("\u200b", "") == "第一条"
    assert next(p.number for p in reading.walk() if p.kind.value == "article") == "1"


def test_entities_that_stand_for_marks_are_text_and_no_tags():
    assert lines(a_page("a &lt;b&gt; &amp;lt; &quot;c&quot; &unknown; &#0; d")) == ['a <b> &lt; "c" &unknown; \ufffd d']


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_page_is_read_in_any_encoding_even_when_it_names_another(encoding):
    page = a_page(*ARTICLES, before='<meta charset="iso-8859-1">' if encoding != "gb18030" else '<meta charset="gbk">')
    units, reading = articles(page, encoding)
    assert units == FOUR
    assert "charset" not in {flaw.cause for flaw in reading.flaws}


def test_a_page_that_ends_within_a_character_still_adds_up():
    body = a_page(*ARTICLES).encode()
    cut = body[: body.rindex("第四条".encode()) + 1]  # ends in the middle of a character
    reading = read(cut, CN)
    assert reading.words["total"] == sum(n for part, n in reading.words.items() if part != "total")
