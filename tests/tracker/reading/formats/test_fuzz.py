"""Whatever arrives is read or refused: no other error, no hang, no flood of memory."""

import resource
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.records import Reading
from tests.tracker.reading.formats.bombs import a_page_of
from tests.tracker.reading.formats.test_akoma_ntoso import ACT
from tests.tracker.reading.formats.test_council_records import RECORD, RTF
from tests.tracker.reading.formats.test_word_documents import CHINESE
from tracker.reading import RefusedError, read
from tracker.reading.formats.rtf import read_rtf
from tracker.reading.structure.draft import ReadingContext

READING = Path(__file__).parents[1]
SEEDS = [
    *(path.read_bytes() for path in sorted(READING.glob("*/fixtures/*")) if path.is_file()),
    ACT,
    CHINESE,
    str(RECORD).replace("'", '"').encode(),
    "第一章　总则\n第一条　为了练习，制定本规定。\n（一）某事；\n1.某事。\n第二条　自2026年3月1日起施行。".encode(),
    b"1. Short title.-(1) These rules may be called the Sample Rules, 2026.\n(a) x;\nProvided that y.\n2. Fees.- z.",
    b"Article 1\nScope\n1. This applies.\n(a) x;\n(i) y;\nArticle 2\nThis shall enter into force on 1 May 2026.",
]
PDF = a_page_of(b"BT /F 11 Tf 72 700 Td (Section 1. Scope. This applies to samples.) Tj ET")
FEW_EXAMPLES = settings(
    max_examples=60,
    deadline=timedelta(seconds=10),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,  # the same files every time: a failure is a finding, not a surprise
)
jurisdictions = st.sampled_from(["", "cn", "eu", "us", "in"])
seeds = st.sampled_from(SEEDS)


@pytest.fixture(scope="module", autouse=True)
def _little_memory():
    before = _peak()
    yield
    assert _peak() - before < 500_000_000


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _read_or_refused(body: bytes, jurisdiction: str) -> None:
    assert isinstance(_outcome(body, jurisdiction), Reading | str)


def _outcome(body: bytes, jurisdiction: str) -> Reading | str:
    try:
        return read(body, ReadingContext(jurisdiction=jurisdiction))
    except RefusedError as error:
        return str(error)


@given(st.binary(max_size=2000), jurisdictions)
@FEW_EXAMPLES
def test_random_bytes_are_read_or_refused(body, jurisdiction):
    _read_or_refused(body, jurisdiction)


@given(st.text(max_size=1000), jurisdictions, st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32"]))
@FEW_EXAMPLES
def test_random_text_is_read_or_refused(text, jurisdiction, charset):
    _read_or_refused(text.encode(charset, "surrogatepass"), jurisdiction)


@given(
    st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<?xml ", b"<html>", b'{"', b"<bill>", b"\xef\xbb\xbf"]),
    st.binary(),
)
@FEW_EXAMPLES
def test_random_bytes_behind_a_familiar_beginning_are_read_or_refused(beginning, body):
    _read_or_refused(beginning + body, "")


@given(seeds, st.floats(0, 1), jurisdictions)
@FEW_EXAMPLES
def test_a_file_cut_anywhere_is_read_or_refused(body, share, jurisdiction):
    _read_or_refused(body[: int(len(body) * share)], jurisdiction)


@given(seeds, seeds, st.floats(0, 1), st.floats(0, 1), jurisdictions)
@FEW_EXAMPLES
def test_two_files_spliced_are_read_or_refused(one, other, share, rest, jurisdiction):
    _read_or_refused(one[: int(len(one) * share)] + other[int(len(other) * rest) :], jurisdiction)


@given(seeds, st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=20), jurisdictions)
@FEW_EXAMPLES
def test_a_file_with_some_bytes_changed_is_read_or_refused(body, changes, jurisdiction):
    raw = bytearray(body)
    for share, byte in changes:
        raw[int(len(raw) * share)] = byte
    _read_or_refused(bytes(raw), jurisdiction)


@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=20), st.floats(0.5, 1))
@settings(FEW_EXAMPLES, max_examples=12)  # each is a process
def test_a_pdf_with_some_bytes_changed_or_lost_is_read_or_refused(changes, share):
    raw = bytearray(PDF)
    for place, byte in changes:
        raw[int(len(raw) * place)] = byte
    _read_or_refused(bytes(raw[: int(len(raw) * share)]), "us")


@given(st.text(st.sampled_from(list("{}\\'ua7par*x 1-")), max_size=300))
@FEW_EXAMPLES
def test_any_rich_text_is_read(text):
    assert all(line.strip() for line in read_rtf("{\\rtf1" + text).lines)
    assert read_rtf(RTF[: len(text)] + text) is not None
