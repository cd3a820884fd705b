"""What an import changes in the book, field by field; where the owner is asked, what of it to take."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import mark, ntr, tr
from desktop.exchange.comparing.modes import ASK
from desktop.exchange.comparing.updates import FieldChange
from desktop.exchange.plan import ImportPlan
from desktop.views.exchange.accepted import Accepted
from desktop.views.kit import theme
from desktop.views.kit.table import Column, IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import EmptyState, SecondaryButton, label

FILLED, TAKEN, KEPT = "filled", "taken", "kept"
_SAID: dict[str, tuple[str, Tone]] = {
    FILLED: (mark("fills a blank"), "grey"),
    TAKEN: (mark("take the file's"), "accent"),
    KEPT: (mark("keep ours"), "amber"),
}


class _Line:
    """A change as the list shows it."""

    def __init__(self, change: FieldChange, fate: str) -> None:
        self.who, self.field = change.who, change.field
        self.old, self.new = change.old or "–", change.new
        self.fate = fate


_COLUMNS = (
    Column("who", mark("Who or what"), 120, "strong", sortable=False),
    Column("field", mark("Field"), 88, "muted", sortable=False),
    Column("old", mark("In the book"), 104, sortable=False, stretch=True),
    Column("new", mark("In the file"), 104, sortable=False, stretch=True),
    Column(
        "fate", mark("What happens"), 118, "tag", sortable=False,
        text=lambda fate: tr(_SAID[fate][0]), tone=lambda fate: _SAID[fate][1],
    ),
)  # fmt: skip
_FATE = len(_COLUMNS) - 1


class UpdatesPane(QWidget):
    """What a plan changes; `chosen` when the owner took or left a difference."""

    chosen = Signal()

    def __init__(self, accepted: Accepted) -> None:
        super().__init__()
        self.accepted = accepted
        self._plan: ImportPlan | None = None
        self.model = IdListModel(_COLUMNS, self._fetch)
        self.table = TableView(self.model, name=tr("What changes in the book"))
        self.table.opened.connect(self._turn)
        self.table.clicked.connect(self._clicked)
        self.pane = TablePane(
            self.table,
            empty=EmptyState(
                "circle-check", tr("Nothing in the book changes"), tr("What is new is added beside it.")
            ),
        )
        self._ask = QWidget()
        row = QHBoxLayout(self._ask)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._hint = label(
            tr("Click the last column, or press Enter, to take the file's value or keep ours."),
            size=theme.SMALL, role="muted", wrap=True,
        )  # fmt: skip
        self.take_all = SecondaryButton(tr("Take all"), on_click=lambda: self._choose_all(True), small=True)
        self.keep_all = SecondaryButton(tr("Keep all"), on_click=lambda: self._choose_all(False), small=True)
        row.addWidget(self._hint, 1)
        row.addWidget(self.take_all)
        row.addWidget(self.keep_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._ask)
        layout.addWidget(self.pane, 1)
        self.setFocusProxy(self.table)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan's changes; choices made before stand where the same difference is still there."""
        self._plan = plan
        count = len(plan.updates)
        self._ask.setVisible(plan.mode.update == ASK and plan.updates.conflicts > 0)
        self.pane.set_ids(array("q", range(count)), foot=ntr("{n} field", "{n} fields", count))
        self.model.refresh_rows(None)

    def _fetch(self, ids: Sequence[int]) -> dict[int, _Line]:
        if self._plan is None or not ids:
            return {}
        first, last = min(ids), max(ids)
        changes = self._plan.updates.preview(first, last - first + 1)
        return {first + at: _Line(change, self._fate(change)) for at, change in enumerate(changes)}

    def _fate(self, change: FieldChange) -> str:
        if not change.conflict:
            return FILLED
        asked = self._plan is not None and self._plan.mode.update == ASK
        return TAKEN if not asked or change.key in self.accepted else KEPT

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == _FATE:
            self._turn(index.row())

    def _turn(self, at: int) -> None:
        """Take the file's value instead of ours, or the other way round."""
        if self._plan is None or self._plan.mode.update != ASK:
            return
        for change in self._plan.updates.preview(at, 1):
            if change.conflict:
                self.accepted.turn(change.key)
                # A state and its amounts are one difference on several lines.
                self.model.refresh_rows(None)
                self.chosen.emit()

    def _choose_all(self, take: bool) -> None:
        self.accepted.choose_all(take)
        self.model.refresh_rows(None)
        self.chosen.emit()
