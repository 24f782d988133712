"""The benchmark's own table of equivalent characters."""

import unicodedata

from benchmarks.mutations import equivalents as eq


def test_tables_hold_only_what_unicode_calls_the_same():
    for table in (eq.WIDE, eq.RADICALS, eq.LIGATURES):
        for plain, other in table.items():
            assert unicodedata.normalize("NFKC", other) == plain


def test_nothing_that_may_never_be_hidden_is_in_a_table():
    others = {*eq.WIDE.values(), *eq.NARROW.values(), *eq.RADICALS.values(), *eq.IDEOGRAPHS.values()}

    assert others.isdisjoint("²³½①、")
    assert "、" not in eq.NARROW
