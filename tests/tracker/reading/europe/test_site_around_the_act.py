"""What another site prints around an act must not be taken for its title, nor hide its articles."""

from pathlib import Path

import pytest

from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

FIXTURES = Path(__file__).parent / "fixtures"
EU = ReadingContext(jurisdiction="eu")


def shape(reading):
    return {kind: n for kind, n in reading.counts.items() if kind in {"article", "recital", "annex", "chapter"}}


@pytest.mark.parametrize("name", ["oj.html", "consolidated.html", "oj_2013.html"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Home</p>", ""),
        ("Skip to the main content", "<footer>Contact</footer>"),
        ("<table><tr><td>Menu</td><td>", "</td></tr></table>"),
        ('<div class="page"><div class="content">', "</div></div>"),
    ],
    ids=["a paragraph", "loose words", "a layout table", "wrappers"],
)
def test_an_act_is_read_the_same_whatever_stands_around_it(name, before, after):
    text = (FIXTURES / name).read_text(encoding="utf-8")
    head, body = text.split("<body", 1)
    opening, rest = body.split(">", 1)
    inner, end = rest.rsplit("</body", 1)
    around = f"{head}<body{opening}>{before}{inner}{after}</body{end}"

    assert shape(read(around.encode(), EU)) == shape(read(text.encode(), EU))


@pytest.mark.parametrize("name", ["oj.html", "consolidated.html"])
def test_what_a_site_prints_after_an_act_is_no_paragraph_of_it(name):
    text = (FIXTURES / name).read_text(encoding="utf-8")
    after = text.replace("</body", "<div><p>Related content</p><p>Share this page</p></div></body")

    assert read(after.encode(), EU).provisions == read(text.encode(), EU).provisions
