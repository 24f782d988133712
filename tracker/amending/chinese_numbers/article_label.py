"""Print the number of a Chinese article: 第十条, 第八条之一."""

from __future__ import annotations

from tracker.amending.numbering import number_key
from tracker.reading.china.cite import to_chinese


def article_label(number: str) -> str:
    """Return the label of an article.

    >>> [article_label("10"), article_label("8-1")]
    ['第十条', '第八条之一']
    """
    head, _, tail = number_key(number).partition("-")
    return f"第{to_chinese(int(head))}条" + (f"之{to_chinese(int(tail))}" if tail else "")
