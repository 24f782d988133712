"""ETag, Last-Modified and 304, as the sites that have them answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from crawlers.practice.model import PracticeAnswer, PracticeRequest


def with_validators(request: PracticeRequest, body: bytes, media_type: str, changed_on: date) -> PracticeAnswer:
    """Answer *body* with its validators, or 304 where the client has it already."""
    changed_at = datetime.combine(changed_on, time(6), tzinfo=UTC)
    headers = {
        "Content-Type": media_type,
        "ETag": f'"{sha256(body).hexdigest()[:24]}"',
        "Last-Modified": format_datetime(changed_at, usegmt=True),
    }
    if _has_current(request.headers, headers["ETag"], changed_at):
        return PracticeAnswer(b"", 304, headers)
    return PracticeAnswer(body, 200, headers)


def _has_current(headers: Mapping[str, str], etag: str, changed_at: datetime) -> bool:
    if "if-none-match" in headers:  # takes precedence over the date
        return etag in headers["if-none-match"] or headers["if-none-match"].strip() == "*"
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and since >= changed_at
