"""Choose the language of the pages: kept in a cookie, and back to where one was."""

from __future__ import annotations

import re
from datetime import timedelta

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from tracker.web.cookies import set_cookie
from tracker.web.middleware.reader_language import LANGUAGE_COOKIE
from tracker.wording.interface_words import interface_languages

router = APIRouter(include_in_schema=False)
_LASTS = timedelta(days=365)
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\s]*")  # of this site: nothing a browser could take for another host


@router.get("/language/{language}")
def choose_language(request: Request, language: str, back: str = "/") -> Response:
    """Speak *language* from now on, and lead back to where the reader was."""
    if language not in interface_languages():
        raise HTTPException(404, "The pages cannot be read in that language.")
    path = back if _OWN_PATH.fullmatch(back) else "/"
    response = RedirectResponse(re.sub(r"([?&])lang=[\w-]*&?", r"\1", path).rstrip("?&") or "/", 303)
    response.headers["Cache-Control"] = "no-store"
    set_cookie(request, response, LANGUAGE_COOKIE, language, _LASTS)
    return response
