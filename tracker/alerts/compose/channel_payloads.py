"""What channels other than mail carry: the same news as JSON for a program, or as short text for a chat."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from storage.records import Channel
from tracker.alerts.compose.address_message import Envelope, OutboxMail
from tracker.alerts.compose.change_views import ChangeView
from tracker.alerts.compose.message_body import MessageBody
from tracker.alerts.compose.print_cache import message_id
from tracker.alerts.compose.recipient import reader_of
from tracker.alerts.compose.story import Budget, Material, Story, build_story
from tracker.alerts.settings import AlertSettings
from tracker.wording.text_fit import clip

_BUDGET = Budget(40, 0, 0)
_MOST_EVENTS = 100
_MOST_PIECES = 40  # provisions of one unit
_LONGEST_TEXT = 8_000  # characters of one side of a provision
_CHAT = 3_000  # characters; the shortest of the usual limits of chats, less what the services add


def compose_notice(
    channel: Channel,
    message_body: MessageBody,
    envelope: Envelope,
    materials: Sequence[Material],
    settings: AlertSettings,
    now: datetime,
) -> OutboxMail:
    """Return the message that *channel* carries, as JSON bytes."""
    reader = reader_of(envelope.subscriber, now)
    shown_materials = materials[:_MOST_EVENTS]
    stories = [(material, build_story(material, settings, reader, _BUDGET)) for material in shown_materials]
    body = PAYLOADS[channel](message_body, envelope, stories, now)
    return OutboxMail(
        message_body.subject,
        message_id(settings, envelope.key),
        json.dumps(body, ensure_ascii=False, default=str).encode(),
    )


def _webhook(
    message_body: MessageBody, envelope: Envelope, stories: Sequence[tuple[Material, Story]], now: datetime
) -> dict[str, Any]:
    return {
        "schema": "clausewatch/webhook/1",
        "subject": message_body.subject,
        "at": now.isoformat(),
        "subscriptions": [subscription.id for subscription in envelope.subscriptions],
        "events": [_event(material, story) for material, story in stories],
    }


def _event(material: Material, story: Story) -> dict[str, Any]:
    event = material.event
    return {
        "id": event.id,
        "kind": event.kind.value,
        "at": event.at.isoformat(),
        "instrument": event.instrument_id,
        "title": story.title,
        "title_native": story.title_native,
        "jurisdiction": event.jurisdiction,
        "authorities": event.authorities,
        "topics": event.topics,
        "weight": event.weight.value,
        "on": _iso(event.on),
        "headline": story.headline,
        "changes": [
            {
                "unit": change.unit,
                "citation": change.citation,
                "weight": change.weight,
                "sentence": change.sentence,
                **_texts(change),
            }
            for change in story.changes
        ],
        "version": event.version_id,
        "change_set": event.change_set_id,
        "summary_text": material.comparison.summary_text if material.comparison else "",
        "more": story.more,
        "renumbering": story.new_numbers,
        "links": {link.label: link.url for link in story.links},
    }


def _texts(view: ChangeView) -> dict[str, Any]:
    """Return what each provision of a change said and says: whole, but for what no program needs a message for."""
    pieces = [
        {"kind": change.kind.value, "old_eid": change.old_eid, "new_eid": change.new_eid,
         "old_text": _clip(change.old_text), "new_text": _clip(change.new_text)}
        for change in view.changes[:_MOST_PIECES]
    ]  # fmt: skip
    texts = {
        side: "\n".join(str(piece[side]) for piece in pieces if piece[side]) or None
        for side in ("old_text", "new_text")
    }
    return {**texts, "provisions": pieces}


def _clip(text: str) -> str | None:
    return clip(text, _LONGEST_TEXT) if text else None


def _chat(
    message_body: MessageBody, _envelope: Envelope, stories: Sequence[tuple[Material, Story]], _now: datetime
) -> dict[str, Any]:
    lines: list[str] = []
    for _, story in stories:
        lines.append(story.subject if len(stories) > 1 else story.title_native or story.title)
        lines.extend(f"• {change.citation}: {change.sentence}" for change in story.changes[:8])
        lines.extend(f"{link.label}: {link.url}" for link in story.links[:2])
    return {"title": message_body.subject, "body": clip("\n".join(lines) or message_body.body.text, _CHAT)}


PAYLOADS = {Channel.WEBHOOK: _webhook, Channel.APPRISE: _chat}


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
