"""What is done about the things worth doing: their rows' buttons, and where their rows lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.translation import tr
from desktop.views.kit.context import Context

if TYPE_CHECKING:
    from desktop.queries.todos import Todo
    from desktop.views.ratings.asking_acts import AskingActs


class Quiet(NamedTuple):
    """A quiet button of a row: its icon, what it does in words, and that, given the button."""

    icon: str
    text: str
    run: Callable[[QWidget], object]


class Doing:
    """The doings of a screen, which is the `owner` of what opens; operations load when they are wanted."""

    def __init__(self, ctx: Context, owner: QWidget, now: Callable[[], datetime]) -> None:
        self._ctx, self._owner, self._now = ctx, owner, now

    @cached_property
    def asking(self) -> AskingActs:
        """What is done about somebody to ask."""
        from desktop.views.ratings.asking_acts import AskingActs

        return AskingActs(self._ctx, self._owner, self._now)

    def way(self, todo: Todo) -> Callable[[], object] | None:
        """Where a click on the row leads; None where to nothing."""
        complaint, customer = todo.complaint_id, todo.customer_id
        if todo.kind == "case":
            return lambda: self._ctx.navigate("cases", case=todo.id)
        if todo.kind == "request" and customer is not None:
            return lambda: self._ctx.navigate("profile", customer=customer, tab="privacy")
        if todo.kind in ("complaint", "promise") and complaint is not None:
            return lambda: self._ctx.navigate("complaints", complaint=complaint)
        if customer is not None:
            return lambda: self._ctx.navigate("profile", customer=customer)
        return None

    def action(self, todo: Todo) -> Callable[[], object]:
        """What the row's button does."""
        if todo.kind == "task":
            return lambda: self.complete_task(todo.id)
        if todo.kind == "promise":
            return lambda: self.keep_promise(todo.id)
        if todo.kind == "drifting":
            return lambda: self.contact(todo.id)
        if todo.kind in ("case", "request"):
            return self.way(todo) or (lambda: None)
        if todo.asking is not None:
            asking = todo.asking
            return lambda: self.asking.rate(asking)
        return lambda: self._ctx.navigate("complaints", complaint=todo.id)

    def quiet(self, todo: Todo) -> Sequence[Quiet]:
        """The quiet buttons before it."""
        if todo.kind == "task":
            return (Quiet("clock", tr("Put off"), lambda button: self.put_off(todo.id, button)),)
        if todo.asking is not None:
            asking = todo.asking
            return (
                Quiet("message-circle", tr("Asked…"), lambda button: self.asking.offer(asking, button)),
                Quiet("x", tr("Not this one"), lambda _: self.asking.skip(asking)),
            )
        return ()

    def complete_task(self, task: int) -> None:
        """Tick a task off, with a way back."""
        from desktop.operations.tasks import complete_task

        self._ctx.do(lambda: complete_task(self._ctx.book, task_id=task, at=self._now()))

    def put_off(self, task: int, button: QWidget) -> None:
        """Offer below a button the moments to which a task may be put off."""
        from desktop.views.tasks.putting_off import fill_menu

        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self._ctx, self._owner, [task])
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def keep_promise(self, promise: int) -> None:
        """Note that a promise was kept, with a way back."""
        from desktop.operations.promises import keep_promise

        self._ctx.do(lambda: keep_promise(self._ctx.book, promise_id=promise, at=self._now()))

    def contact(self, customer: int) -> None:
        """Write down a call or a message to a customer who has gone quiet."""
        from desktop.views.timeline.note_dialog import NoteDialog

        NoteDialog(
            self._ctx, customer_id=customer, stage="after-sale", channel="phone", parent=self._owner
        ).open()

    def open_askings(self) -> None:
        """Everybody to ask for a rating."""
        from desktop.views.today.asking_dialog import AskingDialog

        AskingDialog(self._ctx, self._owner, self._now).open()

    def print_cards(self) -> None:
        """Ask how many blank feedback cards to print."""
        from desktop.views.ratings.cards import cards_dialog

        cards_dialog(self._ctx, self._owner)

    def enter_cards(self) -> None:
        """Type in the feedback cards that came back."""
        from desktop.views.ratings.code_entry import CardEntry

        CardEntry(self._ctx, self._owner).open()
