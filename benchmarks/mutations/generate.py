"""All cases of a seed, one after another; each has an id from which it can be made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from benchmarks.laws.making import Maker
from benchmarks.laws.model import Law
from benchmarks.laws.printing import Print, printed
from benchmarks.laws.traditions import TRADITIONS
from benchmarks.mutations import adversarial, cosmetic, structural, substantive
from benchmarks.mutations.cases import Case, Expect

Build = Callable[[Law, Maker, Random, str], tuple[bytes, bytes, Expect] | None]
COUNTS = {"MUT-S": 3040, "MUT-X": 2030, "MUT-C": 2070, "MUT-H": 960, "MUT-M": 480, "DENSE": 80}


def cases(seed: int, share: float = 1.0, only: str = "") -> Iterator[Case]:
    """Yield every case, or a *share* of each benchmark; *only* those of a benchmark whose name begins like this."""
    for bench, count in COUNTS.items():
        if not bench.startswith(only[:5]):
            continue
        for number in range(max(1, round(count * share))):
            found = case(bench, seed, number)
            if found is not None:
                yield found
    yield from adversarial.cases()


def case(bench: str, seed: int, number: int) -> Case | None:
    """Return one case; kinds and traditions take turns so that every slice holds all of them."""
    tradition = list(TRADITIONS)[number % len(TRADITIONS)]
    kinds = [kind for kind in _KINDS[bench] if kind not in cosmetic.KINDS or cosmetic.fits(kind, tradition)]
    for attempt in range(40):
        chance = Random(f"{seed}/{bench}/{number}/{attempt}")
        kind = kinds[(number // len(TRADITIONS) + attempt // 8) % len(kinds)]
        maker = Maker(tradition, chance)
        found = _BUILD[bench](maker.law(chance.randint(8, 13)), maker, chance, kind)
        if found is not None:
            old, new, expect = found
            name = f"{bench}-{tradition}-{number:04d}"
            return Case(name, bench, tradition, TRADITIONS[tradition].jurisdiction, kind, old, new, expect)
    return None


def _of_words(law: Law, maker: Maker, chance: Random, kind: str) -> tuple[bytes, bytes, Expect] | None:
    found = substantive.substantive(kind, law, maker, chance)
    return _printed(found, chance)


def _of_structure(law: Law, maker: Maker, chance: Random, kind: str) -> tuple[bytes, bytes, Expect] | None:
    found = structural.structural(kind, law, maker, chance)
    return _printed(found, chance)


def _printed(found: tuple[Law, Law, Expect] | None, chance: Random) -> tuple[bytes, bytes, Expect] | None:
    if found is None:
        return None
    old, new, expect = found
    how = Print(chance.choice(TRADITIONS[old.tradition].skins))
    before, after = printed(old, how), printed(new, how)
    return (before, after, expect) if before != after else None


def _of_looks(law: Law, maker: Maker, chance: Random, kind: str) -> tuple[bytes, bytes, Expect] | None:  # noqa: ARG001
    found = cosmetic.cosmetic(kind, law, chance)
    if found is None:
        return None
    before, after = (printed(law, how) for how in found)
    return (before, after, Expect()) if before != after else None


def _of_both(law: Law, maker: Maker, chance: Random, kind: str) -> tuple[bytes, bytes, Expect] | None:
    """One edit in words inside a page that looks different in one or two ways."""
    found = next(substantive.any_of_kinds(law, maker, chance), None)
    looks = cosmetic.cosmetic(kind, law, chance)
    if found is None or looks is None:
        return None
    old, new, expect = found
    how, other = looks
    chrome = cosmetic.cosmetic("furniture", law, chance)
    if chrome is not None and other.skin == how.skin and not other.chrome and chrome[1].skin == other.skin:
        other = replace(other, chrome=chrome[1].chrome)
    return printed(old, how), printed(new, other), replace(expect, truth=0)


_KINDS: dict[str, tuple[str, ...]] = {
    "MUT-S": substantive.KINDS,
    "MUT-X": structural.KINDS,
    "MUT-C": cosmetic.TEXT_KINDS,
    "MUT-H": cosmetic.CHROME_KINDS,
    "MUT-M": (*cosmetic.TEXT_KINDS, *cosmetic.CHROME_KINDS),
    "DENSE": structural.DENSITIES,
}
_BUILD: dict[str, Build] = {
    "MUT-S": _of_words,
    "MUT-X": _of_structure,
    "MUT-C": _of_looks,
    "MUT-H": _of_looks,
    "MUT-M": _of_both,
    "DENSE": _of_structure,
}
