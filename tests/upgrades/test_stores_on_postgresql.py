"""A PostgreSQL store of an older release is upgraded where it stands, and becomes what a fresh one is."""

from __future__ import annotations

import ast
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from storage import instruments
from storage.database.connection import execute, query
from storage.errors import BusyDatabaseError, OtherDatabaseError
from storage.schema import open_postgresql
from storage.schema.generate import draft_of_step
from storage.schema.migrations import STEPS
from storage.schema.open import open_database
from storage.schema.postgresql_steps import FIRST_STORE, postgresql_step
from tests.builders.postgresql import an_empty_schema, failures_of_opening_together
from tests.storage.builders import an_instrument

STORES = Path(__file__).parent / "stores"
LATER = STEPS[STEPS.index(FIRST_STORE) + 1 :]
FOLDER = Path(open_postgresql.__file__).parent / "postgresql_steps"
CATALOGUE = {
    "columns": """
        SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2
    """,
    "indexes": "SELECT tablename, replace(indexdef, current_schema() || '.', '') AS made FROM pg_indexes"
    " WHERE schemaname = current_schema() ORDER BY 1, 2",
    "keys": """
        SELECT relname, replace(pg_get_constraintdef(pg_constraint.oid), current_schema() || '.', '') AS made
        FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
        WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2
    """,
    "functions": """
        SELECT proname, pg_get_function_arguments(oid) AS arguments, prosrc FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace ORDER BY 1, 2
    """,
}


@pytest.fixture
def old_store(postgresql_url):
    """A store as the first release with PostgreSQL made it, with one instrument in it."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        for name in ("m023_functions.sql", "m023.sql"):
            connection.execute((STORES / name).read_text(encoding="utf-8"))
        for step in STEPS[: STEPS.index(FIRST_STORE) + 1]:
            connection.execute("INSERT INTO migration_steps (name) VALUES (%s)", (step,))
        connection.execute(
            "INSERT INTO instruments (id, jurisdiction, title, title_native, source_id, url)"
            " VALUES ('cn_lamp', 'cn', 'Lamp Rules', '灯语规定', 'cn_cac', 'http://127.0.0.1/')"
        )
    return postgresql_url


def catalogue(url):
    with closing(open_database(url)) as db:
        return {name: query(db, sql) for name, sql in CATALOGUE.items()}


def test_an_older_store_becomes_what_a_fresh_one_is(old_store):
    new_catalogue = catalogue(old_store)

    with an_empty_schema() as fresh_url:
        fresh = catalogue(fresh_url)
    for name in CATALOGUE:
        assert new_catalogue[name] == fresh[name], name
    assert any(row["table_name"] == "host_turns" for row in new_catalogue["columns"])


def test_what_was_stored_stays_and_new_rows_go_in(old_store):
    with closing(open_database(old_store)) as db:
        assert [law.title for law in instruments.all_instruments(db)] == ["Lamp Rules"]
        instruments.add_if_new(db, an_instrument(id="cn_new"))
        assert {row["name"] for row in query(db, "SELECT name FROM migration_steps")} == set(STEPS)


def test_many_that_open_an_older_store_together_upgrade_it_once(old_store):
    assert failures_of_opening_together(old_store) == []
    with closing(open_database(old_store)) as db:
        assert query(db, "SELECT count(*) AS count FROM migration_steps")[0]["count"] == len(STEPS)


@contextmanager
def a_store_in_use(url):
    """Yield a connection that reads from a table the whole time, as the pages of a team do."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT count(*) FROM instruments")
        yield connection


def test_readers_go_on_while_a_store_is_upgraded(old_store):
    with a_store_in_use(old_store) as reader:
        open_database(old_store).close()

        assert reader.execute("SELECT count(*) FROM instruments").fetchone() == (1,)


def test_a_step_that_would_wait_for_a_reader_gives_up_whole_and_is_tried_again(old_store, monkeypatch):
    monkeypatch.setattr("storage.database.postgresql._PATIENCE", 1)
    step = f"storage.schema.postgresql_steps.{postgresql_step(LATER[0])}"
    locks = ("ALTER TABLE instruments ADD COLUMN lamp text", "ALTER TABLE instruments DROP COLUMN lamp")
    statements = __import__(step, fromlist=["_STATEMENTS"])._STATEMENTS
    with monkeypatch.context() as patch, a_store_in_use(old_store):
        patch.setattr(f"{step}._STATEMENTS", (*statements, *locks))
        with pytest.raises(BusyDatabaseError):
            open_database(old_store)
    with psycopg.connect(old_store) as connection:
        assert connection.execute("SELECT to_regclass('host_turns')").fetchone() == (None,)

    open_database(old_store).close()


def test_a_store_of_a_trial_release_is_refused(old_store):
    with psycopg.connect(old_store, autocommit=True) as connection:
        connection.execute("DELETE FROM migration_steps WHERE name = %s", (FIRST_STORE,))

    with pytest.raises(OtherDatabaseError, match="trial release"):
        open_database(old_store)


@pytest.mark.parametrize("step", LATER)
def test_every_step_has_its_step_of_postgresql_which_imports_nothing_of_ours(step):
    path = FOLDER / f"{postgresql_step(step)}.py"
    assert path.exists(), "run python -m storage.schema.generate, and finish what it drafts"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert imports <= {"__future__", "typing", "json", "re", "collections.abc"}
    assert any(isinstance(node, ast.FunctionDef) and node.name == path.stem for node in tree.body)


def test_a_draft_of_a_step_has_keys_between_tables_last():
    draft = draft_of_step("m023_team")

    assert "CREATE TABLE team_notes" in draft
    assert "STRICT" not in draft
    assert draft.index("ADD FOREIGN KEY (change_set_id)") > draft.index("CREATE TABLE watch_lists")
    compile(draft, "draft", "exec")


def test_the_oldest_store_lacks_what_later_steps_make(old_store):
    with psycopg.connect(old_store) as connection:
        tables = {row[0] for row in connection.execute("SELECT table_name FROM information_schema.tables")}
    assert not {"fleet_rounds", "host_turns"} & tables
    with closing(open_database(old_store)) as db:
        execute(db, "INSERT INTO host_turns (host, asked_at_ms, request) VALUES ('law.example', 1, 'page')")
