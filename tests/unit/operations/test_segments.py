"""Saved filters: every change is one step, and one undo."""

from __future__ import annotations

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations import segments as operations
from desktop.queries.conditions import Condition, Group
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customers import segments

SPENT = CustomerFilter(states=("drifting",), where=Group("and", (Condition("spend", "ge", (50000,)),)))
LOST = CustomerFilter(states=("lost",))


def save(book: Book, name: str, view: CustomerFilter = SPENT) -> int:
    return operations.save_segment(book, name=name, view=view).created["segment"]


def names(book: Book) -> list[str]:
    return [one.name for one in segments(book)]


def test_a_segment_is_saved_replaced_and_forgotten(book: Book) -> None:
    row = save(book, " 值得  一电 ")
    assert save(book, "值得 一电", LOST) == row
    (found,) = segments(book)
    assert (found.name, found.view) == ("值得 一电", LOST)
    book.undo()
    assert segments(book)[0].view == SPENT
    operations.replace_segment(book, segment_id=row, view=LOST)
    assert segments(book)[0].view == LOST
    operations.delete_segment(book, segment_id=row)
    assert segments(book) == []
    with pytest.raises(UserError, match="no longer"):
        operations.delete_segment(book, segment_id=row)
    book.undo()
    assert segments(book)[0].view == LOST
    with pytest.raises(UserError, match="name"):
        save(book, " ")


def test_a_name_belongs_to_one_segment(book: Book) -> None:
    one, other = save(book, "A"), save(book, "B")
    operations.rename_segment(book, segment_id=one, name="C")
    assert names(book) == ["C", "B"]
    with pytest.raises(UserError, match="already"):
        operations.rename_segment(book, segment_id=other, name="C")
    assert operations.rename_segment(book, segment_id=other, name="B").step is None
    book.undo()
    assert names(book) == ["A", "B"]


def test_order_is_the_owners(book: Book) -> None:
    rows = [save(book, name) for name in "ABCD"]
    operations.reorder_segments(book, segment_ids=[rows[2], rows[0], 99])
    assert names(book) == ["C", "A", "B", "D"]
    book.undo()
    assert names(book) == ["A", "B", "C", "D"]
    operations.duplicate_segment(book, segment_id=rows[1])
    operations.duplicate_segment(book, segment_id=rows[1])
    assert names(book) == ["A", "B", "B (copy 2)", "B (copy)", "C", "D"]
    assert {one.view for one in segments(book)} == {SPENT}
    book.undo()
    book.undo()
    assert names(book) == ["A", "B", "C", "D"]


def test_what_a_later_version_saved_is_copied_as_it_is(book: Book) -> None:
    text = '{"moon": 3}'
    row = save(book, "Moon", CustomerFilter(unread=text))
    operations.duplicate_segment(book, segment_id=row)
    assert [one.view.unread for one in segments(book)] == [text, text]
