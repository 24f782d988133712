"""How fast a page is read whole, and in how much memory, against parsing the same bytes with bs4 and lxml alone.

    python -m benchmarks.reading [FILE…] > benchmarks/results/reading.md

Reads two pages made here, a regulation in the Official Journal's markup as long as the AI Act and a page of the CAC,
and the FILEs named. Times are the best of several, warm, of the processor; memory is the peak of a process that reads
that page and nothing else. A limit is a multiple of the bare parse in the same run, so that it holds on any machine.
Ends with 1 when a limit is passed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

from benchmarks.results_page import write_results
from tracker.reading import read

MOST_MEMORY = 200  # MB
LARGE, SMALL = 1_300_000, 30_000  # bytes
# the goals are 0.8 s for the large page and 15 ms for the small one, where the parse alone takes 0.2 s and 3.3 ms
MOST_PARSES = {LARGE: 4.0, SMALL: 4.5}
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo ky zan mer tol rin dus".split()
_SIGNS = "灯塔守人应当在日落前点亮并记录时刻天气航行安全信息服务提供者保护网络数据管理部门依照规定"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be read; ``most`` is how many bare parses of it reading may take."""

    name: str
    body: bytes
    most: float


def pages(files: list[str]) -> Iterator[Page]:
    """Yield the pages made here, then the files named."""
    yield Page("made: a regulation in the Official Journal", _journal(Random(1)), MOST_PARSES[LARGE])
    yield Page("made: measures on a page of the CAC", _cac(Random(1)), MOST_PARSES[SMALL])
    for name in files:
        body = Path(name).read_bytes()
        yield Page(Path(name).name, body, MOST_PARSES[LARGE if len(body) > 10 * SMALL else SMALL])


def _sentence(chance: Random, words: int) -> str:
    invented_words = ("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(words))
    return f"{' '.join(invented_words).capitalize()}"


def _journal(chance: Random) -> bytes:
    """Return recitals, articles and points in the markup of the Official Journal, until the page is long enough."""
    parts = ['<html><body><p class="oj-doc-ti">REGULATION (EU) 2031/77</p>']
    parts += [_point(f"({n})", _sentence(chance, 220)) for n in range(1, 181)]
    size, number = sum(map(len, parts)), 0
    while size < LARGE:
        number += 1
        lines = [f'<p class="oj-ti-art">Article {number}</p><p class="oj-sti-art">{_sentence(chance, 4)}</p>']
        for paragraph in range(1, 7):
            lines.append(f'<div><p class="oj-normal">{paragraph}.   {_sentence(chance, 60)}:</p></div>')
            lines += [_point(f"({letter})", f"{_sentence(chance, 30)};") for letter in "abcd"]
        parts += lines
        size += sum(map(len, lines))
    return "".join([*parts, "</body></html>"]).encode()


def _point(label: str, text: str) -> str:
    cells = f'<td><p class="oj-normal">{label}</p></td><td><p class="oj-normal">{text}</p></td>'
    return f'<table width="100%"><col width="4%"><col width="96%"><tbody><tr>{cells}</tr></tbody></table>'


def _cac(chance: Random) -> bytes:
    """Return articles and items in the markup of the CAC, between as much of the site as its pages have."""
    link = '<li><a href="//practice.example/2031-02/{0}.htm" target="_blank" title="栏目{0}">栏目{0}</a></li>'
    site = "".join(link.format(n) for n in range(90))
    parts = [f'<html><head><title>练习办法</title></head><body><ul class="nav">{site}</ul><div id="BodyLabel">']
    size, number = sum(len(part.encode()) for part in parts), 0
    while size < SMALL:
        number += 1
        lines = [f"<strong>第{_chinese(number)}条</strong>　{_phrase(chance, 80)}："]
        lines += [f"（{one}）{_phrase(chance, 24)}；" for one in "一二三"[: number % 4]]
        lines = [f'<p style="text-indent: 2em; font-family: 宋体; font-size: 12pt;">{line}</p>' for line in lines]
        parts += lines
        size += sum(len(line.encode()) for line in lines)
    return "".join([*parts, '</div><div class="footer">版权所有</div></body></html>']).encode()


def _phrase(chance: Random, signs: int) -> str:
    return "".join(chance.choices(_SIGNS, k=signs))


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    signs = " 一二三四五六七八九"
    return (("十" if tens == 1 else f"{signs[tens]}十") if tens else "") + signs[ones].strip()


def _best(works: Sequence[Callable[[], object]], seconds: float = 6.0) -> list[float]:
    """Return the shortest run of each of *works*, taken in turns so that a busy moment of the machine meets them all.

    What is measured is processor time: both do nothing but compute, and other programs' time is not theirs.
    """
    durations: list[list[float]] = [[] for _ in works]
    until = time.perf_counter() + seconds
    while len(durations[-1]) < 4 or time.perf_counter() < until:
        for work, times in zip(works, durations, strict=True):
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    return [min(times[1:]) for times in durations]


def _peak(body: bytes) -> float:
    with tempfile.NamedTemporaryFile(suffix=".page") as file:
        file.write(body)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.reading", "--peak", file.name]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _high_water() -> float:
    """Return the peak memory of this process in MB; the kernel's own figure, which begins anew with each program."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) / 1000


def _row(page: Page) -> tuple[str, bool]:
    text = page.body.decode()
    warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
    parse_seconds, whole = _best((lambda: BeautifulSoup(text, "lxml"), lambda: read(page.body)))
    memory, words = _peak(page.body), read(page.body).words
    good = whole <= page.most * parse_seconds and memory <= MOST_MEMORY and words["problems"] == 0
    cells = (
        page.name,
        f"{len(page.body) / 1000:,.0f} kB",
        f"{words['total']:,}",
        f"{parse_seconds * 1000:.1f} ms",
        f"{whole * 1000:.1f} ms",
        f"{whole / parse_seconds:.1f} (at most {page.most})",
        f"{memory:.0f} MB (at most {MOST_MEMORY})",
        "yes" if good else "**no**",
    )
    return f"| {' | '.join(cells)} |", good


def main(arguments: list[str]) -> int:
    """Print the table; return the exit status."""
    if arguments[:1] == ["--peak"]:
        read(Path(arguments[1]).read_bytes())
        print(_high_water())
        return 0
    lines = ["| page | size | words | parse alone | read | parses | peak memory | within limits |", "|---" * 8 + "|"]
    print("\n".join(lines))
    is_good = True
    for page in pages(arguments):
        line, is_within_limits = _row(page)
        print(line, flush=True)
        lines.append(line)
        is_good &= is_within_limits
    if not arguments:
        write_results("reading", "Reading a page whole", "python -m benchmarks.reading", lines)
    return int(not is_good)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
