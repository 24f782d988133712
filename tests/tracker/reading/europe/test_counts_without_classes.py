"""Numbers, letters and notes of an act on a page whose markup names nothing: the text's own counts decide."""

import pytest

from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext
from tracker.reading.structure.european_words import annex_number, article_number

TITLE = ["COUNCIL REGULATION (EU) 2031/4", "of 3 March 2031", "on lamps", "THE COUNCIL OF THE EUROPEAN UNION,"]
FILLER = "The keeper shall keep the lamp burning from dusk until dawn on every day of the year."


def eids_of(*lines: str) -> list[str]:
    """Return the ids of every provision of the page that *lines* make."""
    return [provision.eid for provision in read_lines(*lines).walk()]


def read_lines(*lines: str):
    """Return the reading of a page of bare paragraphs."""
    body = "".join(f"<p>{line}</p>" for line in (*TITLE, *lines))
    return read(f"<html><body>{body}</body></html>".encode(), ReadingContext(jurisdiction="eu"))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Artigo 1.o", "1"),
        ("Artigo 28.o-A", "28-A"),
        ("Artigo 5.º-A", "5-A"),
        ("3/A. cikk", "3A"),
        ("3.a pants", "3a"),
        ("Članak 3.a", "3a"),
        ("Articolo 3-bis", "3-bis"),
        ("Article 10 bis bis", "10 bis bis"),
        ("Sole Article", "1"),
        ("Einziger Artikel", "1"),
        ("Artículo único", "1"),
        ("Article of this", None),
    ],
)
def test_a_number_is_read_as_each_language_prints_it(line, number):
    assert article_number(line) == number


@pytest.mark.parametrize(
    ("line", "number"), [("ZAŁĄCZNIK NR 1", "1"), ("ANEXO I-A", "I-A"), ("ANEXA nr. 2", "2"), ("Annex to", None)]
)
def test_the_number_of_an_annex_may_follow_a_word(line, number):
    assert annex_number(line) == number


def test_an_i_after_an_h_is_a_letter_when_a_j_follows_and_a_number_when_ii_does():
    letters = [f"({letter}) a lamp of the kind {letter};" for letter in "abcdefghij"]
    inner_list = ["(h) a lamp:", "(i) that is white;", "(ii) that is red;"]
    roman_list = ["(i) that is white;", "(ii) that is red;"]

    assert "art_1__point_i" in eids_of("Article 1", "The keeper shall keep:", *letters)
    assert "art_1__point_h__point_ii" in eids_of("Article 1", "The keeper shall keep:", *letters[:7], *inner_list)
    assert "art_1__point_ii" in eids_of("Article 1", "The keeper shall keep:", *roman_list)


def test_a_number_with_a_letter_stands_beside_the_number_before_it():
    cells = [f"<table><tr><td>({number})</td><td>lamp</td></tr></table>" for number in ("1", "1a", "2")]
    eids = eids_of("Article 1", "For the purposes of this Regulation:", *cells)

    assert "art_1__point_1a" in eids


def test_the_paragraph_of_an_inserted_article_is_no_mark_of_a_footnote():
    reading = read_lines(
        "Article 1",
        f"{FILLER} Article 48l(1) and Article 19a(2) apply.",
        "Done at Brussels,",
        "(1) OJ L 1.",
        "(2) OJ L 2.",
    )

    assert "Article 48l(1) and Article 19a(2)" in " ".join(provision.text for provision in reading.walk())


def test_notes_that_lead_back_to_their_marks_are_no_part_of_the_last_annex():
    note = '<p class="k3">(<a href="#src.E0001" id="k9"><span class="k7">1</span></a>) OJ L 12, 1.2.2030, p. 3.</p>'
    reading = read_lines("Article 1", FILLER, "ANNEX I", FILLER, note)

    assert reading.provisions[-1].eid == "anx_I"
    assert "OJ L 12" not in " ".join(provision.text for provision in reading.walk())
    assert any("OJ L 12" in note.text for note in reading.notes)


def test_a_term_in_quotation_marks_after_a_colon_opens_no_quotation():
    reading = read_lines(
        "Article 1",
        "The beam is found by this formula, in which:",
        "«range» is the way from the lamp to the ship;",
        "Article 2",
        f"{FILLER} «Lamp» means what the Annex calls «light»",
        "ANNEX I",
        "Light",
    )

    assert [provision.eid for provision in reading.provisions] == ["art_1", "art_2", "anx_I"]


def test_annexes_with_numbers_inside_the_only_annex_are_quoted():
    reading = read_lines("Article 1", FILLER, "ANNEX", "Annex II is replaced by the following:", "‘ANNEX II", FILLER)
    longer = read_lines("Article 1", FILLER, "ANNEX", "The annexes are replaced:", "“ANNEX I", "ANNEX II", FILLER)

    assert reading.counts["annex"] == longer.counts["annex"] == 1


def test_a_table_whose_rows_begin_with_words_is_no_list_of_points():
    rows = "".join(
        f"<tr><td>{old}</td><td>{new}</td></tr>"
        for old, new in (("Regulation 1", "This Regulation"), ("—", "Article 2"), ("Article 3", "—"))
    )
    reading = read_lines("Article 1", FILLER, "ANNEX I", f"<table><tbody>{rows}</tbody></table>")

    texts = [provision.text for provision in reading.provisions[-1].walk()]
    assert "— | Article 2" in texts


def test_a_page_of_the_old_site_has_its_title_without_what_the_site_prints_above_it():
    old = ["Avis juridique important", "31999R0009", "Official Journal L 301 , 01/02/1999 P. 0001 - 0020"]
    page = "".join(f"<p>{line}</p>" for line in (*old, *TITLE, "Article 1", FILLER, "Article 2", FILLER))

    reading = read(f"<html><body>{page}</body></html>".encode(), ReadingContext(jurisdiction="eu"))

    assert reading.title.startswith("COUNCIL REGULATION (EU) 2031/4")
    assert reading.counts["article"] == 2
