import gzip
import hashlib
from datetime import timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator

from storage.archive import Archive, check_whole
from storage.errors import DamagedArchiveError, UnwritableArchiveError
from tests.storage.builders import NOW

URL = "https://regulator.example/lamp.htm?page=1"
BODY = "第一条 灯语".encode("gb18030")


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


def keep_page(archive, **more):
    exchange = {
        "snapshot_url": URL,
        "request_headers": [("User-Agent", "clausewatch (ana@policy.example)")],
        "status": 200,
        "reason": "OK",
        "headers": [("Content-Type", "text/html; charset=gb18030"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")],
        "body": BODY,
        "at": NOW,
    }
    return archive.keep(**exchange | more)


def test_a_page_comes_back_byte_for_byte(archive):
    sha256, name = keep_page(archive)

    assert sha256 == hashlib.sha256(BODY).hexdigest()
    assert name.startswith(f"{sha256[:2]}/{sha256}-20261125T093000000000Z")
    assert archive.body(name) == BODY


def test_headers_come_back_in_their_order_and_number(archive):
    headers = [
        ("Content-Encoding", "gzip"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("Transfer-Encoding", "chunked"),
    ]

    _, name = keep_page(archive, headers=headers)

    assert archive.exchange(name) == (headers, BODY)


@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 70_000, gzip.compress(b"x"), b"WARC/1.1\r\n\r\n\r\n"], ids=len)
def test_any_bytes_are_kept(archive, body):
    _, name = keep_page(archive, body=body, headers=[("Content-Encoding", "gzip")])

    assert archive.body(name) == body


def test_the_file_is_a_warc_other_tools_read_and_verify(archive):
    _, name = keep_page(archive, headers=[("Content-Encoding", "gzip"), ("ETag", '"1"')], body=b"<p>plain</p>")

    with (archive.root / name).open("rb") as stream:
        records = []
        for record in ArchiveIterator(stream, check_digests="raise"):
            records.append((record.rec_type, record.rec_headers, record.http_headers, record.content_stream().read()))

    (answer, headers, http, body), (request_kind, request_headers, request, _) = records
    assert (answer, request_kind) == ("response", "request")
    assert body == b"<p>plain</p>"
    assert http.get_header("ETag") == '"1"'
    assert headers.get_header("WARC-Target-URI") == URL
    assert headers.get_header("WARC-Date") == "2026-11-25T09:30:00.000000Z"
    assert request_headers.get_header("WARC-Concurrent-To") == headers.get_header("WARC-Record-ID")
    assert request.get_header("User-Agent") == "clausewatch (ana@policy.example)"
    assert request.statusline == "/lamp.htm?page=1 HTTP/1.1"


def test_a_header_cannot_begin_another_one(archive):
    _, name = keep_page(archive, reason="OK\r\nX-Evil: 1", headers=[("X-Note", "one\r\nX-Evil: 2\r\n\r\nbody")])

    headers, body = archive.exchange(name)

    assert [header for header, _ in headers] == ["X-Note"]
    assert body == BODY


def test_headers_beyond_ascii_do_no_harm(archive):
    _, name = keep_page(archive, reason="好", headers=[("X-名", "灯"), ("X-Latin", "caf\xe9")])

    headers, body = archive.exchange(name)

    assert len(headers) == 2
    assert body == BODY


def test_two_addresses_with_the_same_page_at_the_same_instant_are_both_kept(archive):
    _, one = keep_page(archive)
    _, two = keep_page(archive, snapshot_url="https://regulator.example/copy.htm")

    assert one != two
    assert archive.body(one) == archive.body(two) == BODY


def test_a_page_that_a_browser_made_is_whole_with_what_came_and_not_without(archive):
    _, name = keep_page(archive, body=b"<p>made</p>", raw_answer=b"<script>make()</script>")

    check_whole(archive.root, name)
    assert archive.body(name) == b"<p>made</p>"

    path = archive.root / name
    with gzip.open(path) as file:
        first, *_ = file.read().partition(b"WARC/1.1\r\nWARC-Type: response")
    path.write_bytes(gzip.compress(first))
    with pytest.raises(DamagedArchiveError):
        check_whole(archive.root, name)


def test_kept_twice_is_kept_once(archive):
    assert keep_page(archive) == keep_page(archive)
    assert keep_page(archive, at=NOW + timedelta(microseconds=1)) != keep_page(archive)

    assert len([path for path in archive.root.rglob("*") if path.is_file()]) == 2


def test_a_write_that_fails_leaves_nothing_behind(archive, monkeypatch):
    def full(_):
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UnwritableArchiveError, match="no space"):
        keep_page(archive)

    assert [path for path in archive.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda good: b"", id="empty"),
        pytest.param(lambda good: good[:150], id="cut off"),
        pytest.param(lambda good: b"<html>", id="no WARC"),
        pytest.param(lambda good: good[:100] + bytes([good[100] ^ 1]) + good[101:], id="one bit flipped"),
    ],
)
def test_a_damaged_file_is_told_from_the_page(archive, spoil):
    _, name = keep_page(archive)
    path = archive.root / name
    path.write_bytes(spoil(path.read_bytes()))

    with pytest.raises(DamagedArchiveError, match=name[:20]):
        archive.body(name)


def test_a_page_is_rescued_from_a_file_that_was_cut_off_behind_it(archive):
    _, name = keep_page(archive)
    path = archive.root / name
    path.write_bytes(path.read_bytes()[:-20])

    assert archive.body(name) == BODY


def test_another_page_under_the_name_is_refused(archive):
    _, one = keep_page(archive)
    _, two = keep_page(archive, body=b"another")
    (archive.root / two).replace(archive.root / one)

    with pytest.raises(DamagedArchiveError, match="not what was kept"):
        archive.body(one)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "aa/none.warc.gz", ""])
def test_a_name_that_is_not_of_the_archive_is_refused(archive, name):
    with pytest.raises(DamagedArchiveError):
        archive.body(name)
