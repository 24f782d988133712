"""References to provisions in the words of an edit."""

from __future__ import annotations

import re

REFERENCE = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,20}[条款项章节](?:之[一二三四五六七八九十]+)?"
    r"|(?<!\w)(?:articles?|sections?|sec\.|§+|rules?|regulations?|annex(?:es)?|schedules?|paragraphs?|points?|clauses?|"
    r"sub-?sections?|sub-?rules?|chapters?|artikel[enst]{0,2}|absatz|lid|bijlage)\s"
    r"(?:\d{1,6}[a-z]{0,2}(?:[-.]\d{1,6}[a-z]{0,2}){0,4}|[IVX]+|\([a-z\d]+\))"
    r"(?:\(\w{1,4}\))*",
    re.IGNORECASE,
)
_MORE = r"(?:\d{1,4}[a-z]?(?:\(\w{1,4}\))*|\(\w{1,4}\))(?!\w)"
LISTED = re.compile(
    rf"(?:{REFERENCE.pattern})(?:(?:,|\s?[-–]|,?\s(?:and|or|to|und|oder|bis|et|ou|en|of|tot|à))\s?{_MORE}){{0,40}}",
    re.IGNORECASE,
)  # Article 70(1) and (2); Articles 5, 6 and 9


def references(text: str) -> list[str]:
    """Return the references in *text*, as written."""
    return [" ".join(hit[0].split()) for hit in REFERENCE.finditer(text)]
