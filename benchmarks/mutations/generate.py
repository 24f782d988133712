"""All cases of a seed, one after another; each has an id from which it can be made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from benchmarks.laws.making import Maker
from benchmarks.laws.model import Law
from benchmarks.laws.printing import Print, print_law
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
            new_case = case(bench, seed, number)
            if new_case is not None:
                yield new_case
    yield from adversarial.cases()


def case(bench: str, seed: int, number: int) -> Case | None:
    """Return one case; kinds and traditions take turns so that every slice holds all of them."""
    tradition = list(TRADITIONS)[number % len(TRADITIONS)]
    kinds = [kind for kind in _KINDS[bench] if kind not in cosmetic.KINDS or cosmetic.fits(kind, tradition)]
    for attempt in range(40):
        chance = Random(f"{seed}/{bench}/{number}/{attempt}")
        kind = kinds[(number // len(TRADITIONS) + attempt // 8) % len(kinds)]
        maker = Maker(tradition, chance)
        mutation = _BUILD[bench](maker.law(chance.randint(8, 13)), maker, chance, kind)
        if mutation is not None:
            old, new, expect = mutation
            name = f"{bench}-{tradition}-{number:04d}"
            return Case(name, bench, tradition, TRADITIONS[tradition].jurisdiction, kind, old, new, expect)
    return None


def _of_words(law: Law, maker: Maker, chance: Random, kind: str) -> tuple[bytes, bytes, Expect] | None:
    mutation = substantive.substantive(kind, law, maker, chance)
    return _print_both(mutation, chance)


def _of_structure(law: Law, maker: Maker, chance: Random, kind: str) -> tuple[bytes, bytes, Expect] | None:
    mutation = structural.structural(kind, law, maker, chance)
    return _print_both(mutation, chance)


def _print_both(mutation: tuple[Law, Law, Expect] | None, chance: Random) -> tuple[bytes, bytes, Expect] | None:
    if mutation is None:
        return None
    old, new, expect = mutation
    how = Print(chance.choice(TRADITIONS[old.tradition].skins))
    before, after = print_law(old, how), print_law(new, how)
    return (before, after, expect) if before != after else None


def _of_looks(law: Law, maker: Maker, chance: Random, kind: str) -> tuple[bytes, bytes, Expect] | None:  # noqa: ARG001
    prints = cosmetic.cosmetic(kind, law, chance)
    if prints is None:
        return None
    before, after = (print_law(law, how) for how in prints)
    return (before, after, Expect()) if before != after else None


def _of_both(law: Law, maker: Maker, chance: Random, kind: str) -> tuple[bytes, bytes, Expect] | None:
    """One edit in words inside a page that looks different in one or two ways."""
    mutation = next(substantive.any_of_kinds(law, maker, chance), None)
    looks = cosmetic.cosmetic(kind, law, chance)
    if mutation is None or looks is None:
        return None
    old, new, expect = mutation
    how, other = looks
    chrome = cosmetic.cosmetic("furniture", law, chance)
    if chrome is not None and other.skin == how.skin and not other.chrome and chrome[1].skin == other.skin:
        other = replace(other, chrome=chrome[1].chrome)
    return print_law(old, how), print_law(new, other), replace(expect, truth=0)


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
