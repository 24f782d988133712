"""A text in another language: out of the cache, or asked for once, checked, and kept or refused with the reason."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import translations
from tracker.errors import ClausewatchError
from tracker.translation.faithful import lost_facts
from tracker.translation.services import TranslationService

LONGEST = 8_000  # characters of a provision; longer ones are left as they are
SERVICE_FAILURES = (OSError, http.client.HTTPException, ValueError)


class TranslationFailedError(ClausewatchError):
    """The service did not answer, or not with a translation. Raised while asking; the caller goes on without one."""


@dataclass(frozen=True, slots=True)
class MachineTranslation:
    """What a machine made of a text, or why that was refused; never official, and marked so wherever it is shown."""

    text: str = ""
    refusal: str = ""
    service: str = ""


def kept_translation(db: Database, text: str, target: str) -> MachineTranslation | None:
    """Return what is kept of a translation; nobody is asked."""
    row = translations.find_row(db, text, target)
    return MachineTranslation(row.text, row.refusal, row.service) if row else None


def translate_text(
    db: Database, service: TranslationService, text: str, source: str, target: str, now: datetime
) -> MachineTranslation:
    """Return *text* in the language *target*, asking the service when nothing is kept; raises TranslationFailedError.

    What another service was refused is asked again; what this one was refused is not.
    """
    row = kept_translation(db, text, target)
    if row is not None and (not row.refusal or row.service == service.name):
        return row
    if not service.is_configured:
        raise TranslationFailedError("no translation service is configured; docs/operating.md says how")
    if len(text) > LONGEST:
        return MachineTranslation(refusal=f"longer than {LONGEST} characters", service=service.name)
    try:
        answer = service.translate(text, source, target)
    except SERVICE_FAILURES as error:
        raise TranslationFailedError(f"{type(error).__name__}: {error}"[:300]) from error
    losses = lost_facts(text, answer, source, target)
    refusal = "; ".join(losses)[:500]
    translations.add(db, text, target, answer, now, service=service.name, refusal=refusal)
    return MachineTranslation("" if refusal else answer, refusal, service.name)
