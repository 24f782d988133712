"""The steps of the schema are frozen, and what they make is written down."""

import ast
import re
from pathlib import Path

import pytest

from storage.schema.generate import SCHEMA_FILE, schema_sql
from storage.schema.migrations import STEPS, migrations

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
