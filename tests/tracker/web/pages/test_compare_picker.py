"""Two texts are chosen one after the other, by links."""

import pytest
from lxml import html

OLD, NEW = "cn_practice@2026-03-02", "cn_practice@2026-03-02.2"


def links(client, path):
    return [
        a.get("href") for a in html.fromstring(client.get(path).text).xpath("//main//a[contains(@href, '/compare?')]")
    ]


def test_a_law_is_found_by_its_words_and_is_the_old_text(client):
    assert links(client, "/compare?q=练习服务")[0] == f"/compare?old={NEW.replace('@', '%40')}"
    assert "No law" in client.get("/compare?q=nothing").text


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        (f"/compare?old={NEW}", f"old={NEW}&new={OLD}"),
        ("/compare?old=cn_practice", f"old={NEW}&new={OLD}"),
        (f"/compare?new={NEW}", f"old={OLD}&new={NEW}"),
    ],
)
def test_what_was_chosen_stays_and_the_other_is_a_link_away(client, path, leads):
    answer = links(client, path)
    assert f"/compare?{leads.replace('@', '%40')}" in answer
    assert client.get(next(link for link in answer if "&new=" in link)).text.count("<del>")


def test_a_text_is_not_compared_with_itself(client):
    for path in (f"/compare?old={NEW}&new={NEW}", f"/compare?old={NEW}&new=cn_practice"):
        answer = client.get(path)
        assert "are the same" in answer.text
        assert "unchanged" not in answer.text


def test_what_nobody_knows_is_asked_for_anew(client):
    answer = client.get("/compare?old=cn_unknown")
    assert answer.status_code == 200
    assert "Find the first one" in answer.text
