"""Chinese numerals, as articles and chapters print them."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """Return *number* (1 to 99) in Chinese numerals.

    >>> [printed(n) for n in (3, 10, 12, 20, 26)]
    ['三', '十', '十二', '二十', '二十六']
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")
