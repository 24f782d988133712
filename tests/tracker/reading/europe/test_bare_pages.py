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


def test_a_page_whose_class_names_were_scrambled_has_the_same_units():
    def page(article: str, normal: str, column: str) -> bytes:
        text = f'<div class="{column}-2"><p>white lamps;</p></div>'
        point = f'<div class="grid-list"><div class="{column}-1">(a)</div>{text}</div>'
        body = "".join(
            f'<div><p class="{article}">Article {n}</p><p class="{normal}">1. The keeper shall keep:</p>{point}'
            f'<p class="{normal}">2. Lamp {n} shall burn from dusk until dawn on every day of the year.</p></div>'
            for n in range(1, 5)
        )
        return f"<html><body><p>REGULATION (EU) 2031/4 ON LAMPS</p>{body}</body></html>".encode()

    plain = read(page("k91", "k4", "k7"), ReadingContext(jurisdiction="eu"))

    assert plain.counts == {"article": 4, "paragraph": 8, "point": 4}
    assert [p.eid for p in plain.provisions] == ["art_1", "art_2", "art_3", "art_4"]


def test_a_quotation_that_is_never_closed_does_not_swallow_the_next_articles():
    filler = "The keeper shall keep the lamp burning from dusk until dawn on every day of the year."
    lines = [
        "REGULATION (EU) 2031/4",
        "Article 1",
        "The following is added:",
        f"“3. {filler}",
        "Article 2",
        filler,
        f"{filler}”",
    ]
    page = "".join(f"<p>{line}</p>" for line in lines)

    reading = read(f"<html><body>{page}</body></html>".encode(), ReadingContext(jurisdiction="eu"))

    assert [p.eid for p in reading.provisions] == ["art_1", "art_2"]


def test_a_chapter_is_read_that_stands_on_one_line_with_its_heading():
    filler = "The keeper shall keep the lamp burning from dusk until dawn on every day of the year."
    lines = [
        "COUNCIL DIRECTIVE 91/4/EEC",
        "CHAPTER I General provisions",
        "Article 1",
        filler,
        "CHAPTER II Lamps",
        "Article 2",
        filler,
    ]
    page = "".join(f"<p>{line}</p>" for line in lines)

    reading = read(
        f'<html><body><div id="TexteOnly">{page}</div></body></html>'.encode(), ReadingContext(jurisdiction="eu")
    )

    assert [(p.label, p.heading) for p in reading.provisions] == [
        ("CHAPTER I", "General provisions"),
        ("CHAPTER II", "Lamps"),
    ]
