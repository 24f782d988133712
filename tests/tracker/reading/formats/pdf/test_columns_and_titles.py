"""Columns whose rows do not stand beside each other, and titles of units where a page begins."""

import pytest

from benchmarks.silence.laws import make
from benchmarks.silence.markups import lines_of
from benchmarks.silence.pdf_printing import even_pdf, two_column_pdf
from tracker.reading import read
from tracker.reading.formats.pdf.read_pdf import read_pdf
from tracker.reading.structure.draft import ReadingContext


def texts(body):
    return [paragraph.text for paragraph in read_pdf(body).paragraphs]


def test_two_columns_set_apart_are_read_one_after_the_other(sheet, pdf):
    left = [f"Row {n} of the left column says what it says." for n in range(1, 13)]
    right = [f"Line {n} of the right column says it too." for n in range(1, 13)]
    page = sheet().lines(50, 780, *left, size=9).lines(310, 774, *right, size=9)
    whole = " ".join(texts(pdf([page])))

    assert whole.index("Row 12") < whole.index("Line 1 ")


def test_a_short_column_that_begins_a_little_higher_is_read_second(sheet, pdf):
    left = [f"Row {n} of the left column says what it says." for n in range(1, 31)]
    page = sheet().lines(56, 762, *left, size=9).text(310, 775, "Article 6", 9).text(398, 750, "The log", 9)
    page = page.text(310, 728, "This enters into force on", 9).text(310, 716, "1 June 2032.", 9)
    whole = " ".join(texts(pdf([page])))

    assert whole.index("Row 30") < whole.index("Article 6")


def test_a_short_column_on_the_last_page_is_read_as_the_pages_before_it(sheet, pdf):
    rows = [f"Row {n} of the left column says what it says." for n in range(1, 13)]
    first = sheet().lines(50, 780, *rows, size=9).lines(310, 774, *rows, size=9)
    last = sheet().lines(50, 780, "Article 11 ends here and no sooner.", "It is so.", size=9).text(310, 776, "2032.", 9)
    whole = " ".join(texts(pdf([first, last])))

    assert "here and no sooner. It is so. 2032." in whole


def test_a_page_of_full_rows_and_a_few_short_ones_has_no_columns(sheet, pdf):
    full = ["A row that goes over the whole of the page and leaves no room for a gutter in it."] * 10
    page = sheet().lines(50, 780, *full, size=9).text(50, 640, "Signed by one.", 9).text(330, 640, "And by another.", 9)

    assert "Signed by one. And by another." in " ".join(texts(pdf([page])))


@pytest.mark.parametrize("title", ["Artikel {}", "Article {}", "{}. cikk"])
def test_the_title_of_a_unit_where_a_page_begins_is_no_running_head(sheet, pdf, title):
    pages = [
        sheet().lines(
            50, 780, title.format(number), f"The keeper of ferry {number} keeps a log.", "He shows it.", "To all."
        )
        for number in (5, 12, 17)
    ]
    whole = texts(pdf(pages))

    assert [text for text in whole if text == title.format(12)]


def test_a_number_that_counts_with_the_pages_is_a_running_head(sheet, pdf):
    pages = [
        sheet().lines(
            50, 780, f"Page {number}", f"The keeper of ferry {number} keeps a log.", "He shows it.", "To all."
        )
        for number in (1, 2, 3)
    ]
    read_text = read_pdf(pdf(pages))

    assert [note.text for note in read_text.furniture if note.text.startswith("Page")] == ["Page 1", "Page 2", "Page 3"]


@pytest.mark.parametrize("print_pdf", [even_pdf, two_column_pdf])
@pytest.mark.parametrize(
    ("jurisdiction", "language"), [("eu", "pt"), ("eu", "el"), ("eu", "hu"), ("cn", "zh"), ("in", "in")]
)
def test_a_law_in_pdf_has_its_units_whatever_the_word_for_them(print_pdf, jurisdiction, language):
    law = make(jurisdiction, language, 2)
    reading = read(print_pdf(lines_of(law), language), ReadingContext(jurisdiction=jurisdiction))
    kinds = {"article", "section"}

    assert [p.number for p in reading.walk() if p.kind.value in kinds] == [str(unit.number) for unit in law.units]
    assert not reading.flaws
