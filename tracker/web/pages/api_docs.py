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
    description = request.app.openapi()
    shapes = description.get("components", {}).get("schemas", {})
    calls = [
        _call(path, method, call) for path, methods in description["paths"].items() for method, call in methods.items()
    ]
    about = _with_code(description["info"]["description"])
    return page_of("docs.html", about=about, calls=calls, shapes=[_shape(*shape) for shape in shapes.items()])


def _with_code(text: str) -> Markup:
    """Return a description of ours with what stands between backticks as code.

    >>> str(_marked("`page` & `size`"))
    '<code>page</code> &amp; <code>size</code>'
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


def _call(path: str, method: str, call: dict[str, Any]) -> dict[str, Any]:
    good = next(answer for status, answer in call["responses"].items() if status.startswith("2"))
    body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return {
        "method": method.upper(),
        "path": path,
        "id": call["operationId"],
        "summary": _with_code(call.get("description") or call.get("summary", "")),
        "parameters": [
            {
                "name": parameter["name"],
                "where": parameter["in"],
                "required": parameter.get("required", False),
                "type": _type(parameter["schema"]),
                "about": _with_code(parameter.get("description", "")),
            }
            for parameter in call.get("parameters", [])
        ],
        "keyed": bool(call.get("security")),
        "takes": _type(body) if body else "",
        "answers": _type(good["content"]["application/json"]["schema"])
        if "application/json" in good["content"]
        else "",
        "media_types": [parameter for parameter in good["content"] if parameter != "application/json"],
        "statuses": list(call["responses"]),
    }


def _shape(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    required_fields = schema.get("required", [])
    fields = [
        (key, _type(field), key in required_fields, _with_code(field.get("description", "")))
        for key, field in schema.get("properties", {}).items()
    ]
    return {"name": name, "about": _with_code(schema.get("description", "")), "fields": fields}


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_type(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or "any")
