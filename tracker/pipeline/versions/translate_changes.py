"""Translate changes: have what new change sets say now put into English, where a service is configured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from storage import changes, problems, translations, versions
from storage.database.connection import transaction
from storage.records import Stage, Subject, Weight
from tracker.context import AppContext

_TARGET = "en"
_RECENT = timedelta(days=2)  # older sets were seen to, or belong to a home that had no service then
_MOST_SECONDS = 120.0  # of one round
_NEWS = (Weight.HIGH, Weight.MEDIUM, Weight.LOW)


def translate_changes(service: AppContext) -> None:
    """Ask for the new words of recent changes, the heaviest first, once each; a service that fails stops nothing."""
    translator = service.alert_settings.translation
    if not translator.is_configured:
        return
    from tracker.translation import faithful_translation as asking  # noqa: PLC0415 - most homes configure no service

    subject, start = Subject.of_step("translation"), time.monotonic()
    for text, language in list(_texts_to_ask(service, translator.name)):
        if time.monotonic() - start > _MOST_SECONDS:
            return
        try:
            asking.translate_text(service.db, translator, text, language, _TARGET, service.clock())
        except asking.TranslationFailedError as error:
            with transaction(service.db):
                problems.open_or_touch(
                    service.db, subject, Stage.COMPOSE, "no translation", str(error), service.clock()
                )
            return
        with transaction(service.db):
            problems.resolve(service.db, subject, Stage.COMPOSE, service.clock())


def _texts_to_ask(service: AppContext, name: str) -> Iterator[tuple[str, str]]:
    """Yield the texts that changed lately and are not in English, with their language, the heaviest first."""
    since = service.clock() - _RECENT
    for row in reversed(changes.all_sets(service.db)):
        if row.at < since:
            return
        language = versions.get_summary(service.db, row.new).language
        if language.partition("-")[0] == _TARGET:
            continue
        news = [change for change in changes.of_set(service.db, row.id) if change.new_text and change.weight in _NEWS]
        for change in sorted(news, key=lambda change: _NEWS.index(change.weight)):
            kept_row = translations.find_row(service.db, change.new_text, _TARGET)
            if kept_row is None or (kept_row.refusal and kept_row.service != name):
                yield change.new_text, language
