"""What is quoted from another act, and what a page prints twice, is not the act's own."""

import pytest

from storage.records import MilestoneKind, Reading
from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

EU = ReadingContext(jurisdiction="eu")
FILLER = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."
TITLE = '<p class="oj-doc-ti">REGULATION (EU) 2031/90 OF THE COUNCIL</p><p class="oj-doc-ti">of 3 March 2031</p>'


def act(*articles: str, title: str = TITLE) -> Reading:
    body = "".join(
        f'<div class="eli-subdivision" id="art_{n}"><p class="oj-ti-art">Article {n}</p>{article}</div>'
        for n, article in enumerate(articles, 1)
    )
    return read(f'<html><body><div class="eli-container">{title}{body}</div></body></html>'.encode(), EU)


def units(reading: Reading) -> list[str]:
    return [p.eid for root in reading.provisions for p in root.walk() if p.kind.value in {"article", "annex"}]


def norm(text: str, more: str = "") -> str:
    return f'<p class="oj-normal{more}">{text}</p>'


def test_an_annex_that_is_quoted_in_an_article_does_not_end_the_act():
    quotation = '<p class="oj-doc-ti oj-quotation-ti">‘Annex IX</p><p class="oj-ti-grseq-1">Lamps</p>' + norm(
        "1. Oil lamps.’."
    )
    row = f"<table><tr><td>{norm('(1)')}</td><td>{norm('the following Annex is added:')}{quotation}</td></tr></table>"

    reading = act(norm("Regulation (EU) 2030/4 is amended as follows:") + row, norm(FILLER), norm(FILLER))

    assert units(reading) == ["art_1", "art_2", "art_3"]
    assert reading.provisions[0].children[0].label == "(1)"


def test_a_quotation_named_by_the_markup_needs_no_marks():
    quotation = '<p class="oj-quotation-ti">Article 7</p>'

    reading = act(norm("The following is inserted:") + quotation + norm(FILLER), norm(FILLER))

    assert units(reading) == ["art_1", "art_2"]
    assert "Article 7" in reading.provisions[0].children[0].text


def test_a_heading_in_quotation_marks_opens_no_quotation():
    heading = '<p class="oj-sti-art">‘Fair weather’ principle</p>'

    reading = act(heading + norm(FILLER), norm("The label says ‘lamp’."), norm(FILLER))

    assert units(reading) == ["art_1", "art_2", "art_3"]
    assert reading.provisions[0].heading == "‘Fair weather’ principle"


def test_a_quotation_inside_the_quotation_does_not_close_it():
    reading = act(
        norm("Article 4 is replaced by the following:")
        + norm("‘1. A buoy means any floating mark.")
        + norm("2. The word ‘lamp’ includes ‘lantern’.")
        + norm("3. Lamps are white.’"),
        norm(FILLER),
    )

    assert not [p for p in reading.provisions[0].walk() if p.number in {"2", "3"}]


def test_a_title_printed_again_after_the_list_of_amenders_is_the_title():
    title = (
        '<p class="title-doc-first">COUNCIL DIRECTIVE 2031/12/EC on buoys</p>'
        '<p class="title-doc-first">of 28 May 2031</p>'
    )
    amenders = '<table><tr><td><p class="title-other">Treaty of Accession</p></td><td><p>21</p></td></tr></table>'
    article = f'<p class="title-article-norm">Article 1</p><p class="norm">{FILLER}</p>'
    page = f"<html><body><p class='hd-modifiers'>Amended by:</p>{title}{amenders}{title}{article * 2}</body></html>"

    reading = read(page.encode(), EU)

    assert (reading.title, reading.number) == ("COUNCIL DIRECTIVE 2031/12/EC on buoys of 28 May 2031", "2031/12/EC")
    assert {p.kind.value for p in reading.provisions} == {"article"}


def test_a_heading_is_the_title_where_the_markup_names_none():
    page = "<html><body><div><h1>REGULATION (EU) 2031/7 on buoys</h1>" + "".join(
        f'<p class="oj-ti-art">Article {n}</p><p class="oj-normal">{FILLER}</p>' for n in (1, 2, 3)
    )

    assert read(f"{page}</div></body></html>".encode(), EU).title == "REGULATION (EU) 2031/7 on buoys"


