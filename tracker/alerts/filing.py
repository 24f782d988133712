"""Every message as a file in the home: what was told can be read without any mail server."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from storage.records import Message

_LONGEST = 80  # bytes of the readable part: every file system takes it


def file_name(message: Message) -> str:
    """Return the one name a message has in the folder: day, sequence and the beginning of its subject."""
    return f"{message.composed_at:%Y-%m-%d}-{message.id:06d}-{slug(message.subject)}.eml"


def file_message(folder: Path, message: Message) -> Path:
    """Write a message whole or not at all; writing it again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(message)
    if path.exists() and path.read_bytes() == message.mime:
        return path
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        file.write(message.mime)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    return path


def slug(text: str) -> str:
    """Return *text* as a piece of a file name: letters, marks and digits of any script, joined by hyphens.

    >>> slug("China · CAC · 灯语: 1 new/../")
    'china-cac-灯语-1-new'
    """
    kept = "".join(each if unicodedata.category(each)[0] in "LMN" else " " for each in text.casefold())
    words = "-".join(kept.split())
    return words.encode()[:_LONGEST].decode(errors="ignore").strip("-") or "message"
