"""The names that the code binds, read from its syntax, for the rules that count them."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_IRREGULAR = frozenset(_WORDS["irregular"].split())
_NOUNS = frozenset(_WORDS["nouns"].split()) | frozenset(_WORDS["legal_states"].split())
_SHORTEST = 5  # letters of a word in -ed or -ing that is a participle: `bed` and `king` are none


def is_bare_participle(name: str) -> bool:
    """Return whether *name* is one word and that a participle or gerund."""
    word = name.strip("_").casefold()
    if not word.isalpha() or word in _NOUNS or name.startswith("__"):
        return False
    return word in _IRREGULAR or (len(word) >= _SHORTEST and word.endswith(("ed", "ing")))


def bound_names(tree: ast.Module) -> Iterator[str]:
    """Return every name that *tree* binds, as often as it does: definitions, parameters, variables, attributes.

    Members of an enum are left out: they are the states and kinds of the field, and stand in our contracts.
    """
    members = {id(node) for node in ast.walk(tree) if _is_enum(node) for part in node.body for node in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) in members and isinstance(node, ast.Name):
            continue
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case _:
                pass


def _is_enum(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases)


def function_imports(tree: ast.Module) -> Iterator[str]:
    """Return the modules that functions of *tree* import when they are called."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom):
                    yield node.module or ""
                elif isinstance(node, ast.Import):
                    yield from (alias.name for alias in node.names)
