"""The filters that the owner keeps under a name: saved, renamed, put in another order, copied, deleted."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.shop import Segment
from desktop.queries.customer_filter import CustomerFilter


def save_segment(book: Book, *, name: str, view: CustomerFilter) -> Changes:
    """Keep a filter under a name; one of the same name is replaced. Raises UserError for an empty name."""
    name = _name(name)
    with book.step(mark("Save the filter “{name}”"), name=name) as step:
        found = _named(step, name)
        if found is None:
            step.insert(Segment, name=name, condition=view.to_json(), position=_last(step) + 1)
        else:
            step.update(Segment, found, condition=view.to_json())
            step.created["segment"] = found
    return step.changes


def replace_segment(book: Book, *, segment_id: int, view: CustomerFilter) -> Changes:
    """Let a saved filter stand for other conditions; its name and place stay."""
    with book.step(mark("Change the filter “{name}”"), name=_name_of(book, segment_id)) as step:
        step.update(Segment, segment_id, condition=view.to_json())
    return step.changes


def rename_segment(book: Book, *, segment_id: int, name: str) -> Changes:
    """Call a saved filter something else. Raises UserError for no name, or one that another filter has."""
    name, before = _name(name), _name_of(book, segment_id)
    with book.step(mark("Rename the filter “{before}” to “{name}”"), before=before, name=name) as step:
        if _named(step, name) not in (None, segment_id):
            raise UserError(
                tr("There is a filter called “{name}” already.", name=name), tr("Choose another name.")
            )
        step.update(Segment, segment_id, name=name)
    return step.changes


def duplicate_segment(book: Book, *, segment_id: int) -> Changes:
    """A second filter with the same conditions, right after the first, under a name that is free."""
    before = _name_of(book, segment_id)
    with book.step(mark("Copy the filter “{name}”"), name=before) as step:
        name, number = tr("{name} (copy)", name=before), 2
        while _named(step, name) is not None:
            name, number = tr("{name} (copy {number})", name=before, number=number), number + 1
        condition = step.execute("SELECT condition FROM segment WHERE id = ?", (segment_id,)).fetchone()[0]
        copy = step.insert(Segment, name=name, condition=condition, position=0)
        ids = _ids(step)
        ids.remove(copy)
        ids.insert(ids.index(segment_id) + 1, copy)
        _put_in_order(step, ids)
    return step.changes


def reorder_segments(book: Book, *, segment_ids: Sequence[int]) -> Changes:
    """Put the saved filters into an order; those that are not named keep theirs, after the others."""
    with book.step(mark("Put the saved filters in order")) as step:
        known = _ids(step)
        wanted = [row for row in segment_ids if row in known]
        _put_in_order(step, [*wanted, *(row for row in known if row not in wanted)])
    return step.changes


def delete_segment(book: Book, *, segment_id: int) -> Changes:
    """Forget a saved filter; the customers in it stay as they are."""
    with book.step(mark("Delete the filter “{name}”"), name=_name_of(book, segment_id)) as step:
        step.delete(Segment, [segment_id])
    return step.changes


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError(tr("The filter needs a name."), tr("Write a short name, such as “Tea lovers”."))
    return name


def _name_of(book: Book, segment_id: int) -> str:
    name = book.value("SELECT name FROM segment WHERE id = ?", (segment_id,))
    if name is None:
        raise UserError(
            tr("This filter is no longer in the book."),
            tr("It was deleted meanwhile; undo brings it back."),
        )
    return str(name)


def _named(step: Step, name: str) -> int | None:
    found = step.execute("SELECT id FROM segment WHERE name = ?", (name,)).fetchone()
    return int(found[0]) if found else None


def _last(step: Step) -> int:
    return int(step.execute("SELECT coalesce(max(position), -1) FROM segment").fetchone()[0])


def _ids(step: Step) -> list[int]:
    return [row for (row,) in step.execute("SELECT id FROM segment ORDER BY position, id").fetchall()]


def _put_in_order(step: Step, ids: Sequence[int]) -> None:
    for position, row in enumerate(ids):
        step.update(Segment, row, position=position)
