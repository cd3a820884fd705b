"""The form of how the customer found the handling: stars, reasons to tick, and their words."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations import ratings
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.forms import ComplaintForm, now
from desktop.views.complaints.stars_field import StarsField
from desktop.views.kit.context import Context
from desktop.views.kit.fields import Field
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField
from desktop.views.kit.layouts import FlowLayout


def rating_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """How the customer found the handling."""

    def run(book: Book, *, complaint_id: int, **values: Any) -> Changes:
        row = detail.row
        return ratings.add_rating(
            book, complaint_id=complaint_id, customer_id=row.customer_id, channel=row.channel,
            rated_at=now(), **values,
        )  # fmt: skip

    form = ComplaintForm(ctx, detail, tr("How was it handled?"), tr("Save"), run, parent)
    form.add_row(
        perceived=StarsField(tr("Satisfied (1 to 5)")), expected=_scale(tr("Had expected (1 to 5)"), 1, 5)
    )
    form.add_row(
        effort=_scale(tr("How easy it was (1 to 7)"), 1, 7),
        recommend=_scale(tr("Would recommend (0 to 10)"), 0, 10),
    )
    form.add_row(reasons=ReasonsField(tr("Why (may be empty)")))
    form.add_row(text=LongTextField(tr("In their words (may be empty)"), lines=3))
    return form


def _scale(title: str, low: int, high: int) -> ChoiceField:
    return ChoiceField(title, [(None, tr("Not asked")), *((one, str(one)) for one in range(low, high + 1))])


class ReasonsField(Field):
    """Reasons to choose by a click; the value is what was chosen, in one line."""

    def __init__(self, title: str) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6, line_gap=6)
        self.chips: list[QPushButton] = []
        for reason in _reasons():
            chip = QPushButton(reason)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.toggled.connect(lambda _: self.changed.emit())
            self.chips.append(chip)
            flow.addWidget(chip)
        super().__init__(title, holder)
        self.setFocusProxy(self.chips[0])

    def value(self) -> str:
        return tr(", ").join(chip.text() for chip in self.chips if chip.isChecked())

    def set_value(self, value: Any) -> None:
        chosen = str(value or "")
        for chip in self.chips:
            chip.setChecked(chip.text() in chosen)


def _reasons() -> list[str]:
    return [
        tr("Quick"), tr("Friendly"), tr("Fair remedy"), tr("Promise kept"), tr("Slow"),
        tr("Had to ask again"), tr("Unfriendly"), tr("Too little"), tr("Promise broken"),
    ]  # fmt: skip
