"""What tests of every room share: a fresh database, and a fresh home with one invented law in two versions."""

import pytest

from storage.schema.open import open_database
from tests.builders.home import a_home


@pytest.fixture
def home(tmp_path):
    with a_home(tmp_path) as made:
        yield made


@pytest.fixture
def db(tmp_path):
    db = open_database(tmp_path / "clausewatch.db")
    yield db
    db.close()
