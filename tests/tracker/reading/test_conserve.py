"""Every word a page shows is somewhere in its reading, once; what is lost or said twice is told."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.records import Note, ProvisionKind
from tests.tracker.reading.formats.pdf.conftest import Sheet, write
from tracker.reading import read
from tracker.reading.conserve import NOT_READ, SAID_TWICE, conserve, count_words, serialise
from tracker.reading.formats.blocks import blocks_of
from tracker.reading.formats.recognise import open_source
from tracker.reading.formats.visible_text import visible
from tracker.reading.structure.draft import Draft, Extract
from tracker.reading.structure.eids import finish

HERE = Path(__file__).parent
FIXTURES = sorted(path for path in HERE.glob("*/fixtures/*") if path.is_file())
ARTICLES = [f"Article {n} A keeper of lamp {n} shall light it at dusk and write the hour down." for n in range(1, 31)]


def shown_by(body):
    return visible(open_source(body))


def a_page(*paragraphs, around=""):
    return shown_by(f"<html><body>{around}{''.join(f'<p>{p}</p>' for p in paragraphs)}</body></html>".encode())


def a_reading(*texts, furniture=()):
    drafts = [Draft(ProvisionKind.PARAGRAPH, text=text) for text in texts]
    extract = Extract(drafts=drafts, furniture=[Note("footer", text) for text in furniture])
    return finish(drafts, lambda path: path[-1].label), extract


def in_order(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold())


def after(page, place, letters):
    """Return where *page* goes on after *letters*, which may have others between them; None when they do not come."""
    for letter in letters:
        place = page.find(letter, place) + 1
        if not place:
            return None
    return place or 1


def adds_up(words):
    return words["total"] == sum(count for part, count in words.items() if part != "total")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.parent.name}: {path.name}")
def test_no_word_of_a_fixture_of_any_tradition_is_lost_or_said_twice(path):
    reading = read(path.read_bytes())

    assert reading.words["total"] > 0
    assert adds_up(reading.words)
    assert reading.words["problems"] == 0
    assert {flaw.cause for flaw in reading.flaws}.isdisjoint({NOT_READ, SAID_TWICE})


def test_the_total_is_what_the_page_shows_and_not_what_was_read_of_it():
    words, flaws = conserve(a_page(*ARTICLES), *a_reading(*ARTICLES[:20]))

    assert words == {"total": 510, "provisions": 340, "front": 0, "notes": 0, "furniture": 0, "problems": 170}
    assert [(flaw.cause, flaw.fatal) for flaw in flaws] == [(NOT_READ, True)]
    assert flaws[0].text.startswith("article 21 a keeper of lamp 21 shall")
    assert len(flaws[0].text) <= 500


def test_a_few_lost_words_are_told_and_the_law_stands():
    words, flaws = conserve(a_page(*ARTICLES, "Printed in Haven"), *a_reading(*ARTICLES))

    assert words["problems"] == 3
    assert [(flaw.cause, flaw.text, flaw.fatal) for flaw in flaws] == [(NOT_READ, "printed in haven", False)]


def test_words_said_twice_are_told_and_counted_once():
    words, flaws = conserve(a_page(*ARTICLES), *a_reading(*ARTICLES, furniture=ARTICLES[:5]))

    assert words["total"] == words["provisions"] == 510
    assert words["furniture"] == 0
    assert [flaw.cause for flaw in flaws] == [SAID_TWICE]


def test_what_a_page_hides_may_be_kept_but_need_not():
    page = a_page(
        *ARTICLES, around='<p style="display: none">never shown</p><div hidden>nor this</div><script>x</script>'
    )

    for texts in ((), ["never shown nor this"]):
        words, flaws = conserve(page, *a_reading(*ARTICLES, furniture=texts))
        assert words["total"] == words["provisions"] == 510
        assert flaws == []


@pytest.mark.parametrize(
    ("visible", "as_read"),
    [
        ("sub<br>section", "subsection"),
        ("lighthouse", "light house"),
        ("awaiver ofthe lamp of a keeper", "a waiver of the lamp ofa keeper"),
        ("re\u00adgu\u200bla\u00adtion", "regulation"),
        ("10<sup>25</sup> FLOPs", "10²⁵ flops"),
        ("第<b>一</b>条　点灯", "第一条 点灯"),
        ("ＡＩ①", "AI1"),
        ("cafe\u0301", "Café"),
        ("नियम १ के", "नियम १ के"),
    ],
)
def test_spacing_width_and_case_are_no_loss(visible, as_read):
    words, flaws = conserve(a_page(visible), *a_reading(as_read))

    assert flaws == []
    assert words["provisions"] == words["total"]
    assert adds_up(words)


def test_a_chinese_character_and_any_other_run_of_letters_are_a_word_each():
    assert sum(count_words(["第七条 AI服务者，应当 keep 3 logs"]).values()) == 12


def test_the_letters_pdfium_gives_are_the_words_of_a_pdf():
    lines = [f"{n}. A keeper shall light lamp {n} at dusk." for n in range(1, 31)]
    page = shown_by(write([Sheet().lines(72, 780, *lines)]))

    words, flaws = conserve(page, *a_reading(*lines[:-3]))

    assert (words["total"], words["problems"]) == (270, 27)
    assert flaws[0].text.startswith("28 a keeper shall")


@pytest.mark.parametrize(
    ("page", "visible"),
    [
        (
            b'<?xml version="1.0"?><RULE><!-- not this --><P>One <E T="03">two</E>,</P><P>three</P></RULE>',
            "one two three",
        ),
        (b'<?xml version="1.0"?><bill><meta><t>not</t></meta><p display="no">not</p>this</bill>', "this"),
        (b'{"title": "One", "pages": [2, null, {"a": "three"}]}', "one 2 three"),
        (b"---\nsidebar: auto\n---\n# One\n<!-- not this -->\n**two**\n", "one two"),
    ],
    ids=["XML", "XML that is not displayed", "JSON", "Markdown"],
)
def test_each_format_shows_its_own_words(page, visible):
    words, flaws = conserve(shown_by(page), *a_reading())

    assert words["total"] == words["problems"] == len(visible.split())
    assert sorted(flaws[0].text.split()) == sorted(visible.split())


LAWS = {
    "cn": "第一章　总则\n第一条　守灯人应当在日落前点灯。\n遇雾，应当鸣钟。\n第二条　守灯人应当记录：\n（一）时刻；\n"
    "（二）天气。\n"
    "第二章　附则\n第三条　本规定自2031年5月1日起施行。",
    "us": "6-1-9001. Short title. This part is the Lighthouse Act.\n"
    "6-1-9002. Duties of a keeper. (1) A keeper shall:\n(a) Light the lamp; and\n(b) Keep a log.\n"
    "(2) A keeper may sleep by day.\n6-1-9003. Rules. The attorney general may adopt rules for lamps.",
    "in": "1. Short title and commencement.—(1) These rules may be called the Lighthouse Rules, 2031.\n"
    "(2) They shall come into force on the date of their publication in the Official Gazette.\n"
    "2. Duties of keeper.—(1) A keeper shall—\n(a) light the lamp; and\n(b) keep a log.\n"
    "(2) A keeper may sleep by day.",
    "eu": '<p class="oj-ti-art">Article 1</p><p class="oj-sti-art">Scope</p>'
    '<p class="oj-normal">1.   This applies to:</p>'
    '<table><tr><td><p class="oj-normal">(a)</p></td><td><p class="oj-normal">lamps;</p></td></tr></table>'
    '<p class="oj-normal">2.   It does not apply to candles.</p>'
    '<p class="oj-ti-art">Article 2</p><p class="oj-sti-art">Duties</p>'
    '<p class="oj-normal">A keeper shall light it.</p>',
}


@pytest.mark.parametrize("jurisdiction", LAWS)
def test_serialising_the_provisions_gives_the_text_back(jurisdiction):
    law = LAWS[jurisdiction]
    body = f"<html><body>{law}</body></html>" if jurisdiction == "eu" else law
    reading = read(body.encode())
    printed_text = open_source(body.encode()).soup.get_text(" ") if jurisdiction == "eu" else law

    assert reading.jurisdiction == jurisdiction
    assert in_order(serialise(reading.provisions)) == in_order(printed_text)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.parent.name}: {path.name}")
def test_the_provisions_of_a_fixture_say_their_words_in_the_order_of_the_page(path):
    body = path.read_bytes()
    page = "".join(in_order("".join(shown_by(body).shown)))
    place = 0

    for provision in read(body).walk():
        label, heading, text = (
            "".join(in_order(part)) for part in (provision.label, provision.heading, provision.text)
        )
        ends = [after(page, place, words) for words in (label + heading + text, heading + label + text)]
        assert any(ends), provision.eid
        place = min(filter(None, ends))


WORDS = st.text(st.sampled_from("abcdé第条一（）().,1 \u00a0\u3000—"), min_size=1, max_size=24)
INLINE = st.sampled_from(["b", "i", "span", "a", "sup", "font"])
BLOCK = st.sampled_from(["p", "div", "li", "h2", "td", "blockquote", "nav", "footer", "section"])


def _element(children):
    return st.tuples(st.one_of(INLINE, BLOCK), st.lists(children, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    )


TREES = st.recursive(WORDS.map(lambda text: text.replace("<", "")), _element, max_leaves=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(TREES, max_size=6))
def test_whatever_the_blocks_are_all_words_come_out(trees):
    source = open_source(f"<html><body>x{''.join(trees)}</body></html>".encode())
    blocks = blocks_of(source.soup)
    texts = [*(block.text for block in blocks.main), *(note.text for note in blocks.furniture)]

    words, flaws = conserve(visible(source), *a_reading(*texts))

    assert flaws == []
    assert words["problems"] == 0
    assert adds_up(words)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30), st.lists(WORDS, max_size=30))
def test_the_parts_add_up_to_the_page_however_wrong_the_reading_is(visible_words, as_read):
    source = open_source(f"x {' '.join(visible_words)}".encode())

    words, _ = conserve(visible(source), *a_reading(*as_read))

    assert adds_up(words)
    assert words["total"] == sum(count_words([source.text]).values())
    assert min(words.values()) >= 0
