"""Self-repair of lists in JSON: the list of objects that carries titles, dates and addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urljoin

from crawlers.declaration.row_params import JsonRows
from crawlers.rows.inferred_rows import DEEPEST, LEAST_OBJECTS, TITLE_LENGTHS, InferredList, best_list, score_rows
from crawlers.rows.json_paths import fill_fields, items_at, plain
from crawlers.rows.list_rows import RowLocale, json_rows
from crawlers.rows.printed_dates import date_in
from crawlers.rows.row_words import names_law

_SAME_NAME = 0.15  # for each field that still bears the declared name
_MOST_TRIED = 40  # objects and known addresses that the making of a link is tried on
_PIECE = re.compile(r"[^/?&=.#]+")
_HOLE = re.compile(r"\{[^{}]*\}")


def infer_json(
    answer: Any,
    declaration: JsonRows,
    url: str,
    locale: RowLocale,
    known_urls: Collection[str] = (),
    known_titles: Collection[str] = (),
) -> InferredList | None:
    """Return the list that an answer of JSON most likely holds; fields keep their declared names where they can."""
    lists = []
    for path, item in _lists_in(answer, ()):
        lists.append(_score_moved(answer, path, declaration, url, locale, known_urls, known_titles))
        lists.append(_score_json(answer, path, item, declaration, url, locale, known_urls, known_titles))
    return best_list([one for one in lists if one is not None])


def _lists_in(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path and the first object of everything that is a list of objects, or a table of them by name."""
    if len(path) > DEEPEST:
        return
    if isinstance(value, list):
        objects = [one for one in value if isinstance(one, dict)]
        if len(objects) >= LEAST_OBJECTS:
            yield ".".join(path), objects[0]
        for place, one in enumerate(value[:3]):
            yield from _lists_in(one, (*path, str(place)))
    elif isinstance(value, dict):
        objects = [one for one in value.values() if isinstance(one, dict)]
        if len(objects) >= LEAST_OBJECTS and len({frozenset(one) for one in objects}) == 1:
            yield ".".join((*path, "*")), objects[0]
        for name, one in value.items():
            yield from _lists_in(one, (*path, name))


def _score_json(
    answer: Any,
    path: str,
    item: dict[str, Any],
    declaration: JsonRows,
    url: str,
    locale: RowLocale,
    known_urls: Collection[str],
    known_titles: Collection[str],
) -> InferredList | None:
    fields = dict(_fields_of(item, ()))
    title = _named_like(declaration.title, fields) or _likeliest(fields, _looks_like_title)
    date = _named_like(declaration.date, fields) or _likeliest(
        fields, lambda text: bool(date_in(text)) and len(text) < 40
    )
    link = _link_in(_objects_at(answer, path), fields, declaration, url, known_urls)
    if not title or not link:
        return None
    params = {"items": path, "link": link, "title": title} | ({"date": date} if date else {})
    try:
        rows = list(json_rows(answer, JsonRows.model_validate(params), locale))
    except ValueError:
        return None
    names = [(declaration.title, title), (declaration.date, date), (declaration.link, link)]
    same = sum(bool(old) and old.rpartition(".")[2] == new.rpartition(".")[2] for old, new in names)
    return score_rows(rows, params, url, known_urls, known_titles, _SAME_NAME * same)


def _score_moved(
    answer: Any,
    path: str,
    declaration: JsonRows,
    url: str,
    locale: RowLocale,
    known_urls: Collection[str],
    known_titles: Collection[str],
) -> InferredList | None:
    """Return the list at *path* read by all the declared fields, files included: it only stands elsewhere."""
    try:
        rows = list(json_rows(answer, declaration.model_copy(update={"items": path}), locale))
    except ValueError:
        return None
    rows = [row for row in rows if row.title]
    return score_rows(rows, {"items": path}, url, known_urls, known_titles, 3 * _SAME_NAME)


def _fields_of(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and len(path) < DEEPEST:
        for name, one in value.items():
            yield from _fields_of(one, (*path, name))
    elif isinstance(value, list) and value and len(path) < DEEPEST:
        yield from _fields_of(value[0], (*path, "0"))
    elif text := plain(value):
        yield ".".join(path), text


def _named_like(declaration: str, fields: dict[str, str]) -> str:
    """Return the field that bears the last name of the declared one, wherever it stands now."""
    last = declaration.rpartition(".")[2]
    return next((name for name in fields if last and name.rpartition(".")[2] == last), "")


def _likeliest(fields: dict[str, str], fits: Any) -> str:
    names = [name for name, text in fields.items() if fits(text)]
    return max(names, key=lambda name: (names_law(fields[name]), len(fields[name])), default="")


def _looks_like_title(text: str) -> bool:
    return (
        len(text) in TITLE_LENGTHS and not text.startswith(("http", "/")) and not date_in(text) and not text.isdigit()
    )


def _objects_at(answer: Any, path: str) -> list[Any]:
    try:
        return [one for one in items_at(answer, path) if isinstance(one, dict)][:_MOST_TRIED]
    except ValueError:
        return []


def _link_in(
    objects: list[Any], fields: dict[str, str], declaration: JsonRows, url: str, known_urls: Collection[str]
) -> str:
    """Return how links are made: of all ways that give each object one of its own, the one that leads to what is known.

    Where none leads there, the order counts: as declared, a field that is an address, the declared address with another
    field that numbers the objects, and an address as known ones are made.
    """
    best, most = "", -1
    for template in dict.fromkeys(_templates(objects, fields, declaration, known_urls)):
        links = [urljoin(url, link) for one in objects if (link := fill_fields(one, template))]
        if len(links) * 5 < 4 * len(objects) or len(set(links)) < len(links):
            continue
        hits = len(set(links) & set(known_urls))
        if hits > most:
            best, most = template, hits
    return best


def _templates(
    objects: list[Any], fields: dict[str, str], declaration: JsonRows, known_urls: Collection[str]
) -> Iterator[str]:
    form = declaration.link
    names = [name for name in fields if "{" + name.rpartition(".")[2] + "}" in form]
    if names:
        yield form.replace("{" + names[0].rpartition(".")[2] + "}", "{" + names[0] + "}")
    if "{" not in form and (same := _named_like(form, fields)):
        yield same
    yield from (name for name, text in fields.items() if text.startswith(("http", "/")) and "/" in text[1:])
    if len(_HOLE.findall(form)) == 1:
        ids = sorted(
            fields, key=lambda name: not name.rpartition(".")[2].lower().endswith(("id", "no", "number", "key"))
        )
        yield from (_HOLE.sub("{" + name + "}", form) for name in ids if not date_in(fields[name]))
    yield from _as_known(objects, known_urls)


def _as_known(objects: list[Any], known_urls: Collection[str]) -> Iterator[str]:
    """Yield addresses with a hole where a known one has what a field of an object says."""
    for one in objects[:_MOST_TRIED]:
        by_text = {text: name for name, text in _fields_of(one, ()) if _PIECE.fullmatch(text)}
        for known_url in sorted(known_urls)[:_MOST_TRIED]:
            for piece in _PIECE.finditer(known_url):
                if name := by_text.get(piece[0]):
                    yield f"{known_url[: piece.start()]}{{{name}}}{known_url[piece.end() :]}"
