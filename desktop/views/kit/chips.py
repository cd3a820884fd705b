"""Filter chips with counts, in a row that flows into lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from desktop.views.kit import theme
from desktop.views.kit.layouts import FlowLayout, clear


class ChipItem(NamedTuple):
    """One chip: its key, its words, and how many it would leave (None: not counted)."""

    key: str
    text: str
    number: int | None = None
    checkable: bool = True
    tip: str = ""


class Chip(QPushButton):
    """One filter chip."""

    def __init__(self, item: ChipItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = item.key
        self._words = item.text
        self.setProperty("kind", "chip")
        self.setCheckable(item.checkable)
        self.setFont(theme.font(theme.SMALL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if item.tip:
            self.setToolTip(item.tip)
        self.set_count(item.number)

    def set_count(self, count: int | None) -> None:
        """Show another count."""
        text = self._words if count is None else f"{self._words} {count:,}"
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        # Wide enough for the bold face a chosen chip wears, so that the row does not shift.
        bold = QFontMetrics(theme.font(theme.SMALL, bold=True))
        self.setFixedWidth(bold.horizontalAdvance(text) + 28)


class ChipRow(QWidget):
    """Chips of which one (`exclusive`) or any number is chosen."""

    chosen = Signal(str)
    """The key of the chip that was pressed."""

    def __init__(
        self, items: Iterable[ChipItem] = (), *, exclusive: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._exclusive = exclusive
        self._group = QButtonGroup(self)
        self._group.setExclusive(exclusive)
        self._chips: dict[str, Chip] = {}
        self._flow = FlowLayout(self, gap=8, line_gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_items(items)

    def set_items(self, items: Iterable[ChipItem]) -> None:
        """Show other chips; the chosen ones stay chosen if they are still there."""
        kept = set(self.chosen_keys())
        clear(self._flow)
        self._chips = {}
        for item in items:
            self._flow.addWidget(self._made(item, checked=item.key in kept))
        self.updateGeometry()

    def insert(self, item: ChipItem, before: str) -> None:
        """Put one more chip into the row, before the one of a key."""
        order = list(self._chips)
        place = order.index(before)
        follower = self._chips[before]
        chip = self._made(item, checked=False)
        self._flow.insertWidget(place, chip)
        order.insert(place, item.key)
        self._chips = {key: self._chips[key] for key in order}
        if place:
            self.setTabOrder(self._chips[order[place - 1]], chip)
        self.setTabOrder(chip, follower)
        self.updateGeometry()

    def _made(self, item: ChipItem, *, checked: bool) -> Chip:
        chip = Chip(item)
        chip.setChecked(checked and item.checkable)
        chip.clicked.connect(lambda _=False, key=item.key: self.chosen.emit(key))
        if item.checkable:
            self._group.addButton(chip)
        self._chips[item.key] = chip
        return chip

    def has(self, key: str) -> bool:
        """Whether there is a chip of that key."""
        return key in self._chips

    def set_counts(self, counts: dict[str, int | None]) -> None:
        """Show other counts on the chips of those keys."""
        for key, count in counts.items():
            if key in self._chips:
                self._chips[key].set_count(count)
        self._flow.invalidate()
        # A row that has become longer may need a line more.
        self.updateGeometry()

    def choose(self, key: str, *, on: bool = True) -> None:
        """Choose a chip without telling anybody."""
        if key in self._chips:
            self._chips[key].setChecked(on)

    def chosen_key(self) -> str:
        """The chosen key of an exclusive row, or ""."""
        return next(iter(self.chosen_keys()), "")

    def chosen_keys(self) -> tuple[str, ...]:
        """Every chosen key, in the row's order."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def chip(self, key: str) -> Chip:
        """The chip of a key, for tests and tips."""
        return self._chips[key]
