"""Customers made one and taken apart: all moves along, all comes back, what changed since stays."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.exchange.whole_book.book import export_book
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.integrity import dangling_keys, wrong_search_words, wrong_summaries
from desktop.models.migrations import JOURNALLED
from desktop.models.orders import Order
from desktop.models.recognition import Doubt
from desktop.models.references import references_to
from desktop.models.service import Interaction
from desktop.models.shop import Attachment
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer, delete_customers, edit_customer, tag_customers
from desktop.operations.duplicates import mark_not_same
from desktop.operations.merged_fields import Own
from desktop.operations.merging import merge_customers
from desktop.operations.restoring import restore_book
from desktop.operations.unmerging import unmerge_customers

AT = "2026-01-05 10:00:00"
Contents = dict[str, list[Any]]


def contents(book: Book, *without: str) -> Contents:
    """Every journalled table whole."""
    return {
        table: book.rows(
            f'SELECT {", ".join(map(repr_column, book.db.columns(table)))} FROM "{table}" ORDER BY id'
        )
        for table in JOURNALLED
        if table not in without
    }


def repr_column(name: str) -> str:
    return f'"{name}"'


def whole(book: Book) -> bool:
    """Whether nothing dangles and everything derived agrees."""
    wrong = (dangling_keys(book.db), wrong_summaries(book.db), wrong_search_words(book.db))
    return wrong == (0, 0, 0)


def new(book: Book, name: str, *points: Point, **values: Any) -> int:
    return add_customer(book, values={"name": name, **values}, points=points).created["customer"]


def merge_of(book: Book, gone: int) -> int:
    return int(book.value("SELECT id FROM merge WHERE gone_id = ?", (gone,)))


def order(book: Book, customer: int, number: str) -> int:
    with book.step("Order") as step:
        return step.insert(Order, customer_id=customer, number=number, placed_at=AT, paid=100)


# -- any book at all


def fill(book: Book, dice: random.Random, people: list[int]) -> None:
    """Rows of every table that names a customer, whichever those are, by the schema itself."""
    db = book.db
    needed: dict[str, dict[str, Any]] = {
        "orders": {"placed_at": AT}, "interaction": {"happened_at": AT, "stage": "pre-sale"},
        "rating": {"ended_at": AT}, "task": {"title": "T", "created_at": AT},
        "promise": {"text": "T", "made_at": AT, "due_at": AT}, "lead": {"found_at": AT},
        "points_entry": {"at": AT, "points": 5}, "shipment": {"shipped_at": AT}, "visit": {"at": AT},
        "contact_point": {"kind": "address", "value": "文三路1号", "norm": "文三路1号"},
        "service_case": {"kind": "return", "opened_at": AT}, "complaint": {"received_at": AT, "title": "T"},
        "checklist": {"stage": "pre-sale", "opened_at": AT},
        "consent": {"purpose": "photo", "given": 1, "at": AT},
        "privacy_request": {"kind": "access", "received_at": AT},
    }  # fmt: skip
    with book.step("Fill") as step:
        step.execute("INSERT INTO tag (name) VALUES ('a'), ('b')")
        for reference in references_to(db, "customer"):
            table, column = reference.table, reference.column
            if table in ("customer", "merge", "not_same", "doubt"):
                continue
            for number in range(dice.randrange(4)):
                who = dice.choice(people)
                values: dict[str, Any] = {**needed.get(table, {}), column: who}
                if table == "customer_tag":
                    values["tag_id"] = dice.choice((1, 2))
                if table == "relationship":
                    other = dice.choice([one for one in people if one != who])
                    both = {"customer_id", "related_id"} - {column}
                    values |= {"kind": dice.choice(("spouse", "parent")), both.pop(): other}
                if table in ("service_case", "complaint"):
                    values["number"] = f"{table}{number}"
                names = ", ".join(f'"{name}"' for name in values)
                held = ", ".join("?" * len(values))
                step.execute(
                    f'INSERT INTO "{table}" ({names}) VALUES ({held}) ON CONFLICT DO NOTHING',
                    list(values.values()),
                )
        for who in people:
            if dice.random() < 0.4:
                step.insert(
                    Attachment,
                    subject="customer",
                    subject_id=who,
                    name="x",
                    added_at=AT,
                    sha256="0",
                    data=b"1",
                )
            other = dice.choice(people)
            if other < who:
                # Always an earlier one, so that nobody came through themselves.
                step.update(Customer, who, referred_by=other)
            if other != who and dice.random() < 0.3:
                one, two = sorted((who, other))
                step.execute(
                    "INSERT INTO not_same (one_id, other_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    (one, two, AT),
                )
                step.execute(
                    "INSERT INTO doubt (one_id, other_id, kind) VALUES (?, ?, 'name') ON CONFLICT DO NOTHING",
                    (one, two),
                )


def people(book: Book, dice: random.Random, count: int) -> list[int]:
    found = []
    for number in range(count):
        changes = add_customer(
            book,
            values={
                "name": f"N{number}",
                "region": dice.choice(("", "杭州", "宁波")),
                "gender": dice.choice(("", "female")),
                "birthday": dice.choice(("", "1988-09-15", "03-04")),
                "birthday_calendar": dice.choice(("solar", "lunar")),
                "notes": dice.choice(("", f"note {number}", "likes tea")),
                "likes": dice.choice(("", f"tea {number}")),
            },
            points=[Point("phone", f"1380013842{number}"), Point("wechat", f"wx{number}")][
                : dice.randrange(3)
            ],
            custom=dice.choice(({}, {"Size": number}, {"Size": 5, "Fit": "x"})),
        )
        found.append(changes.created["customer"])
    return found


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("books")
    return (folder / f"{number}.shuke" for number in range(10_000))


@settings(max_examples=20)
@given(st.integers(0, 1 << 32))
def test_taken_apart_the_book_is_what_it_was(books: Iterator[Path], seed: int) -> None:
    """Any customers with any rows, merged one after the other, and taken apart the other way round."""
    dice = random.Random(seed)
    with Book.create(next(books)) as book:
        everybody = people(book, dice, 5)
        fill(book, dice, everybody)
        states = [contents(book)]
        merges = []
        alive = list(everybody)
        for _ in range(dice.randrange(1, 4)):
            kept, gone = dice.sample(alive, 2)
            fields = {
                key: dice.choice((kept, gone)) for key in ("name", "region", "notes") if dice.random() < 0.4
            }
            merge_customers(book, kept=kept, gone=[gone], fields=fields)
            assert whole(book)
            alive.remove(gone)
            merges.append(merge_of(book, gone))
            states.append(contents(book))
        for _ in merges:
            book.undo()
        assert contents(book) == states[0]
        for state in states[1:]:
            book.redo()
            assert contents(book) == state
        for merge, state in reversed(list(zip(merges, states[:-1], strict=True))):
            unmerge_customers(book, merge=merge)
            # Rows that are there once more for the kept customer have new numbers.
            assert contents(book) == state
            assert whole(book)


@settings(max_examples=20)
@given(st.integers(0, 1 << 32))
def test_the_order_of_taking_apart_does_not_matter(books: Iterator[Path], seed: int) -> None:
    dice = random.Random(seed)
    with Book.create(next(books)) as book:
        everybody = people(book, dice, 5)
        fill(book, dice, everybody)
        with book.step("Nothing is known of pairs") as step:
            step.execute("DELETE FROM not_same")
            step.execute("DELETE FROM doubt")
            # What a later merge found made by an earlier one stays with its customer beside what comes back.
            step.execute("DELETE FROM relationship")
            # While half of them are apart, who came through whom may run in a circle, which is cut.
            step.execute("UPDATE customer SET referred_by = NULL")
        before = contents(book)
        alive = list(everybody)
        merges = []
        for _ in range(3):
            kept, gone = dice.sample(alive, 2)
            merge_customers(book, kept=kept, gone=[gone])
            alive.remove(gone)
            merges.append(merge_of(book, gone))
        dice.shuffle(merges)
        for merge in merges:
            unmerge_customers(book, merge=merge)
            assert whole(book)
        assert contents(book) == before


# -- one by one


@pytest.fixture
def two(book: Book) -> tuple[int, int]:
    """王丽华 with an order and a phone, and 王麗華 with an order, a note and a WeChat id."""
    kept = new(book, "王丽华", Point("phone", "13800138421"), notes="喜欢龙井")
    gone = new(
        book,
        "王麗華",
        Point("wechat", "lihua"),
        Point("phone", "13511112222"),
        notes="对花生过敏",
        region="杭州",
    )
    order(book, kept, "A1")
    order(book, gone, "A2")
    with book.step("Note") as step:
        step.insert(Interaction, customer_id=gone, stage="pre-sale", happened_at=AT, text="Hello")
    tag_customers(book, customer_ids=[kept, gone], tag="VIP")
    tag_customers(book, customer_ids=[gone], tag="Tea")
    return kept, gone


def test_everything_moves_along(book: Book, two: tuple[int, int]) -> None:
    kept, gone = two
    changes = merge_customers(book, kept=kept, gone=[gone])
    assert changes.args == {"gone": "王麗華", "name": "王丽华"}
    assert book.rows("SELECT id FROM customer") == [(kept,)]
    assert book.rows("SELECT number FROM orders WHERE customer_id = ? ORDER BY number", (kept,)) == [
        ("A1",),
        ("A2",),
    ]
    assert book.value("SELECT customer_id FROM interaction") == kept
    assert book.value("SELECT count(*) FROM customer_tag WHERE customer_id = ?", (kept,)) == 2
    row = book.row("SELECT name, notes, region FROM customer")
    assert row == ("王丽华", "喜欢龙井\n对花生过敏", "杭州")
    phones = book.rows("SELECT norm, main FROM contact_point WHERE kind = 'phone' ORDER BY id")
    assert phones == [("13800138421", 1), ("13511112222", 0)]
    assert book.row("SELECT orders, spend FROM customer_summary") == (2, 200)


def test_fields_as_chosen(book: Book, two: tuple[int, int]) -> None:
    kept, gone = two
    merge_customers(
        book, kept=kept, gone=[gone], fields={"name": gone, "region": Own("宁波"), "notes": kept},
        custom={"Size": Own("L")},
    )  # fmt: skip
    assert book.row("SELECT name, region, notes, custom FROM customer") == (
        "王麗華",
        "宁波",
        "喜欢龙井",
        '{"Size": "L"}',
    )


def test_edits_since_stay(book: Book, two: tuple[int, int]) -> None:
    kept, gone = two
    merge_customers(book, kept=kept, gone=[gone])
    edit_customer(
        book, customer_id=kept, values={"region": "上海", "notes": "喜欢龙井\n对花生过敏\n九月生日"}
    )
    later = order(book, kept, "A3")
    (moved,) = book.row("SELECT id FROM orders WHERE number = 'A2'")
    with book.step("Give it to nobody") as step:
        step.update(Order, moved, customer_id=None)
    unmerge_customers(book, merge=merge_of(book, gone))
    assert book.row("SELECT name, notes, region FROM customer WHERE id = ?", (kept,)) == (
        "王丽华", "喜欢龙井\n九月生日", "上海",
    )  # fmt: skip
    assert book.row("SELECT name, notes, region FROM customer WHERE id = ?", (gone,)) == (
        "王麗華", "对花生过敏", "杭州",
    )  # fmt: skip
    assert book.value("SELECT customer_id FROM orders WHERE id = ?", (later,)) == kept
    assert book.value("SELECT customer_id FROM orders WHERE id = ?", (moved,)) is None
    assert book.value("SELECT count(*) FROM merge") == 0
    assert book.rows("SELECT norm, main FROM contact_point WHERE customer_id = ? ORDER BY id", (gone,)) == [
        ("lihua", 1), ("13511112222", 1),
    ]  # fmt: skip
    assert whole(book)
    book.undo()
    assert book.value("SELECT count(*) FROM merge") == 1


def test_a_row_that_took_a_deleted_ones_number_stays(book: Book, two: tuple[int, int]) -> None:
    kept, gone = two
    merge_customers(book, kept=kept, gone=[gone])
    (moved,) = book.row("SELECT id FROM orders WHERE number = 'A2'")
    with book.step("Delete") as step:
        step.delete(Order, [moved])
    assert order(book, kept, "A9") == moved
    unmerge_customers(book, merge=merge_of(book, gone))
    assert book.value("SELECT customer_id FROM orders WHERE id = ?", (moved,)) == kept


def test_a_row_deleted_and_brought_back_by_undo_still_goes_back(book: Book, two: tuple[int, int]) -> None:
    kept, gone = two
    merge_customers(book, kept=kept, gone=[gone])
    (moved,) = book.row("SELECT id FROM orders WHERE number = 'A2'")
    with book.step("Delete") as step:
        step.delete(Order, [moved])
    book.undo()
    unmerge_customers(book, merge=merge_of(book, gone))
    assert book.value("SELECT customer_id FROM orders WHERE id = ?", (moved,)) == gone


def test_the_number_was_given_to_somebody_else(book: Book) -> None:
    kept, gone = new(book, "A"), new(book, "B", Point("wechat", "bbb"))
    follower = new(book, "C", referred_by=gone)
    merge_customers(book, kept=kept, gone=[gone])
    with book.step("Take the number") as step:
        step.insert(Customer, id=gone, name="D", created_at=AT)
    changes = unmerge_customers(book, merge=merge_of(book, gone))
    back = changes.created["customer"]
    assert back not in (kept, gone, follower)
    assert book.value("SELECT name FROM customer WHERE id = ?", (back,)) == "B"
    assert book.value("SELECT customer_id FROM contact_point WHERE norm = 'bbb'") == back
    assert book.value("SELECT referred_by FROM customer WHERE id = ?", (follower,)) == back


def test_several_into_one_in_a_go(book: Book) -> None:
    kept, first, second = new(book, "A", notes="a"), new(book, "B", notes="b"), new(book, "C", notes="c")
    before = contents(book)
    changes = merge_customers(book, kept=kept, gone=[first, second], fields={"name": second})
    assert changes.args == {"count": 2, "name": "A"}
    assert book.row("SELECT name, notes FROM customer") == ("C", "a\nb\nc")
    unmerge_customers(book, merge=merge_of(book, first))
    assert book.row("SELECT name, notes FROM customer WHERE id = ?", (kept,)) == ("C", "a\nc")
    unmerge_customers(book, merge=merge_of(book, second))
    assert contents(book) == before


def test_who_came_through_whom(book: Book) -> None:
    """The kept one came through the one who goes, and the other way round."""
    root = new(book, "Root")
    kept = new(book, "A", referred_by=root)
    gone = new(book, "B", referred_by=kept)
    child = new(book, "C", referred_by=gone)
    merge_customers(book, kept=kept, gone=[gone])
    assert book.rows("SELECT id, referred_by FROM customer ORDER BY id") == [
        (root, None),
        (kept, root),
        (child, kept),
    ]
    book.undo()
    merge_customers(book, kept=gone, gone=[kept])
    assert book.rows("SELECT id, referred_by FROM customer ORDER BY id") == [
        (root, None),
        (gone, root),
        (child, gone),
    ]
    book.undo()
    merge_customers(book, kept=root, gone=[child])
    assert book.value("SELECT referred_by FROM customer WHERE id = ?", (root,)) is None


def test_told_apart_and_doubted(book: Book, two: tuple[int, int]) -> None:
    kept, gone = two
    third = new(book, "陈静")
    mark_not_same(book, one=gone, other=third)
    mark_not_same(book, one=gone, other=kept)
    with book.step("Doubt") as step:
        step.insert(Doubt, one_id=kept, other_id=gone, kind="name")
    before = contents(book)
    merge_customers(book, kept=kept, gone=[gone])
    assert book.rows("SELECT one_id, other_id FROM not_same") == [(kept, third)]
    assert book.rows("SELECT * FROM doubt") == []
    unmerge_customers(book, merge=merge_of(book, gone))
    assert contents(book) == before


def test_a_merge_survives_the_whole_book_as_a_workbook(
    book: Book, two: tuple[int, int], tmp_path: Path
) -> None:
    kept, gone = two
    before = contents(book, "setting", "import_run")
    merge_customers(book, kept=kept, gone=[gone])
    export_book(book, tmp_path / "book.xlsx")
    with Book.create(tmp_path / "other.shuke") as other:
        restore_book(other, tmp_path / "book.xlsx")
        unmerge_customers(other, merge=merge_of(other, gone))
        assert contents(other, "setting", "import_run") == before


def test_what_cannot_be_merged(book: Book, two: tuple[int, int]) -> None:
    kept, gone = two
    with pytest.raises(ValueError, match="merged with others"):
        merge_customers(book, kept=kept, gone=[kept])
    merge_customers(book, kept=kept, gone=[gone])
    merge = merge_of(book, gone)
    with pytest.raises(UserError, match="no longer in the book"):
        merge_customers(book, kept=kept, gone=[gone])
    with pytest.raises(UserError, match="no longer in the book"):
        mark_not_same(book, one=kept, other=gone)
    delete_customers(book, customer_ids=[kept])
    with pytest.raises(UserError, match="no longer in the book"):
        unmerge_customers(book, merge=merge)
    book.undo()
    unmerge_customers(book, merge=merge)


def test_a_tag_that_is_gone_does_not_come_back(book: Book, two: tuple[int, int]) -> None:
    kept, gone = two
    merge_customers(book, kept=kept, gone=[gone])
    with book.step("No more tags") as step:
        step.execute("DELETE FROM tag WHERE name = 'VIP'")
    held = json.loads(book.value("SELECT gone FROM merge"))
    assert [row["customer_id"] for row in held["rows"]["customer_tag"]] == [gone]
    unmerge_customers(book, merge=merge_of(book, gone))
    assert book.rows(
        "SELECT name FROM tag JOIN customer_tag ON tag_id = tag.id WHERE customer_id = ?", (gone,)
    ) == [("Tea",)]


def test_who_has_no_name_is_called_by_what_reaches_them(book: Book) -> None:
    kept, gone = new(book, "", Point("phone", "13800138421")), new(book, "", Point("qq", "55667788"))
    assert merge_customers(book, kept=kept, gone=[gone]).args == {"gone": "55667788", "name": "13800138421"}
    assert unmerge_customers(book, merge=merge_of(book, gone)).args["gone"] == "55667788"
