"""What one answer may cost: its size before it is decoded, how it was packed, its charset, its rows, its time."""

import gzip
import time

import pytest
from parsel import Selector

from crawlers.checks.answer_limits import LARGEST_FILE, LARGEST_MARKUP, check_size
from crawlers.checks.charsets import is_charset
from crawlers.checks.processor_limit import processor_limit
from crawlers.checks.unusable_page import visible_text
from crawlers.errors import UnusablePageError
from crawlers.failure_causes import Cause
from crawlers.rows.first_elements import MOST_ROWS, first_of
from tracker.reading.formats.charset import decode

URL = "https://law.example/act"


@pytest.mark.parametrize(
    ("body", "wire"),
    [
        (b"<html>" + b"x" * LARGEST_MARKUP, 30_000_000),
        (b"law " * 6_000_000, 24_000_000),
        (b'{"a": "' + b"x" * LARGEST_MARKUP, 30_000_000),
        (b"%PDF-1.7" + b"x" * LARGEST_FILE, LARGEST_FILE + 8),
        (b"<p>" + bytes(6_000_000), 6_000),
        (b"%PDF-1.7" + bytes(6_000_000), 6_000),
    ],
    ids=["page", "text", "json", "pdf", "packed page", "packed pdf"],
)
def test_what_is_larger_than_a_law_or_packed_as_a_trap_is_refused_by_name(body, wire):
    with pytest.raises(UnusablePageError, match=r"law\.example/act") as refusal:
        check_size(URL, body, wire)

    assert refusal.value.cause is Cause.TOO_LARGE


@pytest.mark.parametrize(
    ("body", "wire"),
    [
        (b"<html>" + b"x" * (LARGEST_MARKUP - 6), LARGEST_MARKUP),
        (b"%PDF-1.7" + b"x" * 30_000_000, 30_000_008),
        (b"<p>" + bytes(4_000_000), 4_000),
        (gzip.compress(b"law"), 23),
        (b"", 0),
    ],
    ids=["large page", "large pdf", "small however packed", "compressed", "nothing"],
)
def test_what_a_law_may_be_passes(body, wire):
    check_size(URL, body, wire)


@pytest.mark.parametrize(
    "name", "punycode idna undefined rot13 base64 hex zip bz2 uu quopri unicode_escape mbcs utf-7 charmap nope".split()
)
def test_what_is_no_charset_is_decoded_by_nobody(name):
    words = "第一条 练习者应当练习。".encode() * 4_000
    page = f'<meta charset="{name}"><p>'.encode() + words

    start = time.process_time()
    assert not is_charset(name)
    assert "第一条" in visible_text(page)
    assert "第一条" in decode(page, f"text/html; charset={name}")[0]
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "name", "utf-8 UTF8 gb2312 GBK gb18030 big5 latin-1 windows-1252 shift_jis utf-16 ascii".split()
)
def test_what_pages_are_written_in_is_a_charset(name):
    assert is_charset(name)


def test_a_list_without_end_costs_what_a_long_one_does():
    page = Selector(text="<ul>" + "<li>Act</li>" * (MOST_ROWS * 10) + "</ul>")

    assert len(first_of(page, "li")) == MOST_ROWS + 1
    assert first_of(page, "li, p", 2).css("::text").getall() == ["Act", "Act"]


def _work_for_ever():
    with processor_limit(URL, 0.2):
        while True:
            sum(range(1000))


def test_what_takes_too_long_is_ended_by_name_and_the_next_goes_on():
    with pytest.raises(UnusablePageError, match="processor time") as refusal:
        _work_for_ever()

    assert refusal.value.cause is Cause.TOO_COSTLY
    with processor_limit(URL, 5):
        assert sum(range(10)) == 45
    end = time.process_time() + 0.4
    while time.process_time() < end:  # nothing is left of the first limit
        pass
