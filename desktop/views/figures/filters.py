"""The bar above figures: a period and filters, always in sight; what is on has a chip to close."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.figures.period import KINDS, Kind, Period
from desktop.views.figures.wanted import ALL, NONE, Choices, Offered, Wanted
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.forms import ChoiceField, DateField, FormDialog
from desktop.views.kit.layouts import FlowLayout

W = TypeVar("W", bound=Wanted)

_LONGEST = 28

Every = Mapping[str, Callable[[], Offered]]
"""What gives all values of a filter, of which only the commonest are offered."""


class FilterBar(QWidget, Generic[W]):
    """The buttons and chips; `changed` when something else is to be looked at."""

    changed = Signal()

    def __init__(
        self,
        wanted: W,
        outs: Sequence[QWidget] = (),
        *,
        periods: Sequence[Kind],
        choices: Choices = NONE,
        every: Every | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`outs` stand at the right; `choices` is what can be offered before anything has been read."""
        super().__init__()
        self.wanted: W = wanted
        self._periods, self._choices, self._every, self._today = periods, choices, every or {}, today
        self.period_button = SecondaryButton("", "calendar")
        self.buttons = {name: SecondaryButton(tr(one.title)) for name, one in wanted.FIELDS.items()}
        self.chips = ChipRow(exclusive=False)
        self.chips.chosen.connect(lambda name: self.choose(self.wanted.without(name)))
        choosers = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        choosers.setSizePolicy(policy)
        flow = FlowLayout(choosers)
        for button in (self.period_button, *self.buttons.values()):
            flow.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(choosers, 1)
        for widget in outs:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.chips)
        self._write()

    def show_choices(self, choices: Choices) -> None:
        """Offer what there is."""
        if choices != self._choices:
            self._choices = choices
            self._write()

    def named(self) -> list[str]:
        """The filters that are on, as "Subject: Delivery"."""
        return self.wanted.named(self._choices)

    def choose(self, wanted: W) -> None:
        """Look at something else, and tell."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._write()
            self.changed.emit()

    def show_wanted(self, wanted: W) -> None:
        """Say that something else is looked at, without telling."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._write()

    def choose_period(self, kind: Kind) -> None:
        """Look at another period; for own dates they are asked for."""
        if kind == "own":
            self._fill_periods()
            self.ask_dates()
        else:
            self.choose(replace(self.wanted, period=Period(kind)))

    def ask_dates(self) -> FormDialog:
        """Ask for two days."""
        start, end = self.wanted.period.days(self._today())

        def take(values: dict[str, Any]) -> None:
            first, last = sorted((values["first"].toordinal(), values["last"].toordinal()))
            self.choose(replace(self.wanted, period=Period("own", first, last)))

        dialog = FormDialog(tr("Figures of which days?"), tr("Show"), take, width=440, parent=self.window())
        dialog.add_row(
            first=DateField(tr("First day"), date.fromordinal(start), optional=False),
            last=DateField(tr("Last day"), date.fromordinal(end - 1), optional=False),
        )
        dialog.open()
        return dialog

    def ask_value(self, name: str) -> FormDialog | None:
        """Ask for one of all values of a filter."""
        every, one = self._every.get(name), self.wanted.FIELDS[name]
        if every is None:
            return None
        offered = [(value, said or tr("Unnamed")) for value, said in every()]

        def take(values: dict[str, Any]) -> None:
            self.choose(replace(self.wanted, **{name: values["value"]}))

        dialog = FormDialog(tr(one.ask), tr("Show"), take, width=440, parent=self.window())
        dialog.add_row(value=ChoiceField(tr(one.title), offered, getattr(self.wanted, name)))
        dialog.open()
        return dialog

    # -- writing

    def _write(self) -> None:
        self.period_button.setText(self.wanted.period.name.replace("&", "&&"))
        self._fill_periods()
        for name, button in self.buttons.items():
            self._fill(name, button)
        items = [
            ChipItem(name, f"{_cut(said)}  ×", checkable=False, tip=tr("Leave this filter out"))
            for name, said in zip(self.wanted.on, self.named(), strict=True)
        ]
        if len(items) > 1:
            items.append(ChipItem(ALL, tr("Leave all filters out"), checkable=False))
        self.chips.set_items(items)
        self.chips.setVisible(bool(items))

    def _fill_periods(self) -> None:
        menu = fresh_menu(self.period_button)
        group = QActionGroup(menu)
        for kind in self._periods:
            action = QAction(tr(KINDS[kind]), menu, checkable=True, checked=kind == self.wanted.period.kind)
            action.triggered.connect(partial(self._periodic, kind))
            group.addAction(action)
            menu.addAction(action)

    def _periodic(self, kind: Kind, _: bool = False) -> None:
        self.choose_period(kind)

    def _fill(self, name: str, button: SecondaryButton) -> None:
        menu = fresh_menu(button)
        group = QActionGroup(menu)
        one = self.wanted.FIELDS[name]
        now = getattr(self.wanted, name)
        offered = self._choices.offered.get(name, ())
        for value, said in ((self.wanted.off(name), tr(one.everything)), *offered):
            text = (said or tr("Unnamed")).replace("&", "&&")
            action = QAction(text, menu, checkable=True, checked=value == now)
            action.triggered.connect(partial(self._take, name, value))
            group.addAction(action)
            menu.addAction(action)
        if name in self._choices.more and name in self._every:
            menu.addSeparator()
            menu.addAction(tr(one.another), partial(self.ask_value, name))

    def _take(self, name: str, value: Any, _: bool = False) -> None:
        self.choose(replace(self.wanted, **{name: value}))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def fresh_menu(button: SecondaryButton) -> QMenu:
    """An empty menu below a button; the one it had goes when nobody needs it any more."""
    old = button.menu()
    menu = QMenu(button)
    button.setMenu(menu)
    if old is not None:
        old.deleteLater()
    return menu
