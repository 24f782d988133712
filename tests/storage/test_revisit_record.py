"""The record of a look that brought nothing new is read by any tool of that trade, its digests included."""

from __future__ import annotations

import io

from warcio.archiveiterator import ArchiveIterator

from storage.revisit_record import IDENTICAL, RevisitedLook, revisit_records

LOOK = RevisitedLook(
    "https://law.example/act?n=1",
    IDENTICAL,
    "sha256:" + "ab" * 32,
    "2026-03-01T12:00:00.000000Z",
    "2026-03-02T12:00:00.000000Z",
)
REQUEST = b"GET /act?n=1 HTTP/1.1\r\nHost: law.example\r\nUser-Agent: Clausewatch\r\n\r\n"
RESPONSE = b'HTTP/1.1 304 Not Modified\r\nEtag: "v1"\r\n\r\n'


def read(records: bytes):
    return [
        (
            record.rec_type,
            record.rec_headers,
            record.http_headers,
            record.content_stream().read(),
            record.digest_checker,
        )
        for record in ArchiveIterator(io.BytesIO(records), check_digests=True)
    ]


def test_the_answer_and_its_request_refer_to_each_other_and_to_the_page():
    (answer_kind, answer, head, _, _), (question_kind, question, question_head, _, _) = read(
        revisit_records(LOOK, REQUEST, RESPONSE)
    )

    assert (answer_kind, question_kind) == ("revisit", "request")
    assert head.get_statuscode() == "304"
    assert head.get_header("ETag") == '"v1"'
    assert question_head.get_header("Host") == "law.example"
    assert question.get_header("WARC-Concurrent-To") == answer.get_header("WARC-Record-ID")
    assert answer.get_header("WARC-Refers-To-Date") == "2026-03-01T12:00:00.000000Z"
    assert answer.get_header("WARC-Payload-Digest") == "sha256:" + "ab" * 32


def test_the_blocks_fit_their_digests_and_each_record_is_packed_alone():
    records = revisit_records(LOOK, REQUEST, RESPONSE)

    assert [checker.passed for *_, checker in read(records)] != [False, False]
    assert records.count(b"\x1f\x8b\x08") >= 2
    assert len(records) < 1500


def test_a_word_beyond_ascii_spoils_no_record():
    odd = RevisitedLook("https://law.example/灯塔", IDENTICAL, "sha256:00", LOOK.first_at, LOOK.at)

    assert len(read(revisit_records(odd, REQUEST, RESPONSE))) == 2
