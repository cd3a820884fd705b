"""The two buttons that say what the insights look at: a period, and a channel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from desktop.core import words
from desktop.core.translation import tr
from desktop.views.kit.widgets import SecondaryButton

PERIODS: tuple[int | None, ...] = (3, 6, 12, 24, None)


def period_name(months: int | None) -> str:
    """What a period is called: Last 12 months, All months."""
    return tr("All months") if months is None else tr("Last {months} months", months=months)


def channel_name(channel: str) -> str:
    """What a channel is called; "" for all of them."""
    return words.name(words.CHANNELS, channel) if channel else tr("All channels")


def fresh_menu(button: SecondaryButton) -> QMenu:
    """An empty menu below a button; the one it had goes."""
    old = button.menu()
    menu = QMenu(button)
    button.setMenu(menu)
    if old is not None:
        old.deleteLater()
    return menu


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


class ChannelButton(SecondaryButton):
    """`chosen` carries the channel, "" for all."""

    chosen = Signal(str)

    def __init__(self, channel: str) -> None:
        super().__init__(channel_name(channel), "funnel")
        self.show_channels(channel, ())

    def show_channels(self, channel: str, known: Sequence[str]) -> None:
        """Say what is looked at, and offer what there is."""
        self.setText(channel_name(channel))
        menu = fresh_menu(self)
        group = QActionGroup(menu)
        for one in ("", *known):
            action = QAction(channel_name(one), menu, checkable=True, checked=one == channel)
            action.triggered.connect(lambda _=False, one=one: self.chosen.emit(one))
            group.addAction(action)
            menu.addAction(action)
