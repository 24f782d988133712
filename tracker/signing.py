"""Signed tokens and seals, by itsdangerous: nobody can guess or forge them, or turn them to another purpose."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, Signer

from tracker.errors import TokenError

CONFIRM_WITHIN = timedelta(days=3)
MANAGE_WITHIN = timedelta(days=1)
_NEVER = 0
_LONGEST = 4_000


def key_fingerprint(key: str) -> str:
    """Return what is kept of a program's key; it is long and random, so one fast hash is enough."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


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
    return _read_until(secret, "confirm", token, now)


def manage_token(secret: bytes, subscriber_id: int, now: datetime) -> str:
    """Return the token with which a person sees and changes what is theirs, for a day."""
    return _make_token(secret, "manage", [subscriber_id], int((now + MANAGE_WITHIN).timestamp()))


def read_manage(secret: bytes, token: str, now: datetime) -> int:
    """Return the person whom *token* lets in; raise TokenError when it is not ours or too old."""
    return _read_until(secret, "manage", token, now)


def sign(secret: bytes, purpose: str, text: str) -> str:
    """Return *text* with its signature; only *unsign* with the same secret and *purpose* takes it."""
    return _signer(secret, purpose).sign(text).decode()


def unsign(secret: bytes, purpose: str, token: str) -> str:
    """Return the text that was signed for *purpose*; raise TokenError when it was not, or is no longer the same."""
    try:
        return _signer(secret, purpose).unsign(token.encode()).decode()
    except (BadSignature, UnicodeError):
        raise TokenError("this link is damaged") from None


def _signer(secret: bytes, purpose: str) -> Signer:
    """Return the signer of one purpose; an empty key signs nothing, for anybody could sign so."""
    if not secret:
        raise ValueError("signing needs a secret key")
    return Signer(secret, salt=f"clausewatch {purpose}", key_derivation="hmac", digest_method=hashlib.sha256)


def _make_token(secret: bytes, purpose: str, ids: Iterable[int], expires: int) -> str:
    return sign(secret, purpose, f"{'-'.join(str(number) for number in sorted(set(ids)))}.{expires}")


def _read_token(secret: bytes, purpose: str, token: str) -> tuple[tuple[int, ...], int]:
    if len(token) > _LONGEST or not token.isascii():
        raise TokenError("this link is damaged")
    body = _unseal_0_1(secret, purpose, token) or unsign(secret, purpose, token)
    ids, _, expires = body.partition(".")
    return tuple(int(number) for number in ids.split("-")), int(expires)


def _read_until(secret: bytes, purpose: str, token: str, now: datetime) -> int:
    ids, expires = _read_token(secret, purpose, token)
    if datetime.fromtimestamp(expires, UTC) < now:
        raise TokenError("this link has expired")
    return ids[0]


def _unseal_0_1(secret: bytes, purpose: str, token: str) -> str:
    """Return the body of a token as release 0.1 sealed it, empty when it is none: links in its mails work for good."""
    body, _, seal = token.rpartition(".")
    digest = hmac.new(secret, f"{purpose}\n{body}".encode(), hashlib.sha256).digest()
    ours = base64.urlsafe_b64encode(digest[:24]).decode()
    return body if secret and hmac.compare_digest(seal, ours) else ""
