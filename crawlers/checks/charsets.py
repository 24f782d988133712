"""Charsets: what pages of the web are written in. Python has other codecs, which are none, or take quadratic time."""

from __future__ import annotations

import codecs
from functools import lru_cache

_CHARSETS = frozenset(
    "utf-8 utf-8-sig gb18030 gbk gb2312 hz big5 big5hkscs utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be euc_jp "
    "shift_jis cp932 iso2022_jp euc_kr cp949 ascii koi8-r koi8-u mac-roman mac-cyrillic tis-620".split()
)
_FAMILIES = ("iso8859-", "cp125")


@lru_cache(maxsize=1024)
def is_charset(name: str) -> bool:
    """Return whether *name* is a charset of the web; ``punycode``, ``idna``, ``undefined`` are codecs and no charsets.

    >>> is_charset("GB2312"), is_charset("latin-1"), is_charset("punycode"), is_charset("no such")
    (True, True, False, False)
    """
    try:
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        return False
    return canonical in _CHARSETS or canonical.startswith(_FAMILIES)
