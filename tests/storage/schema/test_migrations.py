"""The steps of the schema are frozen, and what they make is written down."""

import ast
import re
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage.schema.generate import SCHEMA_FILE, schema_sql
from storage.schema.migrations import STEPS, migrations
from storage.schema.open import open_database

FOLDER = Path(__file__).parents[3] / "storage/schema/migrations"
PLAIN = {
    "__future__",
    "bz2",
    "collections",
    "hashlib",
    "itertools",
    "json",
    "re",
    "sqlite_utils",
    "typing",
    "unicodedata",
    "zlib",
}


@pytest.mark.parametrize("step", STEPS)
def test_bug_b11_a_released_step_imports_nothing_of_ours(step):
    tree = ast.parse((FOLDER / f"{step}.py").read_text(encoding="utf-8"))
    imports = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imports += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]

    assert {str(name).split(".")[0] for name in imports} <= PLAIN


def test_steps_are_numbered_without_gaps_and_keep_the_name_of_their_set():
    assert [int(re.match(r"m(\d{3})_", step)[1]) for step in STEPS] == list(range(1, len(STEPS) + 1))
    assert migrations.name == "clausewatch"


def test_the_names_of_released_steps_stay_for_homes_record_them():
    assert STEPS[:13] == (
        "m001_journey",
        "m002_telling",
        "m003_search",
        "m004_operators",
        "m005_schedule",
        "m006_packs",
        "m007_keys",
        "m008_furniture",
        "m009_reminders",
        "m010_said_once",
        "m011_folded_titles",
        "m012_names",
        "m013_other_names",
    )


def test_the_written_schema_is_that_of_a_fresh_database():
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_sql(), "run python -m storage.schema.generate"


def columns_and_indexes(db):
    """Return the columns, keys and indexes of every table, with what full text search makes for itself."""
    objects = [row[:2] for row in db.execute("SELECT type, name FROM sqlite_master ORDER BY type, name")]
    tables = [name for kind, name in objects if kind == "table"]
    facts = ("table_xinfo", "foreign_key_list", "index_list")
    return objects, {
        # the first column only counts them, in the order they were made
        (table, fact): sorted(str(row[1:]) for row in db.execute(f'PRAGMA {fact}("{table}")'))
        for table in tables
        for fact in facts
    }


def test_a_fresh_home_is_made_at_once_and_is_what_all_steps_would_have_made(tmp_path):
    stepwise = Database(memory=True)
    migrations.apply(stepwise)
    fresh = open_database(tmp_path / "clausewatch.db")

    assert columns_and_indexes(fresh) == columns_and_indexes(stepwise)
    assert [step.name for step in migrations.applied(fresh)] == list(STEPS)
    fresh.close()
    stepwise.close()
