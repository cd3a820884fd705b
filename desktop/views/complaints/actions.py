"""What can be done with the complaint in the pane; forms open over its window, each act is one undo step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.models.changes import Changes
from desktop.operations import complaint_links as links
from desktop.operations import complaint_moves, promises, ratings, remedies, tasks
from desktop.operations import complaints as operations
from desktop.queries.complaint_detail import ComplaintDetail, PromiseRow
from desktop.views.complaints import (
    dialogs,
    end_dialogs,
    link_dialog,
    merge_dialog,
    promise_dialogs,
    rating_dialog,
    remedy_dialog,
    split_dialog,
)
from desktop.views.complaints.editor import ComplaintEditor
from desktop.views.complaints.forms import now
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.ratings.form import RatingForm

Run = Callable[[], object]
Form = Callable[[Context, ComplaintDetail, QWidget], FormDialog]
Operation = Callable[..., Changes]


class ComplaintActions:
    """The doings of one complaint; forms open over `owner`'s window."""

    def __init__(self, ctx: Context, detail: ComplaintDetail, owner: QWidget) -> None:
        self._ctx, self._detail, self._owner = ctx, detail, owner

    @property
    def detail(self) -> ComplaintDetail:
        """The complaint as it was read."""
        return self._detail

    def can_take_over(self) -> bool:
        """Whether somebody works at this computer who has it not in hand yet."""
        clerk = self._ctx.book.clerk_id()
        return self._detail.row.open and clerk is not None and clerk != self._detail.staff_id

    # -- moving it on

    def edit(self) -> None:
        """Open the form to correct the complaint."""
        ComplaintEditor(self._ctx, detail=self._detail, parent=self._owner.window()).open()

    def advance(self, to: str) -> None:
        """Move the complaint to a status; those that want words ask for them."""
        asked: dict[str, Run] = {"settled": self.settle, "offered": self.remedy, "closed": self.close}
        if to in asked:
            asked[to]()
        else:
            self._move(complaint_moves.advance_complaint, to=to)

    def do_step(self, key: str) -> None:
        """Do a step of the process, as the checklist calls it."""
        if key == "reply":
            self.reply()
        elif key == "rated":
            self.rate()
        elif key == "investigating" and self._detail.row.status == "investigating":
            self.note_cause()
        else:
            self.advance(key)

    def reply(self) -> None:
        """Record the first reply, or what was said later."""
        first = self._detail.row.replied_at is None
        self._open(dialogs.reply_dialog if first else dialogs.contact_dialog)

    def heard(self) -> None:
        """Record what the customer said."""
        self._open(dialogs.heard_dialog)

    def note(self) -> None:
        """Write a note."""
        self._open(dialogs.note_dialog)

    def wait(self) -> None:
        """The next word is the customer's: stop the clock."""
        self._move(complaint_moves.wait_for_customer)

    def resume(self) -> None:
        """The customer answered: start the clock again."""
        self._move(complaint_moves.resume_complaint)

    def ask_and_wait(self) -> None:
        """Stop the clock, saying what the customer was asked."""
        self._open(dialogs.wait_dialog)

    def turn_clock(self) -> None:
        """Wait for the customer, or start the clock again."""
        if self._detail.row.waiting:
            self.resume()
        else:
            self.ask_and_wait()

    def note_cause(self) -> None:
        """Write down what was found."""
        self._open(end_dialogs.cause_dialog)

    def settle(self) -> None:
        """End it as the customer agreed."""
        self._open(end_dialogs.settle_dialog)

    def reject(self) -> None:
        """Reject it, saying why."""
        self._open(end_dialogs.reject_dialog)

    def close(self) -> None:
        """Close the case; asks only where something is left open."""
        if any(not promise.outcome for promise in self._detail.promises):
            self._open(end_dialogs.close_dialog)
        else:
            self._move(complaint_moves.advance_complaint, to="closed")

    def reopen(self) -> None:
        """Take it up again."""
        self._open(end_dialogs.reopen_dialog)

    def take_over(self) -> None:
        """Whoever works at this computer has it in hand from now on."""
        book, row = self._ctx.book, self._detail.row
        self._do(operations.assign_complaints, complaint_ids=[row.id], staff_id=book.clerk_id(), at=now())

    # -- promises, remedies, rating, tasks

    def promise(self) -> None:
        """Promise something."""
        self._open(promise_dialogs.promise_dialog)

    def end_promise(self, promise_id: int, *, kept: bool) -> None:
        """A promise was kept, or broken."""
        self._do(promises.keep_promise if kept else promises.break_promise, promise_id=promise_id, at=now())

    def reopen_promise(self, promise_id: int) -> None:
        """A promise is open after all."""
        self._do(promises.reopen_promise, promise_id=promise_id, at=now())

    def edit_promise(self, promise: PromiseRow) -> None:
        """Correct a promise."""
        promise_dialogs.edit_promise_dialog(self._ctx, self._detail, promise, self._owner.window()).open()

    def put_off_promise(self, promise: PromiseRow) -> None:
        """Put a promise off."""
        promise_dialogs.put_off_dialog(self._ctx, self._detail, promise, self._owner.window()).open()

    def delete_promise(self, promise_id: int) -> None:
        """Take a promise out of the book."""
        self._do(promises.delete_promise, promise_id=promise_id, at=now())

    def remedy(self) -> None:
        """Offer or give something."""
        self._open(remedy_dialog.remedy_dialog)

    def take_remedy(self, remedy_id: int) -> None:
        """The customer takes what was offered."""
        self._do(remedies.accept_remedy, remedy_id=remedy_id, at=now())

    def decline_remedy(self, remedy_id: int) -> None:
        """The customer does not take it."""
        self._do(remedies.decline_remedy, remedy_id=remedy_id, at=now())

    def delete_remedy(self, remedy_id: int) -> None:
        """Take a remedy off again."""
        self._do(remedies.delete_remedy, remedy_id=remedy_id, at=now())

    def rate(self) -> None:
        """Write down how the customer found it."""
        self._open(rating_dialog.rating_dialog)

    def correct_rating(self, rating_id: int) -> None:
        """Correct what was written down of it."""
        RatingForm(self._ctx, rating_id=rating_id, parent=self._owner.window()).open()

    def delete_rating(self, rating_id: int) -> None:
        """Remove a rating."""
        self._do(ratings.delete_ratings, rating_ids=[rating_id])

    def add_task(self) -> None:
        """Note something to do about it."""
        from desktop.views.tasks.task_form import open_task_form

        row = self._detail.row
        open_task_form(self._ctx, self._owner.window(), customer_id=row.customer_id, complaint_id=row.id)

    def edit_task(self, task_id: int) -> None:
        """Change a task."""
        from desktop.views.tasks.task_form import edit_task_form

        edit_task_form(self._ctx, self._owner.window(), task_id)

    def complete_task(self, task_id: int) -> None:
        """Tick a task off."""
        self._do(tasks.complete_task, task_id=task_id, at=now())

    def delete_task(self, task_id: int) -> None:
        """Remove a task."""
        self._do(tasks.delete_tasks, task_ids=[task_id])

    # -- with other complaints, files, papers

    def split(self) -> None:
        """Make a second complaint of a part of it."""
        self._open(split_dialog.split_dialog)

    def merge(self) -> None:
        """Make one of it and another of the same customer."""
        self._open(merge_dialog.merge_dialog)

    def link(self) -> None:
        """Say that it belongs to another."""
        self._open(link_dialog.link_dialog)

    def unlink(self, link_id: int) -> None:
        """Take a link away."""
        self._do(links.unlink_complaints, link_id=link_id, at=now())

    def open_files(self) -> None:
        """Show the files kept with it."""
        from desktop.views.files.dialog import open_files

        open_files(self._ctx, self._owner, "complaint", self._detail.row.id, self._detail.row.number)

    def open_evidence(self) -> None:
        """Put the evidence together for a platform's dispute desk."""
        from desktop.views.complaints.evidence import open_evidence

        try:
            open_evidence(self._ctx, self._owner.window(), self._detail.row.id)
        except UserError as error:
            self._ctx.notify(str(error), tone="error")

    def print_it(self) -> None:
        """Put the complaint on paper, for the shop itself."""
        from desktop.views.complaints.evidence import print_complaint

        try:
            print_complaint(self._ctx, self._owner.window(), self._detail.row.id)
        except UserError as error:
            self._ctx.notify(str(error), tone="error")

    def show_history(self) -> None:
        """Show what every field of it was, and when."""
        from desktop.views.profile.history_dialog import open_history

        open_history(self._ctx, self._owner, "complaint", self._detail.row.id, self._detail.row.number)

    def go_to_order(self) -> None:
        """Show the order in question."""
        detail = self._detail
        if detail.row.customer_id is not None and detail.order_id is not None:
            self._ctx.navigate(
                "profile", customer=detail.row.customer_id, tab="orders", order=detail.order_id
            )

    def delete(self) -> None:
        """Remove the complaint."""
        self._do(operations.delete_complaints, complaint_ids=[self._detail.row.id])

    # -- doing

    def _open(self, make: Form) -> None:
        make(self._ctx, self._detail, self._owner.window()).open()

    def _move(self, operation: Operation, **values: object) -> Changes | None:
        return self._do(operation, complaint_id=self._detail.row.id, at=now(), **values)

    def _do(self, operation: Operation, **values: object) -> Changes | None:
        return self._ctx.do(lambda: operation(self._ctx.book, **values))
