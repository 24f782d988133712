from __future__ import annotations

import unicodedata

import pytest

from tracker.render.control_characters import harmless
from tracker.wording.text_fit import one_line, readable, width, wrap

EMBEDDING_CLASSES = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = {"\u061c", "\u200e", "\u200f"}  # of the kinds of letters, but no letters


def test_a_line_holds_no_breaks_controls_or_turned_text():
    assert one_line("a\r\nBcc: b\x00\u2028c\u202ed") == "a Bcc: b cd"


def test_a_long_line_ends_with_an_ellipsis():
    assert one_line("x" * 10_000_000, 5) == "xxxx…"


def test_line_breaks_of_quoted_law_stay():
    assert readable("one\r\ntwo\x07\n") == "one\ntwo \n"


@pytest.mark.parametrize(
    "text",
    [
        "The provider shall keep a record of every lamp signal it sends at night. " * 4,
        "灯语服务提供者应当保存夜间记录，保存期限不少于六个月。" * 6,
        "प्रदाता प्रत्येक दीप संकेत का अभिलेख रखेगा और उसे छह मास तक सुरक्षित रखेगा। " * 4,
        "混合 mixed 文字 text " * 12,
    ],
    ids=["Latin", "Chinese", "Hindi", "mixed"],
)
def test_text_of_any_script_is_wrapped_without_losing_a_character(text):
    lines = wrap(text, 40, indent="  ").split("\n")

    assert all(width(line) <= 42 for line in lines)  # a closing mark may hang over the edge
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_no_line_begins_with_a_closing_mark():
    assert all(line[0] not in "，。" for line in wrap("灯语，" * 40, 21).split("\n"))


def test_an_address_is_never_broken():
    address = "https://watch.example/" + "x" * 200
    assert address in wrap(f"see {address} for more").split("\n")


def test_what_a_page_shows_by_name_since_it_turns_a_line_is_left_out_of_mail():
    embedding_marks = {mark for mark in map(chr, range(0x3000)) if unicodedata.bidirectional(mark) in EMBEDDING_CLASSES}
    for mark in sorted(embedding_marks | MARKS):
        assert one_line(f"a{mark}b") == "ab", ascii(mark)
        assert harmless(mark) == f"[U+{ord(mark):04X}]"
