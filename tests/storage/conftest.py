import pytest

from storage.schema.open import open_database


@pytest.fixture
def db(tmp_path):
    db = open_database(tmp_path / "clausewatch.db")
    yield db
    db.close()
