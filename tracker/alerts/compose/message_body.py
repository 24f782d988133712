"""Message body: a message before it is addressed, printed once however many people get it.

Stories are printed one by one and put together afterwards, so that a thousand digests of the same stories cost little.
"""

from __future__ import annotations

import html as markup
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tracker.alerts.compose import mail_templates
from tracker.alerts.compose.story import Story
from tracker.wording.labels import ENGLISH, Labels

# stands where something is put in later; nobody outside this process can know it and write it into a law
_MARK = secrets.token_hex(8)
_FOOT, _REASON, _WAY_OUT = (f"{name}-{_MARK}" for name in ("foot", "reason", "wayout"))


@dataclass(frozen=True, slots=True)
class PrintedBody:
    """Some piece of a message in both forms."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class MessageBody:
    """A message that lacks only whom it is for; ``thread`` is the message it answers, if any."""

    subject: str
    body: PrintedBody
    thread: str = ""
    foot: str = "_foot"
    details: dict[str, str] = field(default_factory=dict)
    words: Labels = ENGLISH

    def for_reader(self, reason: str, way_out: str) -> PrintedBody:
        """Return both forms with the reader's own foot."""
        context = {**self.details, "reason": reason, "way_out": way_out}
        foot = mail_templates.text(self.foot, context, self.words)
        foot_html = _inlined_foot(self.foot, tuple(self.details.items()), self.words)
        for mark, value in ((_REASON, reason), (_WAY_OUT, way_out)):
            foot_html = foot_html.replace(mark, markup.escape(value))
        return PrintedBody(self.body.text.rstrip("\n") + "\n" + foot, self.body.html.replace(_FOOT, foot_html))


@lru_cache(maxsize=8)
def _inlined_foot(template: str, details: tuple[tuple[str, str], ...], words: Labels) -> str:
    return mail_templates.fragment(template, {**dict(details), "reason": _REASON, "way_out": _WAY_OUT}, words)


def print_story(story: Story) -> PrintedBody:
    """Return one story in both forms."""
    context = {"story": story}
    text = mail_templates.text("_story", context, story.words).rstrip()
    return PrintedBody(text, mail_templates.fragment("_story", context, story.words).strip())


def print_page(template: str, context: dict[str, Any], stories: dict[str, PrintedBody], words: Labels) -> PrintedBody:
    """Return a page in both forms; where the template writes the key of a story, the story is put."""
    context = {**context, "foot": _FOOT}
    text, html = mail_templates.text(template, context, words), mail_templates.html(template, context, words) + "\n"
    for mark, story in stories.items():
        text, html = text.replace(mark, story.text), html.replace(mark, story.html)
    return PrintedBody(text, html)


def mark_of(number: int) -> str:
    """Return what a template writes where the story with this number is put."""
    return f"story-{_MARK}-{number}."
