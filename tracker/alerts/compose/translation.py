"""Titles and sentences in a reader's language, by a translation service that an operator may configure.

The service speaks as LibreTranslate does: ``POST {"q", "source", "target", "format", "api_key"}`` is answered with
``{"translatedText"}``. Whatever it fails at, the message goes out untranslated. Only words of published law and our
sentences about them are shown to it, nothing about a reader but the language.
"""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlite_utils import Database

from crawlers.egress.address_policy import WEB_PORTS
from storage import problems, translations
from storage.database.connection import transaction
from storage.records import Stage, Subject
from tracker.alerts.compose.change_views import sentences
from tracker.alerts.compose.recipient import Recipient
from tracker.alerts.compose.story import Material, titles
from tracker.alerts.http_post import post_bytes
from tracker.alerts.settings import AlertSettings
from tracker.wording.text_fit import one_line

TRANSLATION = Subject.of_step("translation")
_MOST_TEXTS = 400  # asked for in one pass; the rest goes out untranslated
_LONGEST_PASS = 60.0  # seconds of asking in one pass
_LONGEST_TEXT = 1_000  # characters; longer ones are left as they are
_MOST_READ = 100_000  # bytes of one answer
_MOST_SENTENCES = 40  # of one change set
_SCRIPTS = (("zh", re.compile("[\u3400-\u9fff]")), ("hi", re.compile("[\u0900-\u097f]")))


class Translator:
    """Asks the configured service for what one pass of composing needs; after a failure it asks no more."""

    def __init__(self, db: Database, settings: AlertSettings, now: datetime) -> None:
        self._db, self._settings, self._now = db, settings, now
        self._asked_count, self._has_failed, self._seconds = 0, False, 0.0

    def find(self, text: str, language: str) -> str:
        """Return the translation of *text* that is kept, or nothing."""
        if not self._settings.translate_url:
            return ""
        translation = translations.find(self._db, text, _bare(language))
        return translation if translation and translation != text else ""

    def prepare(self, materials: Iterable[Material], reader: Recipient) -> None:
        """Ask for what a message about *materials* needs; belongs outside any transaction, for it may take long."""
        target = _bare(reader.language)
        if not self._settings.translate_url or not target:
            return
        for text in dict.fromkeys(text for material in materials for text in _texts(material, target)):
            if not self._may_ask():
                return
            if len(text) <= _LONGEST_TEXT and translations.find(self._db, text, target) is None:
                self._ask(text, target)

    def _may_ask(self) -> bool:
        return not self._has_failed and self._asked_count < _MOST_TEXTS and self._seconds < _LONGEST_PASS

    def _ask(self, text: str, target: str) -> None:
        self._asked_count += 1
        start = time.monotonic()
        try:
            translation = _request_translation(text, target, self._settings)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._has_failed = True
            message = one_line(f"{type(error).__name__}: {error}", 300)
            with transaction(self._db):
                problems.open_or_touch(self._db, TRANSLATION, Stage.COMPOSE, "no translation", message, self._now)
            return
        finally:
            self._seconds += time.monotonic() - start
        translations.add(self._db, text, target, translation, self._now)
        with transaction(self._db):
            problems.resolve(self._db, TRANSLATION, Stage.COMPOSE, self._now)


def _texts(material: Material, target: str) -> Iterator[str]:
    """Yield what is not in the language *target* of what a message says."""
    title, _ = titles(material, target)
    if _language_of(title, material) != target:
        yield title
    if target != "en" and material.comparison:
        yield from sentences(material.comparison.changes, target)[:_MOST_SENTENCES]


def _language_of(title: str, material: Material) -> str:
    for language, script in _SCRIPTS:
        if script.search(title):
            return language
    version = material.version
    as_printed = version is not None and title == one_line(version.reading.title)
    return _bare(version.language) if version is not None and as_printed else "en"


def _request_translation(text: str, target: str, settings: AlertSettings) -> str:
    question = {"q": text, "source": "auto", "target": target, "format": "text"}
    if settings.translate_key:
        question["api_key"] = settings.translate_key
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Clausewatch"}
    body = json.dumps(question).encode()
    patience = min(settings.patience, 10.0)
    port = urlsplit(settings.translate_url).port  # the operator's own setting declares it
    policy = replace(settings.policy, ports=WEB_PORTS | ({port} if port else set()))
    status, raw = post_bytes(settings.translate_url, body, headers, patience, _MOST_READ, policy)
    if status != 200:
        raise ValueError(f"HTTP {status}")
    answer = json.loads(raw)
    translation = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(translation, str) or not translation.strip():
        raise ValueError("an answer without a translation")
    return one_line(translation, 4 * len(text) + 100)


def _bare(language: str) -> str:
    bare = language.partition("-")[0].lower()
    return bare if bare.isascii() and bare.isalpha() else ""
