"""The history of a record: what every field was, when, by whom, and the way back to an earlier value."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.progress import Progress
from desktop.core.translation import mark, ntr, tr
from desktop.operations.putting_back import can_be_put_back, put_back
from desktop.queries.history import HistoryEntry, history
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.offers import offer
from desktop.views.kit.table import Column, IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import (
    EmptyState,
    KeyValueList,
    PrimaryButton,
    ScrollColumn,
    SecondaryButton,
    Tag,
    label,
)
from desktop.views.profile.history_words import NOTHING, HistoryLine, HistoryWords, field_key

COLUMNS = (
    Column("when", mark("When"), 190, "muted", sortable=False),
    Column("field", mark("Field"), 132, "strong", sortable=False),
    Column("before", mark("Before"), 150, "muted", sortable=False, stretch=True),
    Column("after", mark("After"), 150, sortable=False, stretch=True),
    Column("what", mark("What was done"), 180, "muted", sortable=False, stretch=True),
    Column("who", mark("Who"), 78, "muted", sortable=False),
)
_DETAIL = 128


def open_history(ctx: Context, parent: QWidget, table: str, row: int, title: str) -> HistoryDialog:
    """Shows the history of a record of a table; `title` is what people call the record."""
    dialog = HistoryDialog(ctx, table, row, title, parent.window())
    dialog.open()
    return dialog


class HistoryDialog(QDialog):
    """The changes of one record, newest first, of all fields or one."""

    def __init__(self, ctx: Context, table: str, row: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        heading = tr("History of {name}", name=title) if title else tr("History")
        self.setWindowTitle(heading)
        self._ctx, self._table, self._row = ctx, table, row
        self._words = HistoryWords(ctx.book)
        self._entries: list[HistoryEntry] = []
        self.fields = QComboBox()
        self.fields.setAccessibleName(tr("Field"))
        self.fields.setMinimumWidth(190)
        self.fields.setMaxVisibleItems(20)
        self.fields.activated.connect(lambda _: self._filter())
        self.undone = QCheckBox(tr("Also what was undone"))
        self.undone.toggled.connect(lambda _: self._load())
        self.model = IdListModel(COLUMNS, self._fetch, parent=self)
        self.table = TableView(self.model, name=heading)
        self.table.chosen.connect(lambda _: self._show_detail())
        empty = EmptyState(
            "history", tr("Nothing has changed yet"), tr("Every change is noted here, with who made it.")
        )
        self._pane = TablePane(self.table, empty=empty)
        self._detail = ScrollColumn(gap=6)
        self._detail.setFixedHeight(_DETAIL)
        self._pairs = KeyValueList(name_width=110)
        self._tag = Tag(tr("Undone"), "amber")
        self._detail.column.addWidget(self._tag)
        self._detail.column.addWidget(self._pairs)
        self._detail.column.addStretch()
        self.back_button = SecondaryButton(tr("Put the earlier value back"), "undo-2", self.put_back)
        self.copy_button = SecondaryButton(tr("Copy"), "copy", self.copy)
        self._lay_out(heading)
        offer(self, tr("Copy"), self.copy, "Ctrl+C")
        self.resize(1080, 640)
        ctx.changes.listen(self, self._load)
        self._load()
        self.table.setFocus()

    def _lay_out(self, heading: str) -> None:
        head = QHBoxLayout()
        title = label(heading, size=theme.TITLE, bold=True, wrap=True)
        head.addWidget(title, 1)
        head.addWidget(self.undone)
        head.addWidget(self.fields)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.back_button)
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        close = PrimaryButton(tr("Close"), on_click=self.accept)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._pane, 1)
        layout.addWidget(self._detail)
        layout.addLayout(foot)

    # -- showing

    def _load(self) -> None:
        book, table, row, undone = self._ctx.book, self._table, self._row, self.undone.isChecked()

        def read(_: Progress) -> list[HistoryEntry]:
            return history(book, table=table, row=row, undone=undone)

        self._ctx.tasks.read(read, self._have, owner=self, key="history")

    def _have(self, entries: list[HistoryEntry]) -> None:
        self._entries = entries
        self._words = HistoryWords(self._ctx.book)
        chosen = self.fields.currentData()
        names: dict[str, str] = {}
        counts: dict[str, int] = {}
        for entry in entries:
            key = field_key(entry)
            counts[key] = counts.get(key, 0) + 1
            if key not in names:
                names[key] = self._words.field(entry)
        self.fields.clear()
        self.fields.addItem(tr("All fields"), "")
        for key in sorted(names, key=lambda one: names[one]):
            self.fields.addItem(tr("{field} ({count})", field=names[key], count=f"{counts[key]:,}"), key)
        self.fields.setCurrentIndex(max(0, self.fields.findData(chosen)))
        self._filter()

    def choose_field(self, key: str) -> None:
        """Show only the changes of one field, by its key; "" for all."""
        self.fields.setCurrentIndex(max(0, self.fields.findData(key)))
        self._filter()

    def _filter(self) -> None:
        key = self.fields.currentData()
        # An entry's number in the list is its id: it is what rows are fetched by.
        ids = array("q", (n for n, one in enumerate(self._entries) if not key or field_key(one) == key))
        self._pane.set_ids(ids, foot=ntr("{n} change", "{n} changes", len(ids)) if len(ids) else "")
        self.model.refresh_rows()
        if len(ids) and self.table.current_id() is None:
            self.table.select_id(ids[0])
        self._show_detail()

    def _fetch(self, ids: Sequence[int]) -> dict[int, HistoryLine]:
        return {one: self._words.line(self._entries[one]) for one in ids if one < len(self._entries)}

    def current(self) -> HistoryEntry | None:
        """The entry that has the keyboard."""
        at = self.table.current_id()
        return self._entries[at] if at is not None and at < len(self._entries) else None

    def _show_detail(self) -> None:
        entry = self.current()
        self._detail.setVisible(entry is not None)
        self.back_button.setEnabled(entry is not None and can_go_back(entry))
        self.copy_button.setEnabled(entry is not None)
        if entry is None:
            return
        line = self._words.line(entry)
        said = (line.what, line.when, line.who)
        self._tag.setVisible(line.undone)
        self._pairs.set_pairs(
            [
                (tr("Field"), line.field),
                (tr("Before"), line.before),
                (tr("After"), line.after),
                (tr("What was done"), " · ".join(part for part in said if part != NOTHING)),
            ]
        )

    # -- doing

    def put_back(self) -> None:
        """Let the field hold again what it held before the current entry."""
        entry = self.current()
        if entry is not None and can_go_back(entry):
            self._ctx.do(
                lambda: put_back(
                    self._ctx.book, table=entry.table, row=entry.row, field=entry.field, value=entry.old
                )
            )

    def copy(self) -> None:
        """Put the chosen entries on the clipboard, with their titles; a single one with its whole texts."""
        if len(self.table.selected_ids()) > 1:
            self.table.copy_selection()
            return
        entry = self.current()
        if entry is not None:
            line = self._words.line(entry)
            pairs = zip((tr(column.title) for column in COLUMNS), self._cells(line), strict=True)
            QGuiApplication.clipboard().setText("\n".join(f"{name}: {text}" for name, text in pairs))

    def _cells(self, line: HistoryLine) -> list[str]:
        return [str(getattr(line, column.key)) for column in COLUMNS]

    def sizeHint(self) -> QSize:
        return QSize(1040, 640)


def can_go_back(entry: HistoryEntry) -> bool:
    """Whether what stood before an entry can stand again."""
    if entry.event == "came" or (entry.field and entry.event == "went"):
        return False
    return can_be_put_back(entry.table, entry.field, entry.old)
