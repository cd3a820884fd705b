"""The scenes of the customer list: many columns, the chooser, a bulk edit, a cell, the shop's own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from desktop.views.customers.view import CustomersView

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage

_WIDE = ("relation", "region", "birthday", "likes", "expected", "points", "last_contact")


def _list(stage: Stage) -> CustomersView:
    page = stage.go("customers")
    assert isinstance(page, CustomersView)
    if len(page.model.ids()):
        page.table.select_id(page.model.ids()[0])
    return page


def _columns(stage: Stage) -> None:
    """Fields beside the figures; the mouse stays away."""
    page = _list(stage)
    page.table.restore_layout(
        {
            "order": ["name", "phone", "state", *_WIDE],
            "hidden": [
                column.key
                for column in page.model.columns
                if column.key not in ("name", "phone", "state", *_WIDE)
            ],
        }
    )
    stage.settle()


def _chooser(stage: Stage) -> None:
    page = _list(stage)
    sheet = page.table.choose_columns(page.columns_button)
    stage.afterwards.append(sheet.close)
    stage.settle()


def _bulk(stage: Stage) -> None:
    page = _list(stage)
    page.table.selectAll()
    form = page.actions_.change("region")
    form.fields["value"].set_value("Hangzhou" if stage.language == "en" else "杭州")
    form.look()
    stage.settle()
    stage.settle()


def _cell(stage: Stage) -> None:
    """A phone that somebody else has, said in place."""
    page = _list(stage)
    key = "phone"
    number = [column.key for column in page.model.columns].index(key)
    lines = [line for line in range(8) if page.model.row_at(line).phone]
    page.table.edit_cell(page.model.index(lines[0], number))
    (line,) = page.table.viewport().findChildren(QLineEdit)
    line.setText(page.model.row_at(lines[1]).phone)
    page.table._delegate._keep(line, 0)
    stage.settle()


def _selected(stage: Stage) -> None:
    _list(stage).table.selectAll()
    stage.settle()


CUSTOMER_LIST: dict[str, Callable[[Stage], object]] = {
    "customers-columns": _columns,
    "customers-chooser": _chooser,
    "customers-bulk": _bulk,
    "customers-cell": _cell,
    "customers-selected": _selected,
}
