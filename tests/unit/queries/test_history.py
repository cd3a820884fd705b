"""The history of a record tells the true values, whatever was done and undone."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction
from desktop.models.shop import ImportRun, Staff
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer, delete_customers, edit_customer
from desktop.operations.merging import merge_customers
from desktop.operations.unmerging import unmerge_customers
from desktop.queries.history import HistoryEntry, history

NOW = "2026-11-22 09:00:00"


def told(entries: list[HistoryEntry], field: str) -> list[tuple[Any, Any]]:
    """The values of a field, oldest first."""
    return [(one.old, one.new) for one in reversed(entries) if one.field == field]


def own_fields(book: Book, customer: int, values: dict[str, Any]) -> bool:
    with book.step("Own fields") as step:
        step.update(Customer, customer, custom=json.dumps(values, ensure_ascii=False))
    return bool(step.changes)


def points(entries: list[HistoryEntry]) -> list[tuple[str, str | None, str | None]]:
    def value(values: Any) -> str | None:
        return str(values["value"]) if values else None

    return [
        (one.event, value(one.old), value(one.new))
        for one in reversed(entries)
        if one.table == "contact_point"
    ]


def test_every_field_with_who_and_what(book: Book) -> None:
    with book.step("Staff") as step:
        step.insert(Staff, name="小陈")
    book.clerk = "小陈"
    row = add_customer(
        book, values={"name": "王丽华", "likes": "龙井"}, points=[Point("phone", "13800138421")]
    )
    customer = row.created["customer"]
    edit_customer(book, customer_id=customer, values={"name": "王丽桦"}, points=[], tags=["VIP"])
    own_fields(book, customer, {"尺码": "M"})
    own_fields(book, customer, {"尺码": "L", "生肖": "龙"})
    found = history(book, table="customer", row=customer)
    assert told(found, "name") == [(None, "王丽华"), ("王丽华", "王丽桦")]
    assert told(found, "likes") == [(None, "龙井")]
    assert told(found, "custom:尺码") == [(None, "M"), ("M", "L")]
    assert told(found, "custom:生肖") == [(None, "龙")]
    assert points(found) == [("came", None, "13800138421"), ("went", "13800138421", None)]
    assert [one.event for one in found if one.table == "customer_tag"] == ["came"]
    assert {one.clerk for one in found} == {"小陈"}
    # What nobody said is not told: a new customer is an individual, of the solar calendar, and so on.
    assert {one.field for one in found if one.event == "came" and one.table == "customer"} == {
        "name",
        "likes",
    }
    assert found[-1].label == "Add the customer {name}"
    assert [one.order for one in found] == sorted((one.order for one in found), reverse=True)


def test_what_was_undone_is_told_only_when_asked_for(book: Book) -> None:
    customer = add_customer(book, values={"name": "甲"}).created["customer"]
    edit_customer(book, customer_id=customer, values={"name": "乙"})
    book.undo()
    edit_customer(book, customer_id=customer, values={"name": "丙"})
    assert told(history(book, table="customer", row=customer), "name") == [(None, "甲"), ("甲", "丙")]
    all_of_it = history(book, table="customer", row=customer, undone=True)
    assert [(one.new, bool(one.undone)) for one in reversed(all_of_it)] == [
        ("甲", False), ("乙", True), ("丙", False),
    ]  # fmt: skip


def test_a_record_that_came_with_a_file_says_so(book: Book) -> None:
    with book.step("Import {file}", file="会员.csv") as step:
        run = step.insert(ImportRun, at=NOW, file_name="会员.csv", target="customers")
        step.insert_many(
            Customer, ("name", "created_at", "import_run_id"), ((f"客{n}", NOW, run) for n in range(50))
        )
    (entry,) = history(book, table="customer", row=30)
    assert (entry.event, entry.new, entry.file) == ("came", "客29", "会员.csv")


def test_an_id_given_anew_begins_a_history_of_its_own(book: Book) -> None:
    first = add_customer(book, values={"name": "先来", "likes": "咖啡"}).created["customer"]
    delete_customers(book, customer_ids=[first])
    second = add_customer(book, values={"name": "后到", "notes": "新"}).created["customer"]
    assert second == first
    assert told(history(book, table="customer", row=second), "name") == [(None, "后到")]
    book.undo()
    book.undo()
    assert told(history(book, table="customer", row=first), "name") == [(None, "先来")]


def test_merging_and_taking_apart_keeps_each_history(book: Book) -> None:
    one = add_customer(book, values={"name": "王丽华"}, points=[Point("phone", "13800138421")]).created[
        "customer"
    ]
    two = add_customer(book, values={"name": "王麗華"}, points=[Point("wechat", "lihua")]).created["customer"]
    edit_customer(book, customer_id=two, values={"notes": "常客"})
    merge_customers(book, kept=one, gone=[two])
    assert ("came", None, "lihua") in points(history(book, table="customer", row=one))
    merge = book.value("SELECT id FROM merge")
    unmerge_customers(book, merge=merge)
    found = history(book, table="customer", row=two)
    assert told(found, "name") == [(None, "王麗華"), ("王麗華", None), (None, "王麗華")]
    assert points(found) == [("came", None, "lihua"), ("went", "lihua", None), ("came", None, "lihua")]


def test_a_corrected_note_keeps_its_old_text(book: Book) -> None:
    with book.step("Note") as step:
        note = step.insert(Interaction, stage="pre-sale", happened_at=NOW, text="要三斤")
    with book.step("Correct") as step:
        step.update(Interaction, note, text="要五斤")
    assert told(history(book, table="interaction", row=note), "text") == [
        (None, "要三斤"),
        ("要三斤", "要五斤"),
    ]


def test_what_no_step_did_is_told_without_a_name(book: Book) -> None:
    customer = add_customer(book, values={"name": "甲"}).created["customer"]
    book.db.execute_sql("UPDATE customer SET name = 'by hand' WHERE id = ?", (customer,))
    newest = history(book, table="customer", row=customer)[0]
    assert (newest.old, newest.new, newest.label, newest.clerk) == ("甲", "by hand", "", "")


class _Shadow:
    """Our own memory of what stands: (field, old, new) for each step, and those that can be done again."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.who = add_customer(book, values={"name": "客"}).created["customer"]
        self.other = add_customer(book, values={"name": "别人"}).created["customer"]
        self.done: list[tuple[str, Any, Any]] = []
        self.redoable: list[tuple[str, Any, Any]] = []
        self.now: dict[str, Any] = {"name": "客", "notes": ""}

    def edit(self, field: str, value: Any, **values: Any) -> None:
        who = self.other if field == "other" else self.who
        if field == "custom:尺码":
            changed = own_fields(self.book, who, {"尺码": value})
        else:
            changed = bool(edit_customer(self.book, customer_id=who, **values))
        if changed:
            self.done.append((field, self.now.get(field), value))
            self.redoable.clear()
            self.now[field] = value

    def undo(self) -> None:
        if self.done:
            self.book.undo()
            self.redoable.append(self.done.pop())
            field, old, _ = self.redoable[-1]
            self.now[field] = old

    def redo(self) -> None:
        if self.redoable:
            self.book.redo()
            self.done.append(self.redoable.pop())
            field, _, new = self.done[-1]
            self.now[field] = new

    def delete_and_undo(self) -> None:
        delete_customers(self.book, customer_ids=[self.who])
        self.book.undo()
        self.redoable.clear()

    def do(self, doing: str, n: int) -> None:
        if doing in ("name", "notes"):
            self.edit(doing, f"{doing}{n}", values={doing: f"{doing}{n}"})
        elif doing == "other":
            self.edit("other", f"别{n}", values={"name": f"别{n}"})
        elif doing == "custom":
            self.edit("custom:尺码", n + 1)
        elif doing == "phone":
            self.edit("phone", f"1380013842{n}", points=[Point("phone", f"1380013842{n}")])
        else:
            getattr(self, doing)()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["name", "notes", "custom", "phone", "undo", "redo", "other", "delete_and_undo"]),
            st.integers(0, 4),
        ),
        max_size=25,
    )
)
def test_any_row_of_edits_and_undos_is_told_as_it_stands(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[str, int]]
) -> None:
    with Book.create(tmp_path_factory.mktemp("history") / "shop.shuke") as book:
        shadow = _Shadow(book)
        for doing, n in doings:
            shadow.do(doing, n)
        found = history(book, table="customer", row=shadow.who)
        for field in ("name", "notes", "custom:尺码"):
            mine = [(old, new) for name, old, new in shadow.done if name == field]
            assert [pair for pair in told(found, field) if pair != (None, "客")] == mine
        phones = [new for event, _, new in points(found) if event != "went"]
        assert phones == [new for name, _, new in shadow.done if name == "phone"]


def test_ten_thousand_changes_are_told_at_once(book: Book) -> None:
    with book.step("Fill") as step:
        step.insert(Customer, id=1, name="x", created_at=NOW)
        step.insert_many(
            ContactPoint, ("customer_id", "kind", "value", "norm"),
            ((1, "wechat", f"w{n}", f"w{n}") for n in range(3)),
        )  # fmt: skip
        step.insert_many(Order, ("placed_at",), ((NOW,) for _ in range(2000)))
    with book.step("Many") as step:
        step.execute_many("UPDATE customer SET notes = ? WHERE id = 1", ((f"{n}",) for n in range(10_000)))
    with book.step("Away") as step:
        step.execute("DELETE FROM orders")
    started = time.perf_counter()
    found = history(book, table="customer", row=1)
    assert time.perf_counter() - started < 3
    assert len(found) == 10_004
    assert (found[0].old, found[0].new) == ("9998", "9999")
