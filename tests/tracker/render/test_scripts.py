import pytest

from tracker.render.scripts import language_of


@pytest.mark.parametrize(
    ("text", "told_language", "language"),
    [
        pytest.param("网络安全法", "zh", "zh", id="Chinese"),
        pytest.param("网络安全法", "en", "zh", id="Chinese on an English page"),
        pytest.param("《生成式AI服务》管理办法 GB/T 1", "", "zh", id="Chinese with a number"),
        pytest.param("Practice Provisions", "zh", "en", id="an English title of a Chinese law"),
        pytest.param("個人情報の保護に関する法律", "ja", "ja", id="Japanese"),
        pytest.param("डिजिटल व्यक्तिगत डेटा संरक्षण नियम", "en", "hi", id="Hindi on an English page"),
        pytest.param("डिजिटल नियम", "mr", "mr", id="Marathi"),
        pytest.param("Verordnung über künstliche Intelligenz", "de", "de", id="German"),
        pytest.param("G.S.R. 9101(E)", "", "en", id="a number"),
        pytest.param("", "zh", "en", id="nothing"),
    ],
)
def test_a_title_is_in_the_language_of_its_script(text, told_language, language):
    assert language_of(text, told_language) == language
