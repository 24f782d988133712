"""A translation service on loopback that works, fails, lies and sleeps: the message goes out whatever it does."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from storage import messages, problems
from tests.tracker.alerts.builders import NOW
from tracker.alerts import compose_due, match_events


class Service(ThreadingHTTPServer):
    """Answers as LibreTranslate does, with the text in square brackets."""

    daemon_threads = True

    def __init__(self):
        self.requests, self.answer, self.status, self.sleep = [], None, 200, 0.0
        self.at_a_time, self.between = 1_000_000, 0.0
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/translate"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(request)
        time.sleep(self.server.sleep)
        answer = (
            self.server.answer
            or json.dumps({"translatedText": f"[{request['target']}: {self._words(request)}]"}).encode()
        )
        self.send_response(self.server.status)
        self.end_headers()
        try:
            for at in range(0, len(answer), self.server.at_a_time):
                self.wfile.write(answer[at : at + self.server.at_a_time])
                time.sleep(self.server.between)
        except OSError:  # whoever asked has hung up
            pass

    def _words(self, request):
        return request["q"].replace(" days", " jours") if request["target"] == "fr" else request["q"]

    def log_message(self, *_):
        pass


@pytest.fixture
def service():
    with Service() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def texts_of_mails(home, service, *languages, **more):
    """Return the text of each message, one for a reader of each language."""
    for language in languages:
        home.wish(home.person(f"{language}@policy.example", language=language))
    home.happen()
    match_events(home.db, NOW)
    settings = replace(home.settings, translate_url=service.url, translate_key="k", **more)
    compose_due(home.db, NOW, settings)
    letters = sorted(messages.recent(home.db), key=lambda message: message.id)
    mails = [message_from_bytes(row.mime, policy=default) for row in letters]
    return [" ".join(row.get_body(("plain",)).get_content().split()) for row in mails]


def test_titles_and_sentences_are_translated_and_say_that_a_machine_did_it(home, service):
    (text,) = texts_of_mails(home, service, "fr")

    assert "[fr: Provisions on Lamp Talk Services] (machine translation)" in text
    assert "[fr: Time limit shortened from 30 jours to 10 jours] (machine translation)" in text
    assert {row["api_key"] for row in service.requests} == {"k"}
    assert all(row["q"] and "@" not in row["q"] for row in service.requests)


def test_what_is_in_the_readers_language_already_is_not_translated(home, service):
    english, chinese = texts_of_mails(home, service, "en", "zh")

    assert "Time limit shortened from 30 days to 10 days" in english
    assert "期限由30日缩短为10日" in chinese
    assert {(request["source"], request["target"]) for request in service.requests} == {
        ("zh", "en")
    }  # the new words of the law


def test_new_words_are_told_in_the_readers_language_and_an_unfaithful_translation_is_not(home, service):
    whole = "The provider of lamp talk services shall report within 10 days."
    service.answer = json.dumps({"translatedText": whole}).encode()
    (faithful,) = texts_of_mails(home, service, "en")
    assert f"Now says: {whole} (machine translation)" in faithful


def test_new_words_whose_number_a_machine_changed_are_not_told(home, service):
    service.answer = json.dumps({"translatedText": "The provider shall report within 12 days."}).encode()
    (text,) = texts_of_mails(home, service, "en")
    assert "Now says" not in text
    assert "12 days" not in text


def test_a_chinese_title_is_translated_for_a_reader_of_english(home, service):
    home.db.execute("UPDATE instruments SET title = title_native")

    (text,) = texts_of_mails(home, service, "en")

    assert "[en: 灯语服务管理规定] (machine translation)" in text


def test_without_a_service_a_chinese_title_has_a_working_title_that_says_it_is_one(home, service):
    home.db.execute("UPDATE instruments SET title = title_native")
    home.wish(home.person("en@policy.example", language="en"))
    home.wish(home.person("zh@policy.example", language="zh"))
    home.happen()
    match_events(home.db, NOW)
    compose_due(home.db, NOW, home.settings)
    mails = [message_from_bytes(row.mime, policy=default) for row in messages.recent(home.db)]
    subjects = sorted(str(mail["Subject"]) for mail in mails)
    english, chinese = subjects if subjects[0].startswith("China") else subjects[::-1]
    text = " ".join(next(m for m in mails if m["Subject"] == english).get_body(("plain",)).get_content().split())
    assert "Provisions on the Administration of" in english
    assert "[working title]" in text
    assert "灯语服务管理规定" in text
    assert "working title" not in chinese


def test_a_text_is_asked_for_once(home, service):
    texts_of_mails(home, service, "fr")
    request_count = len(service.requests)
    home.wish(home.person("other@policy.example", language="fr-CA"))
    home.happen(key="again")
    match_events(home.db, NOW)
    compose_due(home.db, NOW, replace(home.settings, translate_url=service.url))

    assert len(service.requests) == request_count > 0


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 500},
        {"status": 302},
        {"answer": b"<html>not JSON"},
        {"answer": b"[]"},
        {"answer": b'{"translatedText": ""}'},
        {"answer": b'{"translatedText": "' + b"x" * 2_000_000 + b'"}'},
        {"sleep": 1.0},
        {"at_a_time": 1, "between": 0.1},
    ],
    ids=["error", "redirect", "no JSON", "no object", "nothing", "endless", "asleep", "dripping"],
)
def test_whatever_goes_wrong_the_message_goes_out_untranslated_and_the_operator_is_told(home, service, trouble):
    for name, value in trouble.items():
        setattr(service, name, value)

    start = time.monotonic()
    (text, other) = texts_of_mails(home, service, "fr", "de", patience=0.2)

    assert time.monotonic() - start < 5
    assert "Time limit shortened from 30 days to 10 days" in text
    assert "machine" not in text + other
    assert len(service.requests) == 1  # after a failure nothing more is asked for in one pass
    assert [row.cause for row in problems.open_problems(home.db)] == ["no translation"]


def test_no_server_at_all_stops_nothing_and_the_problem_closes_when_it_is_back(home, service):
    home.wish(home.person(language="fr"))
    home.happen()
    match_events(home.db, NOW)
    compose_due(home.db, NOW, replace(home.settings, translate_url="http://127.0.0.1:1/"))
    assert len(messages.recent(home.db)) == 1
    assert len(problems.open_problems(home.db)) == 1

    home.happen(key="again")
    match_events(home.db, NOW)
    compose_due(home.db, NOW, replace(home.settings, translate_url=service.url))
    assert problems.open_problems(home.db) == []


def test_markup_and_line_breaks_in_a_translation_stay_text(home, service):
    service.answer = json.dumps({"translatedText": "<script>x</script>\r\nBcc: a@b.example"}).encode()

    texts_of_mails(home, service, "fr")

    raw = messages.recent(home.db)[0].mime
    html = message_from_bytes(raw, policy=default).get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;script&gt;x&lt;/script&gt; Bcc: a@b.example" in html
    assert message_from_bytes(raw, policy=default)["Bcc"] is None


def test_by_default_nobody_is_asked(home, service):
    home.wish(home.person(language="fr"))
    home.happen()
    match_events(home.db, NOW)
    compose_due(home.db, NOW, home.settings)

    assert service.requests == []
