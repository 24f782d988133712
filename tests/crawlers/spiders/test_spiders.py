import json
from datetime import date

import pytest

from crawlers.spiders.cellar import newest_edition, pending_corrigenda
from crawlers.spiders.ecfr import latest_issue

ACT = "32024R1689"


def editions(*numbers: str) -> bytes:
    return json.dumps({"results": {"bindings": [{"celex": {"value": n}} for n in numbers]}}).encode()


@pytest.mark.parametrize(
    ("numbers", "newest"),
    [
        pytest.param(["02024R1689-20240712", "02024R1689-20260727"], "02024R1689-20260727", id="the newest"),
        pytest.param(["02024R1689-20240712", "02024R1689-20270802"], "02024R1689-20240712", id="not of the future"),
        pytest.param(["02016R0679-20160504"], "", id="not of another act"),
        pytest.param([], "", id="not consolidated yet"),
    ],
)
def test_the_newest_consolidated_text_that_already_counts_is_chosen(numbers, newest):
    assert newest_edition(editions(*numbers), ACT, date(2026, 11, 25)) == newest


@pytest.mark.parametrize(
    ("edition", "pending"),
    [
        ("", ["32024R1689R(01)", "32024R1689R(02)", "32024R1689R(03)"]),
        ("02024R1689-20260727", ["32024R1689R(02)"]),
        ("02024R1689-20270101", []),
    ],
)
def test_a_corrigendum_is_pending_when_it_is_younger_than_what_is_read(edition, pending):
    dates_by_celex = {"32024R1689R(01)": "2025-03-01", "32024R1689R(02)": "2026-09-01", "32024R1689R(03)": ""}
    rows = [{"celex": {"value": n}} | ({"date": {"value": on}} if on else {}) for n, on in dates_by_celex.items()]
    rows += [{"celex": {"value": "32024R1690R(01)"}, "date": {"value": "2026-10-01"}}]

    assert pending_corrigenda(json.dumps({"results": {"bindings": rows}}).encode(), ACT, edition) == pending


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b'{"results": {}}', b'{"results": {"bindings": [1]}}'])
def test_an_answer_of_another_shape_is_no_answer(answer):
    with pytest.raises(ValueError, match=r".+"):
        newest_edition(answer, ACT, date(2026, 11, 25))


def test_the_latest_issue_of_a_title_is_told_with_whether_an_import_runs():
    titles = [{"number": 35, "latest_issue_date": None}, {"number": 16, "latest_issue_date": "2026-03-05"}]
    answer = {"titles": titles, "meta": {"import_in_progress": True}}

    assert latest_issue(json.dumps(answer).encode(), 16) == (date(2026, 3, 5), True)


@pytest.mark.parametrize("title", [35, 12])
def test_a_reserved_or_unknown_title_has_no_issue(title):
    with pytest.raises(ValueError, match=r".+"):
        latest_issue(b'{"titles": [{"number": 35, "latest_issue_date": null}], "meta": {}}', title)
