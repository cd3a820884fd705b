"""The scenes of the customer list: many columns, the chooser, a bulk edit, a cell, the shop's own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.operations.own_fields import add_own_field
from desktop.queries.customer_phones import phones_of
from desktop.queries.own_fields import own_fields
from desktop.views.customers.view import CustomersView
from desktop.views.kit.layouts import ScrollColumn
from desktop.views.settings.own_fields import OwnFieldsCard

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
    """Fields beside the figures."""
    page = _list(stage)
    shown = ("name", "phone", "state", *_WIDE)
    keys = [column.key for column in page.model.columns]
    page.table.restore_layout(
        {
            "order": [*shown, *(key for key in keys if key not in shown)],
            "hidden": [key for key in keys if key not in shown],
        }
    )
    stage.afterwards.append(page.table.reset_layout)
    stage.settle()


def _chooser(stage: Stage) -> None:
    page = _list(stage)
    sheet = page.table.choose_columns(page.head.columns_button)
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
    number = [column.key for column in page.model.columns].index("phone")
    phones = phones_of(stage.book, customer_ids=page.model.ids()[:8])
    page.table.edit_cell(page.model.index(0, number))
    (line,) = page.table.viewport().findChildren(QLineEdit)
    line.setText(phones[-1])
    QTest.keyClick(line, Qt.Key.Key_Return)
    stage.afterwards.append(lambda: QTest.keyClick(line, Qt.Key.Key_Escape))
    stage.settle()


def _own_fields(stage: Stage) -> None:
    """Three fields of the shop's own in the settings."""
    english = stage.language == "en"
    book = stage.book
    if not own_fields(book):
        for name, kind, options in (
            ("Teapot" if english else "常用茶具", "text", ()),
            ("Roast" if english else "口味", "choice", ("light", "dark") if english else ("清香", "浓香")),
            ("Since" if english else "会员日", "date", ()),
        ):
            add_own_field(book, name=name, kind=kind, options=options)
    page = stage.go("settings")
    (card,) = page.findChildren(OwnFieldsCard)
    (column,) = page.findChildren(ScrollColumn)
    column.ensureWidgetVisible(card.add_button, 0, 60)
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
    "own-fields": _own_fields,
}
