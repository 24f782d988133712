"""The archive: what pages said, byte for byte, as WARC files that any tool of that trade reads."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.errors import DamagedArchiveError, UnwritableArchiveError
from storage.revisit_record import IDENTICAL, RevisitedLook, revisit_records

ArchivedHeaders = Sequence[tuple[str, str]]

# the body is kept as the page, without the coding of its transport; other tools must not undo that coding again
_TRANSPORT = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL = "X-Archive-Orig-"
_REVISITS = "revisits"
_RECORDS = ("conversion", "response", "request")  # the first only where a browser made the page
_STAMP = "%Y%m%dT%H%M%S%fZ"
_TARGET = "WARC-Refers-To-Target-URI"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# warcio meets some broken records with an AttributeError
_UNREADABLE = (OSError, EOFError, ValueError, AttributeError, zlib.error, ArchiveLoadFailed)


class Archive:
    """A folder of WARC files, one for each snapshot; nothing in it is ever edited."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(  # noqa: PLR0913 - all that is known of one exchange
        self,
        snapshot_url: str,
        request_headers: ArchivedHeaders,
        status: int,
        reason: str,
        headers: ArchivedHeaders,
        body: bytes,
        at: datetime,
        method: str = "GET",
        *,
        raw_answer: bytes | None = None,
    ) -> tuple[str, str]:
        """Keep one exchange for ever and return the hash of *body* and the name it is archived as.

        *body* is the page itself, after the coding of its transport was undone. When a browser made it out of what was
        *raw_answer*, both are kept: the answer as it came, and the page as a ``conversion`` of it (WARC 1.1, 6.9). Kept
        twice is kept once.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        stamp = at.astimezone(UTC).strftime(_STAMP)
        place = hashlib.sha256(snapshot_url.encode("utf-8", "replace")).hexdigest()[:8]  # one body, two addresses
        name = f"{sha256[:2]}/{sha256}-{stamp}-{place}.warc.gz"
        request = _request(snapshot_url, request_headers, method)
        response = StatusAndHeaders(
            f"{status} {_ascii(reason)}".rstrip(), _archived_headers(headers), protocol="HTTP/1.1"
        )
        try:
            answer, page = (body, None) if raw_answer is None else (raw_answer, body)
            _write_whole(self.root / name, _warc(snapshot_url, request, response, answer, at, page))
        except OSError as error:
            raise UnwritableArchiveError(f"{self.root}: a page could not be kept ({error})") from error
        return sha256, name

    def revisit(
        self,
        url: str,
        request_headers: ArchivedHeaders,
        status: int,
        reason: str,
        headers: ArchivedHeaders,
        archived_as: str,
        at: datetime,
        method: str = "GET",
    ) -> None:
        """Keep on record that *url* was asked for again and still had the page archived as *archived_as*.

        One file a day, only ever appended to: its records say when, and which record holds the page.
        """
        sha256, stamp = Path(archived_as).name.split("-", 2)[:2]
        first = datetime.fromisoformat(f"{stamp[:15]}.{stamp[15:]}")  # strptime takes ten times as long
        request = _head(_request_line(url, method), _clean(request_headers))
        response = _head(f"HTTP/1.1 {status} {_ascii(reason)}".rstrip(), _archived_headers(headers))
        profile = _NOT_MODIFIED if status == 304 else IDENTICAL
        look = RevisitedLook(url, profile, f"sha256:{sha256}", _instant(first), _instant(at))
        records = revisit_records(look, request, response)
        path = self.root / _REVISITS / f"{at.astimezone(UTC):%Y%m%d}.warc.gz"
        try:
            _append(path, records)
        except OSError as error:
            raise UnwritableArchiveError(f"{self.root}: a look could not be kept ({error})") from error

    def body(self, archived_as: str) -> bytes:
        """Return the page as it was kept."""
        return self.exchange(archived_as)[1]

    def exchange(self, archived_as: str) -> tuple[list[tuple[str, str]], bytes]:
        """Return the headers of the answer and the page as they were kept."""
        path = (self.root / archived_as).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise DamagedArchiveError(f"{archived_as}: not a name of this archive")
        try:
            headers, body = _answer(path)
        except _UNREADABLE as error:
            raise DamagedArchiveError(f"{archived_as}: cannot be read from the archive ({error})") from error
        if hashlib.sha256(body).hexdigest() != path.name.partition("-")[0]:
            raise DamagedArchiveError(f"{archived_as}: the page is not what was kept")
        return headers, body


def check_whole(root: Path, archived_as: str) -> None:
    """Read an exchange to its last byte, the request too; raises DamagedArchiveError when something is missing."""
    try:
        _read_through(root / archived_as)
        with (root / archived_as).open("rb") as stream:
            kinds = [record.rec_type for record in ArchiveIterator(stream)]
    except _UNREADABLE as error:
        raise DamagedArchiveError(f"{archived_as}: cannot be read from the archive ({error})") from error
    if tuple(kinds) not in {_RECORDS, _RECORDS[1:]}:
        raise DamagedArchiveError(f"{archived_as}: holds {' and '.join(kinds)}, not an answer and its request")


def _read_through(path: Path) -> None:
    """Unpack a file to its end: each of its parts has a checksum, which warcio does not ask for."""
    with gzip.open(path) as file:
        while file.read(1 << 20):
            pass


def names(root: Path) -> Iterator[str]:
    """Yield the name of every exchange that is kept, those a crash left half-written apart."""
    for path in sorted(root.glob("??/*.warc.gz")):
        if not path.name.startswith("."):
            yield path.relative_to(root).as_posix()


def looks_files(root: Path) -> list[Path]:
    """Return the files, one a day, of looks that brought nothing new."""
    return sorted((root / _REVISITS).glob("*.warc.gz"))


def unresolved_revisits(root: Path) -> Iterator[str]:
    """Yield what is wrong with the records of looks that brought nothing new: broken, or their page is not kept."""
    known_names = {tuple(Path(name).name.split("-")[:2]) for name in names(root)}
    for path in looks_files(root):
        name = path.relative_to(root).as_posix()
        try:
            _read_through(path)
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream):
                    if record.rec_type == "revisit" and _reference_of(record.rec_headers) not in known_names:
                        yield f"{name}: refers to a page that is not kept: {record.rec_headers.get_header(_TARGET)}"
        except _UNREADABLE as error:
            yield f"{name}: cannot be read from the archive ({error})"


def _reference_of(headers: StatusAndHeaders) -> tuple[str, str]:
    """Return the hash and the time of the exchange that a revisit refers to, as its name has them."""
    first = datetime.fromisoformat(headers.get_header("WARC-Refers-To-Date"))
    digest = headers.get_header("WARC-Payload-Digest").removeprefix("sha256:")
    return digest, first.strftime(_STAMP)


def _answer(path: Path) -> tuple[list[tuple[str, str]], bytes]:
    page = None  # by a browser; it stands before the answer that it was made of
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "conversion":
                page = record.raw_stream.read()
            if record.rec_type == "response":
                headers = [(name.removeprefix(_ORIGINAL), value) for name, value in record.http_headers.headers]
                return headers, record.raw_stream.read() if page is None else page
    raise ValueError("no answer in it")


def _warc(
    url: str,
    request: StatusAndHeaders,
    response: StatusAndHeaders,
    body: bytes,
    at: datetime,
    page: bytes | None,
) -> bytes:
    """Return the two records of one exchange, the answer first; before them what a browser *page* of the answer."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    date = {"WARC-Date": _instant(at)}
    answer = writer.create_warc_record(
        url, "response", BytesIO(body), len(body), http_headers=response, warc_headers_dict=dict(date)
    )
    answer_id = answer.rec_headers.get_header("WARC-Record-ID")
    request_headers = {**date, "WARC-Concurrent-To": answer_id}
    if page is not None:
        page_headers = {**date, "WARC-Refers-To": answer_id}
        writer.write_record(
            writer.create_warc_record(
                url,
                "conversion",
                BytesIO(page),
                len(page),
                warc_content_type="text/html; charset=utf-8",
                warc_headers_dict=page_headers,
            )
        )
    writer.write_record(answer)
    writer.write_record(
        writer.create_warc_record(url, "request", http_headers=request, warc_headers_dict=request_headers)
    )
    return out.getvalue()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _request(url: str, headers: ArchivedHeaders, method: str) -> StatusAndHeaders:
    return StatusAndHeaders(_request_line(url, method), _clean(headers), is_http_request=True)


