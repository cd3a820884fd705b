"""Somebody erased is gone from every table, the journal and the file; everything else is undone as ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.models.book import Book
from desktop.models.integrity import broken_pages, dangling_keys, wrong_search_words, wrong_summaries
from desktop.models.orders import Order, OrderLine
from desktop.models.privacy import Consent, PrivacyRequest
from desktop.models.processes import Checklist, ChecklistStep
from desktop.models.references import references_to
from desktop.operations import attachments, complaints, erasing, service, tasks
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer, delete_customers, edit_customer
from desktop.operations.erasing import erase_customer
from desktop.operations.merging import merge_customers
from desktop.operations.service_cases import add_case
from desktop.operations.unmerging import unmerge_customers
from desktop.queries.history import history

AT = datetime(2026, 11, 22, 9, 0)


def everything(book: Book) -> str:
    """All that the tables and the journal hold, as one text; the search index has tables of its own."""
    tables = [
        name
        for (name,) in book.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        )
        if not name.startswith("customer_search")
    ]
    return "\n".join(repr(row) for table in tables for row in book.rows(f'SELECT * FROM "{table}"'))


def undone(book: Book) -> bool:
    """Undoes the newest step, if there is one: every step left must still do something."""
    if book.next_undo() is None:
        return False
    assert book.undo()
    return True


def known_of(book: Book, name: str, phone: str, mark: str) -> int:
    """A customer of whom the book knows much, all of it marked."""
    row = add_customer(
        book,
        values={"name": name, "notes": f"{mark} notes", "likes": f"{mark} tea", "birthday": "1990-01-02"},
        points=[Point("phone", phone), Point("address", f"{mark} road 5")],
        tags=["VIP"],
    ).created["customer"]
    with book.step("Order of {customer}", customer=name) as step:
        order = step.insert(
            Order, number=f"A{row}", customer_id=row, placed_at="2026-01-01 09:00:00", paid=5000,
            ship_to=f"{mark} road", note=f"{mark} note", status="paid",
        )  # fmt: skip
        step.insert(OrderLine, order_id=order, title="龙井", amount=5000)
        step.insert(
            Consent,
            customer_id=row,
            purpose="contact",
            given=True,
            at="2026-01-01 09:00:00",
            text=f"{mark} yes",
        )
        step.insert(
            PrivacyRequest, customer_id=row, name=name, kind="access", received_at="2026-01-01 09:00:00"
        )
    note = service.add_interaction(book, text=f"{mark} said", stage="pre-sale", at=AT, customer_id=row)
    service.edit_interaction(book, interaction_id=note.created["interaction"], text=f"{mark} said more")
    tasks.add_task(book, title=f"{mark} call", created_at=AT, due=date(2026, 12, 1), customer_id=row)
    case = add_case(book, kind="return", title=f"{mark} case", opened_at=AT, customer_id=row).created[
        "service_case"
    ]
    complaint = complaints.open_complaint(
        book, title=f"{mark} late", text=f"{mark} words", received_at=AT, customer_id=row
    ).created["complaint"]
    for subject, one in (("customer", row), ("complaint", complaint), ("service_case", case)):
        attachments.add_attachments(
            book, subject=subject, subject_id=one, at=AT,
            files=[attachments.NewFile(f"{mark}.txt", data=f"{mark} file {subject}".encode())],
        )  # fmt: skip
    with book.step("Checklist") as step:
        listed = step.insert(Checklist, stage="pre-sale", customer_id=row, opened_at="2026-01-01 09:00:00")
        ticked = step.insert(
            ChecklistStep, checklist_id=listed, position=0, title="greet", note=f"{mark} list"
        )
    with book.step("Tick") as step:
        step.update(ChecklistStep, ticked, note=f"{mark} ticked")
    edit_customer(
        book, customer_id=row, values={"notes": f"{mark} other notes"}, points=[Point("phone", phone)]
    )
    return row


def test_nothing_personal_is_left_anywhere(book: Book) -> None:
    who = known_of(book, "王秘密", "13800138421", "SECRET")
    other = known_of(book, "孙公开", "13900139000", "PUBLIC")
    delete_customers(book, customer_ids=[who])
    book.undo()
    before = book.rows("SELECT * FROM customer WHERE id = ?", (other,))
    changes = erase_customer(book, customer_id=who, at=AT)
    assert changes.step is None
    assert changes.touches("customer", "contact_point", "interaction")
    left = everything(book)
    for secret in ("SECRET", "王秘密", "13800138421", "1990-01-02' "):
        assert secret not in left
    assert "孙公开" in left
    assert "PUBLIC said more" in left
    assert book.row("SELECT name, notes, birthday, custom FROM customer WHERE id = ?", (who,)) == (
        "Erased customer", "", "", "{}",
    )  # fmt: skip
    # Money and dates stay, so that the shop's figures do.
    order = book.row("SELECT number, paid, status, ship_to, note FROM orders WHERE customer_id = ?", (who,))
    assert order == (f"A{who}", 5000, "paid", "", "")
    assert book.row("SELECT spend, orders FROM customer_summary WHERE customer_id = ?", (who,)) == (5000, 1)
    requests = book.rows(
        "SELECT kind, done_at, name FROM privacy_request WHERE customer_id = ? ORDER BY id", (who,)
    )
    assert requests == [
        ("access", None, "Erased customer"),
        ("erase", "2026-11-22 09:00:00", "Erased customer"),
    ]
    assert book.rows("SELECT * FROM customer WHERE id = ?", (other,)) == before
    assert (dangling_keys(book.db), wrong_summaries(book.db), wrong_search_words(book.db)) == (0, 0, 0)
    assert broken_pages(book.db) == []
    # Nothing to undo was added, and everything that was done before is undone as ever.
    assert (named := book.next_undo()) is not None
    assert named.label != "Erase a customer"
    while undone(book):
        assert "SECRET" not in everything(book)
        assert dangling_keys(book.db) == 0
    assert book.value("SELECT count(*) FROM customer") == 0
    assert book.value("SELECT count(*) FROM privacy_request") == 1
    while book.next_redo():
        book.redo()
        assert "SECRET" not in everything(book)
    assert book.rows("SELECT * FROM customer WHERE id = ?", (other,)) == before


def test_the_file_itself_does_not_hold_it(book: Book) -> None:
    who = known_of(book, "王秘密", "13800138421", "SECRETWORD")
    known_of(book, "孙公开", "13900139000", "PUBLICWORD")
    edit_customer(book, customer_id=who, values={"name": "王更密"})
    erase_customer(book, customer_id=who, at=AT)
    path = book.path
    book.db.close_all()
    content = path.read_bytes()
    wal = path.with_name(path.name + "-wal")
    content += wal.read_bytes() if wal.exists() else b""
    assert b"PUBLICWORD" in content
    for secret in ("SECRETWORD", "王秘密", "王更密", "13800138421"):
        assert secret.encode() not in content


def test_those_merged_into_somebody_are_erased_with_them(book: Book) -> None:
    one = known_of(book, "王秘密", "13800138421", "SECRET")
    two = known_of(book, "王麗密", "13700137000", "SECRET")
    three = known_of(book, "王丽密", "13600136000", "SECRET")
    merge_customers(book, kept=two, gone=[three])
    merge_customers(book, kept=one, gone=[two])
    erase_customer(book, customer_id=one, at=AT)
    for secret in ("SECRET", "王秘密", "王麗密", "王丽密", "13700137000", "13600136000"):
        assert secret not in everything(book)
    while undone(book):
        assert "SECRET" not in everything(book)
        assert "王麗密" not in everything(book)
    assert book.value("SELECT count(*) FROM customer") == 0


def test_somebody_taken_apart_leaves_no_traces_with_the_other(book: Book) -> None:
    one = add_customer(book, values={"name": "别人", "notes": "own"}).created["customer"]
    two = known_of(book, "王秘密", "13800138421", "SECRET")
    merge_customers(book, kept=one, gone=[two])
    unmerge_customers(book, merge=book.value("SELECT id FROM merge"))
    erase_customer(book, customer_id=two, at=AT)
    assert "SECRET" not in everything(book)
    while undone(book):
        assert "SECRET" not in everything(book)


def test_an_id_given_anew_keeps_the_history_of_whoever_had_it(book: Book) -> None:
    first = add_customer(book, values={"name": "先来"}, points=[Point("phone", "13800138421")]).created[
        "customer"
    ]
    delete_customers(book, customer_ids=[first])
    second = add_customer(book, values={"name": "秘密"}, points=[Point("phone", "13900139000")]).created[
        "customer"
    ]
    assert first == second
    erase_customer(book, customer_id=second, at=AT)
    book.undo()
    book.undo()
    assert book.row("SELECT name FROM customer") == ("先来",)
    assert book.row("SELECT value FROM contact_point") == ("13800138421",)


def test_a_noted_request_is_done_and_stays_whatever_is_undone(book: Book) -> None:
    who = add_customer(book, values={"name": "甲"}).created["customer"]
    with book.step("Note") as step:
        step.insert(
            PrivacyRequest, customer_id=who, name="甲", kind="erase", received_at="2026-11-01 09:00:00",
            due_at="2026-12-01 09:00:00",
        )  # fmt: skip
    erase_customer(book, customer_id=who, at=AT, note="by letter")
    row = book.row("SELECT received_at, due_at, done_at, note, name FROM privacy_request")
    assert row == (
        "2026-11-01 09:00:00",
        "2026-12-01 09:00:00",
        "2026-11-22 09:00:00",
        "by letter",
        "Erased customer",
    )
    while undone(book):
        pass
    assert book.value("SELECT count(*) FROM privacy_request") == 1
    with pytest.raises(UserError):
        erase_customer(book, customer_id=who, at=AT)


def test_erasing_can_be_stopped_and_changes_nothing(book: Book) -> None:
    who = known_of(book, "王秘密", "13800138421", "SECRET")
    before = everything(book)

    class Stopped(Progress):
        def report(self, done: int, total: int = 0, text: str = "") -> None:
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        erase_customer(book, customer_id=who, at=AT, progress=Stopped())
    assert everything(book) == before


class _Shop:
    """Random doings with a few customers; whatever is said of one is marked with their own sign."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.count = 0
        self.erased: set[str] = set()

    def sign(self, name: str) -> str:
        return name.partition("-")[0]

    def customers(self) -> list[tuple[int, str]]:
        rows = self.book.rows("SELECT id, name FROM customer ORDER BY id")
        return [(row, self.sign(name)) for row, name in rows if name.startswith("客")]

    def do(self, doing: str, n: int) -> None:
        known = self.customers()
        self.count += 1
        if doing == "add" or not known:
            sign = f"客{self.count}号"
            add_customer(
                self.book, values={"name": f"{sign}-x", "notes": f"{sign} notes"},
                points=[Point("phone", f"138001{self.count:05}")], tags=["VIP"],
            )  # fmt: skip
            return
        row, sign = known[n % len(known)]
        doings: dict[str, Callable[[], Any]] = {
            "edit": lambda: edit_customer(
                self.book, customer_id=row,
                values={"name": f"{sign}-{n}", "likes": f"{sign} likes {self.count}"},
            ),
            "points": lambda: edit_customer(
                self.book, customer_id=row, points=[Point("wechat", f"{sign}wx{self.count}")]
            ),
            "note": lambda: service.add_interaction(
                self.book, text=f"{sign} said", stage="pre-sale", at=AT, customer_id=row
            ),
            "correct": lambda: self.correct(row, sign),
            "order": lambda: self.order(row, sign),
            "reorder": lambda: self.reorder(row, sign),
            "file": lambda: attachments.add_attachments(
                self.book, subject="customer", subject_id=row, at=AT,
                files=[attachments.NewFile("f.txt", data=f"{sign} {self.count}".encode())],
            ),
            "delete": lambda: delete_customers(self.book, customer_ids=[row]),
            "task": lambda: tasks.add_task(self.book, title=f"{sign} call", created_at=AT, customer_id=row),
            "undo": self.book.undo,
            "redo": self.book.redo,
        }  # fmt: skip
        doings[doing]()

    def correct(self, row: int, sign: str) -> None:
        note = self.book.value("SELECT max(id) FROM interaction WHERE customer_id = ?", (row,))
        if note is not None:
            service.edit_interaction(self.book, interaction_id=note, text=f"{sign} corrected {self.count}")

    def order(self, row: int, sign: str) -> None:
        name = self.book.value("SELECT name FROM customer WHERE id = ?", (row,))
        with self.book.step("Order of {customer}", customer=name) as step:
            step.insert(
                Order, number=f"A{self.count}", customer_id=row, placed_at="2026-01-01 09:00:00", paid=100,
                ship_to=f"{sign} road",
            )  # fmt: skip

    def reorder(self, row: int, sign: str) -> None:
        order = self.book.value("SELECT max(id) FROM orders WHERE customer_id = ?", (row,))
        if order is not None:
            with self.book.step("Change") as step:
                step.update(Order, order, ship_to=f"{sign} street {self.count}", paid=200)

    def erase(self, n: int) -> None:
        known = self.customers()
        if known:
            row, sign = known[n % len(known)]
            erase_customer(self.book, customer_id=row, at=AT)
            self.erased.add(sign)

    def check(self) -> None:
        left = everything(self.book)
        for sign in self.erased:
            assert sign not in left
        assert dangling_keys(self.book.db) == 0


