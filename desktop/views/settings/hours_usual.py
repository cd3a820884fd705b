"""The public holidays of a year, to be ticked instead of typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.core.dates import format_short_day, short_weekday_name
from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.core.usual_holidays import FIRST_YEAR, LAST_YEAR, REGIONS, Usual, usual_holidays
from desktop.views.kit.forms import ChoiceField, FormDialog, NumberField
from desktop.views.kit.layouts import clear


class UsualHolidays(FormDialog):
    """Each with its days; those that the shop keeps already are ticked and stay."""

    def __init__(
        self, country: str, kept: set[date], store: Callable[[list[date]], object], parent: QWidget
    ) -> None:
        super().__init__(
            tr("Public holidays"),
            tr("Add the ticked"),
            self._save,
            text=tr("Untick what your shop does not keep. Days moved to weekends are yours to add."),
            width=460,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._kept, self._store = kept, store
        today = date.today()
        # In the last months of a year people think of the next.
        year = min(max(today.year + (today.month > 10), FIRST_YEAR), LAST_YEAR)
        self.add_row(
            year=NumberField(tr("Year"), year, least=FIRST_YEAR, most=LAST_YEAR),
            region=ChoiceField(
                tr("Where"),
                [(key, tr(name)) for key, name in REGIONS.items()],
                "CN" if country in ("CN", "HK", "MO", "TW") else "west",
            ),
        )
        holder = QWidget()
        self._boxes = QVBoxLayout(holder)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self.add_widget(holder)
        self.offered: list[tuple[QCheckBox, Usual]] = []
        for field in self.fields.values():
            field.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        clear(self._boxes)
        self.offered = []
        for holiday in usual_holidays(self.fields["region"].value(), self.fields["year"].value()):
            box = QCheckBox(_words(holiday))
            known = self._kept.issuperset(holiday.days)
            box.setChecked(True)
            box.setEnabled(not known)
            self._boxes.addWidget(box)
            self.offered.append((box, holiday))
        if self.isVisible():
            self.fit()

    def _save(self, _: dict[str, Any]) -> None:
        days = [
            day
            for box, holiday in self.offered
            if box.isChecked() and box.isEnabled()
            for day in holiday.days
        ]
        if not days:
            raise UserError(tr("None is ticked that is not kept already."), tr("Tick one, or leave."))
        self._store(days)


def _words(holiday: Usual) -> str:
    first, last = holiday.days[0], holiday.days[-1]
    if first == last:
        when = tr(
            "{day} ({weekday})", day=format_short_day(first), weekday=short_weekday_name(first.weekday())
        )
    else:
        when = tr("{first} – {last}", first=format_short_day(first), last=format_short_day(last))
    return tr("{holiday}: {when}", holiday=tr(holiday.name), when=when)
