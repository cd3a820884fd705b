"""From the command to a window that answers, beside an empty window started the same way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.books import sample_book
from bench.results import Options, Result, median

ROOT = Path(__file__).resolve().parent.parent
EMPTY = (str(ROOT / "bench" / "empty_window.py"),)


def measure(options: Options) -> Iterator[Result]:
    """Start over the sample shop, and over the large book."""
    runs = 5 if options.quick else 11
    small = sample_book(options.folder, 1200)
    floor, usable, settled = _together(
        [EMPTY, _window(small, "usable"), _window(small, "settled")], runs, options.folder
    )
    yield Result("start over the sample shop ÷ an empty window", usable, "ms", 1.5, floor)
    yield Result("  until its figures stand", settled, "ms", 0, floor)
    large = sample_book(options.folder, options.customers)
    floor, usable, settled = _together(
        [EMPTY, _window(large, "usable"), _window(large, "settled")], runs, options.folder
    )
    yield Result(f"start over {options.customers:,} customers ÷ an empty window", usable, "ms", 2, floor)
    yield Result("  until its figures stand", settled, "ms", 0, floor)


def _window(book: Path, when: str) -> tuple[str, ...]:
    return ("-m", "desktop", "--book", str(book), "--tell-when", when)


def _together(commands: Sequence[Sequence[str]], runs: int, folder: Path) -> list[float]:
    """Median milliseconds to the word of each command; they take turns, so that all share the weather."""
    environment = child_environment(folder)
    times: list[list[float]] = [[] for _ in commands]
    for turn in range(runs + 1):
        for at, command in enumerate(commands):
            taken = _to_word(command, environment)
            # The first turn fills the caches of files and bytecode.
            if turn:
                times[at].append(1000 * taken)
    return [median(one) for one in times]


def _to_word(command: Sequence[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        word = child.stdout.readline()
        taken = time.perf_counter() - begun
        _, said = child.communicate(timeout=60)
    if not word.strip():
        raise RuntimeError(said.decode(errors="replace"))
    return taken


def child_environment(folder: Path) -> dict[str, str]:
    """An own home, bytecode kept as on any machine, and no display needed."""
    environment = {
        **os.environ,
        "SHUKE_HOME": str(folder / "home"),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment
