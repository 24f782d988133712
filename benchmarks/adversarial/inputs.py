"""Make hostile inputs of any size from the snippets, for each tradition and for none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from benchmarks.adversarial.snippets import DOCUMENTS, LONG, NESTINGS, PAGES, RECORDS, TEXTS

JURISDICTIONS = ("", "cn", "eu", "us", "in")
_LONGER = 10  # times: what is counted among thousands of its like shows its cost no sooner
_DEEPEST = 390  # below what is refused outright


@dataclass(frozen=True, slots=True)
class HostileInput:
    """One input: its name, the tradition it is read in, and how to make it of about so many bytes."""

    name: str
    jurisdiction: str
    make: Callable[[int], bytes]


def hostile_inputs() -> Iterator[HostileInput]:
    """Yield every input, each for all traditions it may be taken for."""
    for name, make in _makers():
        own = ("",) if name.startswith(("xml", "json")) else JURISDICTIONS
        for jurisdiction in own:
            yield HostileInput(name, jurisdiction, make)


def _makers() -> Iterator[tuple[str, Callable[[int], bytes]]]:
    for name, piece in PAGES.items():
        yield f"page: {name}", partial(_repeat, "<html><body>", piece, "</body></html>")
    for name, piece in TEXTS.items():
        yield f"text: {name}", partial(_repeat, "", piece, "")
    for name, (begin, piece) in LONG.items():
        yield f"long page: {name}", partial(_repeat_longer, begin, piece)
    for name, (opening, closing) in NESTINGS.items():
        yield f"nested: {name}", partial(_nest, opening, closing)
    for name, (begin, piece, end) in DOCUMENTS.items():
        yield f"xml: {name}", partial(_repeat, begin, piece, end)
    for name, (begin, piece, end) in RECORDS.items():
        yield f"json: {name}", partial(_repeat, begin, piece, end)


def _repeat(begin: str, piece: str, end: str, size: int) -> bytes:
    times = max(1, (size - len(begin) - len(end)) // len(piece.encode()))
    return f"{begin}{piece * times}{end}".encode()


def _repeat_longer(begin: str, piece: str, size: int) -> bytes:
    return _repeat(f"<html><body>{begin}", piece, "</body></html>", size * _LONGER)


def _nest(opening: str, closing: str, size: int) -> bytes:
    """Nest as deep as is read at all, again and again until the size is reached."""
    depth = min(_DEEPEST // opening.count("<"), size // len(opening + closing))
    whole = f"{opening * depth}x{closing * depth}"
    return f"<html><body>{whole * max(1, size // len(whole))}</body></html>".encode()
