"""A PDF is read in the order a person reads it, and what is no law on its pages is set aside by name."""

from __future__ import annotations

import pytest

from tracker.reading.formats.pdf.model import HINDI, STRUCK_TEXT
from tracker.reading.formats.pdf.paragraphs import Set, paragraphs_of
from tracker.reading.formats.pdf.read_pdf import read_pdf
from tracker.reading.formats.pdf.rows import GlyphRow

LEFT = [f"Left column line {n} speaks of nets and" for n in range(1, 13)]
RIGHT = [f"Right column line {n} speaks of boats and" for n in range(1, 13)]


def text_of(body: bytes) -> str:
    return " ".join(p.text for p in read_pdf(body).paragraphs)


def test_lines_of_one_paragraph_are_joined_and_paragraphs_kept_apart(sheet, pdf):
    page = sheet().lines(
        72, 760, "1. The keeper of a lighthouse shall keep a log of every ship that", "passes the light."
    )
    page.lines(72, 730, "2. The log shall be open to inspection.")

    assert [p.text for p in read_pdf(pdf([page])).paragraphs] == [
        "1. The keeper of a lighthouse shall keep a log of every ship that passes the light.",
        "2. The log shall be open to inspection.",
    ]


def test_two_columns_are_read_one_after_the_other(sheet, pdf):
    page = sheet().lines(60, 760, *LEFT).lines(320, 760, *RIGHT)

    text = text_of(pdf([page]))

    assert text.index("Left column line 12") < text.index("Right column line 1 ")


def test_a_title_over_two_columns_comes_first(sheet, pdf):
    page = sheet().text(
        60, 790, "An Order about harbours, their nets, their boats and everyone who mends either of them"
    )
    page.lines(60, 760, *LEFT).lines(320, 760, *RIGHT)

    assert text_of(pdf([page])).startswith("An Order about harbours")


def test_struck_words_are_dropped_and_kept_as_a_note(sheet, pdf):
    page = (
        sheet()
        .text(72, 700, "On and after")
        .text(140, 700, "May 1, 2031")
        .text(206, 700, "JULY 9, 2032, a keeper shall")
    )
    page.text(72, 686, "light the lamp at dusk, and keep it lit until the sun is up again.").rule(139, 703.4, 61)

    read = read_pdf(pdf([page]))

    assert "On and after JULY 9, 2032, a keeper" in read.paragraphs[0].text
    assert [(n.name, n.text) for n in read.notes] == [(STRUCK_TEXT, "May 1, 2031")]


def test_an_underlined_word_is_not_struck(sheet, pdf):
    page = sheet().text(72, 700, "The keeper shall keep a log of ships.").rule(72, 698, 180)

    assert "log of ships" in text_of(pdf([page]))


def test_running_heads_that_alternate_and_page_numbers_are_furniture(sheet, pdf):
    pages = []
    for number in range(1, 7):
        head = f"{number} Harbours and Lights Ch. 4" if number % 2 else f"Ch. 4 Harbours and Lights {number}"
        page = sheet().text(72, 800, head, 8).lines(72, 760, f"{number}. Rule number {number} is about lamp {number}.")
        pages.append(
            page.lines(72, 700, f"The lamp of rule {number} is {'red green blue'.split()[number % 3]} tonight.")
        )
        page.text(290, 30, f"- {number} -", 8)

    read = read_pdf(pdf(pages))

    assert "Harbours and Lights" not in " ".join(p.text for p in read.paragraphs)
    assert len(read.furniture) == 12
    assert [p.page for p in read.paragraphs if p.text.startswith("3.")] == [3]


def test_a_word_parted_at_the_end_of_a_line_is_joined_but_a_compound_keeps_its_hyphen(sheet, pdf):
    page = sheet().lines(72, 760, "The harbour mas-", "ter shall apply sub-", "rule two to every licence.")

    assert text_of(pdf([page])) == "The harbour master shall apply sub-rule two to every licence."


def test_words_without_printed_spaces_are_parted_by_the_gaps_between_them(sheet, pdf):
    page = sheet().text(72, 700, "Every").text(103, 700, "lamp").text(131, 700, "is lit at dusk by its keeper.")

    assert text_of(pdf([page])) == "Every lamp is lit at dusk by its keeper."


def test_the_hindi_half_is_kept_as_a_note_unfit_for_comparison(sheet, pdf):
    hindi = sheet().text(72, 760, "ABCABCABC", face="F3").text(72, 740, "CBACBA", face="F3")
    english = sheet().text(72, 760, "1. The light is to be lit at dusk and put out at dawn.")

    read = read_pdf(pdf([hindi, english], devanagari="नमक"))

    assert [p.text for p in read.paragraphs] == ["1. The light is to be lit at dusk and put out at dawn."]
    assert [(n.name, n.text) for n in read.notes] == [(HINDI, "नमकनमकनमक\nकमनकमन")]
    assert any("unfit for comparison" in flaw.text and not flaw.fatal for flaw in read.flaws)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        pytest.param(b"%PDF-1.4\nnot really", "broken pdf", id="broken"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken pdf", id="random bytes"),
    ],
)
def test_what_is_no_pdf_says_why(body, cause):
    (flaw,) = read_pdf(body).flaws

    assert flaw.cause == cause
    assert flaw.fatal


def test_a_scan_has_no_text_layer(sheet, pdf):
    (flaw,) = read_pdf(pdf([sheet().rule(72, 72, 300, 400), sheet()])).flaws

    assert (flaw.cause, flaw.fatal) == ("no text layer", True)


def test_a_page_without_text_among_others_is_a_flaw_but_not_a_fatal_one(sheet, pdf):
    read = read_pdf(pdf([sheet().text(72, 700, "The light is lit at dusk."), sheet()]))

    assert [(f.cause, f.fatal) for f in read.flaws] == [("page without text", False)]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.97])
def test_a_pdf_cut_in_the_middle_never_crashes(sheet, pdf, share):
    body = pdf([sheet().text(72, 700, "The light is lit at dusk.") for _ in range(5)])

    read = read_pdf(body[: int(len(body) * share)])

    assert read.flaws or read.paragraphs


def test_every_word_on_the_page_is_in_exactly_one_place(sheet, pdf):
    page = sheet().text(72, 800, "Head 1", 8).text(72, 700, "kept gone").text(150, 700, "more").rule(98, 703.3, 26)
    second = sheet().text(72, 800, "Head 2", 8).text(72, 700, "other words").text(72, 600, "the end of all")

    read = read_pdf(pdf([page, second]))

    places = [p.text for p in read.paragraphs] + [n.text for n in (*read.furniture, *read.notes)]
    assert sorted(" ".join(places).split()) == sorted("Head 1 kept gone more Head 2 other words the end of all".split())


def test_titles_of_units_stand_alone_however_evenly_the_lines_are_set():
    rows = [
        ("LIGHT RULES", 60, 147),
        ("Article 1", 60, 96),
        ("The deduction of the fee for oil under paragraphs 1 and", 60, 380),
        ("2 is permitted only where the keeper has asked for it in", 60, 349),
        ("writing.", 60, 92),
        ("Article 2", 60, 96),
        ("A keeper without a lamp is liable to a fine.", 60, 248),
    ]
    lines = [
        Set(GlyphRow(text, left, right, 700 - 14 * n, 712 - 14 * n, 11.7, n, (60, 380)), 0, bold=False)
        for n, (text, left, right) in enumerate(rows)
    ]

    assert [paragraph.text.split()[0] for paragraph in paragraphs_of(lines)] == [
        "LIGHT",
        "Article",
        "The",
        "Article",
        "A",
    ]
