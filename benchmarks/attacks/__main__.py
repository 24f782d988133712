"""Attack a real `serve` and write ``benchmarks/results/attacks.md``: `python -m benchmarks.attacks`."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.attacks.requests import Attack, attacks
from benchmarks.attacks.served_home import HOSTILE, PASSWORD, counts, exchange, faults_of, serve
from benchmarks.results_page import keep_page
from benchmarks.tampering.home import make_home
from tracker.web.operators.passwords import hash_of

_EXPORTS = (
    "/api/v1/instruments?format=csv", "/api/v1/changes?format=csv", "/api/v1/events?format=csv", "/api/v1/sources?format=csv",
    "/api/v1/dates?format=csv", "/feeds/atom", "/feeds/json", "/feeds/calendar", "/calendar.ics", "/sitemap.xml", "/", "/instruments",
    "/changes", "/changes/1", "/search?q=keeper",
)  # fmt: skip
_KEY_TRIES, _SLOWEST_TELLTALE = 40, 0.003


def faults_of_attack(attack: Attack, port: int) -> list[str]:
    """Return what is wrong with the answer to one attack."""
    return list(faults_of(attack, exchange(port, attack.request(f"127.0.0.1:{port}"))))


def others(port: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the attacks that take more than one request, with what is wrong."""
    for path in _EXPORTS:
        answer = exchange(port, Attack("", "GET", path).request(f"127.0.0.1:{port}"))
        rows = answer.partition(b"\r\n\r\n")[2].split(b"\r\n")
        faults = list(faults_of(Attack("", "GET", path), answer))
        if "csv" in path and any(cell.strip(b'"').startswith(b"=") for row in rows for cell in row.split(b",")):
            faults.append("a cell that a spreadsheet runs")
        yield f"words of a publisher: {path}", faults
    clean = _page(port, {})
    _page(port, {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    yield (
        "cache: what one poisons the next is not shown",
        ["another page"] if b"evil.example" in clean + _page(port, {}) else [],
    )
    yield "key: the time of a refusal tells nothing", _telltale(port)
    guesses = [_guess(port) for _ in range(40)]
    yield "rate: passwords cannot be guessed without end", [] if 429 in guesses else ["40 guesses, none refused"]
    slow = time.monotonic()
    answer = exchange(
        port, b"POST /subscribe HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100\r\n\r\na", 60
    )
    yield "wire: a body that never comes", [] if time.monotonic() - slow < 55 else ["waited for a minute"]
    del answer


def _page(port: int, headers: dict[str, str]) -> bytes:
    return exchange(port, Attack("", "GET", "/", headers).request(f"127.0.0.1:{port}"))


def _telltale(port: int) -> list[str]:
    """Return whether a key that begins rightly is refused later than one that does not; only hashes are compared."""
    times: dict[str, list[float]] = {"a": [], "z": []}
    for _ in range(_KEY_TRIES):
        for letter, durations in times.items():
            request = Attack("", "GET", "/api/v1/problems", {"Authorization": f"Bearer cw_{letter * 43}"})
            start = time.perf_counter()
            exchange(port, request.request(f"127.0.0.1:{port}"))
            durations.append(time.perf_counter() - start)
    apart = abs(statistics.median(times["a"]) - statistics.median(times["z"]))
    return [f"{apart * 1000:.1f} ms apart"] if apart > _SLOWEST_TELLTALE else []


def _guess(port: int) -> int:
    page = exchange(port, Attack("", "GET", "/operators/sign-in").request(f"127.0.0.1:{port}"))
    token = page.partition(b'name="form" value="')[2].partition(b'"')[0].decode()
    cookie = page.partition(b"set-cookie: ")[2].partition(b";")[0].decode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    body = f"form={token}&password=guess&to=/operators".encode()
    answer = exchange(port, Attack("", "POST", "/operators/sign-in", headers, body).request(f"127.0.0.1:{port}"))
    return int(answer[9:12] or 0)


def main(arguments: Sequence[str]) -> int:
    """Run the drill; status 1 when an attack reached anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only attacks whose name holds this")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="clausewatch-") as name:
        home, _, declarations = make_home(Path(name))
        results = run(home, declarations, options.only)
    for attack, faults in results:
        if faults:
            print(f"FAILED  {attack}: {'; '.join(faults)}")
    text = table(results)
    print(text)
    if not options.only:
        keep_page("attacks", text)
    return 1 if any(faults for _, faults in results) else 0


def run(home: Path, declarations: Path, only: str = "", most: int | None = None) -> list[tuple[str, list[str]]]:
    """Return each attack with what was wrong; at the end nothing may be written, leaked or down."""
    results: list[tuple[str, list[str]]] = []
    with serve(home, declarations, hash_of(PASSWORD)) as (port, server, log):
        before = counts(home)
        selection = [attack for attack in attacks() if only in attack.name]
        results += [
            (attack.name, faults_of_attack(attack, port))
            for attack in selection[:: max(1, len(selection) // most) if most else 1]
        ]
        results += [] if only or most else list(others(port))
        is_up = server.poll() is None and b" 200 " in exchange(
            port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )
        after = counts(home)
    words = log.read_bytes()
    secrets = [(home / "secret.key").read_bytes().strip(), PASSWORD.encode(), HOSTILE.encode()]
    results.append(("after all: the server is up", [] if is_up else ["it is down"]))
    results.append(("after all: nothing was written", [] if before == after else [f"{before} became {after}"]))
    results.append(
        ("after all: no secret is in the log", ["a secret"] if any(secret in words for secret in secrets) else [])
    )
    results.append(("after all: no traceback is in the log", ["a traceback"] if b"Traceback" in words else []))
    return results


def table(results: Sequence[tuple[str, list[str]]]) -> str:
    """Return the figures as Markdown."""
    kinds, harmless = Counter[str](), Counter[str]()
    for name, faults in results:
        kinds[name.partition(":")[0]] += 1
        harmless[name.partition(":")[0]] += not faults
    head = f"{harmless.total()} of {kinds.total()} attacks reached nothing."
    rows = [f"| {kind} | {count} | {harmless[kind]} |" for kind, count in kinds.items()]
    return "\n".join(("# Attacks on the web", "", head, "", "| kind | attacks | held |", "|---|---|---|", *rows, ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
