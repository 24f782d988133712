"""Checkpoints stamped by others: a real authority made with openssl, a calendar on loopback, and openssl's word."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import zipfile
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from storage import log, problems
from storage.records import Stage, Subject
from tests.tracker.alerts.builders import NOW
from tracker.config import Settings
from tracker.context import open_context
from tracker.evidence.prove import Proof, write_proof
from tracker.evidence.stamps import pending_stamps, stamp_newest, stamp_sources, unstamped_leaves, upgrade_stamps
from tracker.evidence.transparency_log import places_of, record_log
from tracker.evidence.verify_log import verify_log
from tracker.pipeline.steps.record_log import stamp_checkpoint

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
HOUR = timedelta(hours=1)
CONFIG = """
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
certs = {folder}/tsa.pem
"""


def openssl(*words, folder, **more):
    return subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=False, **more)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A time-stamping authority of our own: its certificate may do nothing else."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "serial").write_text("01\n", encoding="ascii")
    (folder / "tsa.conf").write_text(CONFIG.format(folder=folder), encoding="ascii")
    output = openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem", "-days", "30",
        "-subj", "/CN=Practice authority", "-addext", "extendedKeyUsage=critical,timeStamping", folder=folder,
    )  # fmt: skip
    assert output.returncode == 0, output.stderr
    return folder


def certify(folder, query):
    (folder / "query.tsq").write_bytes(query)
    words = ("ts", "-reply", "-config", "tsa.conf", "-queryfile", "query.tsq", "-out", "reply.tsr")
    output = openssl(*words, folder=folder)
    assert output.returncode == 0, output.stderr
    return (folder / "reply.tsr").read_bytes()


def commit(digest):
    """Answer as a calendar does: a promise to stamp the digest later."""
    from opentimestamps.core.notary import PendingAttestation  # noqa: PLC0415 - an extra
    from opentimestamps.core.serialize import BytesSerializationContext  # noqa: PLC0415 - an extra
    from opentimestamps.core.timestamp import Timestamp  # noqa: PLC0415 - an extra

    stamp, out = Timestamp(digest), BytesSerializationContext()
    stamp.attestations.add(PendingAttestation("https://calendar.example"))
    stamp.serialize(out)
    return out.getbytes()


@contextmanager
def answer_posts(answer):
    """Serve *answer* over the bodies of posts; yield the address and what was asked."""
    bodies = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bodies.append((self.path, body))
            reply = answer(body)
            self.send_response(200 if reply else 503)
            self.send_header("Content-Length", str(len(reply or b"")))
            self.end_headers()
            self.wfile.write(reply or b"")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", bodies
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def logged_home(tmp_path):
    service = open_context(Settings(home=tmp_path), {}, (), lambda: NOW, to_watch=False)
    record_log(service.db, places_of(service), NOW)
    yield service
    service.db.close()


def more(service):
    """Let something else happen, and log it."""
    problems.open_or_touch(service.db, Subject.of_step("x"), Stage.READ, "x", str(log.size(service.db)), NOW)
    record_log(service.db, places_of(service), NOW)


def test_a_checkpoint_is_stamped_once_and_openssl_verifies_the_stamp_in_the_bundle(logged_home, authority, tmp_path):
    with answer_posts(lambda query: certify(authority, query)) as (url, bodies):
        sources = stamp_sources(url, "")
        assert list(stamp_newest(logged_home.db, sources, NOW)) == []
        assert list(stamp_newest(logged_home.db, sources, NOW + HOUR)) == []
    assert len(bodies) == 1
    assert unstamped_leaves(logged_home.db) == (1, 0)
    write_proof(logged_home, Proof("nothing", []), tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as bundle:
        bundle.extractall(authority)

    words = ("ts", "-verify", "-data", "stamped-checkpoint", "-in", "stamp-1.tsr", "-CAfile", "tsa.pem")
    assert b"Verification: OK" in (output := openssl(*words, folder=authority)).stdout + output.stderr
    (authority / "stamped-checkpoint").write_bytes(b"forged")
    assert openssl(*words, folder=authority).returncode != 0


def test_a_calendar_commits_to_the_checkpoint(logged_home):
    from opentimestamps.core.serialize import BytesDeserializationContext  # noqa: PLC0415 - an extra
    from opentimestamps.core.timestamp import DetachedTimestampFile  # noqa: PLC0415 - an extra

    with answer_posts(commit) as (url, bodies):
        assert list(stamp_newest(logged_home.db, stamp_sources("", url), NOW)) == []

    (stamp,) = log.stamps(logged_home.db)
    stamp_file = DetachedTimestampFile.deserialize(BytesDeserializationContext(base64.b64decode(stamp.token)))
    digest = hashlib.sha256(log.last_checkpoint(logged_home.db).note.encode()).digest()
    assert bodies == [("/digest", digest)]
    assert stamp_file.file_digest == digest
    assert list(verify_log(logged_home.db, places_of(logged_home))) == []


def block_answer(digest):
    """Answer as a calendar does whose promise stands in a block."""
    from opentimestamps.core.notary import BitcoinBlockHeaderAttestation  # noqa: PLC0415 - an extra
    from opentimestamps.core.serialize import BytesSerializationContext  # noqa: PLC0415 - an extra
    from opentimestamps.core.timestamp import Timestamp  # noqa: PLC0415 - an extra

    stamp, out = Timestamp(digest), BytesSerializationContext()
    stamp.attestations.add(BitcoinBlockHeaderAttestation(358391))
    stamp.serialize(out)
    return out.getbytes()


@contextmanager
def calendar_of(answer_block):
    """Serve a calendar that promises at once, and answers later by *answer_block*; yield its address and its GETs."""
    paths = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.reply(200, commit(self.rfile.read(int(self.headers["Content-Length"]))))

        def do_GET(self):
            paths.append(self.path)
            body = answer_block(bytes.fromhex(self.path.rpartition("/")[2]))
            self.reply(200 if body is not None else 404, body or b"")

        def reply(self, status, body):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_promise_of_a_calendar_is_asked_after_hourly_until_it_stands_in_a_block(logged_home):
    answers = [None]
    with calendar_of(lambda digest: answers.pop() if answers else block_answer(digest)) as (url, paths):
        sources = stamp_sources("", url)
        assert list(stamp_newest(logged_home.db, sources, NOW)) == []
        assert pending_stamps(logged_home.db) == 1
        for minutes in (10, 61, 70, 122, 300):
            assert list(upgrade_stamps(logged_home.db, sources, NOW + timedelta(minutes=minutes))) == []

    digest = hashlib.sha256(log.last_checkpoint(logged_home.db).note.encode()).digest()
    assert paths == [f"/timestamp/{digest.hex()}"] * 2
    assert pending_stamps(logged_home.db) == 0
    assert list(verify_log(logged_home.db, places_of(logged_home))) == []


@pytest.mark.parametrize("answer", [b"", b"hello", b"\xff" * 40], ids=["nothing", "words", "noise"])
def test_a_calendar_that_answers_nonsense_leaves_its_promise_as_it_is(logged_home, answer):
    with calendar_of(lambda _: answer) as (url, _):
        sources = stamp_sources("", url)
        list(stamp_newest(logged_home.db, sources, NOW))
        failures = list(upgrade_stamps(logged_home.db, sources, NOW + 2 * HOUR))

    assert len(failures) == 1
    assert pending_stamps(logged_home.db) == 1
    assert list(verify_log(logged_home.db, places_of(logged_home))) == []


def test_a_calendar_that_is_not_configured_any_more_is_not_asked(logged_home):
    with calendar_of(block_answer) as (url, paths):
        list(stamp_newest(logged_home.db, stamp_sources("", url), NOW))
        assert list(upgrade_stamps(logged_home.db, stamp_sources("", "http://127.0.0.1:9"), NOW + 2 * HOUR)) == []

    assert paths == []


def test_who_cannot_be_reached_is_asked_again_and_the_span_is_named_meanwhile(logged_home, authority):
    more(logged_home)
    moods = [None, None]
    with answer_posts(lambda query: moods.pop() if moods else certify(authority, query)) as (url, _):
        sources = stamp_sources(url, "")
        for _ in range(2):
            (failure,) = stamp_newest(logged_home.db, sources, NOW)
            assert failure.startswith(url)
            assert unstamped_leaves(logged_home.db) == (0, log.size(logged_home.db))
        assert list(stamp_newest(logged_home.db, sources, NOW)) == []
    assert unstamped_leaves(logged_home.db)[1] == 0


def test_a_checkpoint_is_stamped_at_most_hourly(logged_home, authority):
    with answer_posts(lambda query: certify(authority, query)) as (url, bodies):
        sources = stamp_sources(url, "")
        for minutes in (0, 20, 40, 70):
            assert list(stamp_newest(logged_home.db, sources, NOW + timedelta(minutes=minutes))) == []
            more(logged_home)
    assert len(bodies) == 2


@pytest.mark.parametrize("answer", [b"", b"hello", b"\x30\x03\x02\x01\x00"], ids=["nothing", "words", "a bad reply"])
def test_what_is_no_stamp_is_not_kept(logged_home, answer):
    with answer_posts(lambda _: answer) as (url, _):
        assert len(list(stamp_newest(logged_home.db, stamp_sources(url, url), NOW))) == 2
    assert log.stamps(logged_home.db) == []


def test_a_stamp_of_other_words_is_refused_and_found(logged_home, authority):
    with answer_posts(lambda query: certify(authority, query)) as (url, _):
        assert list(stamp_newest(logged_home.db, stamp_sources(url, ""), NOW)) == []
    more(logged_home)
    size = log.size(logged_home.db)
    first = "SELECT tokens FROM log_checkpoints WHERE size = 1"
    tokens = f"replace(({first}), '\"size\": 1,', '\"size\": {size},')"
    logged_home.db.execute(f"UPDATE log_checkpoints SET tokens = {tokens} WHERE size = {size}")

    assert [line for line in verify_log(logged_home.db, places_of(logged_home)) if "is not of this checkpoint" in line]


def test_the_step_tells_operators_and_ends_by_itself(tmp_path, authority):
    moods = [None]
    with answer_posts(lambda query: moods.pop() if moods else certify(authority, query)) as (url, _):
        service = open_context(Settings(home=tmp_path, stamp_urls=url), {}, (), lambda: NOW, to_watch=False)
        record_log(service.db, places_of(service), NOW)
        stamp_checkpoint(service)
        assert [problem.cause for problem in problems.open_problems(service.db)] == ["no stamp"]
        stamp_checkpoint(service)
        assert problems.open_problems(service.db) == []
        service.db.close()


def test_nothing_is_asked_where_nothing_is_configured():
    assert stamp_sources("", " , ") == []
