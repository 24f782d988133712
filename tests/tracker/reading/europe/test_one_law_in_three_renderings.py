"""The same invented regulation as the Official Journal prints it, consolidated, and in Formex."""

import pytest

from tests.tracker.reading.europe.acts_of_europe import a_source, an_act, front, outline, without_recitals
from tracker.reading.europe import extract
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext

ENACTING_TERMS = """\
chapter I [GENERAL PROVISIONS]
  article 1 [Subject matter] This Regulation lays down rules on buoys that shine with more than 10³ candela.
  article 2 [Definitions] For the purposes of this Regulation, the following definitions apply:
    point 1 ‘buoy’ means a body that floats;
    point 2 ‘lamp’ means:
      point a a light; or
      point b a lantern.
chapter II [DUTIES]
  section 1 [Owners]
    article 3 [Lighting]
      paragraph 1 Owners shall light their buoys as Directive 2001/5/EC says.
      paragraph 2
        subparagraph The lamp shall:
          point a shine in one of these colours:
            point i red;
            point ii green;
          point b be tested:
            point by day;
            point by night.
        subparagraph Point (b) does not apply to buoys at rest.
chapter III [FINAL PROVISIONS]
  article 4 [Amendment of Regulation (EC) No 12/2009] In Article 9 of Regulation (EC) No 12/2009, the following \
paragraphs are added:
‘5. Harbour masters shall:
(a) count buoys;
(b) report.
6. They shall do so daily.’.
  article 5 [Repeal] Directive 1999/8/EC is repealed with effect from 1 June 2032.
  article 6 [Entry into force and application]
    paragraph This Regulation shall enter into force on the twentieth day following that of its publication in the \
Official Journal of the European Union.
    paragraph It shall apply from 1 June 2032.
    paragraph However:
      point a Chapter I shall apply from 1 January 2032;
      point b Article 3(2) shall apply from 1 June 2033."""
ANNEXES = """\
annex I [Colours]
  paragraph Side | Colour
  paragraph Port | Red
annex II [Tests]
  section A [By day]
    point 1 Look at the lamp.
  section B [By night] Look again.
    paragraph 2 [Reports]
      point 2.1
        subparagraph Reports are short.
        subparagraph They rhyme."""
WHOLE = f"{ENACTING_TERMS}\n{ANNEXES}"


@pytest.mark.parametrize(
    ("name", "tree"),
    [
        pytest.param("oj.html", WHOLE, id="official_journal"),
        pytest.param("consolidated.html", WHOLE, id="consolidated"),
        pytest.param("oj.fmx.xml", ENACTING_TERMS, id="formex"),
    ],
)
def test_every_rendering_gives_the_same_tree(name, tree):
    assert "\n".join(outline(without_recitals(an_act(name)))) == tree


def test_recitals_and_preamble_of_html_and_formex_are_the_same():
    html, formex = an_act("oj.html"), an_act("oj.fmx.xml")

    assert outline(html.drafts[:2]) == ["recital 1 Ships have met unlit buoys at night.", "recital 2 A lamp helps,"]
    assert outline(html.drafts[:2]) == outline(formex.drafts[:2])
    assert html.front == formex.front


def test_the_preamble_has_its_citations_without_footnote_marks():
    assert front(an_act("oj.html"), "preamble").split("\n")[1] == (
        "Having regard to the opinion of the Committee of Lamplighters,"
    )


@pytest.mark.parametrize("name", ["oj.html", "oj.fmx.xml"])
def test_the_binding_sentence_and_signatures_are_the_conclusions(name):
    assert front(an_act(name), "conclusions").split("\n") == [
        "This Regulation shall be binding in its entirety and directly applicable in all Member States.",
        "Done at Brussels, 3 March 2031.",
        "For the Council",
        "A. KEEPER",
    ]


def test_the_title_is_the_title_block_without_the_remark_on_the_eea():
    titles = {an_act(name).title for name in ("oj.html", "consolidated.html", "oj.fmx.xml")}

    assert titles == {
        "REGULATION (EU) 2031/77 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of 3 March 2031 on the lighting of "
        "harbour buoys, amending Regulation (EC) No 12/2009 and repealing Directive 1999/8/EC (Buoy Regulation)"
    }


def test_footnotes_are_notes_of_their_own():
    notes = [note.text for note in an_act("oj.html").notes]

    assert notes == ["(1) OJ C 4, 5.1.2031, p. 6.", "(2) Directive 2001/5/EC on wicks (OJ L 7, 8.9.2001, p. 1)."]


def test_amendment_marks_are_kept_as_furniture_with_what_they_say():
    act = an_act("consolidated.html")
    marks = next(note.text for note in act.furniture if note.name == "amendment mark")

    assert "▼C1 (32031R0077R(01): REPLACED)" in marks
    assert "►C1 ◄" in marks
    assert not any(sign in line for line in outline(act.drafts) for sign in "►▼◄")


def test_headers_state_language_number_and_day_of_publication():
    oj, consolidated_act = an_act("oj.html"), an_act("consolidated.html")

    assert (oj.language, oj.uri, str(oj.published_on)) == ("en", "", "2031-03-10")
    assert (consolidated_act.language, consolidated_act.uri) == ("en", "02031R0077-20310310")
    assert str(consolidated_act.published_on) == "2031-03-10"


def test_a_full_eur_lex_page_gives_the_same_act_and_its_menus_as_site():
    bare = a_source("oj.html").text
    inner = bare[bare.index("<body>") + 6 : bare.index("</body>")]
    page = (
        "<!DOCTYPE html><html lang='en'><body><nav>Menu <b>Search</b></nav><div id='PP4Contents'><div id='text'>"
        f"<div id='textTabContent'><div id='document1'>{inner}<a class='linkToTop' href='#'>Top</a></div></div></div>"
        "</div><footer>Contact</footer></body></html>"
    )
    act = extract(open_source(page.encode()), ReadingContext())

    assert act.drafts == an_act("oj.html").drafts
    assert act.front == an_act("oj.html").front
    assert [n.text for n in act.furniture if n.name == "site"] == ["Top\nMenu Search Contact"]


def test_reading_twice_gives_the_same():
    source = a_source("consolidated.html")

    assert extract(source, ReadingContext()) == extract(source, ReadingContext())
