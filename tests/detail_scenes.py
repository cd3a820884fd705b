"""The scenes of one complaint: its pane from top to bottom, and every form that opens from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from desktop.operations import (
    complaint_links,
    complaint_moves,
    complaint_words,
    complaints,
    promises,
    remedies,
    tasks,
)
from desktop.views.complaints import promise_dialogs
from desktop.views.complaints.actions import ComplaintActions
from desktop.views.complaints.detail import ComplaintPane

if TYPE_CHECKING:
    from tests.screens import Stage

_OPEN = (
    "SELECT id FROM complaint WHERE open = 1 AND customer_id IS NOT NULL AND order_id IS NOT NULL "
    "ORDER BY status = 'received' DESC, text <> '' DESC, id"
)
_ENDED = (
    "SELECT id FROM complaint WHERE settled_at IS NOT NULL AND open = 0 AND customer_id IS NOT NULL "
    "ORDER BY settled_at DESC"
)

_SAID = {
    "en": (
        "We are sorry. The scales are being checked; you hear from us today.",
        "I still want to know how eight grams can go missing twice.",
        "Replacement by courier, and a tin of Dianhong",
        "Owner calls back with the result",
        "Weigh the other bags of that day",
        "She buys for an office of twelve; handle with care.",
    ),
    "zh_CN": (
        "非常抱歉，秤正在查，今天给您答复。",
        "我就想知道，怎么会两次都少八克？",
        "快递补发，另送一罐滇红",
        "店长查清后回电",
        "把当天其他几袋也称一遍",
        "她给十二个人的办公室采购，慎重处理。",
    ),
}


def _pane(stage: Stage, row: int) -> ComplaintPane:
    page = stage.go("complaints", complaint=row)
    stage.settle()
    (pane,) = page.findChildren(ComplaintPane)
    return pane


def _busy(stage: Stage) -> ComplaintPane:
    """A complaint in the middle of its way, on which much hangs."""
    book, now = stage.book, datetime.now().replace(microsecond=0)
    row, other = (one for (one,) in book.rows(f"{_OPEN} LIMIT 2"))
    reply, heard, offer, promise, task, note = _SAID[stage.language]

    def do(operation: Callable[..., Any], **values: Any) -> None:
        operation(book, **values)
        stage.afterwards.append(book.undo)

    if book.value("SELECT replied_at FROM complaint WHERE id = ?", (row,)) is None:
        do(complaint_words.record_reply, complaint_id=row, at=now, text=reply)
    do(complaint_words.record_answer, complaint_id=row, at=now, text=heard)
    do(complaint_words.note_complaint, complaint_id=row, at=now, text=note)
    do(promises.add_promise, complaint_id=row, text=promise, made_at=now, due_at=now + timedelta(hours=4))
    do(tasks.add_task, title=task, created_at=now, complaint_id=row, due=now.date())
    do(remedies.offer_remedy, complaint_id=row, kind="replacement", cost=6800, text=offer, at=now)
    do(remedies.give_remedy, complaint_id=row, kind="coupon", cost=2000, at=now)
    do(complaint_links.link_complaints, complaint_id=row, linked_id=other, kind="cause", at=now)
    return _pane(stage, row)


def _down(stage: Stage, part: float) -> None:
    pane = _busy(stage)
    bar = pane._scroll.verticalScrollBar()
    bar.setValue(round(bar.maximum() * part))
    stage.settle()


def _form(do: Callable[[ComplaintActions], object]) -> Callable[[Stage], object]:
    def scene(stage: Stage) -> None:
        actions = _busy(stage).actions_
        assert actions is not None
        do(actions)
        stage.settle()

    return scene


def _ended(do: Callable[[ComplaintActions], object] | None = None) -> Callable[[Stage], object]:
    def scene(stage: Stage) -> None:
        actions = _pane(stage, stage.book.value(_ENDED)).actions_
        assert actions is not None
        if do is not None:
            do(actions)
        stage.settle()

    return scene


def _new_reply(stage: Stage) -> None:
    row = stage.book.value("SELECT id FROM complaint WHERE replied_at IS NULL AND open = 1")
    actions = _pane(stage, row).actions_
    assert actions is not None
    actions.reply()
    stage.settle()


def _edit_promise(stage: Stage) -> None:
    pane = _busy(stage)
    assert pane.detail is not None
    (promise,) = (one for one in pane.detail.promises if not one.outcome)
    promise_dialogs.put_off_dialog(stage.window.ctx, pane.detail, promise, stage.window).open()
    stage.settle()


def _waiting(stage: Stage) -> None:
    row = stage.book.value(_OPEN)
    complaint_moves.wait_for_customer(stage.book, complaint_id=row, at=datetime.now())
    stage.afterwards.append(stage.book.undo)
    _pane(stage, row)


def _merge(stage: Stage) -> None:
    """The customer called twice about the same thing."""
    row = stage.book.value(_OPEN)
    customer, said = stage.book.row("SELECT customer_id, title FROM complaint WHERE id = ?", (row,))
    complaints.open_complaint(
        stage.book, title=said, received_at=datetime.now(), customer_id=customer, severity="high"
    )
    stage.afterwards.append(stage.book.undo)
    actions = _pane(stage, row).actions_
    assert actions is not None
    actions.merge()
    stage.settle()


DETAIL: dict[str, Callable[[Stage], object]] = {
    "complaint": _busy,
    "complaint-middle": lambda stage: _down(stage, 0.42),
    "complaint-below": lambda stage: _down(stage, 1.0),
    "complaint-waiting": _waiting,
    "complaint-ended": _ended(),
    "complaint-reply": _new_reply,
    "complaint-contact": _form(ComplaintActions.reply),
    "complaint-heard": _form(ComplaintActions.heard),
    "complaint-promise": _form(ComplaintActions.promise),
    "complaint-put-off": _edit_promise,
    "complaint-remedy": _form(ComplaintActions.remedy),
    "complaint-cause": _form(ComplaintActions.note_cause),
    "complaint-settle": _form(ComplaintActions.settle),
    "complaint-reject": _form(ComplaintActions.reject),
    "complaint-split": _form(ComplaintActions.split),
    "complaint-merge": _merge,
    "complaint-link": _form(ComplaintActions.link),
    "complaint-correct": _form(ComplaintActions.edit),
    "complaint-reopen": _ended(ComplaintActions.reopen),
    "complaint-rating": _ended(ComplaintActions.rate),
}
