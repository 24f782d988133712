"""A person's own page, by a signed link from their mailbox: see, change, end, take along, or forget."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from fastapi import APIRouter, BackgroundTasks, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from storage import subscriptions
from storage.database.connection import transaction
from storage.records import Subscriber, Subscription
from tracker.alerts import SignUpError, deliver_pending, describe_with_titles
from tracker.context import AppContext
from tracker.errors import TokenError
from tracker.subscriptions.erasure import export_person, forget_person
from tracker.subscriptions.manage_link import ask_for_link, person_of
from tracker.subscriptions.request import is_address, request_of, validate_request, validate_words
from tracker.web.dependencies import RequestService, own_service
from tracker.web.forms import Form, form_page, onward
from tracker.web.page_templates import page_of, page_words
from tracker.web.pagination import OutcomeQuery, RowNumber
from tracker.web.rate_limit import limit_sign_ups
from tracker.web.session import Whoever
from tracker.web.subscriptions.form_values import form_values, request_of_form

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/manage")
def see(
    request: Request, service: RequestService, who: Whoever, token: str = "", outcome: OutcomeQuery = ""
) -> Response:
    """Show a person what is theirs; without a link, offer to send one."""
    if not token:
        return form_page(request, who, "manage_ask.html", fault="", address="")
    try:
        person = _person(service, token)
    except TokenError as error:
        return form_page(request, who, "manage_ask.html", 400, fault=f"Sorry, {error}.", address="")
    theirs = [
        (subscription, describe_with_titles(service.db, subscription, page_words()))
        for subscription in subscriptions.of_subscriber(service.db, person.id)
        if subscription.active
    ]
    return form_page(
        request, who, "manage.html", token=token, person=person, theirs=theirs, done=_NOTICES.get(outcome, "")
    )


@router.post("/manage")
def send_link(request: Request, who: Whoever, form: Form, later: BackgroundTasks) -> Response:
    """Send the owner of an address a link, if anything is theirs; the answer is the same, and as soon."""
    limit_sign_ups(request)
    address = form.one("address")
    if not is_address(address):
        fault = "Sorry, that is no email address."
        return form_page(request, who, "manage_ask.html", 422, fault=fault, address=address[:300])
    later.add_task(ask_now, request, address)
    return onward("/manage/sent")


def ask_now(request: Request, address: str) -> None:
    """Send the link after the answer was given: how long it takes would tell whether the address is known."""
    with own_service(request) as service:
        ask_for_link(service.db, address, service.alert_settings, service.clock())
        deliver_pending(service.db, service.clock(), service.alert_settings)


@router.get("/manage/sent")
def say_sent() -> str:
    """Say what happens next."""
    return page_of("said.html", title="Thank you", lead="Please check your mailbox.", lines=[
        "If anything goes to that address, a link is on its way to it. It works for a day.",
    ])  # fmt: skip


@router.get("/manage/export")
def export(service: RequestService, token: str = "") -> Response:
    """Hand out everything stored about a person."""
    person = _let_in(service, token)
    subscription = export_person(service.db, person.address)
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="clausewatch.json"'}
    return Response(
        json.dumps(subscription, ensure_ascii=False, indent=2), media_type="application/json", headers=headers
    )


@router.post("/manage/forget")
def forget(service: RequestService, form: Form) -> Response:
    """Remove a person from everything but the counts; they ticked that they mean it."""
    token = form.one("token")
    person = _let_in(service, token)
    if not form.one("sure"):
        return onward(_own(token, "unsure"))
    forget_person(service.db, person.address, service.alert_settings.emails, service.clock())
    page = page_of(
        "said.html",
        title="Deleted",
        lead="Your address and everything stored with it have been deleted.",
        lines=["Nothing more is sent. How many messages were sent stays counted, but not to whom."],
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


@router.get("/manage/{number}")
def ask_what_else(
    request: Request, service: RequestService, who: Whoever, number: RowNumber, token: str = ""
) -> Response:
    """Show the form of one subscription."""
    person = _let_in(service, token)
    subscription = _theirs(service, person, number)
    values = form_values(service, request_of(subscription, person))
    return form_page(request, who, "manage_one.html", fault="", token=token, number=number, **values)


@router.post("/manage/{number}")
def change(request: Request, service: RequestService, who: Whoever, number: RowNumber, form: Form) -> Response:
    """Change what one subscription asks for, or say plainly what is wrong."""
    token = form.one("token")
    person = _let_in(service, token)
    subscription = _theirs(service, person, number)
    try:
        request_wanted = request_of_form(service, form, request_of(subscription, person))
        validate_request(request_wanted)
        validate_words(request_wanted)
    except SignUpError as error:
        values = form_values(service, None, form)
        return form_page(request, who, "manage_one.html", 422, fault=str(error), token=token, number=number, **values)
    with transaction(service.db):
        subscriptions.revise(
            service.db,
            subscription.id,
            request_wanted.filters,
            request_wanted.cadence,
            request_wanted.hour,
            when_quiet=request_wanted.when_quiet,
            weekday=request_wanted.weekday,
        )
        subscriptions.set_timezone(service.db, person.id, request_wanted.timezone)
    return onward(_own(token, "changed"))


@router.post("/manage/{number}/end")
def end(service: RequestService, number: RowNumber, form: Form) -> Response:
    """End one subscription."""
    token = form.one("token")
    subscription = _theirs(service, _let_in(service, token), number)
    with transaction(service.db):
        subscriptions.deactivate(service.db, subscription.id)
    return onward(_own(token, "ended"))


_NOTICES = {
    "changed": "Changed; this applies from now on.",
    "ended": "Cancelled; you will not receive any more of it.",
    "unsure": "Nothing was removed: please tick the box first, if you mean it.",
}


def _own(token: str, notice: str) -> str:
    return f"/manage?{urlencode({'token': token, 'done': notice})}"


def _person(service: AppContext, token: str) -> Subscriber:
    return person_of(service.db, token, service.alert_settings, service.clock())


def _let_in(service: AppContext, token: str) -> Subscriber:
    try:
        return _person(service, token)
    except TokenError as error:
        raise HTTPException(400, f"Sorry, {error}. Ask for a new link at /manage.") from None


def _theirs(service: AppContext, person: Subscriber, number: int) -> Subscription:
    """Return the subscription with this number if it is this person's and has not ended."""
    subscription = subscriptions.find(service.db, number)
    if subscription is None or subscription.subscriber_id != person.id or not subscription.active:
        raise HTTPException(404, "That is none of your subscriptions, or it has ended.")
    return subscription
