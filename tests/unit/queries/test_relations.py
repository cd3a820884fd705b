"""Relationships from both ends, and the tree of referrals against a slow count of one's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.operations.relations import (
    add_relationship,
    edit_relationship,
    remove_relationship,
    set_referrer,
)
from desktop.queries import relations
from desktop.queries.relations import referral_tree, related

WHEN = "2026-01-05 09:00:00"
CUSTOMERS = 12


def people(book: Book, count: int = CUSTOMERS) -> None:
    with book.step("Fill") as step:
        for row in range(1, count + 1):
            step.insert(Customer, id=row, name=f"C{row}", created_at=WHEN)
            for _ in range(row % 3):
                step.insert(Order, customer_id=row, placed_at=WHEN, total=100 * row, paid=100 * row)


def brought_by(parents: dict[int, int | None], row: int) -> list[int]:
    """Everybody below a customer, by following each one's way up."""
    found = []
    for other in parents:
        above, seen = parents[other], set[int]()
        while above is not None and above not in seen:
            if above == row:
                found.append(other)
                break
            seen.add(above)
            above = parents[above]
    return found


@given(st.lists(st.tuples(st.integers(1, CUSTOMERS), st.integers(1, CUSTOMERS)), max_size=30))
def test_a_tree_counts_what_a_walk_up_counts(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]]
) -> None:
    with Book.create(tmp_path_factory.mktemp("tree") / "shop.shuke") as book:
        people(book)
        parents: dict[int, int | None] = dict.fromkeys(range(1, CUSTOMERS + 1))
        for child, parent in pairs:
            circle = child == parent or child in _up(parents, parent)
            try:
                set_referrer(book, customer_id=child, referrer_id=parent)
            except UserError:
                assert circle
            else:
                assert not circle
                parents[child] = parent
        for row in parents:
            tree = referral_tree(book, customer_id=row)
            below = brought_by(parents, row)
            assert tree.customers == len(below)
            assert tree.straight == sum(parents[other] == row for other in below)
            assert tree.orders == sum(other % 3 for other in below)
            assert tree.spend == sum(100 * other * (other % 3) for other in below)
            assert [person.id for person in tree.above] == list(reversed(_up(parents, row)))
            assert tree.levels == max((len(_up(parents, other)) - len(_up(parents, row)) for other in below),
                                      default=0)  # fmt: skip
            shown = {one.id for one in tree.rows if not one.hidden}
            hidden = {other for one in tree.rows for other in one.hidden}
            assert shown | hidden <= set(below)
            for one in tree.rows:
                if not one.hidden:
                    theirs = brought_by(parents, one.id)
                    assert (one.below, one.orders, one.spend) == (
                        len(theirs), one.id % 3, 100 * one.id * (one.id % 3)
                    )  # fmt: skip
                    assert one.below_spend == sum(100 * other * (other % 3) for other in theirs)
                    assert one.depth == len(_up(parents, one.id)) - len(_up(parents, row))


def _up(parents: dict[int, int | None], row: int) -> list[int]:
    """Who brought a customer, and who brought those, the nearest first."""
    found: list[int] = []
    above = parents[row]
    while above is not None:
        found.append(above)
        above = parents[above]
    return found


def test_a_circle_that_a_file_brought_ends(book: Book) -> None:
    people(book, 3)
    with book.step("By hand") as step:
        for child, parent in ((1, 2), (2, 3), (3, 1)):
            step.update(Customer, child, referred_by=parent)
    tree = referral_tree(book, customer_id=1)
    assert (tree.customers, tree.levels) == (2, 2)
    assert [person.id for person in tree.above] == [3, 2]


def test_a_wide_tree_is_bounded(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    people(book, 60)
    with book.step("All through the first") as step:
        for row in range(2, 61):
            step.update(Customer, row, referred_by=1)
    tree = referral_tree(book, customer_id=1)
    assert (tree.customers, tree.straight, tree.more) == (59, 59, False)
    assert len(tree.rows) == 7
    assert len(tree.rows[-1].hidden) == 53
    spent = [one.spend for one in tree.rows[:-1]]
    assert spent == sorted(spent, reverse=True)
    monkeypatch.setattr(relations, "MOST", 20)
    tree = referral_tree(book, customer_id=1)
    assert (tree.customers, tree.more) == (20, True)


def test_a_relationship_is_read_from_both_ends(book: Book) -> None:
    people(book, 4)
    add_relationship(book, customer_id=1, related_id=2, kind="child", note=" the younger ")
    add_relationship(book, customer_id=3, related_id=1, kind="employer")
    add_relationship(book, customer_id=1, related_id=4, kind="friend")
    seen = {one.customer_id: (one.kind, one.note) for one in related(book, customer_id=1)}
    assert seen == {2: ("child", "the younger"), 3: ("employee", ""), 4: ("friend", "")}
    assert [(one.customer_id, one.kind) for one in related(book, customer_id=2)] == [(1, "parent")]
    assert [(one.customer_id, one.kind) for one in related(book, customer_id=3)] == [(1, "employer")]
    (mine,) = related(book, customer_id=2)
    edit_relationship(book, relationship_id=mine.row, customer_id=2, kind="employer", note="since May")
    assert next(one for one in related(book, customer_id=1) if one.customer_id == 2).kind == "employee"
    book.undo()
    remove_relationship(book, relationship_id=mine.row)
    assert related(book, customer_id=2) == []
    book.undo()
    assert [(one.customer_id, one.kind) for one in related(book, customer_id=2)] == [(1, "parent")]


def test_two_are_related_once_and_nobody_with_themselves(book: Book) -> None:
    people(book, 2)
    add_relationship(book, customer_id=1, related_id=2, kind="parent")
    with pytest.raises(UserError, match="C1 is noted already as: Child"):
        add_relationship(book, customer_id=2, related_id=1, kind="friend")
    with pytest.raises(UserError, match="same customer"):
        add_relationship(book, customer_id=1, related_id=1, kind="friend")
    with pytest.raises(UserError, match="no longer in the book"):
        add_relationship(book, customer_id=1, related_id=9, kind="friend")
    with pytest.raises(UserError, match="no longer in the book"):
        remove_relationship(book, relationship_id=99)
