"""Have what the page of a law shows translated: asked for by whoever signed in, since a service costs its operator."""

from __future__ import annotations

import time

from fastapi import APIRouter, BackgroundTasks, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from storage import instruments, problems, versions
from storage.database.connection import transaction
from storage.records import ReviewState, Stage, Subject, Version
from tracker.context import AppContext
from tracker.translation.faithful_translation import TranslationFailedError, translate_text
from tracker.view_models.profile.machine_translations import translation_state
from tracker.view_models.provision_links import segment
from tracker.web.dependencies import RequestService, own_service
from tracker.web.forms import Form, form_page, onward
from tracker.web.page_templates import LANGUAGE
from tracker.web.session import TeamMember
from tracker.wording.text_fit import one_line

router = APIRouter(prefix="/team/instruments", default_response_class=HTMLResponse, include_in_schema=False)
_MOST_SECONDS = 600.0  # of one asking; what is left is asked for by pressing again
_IN_PROGRESS: set[tuple[str, str]] = set()


@router.get("/{instrument_id}/translation")
def show_state(request: Request, service: RequestService, member: TeamMember, instrument_id: str) -> Response:
    """Show how much of the page of a law is translated into the language of this page, and offer the rest."""
    version, target = _version(service, instrument_id), LANGUAGE.get()
    return form_page(
        request, member.name, "team_translation.html",
        place="", is_operator=member.is_operator, instrument=instruments.get(service.db, instrument_id),
        state=translation_state(service.db, version, target), is_running=(version.id, target) in _IN_PROGRESS,
        able=service.alert_settings.translation.is_configured,
    )  # fmt: skip


@router.post("/{instrument_id}/translation")
def ask_service(
    request: Request, service: RequestService, member: TeamMember, instrument_id: str, form: Form,  # noqa: ARG001 - the form is checked, and who sends it
    later: BackgroundTasks,
) -> Response:  # fmt: skip
    """Ask the service for what is missing, after the answer."""
    version, target = _version(service, instrument_id), LANGUAGE.get()
    if not service.alert_settings.translation.is_configured:
        raise HTTPException(422, "No translation service is configured.")
    if (version.id, target) not in _IN_PROGRESS:
        _IN_PROGRESS.add((version.id, target))
        later.add_task(_translate, request, version, target)
    return onward(f"/team/instruments/{segment(instrument_id)}/translation")


def _translate(request: Request, version: Version, target: str) -> None:
    """Ask for each text that is missing, until the service fails or the time is up."""
    subject, start = Subject.of_step("translation"), time.monotonic()
    try:
        with own_service(request) as service:
            for text in translation_state(service.db, version, target).missing_texts:
                if time.monotonic() - start > _MOST_SECONDS:
                    return
                translator, now = service.alert_settings.translation, service.clock()
                try:
                    translate_text(service.db, translator, text, version.reading.language, target, now)
                except TranslationFailedError as error:
                    reason = one_line(str(error), 300)
                    with transaction(service.db):
                        problems.open_or_touch(service.db, subject, Stage.COMPOSE, "no translation", reason, now)
                    return
            with transaction(service.db):
                problems.resolve(service.db, subject, Stage.COMPOSE, service.clock())
    finally:
        _IN_PROGRESS.discard((version.id, target))


def _version(service: AppContext, instrument_id: str) -> Version:
    version = versions.find_latest(service.db, instrument_id, standing=ReviewState.CONFIRMED)
    if version is None or version.reading.language.partition("-")[0] == LANGUAGE.get():
        raise HTTPException(404, "There is no such instrument in another language than this page’s.")
    return version
