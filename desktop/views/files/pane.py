"""The files of a record: dropped, pasted or chosen, opened, saved, renamed, deleted, dragged out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled
from desktop.core.translation import ntr, tr
from desktop.operations import attachments as operations
from desktop.operations.attachments import Added, NewFile
from desktop.queries.attachments import AttachmentRow, all_attachments_size, attachments, customer_attachments
from desktop.views.files import taking_in, taking_out
from desktop.views.files.acts import FileActs
from desktop.views.files.list import Tiles
from desktop.views.files.pictures import shows_as_picture
from desktop.views.files.thumbnails import Thumbnails
from desktop.views.files.tiles import FilesModel
from desktop.views.files.words import size_words
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.notices import report_error
from desktop.views.kit.offers import offer
from desktop.views.kit.widgets import Banner, EmptyState, SecondaryButton, label


class FilesPane(QWidget):
    """Shows what `show_record` names; everything added goes there."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._subject, self._record = "", 0
        self._over = False
        self.setAcceptDrops(True)
        self._thumbnails = Thumbnails(ctx, self)
        self.model = FilesModel(lambda rows: taking_out.carried(ctx, rows), self)
        self.tiles = Tiles(self.model, self._thumbnails)
        self.acts = FileActs(ctx, self, self.tiles, self._refused)
        self.tiles.doubleClicked.connect(lambda _: self.acts.open())
        self.tiles.customContextMenuRequested.connect(self._menu)
        self._thumbnails.ready.connect(self.tiles.viewport().update)
        self.add_button = SecondaryButton(tr("Add files…"), "plus", self.choose, small=True)
        self._hint = label(size=theme.SMALL, role="muted")
        self._warning = Banner("info", "", "blue")
        self._warning.hide()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.add_button)
        head.addWidget(self._hint, 1)
        self._full = QWidget()
        inside = QVBoxLayout(self._full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(head)
        inside.addWidget(self._warning)
        inside.addWidget(self.tiles, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full)
        self.empty = self._make_empty()
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.tiles)
        self._make_offers()
        ctx.changes.listen(self, self._refresh, "attachment", "setting")

    # -- building

    def _make_empty(self) -> EmptyState:
        most = operations.size_limit(self._ctx.book) // operations.MEGABYTE
        return EmptyState(
            "image-down",
            tr("No files"),
            tr(
                "Drop files and pictures here, paste one with Ctrl+V, or choose some. "
                "They are kept in the book, up to {most} MB each.",
                most=most,
            ),
            tr("Add files…"),
            self.choose,
            action_icon="plus",
        )

    def _make_offers(self) -> None:
        for text, keys, do in (
            (tr("Add files…"), "", self.choose),
            (tr("Paste a picture or files"), "Ctrl+V", self.paste),
            (tr("Copy the files"), "Ctrl+C", self.acts.copy),
            (tr("Save the files elsewhere…"), "Ctrl+S", self.acts.save_as),
            (tr("Rename the file…"), "F2", self.acts.rename),
            (tr("Delete the files"), "Delete", self.acts.delete),
        ):
            offer(self, text, do, keys)

    # -- showing

    def show_record(self, subject: str, record: int) -> None:
        """Show a record's files (`subject` is its table); a customer's with those of their records."""
        if (subject, record) != (self._subject, self._record):
            self._subject, self._record = subject, record
            self._thumbnails.forget_wishes()
        self._refresh()

    def _refresh(self) -> None:
        if not self._subject:
            return
        book = self._ctx.book
        rows = (
            customer_attachments(book, customer_id=self._record)
            if self._subject == "customer"
            else attachments(book, subject=self._subject, subject_id=self._record)
        )
        if rows != self.model.rows():
            chosen = [row.id for row in self.tiles.chosen()]
            self.model.set_rows(rows)
            self.tiles.choose(chosen)
        self._stack.setCurrentWidget(self._full if rows else self.empty)
        self._say_what_fits(rows)

    def _say_what_fits(self, rows: Sequence[AttachmentRow]) -> None:
        most = operations.size_limit(self._ctx.book) // operations.MEGABYTE
        count = ntr(
            "{n} file, {size}", "{n} files, {size}", len(rows), size=size_words(sum(r.size for r in rows))
        )
        self._hint.setText(tr("{count} · drop or paste more, up to {most} MB each", count=count, most=most))
        self._ctx.tasks.read(
            lambda _: all_attachments_size(self._ctx.book), self._warn, owner=self, key="size"
        )

    def _warn(self, total: int) -> None:
        warn = int(self._ctx.book.setting("files.warn_megabytes")) * operations.MEGABYTE
        self._warning.setVisible(total > warn)
        if total > warn:
            self._warning.text.setText(
                tr(
                    "All files of the book take {size}: it opens as quickly as ever, but copying it and "
                    "backing it up take their time.",
                    size=size_words(total),
                )
            )

    def select(self, attachment_id: int) -> None:
        """Make a file the chosen one."""
        self.tiles.choose([attachment_id])

    # -- taking in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is not self.tiles and taking_in.can_take(event.mimeData()):
            event.acceptProposedAction()
            self._hover(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(over=False)

    def _hover(self, *, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed edge says that it will be taken."""
        if self._over:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(over=False)
        if event.source() is not self.tiles and self.add(taking_in.files_in(event.mimeData())):
            event.acceptProposedAction()

    def paste(self) -> None:
        """Keep what is on the clipboard: files of the file manager, or a picture."""
        if not self.add(taking_in.files_in(QGuiApplication.clipboard().mimeData())):
            self._ctx.notify(tr("There is no picture and no file on the clipboard."), tone="info")

    def choose(self) -> None:
        """Ask for files."""
        self.add(taking_in.ask_for_files(self._ctx, self))

    def add(self, files: Sequence[NewFile]) -> bool:
        """Keep files with the record, in the background; False when there are none."""
        if not files or not self._subject:
            return False
        book, subject, record = self._ctx.book, self._subject, self._record
        self._ctx.tasks.write(
            tr("Keeping the files"),
            lambda progress: operations.add_attachments(
                book, subject=subject, subject_id=record, files=files, at=datetime.now(), progress=progress
            ),
            self._added,
            owner=self,
            on_error=self._refused,
        )
        return True

    def _added(self, done: Added) -> None:
        self._ctx.changed(done.changes)
        if done.known:
            self._ctx.notify(operations.already_there(done.known), tone="info")
        if self.model.rows() and done.added:
            self.select(max(row.id for row in self.model.rows()))

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._ctx.notify(str(error), tone="error")
        elif not isinstance(error, Cancelled):
            report_error(error, self.window())

    # -- doing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.tiles.chosen():
            self.acts.open()
        else:
            super().keyPressEvent(event)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.tiles.current() if self.tiles.indexAt(at).isValid() else None
        if row is not None:
            menu.addAction(tr("Open"), self.acts.open)
            if shows_as_picture(row.media_type):
                menu.addAction(tr("Open in another program"), self.acts.open_elsewhere)
            menu.addAction(tr("Save as…"), self.acts.save_as)
            menu.addAction(tr("Copy"), self.acts.copy)
            menu.addAction(tr("Rename…"), self.acts.rename)
            menu.addSeparator()
        menu.addAction(tr("Add files…"), self.choose)
        menu.addAction(tr("Paste"), self.paste)
        if row is not None:
            menu.addSeparator()
            menu.addAction(tr("Delete"), self.acts.delete)
        menu.popup(self.tiles.viewport().mapToGlobal(at))

    def sizeHint(self) -> QSize:
        return QSize(560, 320)
