"""The first page of import and export: a place for a file, what came in before, what can be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.vocabulary.subjects import TARGETS
from desktop.exchange.whole_book.lists import count_list
from desktop.queries.imports import ImportRow, recent_imports
from desktop.views.exchange import words
from desktop.views.exchange.drop_zone import DropZone
from desktop.views.exchange.export import save_workbook, take_out
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import (
    ActivityRow,
    Banner,
    Card,
    IconLabel,
    ScrollColumn,
    SecondaryButton,
    clear,
    label,
)

RIGHT = 336
"""Pixels of the column to the right."""
_LISTS: Mapping[str, tuple[str, str]] = {
    "customers": (mark("Customers"), "users"),
    "orders": (mark("Orders"), "receipt-text"),
    "interactions": (mark("Service records"), "message-circle"),
    "complaints": (mark("Complaints"), "message-square-warning"),
    "products": (mark("Products"), "package"),
    "ratings": (mark("Ratings"), "star"),
    "tasks": (mark("Tasks"), "check"),
    "birthdays": (mark("Birthdays"), "cake"),
    "leads": (mark("Leads"), "sprout"),
    "points": (mark("Points"), "coins"),
    "shipments": (mark("Shipments"), "truck"),
    "visits": (mark("Visits"), "eye"),
}
_ALWAYS = 7
"""The first so many stand there also with nothing in them."""


class Landing(QWidget):
    """`drop_zone.files_chosen` says which files somebody wants to bring in."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.drop_zone = DropZone(ctx)
        self.setFocusProxy(self.drop_zone.button)
        self._problem_slot = QVBoxLayout()
        self._history = Card(tr("Brought in before"), hug=True)
        self._history.body.setSpacing(0)
        left = ScrollColumn()
        left.column.addLayout(self._problem_slot)
        left.column.addWidget(self.drop_zone)
        left.column.addWidget(self._templates())
        left.column.addWidget(self._history)
        left.column.addStretch(1)
        self._counts: dict[str, int] = {}
        self._lists = QVBoxLayout()
        self._lists.setSpacing(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(left, 1)
        row.addWidget(self._out())
        ctx.changes.listen(self, self.refresh)
        self.refresh()

    def _templates(self) -> QWidget:
        """For whoever has no file yet."""
        self.template_button = SecondaryButton(tr("Template…"), "file-spreadsheet", self._choose_template)
        card = Card(tr("No file yet?"), action=self.template_button, hug=True)
        card.body.addWidget(
            label(
                tr(
                    "Fill in a template: our columns, with lists to choose from and two examples, which are "
                    "left out when you bring it in."
                ),
                size=theme.SMALL,
                role="muted",
                wrap=True,
            )
        )
        return card

    def _choose_template(self) -> None:
        menu = self.template_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.template_button.mapToGlobal(QPoint(0, self.template_button.height() + 4)))

    def template_menu(self) -> QMenu:
        """Every subject that there is a template of."""
        menu = QMenu(self)
        for target, subject in TARGETS.items():
            action = menu.addAction(tr(subject.title))
            action.triggered.connect(lambda _=False, target=target: self.save_template(target))
        return menu

    def save_template(self, target: str) -> None:
        """Write the template of a subject where the owner says."""
        from desktop.exchange.templates import template_title, write_template

        currency = str(self._ctx.settings.get("shop.currency"))

        def write(path: Path, progress: Progress) -> int:
            progress.check()
            return write_template(path, target, currency=currency)

        def told(_: int, name: str) -> str:
            return tr("“{file}” is ready to be filled in.", file=name)

        save_workbook(self._ctx, self, template_title(target), write, told)

    def _out(self) -> QWidget:
        """The column for taking things out."""
        column = ScrollColumn()
        column.setFixedWidth(RIGHT)
        lists = Card(tr("Take a list out"), hug=True)
        lists.body.addWidget(
            label(
                tr("For Excel, as text, as contacts or as a calendar."),
                size=theme.SMALL,
                role="muted",
                wrap=True,
            )
        )
        lists.body.addLayout(self._lists)
        whole = Card(tr("Take everything out"), hug=True)
        whole.body.addWidget(
            label(
                tr(
                    "One workbook that needs no Shuke to be read, and that an empty book takes in again. "
                    "Only the history of changes, from which Undo works, is not in it."
                ),
                size=theme.SMALL,
                role="muted",
                wrap=True,
            )
        )
        self.whole_button = SecondaryButton(
            tr("Export the whole book…"), "download", lambda: self.export("book")
        )
        whole.body.addWidget(self.whole_button)
        column.column.addWidget(whole)
        column.column.addWidget(lists)
        column.column.addStretch(1)
        return column

    def refresh(self) -> None:
        """Ask again what was brought in and what there is."""
        book = self._ctx.book
        self._ctx.tasks.read(
            lambda _: (recent_imports(book), {what: count_list(book, what) for what in _LISTS}),
            self._show,
            owner=self,
            key="landing",
        )

    def _show(self, answer: tuple[list[ImportRow], dict[str, int]]) -> None:
        imports, found = answer
        clear(self._history.body)
        for at, row in enumerate(imports):
            self._history.body.addWidget(self._import_row(row, last=at == len(imports) - 1))
        if not imports:
            self._history.body.addWidget(
                label(
                    tr("Nothing yet. Every file you bring in stands here, and can be taken back with Undo."),
                    role="muted",
                    wrap=True,
                )
            )
        clear(self._lists)
        self._counts = found
        there = [what for at, what in enumerate(_LISTS) if at < _ALWAYS or found[what]]
        for what in there:
            title, icon = _LISTS[what]
            self._lists.addWidget(self._list_row(what, tr(title), icon, found[what], what == there[-1]))
        self._history.updateGeometry()

    def _import_row(self, row: ImportRow, *, last: bool) -> ActivityRow:
        undo = None
        if row.newest:
            undo = SecondaryButton(tr("Undo"), "undo-2", self._ctx.undo, small=True)
            undo.setAccessibleName(tr("Take back the import of {file}", file=row.file_name))
        icon = "receipt-text" if row.target == "orders" else "users"
        return ActivityRow(icon, row.file_name, words.came_of(row), tone="accent", action=undo, line=not last)

    def _list_row(self, what: str, title: str, icon: str, count: int, last: bool) -> ActivityRow:
        figure = QWidget()
        inner = QHBoxLayout(figure)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(label(f"{count:,}", size=theme.SMALL, role="muted"))
        inner.addWidget(IconLabel("download", "muted", 16))
        made = ActivityRow(icon, title, tone="grey", action=figure, clickable=True, line=not last)
        made.setAccessibleName(ntr("Export {list}: {n} row", "Export {list}: {n} rows", count, list=title))
        made.setToolTip(tr("Export {list}…", list=title))
        made.clicked.connect(lambda: self.export(what))
        return made

    def export(self, what: str) -> None:
        """Write a list, or the whole book, where the owner says."""
        from desktop.exchange.whole_book.book import export_book
        from desktop.views.exchange.lists import whole_list

        book = self._ctx.book
        if what in _LISTS:
            count = self._counts.get(what, 0)
            take_out(self._ctx, self, whole_list(self._ctx, what, tr(_LISTS[what][0]), count))
            return

        def write(path: Path, progress: Progress) -> int:
            return export_book(book, path, progress=progress)

        save_workbook(self._ctx, self, tr("Whole book"), write)

    def focus_export(self) -> None:
        """Put the keyboard on the lists to take out."""
        self.whole_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, error: UserError | None) -> None:
        """Say why a file could not be read; None takes the words away."""
        clear(self._problem_slot)
        if error is not None:
            banner = Banner(
                "circle-alert", error.hint or error.message, "red", title=error.message if error.hint else ""
            )
            banner.setAccessibleName(str(error))
            self._problem_slot.addWidget(banner)
