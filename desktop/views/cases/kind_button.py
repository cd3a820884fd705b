"""The button that says which kind of cases one looks at."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from desktop.core import words
from desktop.core.translation import tr
from desktop.views.kit.buttons import SecondaryButton


def kind_name(kind: str) -> str:
    """A kind of cases; "" for all of them."""
    return words.name(words.CASE_KINDS, kind) if kind else tr("Every kind")


class KindButton(SecondaryButton):
    """`chosen` carries the kind, "" for all; each says how many the filter holds of it."""

    chosen = Signal(str)
    asked = Signal()
    """The menu opens and wants its counts."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind_name(kind), "funnel")
        self.kind = kind
        menu = QMenu(self)
        group = QActionGroup(menu)
        self.choices: dict[str, QAction] = {}
        for one in ("", *words.CASE_KINDS):
            action = QAction(kind_name(one), menu, checkable=True)
            action.triggered.connect(lambda _=False, one=one: self.chosen.emit(one))
            group.addAction(action)
            menu.addAction(action)
            self.choices[one] = action
        menu.aboutToShow.connect(self.asked)
        self.setMenu(menu)
        self.show_kind(kind)

    def show_kind(self, kind: str) -> None:
        """Say what is looked at."""
        self.kind = kind
        self.setText(kind_name(kind))
        self.choices[kind].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many there are of each."""
        for kind, action in self.choices.items():
            count = counts.get(kind, 0) if kind else sum(counts.values())
            action.setText(tr("{kind} {count}", kind=kind_name(kind), count=f"{count:,}"))
