"""Stamps: checkpoints of the log, stamped by others, so that not even who holds the key can date them back.

A time-stamping authority (RFC 3161) signs that it saw the hash of a checkpoint at an instant; a calendar of
OpenTimestamps commits to it, hours later in a block. One stamp covers every leaf before it. What cannot be had is asked
for again in a later round; the libraries are an extra.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from crawlers.egress.address_policy import WEB_PORTS, AddressPolicy, target_of
from storage import log
from storage.database.connection import transaction
from storage.log import CheckpointRow, StampRow
from tracker.errors import UsageError
from tracker.http_post import get_bytes, post_bytes

RFC3161, OPENTIMESTAMPS = "rfc3161", "opentimestamps"
EVERY = timedelta(hours=1)
"""How often the newest checkpoint is stamped by each; between two the log is signed by its own key alone."""
_MOST_READ = 200_000
_MOST_UPGRADES = 24  # promises asked after in one round
_PATIENCE = 15.0
_EXTRA = "is not installed: pip install 'clausewatch[stamps]'"


@dataclass(frozen=True, slots=True)
class StampSource:
    """Who stamps: a time-stamping authority or a calendar, by its address."""

    kind: str
    url: str

    @property
    def policy(self) -> AddressPolicy:
        """Where its stamp may be asked for: the operator named it."""
        port = urlsplit(self.url).port
        return AddressPolicy(target_of(self.url), WEB_PORTS | ({port} if port else set()))


def stamp_sources(authorities: str, calendars: str) -> list[StampSource]:
    """Return who stamps, of two settings with addresses between commas.

    >>> [source.kind for source in stamp_sources("https://tsa.example/", "")]
    ['rfc3161']
    """
    named = ((RFC3161, authorities), (OPENTIMESTAMPS, calendars))
    return [StampSource(kind, url.strip()) for kind, urls in named for url in urls.split(",") if url.strip()]


def stamp_newest(db: Database, sources: list[StampSource], now: datetime) -> Iterator[str]:
    """Have the newest checkpoint stamped by each source whose last stamp is old; yield why one could not be had."""
    checkpoint = log.last_checkpoint(db)
    for source in sources if checkpoint else ():
        assert checkpoint is not None
        last = log.last_stamp(db, source.url)
        if last is not None and (last.size == checkpoint.size or now - datetime.fromisoformat(last.at) < EVERY):
            continue
        try:
            token = _ASK[source.kind](source, checkpoint.note.encode())
        except (OSError, http.client.HTTPException, ValueError, UsageError, LookupError) as error:
            yield f"{source.url}: {type(error).__name__}: {error}"
            continue
        with transaction(db):
            log.add_stamp(db, StampRow(checkpoint.size, source.kind, source.url, now.isoformat(), token))


def upgrade_stamps(db: Database, sources: list[StampSource], now: datetime) -> Iterator[str]:
    """Ask calendars whether what they promised stands in a block by now, each stamp at most hourly; yield why not."""
    calendars = {source.url: source for source in sources if source.kind == OPENTIMESTAMPS}
    promises = [stamp for stamp in log.stamps(db) if stamp.by in calendars and is_pending(stamp)]
    for stamp in promises[-_MOST_UPGRADES:]:
        if now - datetime.fromisoformat(stamp.asked_at or stamp.at) < EVERY:
            continue
        try:
            token = _ask_for_block(calendars[stamp.by], base64.b64decode(stamp.token))
        except (OSError, http.client.HTTPException, ValueError, UsageError, LookupError) as error:
            yield f"{stamp.by}: {type(error).__name__}: {error}"
            token = stamp.token
        with transaction(db):
            log.replace_stamp(db, stamp, replace(stamp, token=token, asked_at=now.isoformat()))


def is_pending(stamp: StampRow) -> bool:
    """Return whether a stamp of a calendar is a promise so far, in no block; False where nobody can look."""
    if stamp.kind != OPENTIMESTAMPS:
        return False
    try:
        notary = _library("opentimestamps.core.notary")
        attestations = [
            attestation for _, attestation in _opened_stamp(base64.b64decode(stamp.token)).timestamp.all_attestations()
        ]
    except (UsageError, ValueError):
        return False
    return not any(isinstance(attestation, notary.BitcoinBlockHeaderAttestation) for attestation in attestations)


def pending_stamps(db: Database) -> int:
    """Return how many stamps are promises so far."""
    return sum(is_pending(stamp) for stamp in log.stamps(db))


def unstamped_leaves(db: Database) -> tuple[int, int]:
    """Return the span of leaves that no stamp covers: the first, and how many."""
    stamps = log.stamps(db)
    covered = max((stamp.size for stamp in stamps), default=0)
    return covered, log.size(db) - covered


def stamp_faults(db: Database) -> Iterator[str]:
    """Yield each stamp that is of other words than the checkpoint it stands beside."""
    notes = {row.size: row for row in log.checkpoints(db)}
    for stamp in log.stamps(db):
        row = notes.get(stamp.size)
        try:
            fits = row is not None and _FITS[stamp.kind](row, base64.b64decode(stamp.token))
        except UsageError:  # without the extra nobody can look
            continue
        except Exception as error:
            yield f"stamp of {stamp.size} leaves by {stamp.by}: cannot be read ({type(error).__name__})"
            continue
        if not fits:
            yield f"stamp of {stamp.size} leaves by {stamp.by}: is not of this checkpoint"


def _ask_authority(source: StampSource, note: bytes) -> str:
    client = _library("rfc3161_client")
    request = client.TimestampRequestBuilder().data(note).hash_algorithm(client.HashAlgorithm.SHA256).build()
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    answer = _posted(source, source.url, request.as_bytes(), headers)
    if not _is_of(client.decode_timestamp_response(answer), note):
        raise ValueError("the stamp is not of what was sent")
    return base64.b64encode(answer).decode()


def _ask_calendar(source: StampSource, note: bytes) -> str:
    timestamp, context = _library("opentimestamps.core.timestamp"), _library("opentimestamps.core.serialize")
    ops = _library("opentimestamps.core.op")
    digest = hashlib.sha256(note).digest()
    headers = {"Accept": "application/vnd.opentimestamps.v1", "Content-Type": "application/octet-stream"}
    answer = _posted(source, f"{source.url.rstrip('/')}/digest", digest, headers)
    try:
        stamp = timestamp.Timestamp.deserialize(context.BytesDeserializationContext(answer), digest)
    except context.DeserializationError as error:
        raise ValueError(f"no answer of a calendar ({error})") from error
    out = context.BytesSerializationContext()
    timestamp.DetachedTimestampFile(ops.OpSHA256(), stamp).serialize(out)
    return base64.b64encode(out.getbytes()).decode()


def _ask_for_block(source: StampSource, token: bytes) -> str:
    """Return a stamp with all that its calendar can add by now; the same one while it cannot."""
    notary, context = _library("opentimestamps.core.notary"), _library("opentimestamps.core.serialize")
    timestamp = _library("opentimestamps.core.timestamp")
    stamp = _opened_stamp(token)
    for part in list(_parts_with_promise(stamp.timestamp, notary)):
        url = f"{source.url.rstrip('/')}/timestamp/{part.msg.hex()}"
        headers = {"Accept": "application/vnd.opentimestamps.v1", "User-Agent": "Clausewatch"}
        status, answer = get_bytes(url, headers, _PATIENCE, _MOST_READ, source.policy)
        if status == 404:  # not in a block yet
            continue
        if status != 200:
            raise ValueError(f"HTTP {status}")
        try:
            part.merge(timestamp.Timestamp.deserialize(context.BytesDeserializationContext(answer), part.msg))
        except context.DeserializationError as error:
            raise ValueError(f"no answer of a calendar ({error})") from error
    out = context.BytesSerializationContext()
    stamp.serialize(out)
    return base64.b64encode(out.getbytes()).decode()


def _parts_with_promise(part: Any, notary: Any) -> Iterator[Any]:
    """Yield the parts of a stamp that hold a promise of a calendar."""
    if any(isinstance(attestation, notary.PendingAttestation) for attestation in part.attestations):
        yield part
    for deeper in part.ops.values():
        yield from _parts_with_promise(deeper, notary)


def _opened_stamp(token: bytes) -> Any:
    timestamp, context = _library("opentimestamps.core.timestamp"), _library("opentimestamps.core.serialize")
    try:
        return timestamp.DetachedTimestampFile.deserialize(context.BytesDeserializationContext(token))
    except context.DeserializationError as error:
        raise ValueError(f"no stamp of a calendar ({error})") from error


def _fits_authority(row: CheckpointRow, token: bytes) -> bool:
    return _is_of(_library("rfc3161_client").decode_timestamp_response(token), row.note.encode())


def _fits_calendar(row: CheckpointRow, token: bytes) -> bool:
    return bool(_opened_stamp(token).file_digest == hashlib.sha256(row.note.encode()).digest())


def _is_of(response: Any, note: bytes) -> bool:
    return bool(bytes(response.tst_info.message_imprint.message) == hashlib.sha256(note).digest())


def _posted(source: StampSource, url: str, body: bytes, headers: dict[str, str]) -> bytes:
    answer: bytes
    status, answer = post_bytes(
        url, body, {**headers, "User-Agent": "Clausewatch"}, _PATIENCE, _MOST_READ, source.policy
    )
    if status != 200:
        raise ValueError(f"HTTP {status}")
    return answer


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(f"{name.partition('.')[0]} {_EXTRA}") from None


_ASK: dict[str, Callable[[StampSource, bytes], str]] = {RFC3161: _ask_authority, OPENTIMESTAMPS: _ask_calendar}
_FITS: dict[str, Callable[[CheckpointRow, bytes], bool]] = {RFC3161: _fits_authority, OPENTIMESTAMPS: _fits_calendar}
