"""The filter builder: conditions in rows and groups, and how many they leave as they are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.figures import fine_percent
from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.queries.conditions import Group
from desktop.queries.conditions_options import suggestions, vocabulary
from desktop.queries.customer_filter import CustomerFilter
from desktop.views.customers.filter_group import FRESH, ConditionGroup
from desktop.views.customers.filter_words import filter_words
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import LinkButton, PrimaryButton, ScrollColumn, SecondaryButton, label

WIDTH, HEIGHT = 860, 600
_PAUSE_MS, _SLOW_MS = 120, 350

Use = Callable[[CustomerFilter], object]


class FilterBuilder(QDialog):
    """Edits a filter; `on_apply` gets it, `on_save` is asked to keep it under a name.

    Of a saved filter (`title` its name) `on_replace` keeps the conditions in its place.
    """

    def __init__(
        self,
        ctx: Context,
        view: CustomerFilter,
        on_apply: Use,
        on_save: Use,
        *,
        parent: QWidget,
        name: str = "",
        on_replace: Use | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Filter"))
        self._ctx, self._on_apply, self._on_save, self._on_replace = ctx, on_apply, on_save, on_replace
        self._view = view
        self._holder = parent
        self._vocabulary = vocabulary(ctx.book)
        self._everybody: int | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        heading = tr("Filter “{name}”", name=name) if name else tr("Filter customers")
        layout.addWidget(label(heading, size=theme.TITLE, bold=True, wrap=True))
        start = view.tree() or Group("and", (FRESH,))
        self.group = ConditionGroup(self._vocabulary, lambda field: suggestions(ctx.book, field), start)
        scroll = ScrollColumn(gap=0)
        scroll.column.addWidget(self.group)
        scroll.column.addStretch()
        layout.addWidget(scroll, 1)
        self.sentence = label(size=theme.SMALL, role="muted", wrap=True)
        self.sentence.setMaximumHeight(3 * 20)
        layout.addWidget(self.sentence)
        self.count = label(bold=True)
        self.share = label(role="muted")
        counted = QHBoxLayout()
        counted.setSpacing(8)
        counted.addWidget(self.count)
        counted.addWidget(self.share)
        counted.addStretch()
        layout.addLayout(counted)
        layout.addLayout(self._make_foot())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(lambda: self.share.setText(tr("Counting…")))
        self.group.changed.connect(self._changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.apply)
        room = parent.window().size()
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 60))
        self._keep_columns(asking=True)
        self.finished.connect(lambda _: self._keep_columns(asking=False))
        self._changed()
        rows = self.group.rows()
        (rows[0] if rows else self.group.add_button).setFocus()

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self.reset_button = LinkButton(tr("Reset"), on_click=self.reset)
        self.cancel_button = SecondaryButton(tr("Cancel"), on_click=self.reject)
        self.save_button = SecondaryButton(tr("Save as segment…"), on_click=self.save)
        self.apply_button = PrimaryButton(tr("Apply"), on_click=self.apply)
        foot.addWidget(self.reset_button)
        foot.addStretch()
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        if self._on_replace:
            self.replace_button = SecondaryButton(tr("Save changes"), on_click=self.replace)
            foot.addWidget(self.replace_button)
        foot.addWidget(self.apply_button)
        for button in (self.reset_button, self.cancel_button, self.save_button):
            button.setAutoDefault(False)
        self.apply_button.setDefault(True)
        return foot

    def view(self) -> CustomerFilter:
        """The filter as it stands; what is incomplete is left out."""
        tree = self.group.group()
        return CustomerFilter(text=self._view.text, where=tree if tree.parts else None)

    # -- what the buttons do

    def apply(self) -> None:
        """Narrow the list, unless something is missing."""
        self._finish(self._on_apply)

    def save(self) -> None:
        """Narrow the list and ask for the name to keep the conditions under."""
        self._finish(self._on_save)

    def replace(self) -> None:
        """Keep the conditions in place of those of the saved filter."""
        if self._on_replace:
            self._finish(self._on_replace)

    def reset(self) -> None:
        """Begin anew."""
        self.group.clear()
        self.group.add(FRESH, focus=True)

    def _finish(self, use: Use) -> None:
        if self._only_fresh():
            self.group.clear()
        if self.group.check():
            view = self.view()
            self.accept()
            use(view)

    def _only_fresh(self) -> bool:
        """Whether nothing was written at all: then no conditions are meant, rather than half a one."""
        rows = self.group.rows()
        return len(rows) == 1 and rows[0].condition() is None

    # -- counting

    def _changed(self) -> None:
        self.sentence.setText(filter_words(self.view(), self._vocabulary) or tr("Everybody, so far."))
        complete = bool(self.group.group().parts)
        self.save_button.setEnabled(complete)
        self._pause.start()

    def _count(self) -> None:
        book, view, today = self._ctx.book, self.view(), date.today()

        def counted(progress: Progress) -> tuple[int, int]:
            from desktop.queries.filtered import count_all

            found, everybody = count_all(book, [view, CustomerFilter()], today, progress)
            return found, everybody

        self._slow.start()
        self._ctx.tasks.read(counted, self._show_count, owner=self, key="count")

    def _keep_columns(self, *, asking: bool) -> None:
        book = self._ctx.book

        def keep(_: Progress) -> None:
            from desktop.queries.filtered import keep_columns

            keep_columns(book, asking=asking)

        self._ctx.tasks.read(keep, lambda _: None, owner=self._holder, key="columns")

    def _show_count(self, counted: tuple[int, int]) -> None:
        self._slow.stop()
        found, everybody = counted
        self.count.setText(ntr("{n} customer", "{n} customers", found))
        self.share.setText(tr("· {share}", share=fine_percent(found / everybody)) if everybody else "")
