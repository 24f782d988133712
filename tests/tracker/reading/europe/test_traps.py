"""Places where a reader of EU acts goes wrong."""

import pytest

from tests.tracker.reading.europe.acts_of_europe import outline
from tracker.reading.europe import claims, extract
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext


def outline_of(body: str) -> list[str]:
    page = f"<!DOCTYPE html><html><body>{body}</body></html>"
    return outline(extract(open_source(page.encode()), ReadingContext()).drafts)


def an_article(number: str, *blocks: str) -> str:
    title = f'<p class="oj-ti-art">Article {number}</p>'
    return f'<div class="eli-subdivision" id="art_{number}">{title}{"".join(blocks)}</div>'


def text(words: str) -> str:
    return f'<p class="oj-normal">{words}</p>'


def point(label: str, *blocks: str) -> str:
    return f"<table><tbody><tr><td>{text(label)}</td><td>{''.join(blocks)}</td></tr></tbody></table>"


def test_two_paragraphs_with_one_number_are_both_kept_as_printed():
    lines = outline_of(an_article("1", text("11.\u00a0\u00a0 One."), text("11.\u00a0\u00a0 Two.")))

    assert lines == ["article 1", "  paragraph 11 One.", "  paragraph 11 Two."]


def test_a_quoted_article_is_payload_even_when_the_markup_calls_it_an_article():
    quotation = (
        '<div><p class="oj-ti-art">‘Article 7a</p><p class="oj-sti-art">Ropes</p>' + text("Ropes are wet.’.") + "</div>"
    )
    lines = outline_of(
        an_article("1", text("The following Article is inserted:"), quotation) + an_article("2", text("End."))
    )

    assert lines == [
        "article 1 The following Article is inserted:\n‘Article 7a\nRopes\nRopes are wet.’.",
        "article 2 End.",
    ]


def test_a_quotation_inside_a_point_ends_with_the_point():
    lines = outline_of(
        an_article(
            "1",
            text("Regulation (EU) 2030/1 is amended as follows:"),
            point(
                "(1)",
                text("paragraph 2 is replaced by the following:"),
                text("‘2.\u00a0\u00a0 New."),
                point("(a)", text("x;")),
            ),
            point("(2)", text("Article 3 is deleted.")),
        )
    )

    assert lines == [
        "article 1 Regulation (EU) 2030/1 is amended as follows:",
        "  point 1 paragraph 2 is replaced by the following:\n‘2. New.\n(a) x;",
        "  point 2 Article 3 is deleted.",
    ]


def test_a_definition_begins_with_a_quotation_mark_and_is_no_quotation():
    lines = outline_of(
        an_article("1", text("In this Regulation:"), text("‘rope’ means a long thing;"), text("‘knot’ means trouble."))
    )

    assert lines == [
        "article 1",
        "  paragraph In this Regulation:",
        "  paragraph ‘rope’ means a long thing;",
        "  paragraph ‘knot’ means trouble.",
    ]


def test_flush_words_after_the_subpoints_of_a_point_wrap_it_up():
    lines = outline_of(
        an_article("1", text("Ropes are:"), point("(a)", text("long,"), point("(i)", text("red;")), text("always.")))
    )

    assert lines == ["article 1 Ropes are:", "  point a long,", "    point i red;", "    wrapup always."]


def test_a_line_that_begins_with_a_reference_is_no_title():
    lines = outline_of(an_article("1", text("Article 5 applies to ropes."), text("Section 2 does not.")))

    assert lines == ["article 1", "  paragraph Article 5 applies to ropes.", "  paragraph Section 2 does not."]


@pytest.mark.parametrize(
    ("label", "number"),
    [
        pytest.param("Article 4a", "4a", id="inserted"),
        pytest.param("Article premier", "1", id="french_first"),
        pytest.param("5. cikk", "5", id="hungarian"),
        pytest.param("Член 3", "3", id="bulgarian"),
        pytest.param("Artículo 12 bis", "12 bis", id="spanish_bis"),
    ],
)
def test_article_titles_of_many_languages(label, number):
    lines = outline_of(f'<p class="oj-ti-art">{label}</p><p class="oj-normal">Text.</p>')

    assert lines == [f"article {number} Text."]


def test_a_footnote_mark_leaves_no_gap_before_punctuation_and_keeps_foreign_brackets():
    mark = '<a href="#ntr1-L" id="ntc1-L">(<span class="oj-super">1</span>)</a>'
    lines = outline_of(an_article("1", text(f"See the Act {mark}, and (the Code {mark}) too {mark}")))

    assert lines == ["article 1 See the Act, and (the Code) too"]


def test_table_rows_are_paragraphs_whose_cells_are_kept_apart():
    table = (
        '<table class="oj-table"><tr><td><p class="oj-tbl-txt">(1)</p></td><td><p>Rope</p></td><td></td></tr></table>'
    )

    assert outline_of(an_article("1", text("Rates:"), table)) == ["article 1 Rates:", "  paragraph (1) | Rope"]


def test_an_annex_may_hold_articles_of_its_own():
    body = an_article("1", text("Body.")) + (
        '<div class="eli-container" id="anx_1"><p class="oj-doc-ti">ANNEX</p><p class="oj-doc-ti">Statute</p>'
        '<p class="oj-ti-art">Article 1</p><p class="oj-normal">Seat.</p></div>'
    )

    assert outline_of(body) == ["article 1 Body.", "annex [Statute]", "  article 1 Seat."]


def test_nesting_deeper_than_any_act_is_read_as_running_text():
    lines = outline_of(an_article("1", "<div>" * 240 + "deep" + "</div>" * 240))

    assert lines == ["article 1 deep"]


def test_markup_says_what_is_european():
    def claim_of(body: str) -> float:
        return claims(open_source(body.encode()), ReadingContext())

    assert claim_of('<html><body><p class="oj-ti-art">Article 1</p></body></html>') > 0.9
    assert claim_of('<?xml version="1.0"?><ACT><BIB.INSTANCE/></ACT>') == 1.0
    assert claim_of("<html><body><p>第一条</p></body></html>") == 0.0


def test_guidance_without_articles_is_read_into_paragraphs():
    page = (
        "<html><body><main><h1>Guidelines on ropes</h1>"
        "<p>Ropes should be dry.</p><p>Knots should hold.</p></main></body></html>"
    )
    act = extract(open_source(page.encode()), ReadingContext(kind="guidance", select="main"))

    assert act.title == "Guidelines on ropes"
    assert outline(act.drafts) == ["paragraph Ropes should be dry.", "paragraph Knots should hold."]


def test_an_annex_whose_title_runs_on_has_its_number():
    body = (
        an_article("1", text("Body.")) + '<p class="oj-doc-ti">ANNEX IV referred to in Article 1</p>' + text("Ropes.")
    )

    assert outline_of(body) == ["article 1 Body.", "annex IV [referred to in Article 1] Ropes."]


def test_a_corrigendum_is_read_into_paragraphs():
    body = '<p class="oj-doc-ti">Corrigendum to Regulation (EU) 2031/77 on buoys</p>' + text("On page 3, Article 2:")

    assert outline_of(body + text("for: ‘ropes’, read: ‘rope’.")) == [
        "paragraph On page 3, Article 2:",
        "paragraph for: ‘ropes’, read: ‘rope’.",
    ]
