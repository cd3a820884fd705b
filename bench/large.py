"""A million customers: any page of the list in any order, a search keystroke, a window's memory."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.books import DAY, sample_book
from bench.results import Options, Result, percentile
from bench.start import ROOT, child_environment
from desktop.models.book import Book
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customer_rows import customer_rows
from desktop.queries.customer_search import search_ids
from desktop.queries.customers import ORDERS, customer_ids, first_ids

PAGE = 64
"""Rows that the list's model fetches at a time."""
FRAME, MEMORY = 16.0, 300.0

# What is typed at a counter: characters, initials, pinyin, the end of a phone, an account, a mixture.
TYPED = (
    "王", "李", "陈", "单", "丽", "王丽", "王丽华", "欧阳", "w", "l", "e", "wl", "wlh", "zgd", "lih", "wang",
    "wangl", "emma", "ca", "1", "0", "8", "13", "138", "421", "8421", "0000", "0017", "5566", "杭", "西湖",
    "lihua-tea", "tb", "王 8421", "王8421", "wlh 西湖", "wlh8421", "王lh", "wang lh", "lihua hangzhou 138",
    "138 0013 8421", "hangzhou", "xihu", "路", "com", "zh", "h", "20251", "20251206",
    "2900000181 王", "丽 杭州",
)  # fmt: skip


def measure(options: Options) -> Iterator[Result]:
    """Pages, keystrokes, and memory over the large book."""
    path = sample_book(options.folder, options.customers)
    _read_through(path)
    dice = random.Random(1)
    with Book.open(path) as book:
        for descending in (False, True):
            slowest, worst = 0.0, ""
            for order in ORDERS:
                taken, first = _pages(book, order, descending, dice)
                slowest, worst = max((slowest, worst), (taken, order))
                slowest, worst = max((slowest, worst), (first, f"{order}, first screenful"))
            way = "descending" if descending else "ascending"
            yield Result(f"any page, {way}, p95 (slowest: {worst})", slowest, "ms", FRAME)
        yield _keystrokes("a keystroke in the palette, p95", lambda typed: search_ids(book, typed, 9), book)
        yield _keystrokes("a keystroke in the list, p95", lambda typed: _first(book, typed), book)
        begun = time.perf_counter()
        customer_ids(book, view=CustomerFilter(), order="spend", descending=True, today=DAY)
        yield Result("all ids of an order, in the background", 1000 * (time.perf_counter() - begun), "ms")
    if sys.platform != "win32":
        resting, peak = _memory(path, options.folder)
        yield Result("memory of a window on its customers", resting, "MB", MEMORY)
        yield Result("  at its highest", peak, "MB")


def _read_through(path: Path) -> None:
    """Brings the file into the system's memory, where a book in use is: disks are not measured."""
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


def _pages(book: Book, order: str, descending: bool, dice: random.Random) -> tuple[float, float]:
    """p95 milliseconds of a page anywhere, and of the first screenful."""
    everybody = CustomerFilter()
    ids = customer_ids(book, view=everybody, order=order, descending=descending, today=DAY)
    places = [dice.randrange(max(1, len(ids) - PAGE)) for _ in range(60)]
    pages = [_timed(partial(customer_rows, book, ids[at : at + PAGE], DAY)) for at in places]
    first = [
        _timed(lambda: first_ids(book, view=everybody, order=order, descending=descending, today=DAY))
        for _ in range(20)
    ]
    return percentile(pages), percentile(first)


def _first(book: Book, typed: str) -> array[int]:
    return first_ids(book, view=CustomerFilter(text=typed), order="", today=DAY)


def _keystrokes(name: str, find: Callable[[str], array[int]], book: Book) -> Result:
    """p95 of finding and of fetching what is shown, each text typed as it comes, several times over."""
    times: dict[str, list[float]] = {typed: [] for typed in TYPED}
    for _ in range(5):
        for typed in TYPED:
            times[typed].append(_timed(partial(_shown, book, find, typed)))
    every = [taken for one in times.values() for taken in one]
    worst = max(times, key=lambda typed: sorted(times[typed])[len(times[typed]) // 2])
    return Result(f"{name} (slowest: {worst})", percentile(every), "ms", FRAME)


def _shown(book: Book, find: Callable[[str], array[int]], typed: str) -> object:
    return customer_rows(book, find(typed)[:PAGE], DAY)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def _memory(path: Path, folder: Path) -> tuple[float, float]:
    """Megabytes of a window that has shown its first page and then every customer: at rest, and at most."""
    command = [sys.executable, str(ROOT / "bench" / "large_window.py"), str(path)]
    with subprocess.Popen(
        command,
        env={**child_environment(folder), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.readline()
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(child.pid)], capture_output=True, check=False)
        child.stdin.close()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode or not said.stdout.strip():
        raise RuntimeError(f"the window ended with {child.returncode}")
    return int(said.stdout) / 1024, used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
