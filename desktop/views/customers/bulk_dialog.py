"""The form in which one field of many customers is changed, and which says beforehand what will change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.core.translation import mark, ntr, tr
from desktop.models.changes import Changes
from desktop.operations.bulk_editing import checked_edit, edit_customers
from desktop.queries.bulk_edits import BulkEdit, BulkPreview, bulk_fields, preview_edit
from desktop.views.customers.bulk_values import value_field, value_text
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.fields import ChoiceField, Field
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.labels import label

AT_ONCE = 3000
"""So many customers are changed before anybody notices; more get a bar with a way out."""
_MODES = {
    "set": mark("Set to"),
    "add": mark("Add to what is there"),
    "clear": mark("Empty it"),
}
_TAG_MODES = {"add": mark("Put on"), "remove": mark("Take off"), "clear": mark("Take all off")}
_PAUSE_MS = 200


def run(
    ctx: Context, owner: QWidget, title: str, count: int, work: Callable[[Progress], Changes]
) -> Changes | None:
    """Do something to so many customers: a few at once, many in the background with a bar and a way out."""
    if count <= AT_ONCE:
        return ctx.do(lambda: work(Progress()))
    ctx.tasks.write(title, work, ctx.changed, owner=owner)
    return None


class BulkDialog(FormDialog):
    """Field, what to do with it, value; below, what becomes of whom."""

    def __init__(
        self, ctx: Context, ids: Sequence[int], owner: QWidget, *, field: str = "tags", mode: str = ""
    ) -> None:
        count = len(ids)
        super().__init__(
            ntr("Change {n} customer", "Change {n} customers", count),
            tr("Change"),
            self._store,
            text=tr("One step, which one undo takes back."),
            width=520,
            parent=owner,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._ids, self._owner = ctx, ids, owner
        self._known = bulk_fields(ctx.book)
        self._shown: tuple[str, str] | None = None
        self.field = ChoiceField(tr("Field"), [(one.key, one.name) for one in self._known.values()], field)
        self.mode = ChoiceField(tr("What to do"), [])
        self.add_row(field=self.field, mode=self.mode)
        self._holder = QWidget()
        self._place = QVBoxLayout(self._holder)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.add_widget(self._holder)
        self.told = label(wrap=True)
        self.details = label(size=theme.SMALL, role="muted", wrap=True)
        self.add_widget(self.told)
        self.add_widget(self.details)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self.field.changed.connect(self._offer_modes)
        self.mode.changed.connect(self._offer_value)
        self._offer_modes()
        if mode:
            self.mode.set_value(mode)

    # -- what is asked

    def edit(self) -> BulkEdit:
        """The edit as it stands in the form, its value as yet unchecked."""
        field = self._known[self.field.value()]
        value = self.fields["value"].value() if "value" in self.fields else None
        if field.kind == "checked" and self.mode.value() == "set":
            value = date.today().toordinal()
        return BulkEdit(field, self.mode.value(), value)

    def _offer_modes(self) -> None:
        field = self._known[self.field.value()]
        named = _TAG_MODES if field.kind == "tags" else _MODES
        words = {one: tr(named[one]) for one in field.modes}
        if field.kind == "checked":
            words["set"] = tr("Checked today")
        self.mode.set_choices(list(words.items()))
        self._offer_value()

    def _offer_value(self) -> None:
        asked = (self.field.value(), self.mode.value())
        if asked == self._shown:
            return
        self._shown = asked
        if old := self.fields.pop("value", None):
            old.hide()
            self._place.removeWidget(old)
            old.deleteLater()
        made = value_field(self._ctx, self._known[asked[0]], asked[1])
        if made is not None:
            self._show_value(made)
        self._holder.setVisible(made is not None)
        self._look_soon()
        if self.isVisible():
            self.fit()

    def _show_value(self, made: Field) -> None:
        self.fields["value"] = made
        self._place.addWidget(made)
        made.changed.connect(lambda: made.show_problem(""))
        made.changed.connect(self._look_soon)

    # -- what will change

    def _look_soon(self) -> None:
        self.told.setText("\u00a0")
        self.details.setText("\u00a0")
        self._timer.start()

    def look(self) -> None:
        """Count what will change, in the background."""
        try:
            edit = checked_edit(self.edit())
        except UserError:
            return
        book, ids = self._ctx.book, self._ids
        self._ctx.tasks.read(
            lambda progress: preview_edit(book, customer_ids=ids, edit=edit, progress=progress),
            lambda found: self._tell(edit, found),
            owner=self,
            key="preview",
        )

    def _tell(self, edit: BulkEdit, found: BulkPreview) -> None:
        if not found.changing:
            self.told.setText(tr("Nothing would change: all of them have it so already."))
            self.details.setText("")
            return
        self.told.setText(
            ntr(
                "{n} of {total} customers changes.",
                "{n} of {total} customers change.",
                found.changing,
                total=f"{found.customers:,}",
            )
        )
        self.details.setText("" if edit.field.kind == "tags" else self._before_and_after(edit, found))
        self.fit()

    def _before_and_after(self, edit: BulkEdit, found: BulkPreview) -> str:
        name = edit.field.name
        after = tr("empty") if edit.mode == "clear" else value_text(self._ctx, edit, edit.value)
        if edit.mode == "add":
            lines = [tr("{field}: “{value}” is added.", field=name, value=after)]
        elif found.different:
            lines = [
                ntr(
                    "{field}: {n} different value → {value}",
                    "{field}: {n} different values → {value}",
                    found.different,
                    field=name,
                    value=after,
                )
            ]
        else:
            lines = [tr("{field}: {value}", field=name, value=after)]
        held = [f"{value_text(self._ctx, edit, value)} ({n:,})" for value, n in found.common]
        if held:
            lines.append(tr("Until now: {values}", values=tr(", ").join(held)))
        if found.blank:
            lines.append(ntr("{n} customer has none yet.", "{n} customers have none yet.", found.blank))
        return "\n".join(lines)

    # -- doing

    def _store(self, values: dict[str, Any]) -> None:
        """Do it. Raises UserError, which the form shows."""
        edit = checked_edit(self.edit())
        book, ids = self._ctx.book, self._ids
        run(
            self._ctx,
            self._owner,
            ntr("Changing {n} customer", "Changing {n} customers", len(ids)),
            len(ids),
            lambda progress: edit_customers(book, customer_ids=ids, edit=edit, progress=progress),
        )
