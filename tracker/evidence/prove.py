"""Prove a version, a change or silence to a stranger: a ZIP that a short script in it verifies offline.

The bundle holds the bytes, the entries of the log that speak of them, the proof that each is in the log, and the signed
checkpoint. What it proves: these bytes were in our custody at the latest when the checkpoint was signed, unaltered and
in this order. What it does not: that the server sent the same to everybody.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from storage import changes, checks, instruments, log, log_rows, snapshots, versions
from storage.content_hash import comparison_bytes, reading_bytes
from storage.errors import MissingRowError
from storage.records import Check, Outcome, ReviewState, Version
from tracker import render
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.evidence import log_entries, log_states, merkle
from tracker.evidence.tiles import Tiles
from tracker.evidence.transparency_log import LogPlaces, own_key, places_of

_README = """\
{statement}

Verify this file offline:      python3 verify.py BUNDLE.zip     (Python 3.8 or newer, nothing else)
The signature by openssl:
  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in checkpoint.txt -sigfile checkpoint.sig

Where others stamped the log (stamp-N.tsr, stamp-N.ots), with their certificate:
  openssl ts -verify -data stamped-checkpoint -in stamp-1.tsr -CAfile THEIR-CA.pem
  ots verify -f stamped-checkpoint stamp-2.ots

