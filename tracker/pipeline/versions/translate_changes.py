"""Translate changes, and what the page of a new law shows of it, into English, where a service is configured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from storage import changes, problems, translations, versions
from storage.database.connection import transaction
from storage.records import Stage, Subject, Weight
from storage.serialise import utc_iso
from tracker.context import AppContext

_TARGET = "en"
_RECENT = timedelta(days=2)  # older sets were seen to, or belong to a home that had no service then
_MOST_SECONDS = 120.0  # of one round
_MOST_PROFILES = 20  # texts of one round; the rest is asked for on the page of a law
_NEWS = (Weight.HIGH, Weight.MEDIUM, Weight.LOW)


def translate_changes(service: AppContext) -> None:
    """Ask for the new words of recent changes, the heaviest first, then for what recent texts cover, define and oblige.

    Each is asked for once; a service that fails stops nothing.
    """
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
    """Yield the texts of late that are not in English and not translated yet, with their language."""
    for text, language in (*_changed_texts(service), *_profile_texts(service)):
        kept_row = translations.find_row(service.db, text, _TARGET)
        if kept_row is None or (kept_row.refusal and kept_row.service != name):
            yield text, language


def _changed_texts(service: AppContext) -> Iterator[tuple[str, str]]:
    """Yield the words that changed lately, the heaviest of each set first; of what was removed, the old ones."""
    since = service.clock() - _RECENT
    for row in reversed(changes.all_sets(service.db)):
        if row.at < since:
            return
        language = versions.get_summary(service.db, row.new).language
        if language.partition("-")[0] == _TARGET:
            continue
        news = [change for change in changes.of_set(service.db, row.id) if change.weight in _NEWS]
        for change in sorted(news, key=lambda change: _NEWS.index(change.weight)):
            if text := change.new_text or change.old_text:
                yield text, language


def _profile_texts(service: AppContext) -> Iterator[tuple[str, str]]:
    """Yield what the pages of the laws read last show: what each covers, defines and obliges to."""
    from tracker.view_models.profile.machine_translations import texts_of_profile  # noqa: PLC0415 - as above

    since = utc_iso(service.clock() - _RECENT)
    rows = versions.rows_where(service.db, "seen_at >= :since AND standing = 'confirmed'", since=since)
    foreign_rows = [row for row in rows if row.language.partition("-")[0] != _TARGET]
    for row in foreign_rows[: -_MOST_PROFILES - 1 : -1]:
        yield from ((text, row.language) for text in texts_of_profile(versions.get(service.db, row.id)))
