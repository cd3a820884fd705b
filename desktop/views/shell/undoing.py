"""Undo and redo from anywhere: in the background, named, and with the way back offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.views.kit.context import Context

if TYPE_CHECKING:
    from desktop.models.changes import Changes


class Undoing:
    """Takes the newest step back, or does the one undone last again; an import takes its time."""

    def __init__(self, ctx: Context, owner: QWidget) -> None:
        self._ctx, self._owner = ctx, owner

    def names(self) -> tuple[str, str]:
        """The names of the steps that undo and redo would take, "" where there is none."""
        steps = (self._ctx.book.next_undo(), self._ctx.book.next_redo())
        undo, redo = (tr(step.label, **step.args) if step else "" for step in steps)
        return undo, redo

    def undo(self) -> None:
        """Take the newest step back."""
        self._reverse(undo=True)

    def redo(self) -> None:
        """Do the step undone last again."""
        self._reverse(undo=False)

    def _reverse(self, *, undo: bool) -> None:
        book = self._ctx.book
        name = self.names()[0 if undo else 1]
        if not name:
            return

        def done(changes: Changes) -> None:
            self._ctx.changed(changes, quiet=True)
            if undo:
                self._ctx.notify(tr("Undone: {step}", step=name), tr("Redo"), self.redo, "done")
            else:
                self._ctx.notify(tr("Done again: {step}", step=name), tr("Undo"), self.undo, "done")

        self._ctx.tasks.write(
            tr("Undoing: {step}", step=name) if undo else tr("Doing again: {step}", step=name),
            lambda progress: book.undo(progress) if undo else book.redo(progress),
            done,
            owner=self._owner,
        )
