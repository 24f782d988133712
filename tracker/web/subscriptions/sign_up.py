"""Sign-up pages: the address is asked back, and only its owner's word makes a subscription.

The form says the same whether or not an address is known. Opening a link changes nothing, for mail scanners open links:
it only asks, and a button does it.
"""

from __future__ import annotations

from fastapi import APIRouter, BackgroundTasks, Request, Response
from fastapi.responses import HTMLResponse

from storage import subscriptions
from storage.records import Subscription
from tracker.alerts import SignUpError, deliver_pending, describe_with_titles
from tracker.context import AppContext
from tracker.errors import TokenError
from tracker.signing import read_confirm
from tracker.subscriptions.forecast import forecast
from tracker.subscriptions.manage_link import link_of
from tracker.subscriptions.sign_up import confirm, sign_up
from tracker.view_models.event_list import items_of
from tracker.web.dependencies import RequestService, own_service
from tracker.web.forms import Form, FormData, fields_of, form_page, onward
from tracker.web.middleware.error_pages import refused_link
from tracker.web.page_templates import page_of, page_words
from tracker.web.rate_limit import limit_sign_ups, within
from tracker.web.session import Whoever
from tracker.web.subscriptions.form_values import blank_request, form_values, request_of_form

_PREFILLED = ("jurisdiction", "topic", "instrument", "kind", "words", "least")
router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/subscribe")
def ask_what(request: Request, service: RequestService, who: Whoever) -> Response:
    """Show the form, with what the link to it asked for already chosen."""
    query = request.query_params
    query_form = FormData({name: query.getlist(name) for name in _PREFILLED})
    return form_page(
        request, who, "subscribe.html", fault="", **form_values(service, blank_request(service, query_form))
    )


@router.post("/subscribe")
def take(request: Request, service: RequestService, who: Whoever, form: Form, later: BackgroundTasks) -> Response:
    """Take a wish and ask its address, or say plainly what is wrong with it; or only say what it would bring."""
    if form.one("act") == "preview":
        return _preview(request, service, who, form)
    limit_sign_ups(request)
    try:
        subscription_request = request_of_form(service, form)
        sign_up(service.db, subscription_request, service.alert_settings, service.clock())
    except SignUpError as error:
        return form_page(request, who, "subscribe.html", 422, fault=str(error), **form_values(service, None, form))
    later.add_task(deliver_now, request)
    return onward("/subscribe/thanks")


@router.post("/subscribe/begin")
async def begin_below(request: Request, service: RequestService, who: Whoever, later: BackgroundTasks) -> Response:
    """Take the short form at the foot of a page; where it may not be ours, show the whole form with what was typed.

    A page that everybody gets holds no token: the browser's own word that the form is of this site stands for one.
    """
    form_data = await fields_of(request)
    if request.headers.get("sec-fetch-site") != "same-origin":
        values = form_values(service, None, _only_short(form_data))
        return form_page(request, who, "subscribe.html", fault="", **values)
    return take(request, service, who, _only_short(form_data), later)


def _preview(request: Request, service: AppContext, who: str, form: FormData) -> Response:
    """Show the form as it was sent, with what such a subscription would have brought in the last year."""
    within(request, request.app.state.questions, "That was a lot of questions at once. Please wait a little.")
    values = form_values(service, None, form)
    try:
        order = request_of_form(service, form)
    except SignUpError as error:
        return form_page(request, who, "subscribe.html", 422, fault=str(error), **values)
    now = service.clock()
    foreseen = forecast(service.db, order.filters, now)
    return form_page(
        request, who, "subscribe.html",
        fault="", foreseen=foreseen, is_noisy=foreseen.is_noisy(order.cadence), cadence=order.cadence.value,
        examples=items_of(service.db, foreseen.examples, now.date(), page_words()), **values,
    )  # fmt: skip


def _only_short(form_data: FormData) -> FormData:
    """Return what the short form has; all it does not ask is as the long one begins."""
    return FormData({name: form_data.many(name) for name in ("address", "instrument", "topic", "jurisdiction")})


@router.get("/subscribe/thanks")
def thank() -> str:
    """Say thank you, and what comes next."""
    return page_of("said.html", title="Thank you", lead="One more step: please check your mailbox.", lines=[
        "If the address can receive messages, a confirmation is on its way. Open the link in it within three days; "
        "until then nothing else is stored.",
        "Nothing after a few minutes? Check your spam folder, then simply sign up again.",
    ])  # fmt: skip


@router.get("/confirm")
def ask_again(request: Request, service: RequestService, who: Whoever, token: str = "") -> Response:
    """Ask the owner of an address whether they want what was asked for."""
    try:
        subscription = _subscription_of(service, token)
    except TokenError as error:
        return _refuse(error)
    return form_page(
        request,
        who,
        "confirm.html",
        token=token,
        asked=describe_with_titles(service.db, subscription, page_words()),
        known=not subscription.pending,
    )


@router.post("/confirm")
def take_word(service: RequestService, form: Form) -> Response:
    """Begin the subscription."""
    now = service.clock()
    try:
        begins = _subscription_of(service, form.one("token")).pending
        subscription = confirm(service.db, form.one("token"), service.alert_settings, now)
    except TokenError as error:
        return _refuse(error)
    page = page_of(
        "confirmed.html",
        asked=describe_with_titles(service.db, subscription, page_words()),
        manage=link_of(subscription.subscriber_id, service.alert_settings, now) if begins else "/manage",
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def deliver_now(request: Request) -> None:
    """Send what waits, after the answer was given; when the background job is at it, it sees to this too."""
    with own_service(request) as service:
        deliver_pending(service.db, service.clock(), service.alert_settings)


def _subscription_of(service: AppContext, token: str) -> Subscription:
    subscription = subscriptions.find(
        service.db, read_confirm(service.alert_settings.secret_key, token, service.clock())
    )
    if subscription is None or not subscription.active:
        raise TokenError("this link has expired")
    return subscription


def _refuse(error: TokenError) -> Response:
    advice = "A link to confirm works for three days. Please ask for a new one with the form."
    return refused_link(error, "Not confirmed", advice, ("/subscribe", "Subscribe"))
