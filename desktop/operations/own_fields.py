"""The fields that the shop adds to its customers: made, renamed, retyped, put in order, taken away.

Values go along in the same step: a renamed field's under its new name, a retyped one's as far as they can be
read as the new type.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.own_values import (
    own_value_moved_sql,
    own_value_removed_sql,
    own_value_set_sql,
    own_value_type_sql,
)
from desktop.models.shop import CustomField, Segment
from desktop.queries.own_fields import KINDS, OwnField, held_values, own_fields, reader

LONGEST = 40
"""Letters of a field's name: it stands over a column."""
_OWN = "custom:"


def add_own_field(book: Book, *, name: str, kind: str = "text", options: Sequence[str] = ()) -> Changes:
    """Add a field, after the others. Raises UserError for a name that is none or taken."""
    name, told = _checked(book, name, kind, options)
    with book.step(mark("Add the field “{field}”"), field=name) as step:
        step.insert(
            CustomField,
            subject="customer",
            name=name,
            type=kind,
            options=json.dumps(told, ensure_ascii=False),
            position=len(own_fields(book)),
        )
    return step.changes


def change_own_field(
    book: Book,
    *,
    field_id: int,
    name: str,
    kind: str,
    options: Sequence[str] = (),
    progress: Progress = SILENT,
) -> Changes:
    """Give a field another name, type or choices; values that the new type can't hold are emptied.

    Saved filters follow the name. Raises UserError, and Cancelled when stopped, nothing changed.
    """
    field = _field(book, field_id)
    name, told = _checked(book, name, kind, options, but=field_id)
    with book.step(mark("Change the field “{field}”"), field=field.name) as step:
        if (kind, tuple(told)) != (field.kind, field.options):
            _retype(book, step, field, kind, tuple(told), progress)
        if name != field.name:
            progress.report(0)
            _rename(step, field.name, name)
        step.update(CustomField, field_id, name=name, type=kind, options=json.dumps(told, ensure_ascii=False))
    return step.changes


def check_own_field(
    book: Book, *, name: str, kind: str, options: Sequence[str] = (), but: int | None = None
) -> None:
    """Raises UserError for what a field, or the one with the id `but`, can't be."""
    _checked(book, name, kind, options, but=but)


def move_own_field(book: Book, *, field_id: int, to: int) -> Changes:
    """Put a field at another place among the others, counted from 0."""
    field = _field(book, field_id)
    order = [one.id for one in own_fields(book) if one.id != field_id]
    order.insert(max(0, to), field_id)
    with book.step(mark("Move the field “{field}”"), field=field.name) as step:
        for position, one in enumerate(order):
            step.update(CustomField, one, position=position)
    return step.changes


def delete_own_field(book: Book, *, field_id: int) -> Changes:
    """Take a field away, with what stands in it of every customer; undo brings all of it back."""
    field = _field(book, field_id)
    with book.step(mark("Delete the field “{field}”"), field=field.name) as step:
        step.execute(
            f"UPDATE customer AS c SET custom = {own_value_removed_sql(field.name)} "
            f"WHERE {own_value_type_sql(field.name)} IS NOT NULL"
        )
        step.delete(CustomField, [field_id])
    return step.changes


def _retype(
    book: Book, step: Step, field: OwnField, kind: str, options: tuple[str, ...], progress: Progress
) -> None:
    read = reader(kind, options)
    values = held_values(book, field.name)

    def made(keep: bool) -> Iterator[tuple[Any, ...]]:
        for done, (row, old) in enumerate(values):
            if not done % 1000:
                progress.report(done, len(values))
            new = read(old)
            # Of a truth and a number only the types tell which it is.
            if (new is not None) is keep and (kind != field.kind or new != old):
                yield (int(new), row) if kind == "yesno" and keep else (new, row) if keep else (row,)

    setting = own_value_set_sql(field.name, "?1", truth=kind == "yesno")
    step.execute_many(f"UPDATE customer AS c SET custom = {setting} WHERE c.id = ?2", made(True))
    step.execute_many(
        f"UPDATE customer AS c SET custom = {own_value_removed_sql(field.name)} WHERE c.id = ?1", made(False)
    )


def _rename(step: Step, old: str, new: str) -> None:
    step.execute(
        f"UPDATE customer AS c SET custom = {own_value_moved_sql(old, new)} "
        f"WHERE {own_value_type_sql(old)} IS NOT NULL"
    )
    for row, condition in step.execute("SELECT id, condition FROM segment").fetchall():
        plain = json.loads(condition)
        renamed = _with_name(plain, _OWN + old, _OWN + new)
        if renamed != plain:
            step.update(Segment, row, condition=json.dumps(renamed, ensure_ascii=False))


def _with_name(plain: Any, old: str, new: str) -> Any:
    """A saved filter in which a field has another name."""
    if isinstance(plain, list):
        return [_with_name(one, old, new) for one in plain]
    if isinstance(plain, dict):
        return {
            key: new if key == "field" and value == old else _with_name(value, old, new)
            for key, value in plain.items()
        }
    return plain


def _field(book: Book, field_id: int) -> OwnField:
    for field in own_fields(book):
        if field.id == field_id:
            return field
    raise UserError(
        tr("This field is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
    )


def _checked(
    book: Book, name: str, kind: str, options: Sequence[str], *, but: int | None = None
) -> tuple[str, list[str]]:
    """The name and the choices as the book keeps them. Raises UserError."""
    name = " ".join(name.split())
    if kind not in KINDS:
        raise KeyError(kind)
    if not name:
        raise UserError(tr("The field needs a name."), tr("Write what it is to hold, such as “Shoe size”."))
    if len(name) > LONGEST:
        raise UserError(
            tr("The name is too long to stand over a column."),
            tr("Write at most {n} letters.", n=LONGEST),
        )
    taken = {field.name.casefold() for field in own_fields(book) if field.id != but}
    if name.casefold() in taken:
        raise UserError(
            tr("There is a field called “{field}” already.", field=name), tr("Choose another name.")
        )
    told = list(dict.fromkeys(" ".join(one.split()) for one in options if one.strip()))
    if kind != "choice":
        return name, []
    if not told:
        raise UserError(tr("A field of this type needs something to choose from."), tr("Write the choices."))
    return name, told
