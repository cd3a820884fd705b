"""Whatever ends an import or an export half-way, the book is as it was and no half file is left."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.exchange.plan import make_plan
from desktop.exchange.whole_book.book import WHAT, export_book
from desktop.models.book import Book
from desktop.models.migrations import JOURNALLED
from desktop.operations.demo import make_demo
from desktop.operations.importing import import_plan
from desktop.operations.restoring import restore_book
from desktop.safekeeping.checks import check_book

ROOT = Path(__file__).resolve().parents[3]


def contents(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Every field of every journalled table, and what of the history can be undone."""
    found = {table: book.rows(f'SELECT * FROM "{table}" ORDER BY id') for table in JOURNALLED}
    return {**found, "undo": book.rows("SELECT count(*), max(id) FROM step")}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop and, beside it, a file that adds to it and changes much of it."""
    folder = tmp_path_factory.mktemp("interrupted")
    with Book.create(folder / "shop.shuke") as book:
        make_demo(book, customers=60, seed=5, today=date(2026, 11, 22), language="zh_CN")
        orders = book.rows(
            "SELECT o.number, o.placed_at, o.channel, c.name, p.value FROM orders o "
            "JOIN customer c ON c.id = o.customer_id JOIN contact_point p ON p.customer_id = c.id "
            "AND p.kind = 'phone' WHERE o.number <> '' GROUP BY o.id"
        )
        export_book(book, folder / "whole.xlsx")
        book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    rows = [f'{number},{at},{channel},"{name}",{phone},9.9' for number, at, channel, name, phone in orders]
    rows += [f"N{at},2026-11-09 10:00:00,shop,New {at},,{at}.5" for at in range(1_500)]
    text = "\n".join(["order id,order date,channel,customer name,phone,total", *rows])
    (folder / "orders.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def held(shop: Path, tmp_path: Path) -> Path:
    """A copy of the shop's book."""
    path = tmp_path / "shop.shuke"
    path.write_bytes((shop / "shop.shuke").read_bytes())
    return path


def bring_in(book: Book, shop: Path, progress: Progress) -> object:
    return import_plan(book, make_plan(book, shop / "orders.csv", progress=progress), progress=progress)


def restore(book: Book, shop: Path, progress: Progress) -> object:
    return restore_book(book, shop / "whole.xlsx", progress=progress)


Work = Callable[[Book, Path, Progress], object]


class _Counting(Progress):
    """Counts how often it is asked, and stops the work at one of these times."""

    def __init__(self, last: int = -1) -> None:
        self.calls = 0
        self.last = last

    def check(self) -> None:
        self.calls += 1
        if self.calls == self.last:
            raise Cancelled

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        self.check()


@pytest.mark.parametrize("work", [bring_in, restore])
def test_cancelling_at_any_moment(shop: Path, held: Path, tmp_path: Path, work: Work) -> None:
    if work is restore:
        held = tmp_path / "empty.shuke"
        Book.create(held).close()
    dice = random.Random(8)
    with Book.open(held) as book:
        before = contents(book)
        every = _Counting()
        work(book, shop, every)
        book.undo()
        for table in JOURNALLED:
            assert book.rows(f'SELECT * FROM "{table}" ORDER BY id') == before[table]
        before = contents(book)
        for last in [every.calls - 1, *(dice.randrange(1, every.calls) for _ in range(5))]:
            counting = _Counting(last)
            try:
                work(book, shop, counting)
            except Cancelled:
                assert contents(book) == before, last
            else:
                assert counting.calls < last, "a reader that was quicker this time is asked after less often"
                book.undo()
                before = contents(book)
        assert not check_book(book)


_CHILD = """
import sys
from pathlib import Path
from desktop.models.book import Book
from desktop.core.progress import Progress
from tests.unit.operations import test_interrupted

class Tell(Progress):
    def report(self, done, total=0, text=""):
        print(text, flush=True)

if int(sys.argv[4]):
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]),) * 2)
with Book.open(sys.argv[1]) as book:
    getattr(test_interrupted, sys.argv[3])(book, Path(sys.argv[2]), Tell())
"""


def in_a_process(book: Path, shop: Path, work: Work, limit: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(book), str(shop), work.__name__, str(limit)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize("said", ["Checking", "Writing orders", ""])
def test_the_program_is_killed_while_it_imports(shop: Path, held: Path, said: str) -> None:
    with Book.open(held) as book:
        before = contents(book)
    with in_a_process(held, shop, bring_in) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if said and line.startswith(said):
                break
        child.kill()
    with Book.open(held) as book:
        if said:
            assert contents(book) == before
        assert not check_book(book)
        bring_in(book, shop, Progress())
        assert book.value("SELECT count(*) FROM orders WHERE number LIKE 'N%' AND channel = 'shop'") == 1_500


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on files")
@pytest.mark.parametrize("room", [0, 200_000])
def test_the_disk_takes_no_more_while_a_book_is_written(shop: Path, held: Path, room: int) -> None:
    with Book.open(held) as book:
        before = contents(book)
    with in_a_process(held, shop, bring_in, room + 100_000) as child:
        _, told = child.communicate(timeout=60)
    assert "BookError: The disk" in told, told
    with Book.open(held) as book:
        assert contents(book) == before
        assert not check_book(book)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("what", WHAT)
def test_the_disk_is_full_while_a_list_is_written(held: Path, tmp_path: Path, what: str) -> None:
    path = tmp_path / "out" / "list.xlsx"
    path.parent.mkdir()
    (path.parent / f".{path.name}.{os.getpid()}.part").symlink_to("/dev/full")
    with Book.open(held) as book, pytest.raises(UserError, match="disk is full"):
        export_book(book, path, what=what)
    assert not list(path.parent.iterdir())
