"""A section that an annex of an amending act quotes stays with the words that introduce it, and is put in."""

from __future__ import annotations

from storage.records import Reading
from tests.tracker.amending.lamp_law import words_of
from tracker.amending.consolidation import consolidate
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_PAGE = """<!DOCTYPE html><html lang="en"><body>
<p class="oj-doc-ti">REGULATION (EU) {number} OF THE HARBOURS of 3 March 2025 {title}</p>
<p class="oj-ti-art">Article 1</p><p class="oj-normal">{article}</p>
<p class="oj-ti-art">Article 2</p><p class="oj-normal">This Regulation shall enter into force on 2 June 2025.</p>
<p class="oj-doc-ti">ANNEX I</p>{annex}</body></html>"""
_SECTION = (
    '<p class="oj-ti-grseq-1">SECTION I</p><p class="oj-ti-grseq-1">MARKS</p>'
    '<p class="oj-normal">Lamps bear a mark.</p>'
)
_ADDED_ANNEX = """<p class="oj-normal">Annex I to Regulation (EU) 2024/77 is amended as follows:</p>
<table width="100%"><tbody><tr><td><p class="oj-normal">(1)</p></td><td>
<p class="oj-normal">the following section is added:</p>
<p class="oj-ti-grseq-1">‘SECTION II</p><p class="oj-ti-grseq-1">OILS</p>
<p class="oj-normal">Owners burn clean oil.’.</p></td></tr></tbody></table>"""


def act(number: str, title: str, article: str, annex: str) -> Reading:
    page = _PAGE.format(number=number, title=title, article=article, annex=annex)
    return read(page.encode(), ReadingContext(jurisdiction="eu", language="en"))


def test_a_section_quoted_in_an_annex_is_no_section_of_the_amending_act() -> None:
    amending = act("2025/12", "amending Regulation (EU) 2024/77", "The annex is amended.", _ADDED_ANNEX)

    kinds = [provision.kind.value for provision in amending.walk()]
    assert "section" not in kinds
    point = next(provision for provision in amending.walk() if provision.eid == "anx_I__point_1")
    assert "SECTION II" in point.text
    assert "Owners burn clean oil" in point.text


def test_a_section_quoted_in_an_annex_is_put_in_behind_the_last() -> None:
    base = act("2024/77", "on lamps", "Owners light lamps.", _SECTION)
    amending = act("2025/12", "amending Regulation (EU) 2024/77", "Regulation (EU) 2024/77 is amended.", _ADDED_ANNEX)

    result = consolidate(base, amending)

    assert [operation.why for operation in result.operations] == [None]
    assert words_of(result, "anx_I__sec_ii") == "OILS Owners burn clean oil."
    assert words_of(result, "anx_I__sec_i") == "MARKS Lamps bear a mark."


def test_a_heading_of_an_annex_that_quotes_a_word_opens_no_quotation() -> None:
    annex = '<p class="oj-ti-grseq-1">‘Do no harm’ principle</p><p class="oj-normal">Lamps do none.</p>'

    kinds = [provision.kind.value for provision in act("2024/77", "on lamps", "Owners light.", annex).walk()]

    assert "section" in kinds
