"""The segment manager: the saved filters in their order, each with its count and share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.figures import fine_percent
from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations import segments as operations
from desktop.queries import customers
from desktop.views.customers.finder import Finder
from desktop.views.customers.segment_list import SegmentList
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import Card, IconButton, PrimaryButton, SecondaryButton, label

WIDTH, HEIGHT = 640, 520


class SegmentManager(QDialog):
    """Rename, put in order, copy, delete; `use` narrows the list to one."""

    def __init__(self, ctx: Context, finder: Finder, use: Callable[[int], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Segments"))
        self._ctx, self._finder, self._use = ctx, finder, use
        self._numbers: dict[int, int] = {}
        self._everybody = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(tr("Segments"), size=theme.TITLE, bold=True))
        text = tr("Saved filters, in the order of their chips. Drag one, or move it with Alt and an arrow.")
        layout.addWidget(label(text, role="muted", wrap=True))
        self.list = SegmentList()
        self.list.reordered.connect(self._reordered)
        self.list.renamed.connect(self._renamed)
        self.list.itemActivated.connect(lambda _: self.use())
        self.list.currentRowChanged.connect(lambda _: self._enable())
        card = Card(margin=6)
        card.body.addWidget(self.list)
        layout.addWidget(card, 1)
        self._wrong = label(role="red", wrap=True)
        self._wrong.hide()
        layout.addWidget(self._wrong)
        layout.addLayout(self._make_foot())
        for keys, do in (("Delete", self.delete), ("Ctrl+D", self.duplicate)):
            QShortcut(QKeySequence(keys), self.list, do, context=Qt.ShortcutContext.WidgetShortcut)
        ctx.changes.listen(self, self._show, "segment")
        room = parent.window().size()
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 60))
        self._show()
        ctx.tasks.read(self._count, self._counted, owner=self, key="count")
        self.list.setFocus()

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.up_button = IconButton("arrow-up", tr("Move up"), lambda: self.list.shift(-1), framed=True)
        self.down_button = IconButton("arrow-down", tr("Move down"), lambda: self.list.shift(1), framed=True)
        self.rename_button = SecondaryButton(tr("Rename"), on_click=self.rename, tip="F2")
        self.copy_button = SecondaryButton(tr("Duplicate"), on_click=self.duplicate)
        self.delete_button = SecondaryButton(tr("Delete"), on_click=self.delete, danger=True)
        self.use_button = PrimaryButton(tr("Show customers"), on_click=self.use)
        for button in (
            self.up_button,
            self.down_button,
            self.rename_button,
            self.copy_button,
            self.delete_button,
        ):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self.use_button)
        for button in (self.rename_button, self.copy_button, self.delete_button):
            button.setAutoDefault(False)
        return foot

    # -- showing

    def _show(self, chosen: int | None = None) -> None:
        rows = [
            (one.id, one.name, self._finder.words(one.view), self._number(one.id))
            for one in customers.segments(self._ctx.book)
        ]
        self.list.show_segments(rows, chosen if chosen is not None else self.list.current())
        self._enable()

    def _number(self, segment: int) -> str:
        if segment not in self._numbers or not self._everybody:
            return ""
        number = self._numbers[segment]
        share = fine_percent(number / self._everybody)
        return tr("{number} · {share}", number=f"{number:,}", share=share)

    def _enable(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < count - 1)
        for button in (self.rename_button, self.copy_button, self.delete_button, self.use_button):
            button.setEnabled(row >= 0)

    def _count(self, progress: Progress) -> tuple[dict[int, int], int]:
        book = self._ctx.book
        numbers = customers.segment_counts(book, date.today(), progress)
        return numbers, int(book.value("SELECT count(*) FROM customer_summary"))

    def _counted(self, found: tuple[dict[int, int], int]) -> None:
        self._numbers, self._everybody = found
        self._show()

    # -- doing

    def use(self) -> None:
        """Narrow the list to the chosen segment."""
        if (segment := self.list.current()) is not None:
            self.accept()
            self._use(segment)

    def rename(self) -> None:
        """Write another name in place."""
        if (item := self.list.currentItem()) is not None:
            self.list.editItem(item)

    def duplicate(self) -> None:
        """Make a second one like the chosen."""
        if (segment := self.list.current()) is not None:
            self._do(lambda: operations.duplicate_segment(self._ctx.book, segment_id=segment))
            self._ctx.tasks.read(self._count, self._counted, owner=self, key="count")

    def delete(self) -> None:
        """Forget the chosen one; the notice offers to undo it."""
        if (segment := self.list.current()) is not None:
            self._do(lambda: operations.delete_segment(self._ctx.book, segment_id=segment))

    def _renamed(self, segment: int, name: str) -> None:
        self._do(lambda: operations.rename_segment(self._ctx.book, segment_id=segment, name=name))

    def _reordered(self) -> None:
        ids = self.list.ids()
        self._do(lambda: operations.reorder_segments(self._ctx.book, segment_ids=ids))

    def _do(self, work: Callable[[], Changes]) -> None:
        """Change the book; what can't be done is said here, where it was tried."""
        try:
            changes = work()
        except UserError as error:
            self._wrong.setText(str(error))
            self._wrong.show()
            self._show()
            return
        self._wrong.hide()
        self._ctx.changed(changes)
