"""Signed tokens and seals: nobody can guess or forge them, or turn them to another purpose."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from tracker.errors import TokenError

CONFIRM_WITHIN = timedelta(days=3)
MANAGE_WITHIN = timedelta(days=1)
_NEVER = 0
_LONGEST = 4_000


def unsubscribe_token(secret: bytes, subscription_ids: Iterable[int]) -> str:
    """Return the token that ends these subscriptions; it does not expire, for old mail must still work."""
    return _make_token(secret, "unsubscribe", subscription_ids, _NEVER)


def read_unsubscribe(secret: bytes, token: str) -> tuple[int, ...]:
    """Return the subscriptions that *token* may end; raise TokenError for any other token."""
    return _read_token(secret, "unsubscribe", token)[0]


def confirm_token(secret: bytes, subscription_id: int, now: datetime) -> str:
    """Return the token that confirms a subscription within three days."""
    return _make_token(secret, "confirm", [subscription_id], int((now + CONFIRM_WITHIN).timestamp()))


def read_confirm(secret: bytes, token: str, now: datetime) -> int:
    """Return the subscription that *token* confirms; raise TokenError when it is not ours or too old."""
    ids, expires = _read_token(secret, "confirm", token)
    if datetime.fromtimestamp(expires, UTC) < now:
        raise TokenError("this link has expired")
    return ids[0]


def manage_token(secret: bytes, subscriber_id: int, now: datetime) -> str:
    """Return the token with which a person sees and changes what is theirs, for a day."""
    return _make_token(secret, "manage", [subscriber_id], int((now + MANAGE_WITHIN).timestamp()))


def read_manage(secret: bytes, token: str, now: datetime) -> int:
    """Return the person whom *token* lets in; raise TokenError when it is not ours or too old."""
    ids, expires = _read_token(secret, "manage", token)
    if datetime.fromtimestamp(expires, UTC) < now:
        raise TokenError("this link has expired")
    return ids[0]


def seal(secret: bytes, *parts: str) -> str:
    """Return the seal of *parts*, the first of which names the purpose."""
    text = "\n".join(parts).encode()
    return base64.urlsafe_b64encode(hmac.new(secret, b"web\n" + text, hashlib.sha256).digest()[:24]).decode()


def same(seal_given: str, ours: str) -> bool:
    """Compare two seals in a time that tells nothing."""
    return hmac.compare_digest(seal_given.encode(), ours.encode())


def _make_token(secret: bytes, purpose: str, ids: Iterable[int], expires: int) -> str:
    body = f"{'-'.join(str(number) for number in sorted(set(ids)))}.{expires}"
    return f"{body}.{_seal(secret, purpose, body)}"


def _read_token(secret: bytes, purpose: str, token: str) -> tuple[tuple[int, ...], int]:
    body, _, seal = token.rpartition(".")
    if len(token) > _LONGEST or not token.isascii():
        raise TokenError("this link is damaged")
    if not hmac.compare_digest(seal, _seal(secret, purpose, body)):
        raise TokenError("this link is damaged")
    ids, _, expires = body.partition(".")
    return tuple(int(number) for number in ids.split("-")), int(expires)


def _seal(secret: bytes, purpose: str, body: str) -> str:
    if not secret:
        raise ValueError("tokens need a secret key")
    digest = hmac.new(secret, f"{purpose}\n{body}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()
