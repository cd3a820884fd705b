"""The questions above a file's columns: what it holds, which sheet, what 03/04 means."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.core.translation import mark, tr
from desktop.exchange.vocabulary import layouts, own_layouts
from desktop.exchange.vocabulary.subjects import TARGETS
from desktop.views.exchange.draft import Draft
from desktop.views.kit import theme
from desktop.views.kit.widgets import FlowLayout, IconButton, label

_DAYS: tuple[tuple[str, bool | None], ...] = (
    (mark("not said"), None),
    (mark("3 April"), True),
    (mark("March 4"), False),
)


class Choices(QWidget):
    """Each box has its signal; showing a draft tells nobody."""

    target_chosen = Signal(str)
    sheet_chosen = Signal(str)
    day_first_chosen = Signal(object)
    layout_chosen = Signal(str)
    layout_forgotten = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=16, line_gap=8)
        self.target = self._box(tr("This file holds"), [(tr(s.title), key) for key, s in TARGETS.items()])
        self.target.currentIndexChanged.connect(lambda _: self.target_chosen.emit(self.target.currentData()))
        self.layout_box = self._box(tr("Read as"), [(tr("any table"), ""), *_layouts()])
        self.layout_box.setMaximumWidth(300)
        self.forget = IconButton("trash-2", tr("Forget this way of reading files"), self._forget)
        holder = self.layout_box.parentWidget()
        if holder is not None and (row := holder.layout()) is not None:
            row.addWidget(self.forget)
        self.layout_box.currentIndexChanged.connect(
            lambda _: self.layout_chosen.emit(self.layout_box.currentData())
        )
        if len(draft.table.sheets) > 1:
            self.sheet = self._box(tr("Sheet"), [(name, name) for name in draft.table.sheets])
            self.sheet.setMaximumWidth(200)
            self.sheet.setCurrentIndex(max(0, self.sheet.findData(draft.table.sheet)))
            self.sheet.currentIndexChanged.connect(lambda _: self.sheet_chosen.emit(self.sheet.currentData()))
        self.day = self._box(tr("03/04/2026 is"), [(tr(said), value) for said, value in _DAYS], "amber")
        self.day.currentIndexChanged.connect(lambda at: self.day_first_chosen.emit(_DAYS[at][1]))
        self._show_day(False)

    def show_draft(self, draft: Draft) -> None:
        """Show what a draft says."""
        with QSignalBlocker(self.target), QSignalBlocker(self.layout_box):
            self.layout_box.setCurrentIndex(max(0, self.layout_box.findData(draft.mapping.layout)))
            own = {layout.name for layout in own_layouts.own()}
            self.forget.setVisible(draft.mapping.layout in own)
            self.target.setCurrentIndex(self.target.findData(draft.mapping.target))

    def _forget(self) -> None:
        """The owner's own layout goes; the file is read as any table."""
        own_layouts.forget(str(self.layout_box.currentData()))
        with QSignalBlocker(self.layout_box):
            self.layout_box.removeItem(self.layout_box.currentIndex())
        self.layout_forgotten.emit()

    def ask_for_day(self) -> None:
        """From now on, ask what 03/04 means."""
        self._show_day(True)

    def _show_day(self, shown: bool) -> None:
        holder = self.day.parentWidget()
        if holder is not None:
            holder.setVisible(shown)

    def _box(self, title: str, choices: list[tuple[str, object]], role: str = "muted") -> QComboBox:
        """A small box with its words before it."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        before = label(title, size=theme.SMALL, role=role)
        box = QComboBox()
        box.setAccessibleName(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaxVisibleItems(16)
        for text, value in choices:
            box.addItem(text, value)
        before.setBuddy(box)
        row.addWidget(before)
        row.addWidget(box)
        self._flow.addWidget(holder)
        return box


def _layouts() -> list[tuple[str, object]]:
    """The owner's own layouts, then those that ship, each kind by title."""
    kinds = (own_layouts.own(), layouts.shipped())
    return [(one.title(), one.name) for kind in kinds for one in sorted(kind, key=lambda one: one.title())]
