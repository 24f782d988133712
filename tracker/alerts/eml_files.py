"""Every message as a file in the home: what was told can be read without any mail server."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from storage.records import Channel, Message

_MANY = 8
_LONGEST = 80  # bytes of the readable part: every file system takes it


def file_name(message: Message) -> str:
    """Return the one name a message has in the folder: day, sequence and the beginning of its subject."""
    ending = "eml" if message.channel is Channel.EMAIL else "json"
    return f"{message.composed_at:%Y-%m-%d}-{message.id:06d}-{slug(message.subject)}.{ending}"


def file_messages(folder: Path, messages: Sequence[Message]) -> list[Path]:
    """Write messages, each whole or not at all; together they wait for the disk hardly longer than one."""
    if not messages:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / file_name(message) for message in messages]
    halves = [path.with_name(path.name + ".part") for path in paths]
    for half, message in zip(halves, messages, strict=True):
        half.write_bytes(message.mime)
    _reach_the_disk(halves)
    for half, path in zip(halves, paths, strict=True):
        half.replace(path)
    return paths


def remove(folder: Path, message_id: int) -> int:
    """Take a message out of the folder; return how many files there were."""
    paths = list(folder.glob(f"????-??-??-{message_id:06d}-*"))
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def _reach_the_disk(halves: Sequence[Path]) -> None:
    if len(halves) > _MANY:
        os.sync()  # one wait for all of them
        return
    for half in halves:
        with half.open("rb") as file:
            os.fsync(file.fileno())


def slug(text: str) -> str:
    """Return *text* as a piece of a file name: letters, marks and digits of any script, joined by hyphens.

    >>> slug("China · CAC · 灯语: 1 new/../")
    'china-cac-灯语-1-new'
    """
    letters = "".join(
        character if unicodedata.category(character)[0] in "LMN" else " " for character in text.casefold()
    )
    words = "-".join(letters.split())
    return words.encode()[:_LONGEST].decode(errors="ignore").strip("-") or "message"
