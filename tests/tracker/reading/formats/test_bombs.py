"""Each bomb is read in a process of its own, so that its time and memory can be measured."""

import json
import subprocess
import sys

import pytest

from tests.tracker.reading.formats.bombs import MANY

SECONDS = 10
MEGABYTES = 500
REFUSED_BOMBS = ("word", "xml", "html nested", "pdf of endless", "pdf of zeros", "pdf of forms", "pdf of a thousand")
READ = """
import json, pathlib, resource, sys
from tracker.reading import RefusedError, read
try:
    said = "law" if read(pathlib.Path(sys.argv[1]).read_bytes()).is_law else "no law"
except RefusedError as refused:
    said = f"refused: {refused}"
own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
status = pathlib.Path("/proc/self/status")  # what rusage says of memory begins with that of the parent
lines = status.read_text().splitlines() if status.exists() else []
peaks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
seconds = sum(used.ru_utime + used.ru_stime for used in (own, children))
print(json.dumps([said, seconds, max([0, *peaks, children.ru_maxrss]) / 1000]))
"""


@pytest.mark.parametrize("name", MANY)
def test_a_bomb_is_refused_or_is_no_law_quickly_and_in_little_memory(name, tmp_path):
    bomb = tmp_path / "bomb"
    bomb.write_bytes(MANY[name]())
    completion = subprocess.run([sys.executable, "-c", READ, str(bomb)], capture_output=True, text=True, check=True)
    outcome, seconds, megabytes = json.loads(completion.stdout)
    assert outcome.startswith("refused") or (outcome == "no law" and not name.startswith(REFUSED_BOMBS))
    assert "\n" not in outcome
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
