"""Names of jurisdictions, authorities and topics as readers know them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from storage.records import Authority

_INITIALS = {"ai", "ml"}


def jurisdiction_name(jurisdiction: str, language: str = "en") -> str:
    """Return the name of *jurisdiction*, or its id in capitals when it has none here."""
    names = _names()
    return names.get(f"jurisdictions_{language}", names["jurisdictions"]).get(jurisdiction, jurisdiction.upper())


def authority_short(authority_id: str, authorities: Iterable[Authority] = (), language: str = "en") -> str:
    """Return the short name of an authority, or the name its own page gives, or the id as it stands."""
    names = {authority.id: authority.name or authority.native for authority in authorities}
    if here := _names().get(f"authorities_{language}", {}).get(authority_id):
        return here
    return _names()["authorities"].get(authority_id) or names.get(authority_id) or authority_id


def ids_of_authority(name: str) -> tuple[str, ...]:
    """Return the ids of the authorities that are called *name* for short, in whatever language and case."""
    tables = [table for key, table in _names().items() if key.startswith("authorities")]
    return tuple(dict.fromkeys(key for table in tables for key, own in table.items() if own.casefold() == name))


def type_name(kind: str, language: str = "en") -> str:
    """Return what sort of instrument a reading says it is of, in *language* where it is known there."""
    return _names().get(f"types_{language}", {}).get(kind, kind)


def topic_name(topic: str, language: str = "en") -> str:
    """Return *topic* as words."""
    if here := _names().get(f"topics_{language}", {}).get(topic):
        return here
    return " ".join(word.upper() if word in _INITIALS else word for word in topic.split("-"))


@cache
def _names() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("tracker.render").joinpath("names.toml").read_text(encoding="utf-8"))
