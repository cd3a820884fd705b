"""One field of many customers changed at once: set-wise, in one step, with progress, and to be stopped."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop.core import words
from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, tr
from desktop.models import search_index
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.id_lists import AMONG, id_pieces
from desktop.operations.customers import put_on, tag_name, take_off, which
from desktop.queries.bulk_edits import BulkEdit, spared_by

_LABELS: Mapping[str, tuple[str, str]] = {
    "relation": (mark("Change the relation of {name}"), mark("Change the relation of {count} customers")),
    "kind": (mark("Change the kind of {name}"), mark("Change the kind of {count} customers")),
    "gender": (mark("Change the gender of {name}"), mark("Change the gender of {count} customers")),
    "region": (mark("Change the region of {name}"), mark("Change the region of {count} customers")),
    "source": (
        mark("Change where {name} came from"),
        mark("Change where {count} customers came from"),
    ),
    "referred_by": (mark("Change who referred {name}"), mark("Change who referred {count} customers")),
    "likes": (mark("Change what {name} likes"), mark("Change what {count} customers like")),
    "dislikes": (mark("Change what {name} dislikes"), mark("Change what {count} customers dislike")),
    "expectations": (mark("Change what {name} expects"), mark("Change what {count} customers expect")),
    "family": (mark("Change the family of {name}"), mark("Change the family of {count} customers")),
    "notes": (mark("Change the notes on {name}"), mark("Change the notes on {count} customers")),
    "checked_on": (mark("Details of {name} checked"), mark("Details of {count} customers checked")),
}
_OWN_LABELS = (mark("Change “{field}” of {name}"), mark("Change “{field}” of {count} customers"))
_TAG_LABELS: Mapping[str, tuple[str, str]] = {
    "add": (mark("Tag {name} with “{tag}”"), mark("Tag {count} customers with “{tag}”")),
    "remove": (mark("Take the tag “{tag}” off {name}"), mark("Take the tag “{tag}” off {count} customers")),
    "clear": (mark("Take all tags off {name}"), mark("Take all tags off {count} customers")),
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "relation": words.RELATIONS, "kind": words.CUSTOMER_KINDS, "gender": words.GENDERS,
}  # fmt: skip


def edit_customers(
    book: Book, *, customer_ids: Sequence[int], edit: BulkEdit, progress: Progress = SILENT
) -> Changes:
    """Do one edit to customers, in one step; who has the value already is left alone.

    Raises UserError for a value the field can't hold, and Cancelled when stopped, nothing changed.
    """
    edit = checked_edit(edit)
    if edit.field.kind == "tags":
        return _edit_tags(book, customer_ids, edit, progress)
    one, many = _OWN_LABELS if edit.field.own else _LABELS[edit.field.key]
    label, args = which(book, customer_ids, one, many)
    if edit.field.own:
        args["field"] = edit.field.title
    where = f"c.id IN {AMONG} AND {edit.differs(spared_by(book, edit))}"
    statement = f"UPDATE customer AS c SET {edit.assignment} WHERE {where}"
    with book.step(label, **args) as step:
        for done, ids in id_pieces(customer_ids):
            progress.report(done, len(customer_ids))
            step.execute(statement, {**edit.params, "ids": ids})
            # What is searched for is derived at a step's end anyhow; here it can be seen and stopped.
            search_index.refresh(step.db)
    return step.changes


def checked_edit(edit: BulkEdit) -> BulkEdit:
    """The edit with its value as the book keeps it. Raises UserError for one that the field can't hold."""
    field, value = edit.field, edit.value
    if edit.mode not in field.modes:
        msg = f"{field.key} is not to be edited by {edit.mode}"
        raise KeyError(msg)
    if edit.mode == "clear":
        return replace(edit, value=None)
    if isinstance(value, str):
        value = value.strip()
    if value in (None, ""):
        if field.kind == "tags":
            tag_name("")
        raise UserError(
            tr("Nothing was written for “{field}”.", field=field.name), tr("Choose to empty it instead.")
        )
    return replace(edit, value=_checked_value(edit, value))


def _checked_value(edit: BulkEdit, value: Any) -> Any:
    field = edit.field
    if field.kind == "choice":
        _check_choice(edit, value)
    elif field.kind == "number":
        return _number(field.name, value)
    elif field.kind == "date":
        return _day(field.name, value)
    elif field.kind == "yesno":
        return bool(value)
    elif field.kind == "tags":
        return tag_name(value)
    return value


def _check_choice(edit: BulkEdit, value: Any) -> None:
    codes = _CODES.get(edit.field.key, edit.field.options)
    if value not in codes:
        raise UserError(
            tr("“{value}” is none of the choices of “{field}”.", value=str(value), field=edit.field.name),
            tr("Choose one of the list."),
        )


def _number(field: str, value: Any) -> int | float:
    text = str(value).replace(",", "").replace("，", "")
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UserError(
            tr("“{value}” is no number for “{field}”.", value=str(value), field=field),
            tr("Write it in figures, such as 12 or 3.5."),
        )
    return int(number) if number == int(number) and abs(number) < 2**53 else number


def _day(field: str, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    # Loaded with the first day that is written, not with the window.
    from desktop.core.when import DateError, parse_when

    try:
        found = parse_when(str(value))
    except DateError as fault:
        raise UserError(
            tr("“{value}” is no day for “{field}”.", value=str(value), field=field),
            tr("Write it as 2026-11-22."),
        ) from fault
    return found.date().isoformat()


def _edit_tags(book: Book, customer_ids: Sequence[int], edit: BulkEdit, progress: Progress) -> Changes:
    label, args = which(book, customer_ids, *_TAG_LABELS[edit.mode])
    if edit.mode != "clear":
        args["tag"] = edit.value
    with book.step(label, **args) as step:
        if edit.mode == "add":
            put_on(step, customer_ids, edit.value, progress)
        elif edit.mode == "remove":
            take_off(step, customer_ids, edit.value, progress)
        else:
            _take_all_off(step, customer_ids, progress)
    return step.changes


def _take_all_off(step: Step, customer_ids: Sequence[int], progress: Progress) -> None:
    for done, ids in id_pieces(customer_ids):
        progress.report(done, len(customer_ids))
        step.execute(f"DELETE FROM customer_tag WHERE customer_id IN {AMONG}", {"ids": ids})
