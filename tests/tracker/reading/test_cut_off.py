import pytest

from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

ARTICLES = "".join(
    f"<p><strong>第{n}条</strong> 提供者应当完成第{n}项登记，并将登记结果向社会公布。</p>" for n in "一二三四五"
)
PAGE = f"<html><head><title>练习规定</title></head><body><h1>练习规定</h1>{ARTICLES}</body></html>"


def test_a_page_cut_in_the_middle_is_no_version():
    cut = PAGE[: PAGE.index("第四条") + 10]
    assert [flaw.cause for flaw in read(cut.encode(), ReadingContext(jurisdiction="cn")).flaws if flaw.fatal] == [
        "cut off"
    ]


def test_a_page_cut_between_two_paragraphs_leaves_its_container_open():
    page = PAGE.replace("<body>", "<body><div>").replace("</body>", "</div></body>")
    cut = page[: page.index("<p><strong>第四条")]
    assert not read(cut.encode(), ReadingContext(jurisdiction="cn")).is_law


@pytest.mark.parametrize(
    "page",
    [PAGE, PAGE.removesuffix("</html>"), PAGE.removesuffix("</body></html>"), ARTICLES],
    ids=["whole", "no html end", "no end at all", "a fragment"],
)
def test_a_whole_page_and_a_fragment_are_not_taken_for_cut(page):
    assert read(page.encode(), ReadingContext(jurisdiction="cn")).is_law
