"""Tell a notice that asks for comments from the draft itself: ways to send comments are no provisions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.formats.blocks import Block

ASKS = re.compile(r"公开征求意见|征求意见的(?:通知|公告|函)|征集意见|意见征集|反馈意见|征求.{0,20}意见")
_WAYS = re.compile(
    r"电子邮[件箱]|电子信箱|邮箱[：:]|传真[：:至]|邮政编码|邮编[：:]|通[信讯]地址|寄至|信函|信封|联系(?:人|电话)[：:]"
    r"|登[录陆].{0,60}(?:网站|系统|平台|网)|(?:途径|方式|渠道).{0,16}(?:反馈|提出|提交).{0,8}意见|反馈.{0,4}截止|@[a-z0-9]",
    re.I,
)
_DRAFT_TITLE = re.compile(r"^《?[^。；：]{2,60}[（(][^（）()]{0,8}(?:征求意见稿|草案|送审稿)[^（）()]{0,8}[）)]》?$")
_LEAST = 2


def is_way(text: str) -> bool:
    """Return whether a line says how comments are sent: an address, a mailbox, a site to log in to."""
    return len(text) <= 300 and _WAYS.search(text) is not None


def behind_notice(blocks: Sequence[Block], title: str) -> int | None:
    """Return where the draft begins behind a notice that asks for comments; None where there is no such notice.

    The end of *blocks* says that the page is nothing but the notice: the draft is a file that hangs on it.
    """
    head = f"{title}\n" + "\n".join(block.text for block in blocks[:8])
    ways = [place for place, block in enumerate(blocks) if is_way(block.text)]
    if not ASKS.search(head) or len(ways) < _LEAST:
        return None
    drafts = [n for n, block in enumerate(blocks) if n > ways[-1] and _DRAFT_TITLE.match(re.sub(r"\s", "", block.text))]
    return drafts[0] if drafts and len(blocks) - drafts[0] > _LEAST else len(blocks)
