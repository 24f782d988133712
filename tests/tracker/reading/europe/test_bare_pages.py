"""A page of no known kind: what its site prints around the act is no part of the title or of the act."""

import pytest

from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

LINKS = "".join(f"<li><a href='/{n}'>Document {n}</a></li>" for n in range(1, 9))
ACT = "".join(
    f"<h3>Article {n}</h3><p>The keeper of lamp {n} shall light it before sunset and record the hour of doing so.</p>"
    for n in range(1, 5)
)
HEAD = "<h1>Regulation 7 on Lighthouses</h1>"


@pytest.mark.parametrize(
    "body",
    [
        f"<nav><ul>{LINKS}</ul></nav><main>{HEAD}{ACT}</main><footer><p>Visits 12</p></footer>",
        f"<div><ul>{LINKS}</ul></div><div>{HEAD}{ACT}</div>",
    ],
    ids=["with a main part", "without one"],
)
def test_the_menu_is_no_part_of_the_title(body):
    reading = read(f"<html lang='en'><body>{body}</body></html>".encode(), ReadingContext(jurisdiction="eu"))
    assert reading.title == "Regulation 7 on Lighthouses"
    assert reading.counts["article"] == 4
    assert reading.words["problems"] == 0
    assert "Visits" not in " ".join(p.text for p in reading.walk())
