import pytest

from tracker.reading import RefusedError
from tracker.reading.formats.charset import decode
from tracker.reading.formats.recognise import MARKUP_LIMIT, Format, open_source

LAW = "第一条 为了练习，制定本规定。"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (LAW.encode("utf-8-sig"), ""),
        (LAW.encode("utf-16"), ""),
        (LAW.encode("gb18030"), "text/html; charset=gb2312"),
        (f'<meta charset="gbk">{LAW}'.encode("gb18030"), "text/html"),
        (LAW.encode("gb18030"), ""),
    ],
    ids=["utf-8 with a mark", "utf-16", "gb2312 in the header", "gbk in the page", "undeclared"],
)
def test_chinese_is_read_whatever_the_charset(body, charset):
    text, _, flaws = decode(body, charset)
    assert LAW in text
    assert flaws == []


def test_latin_bytes_without_a_charset_are_read_and_said_to_be_guessed():
    text, charset, flaws = decode("Règlement “A”".encode("cp1252"))
    assert text == "Règlement “A”"
    assert charset == "cp1252"
    assert [f.cause for f in flaws] == ["charset"]


@pytest.mark.parametrize(
    ("body", "format_"),
    [
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", Format.HTML),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', Format.HTML),
        (b'<?xml version="1.0"?><RULE><PREAMB/></RULE>', Format.XML),
        (b'{"document_number": "2026-1"}', Format.JSON),
        (b"%PDF-1.7\n", Format.PDF),
        (b"1. Short title. - (1) These rules", Format.TEXT),
    ],
    ids=lambda value: value.value if isinstance(value, Format) else "",
)
def test_the_format_is_what_the_bytes_are(body, format_):
    assert open_source(body).format is format_


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "0 bytes"),
        (b" \n\t ", "0 bytes"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no known format"),
        (b"PK\x03\x04" + bytes(100), "no known format"),
        (bytes(range(1, 9)) * 100, "no known format"),
        (b"<p>" + b"x" * MARKUP_LIMIT, "over the size limit"),
    ],
    ids=["empty", "blank", "a picture", "a zip", "a binary", "too large"],
)
def test_what_is_no_page_of_law_is_refused_in_one_line(body, says):
    with pytest.raises(RefusedError, match=says) as error:
        open_source(body)
    assert "\n" not in str(error.value)


def test_an_xml_bomb_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;">]><RULE>&y;</RULE>'
    with pytest.raises(RefusedError, match="entities"):
        _ = open_source(bomb).root
