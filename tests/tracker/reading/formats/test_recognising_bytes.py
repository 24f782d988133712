import pytest

from tracker.reading import RefusedError
from tracker.reading.formats.charset import decode
from tracker.reading.formats.recognise import MOST_LINES, Format, open_source

CHINESE = "第一条　为了练习，制定本规定。第二条　本规定自公布之日起施行。"
MARKUP = f"<html><body><p>{CHINESE}</p></body></html>"


@pytest.mark.parametrize(
    "fragment",
    [
        b'<input type="hidden" name="x"><p>Article 1</p>',
        b"<tr><td>Article 1</td></tr>",
        b"</div></div><p>Article 1</p>",
        b"<o:p></o:p><p>Article 1</p>",
        b"<FONT size=2>Article 1</FONT>",
        b"<!-- saved --><center>Article 1</center>",
        b"<my-app>Article 1</my-app>",
    ],
    ids=["input", "row", "end tag", "office tag", "font", "comment", "element of one's own"],
)
def test_a_fragment_or_soup_of_tags_is_html(fragment):
    assert open_source(fragment).format is Format.HTML


@pytest.mark.parametrize(
    ("body", "format_name"),
    [
        (b"<RULE><PREAMB/></RULE>", Format.XML),
        (b'<bill xmlns="http://xml.house.gov/schemas/uslm/1.0"/>', Format.XML),
        (b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>', Format.XML),
        (b"<5 % of samples are safe.", Format.TEXT),
        (b"\r\n\r\n%PDF-1.7\n", Format.PDF),
    ],
    ids=["a rule", "a bill", "akoma ntoso", "a sentence", "a PDF behind empty lines"],
)
def test_what_is_no_html_is_not_taken_for_it(body, format_name):
    assert open_source(body).format is format_name


@pytest.mark.parametrize("text", [CHINESE, MARKUP, "Article 1. Samples.\n" * 9], ids=["chinese", "markup", "english"])
@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_its_mark(text, charset):
    assert open_source(text.encode(charset)).text == text


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_other_chinese_bytes_are_not_taken_for_utf_16(charset):
    assert decode((CHINESE * 9).encode(charset))[0] == CHINESE * 9


@pytest.mark.parametrize("codec", ["punycode", "idna", "unicode_escape", "rot13", "base64", "no-such"])
def test_a_declared_codec_that_is_no_charset_is_not_obeyed(codec):
    body = f'<meta charset="{codec}"><p>'.encode() + b"R\xe8glement</p>"
    assert "Règlement" in decode(body)[0]


def test_more_lines_than_any_law_has_are_refused():
    with pytest.raises(RefusedError, match="lines"):
        open_source(b"x\n" * (MOST_LINES + 1))
