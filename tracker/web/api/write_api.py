"""The calls of the API that write, or show what is not for everybody: only with a key."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from sqlite_utils import Database

from storage import api_keys, operator_writes, problems, subscriptions, team_notes
from storage.database.connection import transaction
from storage.records import Cadence, ReviewState, Subscription
from tracker.alerts import SignUpError, describe_with_titles
from tracker.errors import UsageError
from tracker.operations.review import record_decision
from tracker.signing import key_fingerprint
from tracker.subscriptions.filter_options import validate_filters
from tracker.subscriptions.request import SubscriptionTerms, store_request, validate_request, validate_words
from tracker.subscriptions.sign_up import sign_up
from tracker.view_models.team.work_list import note, note_json, work_items
from tracker.web.api.known_parameters import refuse_unknown_parameters
from tracker.web.api.schemas import PagedSchema, RefusalSchema
from tracker.web.api.team_schemas import NewTeamNoteSchema, TeamNoteSchema, TeamTrailSchema, TeamWorkSchema
from tracker.web.dependencies import RequestService
from tracker.web.operators.review import tell
from tracker.web.pagination import PageNumber, RowNumber, Size, page_from, start_of
from tracker.web.subscriptions.sign_up import deliver_now

_BEARER = HTTPBearer(
    auto_error=False, scheme_name="key", description="A key made by `clausewatch keys new`, as `Bearer KEY`."
)


def _require_key(
    request: Request,
    response: Response,
    service: RequestService,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
) -> None:
    """Let in who shows a key that has not ended."""
    response.headers["Cache-Control"] = "no-store"
    key = api_keys.find(service.db, key_fingerprint(credentials.credentials)) if credentials else None
    if key is None:
        raise HTTPException(401, "This needs a key: Authorization: Bearer KEY.", {"WWW-Authenticate": "Bearer"})
    request.state.who = f"key {key.id} ({key.name})"


_REFUSALS: dict[int | str, dict[str, Any]] = {status: {"model": RefusalSchema} for status in (400, 401, 404, 422)}
router = APIRouter(
    prefix="/api/v1",
    tags=["writing"],
    dependencies=[Depends(_require_key), Depends(refuse_unknown_parameters)],
    responses=_REFUSALS,
)


class NewSubscriptionSchema(SubscriptionTerms):
    """What an address is to be told; an empty list lets everything through."""

    address: str = Field(max_length=254)
    name: str = Field(default="", max_length=100)
    timezone: str = Field(default="UTC", max_length=60)
    language: str = Field(default="en", max_length=20, description="Of labels and sentences; others are answered in en")
    ask: bool = Field(default=True, description="Ask the address to confirm first; without it, you vouch for it")


class CreatedSchema(BaseModel):
    """What became of a wish; it has no number when the address was asked too often today."""

    id: int | None
    status: str


class SubscriptionSchema(BaseModel):
    """A subscription: whose, for what, how often, and where it stands."""

    id: int
    address: str
    asks: str
    status: str
    cadence: Cadence
    channel: str
    hour: int
    weekday: str


class SubscriptionsSchema(PagedSchema):
    """A page of subscriptions."""

    items: list[SubscriptionSchema]


class ProblemSchema(BaseModel):
    """Something wrong at one source and stage; one about a version can be approved or rejected."""

    id: int
    source: str
    stage: str
    cause: str
    text: str
    version: str | None
    opened_at: str
    times: int


class ProblemsSchema(PagedSchema):
    """A page of problems."""

    items: list[ProblemSchema]


class VerdictSchema(BaseModel):
    """What became of a quarantined version."""

    id: int
    standing: ReviewState


@router.get("/subscriptions", response_model=SubscriptionsSchema)
def list_subscriptions(
    service: RequestService,
    with_ended: Annotated[bool, Query(alias="ended", description="Ended ones too")] = False,
    page: PageNumber = 1,
    size: Size = 50,
) -> Any:
    """List subscriptions, oldest first."""
    rows_wanted = [row for row in subscriptions.all_subscriptions(service.db) if with_ended or row.active]
    people = {row.id: row.address for row in subscriptions.all_subscribers(service.db)}
    rows = rows_wanted[start_of(page, size) :]
    return page_from([_shape(service.db, row, people[row.subscriber_id]) for row in rows], page, size)


@router.post("/subscriptions", response_model=CreatedSchema, status_code=201)
def create(request: Request, service: RequestService, body: NewSubscriptionSchema, later: BackgroundTasks) -> Any:
    """Subscribe an address; it is asked first, unless you vouch for it."""
    order = body.request(body.address, name=body.name, timezone=body.timezone, language=body.language)
    try:
        validate_request(order)
        validate_words(order)
        validate_filters(service, order.filters)
        if body.ask:
            pending = sign_up(service.db, order, service.alert_settings, service.clock())
            later.add_task(deliver_now, request)
            return {"id": pending.id if pending else None, "status": "pending"}
    except (SignUpError, UsageError) as error:
        raise HTTPException(422, f"{error}") from None
    with transaction(service.db):
        subscription = store_request(service.db, order, service.clock())
        subject = f"subscription {subscription.id}"
        operator_writes.note(service.db, request.state.who, "made", subject, service.clock())
    return {"id": subscription.id, "status": "confirmed"}


@router.delete("/subscriptions/{number}", response_model=SubscriptionSchema)
def end(request: Request, service: RequestService, number: RowNumber) -> Any:
    """End a subscription; ending it twice changes nothing."""
    with transaction(service.db):
        if subscriptions.deactivate(service.db, number):
            subject = f"subscription {number}"
            operator_writes.note(service.db, request.state.who, "ended", subject, service.clock())
        subscription = subscriptions.find(service.db, number)
    if subscription is None:
        raise HTTPException(404, "There is no such subscription.")
    return _shape(
        service.db, subscription, subscriptions.get_subscriber(service.db, subscription.subscriber_id).address
    )


@router.get("/problems", response_model=ProblemsSchema)
def list_problems(service: RequestService, page: PageNumber = 1, size: Size = 50) -> Any:
    """List the open problems, oldest first."""
    rows = [
        {"id": p.id, "source": p.source_id, "stage": p.stage.value, "cause": p.cause, "text": p.text,
         "version": p.version_id, "opened_at": p.opened_at.isoformat(), "times": p.times}
        for p in problems.open_problems(service.db)
    ]  # fmt: skip
    return page_from(rows[start_of(page, size) :], page, size)


@router.post("/problems/{number}/approve", response_model=VerdictSchema)
def approve(request: Request, service: RequestService, number: RowNumber, later: BackgroundTasks) -> Any:
    """Approve a quarantined version: it is compared and subscribers are notified."""
    return _judge(request, service, number, ReviewState.CONFIRMED, later)


@router.post("/problems/{number}/reject", response_model=VerdictSchema)
def reject(request: Request, service: RequestService, number: RowNumber, later: BackgroundTasks) -> Any:
    """Reject a quarantined version: the last good one stands."""
    return _judge(request, service, number, ReviewState.REJECTED, later)


@router.get("/team/work", response_model=TeamWorkSchema)
def list_team_work(
    service: RequestService,
    assignee: Annotated[str, Query(max_length=100, description="Only what is assigned to this person")] = "",
    with_reviewed: Annotated[bool, Query(alias="reviewed", description="Also what was reviewed")] = False,
) -> Any:
    """List the sets of changes as the team works on them, newest first."""
    return {
        "items": [item.as_json() for item in work_items(service.db, assignee=assignee, open_only=not with_reviewed)]
    }


@router.get("/changes/{number}/notes", response_model=TeamTrailSchema)
def list_notes(service: RequestService, number: RowNumber) -> Any:
    """Return the audit trail of a set of changes, oldest first."""
    return {"items": [note_json(row) for row in team_notes.of_set(service.db, number)]}


@router.post("/changes/{number}/notes", response_model=TeamNoteSchema, status_code=201)
def add_note(request: Request, service: RequestService, number: RowNumber, body: NewTeamNoteSchema) -> Any:
    """Assign a set of changes, comment on it, mark it as reviewed, or open it again; nothing is ever taken back."""
    try:
        row = note(service.db, number, body.act, who=body.who, now=service.clock(), unit=body.unit, whom=body.whom,
                   text=body.text)  # fmt: skip
    except UsageError as error:
        raise HTTPException(404 if "there is no such set" in str(error) else 422, f"{error}") from None
    with transaction(service.db):
        operator_writes.note(service.db, request.state.who, row.act.value, f"changes {number}", service.clock())
    return note_json(row)


def _judge(
    request: Request, service: RequestService, number: int, standing: ReviewState, later: BackgroundTasks
) -> dict[str, Any]:
    try:
        record_decision(service, number, standing, request.state.who)
    except UsageError:
        raise HTTPException(404, "There is no such open problem about a version.") from None
    later.add_task(tell, request)
    return {"id": number, "standing": standing}


def _shape(db: Database, subscription: Subscription, address: str) -> dict[str, Any]:
    return {
        "id": subscription.id,
        "address": address,
        "asks": describe_with_titles(db, subscription),
        "status": subscription.status,
        "cadence": subscription.cadence,
        "channel": subscription.channel.value,
        "hour": subscription.hour,
        "weekday": subscription.weekday.value,
    }
