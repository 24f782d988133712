"""Write the second half of the glossary: every public class by wing, in the words of its own docstring.

``python -m docs.write_glossary`` after a class was added, renamed or explained better; a test tells when it is due.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent
GLOSSARY = ROOT / "docs" / "glossary.md"
PACKAGES = ("crawlers", "storage", "tracker")
BEGIN = "<!-- from here on written by `python -m docs.write_glossary` -->\n"
_WRITTEN_BY_HAND = "storage/records"


def classes_by_wing() -> str:
    """Return the generated half: a heading a folder, a line a public class with the first sentence of its docstring."""
    lines = ["## Every public class, by wing\n"]
    for wing, entries in groupby(_public_classes(), key=lambda entry: entry[0]):
        lines.append(f"\n### `{wing}/`\n\n")
        lines += [f"- **{name}** (`{file}`) — {sentence}\n" for _, file, name, sentence in entries]
    return "".join(lines)


def refresh_glossary(text: str) -> str:
    """Return the glossary *text* with its generated half made anew."""
    return text.partition(BEGIN)[0] + BEGIN + "\n" + classes_by_wing()


def _public_classes() -> Iterator[tuple[str, str, str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py"), key=lambda p: (p.parent.as_posix(), p.name)):
            wing = path.parent.relative_to(ROOT).as_posix()
            if wing == _WRITTEN_BY_HAND:
                continue
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    yield wing, path.name, node.name, _first_sentence(ast.get_docstring(node) or "")


def _first_sentence(docstring: str) -> str:
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    sentence = re.match(r".+?[.;](?=\s|$)", paragraph)
    return (sentence[0] if sentence else paragraph).rstrip(".;") + "."


if __name__ == "__main__":
    GLOSSARY.write_text(refresh_glossary(GLOSSARY.read_text(encoding="utf-8")), encoding="utf-8")
