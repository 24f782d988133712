"""Forms of a word share a stem, traditional characters become simplified ones, and short words are left alone."""

import pytest

from storage.search.match_query import expression, terms
from storage.search.word_forms import same_terms, stem_of, stem_terms, to_simplified


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("obligation", "obligations"),
        ("labelling", "labels"),
        ("providers", "provider"),
        ("requirement", "requirements"),
        ("anbieter", "anbietern"),
        ("verpflichtung", "verpflichtungen"),
        ("fournisseur", "fournisseurs"),
        ("proveedor", "proveedores"),
        ("fornitore", "fornitori"),
        ("verplichting", "verplichtingen"),
    ],
)
def test_forms_of_a_word_share_how_they_begin(one, other):
    stems = sorted((stem_of(one), stem_of(other)), key=len)
    assert stems[0]
    assert stems[1].startswith(stems[0])


@pytest.mark.parametrize("word", ["ai", "law", "act", "2016", "评估", "art5", "", "règlement"])
def test_short_words_numbers_and_other_scripts_have_no_stem(word):
    assert stem_of(word) == ""


def test_only_single_latin_words_are_stemmed():
    assert expression(stem_terms(terms("obligations"))) == '"oblig"*'
    for question in ('"open phrase words"', "begin*", "评估", "GDPR 2016"):
        assert expression(stem_terms(terms(question))) == expression(terms(question))
        assert same_terms(stem_terms(terms(question)), terms(question))


def test_traditional_characters_are_read_as_simplified_ones():
    assert to_simplified("網絡數據安全評估與個人資訊") == "网络数据安全评估与个人资讯"
    assert to_simplified("plain ASCII, 简体") == "plain ASCII, 简体"
