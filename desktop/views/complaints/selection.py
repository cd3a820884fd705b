"""What can be done with several complaints at once: given to a clerk, weighed, taken out, deleted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core import words
from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations.complaints import assign_complaints, delete_complaints, set_severity
from desktop.queries.complaint_facets import clerk_names
from desktop.views.kit.context import Context
from desktop.views.kit.icons import icon

Run = Callable[[], object]
AT_ONCE = 300
"""So many complaints are changed before anybody notices; more get a bar."""


class SelectedComplaints:
    """The doings with several complaints; `chosen` gives their ids."""

    def __init__(self, ctx: Context, owner: QWidget, chosen: Callable[[], Sequence[int]]) -> None:
        self._ctx, self._owner, self._chosen = ctx, owner, chosen

    def fill_menu(self, menu: QMenu, *, export: Run, copy: Run, remove: Run) -> None:
        """Everything that can be done with them, for a menu."""
        self.add_clerks(menu)
        self.add_severities(menu)
        menu.addSeparator()
        copying = menu.addAction(icon("copy"), tr("Copy"))
        copying.setShortcut(QKeySequence.StandardKey.Copy)
        copying.triggered.connect(lambda _=False: copy())
        menu.addAction(icon("download"), tr("Export…")).triggered.connect(lambda _=False: export())
        menu.addSeparator()
        delete = menu.addAction(icon("trash-2"), tr("Delete"))
        delete.setShortcut(QKeySequence("Delete"))
        delete.triggered.connect(lambda _=False: remove())

    def add_clerks(self, menu: QMenu) -> None:
        """The clerks that they can be given to."""
        clerks = menu.addMenu(icon("user"), tr("Give to a clerk"))
        for staff_id, name in clerk_names(self._ctx.book).items():
            clerks.addAction(name).triggered.connect(partial(self._assigned, staff_id))
        clerks.addSeparator()
        clerks.addAction(tr("Nobody in particular")).triggered.connect(partial(self._assigned, None))

    def add_severities(self, menu: QMenu) -> None:
        """How grave they can be said to be."""
        weights = menu.addMenu(icon("circle-alert"), tr("Severity"))
        for code in words.SEVERITIES:
            named = words.name(words.SEVERITIES, code)
            weights.addAction(named).triggered.connect(partial(self._weighed, code))

    def assign(self, staff_id: int | None) -> None:
        """Give them to a clerk, or to nobody in particular."""
        ids, book, at = array("q", self._chosen()), self._ctx.book, datetime.now()
        self._run(len(ids), lambda: assign_complaints(book, complaint_ids=ids, staff_id=staff_id, at=at))

    def weigh(self, severity: str) -> None:
        """Say how grave they are; the deadlines of the open ones follow."""
        ids, book, at = array("q", self._chosen()), self._ctx.book, datetime.now()
        self._run(len(ids), lambda: set_severity(book, complaint_ids=ids, severity=severity, at=at))

    def delete(self, ids: Sequence[int]) -> bool:
        """Remove these; the notice offers to undo it. False when it was refused."""
        book = self._ctx.book
        return self._run(len(ids), lambda: delete_complaints(book, complaint_ids=ids))

    def _assigned(self, staff_id: int | None, _checked: bool = False) -> None:
        self.assign(staff_id)

    def _weighed(self, severity: str, _checked: bool = False) -> None:
        self.weigh(severity)

    def _run(self, count: int, work: Callable[[], Changes]) -> bool:
        """A few at once, many in the background, where each is looked at and cannot be stopped half-way."""
        if not count:
            return False
        if count <= AT_ONCE:
            return self._ctx.do(work) is not None
        title = ntr("Changing {n} complaint", "Changing {n} complaints", count)
        self._ctx.tasks.write(
            title, lambda _: work(), self._ctx.changed, owner=self._owner, cancellable=False
        )
        return True
