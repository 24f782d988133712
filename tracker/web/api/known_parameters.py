"""Unknown parameters are refused with the nearest right one: a misspelt filter would let everything through."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from fastapi import HTTPException, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

_LANGUAGE = "lang"  # every address takes it


def refuse_unknown_parameters(request: Request) -> None:
    """Answer 422 when the query has a name that the call does not know."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    names = set(_query_names(route.dependant))
    for name in request.query_params:
        if name not in names and name != _LANGUAGE:
            near = get_close_matches(name, sorted(names), 1, 0.6)
            hint = (
                f"; the nearest is {near[0]!r}" if near else f"; there are {', '.join(sorted(names))}" if names else ""
            )
            raise HTTPException(422, f"There is no parameter {name[:60]!r}{hint}.")


def _query_names(dependant: Dependant) -> Iterator[str]:
    """Yield the names that a call and what it depends on take from the query."""
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_names(inner)
