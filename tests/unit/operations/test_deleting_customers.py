"""Deleting many customers at once leaves what deleting one after the other leaves, and comes back whole."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from desktop.models.book import Book
from desktop.models.migrations import JOURNALLED
from desktop.operations.customers import delete_customers
from desktop.operations.demo import make_demo

TODAY = date(2026, 11, 22)


def everything(book: Book) -> dict[str, list[Any]]:
    return {table: book.rows(f'SELECT * FROM "{table}" ORDER BY id') for table in JOURNALLED}


def test_at_once_is_as_one_after_the_other(tmp_path: Path) -> None:
    path, other = tmp_path / "one.shuke", tmp_path / "other.shuke"
    with Book.create(path) as book:
        make_demo(book, today=TODAY, customers=80)
    shutil.copy(path, other)
    with Book.open(path) as book, Book.open(other) as slow:
        before = everything(book)
        ids = [row for (row,) in book.rows("SELECT id FROM customer WHERE id % 3 = 0 ORDER BY id")]
        delete_customers(book, customer_ids=ids)
        with slow.step("Delete") as step:
            for row in ids:
                step.execute("DELETE FROM customer WHERE id = ?", (row,))
        left = everything(book)
        assert left == everything(slow)
        assert left["complaint"] != before["complaint"]
        assert not book.rows("SELECT * FROM pragma_foreign_key_check")
        assert book.rows("SELECT * FROM customer_summary ORDER BY customer_id") == slow.rows(
            "SELECT * FROM customer_summary ORDER BY customer_id"
        )
        book.undo()
        assert everything(book) == before
        book.redo()
        assert everything(book) == left