def _request_line(url: str, method: str) -> str:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"{_ascii(method)} {_ascii(target)} HTTP/1.1"


def _head(first_line: str, headers: ArchivedHeaders) -> bytes:
    """Return the head of a message: its first line, its headers and the empty line."""
    lines = [first_line, *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("ascii", "backslashreplace")


def _archived_headers(headers: ArchivedHeaders) -> list[tuple[str, str]]:
    return [(_ORIGINAL + name if name.lower() in _TRANSPORT else name, value) for name, value in _clean(headers)]


def _clean(headers: ArchivedHeaders) -> list[tuple[str, str]]:
    return [(_ascii(name), _line(value)) for name, value in headers]


def _line(text: str) -> str:
    """Return *text* as one line: a header of a hostile server must not begin another."""
    return " ".join(text.split())


def _ascii(text: str) -> str:
    return _line(text).encode("ascii", "backslashreplace").decode()


def _append(path: Path, records: bytes) -> None:
    """Append in one piece, for another process may append, too; what a full disk took only half of is taken back."""
    try:
        file = path.open("ab", buffering=0)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab", buffering=0)
    with file:
        start = file.seek(0, os.SEEK_END)
        count = file.write(records)
        if count != len(records):
            if os.fstat(file.fileno()).st_size == start + count:
                os.ftruncate(file.fileno(), start)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that, whenever the machine stops, it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):  # the name must outlast the machine too
        _fsync_folder(folder)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
