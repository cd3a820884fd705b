"""The history of imports says who brought what in, how much of it was new, and what changed."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange.plan import make_plan
from desktop.models.book import Book
from desktop.operations.importing import import_plan
from desktop.queries.imports import recent_imports

HEADER = "order id,order date,status,total,account,phone\n"


def bring(book: Book, folder: Path, rows: str) -> None:
    path = folder / "orders.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    import_plan(book, make_plan(book, path))


def test_each_import_with_its_figures_and_its_clerk(book: Book, tmp_path: Path) -> None:
    bring(book, tmp_path, "1,2026-11-09,paid,5,tea1,13800138421\n2,2026-11-09,paid,5,,\n")
    with book.step("x") as step:
        step.execute("INSERT INTO staff (name) VALUES ('小陈')")
    book.clerk = "小陈"
    bring(
        book,
        tmp_path,
        "1,2026-11-09,completed,5,tea1,\n3,2026-11-10,paid,5,tea2,13800138421\nx,bad,paid,5,,\n",
    )
    newest, first = recent_imports(book)
    assert (first.orders_new, first.updated, first.doubts, first.entries_new, first.staff) == (2, 0, 0, 0, "")
    assert (newest.orders_new, newest.orders_known, newest.customers_new, newest.customers_known) == (
        1,
        1,
        1,
        1,
    )
    assert (newest.updated, newest.doubts, newest.problems, newest.staff) == (1, 1, 1, "小陈")
    assert (newest.newest, first.newest) == (True, False)
    book.undo()
    (left,) = recent_imports(book)
    assert left.id == first.id
