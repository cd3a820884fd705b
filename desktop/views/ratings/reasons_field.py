"""Reasons to tick: those of the stars that were given, and whatever somebody said before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.core.rating_reasons import PURCHASE, join, reason_name, reasons, split
from desktop.core.translation import tr
from desktop.views.kit.fields import Field
from desktop.views.kit.layouts import FlowLayout, clear


class ReasonChips(QWidget):
    """The reasons as chips; ticked ones stay when the stars change, others make way."""

    changed = Signal()

    def __init__(self, own: object, kind: str = PURCHASE, *, height: int = 0) -> None:
        super().__init__()
        self._own, self._kind, self._height = own, kind, height
        self._flow = FlowLayout(self, gap=6, line_gap=6)
        self._stars: int | None = None
        self.chips: dict[str, QPushButton] = {}
        self._offer([])

    def ticked(self) -> list[str]:
        """The titles ticked, in the order in which they stand."""
        return [title for title, chip in self.chips.items() if chip.isChecked()]

    def tick(self, titles: list[str]) -> None:
        """Tick these and no others."""
        self._offer(titles)

    def show_stars(self, stars: int | None) -> None:
        """Offer the reasons for these stars; without any, what is ticked alone."""
        if stars != self._stars:
            self._stars = stars
            self._offer(self.ticked())

    def _offer(self, ticked: list[str]) -> None:
        focused = next((title for title, chip in self.chips.items() if chip.hasFocus()), None)
        clear(self._flow)
        self.chips = {}
        offered = [] if self._stars is None else reasons(self._own, self._stars, self._kind)
        for title in [*offered, *(one for one in ticked if one not in offered)]:
            chip = QPushButton(reason_name(title))
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setChecked(title in ticked)
            # A ticked one is bold; it has the room for that before.
            chip.setMinimumWidth(_bold_width(chip))
            if self._height:
                chip.setMinimumHeight(self._height)
            chip.toggled.connect(lambda _: self.changed.emit())
            self.chips[title] = chip
            self._flow.addWidget(chip)
        if focused in self.chips:
            self.chips[focused].setFocus()
        self.updateGeometry()
        self.changed.emit()


def _bold_width(chip: QPushButton) -> int:
    bold = QFont(chip.font())
    bold.setBold(True)
    plain = QFontMetrics(chip.font()).horizontalAdvance(chip.text())
    return chip.sizeHint().width() + QFontMetrics(bold).horizontalAdvance(chip.text()) - plain


class ReasonsField(Field):
    """The value is what a book keeps: titles, one a line."""

    def __init__(self, own: object, value: str = "", *, kind: str = PURCHASE) -> None:
        self.reasons = ReasonChips(own, kind)
        super().__init__(tr("Why (may be empty)"), self.reasons)
        self.set_value(value)
        self.reasons.changed.connect(self.changed)
        self.reasons.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        self.set_hint("" if self.reasons.chips else tr("Give stars, and the usual reasons for them come up."))

    @property
    def chips(self) -> list[QPushButton]:
        """The chips that are offered now."""
        return list(self.reasons.chips.values())

    def value(self) -> str:
        return join(self.reasons.ticked())

    def set_value(self, value: Any) -> None:
        self.reasons.tick(split(str(value or "")))
