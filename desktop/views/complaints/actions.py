"""What can be done with the complaint in the pane: the next step, the rest in a menu, the doing of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.core import words as names
from desktop.core.complaint_process import MOVES
from desktop.core.translation import tr
from desktop.operations import complaint_moves, promises
from desktop.operations import complaints as operations
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints import dialogs
from desktop.views.complaints.editor import ComplaintEditor
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.icons import icon

Run = Callable[[], object]
Form = Callable[[Context, ComplaintDetail, QWidget], FormDialog]


class ComplaintActions:
    """The doings of one complaint; forms open over `owner`'s window."""

    def __init__(self, ctx: Context, detail: ComplaintDetail, owner: QWidget) -> None:
        self._ctx, self._detail, self._owner = ctx, detail, owner

    def edit(self) -> None:
        """Open the form to correct the complaint."""
        ComplaintEditor(self._ctx, detail=self._detail, parent=self._owner.window()).open()

    def advance(self, to: str) -> None:
        """Move the complaint to a status; settling asks how."""
        if to == "settled":
            self._open(dialogs.settle_dialog)
            return
        book, row = self._ctx.book, self._detail.row
        self._ctx.do(
            lambda: complaint_moves.advance_complaint(book, complaint_id=row.id, to=to, at=dialogs.now())
        )

    def wait(self) -> None:
        """The next word is the customer's: stop the clock."""
        book, row = self._ctx.book, self._detail.row
        self._ctx.do(lambda: complaint_moves.wait_for_customer(book, complaint_id=row.id, at=dialogs.now()))

    def resume(self) -> None:
        """The customer answered: start the clock again."""
        book, row = self._ctx.book, self._detail.row
        self._ctx.do(lambda: complaint_moves.resume_complaint(book, complaint_id=row.id, at=dialogs.now()))

    def end_promise(self, promise_id: int, *, kept: bool) -> None:
        """A promise was kept, or broken."""
        end = promises.keep_promise if kept else promises.break_promise
        self._ctx.do(lambda: end(self._ctx.book, promise_id=promise_id, at=dialogs.now()))

    def delete(self) -> None:
        """Remove the complaint."""
        book, row = self._ctx.book, self._detail.row
        self._ctx.do(lambda: operations.delete_complaints(book, complaint_ids=[row.id]))

    def offers(self) -> tuple[tuple[str, str, Run], list[tuple[str, Run]]]:
        """The next thing to do (words, icon, doing), and two others."""
        row = self._detail.row
        promise = (tr("Promise…"), partial(self._open, dialogs.promise_dialog))
        remedy = (tr("Remedy…"), partial(self._open, dialogs.remedy_dialog))
        settle = (tr("Settle…"), partial(self.advance, "settled"))
        if row.status == "settled":
            rate = (tr("Rating…"), partial(self._open, dialogs.rating_dialog))
            reopen = (tr("Reopen…"), partial(self._open, dialogs.reopen_dialog))
            return (tr("Close the case"), "circle-check", partial(self.advance, "closed")), [rate, reopen]
        if not row.open:
            main = (tr("Reopen…"), "rotate-ccw", partial(self._open, dialogs.reopen_dialog))
            return main, [(tr("Rating…"), partial(self._open, dialogs.rating_dialog))]
        if row.waiting:
            return (tr("The customer answered"), "reply", self.resume), [remedy, promise]
        if row.replied_at is None:
            main = (tr("Record first reply"), "reply", partial(self._open, dialogs.reply_dialog))
            return main, [remedy, promise]
        if row.status in ("received", "acknowledged"):
            return (tr("Assessed"), "check", partial(self.advance, "assessed")), [remedy, promise]
        if row.status == "assessed":
            return (tr("Find the cause"), "search", partial(self.advance, "investigating")), [remedy, promise]
        if row.status == "investigating":
            main = (tr("Offer a remedy…"), "gift", partial(self._open, dialogs.remedy_dialog))
            return main, [promise, settle]
        return (tr("Settle…"), "circle-check", partial(self.advance, "settled")), [promise, remedy]

    def fill_menu(self, menu: QMenu) -> None:
        """Everything that can be done."""
        row = self._detail.row

        def add(picture: str, text: str, run: Callable[[], object]) -> None:
            menu.addAction(icon(picture), text).triggered.connect(lambda _=False: run())

        for status in MOVES[row.status]:
            named = names.name(names.COMPLAINT_STATUSES, status)
            add("chevron-right", tr("Move to “{status}”", status=named), partial(self.advance, status))
        menu.addSeparator()
        add("pencil", tr("Note…"), partial(self._open, dialogs.note_dialog))
        if row.open:
            if row.waiting:
                add("reply", tr("The customer answered"), self.resume)
            else:
                add("clock", tr("Wait for the customer"), self.wait)
            add("circle-x", tr("Reject…"), partial(self._open, dialogs.reject_dialog))
        else:
            add("rotate-ccw", tr("Reopen…"), partial(self._open, dialogs.reopen_dialog))
        add("sliders-horizontal", tr("Correct…"), self.edit)
        menu.addSeparator()
        add("trash-2", tr("Delete"), self.delete)

    def _open(self, make: Form) -> None:
        make(self._ctx, self._detail, self._owner.window()).open()
