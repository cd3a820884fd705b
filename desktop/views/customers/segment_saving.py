"""Asking for the name under which a filter is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.operations import segments as operations
from desktop.queries.customer_filter import CustomerFilter
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, TextField


def ask_segment_name(
    ctx: Context, view: CustomerFilter, on_saved: Callable[[int], object], parent: QWidget
) -> FormDialog:
    """Keep a filter under a name that is asked for; `on_saved` gets the segment's id."""

    def store(values: dict[str, Any]) -> None:
        changes = operations.save_segment(ctx.book, name=values["name"], view=view)
        on_saved(changes.created["segment"])
        ctx.changed(changes)

    text = tr("It becomes a chip above the list and keeps itself up to date.")
    form = FormDialog(tr("Save as segment"), tr("Save"), store, text=text, width=440, parent=parent)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    form.add_row(name=TextField(tr("Name"), required=True))
    form.open()
    return form
