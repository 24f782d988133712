"""The declarations of the practice sources, with the addresses of a running practice."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.practice.texts import ROOT

_FOLDER = ROOT / "declarations"


def declarations(origins: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each declaration by its path ``<jurisdiction>/<source_id>.toml``."""
    paths = sorted(_FOLDER.glob("*/*.toml"))
    return {
        path.relative_to(_FOLDER).as_posix(): _fill_origins(path.read_text(encoding="utf-8"), origins) for path in paths
    }


def _fill_origins(text: str, origins: Mapping[str, str]) -> str:
    for role, origin in origins.items():
        text = text.replace(f"{{{role}}}", origin)
    return text
