"""Chinese citations have an English gloss; everything else is left as it stands."""

import pytest

from tracker.wording.citation_gloss import citation_gloss, with_glosses


@pytest.mark.parametrize(
    ("citation", "gloss"),
    [
        ("第十条", "art. 10"),
        ("第一百二十三条", "art. 123"),
        ("第二十条", "art. 20"),
        ("第一千零五条", "art. 1005"),
        ("第九条之一", "art. 9-1"),
        ("第十条第一款", "art. 10(1)"),
        ("第十条第二款第（三）项", "art. 10(2)(3)"),
        ("第十条第二款第三项第1目", "art. 10(2)(3)(1)"),
        ("第二章第三节", "ch. 2 sec. 3"),
        ("第12条", "art. 12"),
        ("Article 3", ""),
        ("附则", ""),
        ("", ""),
        ("第十条 公布", ""),
    ],
)
def test_a_citation_is_glossed(citation, gloss):
    assert citation_gloss(citation) == gloss


def test_a_sentence_keeps_its_words_and_what_it_quotes():
    sentence = "New prohibition: “不得违反第三条” (第十条第一款); 《第四条解释》 removed; 第五条 removed"
    assert with_glosses(sentence) == (
        "New prohibition: “不得违反第三条” (第十条第一款, art. 10(1)); 《第四条解释》 removed; 第五条 (art. 5) removed"
    )
    assert with_glosses("Article 3 added") == "Article 3 added"
