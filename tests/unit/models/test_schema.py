"""The peewee tables say what the schema says, and the schema refuses what is not true."""

import gzip
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from desktop.models import (
    complaints,
    customers,
    leads,
    membership,
    orders,
    privacy,
    processes,
    recognition,
    service,
    shipping,
    shop,
    visits,
)
from desktop.models.base import Row
from desktop.models.book import Book
from desktop.models.migrations import JOURNALLED, LATEST

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "books"
MODELS = [
    model
    for module in (
        shop,
        customers,
        orders,
        processes,
        privacy,
        complaints,
        service,
        leads,
        membership,
        shipping,
        visits,
        recognition,
    )
    for model in vars(module).values()
    if isinstance(model, type)
    and issubclass(model, Row)
    and model is not Row
    and model.__module__ == module.__name__
]


def test_every_journalled_table_has_its_model() -> None:
    assert sorted(model._meta.table_name for model in MODELS) == sorted(JOURNALLED)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_a_model_names_the_columns_of_its_table(book: Book, model: type[Row]) -> None:
    assert sorted(model._meta.columns) == sorted(book.db.columns(model._meta.table_name))


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO customer (name, created_at) VALUES ('x', '2026-13-05 00:00:00')",
        "INSERT INTO customer (name, created_at, kind) VALUES ('x', '2026-01-05 00:00:00', 'alien')",
        "INSERT INTO orders (placed_at, customer_id) VALUES ('2026-01-05 00:00:00', 999)",
        "INSERT INTO orders (placed_at, paid) VALUES ('2026-01-05 00:00:00', 12.5)",
        "INSERT INTO rating (ended_at, perceived) VALUES ('2026-01-05 00:00:00', 6)",
        "INSERT INTO orders (placed_at, number) VALUES ('2026-01-05 00:00:00', 'A'), "
        "('2026-01-05 00:00:00', 'A')",
    ],
)
def test_what_is_not_true_is_refused(book: Book, sql: str) -> None:
    with pytest.raises(sqlite.IntegrityError):
        book.db.execute_sql(sql)


def test_a_phone_belongs_to_one_customer_and_an_address_to_a_household(book: Book) -> None:
    with book.step("Add") as step:
        a, b = (step.insert(customers.Customer, name=n, created_at="2026-01-01 00:00:00") for n in "ab")
        for who in (a, b):
            step.insert(customers.ContactPoint, customer_id=who, kind="address", value="杭州", norm="杭州")
        step.insert(customers.ContactPoint, customer_id=a, kind="phone", value="1", norm="13800000000")
    with pytest.raises(sqlite.IntegrityError), book.step("Again") as step:
        step.insert(customers.ContactPoint, customer_id=b, kind="phone", value="1", norm="13800000000")


@pytest.mark.parametrize("packed", sorted(GOLDEN.glob("*.gz")), ids=lambda path: str(path.name))
def test_a_golden_book_of_every_released_schema_comes_up_to_date(tmp_path: Path, packed: Path) -> None:
    path = tmp_path / "old.shuke"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with Book.open(path) as book:
        assert book.schema == LATEST
        assert book.value("SELECT count(*) FROM customer") == book.value(
            "SELECT count(*) FROM customer_summary"
        )
        assert book.value("SELECT count(*) FROM customer") >= 10
        assert book.rows("PRAGMA foreign_key_check") == []
        assert book.value("PRAGMA quick_check") == "ok"
        while book.undo():
            pass
        assert book.value("SELECT count(*) FROM customer") == 0


@pytest.mark.parametrize("number", range(1, LATEST + 1))
def test_there_is_a_golden_book_of_every_schema(number: int) -> None:
    assert (GOLDEN / f"schema{number}.shuke.gz").is_file()


@pytest.mark.parametrize("number", range(1, LATEST + 1))
def test_an_old_book_brought_up_to_date_has_the_tables_of_a_new_one(
    book: Book, tmp_path: Path, number: int
) -> None:
    """A released migration that somebody edits shows here: old books would lack what new ones have."""
    path = tmp_path / "old.shuke"
    path.write_bytes(gzip.decompress((GOLDEN / f"schema{number}.shuke.gz").read_bytes()))
    objects = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY type, name"
    with Book.open(path) as old:
        assert old.rows(objects) == book.rows(objects)
