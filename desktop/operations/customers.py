"""Changes to customers: entered, edited, tagged, checked, deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.core.birthdays import birthday_of
from desktop.core.days import now
from desktop.core.errors import UserError
from desktop.core.folding import clean_typed
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.customers import Customer, CustomerTag, Tag
from desktop.models.history import Step
from desktop.models.id_lists import AMONG, id_pieces
from desktop.models.references import delete_with_all
from desktop.operations.contact_points import KnownPoint, Point, check_points, write_points

FIELDS = (
    "name", "kind", "relation", "gender", "birthday", "birthday_calendar", "birthday_leap", "region",
    "source", "referred_by", "likes", "dislikes", "expectations", "family", "notes",
)  # fmt: skip
"""What a person edits of a customer, beside contact points, tags and the shop's own fields."""

_DELETED_AT_ONCE = 2000
"""So many go in one statement; all that hangs on them goes too, which takes its time."""


def add_customer(
    book: Book,
    *,
    values: Mapping[str, Any],
    points: Iterable[Point] = (),
    tags: Iterable[str] = (),
    custom: Mapping[str, Any] | None = None,
) -> Changes:
    """Enter a customer; `values` by the names in FIELDS. The new id is in `created["customer"]`.

    Raises UserError when neither a name nor a contact point is given, or one of them can't be taken.
    """
    checked, fields = _new(book, values, points)
    label = fields.get("name") or checked[0].value
    with book.step(mark("Add the customer {name}"), name=label) as step:
        _enter(step, fields, checked, tags, custom)
    return step.changes


def enter_within(book: Book, step: Step, *, values: Mapping[str, Any], points: Iterable[Point] = ()) -> int:
    """Enter a customer as part of a step that does more; gives their id. Raises UserError likewise."""
    checked, fields = _new(book, values, points)
    return _enter(step, fields, checked)


def _new(
    book: Book, values: Mapping[str, Any], points: Iterable[Point]
) -> tuple[list[KnownPoint], dict[str, Any]]:
    checked = check_points(book, points)
    fields = _checked(book, values)
    if not fields.get("name") and not checked:
        raise UserError(
            tr("A customer needs a name or a way to reach them."),
            tr("Write a name, a phone number or an account."),
        )
    return checked, fields


def _enter(
    step: Step,
    fields: Mapping[str, Any],
    points: list[KnownPoint],
    tags: Iterable[str] = (),
    custom: Mapping[str, Any] | None = None,
) -> int:
    row = step.insert(
        Customer, created_at=now(), custom=json.dumps(custom or {}, ensure_ascii=False), **fields
    )
    write_points(step, row, points)
    _set_tags(step, row, tags)
    step.created["customer"] = row
    return row


def edit_customer(
    book: Book,
    *,
    customer_id: int,
    values: Mapping[str, Any] | None = None,
    points: Iterable[Point] | None = None,
    tags: Iterable[str] | None = None,
    custom: Mapping[str, Any] | None = None,
) -> Changes:
    """Change what is given of a customer and leave the rest: `points` and `tags` are all there shall be."""
    name = _name(book, customer_id)
    fields = _checked(book, values or {}, customer_id=customer_id)
    checked = None if points is None else check_points(book, points, customer_id=customer_id)
    if custom is not None:
        fields["custom"] = json.dumps(custom, ensure_ascii=False)
    with book.step(mark("Edit the customer {name}"), name=fields.get("name") or name) as step:
        step.update(Customer, customer_id, **fields)
        if checked is not None:
            write_points(step, customer_id, checked)
        if tags is not None:
            _set_tags(step, customer_id, tags)
    return step.changes


def set_phone(book: Book, *, customer_id: int, phone: str) -> Changes:
    """Make a number a customer's main phone in place of the one of now; "" takes that one away.

    Raises UserError for one that can't be read, or that another customer has.
    """
    name = _name(book, customer_id)
    held = [
        Point(kind, value, channel, bool(main))
        for kind, value, channel, main in book.rows(
            "SELECT kind, value, channel, main FROM contact_point WHERE customer_id = ? "
            "ORDER BY kind <> 'phone', main DESC, id",
            (customer_id,),
        )
    ]
    others = held[1:] if held and held[0].kind == "phone" else held
    checked = check_points(book, [Point("phone", phone, main=True), *others], customer_id=customer_id)
    with book.step(mark("Change the phone number of {name}"), name=name) as step:
        write_points(step, customer_id, checked)
    return step.changes


def delete_customers(book: Book, *, customer_ids: Sequence[int], progress: Progress = SILENT) -> Changes:
    """Remove customers with their contact points, notes and tasks; their orders stay, belonging to nobody.

    Raises Cancelled when stopped, nothing changed.
    """
    label, args = which(
        book, customer_ids, mark("Delete the customer {name}"), mark("Delete {count} customers")
    )
    with book.step(label, **args) as step:
        for done, ids in id_pieces(customer_ids, _DELETED_AT_ONCE):
            progress.report(done, len(customer_ids))
            delete_with_all(step.db, "customer", AMONG[1:-1], {"ids": ids})
    return step.changes


def tag_customers(book: Book, *, customer_ids: Sequence[int], tag: str) -> Changes:
    """Put a tag on customers, making the tag if it is new. Raises UserError for an empty one."""
    tag = tag_name(tag)
    label, args = which(
        book, customer_ids, mark("Tag {name} with “{tag}”"), mark("Tag {count} customers with “{tag}”")
    )
    with book.step(label, **args, tag=tag) as step:
        put_on(step, customer_ids, tag)
    return step.changes


