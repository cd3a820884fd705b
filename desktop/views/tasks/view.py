"""The screen "To do": a line to write tasks in, chips by when they are due, the list."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.core.due_words import read_due
from desktop.core.translation import mark, ntr, tr
from desktop.operations import tasks as operations
from desktop.queries import tasks
from desktop.queries.tasks import TaskRow
from desktop.views.kit.buttons import IconButton, PrimaryButton
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.icons import icon
from desktop.views.kit.neighbours import neighbour
from desktop.views.kit.offers import offer
from desktop.views.kit.page import Page
from desktop.views.kit.search import SearchField
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.tasks import putting_off
from desktop.views.tasks.quick_line import QuickLine
from desktop.views.tasks.table import columns, export_columns
from desktop.views.tasks.task_form import TaskForm, edit_task_form, open_task_form
from desktop.views.timeline.keys import ScreenKey

_LAYOUT = "ui.columns.tasks"
_TABLES = ("task", "customer", "orders", "service_case", "complaint", "staff")
_TICK_MS = 60_000
_CHIPS = {
    "open": mark("Everything to do"), "late": mark("Late"), "today": mark("Due today"),
    "week": mark("Next 7 days"), "later": mark("After 7 days"), "undated": mark("Some day"),
    "done": mark("Done"),
}  # fmt: skip


class TasksView(QWidget):
    """The screen; `scope` is the chip chosen, `task` the one to show, `new` puts the cursor into the line."""

    def __init__(
        self, ctx: Context, *, scope: str = "open", task: int | None = None, new: bool = False
    ) -> None:
        super().__init__()
        self.ctx = ctx
        page = Page(tr("To do"))
        self.search = SearchField(tr("Task, note or customer…"), hint=QKeySequence("Ctrl+F"), width=260)
        self.search.searched.connect(lambda _: self.refresh())
        self.search.left.connect(lambda: self.table.setFocus())
        page.set_search(self.search)
        self.export_button = IconButton("download", tr("Export this list…"), self.export, framed=True)
        page.add_action(self.export_button)
        page.add_action(PrimaryButton(tr("New task"), "plus", self.new_task))
        self.chips = ChipRow([ChipItem(key, tr(text)) for key, text in _CHIPS.items()])
        self.chips.choose(scope if scope in _CHIPS else "open")
        self.chips.chosen.connect(lambda _: self.refresh())
        page.set_chips(self.chips)
        self.quick = QuickLine(ctx, lambda text: self.new_task(text))
        self._make_list()
        page.body.addWidget(self.quick)
        page.body.addWidget(self.pane, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self.setFocusProxy(self.quick.line if new else self.table)
        ScreenKey(self, QKeySequence.StandardKey.New, self.quick.line.setFocus)
        ctx.changes.listen(self, self.refresh, *_TABLES)
        # What is late becomes so by itself.
        clock = QTimer(self)
        clock.setInterval(_TICK_MS)
        clock.timeout.connect(self.refresh)
        clock.start()
        self.refresh()
        if task is not None and not self.table.select_id(task):
            self.chips.choose("open")
            self.refresh()
            self.table.select_id(task)

    def _make_list(self) -> None:
        book = self.ctx.book
        self.model = IdListModel(
            columns(datetime.now), lambda ids: tasks.task_rows(book, ids, now=datetime.now()), parent=self
        )
        self.table = TableView(self.model, name=tr("To do"))
        self.table.restore_layout(self.ctx.settings.get(_LAYOUT))
        self.table.layout_changed.connect(lambda state: self.ctx.settings.set(_LAYOUT, state))
        self.table.opened.connect(self.edit)
        self._nothing = EmptyState(
            "circle-check",
            tr("Nothing to do here"),
            tr("Write a task above as you would say it: “call Wang next Friday at 3”."),
        )
        self.pane = TablePane(self.table, empty=self._nothing)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        for text, keys, picture, do in (
            (tr("Done"), "Space", "check", self.toggle_done),
            (tr("Change…"), "F2", "pencil", lambda: self.edit(self.table.current_id())),
            (tr("Put off…"), "S", "clock", self.put_off),
            (tr("Open the customer"), "O", "user", self.open_customer),
            (tr("Delete"), "Delete", "trash-2", self.delete),
        ):
            offer(self.table, text, do, keys, picture)

    # -- for the window

    def route_params(self) -> dict[str, object]:
        """What this screen is built with again."""
        return {"scope": self.scope(), "task": self.table.current_id()}

    def focus_search(self) -> None:
        """Put the cursor into the search of tasks."""
        self.search.setFocus()

    def scope(self) -> str:
        """The chip chosen."""
        return self.chips.chosen_key() or "open"

    # -- showing

    def refresh(self) -> None:
        """Ask again; what is chosen stays chosen."""
        today, book = date.today(), self.ctx.book
        self.chips.set_counts(dict(tasks.task_counts(book, today=today)))
        ids = self._ids()
        self.model.refresh_rows()
        if ids != self.model.ids():
            current = self.table.current_id()
            heir = neighbour(self.model.ids(), [current]) if current is not None else None
            self.pane.set_ids(ids, ntr("{n} task", "{n} tasks", len(ids)))
            if len(ids) and not len(self.table.selected_ids()):
                self.table.select_id(heir if heir is not None and heir in ids else ids[0])
        elif not len(ids):
            self.pane.set_ids(ids)

    def _ids(self) -> array[int]:
        return tasks.task_ids(self.ctx.book, today=date.today(), scope=self.scope(), text=self.search.text())

    def _row(self) -> TaskRow | None:
        current = self.table.current_id()
        line = self.model.line_of(current) if current is not None else None
        found = self.model.row_at(line) if line is not None else None
        return found if isinstance(found, TaskRow) else None

    # -- doing

    def new_task(self, text: str = "") -> TaskForm:
        """Open the form of a new task, with what was typed."""
        due = read_due(text, datetime.now())
        form = open_task_form(self.ctx, self, title=due.rest, due=due)
        form.accepted.connect(self.quick.line.clear)
        return form

    def edit(self, task_id: int | None) -> TaskForm | None:
        """Open the form of a task."""
        return edit_task_form(self.ctx, self, task_id) if task_id is not None else None

    def toggle_done(self) -> None:
        """Tick the selected tasks off; of the done ones, put the current back on the list."""
        ids, book = self.table.selected_ids(), self.ctx.book
        if not len(ids):
            return
        if self.scope() == "done":
            self.ctx.do(lambda: operations.reopen_task(book, task_id=ids[0]))
        else:
            self.ctx.do(lambda: operations.complete_tasks(book, task_ids=ids, at=datetime.now()))

    def put_off(self) -> None:
        """Offer the moments to which the selected tasks may be put off."""
        ids = self.table.selected_ids()
        if not len(ids) or self.scope() == "done":
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        putting_off.fill_menu(menu, self.ctx, self, ids)
        at = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(at))

    def delete(self) -> None:
        """Remove the selected tasks; the notice offers to undo it."""
        ids = self.table.selected_ids()
        if len(ids):
            self.ctx.do(lambda: operations.delete_tasks(self.ctx.book, task_ids=ids))

    def open_customer(self) -> None:
        """Go to the profile of the current task's customer."""
        if (row := self._row()) and row.customer_id is not None:
            self.ctx.navigate("profile", customer=row.customer_id)

    def open_record(self) -> None:
        """Go to what the current task hangs on."""
        if row := self._row():
            open_record(self.ctx, row, self)

    def _menu(self, at: QPoint) -> None:
        row = self._row()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def add(picture: str, text: str, do: Callable[[], object]) -> None:
            menu.addAction(icon(picture), text, do)

        ids = self.table.selected_ids()
        if row.done_at:
            add("rotate-ccw", tr("Not done after all"), self.toggle_done)
        else:
            add("check", tr("Done"), self.toggle_done)
            later = menu.addMenu(icon("clock"), tr("Put off"))
            putting_off.fill_menu(later, self.ctx, self, ids)
        add("pencil", tr("Change…"), lambda: self.edit(row.id))
        if row.customer_id is not None:
            add("user", tr("Open the customer"), self.open_customer)
        if row.complaint_id or row.case_id or row.order_id:
            add("link", tr("Open what it is about"), self.open_record)
        menu.addSeparator()
        add("trash-2", tr("Delete"), self.delete)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def export(self) -> None:
        """Take the tasks that the chips leave, or those selected, away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.exchange.lists import book_list

        book, ids, chosen = self.ctx.book, self._ids(), self.table.selected_ids()
        listing = book_list(
            self.ctx,
            "tasks",
            tr("To do"),
            export_columns(),
            lambda part: tasks.task_rows(book, part, now=datetime.now()),
            ids=lambda: ids,
            shown=self.table.shown_keys(),
            count=len(ids),
            selected=chosen if len(chosen) > 1 else (),
        )
        take_out(self.ctx, self, listing)


def open_record(ctx: Context, row: TaskRow, parent: QWidget) -> None:
    """Go to what a task is about, the nearest thing first."""
    if row.complaint_id is not None:
        ctx.navigate("complaints", complaint=row.complaint_id)
    elif row.case_id is not None:
        ctx.navigate("cases", case=row.case_id)
    elif row.order_id is not None and row.customer_id is not None:
        ctx.navigate("profile", customer=row.customer_id, tab="orders", order=row.order_id)
    elif row.customer_id is not None:
        ctx.navigate("profile", customer=row.customer_id)
