from datetime import date

import pytest

from storage.records import Milestone, MilestoneKind, Status
from tracker.render import status_on

M = MilestoneKind
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("dates", "draft", "status"),
    [
        ([(M.IN_FORCE, date(2026, 1, 1))], False, Status.IN_FORCE),
        ([(M.IN_FORCE, date(2026, 5, 1))], False, Status.NOT_YET_IN_FORCE),
        ([(M.ISSUED, date(2026, 1, 1))], False, Status.ADOPTED),
        ([(M.IN_FORCE, None)], False, Status.ADOPTED),
        ([(M.COMMENTS_DUE, date(2026, 5, 1))], True, Status.DRAFT),
        ([(M.IN_FORCE, date(2020, 1, 1)), (M.REPEALED, date(2026, 1, 1))], False, Status.REPEALED),
        ([(M.IN_FORCE, date(2020, 1, 1)), (M.REPEALED, date(2027, 1, 1))], False, Status.IN_FORCE),
        ([], False, Status.UNKNOWN),
    ],
    ids=["in force", "not yet", "issued only", "open commencement", "draft", "repealed", "to be repealed", "unknown"],
)
def test_a_status_follows_from_the_dates(dates, draft, status):
    assert status_on([Milestone(kind, on, "") for kind, on in dates], DAY, draft=draft) is status


def test_a_superseded_date_does_not_count():
    old = Milestone(M.IN_FORCE, date(2026, 1, 1), "", superseded_by="us_2026-90042")
    new = Milestone(M.IN_FORCE, date(2027, 1, 4), "")
    assert status_on([old, new], DAY) is Status.NOT_YET_IN_FORCE
