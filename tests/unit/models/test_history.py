"""Undo, redo and the audit trail: whatever a step did, one undo gives the book back as it was."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.progress import Cancelled, Progress
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import ContactPoint, Customer
from desktop.models.migrations import JOURNALLED
from desktop.models.orders import Order, OrderLine
from desktop.models.service import Rating
from desktop.models.shop import Attachment

NOW = "2026-11-22 09:00:00"


def contents(book: Book) -> dict[str, Any]:
    """Every row of every journalled and derived table."""
    tables = (*JOURNALLED, "customer_summary")
    return {table: book.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables}


def fill(book: Book, customers: int = 3) -> list[int]:
    """Customers with a phone, two orders and a rating each."""
    made = []
    with book.step("Fill") as step:
        for n in range(customers):
            who = step.insert(Customer, name=f"客户{n}", created_at=NOW)
            step.insert(
                ContactPoint, customer_id=who, kind="phone", value=f"1380000{n:04}", norm=f"1380000{n:04}"
            )
            for month in (1, 3):
                order = step.insert(
                    Order,
                    number=f"{n}-{month}",
                    customer_id=who,
                    placed_at=f"2026-0{month}-01 10:00:00",
                    paid=5000,
                )
                step.insert(
                    OrderLine, order_id=order, title="龙井", quantity=2, unit_price=250000, amount=5000
                )
            step.insert(Rating, customer_id=who, ended_at=NOW, rated_at=NOW, perceived=4)
            made.append(who)
    return made


def test_undo_and_redo_of_every_kind_of_change(book: Book) -> None:
    empty = contents(book)
    made = fill(book)
    full = contents(book)
    with book.step("Change much") as step:
        step.update(Customer, made[0], name="王丽华", notes="爱喝龙井")
        step.delete(Customer, [made[1]])
        new = step.insert(Customer, name="Emma", created_at=NOW)
        step.execute("UPDATE orders SET customer_id = ? WHERE customer_id = ?", (new, made[2]))
        step.insert(
            Attachment, subject="customer", subject_id=new, name="x", added_at=NOW, sha256="", data=b"\0\xff"
        )
    changed = contents(book)
    assert changed != full
    assert book.undo().touches("customer", "orders")
    assert contents(book) == full
    book.redo()
    assert contents(book) == changed
    book.undo()
    book.undo()
    assert contents(book) == empty
    assert not book.undo()
    book.redo()
    book.redo()
    assert contents(book) == changed
    assert not book.redo()


def test_a_new_change_ends_redo_and_drops_only_its_copies(book: Book) -> None:
    made = fill(book)
    with book.step("Delete") as step:
        step.delete(Customer, made)
    book.undo()
    assert book.next_redo() is not None
    with book.step("Rename") as step:
        step.update(Customer, made[0], name="新名")
    assert book.next_redo() is None
    assert not book.redo()
    kinds = [kind for (kind,) in book.rows("SELECT kind FROM step ORDER BY id")]
    assert kinds == ["do", "do", "undo", "do"]


def test_a_step_that_fails_leaves_no_trace(book: Book) -> None:
    fill(book)
    before = contents(book)

    def spoil() -> None:
        with book.step("Spoil") as step:
            step.insert(Customer, name="甲", created_at=NOW)
            msg = "in the middle"
            raise RuntimeError(msg)

    with pytest.raises(RuntimeError, match="in the middle"):
        spoil()
    assert contents(book) == before
    assert [named.label for named in [book.next_undo()] if named] == ["Fill"]


def test_a_step_that_changes_nothing_is_not_undoable(book: Book) -> None:
    made = fill(book)
    with book.step("Same again") as step:
        step.update(Customer, made[0], name="客户0")
    assert not step.changes
    last = book.next_undo()
    assert last is not None
    assert last.label == "Fill"


def test_steps_do_not_nest(book: Book) -> None:
    def nested() -> None:
        with book.step("Outer"), book.step("Inner"):
            pass

    with pytest.raises(RuntimeError, match="nest"):
        nested()


def test_bulk_inserts_are_one_journal_row_and_updates_keep_only_what_changed(book: Book) -> None:
    (who,) = fill(book, 1)
    with book.step("Many") as step:
        step.insert_many(
            Order,
            ("placed_at", "customer_id", "paid"),
            ((f"2025-01-{d:02} 00:00:00", who, d) for d in range(1, 31)),
        )
        step.update(Customer, who, notes="常客")
    journal = book.rows(
        "SELECT tbl, op, last_row - first_row + 1, old, new FROM change WHERE step_id = ?", (step.id,)
    )
    assert journal[0] == ("orders", "I", 30, None, None)
    assert (json.loads(journal[1][3]), json.loads(journal[1][4])) == ({"notes": ""}, {"notes": "常客"})


def test_changes_that_no_step_made_are_still_in_the_journal(book: Book) -> None:
    (who,) = fill(book, 1)
    book.db.execute_sql("UPDATE customer SET name = 'by hand' WHERE id = ?", (who,))
    assert book.value("SELECT new FROM change WHERE step_id IS NULL") == '{"name":"by hand"}'


def test_labels_keep_their_values_for_the_menu(book: Book) -> None:
    with book.step("Delete {n} customers", n=3) as step:
        step.insert(Customer, name="x", created_at=NOW)
    assert step.changes.label.format(**step.changes.args) == "Delete 3 customers"
    named = book.next_undo()
    assert named is not None
    assert named.args == {"n": 3}


@given(
    st.lists(st.tuples(st.sampled_from(["add", "rename", "delete", "order", "complain"]), st.integers(0, 5)))
)
def test_any_row_of_steps_undone_is_the_empty_book(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[str, int]]
) -> None:
    with Book.create(tmp_path_factory.mktemp("any") / "shop.shuke") as book:
        states = [contents(book)]
        for doing, n in doings:
            with book.step("Do") as step:
                known = [row for (row,) in book.rows("SELECT id FROM customer ORDER BY id")]
                one = known[n % len(known)] if known else None
                if doing == "add" or one is None:
                    step.insert(Customer, name=f"客{n}", created_at=NOW)
                elif doing == "rename":
                    step.update(Customer, one, name=f"改{n}")
                elif doing == "delete":
                    step.delete(Customer, [one])
                elif doing == "order":
                    step.insert(Order, customer_id=one, placed_at=f"2026-01-0{n + 1} 00:00:00", paid=n)
                else:
                    number = f"C-{book.value('SELECT count(*) FROM step')}"
                    step.insert(Complaint, number=number, customer_id=one, received_at=NOW, title="漏发")
            if step.changes:
                states.append(contents(book))
        final = states.pop()
        assert contents(book) == final
        depth = len(states)
        while states:
            assert book.undo()
            assert contents(book) == states.pop()
        for _ in range(depth):
            assert book.redo()
        assert contents(book) == final


def test_bulk_inserts_with_ids_of_their_own_are_journalled_as_their_ranges(book: Book) -> None:
    ids = [3, 4, 5, 9, 7, 8]
    with book.step("Many") as step:
        step.insert_many(Customer, ("name", "id", "created_at"), ((f"客{n}", n, NOW) for n in ids))
        step.insert(Customer, name="one more", created_at=NOW)
    ranges = book.rows(
        "SELECT first_row, last_row FROM change WHERE step_id = ? AND tbl = 'customer'", (step.id,)
    )
    assert ranges == [(3, 5), (9, 9), (7, 8), (10, 10)]
    book.undo()
    assert book.value("SELECT count(*) FROM customer") == 0
    book.redo()
    assert [row for (row,) in book.rows("SELECT id FROM customer ORDER BY id")] == [*sorted(ids), 10]


class _Impatient(Progress):
    """Stops the work at the n-th look."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled


