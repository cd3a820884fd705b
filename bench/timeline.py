"""Three million entries: first page, any place, a customer's 5,000, a search; asked and painted."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator

from bench.results import Options, Result, percentile
from bench.timeline_book import OLD_FRIEND, timeline_book
from desktop.models.book import Book
from desktop.queries.timeline import PAGE, TimelineFilter, timeline_page
from desktop.queries.timeline_days import span_keys
from desktop.queries.timeline_entries import read_entries
from desktop.queries.timeline_keys import Scope, Span, scope_of
from desktop.queries.timeline_stream import Stream, build

PAGE_BOUND, FRAME = 50.0, 16.0
BLOCK = 32
"""Entries that the list's model reads at a time."""
FRIEND = 1
"""The customer with the longest memory."""


def measure(options: Options) -> Iterator[Result]:
    """The stream of a large book, asked and painted."""
    path = timeline_book(options.folder, options.customers)
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass
    with Book.open(path) as book:
        yield from _asked(book)
        yield from _shown(book)


def _asked(book: Book) -> Iterator[Result]:
    dice = random.Random(5)
    yield Result(
        "first page of the shop, p95", _p95(lambda: timeline_page(book, limit=PAGE), 40), "ms", PAGE_BOUND
    )
    begun = time.perf_counter()
    stream = build(book, Scope())
    counted = 1000 * (time.perf_counter() - begun)
    yield Result(f"counting the days of {stream.total:,} entries, in the background", counted, "ms")
    yield Result("entries at any place, p95", _p95(lambda: _block(book, stream, dice), 120), "ms", FRAME)
    orders = build(book, Scope(None, TimelineFilter(kinds=frozenset({"order"}))))
    yield Result("the same of one kind, p95", _p95(lambda: _block(book, orders, dice), 120), "ms", FRAME)

    def friend() -> None:
        theirs = build(book, Scope(FRIEND))
        read_entries(book, theirs.keys(book, 0, BLOCK))

    yield Result(f"a customer's {OLD_FRIEND:,} entries, p95", _p95(friend, 20), "ms", PAGE_BOUND)
    begun = time.perf_counter()
    scope = scope_of(book, None, TimelineFilter(text="礼盒"))
    last = stream.day_at(0)
    found = span_keys(book, scope, Span(last - 7, last))
    yield Result("the first week of a search for words", 1000 * (time.perf_counter() - begun), "ms")
    begun = time.perf_counter()
    found = span_keys(book, scope)
    said = f"all {sum(map(len, found.values())):,} that a search finds, in the background"
    yield Result(said, 1000 * (time.perf_counter() - begun), "ms")


def _shown(book: Book) -> Iterator[Result]:
    """The widget itself, in a window that nobody sees."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.core.settings import MachineSettings
    from desktop.operations.settings import Settings
    from desktop.views.kit import theme
    from desktop.views.kit.context import Context
    from desktop.views.kit.tasks import Tasks
    from desktop.views.timeline.stream import TimelineStream

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.resolve("light"))
    tasks = Tasks()
    ctx = Context(book=book, settings=Settings(book, MachineSettings()), tasks=tasks)

    def settle() -> None:
        while not tasks.idle:
            app.processEvents()
            time.sleep(0.005)
        app.processEvents()

    def opened(customer: int | None) -> TimelineStream:
        shown = TimelineStream(ctx, customer)
        shown.resize(860, 720)
        shown.show()
        app.processEvents()
        return shown

    opened(None).deleteLater()
    settle()
    times: dict[int | None, list[float]] = {None: [], FRIEND: []}
    for customer in (None, FRIEND) * 8:
        begun = time.perf_counter()
        made = opened(customer)
        times[customer].append(1000 * (time.perf_counter() - begun))
        settle()
        made.deleteLater()
    yield Result("the shop's timeline opened and painted, p95", percentile(times[None]), "ms", PAGE_BOUND)
    yield Result(
        f"a customer's {OLD_FRIEND:,}, opened and painted, p95", percentile(times[FRIEND]), "ms", PAGE_BOUND
    )
    shop = opened(None)
    settle()
    bar, dice = shop.list.verticalScrollBar(), random.Random(7)

    def drag() -> None:
        bar.setValue(dice.randrange(bar.maximum()))
        shop.list.viewport().repaint()

    def wheel() -> None:
        bar.setValue(bar.value() + 90)
        shop.list.viewport().repaint()

    yield Result("the scroll bar dragged to any place, painted, p95", _p95(drag, 150), "ms", FRAME)
    bar.setValue(bar.maximum() // 2)
    yield Result("a turn of the wheel, painted, p95", _p95(wheel, 300), "ms", FRAME)
    shop.deleteLater()
    tasks.stop()


def _block(book: Book, stream: Stream, dice: random.Random) -> object:
    place = dice.randrange(max(1, stream.total - BLOCK))
    return read_entries(book, stream.keys(book, place, place + BLOCK))


def _p95(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return percentile(taken)
