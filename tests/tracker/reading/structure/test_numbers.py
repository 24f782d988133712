from hypothesis import given
from hypothesis import strategies as st

from tracker.reading.china.cite import to_chinese
from tracker.reading.structure.numbers import chinese_to_int, fold_number, roman_to_int


@given(st.integers(min_value=1, max_value=9999))
def test_every_number_written_in_chinese_is_read_back(value):
    assert chinese_to_int(to_chinese(value)) == value


def test_an_inserted_article_keeps_its_own_number():
    assert fold_number("一百二十之二") == "120-2"


def test_a_colloquial_hundred_is_read_as_people_mean_it():
    assert chinese_to_int("一百五") == 150
    assert chinese_to_int("一百零五") == 105


def test_full_width_circled_and_roman_numbers_are_folded_to_one_spelling():
    assert [fold_number(t) for t in ("１２", "③", "(4A)", "XIV", "third")] == ["12", "3", "4a", "XIV", "3"]


def test_a_word_is_no_roman_numeral():
    assert roman_to_int("civic") is None
    assert roman_to_int("iiii") is None
