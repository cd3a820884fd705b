"""200,000 complaints: the board, any order and filter of the list, the counts, opening one; painted."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from functools import partial

from bench.complaint_book import EVENING, complaint_book
from bench.complaint_figures import figures
from bench.large import _read_through
from bench.results import Options, Result, percentile
from desktop.models.book import Book
from desktop.queries.complaint_board import board
from desktop.queries.complaint_detail import complaint_detail
from desktop.queries.complaint_facets import facets
from desktop.queries.complaint_facts import complaint_facts
from desktop.queries.complaint_filter import SCOPES, ComplaintFilter, text_ids
from desktop.queries.complaints import ORDERS, complaint_ids, complaint_rows, counts

COMPLAINTS, OPEN, QUICK = 200_000, 20_000, 10_000
BOUND, FRAME = 100.0, 16.0
SCREENFUL, BLOCK, CARDS = 48, 64, 40
COLUMNS = (("received",), ("acknowledged", "assessed"), ("investigating",), ("offered",),
           ("settled", "closed", "rejected"))  # fmt: skip
_TYPED = ("霉味", "张", "wlh", "dented", "C-2025-1", "C-2019-09", "8421", "nothing like it", "门口 湿")
_AT = EVENING


def measure(options: Options) -> Iterator[Result]:
    """Board, list, chips and pane over a book of very many complaints."""
    number = QUICK if options.quick else COMPLAINTS
    path = complaint_book(options.folder, number, number * OPEN // COMPLAINTS)
    _read_through(path)
    with Book.open(path) as book:
        yield from _asked(book, random.Random(8))
        yield from figures(book)
        yield from _shown(book)


def _asked(book: Book, dice: random.Random) -> Iterator[Result]:
    floor = percentile([_timed(partial(book.value, "SELECT count(+title) FROM complaint")) for _ in range(5)])
    yield Result("every complaint gone through once", floor, "ms")
    # As the screen does once it has been painted, and a search when something is first looked for.
    yield Result("columns read, in the background", _timed(partial(complaint_facts, book, now=_AT)), "ms")
    yield Result("texts read, in the background", _timed(partial(text_ids, book, "nothing")), "ms")
    known = facets(book, now=_AT, view=ComplaintFilter("all"))
    views = [_view(dice, [*known.staff], [*known.products]) for _ in range(150)]
    yield _slowest("board, any filter, p95", views, lambda view: _board(book, view), BOUND)
    orders = [(view, dice.choice(ORDERS), dice.random() < 0.5) for view in views]
    first = {partial(_page, book, *one): one for one in orders}
    taken = {one: _timed(work) for work, one in first.items()}
    worst = max(taken, key=lambda one: taken[one])
    named = f"{worst[0].scope} by {worst[1]}"
    yield Result(f"list, first screenful, p95 (slowest: {named})", percentile([*taken.values()]), "ms", BOUND)
    ids = complaint_ids(book, now=_AT, view=ComplaintFilter("all"))
    places = [dice.randrange(max(1, len(ids) - BLOCK)) for _ in range(100)]
    rows = [_timed(partial(complaint_rows, book, ids[at : at + BLOCK])) for at in places]
    yield Result("list, the rows of any page, p95", percentile(rows), "ms", FRAME)
    every = [_timed(partial(complaint_ids, book, now=_AT, view=one, sort=by)) for one, by, _ in orders[:60]]
    yield Result("all ids of a list, in the background, p95", percentile(every), "ms")
    yield Result(
        "counts on the chips, p95", percentile([_timed(partial(counts, book, now=_AT)) for _ in range(20)]),
        "ms", BOUND,
    )  # fmt: skip
    yield _slowest(
        "counts in the drawer, in the background, p95",
        views[:40],
        lambda view: facets(book, now=_AT, view=view),
    )
    some = dice.sample([*ids], 100)
    opened = [_timed(partial(complaint_detail, book, one)) for one in some]
    yield Result("a complaint's pane, asked, p95", percentile(opened), "ms", FRAME)


def _shown(book: Book) -> Iterator[Result]:
    """The screen itself, in a window that nobody sees."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.core.settings import MachineSettings
    from desktop.operations.settings import Settings
    from desktop.views.complaints.view import ComplaintsView
    from desktop.views.kit import theme
    from desktop.views.kit.context import Context
    from desktop.views.kit.tasks import Tasks

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.resolve("light"))
    tasks = Tasks()
    ctx = Context(book=book, settings=Settings(book, MachineSettings()), tasks=tasks)

    def settle() -> None:
        while not tasks.idle:
            app.processEvents()
            time.sleep(0.002)
        app.processEvents()

    def opened(mode: str) -> float:
        begun = time.perf_counter()
        view = ComplaintsView(ctx, mode=mode)
        view.resize(1200, 800)
        view.show()
        app.processEvents()
        taken = 1000 * (time.perf_counter() - begun)
        settle()
        view.deleteLater()
        settle()
        return taken

    opened("board")
    for mode, name in (("board", "the board"), ("list", "the list")):
        yield Result(f"{name} opened and painted, p95", percentile([opened(mode) for _ in range(8)]), "ms")
    tasks.stop()


def _view(dice: random.Random, staff: list[int], products: list[int]) -> ComplaintFilter:
    """A filter as it may be set: any scope, a choice or two, some words."""
    severities = (dice.choice(("urgent", "high", "low")),) if dice.random() < 0.3 else ()
    subjects = tuple(dice.sample(("quality", "delivery", "service"), 2)) if dice.random() < 0.2 else ()
    return ComplaintFilter(
        dice.choice([*SCOPES]),
        dice.choice(_TYPED) if dice.random() < 0.3 else "",
        severities,
        subjects,
        (dice.choice(staff),) if dice.random() < 0.15 else (),
        (dice.choice(products),) if dice.random() < 0.15 else (),
    )


def _board(book: Book, view: ComplaintFilter) -> object:
    heaps = board(book, now=_AT, view=view, columns=COLUMNS, most=CARDS)
    return complaint_rows(book, [one for heap in heaps for one in heap.ids])


def _page(book: Book, view: ComplaintFilter, sort: str, descending: bool) -> object:
    ids = complaint_ids(book, now=_AT, view=view, sort=sort, descending=descending, most=SCREENFUL)
    return complaint_rows(book, ids)


def _slowest(
    name: str, views: list[ComplaintFilter], work: Callable[[ComplaintFilter], object], bound: float = 0.0
) -> Result:
    taken = {view: _timed(partial(work, view)) for view in views}
    worst = max(taken, key=lambda view: taken[view])
    said = " ".join(filter(None, (worst.scope, worst.text and f"“{worst.text}”")))
    return Result(f"{name} (slowest: {said})", percentile([*taken.values()]), "ms", bound)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)
