"""Print cache: each story and each message body of one pass is printed once, as long as a mail may be."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from email.utils import parseaddr
from functools import lru_cache
from itertools import groupby

from storage.records import Cadence
from tracker.alerts.compose.message_body import MessageBody, PrintedBody, mark_of, print_page, print_story
from tracker.alerts.compose.recipient import Recipient
from tracker.alerts.compose.story import Budget, Material, Story, build_story
from tracker.alerts.settings import AlertSettings
from tracker.render.display_names import authority_short
from tracker.wording.phrases import day
from tracker.wording.text_fit import clip, one_line

LIMIT = 100_000  # bytes of a whole message; some readers clip what is longer
_HEADER_BYTES = 5_000  # of which headers and foot take no more than this
# from generous to a bare list: the first that keeps the message under the limit is taken
_BUDGETS = (
    Budget(40, 1_500, 60),
    Budget(25, 700, 60),
    Budget(15, 300, 50),
    Budget(5, 150, 40),
    Budget(2, 150, 20),
    Budget(0, 0, 40),  # without changes a story is brief, so more of them fit
    Budget(0, 0, 15),
    Budget(0, 0, 4),
)
_MAX_CACHED = 512


TranslateText = Callable[
    [str, str], str
]  # a text and the language it is wanted in; nothing when there is no translation


def _no_translation(text: str, language: str) -> str:  # noqa: ARG001 - a translator is told what to translate
    return ""


class PrintCache:
    """Prints for one pass: what was printed for one reader is there for all who are alike."""

    def __init__(self, settings: AlertSettings, translate: TranslateText = _no_translation) -> None:
        self._settings, self._translate = settings, translate
        self._materials: dict[int, Material] = {}
        self._story = lru_cache(maxsize=_MAX_CACHED)(self._print_story)
        self._alert = lru_cache(maxsize=_MAX_CACHED)(self._print_alert)
        self._digest = lru_cache(maxsize=_MAX_CACHED // 4)(self._print_digest)

    def alert(self, material: Material, reader: Recipient) -> MessageBody:
        """Return the message_body about one event."""
        return self._alert(self._keep(material), reader)

    def digest(self, cadence: Cadence, materials: Sequence[Material], reader: Recipient) -> MessageBody:
        """Return one message_body about everything of a period, grouped by jurisdiction and instrument."""
        name = reader.words(f"digest.{cadence.value}")
        return self._digest(name, "", tuple(self._keep(material) for material in materials), reader)

    def storm(self, materials: Sequence[Material], reader: Recipient) -> MessageBody:
        """Return one message_body about a source that rewrote much at once."""
        words = reader.words
        authorities = (
            authority_short(material, language=words.language) for material in materials[0].event.authorities
        )
        name = words("digest.storm", who=next(authorities, words("digest.one_source")))
        return self._digest(
            name, words("digest.storm_lead"), tuple(self._keep(material) for material in materials), reader
        )

    def quiet(self, cadence: Cadence, looked_at: int, with_problems: int, reader: Recipient) -> MessageBody:
        """Return the message_body that says that nothing changed, and how well we looked."""
        words = reader.words
        heading = words("digest.quiet", name=words(f"digest.{cadence.value}"), day=day(reader.today, words))
        context = {
            "heading": heading,
            "lead": words("digest.quiet_lead", n=looked_at, troubled=with_problems),
            "subject": heading,
            "all_url": self._settings.address_of(""),
        }
        return MessageBody(heading, print_page("_quiet", context, {}, words), foot="_foot_quiet", words=words)

    def _keep(self, material: Material) -> int:
        self._materials[material.event.id] = material
        return material.event.id

    def _print_story(self, event_id: int, budget: Budget, reader: Recipient) -> tuple[Story, PrintedBody]:
        def translate(text: str) -> str:
            return self._translate(text, reader.language)

        story = build_story(self._materials[event_id], self._settings, reader, budget, translate)
        return story, print_story(story)

    def _print_alert(self, event_id: int, reader: Recipient) -> MessageBody:
        def attempt(budget: Budget) -> MessageBody:
            story, story_print = self._story(event_id, budget, reader)
            subject, mark = one_line(story.subject, 240), mark_of(0)
            body = print_page("_message", {"subject": subject, "story": mark}, {mark: story_print}, reader.words)
            thread = message_id(self._settings, f"instrument:{story.instrument_id}")
            return MessageBody(subject, body, thread=thread, words=reader.words)

        return _first_that_fits(attempt)

    def _print_digest(self, name: str, lead: str, event_ids: tuple[int, ...], reader: Recipient) -> MessageBody:
        words = reader.words
        heading = words("digest.heading", n=len(event_ids), name=name, day=day(reader.today, words))

        def attempt(budget: Budget) -> MessageBody:
            stories = [self._story(event_id, budget, reader) for event_id in event_ids]
            where = words("fact.listed").join(
                sorted({story.jurisdiction for story, _ in stories if story.jurisdiction})
            )
            subject = one_line(f"{heading} · {where}" if where else heading, 240)
            shown_stories = sorted(stories, key=_place)[: budget.stories]
            marks = {mark_of(number): story_print for number, (_, story_print) in enumerate(shown_stories)}
            context = {
                "subject": subject,
                "heading": heading,
                "lead": lead,
                "overview": [(clip(story.title, 90), story.headline) for story, _ in shown_stories],
                "groups": _by_instrument([story for story, _ in shown_stories]),
                "left_out": max(len(stories) - budget.stories, 0),
                "all_url": self._settings.address_of("changes"),
            }
            return MessageBody(subject, print_page("_digest", context, marks, words), words=words)

        return _first_that_fits(attempt)


def message_id(settings: AlertSettings, key: str) -> str:
    """Return the id that a message of this home has for ever: the same key, the same id."""
    digest = hmac.new(settings.secret_key, f"message\n{key}".encode(), hashlib.sha256).hexdigest()
    return f"<{digest[:32]}@{domain_of(settings)}>"


def domain_of(settings: AlertSettings) -> str:
    """Return the domain our mail comes from."""
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    return domain.encode("idna").decode() if domain else "localhost"


def encoded_size(text: str) -> int:
    """Return how many bytes *text* takes in a message: base64 or quoted-printable, whichever is shorter."""
    raw = text.encode()
    beyond = sum(raw.count(byte) for byte in (b"=", b"\n")) + len(raw) - len(raw.decode().encode("ascii", "ignore"))
    return min(len(raw) * 78 // 57 + 80, len(raw) + 2 * beyond + len(raw) // 25)


def _first_that_fits(attempt: Callable[[Budget], MessageBody]) -> MessageBody:
    for budget in _BUDGETS:
        message_body = attempt(budget)
        if encoded_size(message_body.body.text) + encoded_size(message_body.body.html) + _HEADER_BYTES <= LIMIT:
            break
    return message_body


def _place(printed_story: tuple[Story, PrintedBody]) -> tuple[str, str, str]:
    story = printed_story[0]
    return story.jurisdiction, story.title, story.instrument_id


def _by_instrument(stories: Sequence[Story]) -> list[tuple[str, list[list[str]]]]:
    """Return the marks of the stories, which are in order, by jurisdiction and instrument."""
    story_marks = [(story, mark_of(number)) for number, story in enumerate(stories)]
    return [
        (where, [[mark for _, mark in of_one] for _, of_one in groupby(there, key=lambda one: one[0].instrument_id)])
        for where, there in groupby(story_marks, key=lambda one: one[0].jurisdiction)
    ]
