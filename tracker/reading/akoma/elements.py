"""Which provision an element of Akoma Ntoso is, and how the number is told from the label."""

from __future__ import annotations

import re

from storage.records import ProvisionKind
from tracker.reading.structure.numbers import CHINESE, fold_number, roman_to_int

K = ProvisionKind
KINDS = {
    **{kind.value: kind for kind in K},
    "tome": K.BOOK,
    "division": K.PART,
    "subdivision": K.SUBPART,
    "subchapter": K.SUBPART,
    "subtitle": K.SUBPART,
    "subrule": K.SUBPARAGRAPH,
    "alinea": K.SUBPARAGRAPH,
    "indent": K.POINT,
    "wrapUp": K.WRAPUP,
}
# what only holds others: its children belong to what it stands in
TRANSPARENT = frozenset(
    "list sublist blockList level transitional container tblock blockContainer crossHeading intro content".split()
)
ATTACHMENT_KINDS = (("schedule", K.SCHEDULE), ("appendix", K.APPENDIX), ("supplement", K.SUPPLEMENT))
_CHINESE = re.compile(r"第\s*(.{1,9}?)\s*(?:分编|编|章|节|条|款|项|目)(之.{1,3})?$")
_ATTACHMENT_HEADING = re.compile(r"^(?:附件|附录|附表|附图)\s*")
_EDGE = " .,:;()[]（）、．\u00a0“”‘’„«»\"'§¶—–•-"
_WORD = re.compile(r"[^\s\u00a0]+")
_LETTERS = 3


def number_of(label: str) -> str:
    """Return the number within a printed label; a dash, a bullet or a mere word is none.

    >>> [number_of(t) for t in ("Article 5", "第五条之一", "(a)", "§ 20-871.", "—", "CHAPTER IV", "附表一", "ANNEX")]
    ['5', '五之一', 'a', '20-871', '', 'IV', '一', '']
    """
    chinese = _CHINESE.search(label)
    if chinese:
        return chinese[1] + (chinese[2] or "")
    words = [word.strip(_EDGE) for word in _WORD.findall(_ATTACHMENT_HEADING.sub("", label))]
    return next((word for word in reversed(words) if _is_number(word)), "")


def _is_number(word: str) -> bool:
    return (
        any(c.isdigit() for c in word)
        or (word.isalpha() and len(word) <= _LETTERS)
        or roman_to_int(word) is not None
        or (word != "" and all(c in CHINESE for c in word))
        or fold_number(word) != word.lower()
    )
