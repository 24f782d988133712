"""Words are planted in one provision of a page, in whatever charset it is, and nothing else is touched."""

import pytest

from storage.records import Provision, ProvisionKind
from tracker.operations.canaries.plant_words import plant_words

ARTICLE = "A keeper of lighthouses shall keep every light lit."
ARTIKEL = "提供者应当在三十日内完成登记并向社会公布登记结果。"


def a_provision(text=ARTICLE, eid="art_1"):
    return Provision(eid=eid, kind=ProvisionKind.ARTICLE, number="1", label="Article 1", text=text)


def plant(body, text=ARTICLE, media_type="text/html"):
    return plant_words(body, media_type, iter([a_provision(text)]), "canary1234")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", [ARTICLE, ARTIKEL])
def test_the_words_stand_in_the_provision(codec, text):
    body = f"<h1>Act</h1><p>Article 1. {text}</p><footer>2026</footer>".encode(codec)

    page = plant(body, text)

    assert page.eid == "art_1"
    assert "canary1234" in page.body.decode(codec)
    assert page.body.replace(b" canary1234", b"") == body


def test_what_stands_twice_in_the_page_is_left_alone():
    assert plant(f"<nav>{ARTICLE}</nav><p>{ARTICLE}</p>".encode()) is None


def test_a_provision_that_stands_once_is_looked_for():
    other = a_provision("Whoever finds a lamp shall report it.", "art_2")
    body = f"<p>{ARTICLE}</p><p>{ARTICLE}</p><p>{other.text}</p>".encode()

    assert plant_words(body, "text/html", iter([a_provision(), other]), "canary1").eid == "art_2"


@pytest.mark.parametrize("media_type", ["application/pdf", "application/zip", "image/png"])
def test_nothing_is_planted_in_what_is_no_text(media_type):
    assert plant(ARTICLE.encode(), media_type=media_type) is None


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", ARTICLE.replace("lighthouses", "<b>lighthouses</b>").encode()[:20]]
)
def test_a_page_without_the_words_is_not_planted(body):
    assert plant(body) is None


def test_markup_is_never_cut():
    body = b"<p title='A keeper'>A keeper of &amp; <i>lighthouses</i> shall keep every light lit.</p>"

    page = plant(body, "A keeper of & lighthouses shall keep every light lit.")

    assert page.body.count(b"<") == body.count(b"<")
    assert page.body.replace(b" canary1234", b"") == body
