"""Standing: which rows of the search index the law as it stands says, and where in it each of them is now.

Provisions that nothing was put between keep following each other, so the rows of a version are a few runs.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from storage import provisions
from storage.database.connection import execute, execute_many, query
from storage.text_store.layout import ProvisionHead

CurrentKnown = Mapping[tuple[str, str, str], deque[int]]
"""The numbers of rows of the index by what they say: label, heading and text; as many as it is said."""


def said_in(db: Database, version_row: int) -> CurrentKnown:
    """Return the rows of the index that the version standing now says, by what they say."""
    rows = query(db, "SELECT first, many, ordinal FROM search_standing WHERE version_row = :row ORDER BY ordinal",
                 row=version_row)  # fmt: skip
    numbers = [row["first"] + step for row in rows for step in range(row["many"])]
    texts = list(provisions.texts(db, version_row))
    if len(numbers) != len(texts):  # read again since it was indexed
        return {}
    known_rows: dict[tuple[str, str, str], deque[int]] = defaultdict(deque)
    for number, (line, text) in zip(numbers, texts, strict=True):
        known_rows[line.label, line.heading, text].append(number)
    return known_rows


def row_numbers(texts: Iterable[tuple[ProvisionHead, str]], known_rows: CurrentKnown, first: int) -> list[int]:
    """Return the row of each provision: that of a known one that says the same, or one from *first* on."""
    numbers = []
    for ordinal, (line, text) in enumerate(texts):
        same = known_rows.get((line.label, line.heading, text))
        numbers.append(same.popleft() if same else first + ordinal)
    return numbers


def replace(db: Database, before: int | None, version_row: int, numbers: Sequence[int]) -> None:
    """Put the rows of a version in the place of those of the version that stood *before*."""
    execute(db, "DELETE FROM search_standing WHERE version_row = :before", before=before)
    execute_many(
        db,
        "INSERT INTO search_standing (first, many, version_row, ordinal) VALUES (?, ?, ?, ?)",
        [(number, many, version_row, ordinal) for number, many, ordinal in _runs(numbers)],
    )


def _runs(numbers: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the first number of each run of numbers that count on, how many they are, and where they begin."""
    runs: list[tuple[int, int, int]] = []
    for ordinal, number in enumerate(numbers):
        if runs and number == runs[-1][0] + runs[-1][1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1, runs[-1][2])
        else:
            runs.append((number, 1, ordinal))
    return runs
