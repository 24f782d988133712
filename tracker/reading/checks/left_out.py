"""Where a text says that a number is left out on purpose: [Omitted.], (Repealed), （已删除）, * * *, — — —."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from tracker.reading.structure.draft import Extract

_TABLE = tomllib.loads(files(__package__).joinpath("left_out.toml").read_text(encoding="utf-8"))
_WORDS = "|".join(dict.fromkeys(word for words in _TABLE["words"].values() for word in words))
# the words alone would be said by any law that lets people delete data: they stand in brackets, or for a sentence
_STATEMENT = re.compile(
    rf"[\[(（【][^\[\](（）)【】\n]{{0,80}}(?:{_WORDS})[^\[\](（）)【】\n]{{0,80}}[\])）】]"
    rf"|(?:^|[.。;；—–-]\s?)\W{{0,3}}(?:{_WORDS})[^\W\d_]{{0,6}}[.。]?\s*$"
    r"|(?:^|\s)\W{0,3}(?:[*•]\s?){3,}\W{0,3}$|(?:[—–-][ \u00a0]){4}[—–-]|—{4}|…{2}",  # of the Union: —————
    re.I | re.M,
)
_UNITS = r"(?:sections?|ss?\.|articles?|rules?|regulations?)"
_UNIT_STATEMENT = re.compile(
    rf"\b{_UNITS}\s*(?P<first>\d{{1,4}})[A-Z]{{0,2}}(?:\s*(?:to|and|-|–)\s*(?P<last>\d{{1,4}})[A-Z]{{0,2}})?"
    r"[^.;]{0,80}\b(?:omitted|rep\b|repealed|deleted)",
    re.I,
)


def says_left_out(text: str) -> bool:
    """Return whether *text* says that what should stand behind it is left out.

    >>> says_left_out("[Omitted by Act 9.]"), says_left_out("the user may delete it"), says_left_out("Repealed.")
    (True, False, True)
    """
    return _STATEMENT.search(text) is not None


def named_as_left_out(extract: Extract) -> set[int]:
    """Return the numbers that footnotes and marks of a consolidated text say are omitted."""
    numbers: set[int] = set()
    for note in extract.notes:
        for match in _UNIT_STATEMENT.finditer(note.text):
            first = int(match["first"])
            numbers.update(range(first, min(int(match["last"] or first), first + 200) + 1))
    return numbers
