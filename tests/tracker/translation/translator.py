"""A real translation server of ours on loopback that speaks each protocol, and falls into the traps it is told to."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class TranslationServer(ThreadingHTTPServer):
    """Answers from a table of texts, by LibreTranslate's, OpenAI's or DeepL's protocol, whichever it is asked in."""

    daemon_threads = True

    def __init__(self, table):
        self.table, self.requests, self.status, self.raw = table, [], 200, None
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, self.headers.get("Authorization", ""), request))
        body = self.server.raw if self.server.raw is not None else json.dumps(self._answer(request)).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, request):
        if self.path.endswith("/chat/completions"):
            text = request["messages"][-1]["content"].removeprefix("<law>").removesuffix("</law>")
            return {"choices": [{"message": {"role": "assistant", "content": self._say(text)}}]}
        if self.path.endswith("/v2/translate"):
            return {"translations": [{"text": self._say(text)} for text in request["text"]]}
        return {"translatedText": self._say(request["q"])}

    def _say(self, text):
        return self.server.table.get(text, f"[{text}]")

    def log_message(self, *_):
        pass


@contextmanager
def serve_translations(table):
    with TranslationServer(table) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()
