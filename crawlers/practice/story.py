"""The days of the practice."""

from __future__ import annotations

from datetime import date, timedelta

from crawlers.practice.model import PracticeDay

FIRST = date(2026, 3, 2)

_STORIES = (
    "Everything is seen for the first time.",
    "CAC, MIIT and MPS amend the rule: a new article, a shorter time limit.",
    "Every site wears a new template; no text differs.",
    "The penalty of the CFR part rises; Cellar answers 202 with an empty body.",
    "Cellar is back, with the consolidated act; a rule is postponed, but its text is hidden behind a block page.",
    "The postponing rule can be read; CAC opens a draft for comment.",
    "An article of the rule is repealed; the list of MeitY arrives as an empty JavaScript shell.",
    "MeitY is back, with a corrigendum and the corrected rules under a new address.",
    "CAC, MIIT and MPS publish a decision that amends the rule; the rule itself still reads as before.",
    "Three weeks later the rule is printed as amended, a duty in other words than the decision has.",
)
_LATER = {10: timedelta(days=20)}  # official texts come weeks after the act that amends them


def days() -> tuple[PracticeDay, ...]:
    """Return the ten days, nine from Monday 2 March 2026 on, and one three weeks after them."""
    return tuple(
        PracticeDay(n, FIRST + timedelta(days=n - 1) + _LATER.get(n, timedelta()), story)
        for n, story in enumerate(_STORIES, 1)
    )