It proves that these bytes were in the custody of the signer when the checkpoint was signed, unaltered since, and in the
order of the log. It does not prove that the server sent the same to everybody, nor that nothing else was seen.
Whoever kept a checkpoint of this signer from before can ask for a proof that this log continues that one.
"""


@dataclass
class Proof:
    """What a bundle states, the leaves it rests on, and the files in it."""

    statement: str
    subjects: list[tuple[str, str]]
    bodies: dict[str, bytes] = field(default_factory=dict)
    bound: list[dict[str, str]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)


def prove_version(service: AppContext, version_id: str, on: date) -> Proof:
    """Return the proof that a page held this version. Raises MissingRowError for an unknown id."""
    version = versions.get(service.db, version_id)
    proof = Proof(
        f"{version_id} was read from a page fetched from {_url(service, version)}.",
        [("snapshot", str(version.snapshot_id)), ("version", log_rows.version_subject(service.db, version_id))],
    )
    _add_snapshot(service, proof, version.snapshot_id)
    _add_text(service, proof, version, on)
    return proof


def prove_change(service: AppContext, set_id: int, on: date) -> Proof:
    """Return the proof of both versions of a change set, with the redline. Raises MissingRowError."""
    row = changes.get_row(service.db, set_id)
    comparison = changes.get_set(service.db, set_id)
    old, new = (versions.get(service.db, name) for name in (row.old, row.new))
    statement = f"{row.old} became {row.new}; the comparison was stored at {row.at.isoformat()}."
    proof = Proof(statement, [("change set", str(set_id))])
    _bind_state(service, proof, log.COMPARISON, set_id, "comparison.json", comparison_bytes(comparison))
    for version in (old, new):
        part = prove_version(service, version.id, on)
        proof.subjects += [subject for subject in part.subjects if subject not in proof.subjects]
        proof.bodies |= part.bodies
        proof.bound += part.bound
    shape = render.comparison_json(comparison, old.reading, new.reading)
    proof.bodies["change.json"] = json.dumps(shape, ensure_ascii=False, indent=2).encode()
    proof.bodies["change.html"] = render.comparison_html(comparison, old.reading, new.reading).encode()
    return proof


def prove_silence(service: AppContext, watched_id: str, since: date, until: date, on: date) -> Proof:
    """Return the proof that a page of a source or instrument was looked at between two days and said the same.

    Raises UsageError when nothing was seen before, or when the page did change in between: that is no silence.
    """
    return prove_page_silence(service, _page_of(service, watched_id), watched_id, since, until, on)


def quiet_since(service: AppContext, page_id: int) -> date | None:
    """Return from which day on a page said only what it says now; None while that waits for an operator."""
    past = snapshots.of_page(service.db, page_id)
    texts = [snapshots.text_of(service.db, snapshot.id) or snapshot.sha256 for snapshot in past]
    rows = {row.snapshot_id: row.standing for row in versions.of_page(service.db, page_id)}
    same = [
        s for s, _ in takewhile(lambda pair: pair[1] == texts[-1], zip(reversed(past), reversed(texts), strict=True))
    ]
    if not past or any(rows.get(snapshot.id, ReviewState.CONFIRMED) is not ReviewState.CONFIRMED for snapshot in same):
        return None
    first = same[-1].fetched_at.date()
    return first if len(same) == len(past) else first + timedelta(days=1)  # on the day itself it said both


def prove_page_silence(service: AppContext, page_id: int, watched_id: str, since: date, until: date, on: date) -> Proof:
    """Return the proof that one page said the same between two days; raises as *prove_silence*."""
    all_looks = sorted(checks.of_page(service.db, page_id), key=lambda check: check.checked_at)
    within = [check for check in all_looks if since <= check.checked_at.date() <= until]
    until_then = [s for s in snapshots.of_page(service.db, page_id) if s.fetched_at.date() <= until]
    good = [check for check in within if check.outcome is not Outcome.FAILED]
    if not good or not until_then:
        raise UsageError(f"{watched_id}: no look between {since} and {until} brought the page")
    later = [s for s in until_then if s.fetched_at.date() >= since]
    before = [s for s in until_then if s.fetched_at.date() < since]
    texts = {snapshots.text_of(service.db, s.id) or s.sha256 for s in (*before[-1:], *later)}
    if len(texts) > 1:
        raise UsageError(f"{watched_id}: the page did change between {since} and {until}; prove the change instead")
    snapshot = (before or later)[-1]
    first, last = within[0].checked_at.isoformat(), within[-1].checked_at.isoformat()
    statement = (
        f"Between {since} and {until} {snapshot.url} was looked at {len(within)} times"
        f" ({len(within) - len(good)} of them failed), first at {first}, last at {last};"
        f" what it said is in page-{snapshot.id}.bin."
    )
    proof = Proof(statement, [("snapshot", str(snapshot.id)), *(("check", str(check.id)) for check in within)])
    proof.looks = [_look(service, check) for check in within]
    _add_snapshot(service, proof, snapshot.id)
    for row in versions.of_page(service.db, page_id):
        if row.snapshot_id == snapshot.id:
            _add_text(service, proof, versions.get(service.db, row.id), on)
    return proof


def write_proof(service: AppContext, proof: Proof, path: Path) -> None:
    """Write the bundle. Raises UsageError when what it rests on is not logged yet, or no longer fits the log."""
    places = places_of(service)
    checkpoint = log.last_checkpoint(service.db)
    if checkpoint is None:
        raise UsageError("nothing is logged yet; the next round signs the first checkpoint")
    tiles = Tiles(places.tiles, checkpoint.size)
    manifest = {
        "schema": "clausewatch/proof/1",
        "statement": proof.statement,
        "leaves": [_leaf(service, places, tiles, *subject) for subject in proof.subjects],
        "files": proof.bound,
        "looks": proof.looks,
        "sha256": {name: hashlib.sha256(body).hexdigest() for name, body in proof.bodies.items()},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", _README.format(statement=proof.statement))
        file.writestr("verify.py", files("tracker.evidence").joinpath("verify_bundle.py").read_text(encoding="utf-8"))
        file.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
        for name, body in (*_signature(checkpoint.note, places), *_stamps(service), *proof.bodies.items()):
            file.writestr(name, body)


def _signature(note: str, places: LogPlaces) -> Iterator[tuple[str, bytes]]:
    key = own_key(places)
    text, _, line = note.rpartition("\n\n")
    public = Ed25519PublicKey.from_public_bytes(key.public)
    yield "checkpoint", note.encode()
    yield "checkpoint.txt", f"{text}\n".encode()
    yield "checkpoint.sig", base64.b64decode(line.rsplit(" ", 1)[1])[4:]
    yield "key.txt", f"{key.vkey()}\n".encode()
    yield "key.pem", public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _stamps(service: AppContext) -> Iterator[tuple[str, bytes]]:
    """Yield the stamps of the newest checkpoint that has any, with the checkpoint they are of."""
    stamps = log.stamps(service.db)
    newest = [stamp for stamp in stamps if stamp.size == stamps[-1].size]
    if newest:
        note = next(row.note for row in log.checkpoints(service.db) if row.size == newest[0].size)
        yield "stamped-checkpoint", note.encode()
    for number, stamp in enumerate(newest, 1):
        ending = "tsr" if stamp.kind == "rfc3161" else "ots"
        yield f"stamp-{number}.{ending}", base64.b64decode(stamp.token)


def _leaf(service: AppContext, places: LogPlaces, tiles: Tiles, kind: str, subject: str) -> dict[str, Any]:
    leaf = log.find_leaf(service.db, kind, subject)
    entry = _entry(service, places, kind, subject)
    if leaf is None or leaf.number >= tiles.size:
        raise UsageError(f"{kind} {subject} is not logged yet; the next round does it")
    if entry is None or not log_entries.fits(leaf, entry):
        raise UsageError(f"{kind} {subject} is not what was logged; clausewatch verify says more")
    proof = merkle.inclusion_proof(leaf.number, tiles.size, tiles.hash_at)
    return {"index": leaf.number, "entry": entry.decode(), "proof": [step.hex() for step in proof]}


def _entry(service: AppContext, places: LogPlaces, kind: str, subject: str) -> bytes | None:
    """Return the entry about one subject, made again from what is stored now."""
    if kind not in log.STATES:
        return log_entries.entry_of(service.db, kind, subject, places.archive)
    fields = log_states.fields_of(service.db, kind, int(subject.partition(":")[0]))
    return log.entry_bytes(kind, subject, fields)


def _add_snapshot(service: AppContext, proof: Proof, snapshot_id: int) -> None:
    snapshot = snapshots.get(service.db, snapshot_id)
    record = service.archive.root / snapshot.archived_as
    bodies = {
        f"page-{snapshot_id}.bin": ("sha256", service.archive.body(snapshot.archived_as)),
        f"page-{snapshot_id}.warc.gz": ("record_sha256", record.read_bytes()),
    }
    for name, (logged_as, body) in bodies.items():
        proof.bodies[name] = body
        proof.bound.append({"name": name, "kind": "snapshot", "subject": str(snapshot_id), "field": logged_as})


def _add_text(service: AppContext, proof: Proof, version: Version, on: date) -> None:
    name = version.id.replace("@", "-at-")
    number = int(log_rows.version_subject(service.db, version.id))
    _bind_state(service, proof, log.READING, number, f"{name}.reading.jsonl", reading_bytes(version.reading))
    proof.bodies[f"{name}.txt"] = render.reading_text(version.reading, on=on).encode()
    shape = render.reading_json(version.reading, on=on)
    proof.bodies[f"{name}.json"] = json.dumps(shape, ensure_ascii=False, indent=2).encode()


def _bind_state(service: AppContext, proof: Proof, kind: str, number: int, name: str, body: bytes) -> None:
    """Add the words that a leaf binds; nothing where they were stored before the log bound words."""
    leaf = log.latest_state(service.db, kind, number)
    if leaf is not None:
        proof.bodies[name] = body
        proof.subjects.append((kind, leaf.subject))
        proof.bound.append({"name": name, "kind": kind, "subject": leaf.subject, "field": "sha256"})


def _look(service: AppContext, check: Check) -> dict[str, Any]:
    entry = log_entries.entry_of(service.db, "check", str(check.id), service.archive.root)
    fields = json.loads(entry or b"{}")
    return {"subject": str(check.id), "at": fields.get("checked_at"), "outcome": fields.get("outcome")}


def _url(service: AppContext, version: Version) -> str:
    return snapshots.get(service.db, version.snapshot_id).url


def _page_of(service: AppContext, watched_id: str) -> int:
    """Return the page of a source with one page, or of the newest version of an instrument."""
    if instruments.find(service.db, watched_id):
        rows = versions.of_instrument(service.db, watched_id)
        if rows:
            return rows[-1].page_id
    page_ids = {check.page_id for check in checks.latest_of_source(service.db, watched_id)}
    if len(page_ids) == 1:
        return page_ids.pop()
    if page_ids:
        raise UsageError(f"{watched_id} has {len(page_ids)} pages; name the instrument")
    raise MissingRowError(f"there is no instrument or source {watched_id}")
