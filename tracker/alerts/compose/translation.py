"""Titles, sentences and new words in a reader's language, by a translation service that an operator may configure.

Whatever it fails at, or is refused for, the message goes out untranslated. Only words of published law and our
sentences about them are shown to it, nothing about a reader but the language.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlite_utils import Database

from storage import problems, translations
from storage.database.connection import transaction
from storage.records import Stage, Subject
from tracker.alerts.compose.change_views import new_words, sentences
from tracker.alerts.compose.recipient import Recipient
from tracker.alerts.compose.story import Material, titles
from tracker.alerts.settings import AlertSettings
from tracker.translation.faithful_translation import TranslationFailedError, translate_text
from tracker.wording.text_fit import one_line

TRANSLATION = Subject.of_step("translation")
_MOST_TEXTS = 400  # asked for in one pass; the rest goes out untranslated
_LONGEST_PASS = 60.0  # seconds of asking in one pass
_LONGEST_TEXT = 4_000  # characters; longer ones are left as they are
_MOST_SENTENCES = 40  # of one change set
_SCRIPTS = (("zh", re.compile("[\u3400-\u9fff]")), ("hi", re.compile("[\u0900-\u097f]")))


class Translator:
    """Asks the configured service for what one pass of composing needs; after a failure it asks no more."""

    def __init__(self, db: Database, settings: AlertSettings, now: datetime) -> None:
        self._db, self._settings, self._now = db, settings, now
        self._asked_count, self._has_failed, self._seconds = 0, False, 0.0

    def find(self, text: str, language: str) -> str:
        """Return the translation of *text* that is kept, or nothing."""
        if not self._settings.translation.is_configured:
            return ""
        translation = translations.find(self._db, text, _bare(language))
        return translation if translation and translation != text else ""

    def prepare(self, materials: Iterable[Material], reader: Recipient) -> None:
        """Ask for what a message about *materials* needs; belongs outside any transaction, for it may take long."""
        target = _bare(reader.language)
        if not self._settings.translation.is_configured or not target:
            return
        for text in dict.fromkeys(text for material in materials for text in _texts(material, target)):
            if not self._may_ask():
                return
            row = translations.find_row(self._db, text, target)
            is_done = row is not None and (not row.refusal or row.service == self._settings.translation.name)
            if len(text) <= _LONGEST_TEXT and not is_done:
                self._ask(text, target)

    def _may_ask(self) -> bool:
        return not self._has_failed and self._asked_count < _MOST_TEXTS and self._seconds < _LONGEST_PASS

    def _ask(self, text: str, target: str) -> None:
        self._asked_count += 1
        start = time.monotonic()
        try:
            translate_text(self._db, self._settings.translation, text, _script_of(text), target, self._now)
        except TranslationFailedError as error:
            self._has_failed = True
            message = one_line(str(error), 300)
            with transaction(self._db):
                problems.open_or_touch(self._db, TRANSLATION, Stage.COMPOSE, "no translation", message, self._now)
            return
        finally:
            self._seconds += time.monotonic() - start
        with transaction(self._db):
            problems.resolve(self._db, TRANSLATION, Stage.COMPOSE, self._now)


def _texts(material: Material, target: str) -> Iterator[str]:
    """Yield what is not in the language *target* of what a message says."""
    title, _ = titles(material, target)
    if _language_of(title, material) != target:
        yield title
    if target != "en" and material.comparison:
        yield from sentences(material.comparison.changes, target)[:_MOST_SENTENCES]
    version = material.version
    if material.comparison and version is not None and _bare(version.language) != target:
        yield from new_words(material.comparison.changes)[:_MOST_SENTENCES]


def _language_of(title: str, material: Material) -> str:
    for language, script in _SCRIPTS:
        if script.search(title):
            return language
    version = material.version
    as_printed = version is not None and title == one_line(version.reading.title)
    return _bare(version.language) if version is not None and as_printed else "en"


def _script_of(text: str) -> str:
    """Return the language that the script of *text* gives away, else English, the language of our sentences."""
    return next((language for language, script in _SCRIPTS if script.search(text)), "en")


def _bare(language: str) -> str:
    bare = language.partition("-")[0].lower()
    return bare if bare.isascii() and bare.isalpha() else ""
