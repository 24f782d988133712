"""What a visitor of our pages does with a browser: send forms, sign in, open the links of mails."""

import gc
import re
import time
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

from lxml import html

from storage import messages
from tracker.web.middleware.response_cache import ResponseCache

ANA = "ana@policy.example"
PASSWORD = "correct horse battery staple"


def send(client, path, action=None, **fields):
    """Open a page and send its form, as a browser does."""
    page = html.fromstring(client.get(path).text)
    forms = [form for form in page.forms if form.get("method") == "post"]
    form = next(candidate for candidate in forms if action is None or candidate.get("action").startswith(action))
    values = {name: value for name, value in form.form_values() if name not in fields}
    return client.post(form.get("action"), data={**values, **fields})


def sign_in(client, password=PASSWORD, to="/operators"):
    return send(client, f"/operators/sign-in?to={to}", action="/operators/sign-in", password=password)


def token_of_mail(db, path):
    """Return the token of the newest mail that leads to *path*; some are made after the answer was given."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        for message in messages.recent(db):
            text = message_from_bytes(message.mime, policy=policy.default).get_body(("plain",)).get_content()
            if match := re.search(rf"http\S+/{path}\?token=\S+", text):
                return parse_qs(urlsplit(match[0]).query)["token"][0]
        time.sleep(0.05)
    raise AssertionError(f"no mail leads to {path}")


def cache_of(client, tmp_path):
    """Return the cache of the application that answers *client*."""
    client.get("/")  # the stack is made with the first question
    return next(
        item for item in gc.get_objects() if isinstance(item, ResponseCache) and item._database.parent == tmp_path
    )
