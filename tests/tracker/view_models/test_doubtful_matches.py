"""A likeness goes to operators: what may be meant is shown there, and to no reader."""

import json
from contextlib import closing

import pytest

from storage import instruments, relations, versions
from storage.archive import Archive
from storage.records import Instrument, Relation, RelationKind
from storage.schema.open import open_database
from tests.tracker.web.conftest import fill
from tracker.cli.operate.problems import _doubt_json
from tracker.pipeline.versions.instrument_relations import join_relations
from tracker.view_models.change_set_facts import Other
from tracker.view_models.doubtful_matches import doubtful_matches
from tracker.view_models.timeline import timeline_of
from tracker.web.page_templates import _ENVIRONMENT

ALIKE, RIGHT_TITLE = "灯语服务安全管理办法", "灯语服务安全管理规定"


@pytest.fixture
def db(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as new_db:
        fill(new_db, Archive(tmp_path / "archive"))
        yield new_db


def a_doubt(db):
    instruments.add_if_new(db, Instrument("cn_alike", "cn", ALIKE, ALIKE, "cn_test"))
    version = versions.find_latest(db, "cn_practice")
    relation = Relation(RelationKind.REPEALS, RIGHT_TITLE, f"《{RIGHT_TITLE}》同时废止", "art_5")
    relations.add(db, "cn_practice", version.id, [relation], news=True)
    join_relations(db)
    [row] = [row for row in relations.of_instrument(db, "cn_practice") if row.target == RIGHT_TITLE]
    relations.mark_tried(db, row.id, ["cn_alike"])
    return row


def test_what_may_be_meant_is_shown_with_both_laws_and_the_words(db):
    a_doubt(db)
    [match] = doubtful_matches(db)

    assert (match.kind, match.target, match.basis) == ("repeals", RIGHT_TITLE, f"《{RIGHT_TITLE}》同时废止")
    assert match.candidates == (Other(ALIKE, "/instruments/cn_alike"),)
    assert match.by.address == "/instruments/cn_practice"
    assert json.loads(json.dumps(_doubt_json(match)))["candidates"] == [ALIKE]


def test_what_is_recognised_exactly_is_no_doubt_any_more(db):
    row = a_doubt(db)
    relations.resolve(db, row.id, "cn_alike", "title")
    assert doubtful_matches(db) == []


def test_readers_are_told_nothing_of_a_likeness(db):
    a_doubt(db)
    titles = [moment.by.title for moment in timeline_of(db, "cn_alike", []) if moment.by]
    assert titles == []


def test_the_overview_lists_doubts_and_escapes_what_a_regulator_wrote(db):
    a_doubt(db)
    source, _, _ = _ENVIRONMENT.loader.get_source(_ENVIRONMENT, "operators.html")
    block = source[source.index("{% if matches %}") :].partition("{% endblock %}")[0]
    page = _ENVIRONMENT.from_string(block).render(matches=doubtful_matches(db))
    assert ALIKE in page
    assert f"<q>{RIGHT_TITLE}</q>" in page
