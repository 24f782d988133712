"""Places where a reader of EU acts goes wrong, met in acts, generations and renderings beyond the first ones read."""

import pytest

from tests.tracker.reading.europe.acts_of_europe import front, outline
from tracker.reading.europe import cite, extract, facts
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.structure.eids import finish
from tracker.reading.tradition import Facts


def the_page(body: str) -> Extract:
    return extract(open_source(f"<!DOCTYPE html><html><body>{body}</body></html>".encode()), ReadingContext())


def the_facts(act: Extract) -> Facts:
    return facts(act, finish(act.drafts, cite), ReadingContext())


def notes(act: Extract, name: str) -> str:
    return "\n".join(note.text for note in (*act.notes, *act.furniture) if note.name == name)


def test_points_set_by_their_margin_are_points_at_the_depth_of_their_margin():
    margin = '<div style="margin-left: 24pt">'
    lines = outline(
        the_page(
            '<p class="title-article-norm">Article 7</p><p class="norm">A lamp is lit:</p>'
            f'{margin}1)<span> </span>{margin}<p class="norm">a)<span> </span>at dusk;</p></div>'
            f'{margin}<p class="norm">b)<span> </span>in fog:</p><div><p class="norm">— sea fog,</p></div></div></div>'
            f'{margin}<p class="norm">2) on request.</p></div>'
        ).drafts
    )

    assert lines == [
        "article 7 A lamp is lit:",
        "  point 1",
        "    point a at dusk;",
        "    point b in fog:",
        "      point sea fog,",
        "  point 2 on request.",
    ]


def test_an_indented_text_without_a_label_is_no_point():
    lines = outline(
        the_page(
            '<p class="title-article-norm">Article 1</p><p class="norm">First.</p>'
            '<div style="margin-left: 24pt"><p class="norm">Second.</p></div>'
        ).drafts
    )

    assert lines == ["article 1", "  paragraph First.", "  paragraph Second."]


def test_an_article_whose_number_is_closed_up_keeps_it():
    act = the_page('<p class="title-article-norm">Articolo8</p><p class="norm">Il faro è acceso.</p>')

    assert [draft.number for draft in act.drafts] == ["8"]


def test_paragraphs_count_on_where_plain_spaces_follow_their_numbers():
    lines = outline(
        the_page(
            '<p class="ti-art">Article 1</p><p class="normal">1. One.</p><p class="normal">1a. Inserted.</p>'
            '<p class="normal">3. Three, after a deleted second.</p><p class="normal">12. Boats are a fleet.</p>'
        ).drafts
    )

    assert lines == [
        "article 1",
        "  paragraph 1 One.",
        "  paragraph 1a Inserted.",
        "  paragraph 3",
        "    subparagraph Three, after a deleted second.",
        "    subparagraph 12. Boats are a fleet.",
    ]


def test_numbers_of_footnotes_are_taken_out_of_old_pages_and_references_are_not():
    act = the_page(
        '<div id="TexteOnly"><txt_te><p>Council Regulation (EC) No 9/2001</p><p>of 2 May 2001</p>'
        "<p>THE COUNCIL OF THE EUROPEAN UNION,</p><p>Having regard to the opinion of the Committee (1),</p>"
        "<p>Whereas:</p><p>(1) Lamps are governed by the Lamp Act(2).</p><p>HAS ADOPTED THIS REGULATION:</p>"
        '<p>Article 1</p><p>1. "Wick" has the meaning of Article 3(3) of the Wick Act(3).</p>'
        "<p>2. Oil is pure.</p><p>Done at Brussels, 2 May 2001.</p>"
        "<p>(1) OJ C 1, 1.1.2001, p. 1.</p><p>(2) OJ L 2, 2.1.2001, p. 2.</p><p>(3) OJ L 3, 3.1.2001, p. 3.</p>"
        "</txt_te></div>"
    )

    assert outline(act.drafts) == [
        "recital 1 Lamps are governed by the Lamp Act.",
        "article 1",
        '  paragraph 1 "Wick" has the meaning of Article 3(3) of the Wick Act.',
        "  paragraph 2 Oil is pure.",
    ]
    assert "the Committee," in front(act, "preamble")
    assert notes(act, "footnote mark") == "(1) (2) (3)"


def test_an_annex_with_a_title_of_several_lines_is_one_annex():
    act = the_page(
        '<p class="oj-ti-art">Article 1</p><p class="oj-normal">See the Annex.</p><p class="oj-doc-ti">ANNEX</p>'
        '<p class="oj-doc-ti">‘ANNEX IV</p><p class="oj-doc-ti">LIST OF LAMPS</p><p class="oj-normal">Red lamps.’</p>'
        '<p class="oj-doc-ti">ANNEX V</p><p class="oj-normal">Green lamps.</p>'
    )

    assert [line for line in outline(act.drafts) if line.startswith("annex")] == [
        "annex [‘ANNEX IV LIST OF LAMPS] Red lamps.’",
        "annex V Green lamps.",
    ]


def test_a_file_that_is_only_a_quoted_annex_is_that_annex_and_its_cells_keep_their_spaces():
    xml = (
        '<ANNEX><BIB.INSTANCE><LG.DOC>EN</LG.DOC></BIB.INSTANCE><TITLE><TI><P><QUOT.START CODE="2018"/>ANNEX I</P></TI>'
        "</TITLE><CONTENTS><TBL><CORPUS><ROW><CELL><P>Price</P><P>(EUR)</P></CELL><CELL>Lamp</CELL></ROW>"
        "<ROW><CELL>12,5</CELL><CELL>red</CELL></ROW></CORPUS></TBL></CONTENTS></ANNEX>"
    )
    act = extract(open_source(xml.encode()), ReadingContext())

    assert outline(act.drafts) == ["annex I", "  paragraph Price (EUR) | Lamp", "  paragraph 12,5 | red"]


