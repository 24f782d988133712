"""Unsubscribe page: opening the link only asks, one POST does it, with nothing but the link (RFC 8058).

No form token is asked for: a mail provider posts in its reader's name and has none. The link itself is the proof; it
can end what it names and do nothing else.
"""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from storage import subscriptions
from tracker.alerts import describe_with_titles
from tracker.errors import TokenError
from tracker.signing import read_unsubscribe
from tracker.subscriptions.unsubscribe import unsubscribe
from tracker.web.dependencies import RequestService
from tracker.web.middleware.error_pages import refused_link
from tracker.web.page_templates import page_of, page_words

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_KEPT_BY_NOBODY = {"Cache-Control": "no-store"}


@router.get("/unsubscribe")
def ask(service: RequestService, token: str = "") -> Response:
    """Ask before ending a subscription: mail scanners follow links."""
    try:
        numbers = read_unsubscribe(service.alert_settings.secret_key, token)
    except TokenError as error:
        return _refuse(error)
    named_subscriptions = [
        subscription for subscription in (subscriptions.find(service.db, number) for number in numbers) if subscription
    ]
    ending = [
        describe_with_titles(service.db, subscription, page_words())
        for subscription in named_subscriptions
        if subscription.active
    ]
    page = page_of("unsubscribe.html", token=token, ending=ending)
    return HTMLResponse(page, headers=_KEPT_BY_NOBODY)


@router.post("/unsubscribe")
def leave(service: RequestService, token: str = "") -> Response:
    """End the subscriptions of *token*."""
    try:
        unsubscribe(service.db, token, service.alert_settings)
    except TokenError as error:
        return _refuse(error)
    page = page_of(
        "said.html",
        title="Unsubscribed",
        lead="Done. You will not receive any more of these messages.",
        lines=["Messages already on their way may still arrive."],
        onward=("/subscribe", "Subscribe to something else"),
    )
    return HTMLResponse(page, headers=_KEPT_BY_NOBODY)


def _refuse(error: TokenError) -> Response:
    advice = "Please use the link in the newest message you got, or ask for a link to all your subscriptions."
    return refused_link(error, "Not unsubscribed", advice, ("/manage", "Send me a link"))