def test_a_quotation_that_opens_on_a_line_of_its_own_keeps_its_numbers():
    lines = [
        "LIGHTHOUSE (AMENDMENT) REGULATION 2031/2 amending Regulation (EU) 2031/1",
        "Article 1",
        "Amendments",
        "Regulation (EU) 2031/1 is amended as follows:",
        "(1) in Article 6, the following is inserted:",
        "‘",
        "6Z1. Keepers shall register.",
        "(a) name;",
        "’;",
        "(2) Article 7 is deleted.",
        "Article 2",
        FILLER,
    ]

    reading = read("\n".join(lines).encode(), EU)

    assert [p.number for p in reading.provisions[0].children] == ["1", "2"]
    assert not [p for root in reading.provisions for p in root.walk() if p.kind.value == "point"]
    assert reading.number == "2031/2"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "REGULATION (EU) 2031/4 OF THE EUROPEAN PARLIAMENT\n\nArticle 1\n{0}\n\nArticle 2\n{0}", id="text"
        ),
        pytest.param(
            "# REGULATION (EU) 2031/4 OF THE EUROPEAN PARLIAMENT\n\n## Article 1\n{0}\n\n## Article 2\n{0}", id="md"
        ),
        pytest.param("VERORDNUNG (EU) 2031/4 DES EUROPÄISCHEN PARLAMENTS\n\nArtikel 1\n{0}\n\nArtikel 2\n{0}", id="de"),
    ],
)
def test_plain_text_and_markdown_are_recognised_by_their_words(text):
    reading = read(text.format(FILLER).encode())

    assert (reading.jurisdiction, reading.counts.get("article")) == ("eu", 2)
    assert reading.number == "(EU) 2031/4"


def test_dates_of_application_in_points_have_their_scope():
    points = "".join(
        f"<table><tr><td>{norm(label)}</td><td>{norm(text)}</td></tr></table>"
        for label, text in (
            ("(a)", "2 December 2032 as regards buoys; and"),
            ("(b)", "2 August 2033 as regards lamps."),
        )
    )

    reading = act(norm(FILLER), norm("Articles 4 and 5 shall apply from:") + points)

    applies = [m for m in reading.dates if m.kind is MilestoneKind.APPLIES]
    assert [(str(m.on), m.eid) for m in applies] == [("2032-12-02", "art_2__point_a"), ("2033-08-02", "art_2__point_b")]
    assert applies[0].basis == "Articles 4 and 5 shall apply from: 2 December 2032 as regards buoys; and"


def test_the_number_is_the_acts_own_with_a_raised_letter_too():
    title = (
        TITLE.replace("REGULATION (EU) 2031/90", 'RÈGLEMENT (UE) N<span class="oj-super"> o</span> 90/2012').replace(
            "</p></p>", ""
        )
        + '<p class="oj-doc-ti">abrogeant la directive 2003/6/CE</p>'
    )

    assert "90/2012" in act(norm(FILLER), norm(FILLER), title=title).number


def test_terms_are_defined_in_the_middle_of_a_sentence():
    reading = act(
        '<p class="oj-sti-art">Definitions</p>'
        + norm("For the purposes of this Regulation ‘buoy’ means a floating mark.")
        + norm("Drift shall be understood as the loss of place."),
        norm("The keeper determines the means of the light. In Article 3, ‘lamp’ means a light, is replaced."),
    )

    assert [d.term for d in reading.definitions] == ["buoy", "Drift"]


def test_footnotes_in_the_last_row_of_a_table_are_notes():
    table = (
        '<table border="1"><tr><td><p class="tbl-norm">Lamp</p></td><td><p>White<a href="#E0001">(1)</a></p></td></tr>'
        '<tr><td colspan="2"><div><a id="E0001">(1) </a><p>OJ L 1, 1.1.2031.</p></div></td></tr></table>'
    )

    reading = act(norm(FILLER) + table, norm(FILLER))

    assert [note.text for note in reading.notes if note.name == "footnote"] == ["(1) OJ L 1, 1.1.2031."]
