from datetime import date

import pytest

from crawlers.rows.printed_dates import date_in

PRINTED_DATES = """
2026-03-07 | 2026/3/7 | 2026年03月07日 10:00 | Posted On: 07 MAR 2026 5:10PM | March 7, 2026 | 7th March 2026
Mar 07, 2026 | 07-03-2026 | 7/3/2026 | 07.03.2026
"""


@pytest.mark.parametrize(
    "text", [one.strip() for line in PRINTED_DATES.strip().splitlines() for one in line.split("|")]
)
def test_a_date_is_found_as_lists_print_it(text):
    assert date_in(text) == date(2026, 3, 7)


def test_american_lists_print_the_month_first():
    assert date_in("03/07/2026", month_first=True) == date(2026, 3, 7)


def test_a_declared_form_is_the_only_one_read():
    assert date_in("26.03.07", "%y.%m.%d") == date(2026, 3, 7)
    assert date_in("2026-03-07", "%y.%m.%d") is None


@pytest.mark.parametrize("text", ["", "soon", "31/02/2026", "2026-13-01", "No. 12345-67-8", "7 Foo 2026"])
def test_what_is_no_date_is_unknown(text):
    assert date_in(text) is None
