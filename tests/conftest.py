"""What tests of every room share: a fresh database, and a fresh home with one invented law in two versions."""

import os

import pytest

from storage.schema.open import open_database
from tests.builders.home import a_home
from tests.builders.postgresql import an_empty_schema

os.environ.setdefault("CLAUSEWATCH_TRUST_CLOCK", "true")  # practice hosts live in a year of their own
STORES = os.environ.get("CLAUSEWATCH_TEST_STORES", "sqlite").split()


@pytest.fixture
def home(tmp_path):
    with a_home(tmp_path) as new_home:
        yield new_home


@pytest.fixture
def postgresql_url():
    with an_empty_schema() as url:
        yield url


@pytest.fixture(autouse=STORES == ["postgresql"])
def homes_on_postgresql(request, monkeypatch):
    """Let every home of a test that opens one keep its store in PostgreSQL."""
    if "sqlite_db" not in request.fixturenames and not request.node.get_closest_marker("sqlite"):
        monkeypatch.setenv("CLAUSEWATCH_DATABASE_URL", request.getfixturevalue("postgresql_url"))


@pytest.fixture
def sqlite_db(tmp_path):
    db = open_database(tmp_path / "clausewatch.db")
    yield db
    db.close()


@pytest.fixture(params=STORES)
def db(request, tmp_path):
    place = tmp_path / "clausewatch.db" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    db = open_database(place)
    yield db
    db.close()
