"""Opening a profile: of a customer with 5,000 entries and of any customer, asked and painted."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from datetime import date

from bench.results import Options, Result, percentile
from bench.timeline import FRIEND, PAGE_BOUND
from bench.timeline_book import OLD_FRIEND, timeline_book
from desktop.models.book import Book
from desktop.queries.lifetime import lifetime
from desktop.queries.profile import profile
from desktop.queries.relations import referral_tree

TIMES = 24


def measure(options: Options) -> Iterator[Result]:
    """The profile over a large book."""
    path = timeline_book(options.folder, options.customers)
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass
    with Book.open(path) as book:
        yield from _asked(book)
        yield from _shown(book)


def _asked(book: Book) -> Iterator[Result]:
    dice, today = random.Random(11), date.today()
    last = int(book.value("SELECT max(id) FROM customer"))
    taken = []
    for _ in range(200):
        row = dice.randrange(1, last + 1)
        begun = time.perf_counter()
        profile(book, customer_id=row, today=today)
        referral_tree(book, customer_id=row)
        taken.append(1000 * (time.perf_counter() - begun))
    yield Result("what a profile asks of the book, p95", percentile(taken), "ms", PAGE_BOUND)
    begun = time.perf_counter()
    lifetime(book, customer_id=FRIEND, today=today)
    fitted = 1000 * (time.perf_counter() - begun)
    yield Result("fitting the shop's model, once a day in the background", fitted, "ms")


def _shown(book: Book) -> Iterator[Result]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

    from desktop.core.settings import MachineSettings
    from desktop.operations.settings import Settings
    from desktop.views.kit import theme
    from desktop.views.kit.context import Context
    from desktop.views.kit.tasks import Tasks
    from desktop.views.profile.view import ProfileView

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.resolve("light"))
    tasks = Tasks()
    ctx = Context(book=book, settings=Settings(book, MachineSettings()), tasks=tasks)
    # Not the window itself: a page does not size that one either.
    window = QWidget()
    window.resize(1220, 840)
    pages = QStackedWidget(window)
    pages.resize(window.size())
    window.show()

    def settle() -> None:
        # The cards below the fold and the model come a moment later.
        end = time.monotonic() + 0.3
        while time.monotonic() < end or not tasks.idle:
            app.processEvents()
            time.sleep(0.005)

    def opened(customer: int) -> float:
        begun = time.perf_counter()
        made = ProfileView(ctx, customer=customer)
        pages.addWidget(made)
        pages.setCurrentWidget(made)
        app.processEvents()
        taken = 1000 * (time.perf_counter() - begun)
        settle()
        pages.removeWidget(made)
        made.deleteLater()
        app.processEvents()
        return taken

    opened(FRIEND)
    told = f"a profile of {OLD_FRIEND:,} entries, opened and painted, p95"
    yield Result(told, percentile([opened(FRIEND) for _ in range(TIMES)]), "ms", PAGE_BOUND)
    dice = random.Random(12)
    last = int(book.value("SELECT max(id) FROM customer"))
    anybody = [opened(dice.randrange(1, last + 1)) for _ in range(TIMES)]
    yield Result("anybody's profile, opened and painted, p95", percentile(anybody), "ms", PAGE_BOUND)
    window.deleteLater()
    tasks.stop()
