from datetime import date

from storage.records import Milestone, MilestoneKind, Reading
from tracker.compare import compare
from tracker.weigh import weigh


def a_draft(due):
    dates = (Milestone(MilestoneKind.COMMENTS_DUE, due, "the notice"),)
    return Reading(format="html", jurisdiction="cn", language="zh", title="办法（征求意见稿）", dates=dates)


def test_a_deadline_that_moved_in_the_notice_is_noted():
    old, new = a_draft(date(2026, 5, 6)), a_draft(date(2026, 6, 6))
    assert "Comments due moved from 2026-05-06 to 2026-06-06" in weigh(compare(old, new), old, new).notes
    assert not [note for note in weigh(compare(old, old), old, old).notes if "moved" in note]
