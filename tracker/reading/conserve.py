"""Prove that no word of the page is lost, and none said twice: count what it shows against what was read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storage.records import Flaw, Note, Provision
from tracker.reading.formats.visible_text import Visible
from tracker.reading.structure.draft import Extract

NOT_READ = "words not read"
SAID_TWICE = "words said twice"
_SHARE = 0.02  # of the page's words
_AT_LEAST = 10  # so many words, before a share of a short page is called a loss
_MOST_SHOWN = 500
_CJK = "\u3400-\u9fff\uf900-\ufaff"
# marks that stand inside a word: of accents and Indic vowels, soft hyphens, and characters without width
_RUN = re.compile("[\\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u00ad\u200b-\u200d\u2060\ufeff]+")
_WORD = re.compile(f"[{_CJK}]|(?:[^\\W_{_CJK}]|[\u0300-\u036f\u0900-\u0963\u0966-\u0dff])+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACE = re.compile(r"\s")
_PART = 1_000_000
_LONGEST = 80
_LONGEST_RUN = 20_000
_MOST = 3_000

WordCounts = Counter[str]


def conserve(
    page: Visible | None, provisions: Sequence[Provision], extract: Extract
) -> tuple[dict[str, int], list[Flaw]]:
    """Return the count of the page's words by where each is now, and a flaw for words lost or said twice.

    ``total`` is what the page shows, counted without the readers; the parts always add up to it, because a word is
    counted in a part only as often as the page says it, and what is in none of them is counted as a problem.
    """
    parts = _parts(provisions, extract)
    words_read: WordCounts = Counter()
    for part in parts.values():
        words_read.update(part)
    if page is None:
        return _sum(parts, {}), []
    words_shown = count_words(page.shown)
    absent, surplus = _less(words_shown, words_read), _less(words_read, words_shown)
    joins = _piece_together(absent, surplus)
    counts = _sum(_settle(parts, surplus, joins), absent)
    flaws = _loss_flaws(page.shown, absent, counts["total"])
    return counts, [
        *flaws,
        *_twice(words_shown, surplus, count_words([" ".join(page.hidden)])),
    ] if provisions else flaws


def count_words(texts: Iterable[str]) -> WordCounts:
    """Count each word of *texts*, folded; a CJK character is a word, any other run of letters and digits is one."""
    runs: WordCounts = Counter()
    for part in _split_long("".join(texts)):
        runs.update(_RUN.findall(part))
    words: WordCounts = Counter()
    beyond: list[str] = []
    for run, times in runs.items():
        if run.isascii() and "_" not in run:
            words[run.lower()] += times
        else:
            beyond.extend(_fold(run) * times)
    words.update(beyond)
    return words


def _split_long(text: str) -> Iterator[str]:
    """Cut a long text between words, so that not all of them stand in memory at once."""
    start = 0
    while len(text) - start > _PART and (space := _SPACE.search(text, start + _PART)):
        yield text[start : space.start()]
        start = space.start()
    yield text[start:]


def serialise(provisions: Iterable[Provision]) -> str:
    """Return the text of *provisions* as printed: label, heading and text of each, in reading order."""
    return "\n".join(part for root in provisions for p in root.walk() for part in (p.label, p.heading, p.text) if part)


def _fold(run: str) -> list[str]:
    if len(run) <= _LONGEST_RUN:  # one character may stand for eighteen; so long a run is no writing
        run = unicodedata.normalize("NFKC", _INVISIBLE.sub("", run))
    return _WORD.findall(run.casefold())


def _parts(provisions: Sequence[Provision], extract: Extract) -> dict[str, WordCounts]:
    return {
        "furniture": _of_notes(extract.furniture),
        "notes": _of_notes(extract.notes),
        "front": _of_notes(extract.front),
        "provisions": count_words([serialise(provisions)]),
    }


def _of_notes(notes: Iterable[Note]) -> WordCounts:
    return count_words(["\n".join(note.text for note in notes)])


def _less(these: WordCounts, those: Mapping[str, int]) -> WordCounts:
    get = those.get
    return Counter({word: times - get(word, 0) for word, times in these.items() if times > get(word, 0)})


def _piece_together(absent: WordCounts, surplus: WordCounts) -> list[tuple[str, int, int]]:
    """Set words apart by layout alone against each other: "sub" and "section" of one side, "subsection" of the other.

    Takes them out of both counts, and returns for each word of the reading how often, and by how many words of the
    page more than one, it was met.
    """
    joins = []
    for word in list(surplus)[:_MOST]:
        for times, pieces in _take_out(word, surplus, absent):
            joins.append((word, times, len(pieces) - 1))
    for word in list(absent)[:_MOST]:
        for times, pieces in _take_out(word, absent, surplus):
            joins.extend((piece, times, -1) for piece in pieces[1:])
    if absent and Counter("".join(absent.elements())) == Counter("".join(surplus.elements())):
        # the same letters, only spaced otherwise on both sides: "of a" read "ofa", "awaiver" read "a waiver"
        joins.append((next(iter(surplus)), 1, absent.total()))
        joins.extend((word, times, -1) for word, times in surplus.items())
        absent.clear()
        surplus.clear()
    return joins


def _pieces(word: str, among: Mapping[str, int]) -> list[str]:
    """Return words of *among* that joined are *word*, the longest first, or nothing."""
    if not 1 < len(word) <= _LONGEST:
        return []
    ways: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1):
        for start in range(end):
            if start in ways and word[start:end] in among:
                ways[end] = [*ways[start], word[start:end]]
                break
    return ways.get(len(word), [])


def _take_out(word: str, its: WordCounts, others: WordCounts) -> Iterator[tuple[int, list[str]]]:
    """Take *word* and its pieces out of both counts, way after way, as long as there are pieces for it."""
    while its[word] and (pieces := _pieces(word, others)):
        needs = Counter(pieces)
        times = min(its[word], *(others[piece] // count for piece, count in needs.items()))
        if not times:
            break
        its[word] -= times
        for piece, count in needs.items():
            others[piece] -= times * count
            if not others[piece]:
                del others[piece]
        yield times, pieces
    if not its[word]:
        del its[word]


def _settle(
    parts: dict[str, WordCounts], surplus: WordCounts, joins: Sequence[tuple[str, int, int]]
) -> dict[str, WordCounts]:
    """Return *parts* with every word counted as often as the page says it: what is said beyond is furniture first."""
    for word, times in surplus.items():
        _change(parts, word, -times)
    for word, times, more in joins:
        _change(parts, word, times * more)
    return parts


def _change(parts: dict[str, WordCounts], word: str, by: int) -> None:
    """Count *word* so many times more or fewer, in the parts that hold it."""
    for part in parts.values():
        count = part.get(word, 0)
        if count and by:
            step = max(by, -count)
            part[word] = count + step
            by -= step


def _sum(parts: Mapping[str, WordCounts], absent: Mapping[str, int]) -> dict[str, int]:
    counts = {name: sum(parts[name].values()) for name in ("provisions", "front", "notes", "furniture")}
    counts["problems"] = sum(absent.values())
    return {"total": sum(counts.values()), **counts}


def _loss_flaws(texts: Iterable[str], absent: WordCounts, total: int) -> list[Flaw]:
    count = sum(absent.values())
    if not count:
        return []
    words = " ".join(_in_order(texts, absent))
    text = words if len(words) <= _MOST_SHOWN else f"{words[: _MOST_SHOWN - 1]}…"
    return [Flaw(NOT_READ, text, fatal=count > max(_AT_LEAST, _SHARE * total))]


def _in_order(texts: Iterable[str], absent: WordCounts) -> Iterable[str]:
    """Yield the missing words as the page has them; of a word said elsewhere too, the last ones."""
    left, size = Counter(absent), 0
    words = []
    for run in reversed(_RUN.findall("".join(texts))):
        for word in reversed(_fold(run)):
            if left[word] > 0:
                left[word] -= 1
                words.append(word)
    for word in reversed(words):
        size += len(word)
        yield word
        if size > _MOST_SHOWN:
            return


def _twice(words_shown: WordCounts, surplus: WordCounts, unseen_words: WordCounts) -> list[Flaw]:
    """Tell of words the page says, but not so often; what it does not say at all is a mark's or a record's name."""
    beyond = {
        word: times - unseen_words[word]
        for word, times in surplus.items()
        if word in words_shown and times > unseen_words[word]
    }
    count = sum(beyond.values())
    if count <= max(_AT_LEAST, _SHARE * sum(words_shown.values())):
        return []
    text = " ".join(beyond)
    return [Flaw(SAID_TWICE, text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…")]
