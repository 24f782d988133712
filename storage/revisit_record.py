"""Revisit records (WARC 1.1): a look that brought nothing new, as the two records any tool of that trade reads.

Written by hand and not by a library: most looks bring nothing new, and this is what they cost.
"""

from __future__ import annotations

import zlib
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha1
from uuid import uuid4

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_SMALL_WINDOW, _SMALL_TABLES = 16 + zlib.MAX_WBITS - 3, 5  # gzip, with tables that fit a record of a few hundred bytes


@dataclass(frozen=True, slots=True)
class RevisitedLook:
    """One look at a page whose bytes are in another record: where it is, since when, and how that is known."""

    url: str
    profile: str
    payload_digest: str
    first_at: str
    at: str


def revisit_records(look: RevisitedLook, request: bytes, response: bytes) -> bytes:
    """Return the records of one look, the answer's head first, each packed as a member of its own."""
    answer_id = f"<urn:uuid:{uuid4()}>"
    again = [
        ("WARC-Date", look.at),
        ("WARC-Type", "revisit"),
        ("WARC-Record-ID", answer_id),
        ("WARC-Target-URI", look.url),
        ("WARC-Profile", look.profile),
        ("WARC-Refers-To-Target-URI", look.url),
        ("WARC-Refers-To-Date", look.first_at),
        ("WARC-Payload-Digest", look.payload_digest),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    question = [
        ("WARC-Date", look.at),
        ("WARC-Concurrent-To", answer_id),
        ("WARC-Type", "request"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
        ("WARC-Target-URI", look.url),
        ("Content-Type", "application/http; msgtype=request"),
    ]
    return _record(again, response) + _record(question, request)


def _record(headers: list[tuple[str, str]], block: bytes) -> bytes:
    digest = b32encode(sha1(block, usedforsecurity=False).digest()).decode("ascii")
    ends = [("WARC-Block-Digest", f"sha1:{digest}"), ("Content-Length", str(len(block)))]
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in (*headers, *ends)) + "\r\n"
    packer = zlib.compressobj(6, zlib.DEFLATED, _SMALL_WINDOW, _SMALL_TABLES)
    return packer.compress(head.encode("utf-8", "backslashreplace") + block + b"\r\n\r\n") + packer.flush()
