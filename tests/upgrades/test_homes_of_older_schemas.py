"""A home of every older schema, filled by SQL, is brought up to date and says the same afterwards."""

import json

import pytest
from sqlite_utils import Database

from storage import changes, snapshots, versions
from storage.database.connection import find_damage
from storage.records import Authority, ChangeKind, Op, OpKind, ProvisionKind, Tag, TagName
from storage.schema.migrations import STEPS, migrations
from storage.schema.open import open_database
from storage.search import index

AT = "2026-11-25T09:30:00.000000+00:00"
SHA = "ab" * 32


LAST_THAT_SPELT_OUT = 5  # later ones hold packs, which the steps from there on make of the same rows


@pytest.fixture(params=range(1, len(STEPS)), ids=lambda number: STEPS[number - 1])
def old(tmp_path, request):
    """A database of one schema: two versions of one instrument, and what changed between them."""
    path = tmp_path / "clausewatch.db"
    db = Database(path)
    migrations.apply(db, stop_before=STEPS[min(request.param, LAST_THAT_SPELT_OUT)])
    db["sources"].insert({"id": "cn_cac_lamp", "jurisdiction": "cn", "title": "", "title_native": "", "kind": "law",
                          "spider": "page", "declared": 1, "first_seen_at": AT})  # fmt: skip
    db["pages"].insert({"id": 1, "source_id": "cn_cac_lamp", "url": "https://regulator.example/l", "listing": 0,
                        "discovered": 0, "declared": 1, "title": "", "instrument_id": "cn_lamp"})  # fmt: skip
    db["instruments"].insert({"id": "cn_lamp", "jurisdiction": "cn", "title": "Lamps", "title_native": "",
                              "source_id": "cn_cac_lamp", "url": ""})  # fmt: skip
    for row, text in ((1, "Lamps shall be lit."), (2, "Lamps shall be lit within ten days.")):
        _version(db, row, text)
    db["change_sets"].insert(
        {"id": 1, "old_version_id": "cn_lamp@1", "new_version_id": "cn_lamp@2", "at": AT, "notes": "[]",
         "summary": '{"modified":1,"weight":"high"}', "pairs": '["chp_1",["art_1","art_2"]]', "replaced": 0}
    )  # fmt: skip
    ops = [["equal", "Lamps shall be lit"], ["insert", " within ten days"], ["equal", "."]]
    db["changes"].insert(
        {"id": 1, "change_set_id": 1, "kind": "modified", "weight": "high", "old_unit": "art_1", "new_unit": "art_2",
         "old_eid": "art_1", "new_eid": "art_2", "old_citation": "Article 1", "new_citation": "Article 2",
         "old_text": None, "new_text": None, "ops": json.dumps(ops),
         "tags": '[{"tag":"deadline","new":"P10D"}]', "explanation": "Time limit added"}
    )  # fmt: skip
    migrations.apply(db, stop_before=STEPS[request.param])
    db.close()
    return path


def _version(db, row, text):
    db["snapshots"].insert(
        {"id": row, "page_id": 1, "url": "https://regulator.example/l", "fetched_at": AT, "status": 200,
         "media_type": "text/html", "sha256": SHA, "length": 2, "headers": '{"ETag":"x"}',
         "archived_as": f"ab/{SHA}-20261125T093000000000Z-01234567.warc.gz", "text_sha256": SHA}
    )  # fmt: skip
    facts = {"format": "html", "jurisdiction": "cn", "language": "zh", "title": "Lamps", "type": "rule",
             "authorities": [{"id": "cn_cac", "name": "CAC"}], "topics": ["children"], "number": "No. 7",
             "front": [{"name": "preface", "text": "2026"}], "reader": "1"}  # fmt: skip
    db["versions"].insert(
        {"row": row, "id": f"cn_lamp@{row}", "instrument_id": "cn_lamp", "source_id": "cn_cac_lamp", "page_id": 1,
         "snapshot_id": row, "language": "zh", "seen_at": AT, "standing": "confirmed", "first": int(row == 1),
         "compared": 1, "text_sha256": f"t{row}", "title": "Lamps", "number": "No. 7", "facts": json.dumps(facts)}
    )  # fmt: skip
    names = {"number": "1", "label": "", "heading": "", "citation": ""}
    db["provisions"].insert_all(
        [
            {"version_row": row, "ordinal": 0, "parent": None, "eid": "chp_1", "pid": "chp_1", "kind": "chapter",
             "text": "", **names},
            {"version_row": row, "ordinal": 1, "parent": 0, "eid": f"art_{row}", "pid": "art_1", "kind": "article",
             "text": text, **names},
        ]
    )  # fmt: skip


def test_versions_changes_and_snapshots_say_the_same_as_before(old):
    db = open_database(old)

    assert find_damage(db) == []
    for row in (1, 2):
        reading = versions.get(db, f"cn_lamp@{row}").reading
        chapter = reading.provisions[0]
        assert (reading.title, reading.number, reading.type, reading.reader) == ("Lamps", "No. 7", "rule", "1")
        assert (reading.authorities, reading.topics) == ((Authority("cn_cac", "CAC"),), ("children",))
        assert reading.front[0].text == "2026"
        assert (chapter.kind, chapter.children[0].pid) == (ProvisionKind.CHAPTER, "art_1")
        assert chapter.children[0].eid == f"art_{row}"
    [change] = changes.get_set(db, 1).changes
    assert (change.kind, change.old_citation, change.explanation) == (
        ChangeKind.MODIFIED,
        "Article 1",
        "Time limit added",
    )
    assert (change.old_text, change.new_text) == ("Lamps shall be lit.", "Lamps shall be lit within ten days.")
    assert change.ops[1] == Op(OpKind.INSERT, " within ten days")
    assert change.tags == (Tag(TagName.DEADLINE, new="P10D"),)
    assert changes.get_set(db, 1).pairs == (("chp_1", "chp_1"), ("art_1", "art_2"))
    assert changes.set_of_pair(db, "cn_lamp@1", "cn_lamp@2") == 1
    assert snapshots.get(db, 1).headers == {"ETag": "x"}
    assert snapshots.get(db, 1).archived_as == f"ab/{SHA}-20261125T093000000000Z-01234567.warc.gz"
    assert [row.eid for row in versions.lineage(db, "cn_lamp", "art_2")] == ["art_1", "art_2"]
    db.close()


def test_its_words_are_found_at_once(old):
    db = open_database(old)

    assert index.index_new_provisions(db) == 0
    assert [hit.eid for hit in index.search(db, "ten days").hits] == ["art_2"]
    assert [hit.current for hit in index.search(db, "lamps", index.SearchScope(past=True)).hits] == [True, False]
    db.close()
