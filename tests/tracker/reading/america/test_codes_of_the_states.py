"""Sections of the codes of Texas, New York and California, each with its own heads and levels."""

from tests.tracker.reading.america.texts_of_america import notes, outline
from tracker.reading import america
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import Extract, ReadingContext


def the_page(body: str) -> Extract:
    return america.extract(open_source(f"<!DOCTYPE html><html><body>{body}</body></html>".encode()), ReadingContext())


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def test_texas_numbers_its_sections_with_a_point_and_inserts_letters_with_a_hyphen():
    text = the_page(
        paragraphs(
            "CHAPTER 903. LAMPS",
            'Sec. 903.001.  LIGHTING OF LAMPS.  (a)  In this section, "lamp" means a lamp.',
            "(b)  A keeper shall light a lamp if the keeper:",
            "(1)  sees fog; or",
            "(2)  hears a horn.",
            "(b-1)  Fog is presumed at night.",
            "(c)  A fine is at most $25.",
            "Added by Acts 2009, 81st Leg., R.S., Ch. 9 (H.B. 9), Sec. 1, eff. April 1, 2009.",
            "Sec. 903.002.  EXEMPTIONS.  This chapter does not apply to candles.",
        )
    )

    assert outline(text.drafts) == [
        "chapter 903 [LAMPS]",
        "  section 903.001 [LIGHTING OF LAMPS.]",
        '    subsection a In this section, "lamp" means a lamp.',
        "    subsection b A keeper shall light a lamp if the keeper:",
        "      paragraph 1 sees fog; or",
        "      paragraph 2 hears a horn.",
        "    subsection b-1 Fog is presumed at night.",
        "    subsection c A fine is at most $25.",
        "  section 903.002 [EXEMPTIONS.] This chapter does not apply to candles.",
    ]
    assert len(notes(text, "history of Sec. 903.001.")) == 1


def test_new_york_counts_its_subdivisions_without_brackets():
    text = the_page(
        paragraphs(
            "§ 999-aa. Lamps; lighting. 1. As used in this section:",
            '(a) "Lamp" shall mean:',
            "(i) a lantern; or",
            "(ii) a beacon.",
            "2. A keeper shall light a lamp within 30 minutes.",
            "3. (a) Fog counts as night.",
            "(b) Mist does not.",
        )
    )

    assert outline(text.drafts) == [
        "section 999-aa [Lamps; lighting.]",
        "  subsection 1 As used in this section:",
        '    paragraph a "Lamp" shall mean:',
        "      subparagraph i a lantern; or",
        "      subparagraph ii a beacon.",
        "  subsection 2 A keeper shall light a lamp within 30 minutes.",
        "  subsection 3",
        "    paragraph a Fog counts as night.",
        "    paragraph b Mist does not.",
    ]


def test_california_prints_the_number_as_a_heading_and_its_history_below():
    text = the_page(
        '<div id="header"><p>Bill Information</p></div><div id="codeLawSectionNoHead"><h4><b>Lamp Code - LMP</b></h4>'
        "<h5><b>TITLE 9. Lamps [9100 - 9200]</b></h5><h6><b>9100.10.&nbsp;&nbsp;</b></h6><p>Duties of Keepers</p>"
        "<p>(a)&nbsp;A keeper shall watch:</p><p>(1)&nbsp;The sea.</p><p>(b)&nbsp;A keeper may sleep.</p>"
        "<i>(Amended November 3, 2020, by Sec. 4.  Effective December 16, 2020.)</i></div>"
    )

    assert outline(text.drafts) == [
        "section 9100.10 [Duties of Keepers]",
        "  subsection a A keeper shall watch:",
        "    paragraph 1 The sea.",
        "  subsection b A keeper may sleep.",
    ]
    assert text.title == "TITLE 9. Lamps [9100 - 9200]"
    assert len(notes(text, "history of 9100.10.")) == 1


def test_a_line_that_begins_with_a_reference_is_no_section():
    text = the_page(
        paragraphs("Sec. 903.001.  LAMPS.  A lamp is lit as required by", "Section 903.005 (2); and it is cleaned.")
    )

    assert [draft.number for draft in text.drafts] == ["903.001"]
