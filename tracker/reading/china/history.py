"""The amendments a Chinese law names under its title: （…通过　根据…《关于修改…的决定》修正）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from storage.records import Milestone, MilestoneKind
from tracker.reading.china.dates import DATE, to_date

M = MilestoneKind
_YEAR = (
    r"[0-9〇零一二三四五六七八九十]{2,4}[ \u3000]*年"  # the words of one amendment end where the next one's day begins
)
_AMENDED = re.compile(
    rf"(?:根据|依据)?[ \u3000]*(?P<on>{DATE})(?P<words>(?:(?!{_YEAR})[^。；）)]){{0,160}}?)"
    r"(?P<how>(?:第[一二三四五六七八九十]{1,3}次)?(?:修正|修订|修改))(?=[）)。；，\s\u3000]|通过|$)"
)
_ORDER = re.compile(r"令第?[ \u3000]*[0-9〇零一二三四五六七八九十百]{1,6}[ \u3000]*号|公布|发布")


def amendments(front: Sequence[str]) -> Iterator[Milestone]:
    """Yield the amendments named before the law, each with its day and its words, the order's number among them."""
    for text in front:
        for match in _AMENDED.finditer(text):
            on = to_date(match, 2)
            if on is not None:
                kind = M.ISSUED if _ORDER.search(match["words"]) and "通过" not in match["words"] else M.ADOPTED
                yield Milestone(kind, on, " ".join(match[0].split()))
