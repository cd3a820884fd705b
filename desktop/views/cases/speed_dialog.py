"""How fast service was by kind, clerk, reason, product and month, beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.dates import duration
from desktop.core.figures import NOTHING, number, percent
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.views.cases import speed_words
from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label

if TYPE_CHECKING:
    from desktop.queries.service_speed import By, Cohort, SpeedRow

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SpeedDialog(QDialog):
    """The cases of a period parted in five ways; Enter or a double click lists those of a line."""

    wanted = Signal(str, object)
    """A title and the ids of the cases of a line."""

    def __init__(self, ctx: Context, found: Cohort, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = tr("How fast service is")
        self.setWindowTitle(title)
        self._ctx, self._found = ctx, found
        self._currency = str(ctx.book.setting("shop.currency"))
        self.rows: list[SpeedRow] = []
        self.chips = ChipRow([ChipItem(key, tr(text)) for key, text in speed_words.BY.items()])
        self.chips.choose("kind")
        self.chips.chosen.connect(lambda _: self._show())
        self.table = QTableWidget()
        self.table.setAccessibleName(title)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        # The cells stand in line with their heads.
        self.table.setStyleSheet("QTableWidget::item { padding: 0 9px; }")
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(38)
        self.table.setTabKeyNavigation(False)
        self.table.itemActivated.connect(lambda item: self._open(item.row()))
        close = SecondaryButton(tr("Close"), on_click=self.accept)
        foot = QHBoxLayout()
        note = tr("Enter lists the cases of a line.")
        foot.addWidget(label(note, size=theme.SMALL, role="muted"), 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(title, size=theme.TITLE, bold=True))
        layout.addWidget(self.chips)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(880, 520)
        self._show()

    def by(self) -> By:
        """How the cases are parted."""
        known: tuple[By, ...] = tuple(speed_words.BY)
        return next((key for key in known if key == self.chips.chosen_key()), "kind")

    def _show(self) -> None:
        from desktop.queries.service_speed import speed_by

        by = self.by()
        self.rows = speed_by(self._ctx.book, self._found, by)
        heads = (
            tr(speed_words.BY[by]), tr("Cases"), tr("First word"), tr("Time to done"),
            tr("Nine of ten within"), tr("In time"), tr("Satisfaction"), tr("Cost"),
        )  # fmt: skip
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(self.rows))
        for line, row in enumerate(self.rows):
            for column, text in enumerate(self._cells(row, by)):
                cell = QTableWidgetItem(text)
                if column:
                    cell.setTextAlignment(_RIGHT)
                self.table.setItem(line, column, cell)
        for column in range(1, len(heads)):
            head = self.table.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(_RIGHT)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        if self.rows:
            self.table.selectRow(0)

    def _cells(self, row: SpeedRow, by: By) -> tuple[str, ...]:
        speed, rated = row.cohort.speed, row.cohort.satisfaction
        kept = speed.in_time
        share = NOTHING if kept.value is None else tr("{share} of {n}", share=percent(kept.value), n=kept.n)
        spent = int((row.cohort.cost + row.cohort.refunded).sum())
        return (
            speed_words.row_name(row, by),
            f"{speed.n:,}",
            _time(speed.word.median),
            _time(speed.done.median),
            _time(speed.done.late),
            share,
            number(rated.value) if rated.n else NOTHING,
            format_money(spent, self._currency, decimals=0),
        )

    def _open(self, line: int) -> None:
        row = self.rows[line]
        title = speed_words.row_name(row, self.by())
        count = ntr("{n} case", "{n} cases", int(row.cohort.ids.size))
        self.accept()
        self.wanted.emit(tr("{name}: {count}", name=title, count=count), row.cohort.all_ids())


def _time(minutes: float | None) -> str:
    return NOTHING if minutes is None else duration(minutes)
