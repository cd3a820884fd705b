"""What the figures look at: a period and five filters, always in sight; what is on has a chip to close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import mark, tr
from desktop.queries.complaint_narrowing import Narrowing
from desktop.views.complaints.figures.period import KINDS, Kind, Period
from desktop.views.complaints.words import SHORT_SUBJECTS
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.forms import ChoiceField, DateField, FormDialog
from desktop.views.kit.layouts import FlowLayout

_NOTHING = Narrowing((), 0, (), ())
_ALL = "all"
_LONGEST = 28

FIELDS = {
    "subject": (mark("Subject"), mark("All subjects")),
    "product": (mark("Product"), mark("All products")),
    "channel": (mark("Channel"), mark("All channels")),
    "clerk": (mark("Clerk"), mark("All clerks")),
    "severity": (mark("Severity"), mark("All severities")),
}
"""The filters in their order: what each is called, and what it says while it leaves nothing out."""


@dataclass(frozen=True)
class Wanted:
    """What the figures look at; "" and None leave nothing out."""

    period: Period = field(default_factory=Period)
    subject: str = ""
    product: int | None = None
    channel: str = ""
    clerk: int | None = None
    severity: str = ""

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Wanted:
        """What a screen's route kept; what makes no sense is left out."""
        found: dict[str, Any] = {"period": Period.of(kept.get("period"))}
        for name in ("subject", "channel", "severity"):
            found[name] = kept[name] if isinstance(kept.get(name), str) else ""
        for name in ("product", "clerk"):
            found[name] = kept[name] if isinstance(kept.get(name), int) else None
        return cls(**found)

    def kept(self) -> dict[str, Any]:
        """What a screen's route keeps."""
        return {"period": self.period.kept(), **{name: getattr(self, name) for name in self.on}}

    @property
    def on(self) -> list[str]:
        """The names of the filters that leave something out."""
        return [name for name in FIELDS if getattr(self, name) not in ("", None)]

    def without(self, name: str) -> Wanted:
        """The same with a filter off; all of them for "all"."""
        if name == _ALL:
            return Wanted(self.period)
        return replace(self, **{name: getattr(Wanted(), name)})


def value_name(name: str, value: Any, choices: Narrowing) -> str:
    """What a filter's value is called."""
    if name == "subject":
        return words.name(SHORT_SUBJECTS, value)
    if name == "channel":
        return words.name(words.CHANNELS, value)
    if name == "severity":
        return words.name(words.SEVERITIES, value)
    known = dict(choices.products if name == "product" else choices.clerks)
    return known.get(value, "") or tr("Unnamed")


Products = Callable[[], Sequence[tuple[int, str]]]


class FilterBar(QWidget):
    """The buttons and chips; `changed` when something else is to be looked at."""

    changed = Signal()

    def __init__(
        self, wanted: Wanted, outs: Sequence[QWidget] = (), every_product: Products | None = None
    ) -> None:
        """`outs` stand at the right; `every_product` gives all that have complaints, when they are many."""
        super().__init__()
        self.wanted = wanted
        self._every_product = every_product
        self._choices = _NOTHING
        self.period_button = SecondaryButton("", "calendar")
        self._fill_periods()
        self.buttons = {name: SecondaryButton(tr(title)) for name, (title, _) in FIELDS.items()}
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

    def show_choices(self, choices: Narrowing) -> None:
        """Offer what complaints have."""
        if choices != self._choices:
            self._choices = choices
            self._write()

    def named(self) -> list[str]:
        """The filters that are on, as "Subject: Delivery"."""
        return [
            tr("{field}: {value}", field=tr(FIELDS[name][0]), value=self._value_name(name))
            for name in self.wanted.on
        ]

    def choose(self, wanted: Wanted) -> None:
        """Look at something else, and tell."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._write()
            self.changed.emit()

    def choose_period(self, kind: Kind) -> None:
        """Look at another period; for own dates they are asked for."""
        if kind == "own":
            self._fill_periods()
            self.ask_dates()
        else:
            self.choose(replace(self.wanted, period=Period(kind)))

    def ask_dates(self) -> FormDialog:
        """Ask for two days."""
        start, end = self.wanted.period.days(date.today())

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

    # -- writing

    def _value_name(self, name: str) -> str:
        return value_name(name, getattr(self.wanted, name), self._choices)

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
            items.append(ChipItem(_ALL, tr("Leave all filters out"), checkable=False))
        self.chips.set_items(items)
        self.chips.setVisible(bool(items))

    def _fill_periods(self) -> None:
        menu = _fresh(self.period_button)
        group = QActionGroup(menu)
        for kind, name in KINDS.items():
            action = QAction(tr(name), menu, checkable=True, checked=kind == self.wanted.period.kind)
            action.triggered.connect(partial(self._periodic, kind))
            group.addAction(action)
            menu.addAction(action)

    def _periodic(self, kind: Kind, _: bool = False) -> None:
        self.choose_period(kind)

    def _fill(self, name: str, button: SecondaryButton) -> None:
        menu = _fresh(button)
        group = QActionGroup(menu)
        now = getattr(self.wanted, name)
        off = getattr(Wanted(), name)
        for value, said in ((off, tr(FIELDS[name][1])), *self._offered(name)):
            action = QAction(said.replace("&", "&&"), menu, checkable=True, checked=value == now)
            action.triggered.connect(partial(self._take, name, value))
            group.addAction(action)
            menu.addAction(action)
        if name == "product" and self._choices.more_products and self._every_product is not None:
            menu.addSeparator()
            menu.addAction(tr("Another product…"), self.ask_product)

    def ask_product(self) -> FormDialog | None:
        """Ask for one of all products that have complaints."""
        if self._every_product is None:
            return None
        offered = [(row, said or tr("Unnamed")) for row, said in self._every_product()]

        def take(values: dict[str, Any]) -> None:
            self.choose(replace(self.wanted, product=values["product"]))

        dialog = FormDialog(
            tr("Figures of which product?"), tr("Show"), take, width=440, parent=self.window()
        )
        dialog.add_row(product=ChoiceField(tr("Product"), offered, self.wanted.product))
        dialog.open()
        return dialog

    def _take(self, name: str, value: Any, _: bool = False) -> None:
        self.choose(replace(self.wanted, **{name: value}))

    def _offered(self, name: str) -> list[tuple[Any, str]]:
        if name == "product":
            return [(row, said or tr("Unnamed")) for row, said in self._choices.products]
        if name == "clerk":
            return list(self._choices.clerks)
        codes: Sequence[str] = {
            "subject": tuple(words.SUBJECTS), "channel": self._choices.channels,
            "severity": tuple(words.SEVERITIES),
        }[name]  # fmt: skip
        return [(code, value_name(name, code, self._choices)) for code in codes]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _fresh(button: SecondaryButton) -> QMenu:
    """An empty menu below a button; the one it had goes when nobody needs it any more."""
    old = button.menu()
    menu = QMenu(button)
    button.setMenu(menu)
    if old is not None:
        old.deleteLater()
    return menu
