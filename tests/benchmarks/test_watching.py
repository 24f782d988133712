"""A slice of the benchmark of rounds: conditional requests, memory, and never two requests at once."""

from benchmarks.watching.__main__ import MEMORY, two_at_once, unchanged_rounds


def test_an_unchanged_round_asks_once_for_each_page_and_is_told_304(tmp_path):
    rounds = {processes: (cost, counts) for processes, cost, counts in unchanged_rounds(tmp_path, 40)}

    for cost, counts in rounds.values():
        assert cost.round["unchanged"] == cost.round["checked"] == 40
        assert (counts["req"], counts["n304"], counts["full"]) == (40, 40, 0)
    assert 60 < rounds[1][0].memory <= 1.1 * MEMORY  # allocators differ; the benchmark holds the limit itself


def test_without_validators_the_same_bytes_are_no_change(tmp_path):
    for _, cost, counts in unchanged_rounds(tmp_path, 6, ("--no-validators",)):
        assert cost.round["unchanged"] == 6
        assert (counts["full"], cost.round["new_versions"]) == (6, 0)


def test_two_processes_never_ask_one_host_two_things_at_once(tmp_path):
    most, requests = two_at_once(tmp_path, 3)

    assert requests >= 6
    assert most == 1
