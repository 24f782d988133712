"""What may never alert, and what may never be hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.compare.normal import fold, fold_with_places
from tracker.compare.tokens import keys, tokens

COSMETIC = [
    pytest.param("甲(一)乙ABC12", "甲（一）乙ＡＢＣ１２", id="full width"),
    pytest.param("港口,码头;航道。", "港口，码头；航道.", id="punctuation pairs"),
    pytest.param("“berth” means 'quay'", '"berth" means ‘quay’', id="quotes"),
    pytest.param("the vessel «Ida»", "the vessel „Ida“", id="quotes of other languages"),
    pytest.param("Rule 4 - pilots", "Rule 4 — pilots", id="dashes"),
    pytest.param("within 30 days", "within\u00a030\u2009 days", id="kinds of space"),
    pytest.param("港口 经营 人", "港口经营人", id="spaces between characters"),
    pytest.param("船舶于2026年 3月进港", "船舶于 2026 年3月进港", id="spaces around digits"),
    pytest.param("pilot\u200bage of\ufeff ships", "pilotage of ships", id="zero width"),
    pytest.param("har\u00adbour", "harbour", id="soft hyphen"),
    pytest.param("⽔\uf9f7", "水立", id="radicals and compatibility ideographs"),
    pytest.param("the pro-\nvider of light", "the provider of light", id="hyphenation"),
    pytest.param("क़ नियम ५", "क\u093c नियम 5", id="devanagari"),
    pytest.param("ﬁnal oﬃce", "final office", id="ligatures"),
    pytest.param("caf\u00e9", "cafe\u0301", id="composed accents"),
    pytest.param("EUR 10\u00a0000\u00a0000", "EUR 10000000", id="grouped digits"),
    pytest.param("第 三 条\u3000总　则", "第三条总则", id="spaced heading"),
]
DIFFERENCES = [
    pytest.param("10³ units", "103 units", id="superscript"),
    pytest.param("H₂O", "H2O", id="subscript"),
    pytest.param("½ share", "1/2 share", id="fraction"),
    pytest.param("① 甲", "1 甲", id="circled number"),
    pytest.param("(I) berths", "(i) berths", id="case of a marker"),
    pytest.param("港口、码头", "港口，码头", id="enumeration comma"),
    pytest.param("十日", "10日", id="numerals in text"),
    pytest.param("後", "后", id="traditional"),
    pytest.param("100", "1OO", id="digits that look alike"),
    pytest.param("30 日", "3 0 日", id="a torn number"),
    pytest.param("不得离港", "得离港", id="a lost not"),
    pytest.param("十吨以上", "十吨以下", id="above and below"),
    pytest.param("ships, and boats", "ships and boats", id="a lost comma"),
    pytest.param("can not", "cannot", id="a torn word"),
    pytest.param("5' deep", '5" deep', id="feet and inches"),
    pytest.param("1.5 m", "15 m", id="a lost point"),
]


@pytest.mark.parametrize(("one", "other"), COSMETIC)
def test_cosmetic_differences_are_folded(one, other):
    assert keys(one) == keys(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENCES)
def test_telling_differences_are_kept(one, other):
    assert keys(one) != keys(other)


ALPHABET = st.text(
    st.sampled_from(list("ab Z9.,-\n\u00a0\u200b\u00ad“‘—，。、（第三十条日万元कि़०\u0301é³ﬁＡ")), max_size=40
)


@given(ALPHABET | st.text(max_size=40))
def test_both_ways_of_folding_agree(text):
    folded_text, starts, ends = fold_with_places(text)

    assert folded_text == fold(text)
    assert len(folded_text) == len(starts) == len(ends)


@given(ALPHABET | st.text(max_size=40))
def test_tokens_lose_no_character(text):
    lead, pieces = tokens(text)

    assert lead + "".join(piece.core + piece.gap for piece in pieces) == text
    assert tuple(piece.key for piece in pieces) == keys(text)
