"""The text of a Rich Text Format string: paragraphs, characters by number, what is struck set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SILENT = frozenset(
    "fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr listtable "
    "listoverridetable rsidtbl generator themedata datastore latentstyles xmlnstbl mmathPr fldinst".split()
)
_BREAKS = frozenset({"par", "line", "row", "sect", "page"})
_CHARACTERS = {
    "tab": "\t", "cell": " | ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n"}
_DEEPEST = 200


@dataclass(slots=True)
class RichText:
    """An RTF taken apart: its lines, and the words that are struck through in it."""

    lines: list[str] = field(default_factory=list)
    struck_texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _RtfGroup:
    silent: bool = False
    is_struck: bool = False
    fallback: int = 1


def read_rtf(text: str) -> RichText:
    """Return the text of *text*; what is no RTF is taken as plain lines."""
    if not text.lstrip().startswith("{\\rtf"):
        return RichText([line.strip() for line in text.splitlines() if line.strip()])
    return _RtfReader().read(text)


class _RtfReader:
    def __init__(self) -> None:
        self.group = _RtfGroup()
        self.above: list[_RtfGroup] = []
        self.out: list[str] = []
        self.struck_texts: list[str] = []
        self.skip = 0

    def read(self, text: str) -> RichText:
        for token in _TOKEN.finditer(text):
            byte, word, number, symbol, brace, plain = token.groups()
            if brace:
                self.brace(brace)
            elif byte:
                self.say(bytes([int(byte, 16)]).decode("cp1252", "replace"))
            elif word:
                self.control(word, int(number) if number else None)
            elif symbol:
                self.symbol(symbol)
            elif plain:
                self.say(plain)
        lines = (" ".join(line.split(" ")).strip(" \t") for line in "".join(self.out).split("\n"))
        struck_texts = (piece.strip() for piece in "".join(self.struck_texts).split("\n"))
        return RichText([line for line in lines if line], [piece for piece in struck_texts if piece])

    def brace(self, brace: str) -> None:
        if brace == "{" and len(self.above) < _DEEPEST:
            self.above.append(self.group)
            self.group = _RtfGroup(self.group.silent, self.group.is_struck, self.group.fallback)
        elif brace == "}" and self.above:
            self.group = self.above.pop()

    def control(self, word: str, number: int | None) -> None:
        if word in _SILENT:
            self.group.silent = True
        elif word in _BREAKS:
            self.say("\n")
        elif word in _CHARACTERS:
            self.say(_CHARACTERS[word])
        elif word in {"strike", "striked"}:
            self.group.is_struck = number != 0
        elif word == "plain":
            self.group.is_struck = False
        elif word == "uc":
            self.group.fallback = max(0, min(number or 0, 9))
        elif word == "u" and number is not None:
            self.say(_character(number))
            self.skip = self.group.fallback

    def symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.group.silent = True
        else:
            self.say(_SYMBOLS.get(symbol, symbol))

    def say(self, text: str) -> None:
        """Add *text*; behind a character by number its stand-ins for old programs are passed over."""
        count = min(self.skip, len(text))
        self.skip, text = self.skip - count, text[count:]
        if text and not self.group.silent:
            (self.struck_texts if self.group.is_struck else self.out).append(text)


def _character(number: int) -> str:
    code = number % 0x10000
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)
