"""Global assignment: which pairs to keep so that the sum of their scores is greatest; and common order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

_CAP = 90  # above it the cubic method takes seconds in pure Python
Pair = tuple[int, int]


def assign(scores: Mapping[Pair, float]) -> list[Pair]:
    """Return pairs, each side used once, of the greatest total score; component by component."""
    result: list[Pair] = []
    for part in _components(scores):
        rows = sorted({a for a, _ in part})
        columns = sorted({b for _, b in part})
        if max(len(rows), len(columns)) <= _CAP:
            result.extend(_best(rows, columns, part))
        else:
            result.extend(_greedy(part))
    return sorted(result)


def in_order(values: Sequence[int]) -> set[int]:
    """Return the places of a longest increasing subsequence of *values*."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at:] = [value] if at == len(tails) else [value, *tails[at + 1 :]]
        ends[at:] = [place] if at == len(ends) else [place, *ends[at + 1 :]]
    in_sequence: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        in_sequence.add(place)
        place = before[place]
    return in_sequence


def _components(scores: Mapping[Pair, float]) -> list[dict[Pair, float]]:
    by_row: dict[int, list[Pair]] = defaultdict(list)
    by_column: dict[int, list[Pair]] = defaultdict(list)
    for pair in scores:
        by_row[pair[0]].append(pair)
        by_column[pair[1]].append(pair)
    visited_pairs: set[Pair] = set()
    parts = []
    for first in scores:
        if first in visited_pairs:
            continue
        part: dict[Pair, float] = {}
        queue = [first]
        visited_pairs.add(first)
        while queue:
            pair = queue.pop()
            part[pair] = scores[pair]
            for near in (*by_row.pop(pair[0], ()), *by_column.pop(pair[1], ())):
                if near not in visited_pairs:
                    visited_pairs.add(near)
                    queue.append(near)
        parts.append(part)
    return parts


def _greedy(scores: Mapping[Pair, float]) -> list[Pair]:
    rows: set[int] = set()
    columns: set[int] = set()
    result = []
    for (a, b), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if a not in rows and b not in columns:
            rows.add(a)
            columns.add(b)
            result.append((a, b))
    return result


def _best(rows: list[int], columns: list[int], scores: Mapping[Pair, float]) -> list[Pair]:
    """Hungarian method with potentials on a square matrix; an absent pair scores nothing."""
    size = max(len(rows), len(columns))
    cost = [[0.0] * size for _ in range(size)]
    row_at = {a: i for i, a in enumerate(rows)}
    column_at = {b: j for j, b in enumerate(columns)}
    for (a, b), score in scores.items():
        cost[row_at[a]][column_at[b]] = -score
    owner = _solve(cost, size)
    choices = [(owner[j + 1] - 1, j) for j in range(len(columns))]
    pairs = [(rows[i], columns[j]) for i, j in choices if i < len(rows)]
    return [pair for pair in pairs if pair in scores]


def _solve(cost: list[list[float]], size: int) -> list[int]:
    """Return for each column (from 1) the row (from 1) it is given to."""
    row_price = [0.0] * (size + 1)
    column_price = [0.0] * (size + 1)
    owner = [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0] = row
        column = 0
        least = [float("inf")] * (size + 1)
        way = [0] * (size + 1)
        visits = [False] * (size + 1)
        while True:
            visits[column] = True
            current = owner[column]
            step, next_column = float("inf"), 0
            line = cost[current - 1]
            for j in range(1, size + 1):
                if visits[j]:
                    continue
                slack = line[j - 1] - row_price[current] - column_price[j]
                if slack < least[j]:
                    least[j], way[j] = slack, column
                if least[j] < step:
                    step, next_column = least[j], j
            for j in range(size + 1):
                if visits[j]:
                    row_price[owner[j]] += step
                    column_price[j] -= step
                else:
                    least[j] -= step
            column = next_column
            if owner[column] == 0:
                break
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return owner
