"""Every test of the storage runs on both stores, whatever the tests of other rooms run on."""

from __future__ import annotations

import os

import pytest

from storage.schema.open import open_database

STORES = os.environ.get("CLAUSEWATCH_TEST_STORES", "sqlite postgresql").split()


@pytest.fixture(params=STORES)
def db(request, tmp_path):
    place = tmp_path / "clausewatch.db" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    db = open_database(place)
    yield db
    db.close()