@pytest.mark.parametrize("looks", [0, 3, 10])
def test_a_long_undo_can_be_stopped_and_changes_nothing(book: Book, looks: int) -> None:
    with book.step("Many") as step:
        rows = ((f"客户{at}", "2026-01-01 00:00:00") for at in range(5_000))
        step.insert_many(Customer, ("name", "created_at"), rows)
    before = book.rows("SELECT * FROM customer"), book.rows("SELECT * FROM step")
    with pytest.raises(Cancelled):
        book.undo(_Impatient(looks))
    assert (book.rows("SELECT * FROM customer"), book.rows("SELECT * FROM step")) == before
    assert book.undo()
    assert book.value("SELECT count(*) FROM customer") == 0


def test_a_deleted_file_is_kept_once_and_as_it_is(book: Book) -> None:
    content = bytes(range(256)) * 4000
    values = {"subject": "customer", "subject_id": 1, "name": "x", "added_at": NOW, "sha256": ""}
    with book.step("Add") as step:
        row = step.insert(Attachment, **values, data=content)
    with book.step("Rename") as step:
        step.update(Attachment, row, name="y")
    with book.step("Replace") as step:
        step.update(Attachment, row, data=b"small")
    with book.step("Delete") as step:
        step.delete(Attachment, [row])
    sizes = book.rows("SELECT op, length(coalesce(old, '')), data FROM change ORDER BY id")
    assert [(op, data) for op, _, data in sizes] == [("I", None), ("U", None), ("U", None), ("D", b"small")]
    assert sizes[1][1] < 100
    assert sizes[3][1] < 300
    for expected in (b"small", content, content):
        book.undo()
        assert book.value("SELECT data FROM attachment") == expected
    for _ in range(3):
        book.redo()
    assert book.value("SELECT count(*) FROM attachment") == 0
    book.undo()
    assert book.value("SELECT data FROM attachment") == b"small"


def test_a_file_deleted_before_schema_3_comes_back(book: Book) -> None:
    with book.step("Add") as step:
        row = step.insert(
            Attachment, subject="customer", subject_id=1, name="x", added_at=NOW, sha256="", data=b"\0\xff"
        )
    with book.step("Delete") as step:
        step.delete(Attachment, [row])
    book.db.execute_sql(
        "UPDATE change SET old = json_set(old, '$.data', hex(data)), data = NULL WHERE op = 'D'"
    )
    book.undo()
    assert book.value("SELECT data FROM attachment") == b"\0\xff"
