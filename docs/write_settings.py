"""Write docs/settings.md: every setting, from the code.

``python -m docs.write_settings`` after a setting was added, renamed or explained better; a test tells when it is due.
"""

from __future__ import annotations

from pathlib import Path

from pydantic.fields import FieldInfo

from tracker.config import Settings

REFERENCE = Path(__file__).parent / "settings.md"
_HEAD = """# Settings

Each may stand in `clausewatch.toml`, in the folder where `clausewatch` is started, or in the environment, which
wins. `clausewatch init` writes the file.
A name that is not here is refused, with the nearest right one. Written by `python -m docs.write_settings`.

| in `clausewatch.toml` | in the environment | when not given | meaning |
|---|---|---|---|
"""


def reference() -> str:
    """Return the page."""
    return _HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    default = "" if field.default in ("", None) else f"`{field.default}`"
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{name}` | `CLAUSEWATCH_{name.upper()}` | {default} | {meaning} |\n"


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
