"""Crawl hostile sites in one real child and write ``benchmarks/results/hostile.md``: `python -m benchmarks.hostile`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hostile.costly import costly_sites
from benchmarks.hostile.inside import HostileSite, leading_inside
from benchmarks.hostile.world import DrillResult, HostileWorld, run_drill
from benchmarks.results_page import keep_page


def hostile_sites(port: int) -> list[HostileSite]:
    """Return every site of the drill."""
    return [*leading_inside(port), *costly_sites()]


def main(arguments: Sequence[str]) -> int:
    """Run the drill; status 1 when a site got inside, stalled others or left nothing on record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only sites whose name holds this")
    parser.add_argument("--show", action="store_true", help="print what came of each site")
    options = parser.parse_args(arguments)
    world = HostileWorld()
    try:
        sites = [site for site in hostile_sites(world.port) if options.only in site.name]
        with TemporaryDirectory(prefix="clausewatch-") as folder:
            result = run_drill(world, sites, Path(folder))
    finally:
        world.close()
    for finding in result.findings:
        if options.show or not finding.is_held:
            causes = ", ".join(f"{look.outcome.value} {look.cause} {look.text[:90]}" for look in finding.looks)
            print(f"{'held' if finding.is_held else 'FAILED'}  {finding.site.name}: {causes}")
    print("\n".join(f"asked inside: {line}" for line in world.asked_inside))
    text = table(result)
    print(text)
    if not options.only:
        keep_page("hostile", text)
    return 0 if result.control_was_read and all(finding.is_held for finding in result.findings) else 1


def table(result: DrillResult) -> str:
    """Return the figures as Markdown."""
    sites, held_counts = Counter[str](), Counter[str]()
    for finding in result.findings:
        sites[finding.site.kind] += 1
        held_counts[finding.site.kind] += finding.is_held
    rows = [f"| {kind} | {count} | {held_counts[kind]} |" for kind, count in sites.items()]
    read = "read" if result.control_was_read else "NOT READ"
    head = f"{held_counts.total()} of {sites.total()} hostile sites held; the honest one was {read}; "
    head += f"one crawl of {result.seconds:.0f} s."
    return "\n".join(("# Hostile hosts and links", "", head, "", "| kind | sites | held |", "|---|---|---|", *rows, ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
