"""What is kept of the operators' password: a slow hash (scrypt, RFC 7914)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

LEAST = 12  # characters
_COST, _BLOCK, _LANES = 2**15, 8, 1  # 32 MB and a tenth of a second for each guess
_MEMORY = 96 * 1024 * 1024
_LONGEST = 1_000


def hash_of(password: str) -> str:
    """Return what is kept of *password*: no character of it needs quoting in a shell or in TOML."""
    salt = secrets.token_bytes(16)
    digest = _digest(password, salt, _COST, _BLOCK, _LANES)
    return f"scrypt:{_COST}:{_BLOCK}:{_LANES}:{_text(salt)}:{_text(digest)}"


def fits(password: str, stored_hash: str) -> bool:
    """Return whether *password* is the one that *stored_hash* was made of; nothing fits what is no hash of ours."""
    try:
        name, cost, block, lanes, salt, digest = stored_hash.split(":")
        digest_given = _digest(password[:_LONGEST], _bytes(salt), int(cost), int(block), int(lanes))
        return name == "scrypt" and hmac.compare_digest(digest_given, _bytes(digest))
    except (ValueError, binascii.Error):
        return False


def _digest(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "replace"), salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=32
    )


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
