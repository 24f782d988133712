"""Webhooks: a signed POST that its receiver can check and tell from its repetition.

The headers are those of the Standard Webhooks convention, so that receivers have libraries for them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
from datetime import datetime

from storage.records import Message
from tracker.alerts.deliver.outcome import DeliveryResult
from tracker.alerts.settings import AlertSettings
from tracker.http_post import post_bytes
from tracker.wording.text_fit import one_line

_STATUS_GONE = 410
_MOST_READ = 300


def secret_of(settings: AlertSettings, subscriber_id: int, target: str) -> str:
    """Return the secret a receiver checks signatures with; it is worked out from our key, never stored."""
    digest = hmac.new(settings.secret_key, f"webhook\n{subscriber_id}\n{target}".encode(), hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(digest).decode()}"


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of one POST."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    payload = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, payload, hashlib.sha256).digest()).decode()}"


def post(message: Message, settings: AlertSettings, now: datetime) -> DeliveryResult:
    """Hand one message to its webhook; redirects are not followed, an answer of 2xx is its receipt."""
    try:
        headers = headers_of(message, settings, now)
        status, raw = post_bytes(message.target, message.mime, headers, settings.patience, _MOST_READ, settings.policy)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return DeliveryResult(ok=False, text=one_line(f"{type(error).__name__}: {error}", 300))
    if 200 <= status < 300:
        return DeliveryResult(ok=True, code=status)
    # whatever else it says, it may say something else tomorrow; only "gone" is for ever
    return DeliveryResult(
        ok=False,
        code=599 if status == _STATUS_GONE else None,
        text=one_line(f"HTTP {status} {raw.decode(errors='replace')}", 300),
    )


def headers_of(message: Message, settings: AlertSettings, now: datetime) -> dict[str, str]:
    """Return the headers of one POST: what it is, whose it is, and that it was not tampered with."""
    message_id, timestamp = message.mime_id.strip("<>").partition("@")[0], int(now.timestamp())
    secret = secret_of(settings, message.subscriber_id, message.target)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Clausewatch",
        "Idempotency-Key": message_id,
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, message.mime),
    }
