"""Events, dates, topics, obligations, cursors, CSV, and parameters that are none."""

import csv
import io

import pytest


def items(client, path, **params):
    answer = client.get(f"/api/v1{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_events_are_walked_by_a_cursor_each_once(client):
    all_ids = [event["id"] for event in items(client, "/events", size=200)]
    ids, cursor = [], ""
    while cursor is not None:
        page = client.get("/api/v1/events", params={"size": 1, "cursor": cursor}).json()
        ids += [event["id"] for event in page["items"]]
        cursor = page["next_cursor"]

    assert ids == all_ids
    assert len(all_ids) >= 1


def test_an_event_names_what_it_is_about(client):
    event = items(client, "/events", kind="new_version")[0]

    assert (event["instrument"], event["change_set"]) == ("cn_practice", 1)
    assert client.get(f"/api/v1/versions/{event['version']}").status_code == 200


@pytest.mark.parametrize("cursor", ["after-999999", "12", "after-x", "after--1", "after-٣"])
def test_a_cursor_of_no_list_is_refused(client, cursor):
    answer = client.get("/api/v1/events", params={"cursor": cursor})

    assert (answer.status_code, "cursor" in answer.json()["error"]) == (422, True)


def test_sets_of_changes_go_on_by_cursor_too(client):
    shape = client.get("/api/v1/changes", params={"size": 1}).json()

    assert (len(shape["items"]), shape["next_cursor"]) == (1, None)


def test_dates_topics_and_obligations_are_there(client):
    dates = items(client, "/dates", since="2000-01-01")
    topics = {topic["id"] for topic in items(client, "/topics")}
    duties = client.get("/api/v1/instruments/cn_practice/obligations").json()

    assert {date["instrument"] for date in dates} <= {"cn_practice"}
    assert {"ai-regulation", "model-safety", "explainable-ai"} <= topics
    assert (duties["schema"], duties["instrument"]) == ("clausewatch/obligations/1", "cn_practice")
    assert all(duty["words"] for duty in duties["obligations"])
    assert client.get("/api/v1/instruments/nope/obligations").status_code == 404


@pytest.mark.parametrize(
    ("path", "wrong", "nearest"),
    [
        ("/events", "jurisdicton", "jurisdiction"),
        ("/instruments", "topics", "topic"),
        ("/changes", "weights", "weight"),
        ("/search?q=x", "langauge", "language"),
        ("/versions/cn_practice@2026-03-02", "onn", "on"),
    ],
)
def test_a_parameter_that_is_none_is_refused_with_the_nearest(client, path, wrong, nearest):
    answer = client.get(f"/api/v1{path}{'&' if '?' in path else '?'}{wrong}=x")

    assert (answer.status_code, answer.json()["error"]) == (
        422, f"There is no parameter {wrong!r}; the nearest is {nearest!r}.")  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/instruments", "/instruments/cn_practice/versions", "/versions/cn_practice@2026-03-02/provisions", "/changes",
     "/changes/1", "/search?q=评估", "/sources", "/events", "/dates?since=2000-01-01", "/topics",
     "/instruments/cn_practice/obligations", "/instruments/cn_practice/dates"],
)  # fmt: skip
def test_every_list_is_a_table_too(client, path):
    answer = client.get(f"/api/v1{path}{'&' if '?' in path else '?'}format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "+"))]
    assert answer.text.startswith(",".join(rows[0])) if rows else not answer.text.strip()


def test_the_table_of_a_set_of_changes_has_both_texts(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/changes/1?format=csv").text)))

    assert [row["kind"] for row in rows if row["old_text"] and row["old_text"] != row["new_text"]]


def test_the_description_has_examples(client):
    description = client.get("/openapi.json").json()
    parameters = {p["name"]: p for p in description["paths"]["/api/v1/events"]["get"]["parameters"]}

    assert parameters["jurisdiction"]["schema"]["examples"] == ["cn", "eu", "us", "in"]
    assert description["components"]["schemas"]["EventSchema"]["examples"][0]["kind"] == "new_version"
