"""The table of authorities of each tradition: ids, English and native names, former names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from storage.records import Authority


@dataclass(frozen=True, slots=True)
class KnownAuthority:
    """An authority with every name it has signed with; none when it is known by its declared id only."""

    authority: Authority
    names: tuple[str, ...]


@cache
def table(package: str) -> tuple[KnownAuthority, ...]:
    """Return the authorities of ``tracker.reading.<package>``, from its ``authorities.toml``.

    One that does not sign (``signs = false``) is not looked for in texts: they name it as their subject.
    """
    text = files(f"tracker.reading.{package}").joinpath("authorities.toml").read_text(encoding="utf-8")
    return tuple(
        KnownAuthority(
            Authority(row["id"], row["name"], row["names"][0]), () if row.get("signs") is False else tuple(row["names"])
        )
        for row in tomllib.loads(text)["authority"]
    )


def named_in(text: str, package: str) -> list[Authority]:
    """Return the authorities whose names stand in *text*, in order; a name inside a longer one does not count."""
    spans: list[tuple[int, int, Authority]] = []
    names = sorted(((n, k.authority) for k in table(package) for n in k.names), key=lambda x: -len(x[0]))
    for name, authority in names:
        start = text.find(name)
        while start >= 0:
            if not any(a <= start < b for a, b, _ in spans):
                spans.append((start, start + len(name), authority))
            start = text.find(name, start + 1)
    results: dict[str, Authority] = {}
    for _, _, authority in sorted(spans, key=lambda s: s[0]):
        results.setdefault(authority.id, authority)
    return list(results.values())


def by_ids(ids: Iterable[str], package: str) -> list[Authority]:
    """Return the authorities of *ids*; one outside the table is shown as it stands."""
    entry = {k.authority.id: k.authority for k in table(package)}
    return [entry.get(id_, Authority(id_, id_)) for id_ in ids]