def untag_customers(book: Book, *, customer_ids: Sequence[int], tag: str) -> Changes:
    """Take a tag off customers; the tag itself stays."""
    label, args = which(
        book,
        customer_ids,
        mark("Take the tag “{tag}” off {name}"),
        mark("Take the tag “{tag}” off {count} customers"),
    )
    with book.step(label, **args, tag=tag) as step:
        take_off(step, customer_ids, tag)
    return step.changes


def put_on(step: Step, customer_ids: Sequence[int], tag: str, progress: Progress = SILENT) -> None:
    """Put a tag on whoever of them is without, set-wise. Raises Cancelled."""
    tag_id = _tag_id(step, tag)
    for done, ids in id_pieces(customer_ids):
        progress.report(done, len(customer_ids))
        step.execute(
            "INSERT INTO customer_tag (customer_id, tag_id) SELECT id, :tag FROM customer "
            f"WHERE id IN {AMONG} "
            "AND NOT EXISTS (SELECT 1 FROM customer_tag WHERE tag_id = :tag AND customer_id = customer.id)",
            {"tag": tag_id, "ids": ids},
        )


def take_off(step: Step, customer_ids: Sequence[int], tag: str, progress: Progress = SILENT) -> None:
    """Take a tag off whoever of them has it, set-wise. Raises Cancelled."""
    for done, ids in id_pieces(customer_ids):
        progress.report(done, len(customer_ids))
        step.execute(
            "DELETE FROM customer_tag WHERE tag_id = (SELECT id FROM tag WHERE name = :tag) "
            f"AND customer_id IN {AMONG}",
            {"tag": tag, "ids": ids},
        )


def mark_checked(
    book: Book, *, customer_ids: Sequence[int], today: date, progress: Progress = SILENT
) -> Changes:
    """Note that customers' details were checked for accuracy."""
    label, args = which(
        book, customer_ids, mark("Details of {name} checked"), mark("Details of {count} customers checked")
    )
    with book.step(label, **args) as step:
        for done, ids in id_pieces(customer_ids):
            progress.report(done, len(customer_ids))
            step.execute(
                f"UPDATE customer SET checked_on = :today WHERE id IN {AMONG} AND checked_on IS NOT :today",
                {"today": today.toordinal(), "ids": ids},
            )
    return step.changes


def _checked(book: Book, values: Mapping[str, Any], *, customer_id: int | None = None) -> dict[str, Any]:
    """The values as the book keeps them. Raises UserError for one it can't keep."""
    fields: dict[str, Any] = {
        key: clean_typed(value) if isinstance(value, str) else value for key, value in values.items()
    }
    unknown = set(fields) - set(FIELDS)
    if unknown:
        msg = f"no such fields of a customer: {sorted(unknown)}"
        raise KeyError(msg)
    if "birthday" in fields:
        fields["birthday"] = _birthday(fields["birthday"], fields.get("birthday_calendar", "solar"))
    if fields.get("referred_by") is not None:
        _check_referral(book, fields["referred_by"], customer_id)
    return fields


def _birthday(text: str, calendar: str) -> str:
    """ "1988-09-15" or, of an unknown year, "09-15". Raises UserError."""
    found = birthday_of(text, calendar)
    if text and found is None:
        raise UserError(
            tr("“{text}” is no birthday.", text=text),
            tr("Write it as 1988-09-15, or 09-15 without the year."),
        )
    return found.stored() if found else ""


def _check_referral(book: Book, referred_by: int, customer_id: int | None) -> None:
    """Raises UserError when a referral would lead back to the customer it starts from."""
    seen: set[int] = set()
    above: int | None = referred_by
    while above is not None and above not in seen:
        if above == customer_id:
            raise UserError(
                tr("A customer can't have come through themselves."),
                tr("Choose somebody else who referred them."),
            )
        seen.add(above)
        above = book.value("SELECT referred_by FROM customer WHERE id = ?", (above,))


def _name(book: Book, customer_id: int) -> str:
    found = book.row("SELECT name FROM customer WHERE id = ?", (customer_id,))
    if found is None:
        raise UserError(
            tr("This customer is no longer in the book."),
            tr("They were deleted meanwhile; undo brings them back."),
        )
    return str(found[0])


def which(book: Book, ids: Sequence[int], one: str, many: str) -> tuple[str, dict[str, Any]]:
    """The name of a step on one customer or on several."""
    return (one, {"name": _name(book, ids[0])}) if len(ids) == 1 else (many, {"count": len(ids)})


def tag_name(tag: str) -> str:
    """A tag as the book keeps it. Raises UserError for an empty one."""
    tag = " ".join(tag.split())
    if not tag:
        raise UserError(tr("The tag is empty."), tr("Write a word, such as “VIP”."))
    return tag


def _tag_id(step: Step, tag: str) -> int:
    found = step.execute("SELECT id FROM tag WHERE name = ?", (tag,)).fetchone()
    return int(found[0]) if found else step.insert(Tag, name=tag)


def _set_tags(step: Step, customer_id: int, tags: Iterable[str]) -> None:
    wanted = {_tag_id(step, tag_name(tag)) for tag in tags if tag.strip()}
    held = dict(
        step.execute("SELECT tag_id, id FROM customer_tag WHERE customer_id = ?", (customer_id,)).fetchall()
    )
    step.delete(CustomerTag, [row for tag, row in held.items() if tag not in wanted])
    for tag in sorted(wanted - set(held)):
        step.insert(CustomerTag, customer_id=customer_id, tag_id=tag)
