"""The cells of the customer list that can be changed where they stand, and how each is kept.

A name is changed in the form only: it is what a customer is called by, and the form warns of namesakes. A
phone number is what they are recognised by, so it is read and its holder looked for before it is kept.
Figures, days of the past and long notes are not for cells.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.core.birthdays import read_birthday
from desktop.core.errors import UserError
from desktop.core.text import format_phone, split_values
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations.bulk_editing import edit_customers
from desktop.operations.customers import edit_customer, set_phone
from desktop.queries.bulk_edits import BulkEdit, bulk_fields
from desktop.queries.customer_rows import CustomerRow
from desktop.queries.customers import tags
from desktop.views.customers.bulk_values import code_choices, complete, complete_later
from desktop.views.customers.columns import OWN_KEY
from desktop.views.kit.context import Context
from desktop.views.timeline.fields import CustomerLine


class CustomerCells:
    """What a `TableView` of customers changes its cells by."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def editor(self, parent: QWidget, key: str, row: CustomerRow) -> QWidget | None:
        """An input that holds the row's value; None where a cell is not to be changed."""
        made = self._editor(key, row)
        if made is not None:
            made.setParent(parent)
            made.setProperty("cell", True)
        return made

    def _editor(self, key: str, row: CustomerRow) -> QWidget | None:
        if key in ("kind", "relation", "gender"):
            blank = [("", tr("Not noted"))] if key == "gender" else []
            return _box([*blank, *code_choices(key)], getattr(row, key))
        if key.startswith(OWN_KEY):
            return self._own_editor(key, row)
        if key == "phone":
            return QLineEdit(format_phone(row.phone))
        if key == "birthday":
            line = QLineEdit(row.birthday)
            line.setPlaceholderText(tr("1988-09-15 or 09-15"))
            return line
        if key == "tags":
            line = QLineEdit(tr(", ").join(row.tags))
            line.setPlaceholderText(tr("Several parted by commas"))
            if not row.tags:
                complete(line, [tag.name for tag in tags(self._ctx.book)])
            return line
        if key == "referred_by":
            return CustomerLine(self._ctx.book, row.referred_by)
        line = QLineEdit(str(getattr(row, key)))
        if key in ("region", "source"):
            complete_later(self._ctx, line, key)
        return line

    def _own_editor(self, key: str, row: CustomerRow) -> QWidget | None:
        field = bulk_fields(self._ctx.book).get(key)
        if field is None:
            return None
        held = row.custom.get(field.title)
        if field.kind == "choice":
            return _box([("", tr("Not noted")), *((one, one) for one in field.options)], held or "")
        if field.kind == "yesno":
            truth = "" if held is None else bool(held)
            return _box([("", tr("Not noted")), (True, tr("Yes")), (False, tr("No"))], truth)
        line = QLineEdit("" if held is None else str(held))
        if field.kind == "date":
            line.setPlaceholderText("2026-11-22")
        return line

    def store(self, key: str, row: CustomerRow, editor: QWidget) -> str:
        """Keep what an input holds, as one undo step; why it can't be, or ""."""
        try:
            changes = self._change(key, row, editor)
        except UserError as fault:
            return str(fault)
        if changes:
            self._ctx.changed(changes, quiet=True)
        return ""

    def _change(self, key: str, row: CustomerRow, editor: QWidget) -> Changes:
        book = self._ctx.book
        if key == "referred_by" and isinstance(editor, CustomerLine):
            # The only one found is the one meant, as when the line is left.
            editor.editingFinished.emit()
            if editor.unknown():
                raise UserError(tr("Choose a customer from the list, or leave this empty."))
            if editor.customer() == row.referred_by:
                return Changes()
            return edit_customer(book, customer_id=row.id, values={"referred_by": editor.customer()})
        value = _value(editor)
        if key == "phone":
            if value == format_phone(row.phone):
                return Changes()
            return set_phone(book, customer_id=row.id, phone=value)
        if key == "birthday":
            return self._birthday(row, value)
        if key == "tags":
            wanted = split_values(value)
            if tuple(wanted) == row.tags:
                return Changes()
            return edit_customer(book, customer_id=row.id, tags=wanted)
        field = bulk_fields(book)[key]
        edit = BulkEdit(field, "clear" if value == "" else "set", value)
        return edit_customers(book, customer_ids=[row.id], edit=edit)

    def _birthday(self, row: CustomerRow, text: str) -> Changes:
        if text == row.birthday:
            return Changes()
        lunar = row.birthday_calendar == "lunar"
        found = read_birthday(text, lunar=lunar, leap=lunar and bool(row.birthday_leap))
        if text and found is None:
            raise UserError(tr("Write it as 1988-09-15, 09-15 without the year, or 八月十五."))
        values = {
            "birthday": found.stored() if found else "",
            "birthday_calendar": "lunar" if found and found.lunar else "solar",
            "birthday_leap": bool(found and found.leap),
        }
        return edit_customer(self._ctx.book, customer_id=row.id, values=values)


def _box(choices: list[tuple[Any, str]], value: Any) -> QComboBox:
    box = QComboBox()
    for held, words in choices:
        box.addItem(words, held)
    for at, (held, _) in enumerate(choices):
        if held == value and type(held) is type(value):
            box.setCurrentIndex(at)
    return box


def _value(editor: QWidget) -> Any:
    if isinstance(editor, QComboBox):
        return editor.currentData()
    assert isinstance(editor, QLineEdit)
    return editor.text().strip()
