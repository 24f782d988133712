import pytest

VERSION = "cn_practice@2026-03-02"


def test_what_the_pages_show_is_there_for_programs(client):
    [instrument] = client.get("/api/v1/instruments").json()["items"]
    assert instrument["id"] == "cn_practice"
    assert instrument["versions"] == 2
    profile = client.get("/api/v1/instruments/cn_practice", params={"on": "2026-06-01"}).json()
    assert profile["schema"] == "clausewatch/profile/1"
    assert profile["status"] == "in_force"
    assert [row["id"] for row in client.get("/api/v1/instruments/cn_practice/versions").json()["items"]] == [
        VERSION,
        f"{VERSION}.2",
    ]


def test_a_version_and_a_set_of_changes_have_the_shapes_of_the_command_line(client):
    version = client.get(f"/api/v1/versions/{VERSION}").json()
    assert version["schema"] == "clausewatch/parse/1"
    assert version["provisions"]
    body = client.get("/api/v1/changes/1").json()
    assert body["schema"] == "clausewatch/diff/1"
    assert body["changes"][0]["explanation"] == "Time limit shortened from 30 days to 10 days"
    assert [row["id"] for row in client.get("/api/v1/changes", params={"weight": "high"}).json()["items"]] == [1]
    assert client.get("/api/v1/changes", params={"jurisdiction": "eu"}).json()["items"] == []


def test_search_answers_with_pieces_that_say_what_was_asked(client):
    body = client.get("/api/v1/search", params={"q": "评估"}).json()
    assert body["total"] == 1
    assert {"text": "评估", "asked": True} in body["items"][0]["extract"]


def test_a_provision_has_a_history(client):
    items = client.get("/api/v1/instruments/cn_practice/provisions/art_2").json()["items"]
    assert [row["version"] for row in items] == [VERSION, f"{VERSION}.2"]


def test_sources_say_how_they_are(client):
    [source] = client.get("/api/v1/sources").json()["items"]
    assert source["outcome"] == "same"


def test_lists_are_paged_to_their_end(client):
    path, eids, page = f"/api/v1/versions/{VERSION}/provisions", [], 1
    while page:
        answer = client.get(path, params={"size": 2, "page": page}).json()
        eids += [row["eid"] for row in answer["items"]]
        page = answer["next"]
    assert eids == [row["eid"] for row in client.get(path, params={"size": 200}).json()["items"]]
    assert len(eids) >= 5


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/instruments/none", 404), ("/api/v1/versions/none", 404), ("/api/v1/changes/99", 404),
     ("/api/v1/nothing", 404), ("/api/v1/search", 422), ("/api/v1/changes/x", 422), ("/api/v1/changes?size=9999", 422)],
)  # fmt: skip
def test_a_refusal_is_one_plain_sentence(client, path, status):
    refusal = client.get(path)
    assert refusal.status_code == status
    assert list(refusal.json()) == ["error"]


def test_every_answer_has_an_etag(client):
    first = client.get("/api/v1/instruments")
    assert client.get("/api/v1/instruments", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_a_title_that_is_only_chinese_has_a_working_title_beside_it(client, db, visit):
    assert client.get("/api/v1/instruments").json()["items"][0]["working_title"] == ""
    db.execute("UPDATE instruments SET title = title_native")
    db.commit()
    api = visit()
    assert api.get("/api/v1/instruments/cn_practice").json()["working_title"].endswith(" Services")
    assert "working title" in api.get("/instruments").text
    assert "working title" not in api.get("/instruments?lang=zh").text
    assert "[working title] 练习服务管理规定" in api.get("/feeds/all.atom").text