def test_a_corrigendum_has_neither_the_number_nor_the_date_of_the_act_it_corrects():
    act = the_page(
        '<p class="oj-hd-lg">EN</p><p class="oj-hd-date">10.10.2025</p>'
        '<p class="oj-doc-ti">Corrigendum to Regulation (EU) 2025/9901 of 3 March 2025 on lamps</p>'
        '<p class="oj-normal">On page 4, Article 3: for: ‘red’, read: ‘green’.</p>'
    )
    facts = the_facts(act)

    assert (facts.type, facts.number, facts.uri) == ("corrigendum", "", "")
    assert [(m.kind.value, str(m.on)) for m in facts.dates] == [("published", "2025-10-10")]
    assert [(r.kind.value, r.target) for r in facts.relations] == [("corrects", "Regulation (EU) 2025/9901")]


def test_a_decision_may_enter_into_force_on_its_adoption():
    act = the_page(
        '<p class="doc-ti">COUNCIL DECISION</p><p class="doc-ti">of 26 May 2025</p><p class="doc-ti">on lamps</p>'
        '<p class="ti-art">Article 1</p><p class="normal">This Decision shall enter into force on the day of its '
        "adoption.</p>"
    )
    dates = [(m.kind.value, str(m.on), m.formula) for m in the_facts(act).dates]

    assert dates == [("adopted", "2025-05-26", None), ("in_force", "2025-05-26", "adopted + P0D")]


@pytest.mark.parametrize(
    ("status", "has_ended"),
    [
        ("No longer in force, Date of end of validity: 25/05/2018; Repealed by 32016R9901", ["2018-05-25"]),
        ("In force: This act has been changed. Current consolidated version: 27/07/2026", []),
    ],
)
def test_the_page_around_an_act_says_whether_it_has_ended(status, has_ended):
    act = the_page(
        f'<div id="PP4Contents"><p class="forceIndicator">{status}</p><div id="document1">'
        '<p class="oj-ti-art">Article 1</p><p class="oj-normal">Lamps are lit.</p></div></div>'
    )

    assert [str(m.on) for m in the_facts(act).dates if m.kind.value == "repealed"] == has_ended


def a_proposal(*paragraphs: tuple[str, str]) -> Extract:
    return the_page(
        '<div class="contentWrapper">'
        + "".join(f'<p class="{style}">{text}</p>' for style, text in (("Typedudocument", "REGULATION"), *paragraphs))
        + "</div>"
    )


def test_what_a_proposal_quotes_stays_in_the_point_that_introduces_it_whatever_its_style():
    act = a_proposal(
        ("Titrearticle", "Artículo 1<br/>Cambios"),
        ("Normal", "El Reglamento se modifica como sigue:"),
        ("li Point0", '<span class="num">1)</span> el artículo 3 se sustituye por el texto siguiente:'),
        ("li Text1", "«3. Los faros se encienden en 30 días."),
        ("li Point1", '<span class="num">a)</span> salvo con sol.».'),
        ("li Point0", '<span class="num">2)</span> se suprime el artículo 5.'),
    )

    assert outline(act.drafts) == [
        "article 1 [Cambios] El Reglamento se modifica como sigue:",
        "  point 1 el artículo 3 se sustituye por el texto siguiente:\n"
        "«3. Los faros se encienden en 30 días.\na) salvo con sol.».",
        "  point 2 se suprime el artículo 5.",
    ]


def test_a_numbered_heading_in_the_annex_of_a_proposal_keeps_its_number():
    act = a_proposal(
        ("Annexetitre", "ANNEX I<br/>Lamps"),
        ("li ManualHeading1", '<span class="num">1.</span> Red lamps'),
        ("li Point0", '<span class="num">(a)</span> small;'),
    )

    assert outline(act.drafts) == ["annex I [Lamps]", "  paragraph 1 [Red lamps]", "    point a small;"]


def test_a_table_at_the_margin_stands_beside_the_points_above_it():
    act = the_page(
        '<p class="ti-art">Article 1</p><p class="normal">Lamps:</p>'
        '<table><tr><td><p class="normal">(a)</p></td><td><p class="normal">red.</p></td></tr></table>'
        '<table class="table"><tr><td>Code</td><td>Name</td></tr></table>'
    )

    assert outline(act.drafts) == ["article 1 Lamps:", "  point a red.", "  paragraph Code | Name"]


def test_an_article_heading_of_a_plain_class_is_told_by_the_title_it_stands_in():
    act = the_page(
        '<div id="art_1"><p class="title-article-norm">Article 1</p>'
        '<div class="eli-title" id="art_1.tit_1"><p class="norm">Lamps in harbours</p></div>'
        '<p class="norm">A lamp is lit.</p></div>'
    )

    assert [(draft.heading, draft.text) for draft in act.drafts] == [("Lamps in harbours", "A lamp is lit.")]


def test_the_title_of_a_quoted_annex_begins_no_annex_of_this_act():
    act = the_page(
        '<p class="oj-ti-art">Article 1</p><p class="oj-normal">The following annex is added:</p>'
        '<p class="oj-doc-ti oj-quotation-ti">‘ANNEX II</p><p class="oj-normal">Lamps of the second class’.</p>'
        '<p class="oj-ti-art">Article 2</p><p class="oj-normal">This Regulation applies.</p>'
    )

    assert [draft.number for draft in act.drafts] == ["1", "2"]
    assert act.drafts[0].text == "The following annex is added:\n‘ANNEX II\nLamps of the second class’."
