import pytest
from parsel import Selector

from crawlers.rows.link_addresses import addresses_in, behind_viewer, is_file

ELEMENTS = [
    ('<a href="/a.pdf">A</a>', "/a.pdf"),
    ("<iframe src='../../web/?file=https://b.example/docs/1.pdf'></iframe>", "https://b.example/docs/1.pdf"),
    ('<object data="/files/act.pdf" type="application/pdf"></object>', "/files/act.pdf"),
    ('<embed src="/files/act.pdf">', "/files/act.pdf"),
    ("<a href=\"javascript:void(0)\" onclick=\"window.open('/files/act.pdf','_blank')\">A</a>", "/files/act.pdf"),
    ('<a href="#" onclick="openDoc(\'ACT\', \'/show/12\')">A</a>', "/show/12"),
    ("<a href=\"javascript:openPdf('/files/act.pdf');\">A</a>", "/files/act.pdf"),
    ('<button data-url="/files/act.docx">A</button>', "/files/act.docx"),
    ('<a href="/pdfjs/web/viewer.html?file=%2Ffiles%2Fact.pdf">A</a>', "/files/act.pdf"),
    ('<a href="https://docs.viewer.example/viewer?url=https://a.example/x.docx&embedded=true">A</a>', "https://a.example/x.docx"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "address"), ELEMENTS)
def test_an_address_is_found_wherever_a_page_hides_it(markup, address):
    (element,) = Selector(markup).css("body > *")

    assert next(filter(None, addresses_in(element))) == address


def test_an_address_may_stand_in_the_text():
    (element,) = Selector("<span>CG-DL-E-12122025-268455</span>").css("span")

    assert list(addresses_in(element, "text")) == ["CG-DL-E-12122025-268455"]


def test_a_named_attribute_is_the_only_one_read():
    (element,) = Selector("<a href='/1' onclick=\"jump('7')\">A</a>").css("a")

    assert list(addresses_in(element, "onclick")) == ["jump('7')"]


@pytest.mark.parametrize("url", ["/a.wps?fileName=Annex.wps", "/list?file=summary", "/a.pdf#page=2", "http://[broken"])
def test_what_is_no_viewer_stays_as_it_is(url):
    assert behind_viewer(url) == url


def test_files_and_pages_are_told_apart():
    assert is_file("https://x.cn/a.PDF?v=1")
    assert is_file("/a.wps")
    assert not is_file("/a.html")