_DOINGS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "add",
                "edit",
                "points",
                "note",
                "correct",
                "order",
                "reorder",
                "file",
                "delete",
                "task",
                "undo",
                "redo",
            ]
        ),
        st.integers(0, 3),
    ),
    max_size=16,
)


@given(_DOINGS, st.integers(0, 3), _DOINGS, st.integers(0, 3))
def test_whatever_was_done_is_undone_around_an_erasure(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int]],
    first: int,
    after: list[tuple[str, int]],
    second: int,
) -> None:
    with Book.create(tmp_path_factory.mktemp("erasing") / "shop.shuke") as book:
        shop = _Shop(book)
        shop.do("add", 0)
        shop.do("add", 0)
        for doing in before:
            shop.do(*doing)
        shop.erase(first)
        shop.check()
        for doing in after:
            shop.do(*doing)
        shop.check()
        shop.erase(second)
        shop.check()
        full = others(book)
        steps = 0
        while undone(book):
            steps += 1
            shop.check()
        assert others(book) == {}
        for _ in range(steps):
            book.redo()
        shop.check()
        assert others(book) == full


def others(book: Book) -> dict[str, Any]:
    """All that is of somebody who was not erased, by their names."""
    return {
        name: (
            likes,
            notes,
            book.rows("SELECT kind, value FROM contact_point WHERE customer_id = ? ORDER BY id", (row,)),
            book.rows("SELECT text FROM interaction WHERE customer_id = ? ORDER BY id", (row,)),
            book.rows("SELECT number, ship_to, paid FROM orders WHERE customer_id = ? ORDER BY id", (row,)),
            book.rows("SELECT data FROM attachment WHERE subject_id = ? ORDER BY id", (row,)),
            [(one.field, one.old, one.new) for one in history(book, table="customer", row=row) if one.field],
        )
        for row, name, likes, notes in book.rows("SELECT id, name, likes, notes FROM customer")
        if name.startswith("客")
    }


def test_no_table_that_names_customers_is_forgotten(book: Book) -> None:
    known = {table for table, _ in (*erasing._GONE, *erasing._BLANKED)} | {"customer"}
    assert {reference.table for reference in references_to(book.db, "customer")} == known
