"""`run bench [NAME …]`: prints each figure beside its floor and bound, and fails when one is broken."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.results import Options, Result

BENCHES = {
    "start": "bench.start",
    "import": "bench.import_bench",
    "large": "bench.large",
    "timeline": "bench.timeline",
    "profile": "bench.profile",
    "segments": "bench.segments",
    "complaints": "bench.complaints",
    "insights": "bench.insights",
    "charts": "bench.charts",
    "duplicates": "bench.duplicates",
    "fits": "bench.fits",
}
FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"


def main() -> int:
    """Run the benchmarks named, all without a name; 1 when a bound is broken."""
    parser = argparse.ArgumentParser(prog="run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(BENCHES)}")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, a small large book")
    parser.add_argument("--customers", type=int, help="customers of the large book (default 1,000,000)")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - BENCHES.keys()
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    customers = arguments.customers or (20_000 if arguments.quick else 1_000_000)
    options = Options(FOLDER, arguments.quick, customers)
    print(f"{'':54}{'measured':>14}{'floor':>14}{'ratio':>8}{'bound':>8}")
    broken = 0
    for name in arguments.names or BENCHES:
        for result in _results(name, options):
            broken += not result.kept
            print(_line(result), flush=True)
    return 1 if broken else 0


def _results(name: str, options: Options) -> Iterator[Result]:
    found: Iterator[Result] = importlib.import_module(BENCHES[name]).measure(options)
    yield from found


def _line(result: Result) -> str:
    value = result.note or f"{result.value:,.1f} {result.unit}"
    floor = f"{result.floor:,.1f} {result.unit}" if result.floor else ""
    ratio = f"{result.measured:.2f}" if result.floor else ""
    bound = f"{result.bound:g}" if result.bound else ""
    verdict = "" if not result.bound else "  kept" if result.kept else "  BROKEN"
    return f"{result.name:54}{value:>14}{floor:>14}{ratio:>8}{bound:>8}{verdict}"


if __name__ == "__main__":
    sys.exit(main())
