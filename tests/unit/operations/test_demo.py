"""The sample shop: whole, true to its seed, undone in one step, and in the language asked for."""

from datetime import date
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.core.text import normalise_account
from desktop.models.book import Book
from desktop.operations.demo import make_demo

TODAY = date(2026, 11, 22)
TABLES = (
    "customer", "contact_point", "tag", "customer_tag", "product", "orders", "order_line", "interaction",
    "rating", "complaint", "complaint_step", "promise", "remedy", "service_case", "case_step", "task",
    "staff", "segment", "case_item", "relationship", "consent", "privacy_request", "checklist",
    "checklist_step",
)  # fmt: skip


def fingerprint(book: Book) -> list[object]:
    """Every row of every table that the sample fills."""
    return [book.rows(f'SELECT * FROM "{table}" ORDER BY id') for table in TABLES]


def test_fills_every_subject_and_undoes_in_one_step(book: Book) -> None:
    changes = make_demo(book, customers=300, today=TODAY)
    assert set(TABLES) <= changes.tables
    assert book.value("SELECT count(*) FROM customer") == 300
    assert all(book.value(f'SELECT count(*) FROM "{table}"') > 0 for table in TABLES)
    assert book.rows("PRAGMA foreign_key_check") == []
    assert 3 <= book.value("SELECT count(*) FROM complaint WHERE open") <= 6
    assert book.setting("shop.name") == "一叶茶铺"
    book.undo()
    assert all(book.value(f'SELECT count(*) FROM "{table}"') == 0 for table in TABLES)
    assert book.setting("shop.name") == ""
    book.redo()
    assert book.value("SELECT count(*) FROM customer") == 300


def test_the_same_seed_and_day_give_the_same_shop(tmp_path: Path) -> None:
    prints = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        with Book.create(tmp_path / f"{name}.shuke") as book:
            make_demo(book, customers=60, seed=seed, today=TODAY)
            prints.append(fingerprint(book))
    assert prints[0] == prints[1]
    assert prints[0] != prints[2]


def test_an_english_shop_writes_english(book: Book) -> None:
    make_demo(book, customers=40, today=TODAY, language="en")
    texts = " ".join(
        text for (text,) in book.rows("SELECT name FROM product UNION SELECT text FROM interaction")
    )
    assert "Longjing" in texts
    assert not any("\u4e00" <= char <= "\u9fff" for char in texts)


def test_contacts_are_in_the_form_by_which_people_are_recognised(book: Book) -> None:
    make_demo(book, customers=200, today=TODAY)
    for kind, value, norm in book.rows("SELECT kind, value, norm FROM contact_point"):
        assert normalise_account(kind, value) == norm, (kind, value)


def test_the_sums_of_lines_and_the_order_of_times_hold(book: Book) -> None:
    make_demo(book, customers=200, today=TODAY)
    wrong = """SELECT count(*) FROM orders WHERE
               total <> (SELECT sum(amount) FROM order_line WHERE order_id = orders.id)
               OR refunded > paid OR paid_at < placed_at OR ended_at < placed_at"""
    assert book.value(wrong) == 0
    assert book.value("SELECT max(placed_at) FROM orders") < "2026-11-22 10"
    late = "SELECT count(*) FROM complaint WHERE replied_at < received_at OR settled_at < replied_at"
    assert book.value(late) == 0


def test_a_book_with_customers_is_refused(book: Book) -> None:
    make_demo(book, customers=5, today=TODAY)
    with pytest.raises(UserError):
        make_demo(book, customers=5, today=TODAY)


class _Impatient(Progress):
    def report(self, done: int, total: int = 0, text: str = "") -> None:
        if done:
            raise Cancelled


def test_cancelling_leaves_the_book_empty(book: Book) -> None:
    with pytest.raises(Cancelled):
        make_demo(book, customers=20, today=TODAY, progress=_Impatient())
    assert book.value("SELECT count(*) FROM customer") == 0
    assert book.next_undo() is None
