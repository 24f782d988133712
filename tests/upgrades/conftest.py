"""What upgrades need: the home that release 0.1.0 made, unpacked, and the regulators it watched."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from crawlers.practice import Practice

HOMES = Path(__file__).parent / "homes"


@pytest.fixture
def old_home(tmp_path):
    home = tmp_path / "home"
    with tarfile.open(HOMES / "0.1.0.tar.xz") as archive:
        archive.extractall(home, filter="data")
    return home


@pytest.fixture
def practice():
    with Practice() as regulators:
        yield regulators
