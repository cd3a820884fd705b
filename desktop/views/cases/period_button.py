"""The button that says how many months are looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup

from desktop.core.translation import tr
from desktop.views.figures.filters import fresh_menu
from desktop.views.kit.widgets import SecondaryButton

PERIODS: tuple[int | None, ...] = (3, 6, 12, 24, None)


def period_name(months: int | None) -> str:
    """What a period is called: Last 12 months, All months."""
    return tr("All months") if months is None else tr("Last {months} months", months=months)


class PeriodButton(SecondaryButton):
    """`chosen` carries how many months, None for all."""

    chosen = Signal(object)

    def __init__(self, months: int | None) -> None:
        super().__init__(period_name(months), "calendar")
        menu = fresh_menu(self)
        group = QActionGroup(menu)
        self.choices: dict[int | None, QAction] = {}
        for one in PERIODS:
            action = QAction(period_name(one), menu, checkable=True)
            action.triggered.connect(lambda _=False, one=one: self.chosen.emit(one))
            group.addAction(action)
            menu.addAction(action)
            self.choices[one] = action
        self.show_period(months)

    def show_period(self, months: int | None) -> None:
        """Say what is looked at."""
        self.setText(period_name(months))
        if months in self.choices:
            self.choices[months].setChecked(True)
