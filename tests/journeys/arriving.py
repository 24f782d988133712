"""A page that arrives in two halves, as over a slow line; everything else comes from the real server."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx


@contextmanager
def serve_in_two_parts(address, path, first, rest):
    """Serve *path* as *first*, and *rest* when the event that is yielded with the address is set."""
    go_on = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            slow = self.path == path
            answer = None if slow else httpx.get(address + self.path)
            self.send_response(200 if slow else answer.status_code)
            self.send_header("Content-Type", "text/html; charset=utf-8" if slow else answer.headers["content-type"])
            self.end_headers()
            self.wfile.write(first if slow else answer.content)
            if slow:
                self.wfile.flush()
                go_on.wait(30)
                self.wfile.write(rest)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", go_on
    go_on.set()
    server.shutdown()
    server.server_close()
    thread.join()
