"""The description of the API as a page that loads nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from tracker.web.page_templates import page_of

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> str:
    """Show what /openapi.json describes."""
    described = request.app.openapi()
    shapes = described.get("components", {}).get("schemas", {})
    calls = [
        _call(path, method, call) for path, methods in described["paths"].items() for method, call in methods.items()
    ]
    about = _marked(described["info"]["description"])
    return page_of("docs.html", about=about, calls=calls, shapes=[_shape(*each) for each in shapes.items()])


def _marked(text: str) -> Markup:
    """Return a description of ours with what stands between backticks as code.

    >>> str(_marked("`page` & `size`"))
    '<code>page</code> &amp; <code>size</code>'
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


def _call(path: str, method: str, call: dict[str, Any]) -> dict[str, Any]:
    good = next(answer for status, answer in call["responses"].items() if status.startswith("2"))
    taken = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return {
        "method": method.upper(),
        "path": path,
        "id": call["operationId"],
        "summary": _marked(call.get("description") or call.get("summary", "")),
        "parameters": [
            {
                "name": each["name"],
                "where": each["in"],
                "required": each.get("required", False),
                "type": _type(each["schema"]),
                "about": _marked(each.get("description", "")),
            }
            for each in call.get("parameters", [])
        ],
        "keyed": bool(call.get("security")),
        "takes": _type(taken) if taken else "",
        "answers": _type(good["content"]["application/json"]["schema"])
        if "application/json" in good["content"]
        else "",
        "media_types": [each for each in good["content"] if each != "application/json"],
        "statuses": list(call["responses"]),
    }


def _shape(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    needed = schema.get("required", [])
    fields = [
        (key, _type(each), key in needed, _marked(each.get("description", "")))
        for key, each in schema.get("properties", {}).items()
    ]
    return {"name": name, "about": _marked(schema.get("description", "")), "fields": fields}


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or "any")
