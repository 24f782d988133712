"""Machine translations as pages show them: those that are kept, in the reader's language; no service is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from storage import translations
from storage.records import Change, Version
from storage.translations import TranslationRow
from tracker.view_models.profile.duties import duties_at_once, duties_of


@dataclass(frozen=True, slots=True)
class TranslationState:
    """How much of what the page of a law shows is translated, was refused, or was never asked for."""

    translation_count: int
    refusal_count: int
    missing_texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageTranslations:
    """What is kept of the texts of a page, by text, and of provisions by eid; one with a refusal has no words."""

    rows: Mapping[str, TranslationRow] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    def get(self, text: str) -> TranslationRow | None:
        """Return what is kept of a text."""
        return self.rows.get(text)

    def at(self, eid: str) -> TranslationRow | None:
        """Return what is kept of the own text of a provision."""
        return self.rows.get(self.texts.get(eid, ""))


def texts_of_profile(version: Version) -> list[str]:
    """Return what the page of a law shows of it: its scope, its definitions, the provisions of obligations, penalties.

    An obligation is translated with the whole provision it stands in: half a sentence is more easily misread.
    """
    reading, duties, own = version.reading, duties_of(version), _own_texts(version)
    duty_texts = [own.get(one.eid, "") for bearer in duties.bearers for one in bearer.obligations]
    penalty_texts = [own.get(threat.eid, "") for threat in duties.threats]
    definitions = [definition.text for definition in reading.definitions]
    return list(dict.fromkeys(filter(None, (*reading.scope, *definitions, *duty_texts, *penalty_texts))))


def profile_translations(db: Database, version: Version, target: str) -> PageTranslations:
    """Return what is kept for the pages of a law; nothing where that is the reader's own language, or takes long."""
    if _is_in(version.reading.language, target) or duties_at_once(version) is None:
        return PageTranslations()
    return PageTranslations(translations.find_rows(db, texts_of_profile(version), target), _own_texts(version))


def change_translations(db: Database, changes: Iterable[Change], language: str, target: str) -> PageTranslations:
    """Return what is kept of the words of *changes*, old and new."""
    if _is_in(language, target):
        return PageTranslations()
    texts = {text for change in changes for text in (change.old_text, change.new_text) if text}
    return PageTranslations(translations.find_rows(db, texts, target))


def translation_state(db: Database, version: Version, target: str) -> TranslationState:
    """Return how much of the page of a law is translated."""
    texts = texts_of_profile(version)
    rows = translations.find_rows(db, texts, target)
    refusals = sum(bool(row.refusal) for row in rows.values())
    return TranslationState(len(rows) - refusals, refusals, tuple(text for text in texts if text not in rows))


def _own_texts(version: Version) -> dict[str, str]:
    return {piece.eid: piece.text for top in version.reading.provisions for piece in top.walk()}


def _is_in(language: str, target: str) -> bool:
    return language.partition("-")[0] == target
