"""What tests of every room share: a fresh home with one invented law in two versions."""

import pytest

from tests.builders.home import a_home


@pytest.fixture
def home(tmp_path):
    with a_home(tmp_path) as made:
        yield made
