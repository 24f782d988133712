"""The text of a law as markup: every word once, with what changed in its place."""

import re

from lxml import html

from storage.records import Provision, ProvisionKind, Reading
from tracker.compare import compare
from tracker.render.law_html import law_pieces, redlined_pieces

K = ProvisionKind


def article(number, *texts, heading=""):
    children = tuple(
        Provision(f"art_{number}__para_{n}", K.PARAGRAPH, str(n), f"({n})", "", text, f"Article {number}({n})")
        for n, text in enumerate(texts[1:], 1)
    )
    return Provision(
        f"art_{number}", K.ARTICLE, str(number), f"Article {number}", heading, texts[0], f"Article {number}", children
    )


def law(*articles):
    chapter = Provision("chp_I", K.CHAPTER, "I", "Chapter I", "General", "", "Chapter I", articles)
    return Reading("html", "eu", "en", "A law", provisions=(chapter,), counts={})


def words(markup):
    return re.sub(r"\s+", " ", html.fromstring(f"<div>{markup}</div>").text_content())


def whole(old, new):
    return "".join(piece.markup for piece in redlined_pieces(old, new, compare(old, new)))


KEEP_SENTENCE = "The provider shall keep the records of every practice lamp for ten years."
TELL_SENTENCE = "The provider shall tell the office before a practice lamp is lit for the first time."
LAMPS = "Lamps that are lit for study alone are not practice lamps in the sense of this law."
OTHER = "Whoever lights a practice lamp without telling the office pays a fine of five hundred crowns."


def test_a_unit_that_only_got_a_new_number_is_printed_once():
    old = law(article(1, "", LAMPS, OTHER), article(2, "", KEEP_SENTENCE, TELL_SENTENCE))
    new = law(
        article(1, "", LAMPS, OTHER),
        article(2, "Nobody lights a lamp in the dark hours of a holiday."),
        article(3, "", KEEP_SENTENCE, TELL_SENTENCE),
    )

    lines = words(whole(old, new))

    assert lines.count("keep the records") == lines.count("tell the office before") == 1


def test_a_new_unit_with_a_heading_is_printed_once_and_marked():
    old = law(article(1, LAMPS), article(2, KEEP_SENTENCE))
    new = law(
        article(1, LAMPS), article(2, KEEP_SENTENCE), article(3, TELL_SENTENCE, OTHER, heading="Telling the office")
    )

    markup = whole(old, new)

    assert words(markup).count("Telling the office") == 1
    assert words(markup).count("tell the office before") == words(markup).count("five hundred crowns") == 1
    assert len(re.findall("<ins>", markup)) == 2


def test_what_changed_in_a_paragraph_is_marked_there_and_its_heading_stays():
    old = law(article(1, "", KEEP_SENTENCE, TELL_SENTENCE, heading="Records"))
    new = law(article(1, "", KEEP_SENTENCE.replace("ten", "five"), TELL_SENTENCE, heading="Records"))

    markup = whole(old, new)

    assert re.search("<del>[^<]*ten[^<]*</del>", markup)
    assert re.search("<ins>[^<]*five[^<]*</ins>", markup)
    assert words(markup).count("Records") == 1


def test_a_heading_that_changed_is_marked_and_the_text_below_it_is_not():
    old = law(article(1, KEEP_SENTENCE, heading="Records of lamps"), article(2, TELL_SENTENCE))
    new = law(article(1, KEEP_SENTENCE, heading="Registers of lamps"), article(2, TELL_SENTENCE))

    markup = whole(old, new)

    assert words(markup).count("keep the records") == 1
    assert "Registers" in markup
    assert "lamp" not in "".join(re.findall("<ins>(.*?)</ins>", markup))


def test_what_went_stands_after_what_it_followed():
    old = law(article(1, LAMPS), article(2, OTHER), article(3, KEEP_SENTENCE))
    new = law(article(1, LAMPS), article(2, KEEP_SENTENCE))

    lines = words(whole(old, new))

    assert lines.index("lit for study") < lines.index("five hundred crowns") < lines.index("keep the records")


def test_pieces_are_articles_and_headings_of_what_holds_them():
    pieces = law_pieces(
        law(article(1, LAMPS, KEEP_SENTENCE), article(2, OTHER)).provisions, lambda eid: f"/h/{eid}?a&b"
    )

    assert [sorted(piece.eids) for piece in pieces] == [["chp_I"], ["art_1", "art_1__para_1"], ["art_2"]]
    assert 'href="/h/art_2?a&amp;b"' in pieces[2].markup


def test_marks_that_turn_a_line_are_named_wherever_they_stand():
    provision = Provision("art_1", K.ARTICLE, "1", "Art\u202e 1", "Head\u202e", "Text\u202e", "Cited\u202e")

    [piece] = law_pieces([provision], lambda eid: eid)

    assert "\u202e" not in piece.markup
    assert piece.markup.count("[U+202E]") == 4
