"""Signed checkpoint of the log: a C2SP signed note with size and root, signed by Ed25519.

Formats: https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint. Pure, but for making a new key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

_ED25519 = b"\x01"
_DASH = "\u2014 "


class NoteError(ValueError):
    """A note, key or checkpoint is malformed, or not signed by the key it should be. Raised here; verify names it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The size and the root of the log at one moment, under the log's name."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the words that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class NoteKey:
    """The public key by which a signer's notes are known."""

    name: str
    public: bytes

    @property
    def key_hash(self) -> bytes:
        """The four bytes that stand before a signature."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def vkey(self) -> str:
        """Return the key as it is given to those who verify."""
        return f"{self.name}+{self.key_hash.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"


def new_private_key() -> bytes:
    """Return a new Ed25519 private key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def public_key(name: str, private: bytes) -> NoteKey:
    """Return the public key of *private* under *name*, which holds neither space nor plus sign."""
    if not name or set(name) & set("+ \n\t"):
        raise NoteError(f"{name!r} is no name of a signer")
    public = Ed25519PrivateKey.from_private_bytes(private).public_key()
    return NoteKey(name, public.public_bytes(Encoding.Raw, PublicFormat.Raw))


def parse_key(text: str) -> NoteKey:
    """Return the key that *text* names. Raises NoteError when it is malformed or its own hash denies it."""
    name, _, rest = text.strip().partition("+")
    key_hash, _, body = rest.partition("+")
    raw = _decode(body)
    key = NoteKey(name, raw[1:])
    if raw[:1] != _ED25519 or len(raw) != 33 or key.key_hash.hex() != key_hash:
        raise NoteError(f"{text!r} is no Ed25519 key of a note")
    return key


def sign(text: str, name: str, private: bytes) -> str:
    """Return *text*, which ends with a line's end, as a note signed by *private* under *name*."""
    if not text.endswith("\n"):
        raise NoteError("a note ends with the end of a line")
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(text.encode())
    key = public_key(name, private)
    return f"{text}\n{_DASH}{name} {base64.b64encode(key.key_hash + signature).decode()}\n"


def open_note(note: str, key: NoteKey) -> str:
    """Return the text of *note* when *key* signed it. Raises NoteError when it did not, or the note is malformed."""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        name, _, signature = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or name != key.name:
            continue
        raw = _decode(signature)
        if raw[:4] == key.key_hash:
            _check(key, raw[4:], text)
            return text
    raise NoteError(f"the note is not signed by {key.name}")


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint that the words *text* of an opened note state. Raises NoteError when they state none."""
    lines = text.splitlines()
    if len(lines) < 3 or not lines[0] or not lines[1].isascii() or not lines[1].isdigit():
        raise NoteError("the note is no checkpoint")
    root = _decode(lines[2])
    if len(root) != hashlib.sha256().digest_size or str(int(lines[1])) != lines[1]:
        raise NoteError("the note is no checkpoint")
    return Checkpoint(lines[0], int(lines[1]), root)


def _check(key: NoteKey, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as error:
        raise NoteError(f"the signature of {key.name} does not fit the note") from error


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(f"{text[:60]!r} is not base64") from error
