"""The same on saved real pages, where they are at hand: edits planted in their bytes, and looks changed around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.mutations import cosmetic
from benchmarks.mutations.cases import Case, Expect
from storage.records import Provision, Reading
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_SUFFIXES = {".md", ".html", ".xml", ".txt"}
_LIMIT = 900_000  # bytes
_AROUND = 12  # characters on each side of a planted edit that must stand in one provision only
_EDITS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "zh": (
        ("应当", "可以", "modality"),
        ("不得", "可以", "modality"),
        ("可以", "应当", "modality"),
        ("三十日", "十日", "deadline"),
        ("以上", "以下", "amount"),
        ("万元以下", "元以下", ""),
        ("或者", "和", "connective"),
        ("部门", "机构", ""),
        ("有关", "相关", ""),
        ("十日", "六十日", "deadline"),
        ("五日", "九十日", "deadline"),
        ("六个月", "三个月", "deadline"),
    ),
    "en": (
        (" shall ", " may ", "modality"),
        (" shall not ", " shall ", "modality"),
        (" may ", " shall ", "modality"),
        (" must ", " may ", "modality"),
        (" days", " months", "deadline"),
        (" and ", " or ", "connective"),
        (" data ", " record ", ""),
        (" not ", " ", "modality"),
        (" person ", " company ", ""),
        (" or ", " and ", "connective"),
        (" years", " months", "deadline"),
    ),
    "nl": (
        (" niet ", " ", "modality"),
        (" en ", " of ", "connective"),
        (" dagen", " maanden", "deadline"),
        (" moet ", " kan ", "modality"),
        (" gegevens ", " stukken ", ""),
        (" kan ", " moet ", "modality"),
        (" of ", " en ", "connective"),
        (" jaar", " maanden", "deadline"),
    ),
}


def cases(root: Path, seed: int, share: float) -> Iterator[Case]:
    """Yield planted and cosmetic cases for every readable law of the corpus."""
    for path in sorted(root.rglob("*")):
        if path.suffix.lower() in _SUFFIXES and path.stat().st_size < _LIMIT:
            yield from _of_page(path, root, seed, share)


def _of_page(path: Path, root: Path, seed: int, share: float) -> Iterator[Case]:
    body = path.read_bytes()
    jurisdiction = path.relative_to(root).parts[0]
    reading = _law(body, jurisdiction)
    if reading is None:
        return
    chance = Random(f"{seed}/{path.name}")
    name = str(path.relative_to(root))
    slow = len(body) > 200_000
    number = max(1, round((4 if slow else 24) * share))
    for place, (new, expect, kind) in enumerate(_plant_edits(body, reading, chance, number)):
        yield Case(f"CORPUS-S-{name}-{place:03d}", "CORPUS-S", jurisdiction, jurisdiction, kind, body, new, expect)
    looks = _LOOKS if path.suffix.lower() in (".html", ".xml") else {"carriage returns": _LOOKS["carriage returns"]}
    for kind, finish in looks.items():
        if share >= 0.5 or chance.random() < 2 * share:
            new = finish(body.decode("utf-8", "surrogateescape"), chance).encode("utf-8", "surrogateescape")
            if new != body:
                yield Case(f"CORPUS-C-{name}-{kind}", "CORPUS-C", jurisdiction, jurisdiction, kind, body, new, Expect())


def _law(body: bytes, jurisdiction: str) -> Reading | None:
    try:
        reading = read(body, ReadingContext(jurisdiction=jurisdiction))
    except ValueError:
        return None
    units = sum("__" not in provision.eid for provision in reading.walk())
    return reading if reading.is_law and units >= 5 else None


def _plant_edits(body: bytes, reading: Reading, chance: Random, count: int) -> Iterator[tuple[bytes, Expect, str]]:
    """Yield the page with one edit each, at places whose surroundings stand in exactly one provision."""
    text = body.decode("utf-8", "surrogateescape")
    homes = list(reading.walk())
    edits = _EDITS.get(reading.language[:2], _EDITS["en"])
    spots = [
        (hit.start(), old, new, tag)
        for old, new, tag in edits
        for hit in re.finditer(re.escape(old), text)
        if text.rfind("<", 0, hit.start()) <= text.rfind(">", 0, hit.start())
    ]
    chance.shuffle(spots)
    counts: Counter[str] = Counter()
    for at, old, new, tag in spots:
        around = text[at - _AROUND : at + len(old) + _AROUND]
        home = _home(around, homes) if text.count(around) == 1 else None  # a memorandum may say the same
        if home is None or counts[old] > count // 4 or counts.total() >= count:
            continue
        counts[old] += 1
        expect = Expect(leaves=frozenset({("modified", home.eid, home.eid)}), truth=len(old.strip()) + len(new.strip()))
        newer = text[:at] + new + text[at + len(old) :]
        yield newer.encode("utf-8", "surrogateescape"), expect, f"{old.strip()} to {new.strip()} ({tag or 'wording'})"


def _home(around: str, homes: list[Provision]) -> Provision | None:
    if re.search(r"[<>&\n]", around):
        return None
    candidates = [home for home in homes if around in home.text]
    return candidates[0] if len(candidates) == 1 and candidates[0].text.count(around) == 1 else None


_LOOKS = {
    "comments": cosmetic.comments,
    "attributes": cosmetic.attributes,
    "wrappers": cosmetic.wrap_body,
    "carriage returns": cosmetic.carriage_returns,
    "entities": cosmetic.entities,
    "meaningless spans": cosmetic.spans,
}
