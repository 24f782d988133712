"""Bad luck of the store: a database in other hands, damaged or gone, a home that moved, settings that are garbled."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

from benchmarks.bad_luck.ground import Ground

_READERS = ("instruments", "problems", "outbox", "verify", "doctor")


def locked_for_long(ground: Ground) -> list[str]:
    """Hold the right to write for longer than anybody waits."""
    with closing(sqlite3.connect(ground.home / "clausewatch.db")) as db:
        db.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        faults = ground.check().faults(statuses=(1, 2), words="in use by another process|problem")
        faults += ground.command("instruments").faults(statuses=(0,))
        db.rollback()
    return faults + (["waited for minutes"] if time.monotonic() - start > 80 else [])


def locked_for_a_while(ground: Ground) -> list[str]:
    """Hold the right to write for some seconds in the middle of a round."""
    db = sqlite3.connect(ground.home / "clausewatch.db", check_same_thread=False)

    def hold() -> None:
        for _ in range(3):
            time.sleep(1)
            db.execute("BEGIN IMMEDIATE")
            time.sleep(1.5)
            db.rollback()

    thread = threading.Thread(target=hold)
    thread.start()
    faults = ground.check().faults(statuses=(0, 1))
    thread.join()
    db.close()
    return faults


def damage(place: float, size: int, ground: Ground) -> list[str]:
    """Overwrite a stretch of the database; every command says so in one line, and what to do; then restore it."""
    path = ground.home / "clausewatch.db"
    _settle(path)
    content_before = path.read_bytes()
    at = int(len(content_before) * place)
    path.write_bytes(content_before[:at] + b"\xa5" * size + content_before[at + size :])
    faults = _one_line_each(ground)
    return faults + _restore(path, content_before)


def cut_short(share: float, ground: Ground) -> list[str]:
    """Lose the end of the database."""
    path = ground.home / "clausewatch.db"
    _settle(path)
    content_before = path.read_bytes()
    path.write_bytes(content_before[: int(len(content_before) * share)])
    faults = _one_line_each(ground)
    return faults + _restore(path, content_before)


def no_database_at_all(ground: Ground) -> list[str]:
    """Put something else where the database was."""
    path = ground.home / "clausewatch.db"
    _settle(path)
    content_before = path.read_bytes()
    path.write_bytes(b"This is a letter and no database. " * 400)
    faults = _one_line_each(ground, statuses=(2,))
    return faults + _restore(path, content_before)


def another_program(ground: Ground) -> list[str]:
    """Put the database of another program there: it is left as it is."""
    path = ground.home / "clausewatch.db"
    _settle(path)
    content_before = path.read_bytes()
    path.unlink()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    other = path.read_bytes()
    faults = ground.check().faults(statuses=(2,), words="another program")
    if path.read_bytes() != other:
        faults.append("wrote into the database of another program")
    return faults + _restore(path, content_before)


def lost_journal(ground: Ground) -> list[str]:
    """Delete the journal beside a database that was closed well."""
    path = ground.home / "clausewatch.db"
    _settle(path)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    return ground.check().faults(statuses=(0, 1))


def moved_home(ground: Ground) -> list[str]:
    """Move the home elsewhere: everything in it is found there."""
    new = ground.home.with_name("moved home é")
    shutil.move(ground.home, new)
    old, ground.home = ground.home, new
    faults = ground.command("verify").faults(statuses=(0,), words="0 faults")
    faults += ground.check().faults(statuses=(0, 1))
    shutil.move(new, old)
    ground.home = old
    return faults


def home_is_a_file(ground: Ground) -> list[str]:
    """Point the home at a file."""
    path = ground.home.parent / "a file"
    path.write_text("no home")
    return ground.check(CLAUSEWATCH_HOME=str(path)).faults(statuses=(2,), words="cannot be made|not a|cannot be opened")


def garbled_settings(text: bytes, ground: Ground) -> list[str]:
    """Leave a file of settings that cannot be read, or means nothing; one line says which, nothing is looked at."""
    path = ground.home.parent / "clausewatch.toml"
    path.write_bytes(text)
    before = len(ground.practice.requests)
    faults = ground.check().faults(statuses=(2,), words="clausewatch.toml|setting")
    faults += ground.command("serve", "--port", "0", timeout=20).faults(statuses=(2,), words="clausewatch.toml|setting")
    if len(ground.practice.requests) != before:
        faults.append("looked at a page in spite of it")
    path.unlink()
    return faults


def wrong_setting(name: str, value: str, ground: Ground) -> list[str]:
    """Set one thing to what it cannot be."""
    return ground.check(**{name: value}).faults(statuses=(1, 2), words="setting|CLAUSEWATCH_|problem:")


def garbled_declaration(ground: Ground) -> list[str]:
    """Garble the declaration of one source: the line names the file; mended, all goes on."""
    path = next((ground.home / "declarations").rglob("*.toml"))
    content_before = path.read_bytes()
    path.write_bytes(content_before[: len(content_before) // 2] + b'\n = "')
    faults = ground.check().faults(statuses=(2,), words=path.name)
    path.write_bytes(content_before)
    return faults


def empty_key(name: str, ground: Ground) -> list[str]:
    """Empty the file of a key: it is said, and nothing is signed with nothing."""
    path = ground.home / name
    content_before = path.read_bytes()
    path.write_bytes(b"")
    faults = ground.check().faults(statuses=(1, 2), words=f"{name}|problem:")
    path.write_bytes(content_before)
    return faults


def _one_line_each(ground: Ground, statuses: tuple[int, ...] = (0, 1, 2)) -> list[str]:
    """Return what is wrong with what commands say of a store that is not whole."""
    faults = []
    texts = []
    for command in (*_READERS, "check"):
        result = ground.command(command, *(["--all"] if command == "check" else []))
        faults += [f"{command}: {fault}" for fault in result.faults(statuses=(*statuses, 1))]
        texts.append(result.out + result.err)
        if (
            result.status == 2
            and len([line for line in result.err.splitlines() if line.startswith("clausewatch:")]) != 1
        ):
            faults.append(f"{command}: not one line: {result.err[-300:]!r}")
    if not any("restore" in text or "damaged" in text for text in texts):
        faults.append("nobody says that it is damaged, and what to do")
    return faults


def _settle(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _restore(path: Path, content: bytes) -> list[str]:
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    path.write_bytes(content)
    return []
