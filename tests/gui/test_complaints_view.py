"""The complaints screen: a new one appears on the board, is walked to its end, and can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.operations import complaint_moves as moves
from desktop.operations import complaints as op
from desktop.operations import promises
from desktop.operations.complaint_words import record_reply
from desktop.queries.complaints import complaint_rows
from desktop.views.complaints import words
from desktop.views.complaints.actions import ComplaintActions
from desktop.views.complaints.board_column import Column
from desktop.views.complaints.card_list import MIME
from desktop.views.complaints.editor import ComplaintEditor
from desktop.views.complaints.view import ComplaintsView
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.timeline.fields import OrderField
from tests.gui.told import Told


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """A shop that never closes, with one customer and one order."""
    with book.step("fill") as step:
        step.insert(Customer, id=1, name="赵国栋", created_at="2026-01-01 09:00:00")
        step.insert(Order, id=5, number="20261119-007", customer_id=1, placed_at="2026-11-19 09:00:00")
    ctx.settings.set("shop.opening", {str(day): [["00:00", "24:00"]] for day in range(7)})
    return ctx


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> ComplaintsView:
    return screen(ctx, qtbot)


def screen(ctx: Context, qtbot: QtBot, **params: Any) -> ComplaintsView:
    made = ComplaintsView(ctx, **params)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    return made


def new(ctx: Context, **values: Any) -> int:
    given = {"title": "两袋分量不足", "received_at": datetime.now(), "customer_id": 1, **values}
    changes = op.open_complaint(ctx.book, **given)
    ctx.changed(changes)
    return changes.created["complaint"]


def column_of(view: ComplaintsView, complaint: int) -> str:
    """The status of the column that a card is in; "" when it is nowhere."""
    column = view.board.column_of(complaint)
    return column.status if column else ""


def act(view: ComplaintsView) -> ComplaintActions:
    """What can be done with the complaint in the pane."""
    assert view.pane.actions_ is not None
    return view.pane.actions_


def dialog_of(view: ComplaintsView) -> FormDialog:
    return next(one for one in view.findChildren(FormDialog) if one.isVisible())


def button(view: ComplaintsView, text: str) -> QPushButton:
    return next(one for one in view.pane.findChildren(QPushButton) if one.text() == text)


def test_new_complaint_from_the_keyboard_to_the_board(
    view: ComplaintsView, ctx: Context, qtbot: QtBot
) -> None:
    with qtbot.waitActive(view):
        view.activateWindow()
    # The window's own action on this key must not get it.
    other = QAction(view)
    other.setShortcut(QKeySequence.StandardKey.New)
    view.addAction(other)
    view.search.line.setFocus()
    QTest.keyClick(view.search.line, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(view)
    assert isinstance(dialog, ComplaintEditor)
    dialog.save()
    assert dialog.isVisible(), "a complaint without a title is not saved"
    dialog.fields["title"].set_value("两袋分量不足")
    dialog.fields["customer_id"].set_value(1)
    order = dialog.fields["order_id"]
    assert isinstance(order, OrderField)
    assert order.box.count() == 2
    order.set_value(5)
    dialog.fields["severity"].set_value("high")
    dialog.save()
    row = ctx.book.row("SELECT id, number, customer_id, order_id, severity FROM complaint")
    assert row[2:] == (1, 5, "high")
    assert column_of(view, row[0]) == "received"
    assert view.pane.detail is not None
    assert view.pane.detail.row.id == row[0]
    assert view.bar.chips.chip("board").text() == "Still open 1"

    def said() -> str:
        return " ".join(label.text() for label in view.pane.findChildren(QLabel))

    assert row[1] in said()
    qtbot.waitUntil(lambda: "20261119-007" in said())
    ctx.undo()
    assert column_of(view, row[0]) == ""


def test_new_complaint_is_kept_when_the_screen_was_built_anew_meanwhile(
    ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(ctx, "navigate", lambda place, **params: shown.append((place, params)))
    home = QWidget()
    qtbot.addWidget(home)
    page = ComplaintsView(ctx)
    page.setParent(home)
    home.show()
    page.new_complaint()
    (form,) = home.findChildren(ComplaintEditor)
    page.setParent(None)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(page)
    form.fields["title"].set_value("少发一袋")
    form.save()
    made = ctx.book.value("SELECT id FROM complaint")
    assert shown == [("complaints", {"complaint": made})]


def test_from_reply_to_settlement_and_close(view: ComplaintsView, ctx: Context) -> None:
    row = new(ctx)
    button(view, "Record first reply").click()
    dialog_of(view).save()
    button(view, "Assessed").click()
    button(view, "Find the cause").click()
    assert column_of(view, row) == "investigating"
    button(view, "Offer a remedy…").click()
    dialog = dialog_of(view)
    dialog.fields["kind"].set_value("coupon")
    dialog.fields["cost"].set_value(3000)
    dialog.save()
    assert column_of(view, row) == "offered"
    (shown,) = complaint_rows(ctx.book, [row])
    assert words.time_tag(shown, datetime.now(), "CNY") == ("offer: Coupon ¥30", "blue")
    button(view, "Settle…").click()
    dialog = dialog_of(view)
    dialog.fields["settlement"].set_value("已补寄")
    dialog.save()
    assert column_of(view, row) == "settled"
    button(view, "Rating…").click()
    dialog = dialog_of(view)
    dialog.fields["perceived"].set_value(5)
    dialog.save()
    button(view, "Close the case").click()
    assert ctx.book.value("SELECT status FROM complaint") == "closed"
    kinds = [kind for (kind,) in ctx.book.rows("SELECT kind FROM complaint_step ORDER BY id")]
    steps = ["received", "reply", "assessed", "investigating", "offer", "remedy", "settled", "closed"]
    assert kinds == steps
    for _ in range(3):
        ctx.undo()
    assert column_of(view, row) == "offered"


def test_promise_is_kept_in_the_pane(view: ComplaintsView, ctx: Context) -> None:
    new(ctx)
    button(view, "Promise…").click()
    dialog = dialog_of(view)
    dialog.fields["text"].set_value("店长回电")
    dialog.save()
    button(view, "Kept").click()
    assert ctx.book.value("SELECT outcome FROM promise") == "kept"
    assert any("kept" in label.text() for label in view.pane.findChildren(QLabel))


def test_dropping_a_card_moves_it_if_the_process_has_that_move(
    view: ComplaintsView, ctx: Context, told: Told
) -> None:
    row = new(ctx)

    def drop(status: str) -> None:
        column = next(one for one in view.board.columns if one.status == status)
        data = QMimeData()
        data.setData(MIME, str(row).encode())
        place = QPointF(5, 5)
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        Column.dropEvent(column, QDropEvent(place, Qt.DropAction.MoveAction, data, left, none))

    drop("investigating")
    assert column_of(view, row) == "investigating"
    drop("received")
    assert column_of(view, row) == "investigating"
    assert "cannot become" in told.notices[-1]
    drop("settled")
    dialog_of(view).save()
    assert column_of(view, row) == "settled"
    drop("investigating")
    assert column_of(view, row) == "settled"


def test_arrows_walk_the_board(view: ComplaintsView, ctx: Context) -> None:
    first, second = new(ctx, severity="high"), new(ctx, severity="low")
    third = new(ctx)
    moves.advance_complaint(ctx.book, complaint_id=third, to="investigating", at=datetime.now())
    view.refresh()
    view.board.choose(first)
    view.board.focus()

    def press(key: Qt.Key) -> int:
        column = view.board.column_of(view.current)
        assert column is not None
        QTest.keyClick(column.list, key)
        assert view.pane.detail is not None
        return view.pane.detail.row.id

    assert press(Qt.Key.Key_Down) == second
    assert press(Qt.Key.Key_Right) == third
    assert press(Qt.Key.Key_Left) == first
    assert press(Qt.Key.Key_Up) == first


def test_list_sorts_filters_and_keeps_qts_rules(view: ComplaintsView, ctx: Context) -> None:
    tester = QAbstractItemModelTester(view.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    early = new(ctx, received_at=datetime.now() - timedelta(days=9), severity="high", title="b")
    late = new(ctx, title="a")
    view.show_mode("list")
    assert list(view.table.rows.ids()) == [early, late]
    view._sort_by("title", False)
    assert list(view.table.rows.ids()) == [late, early]
    view.bar.chips.chip("overdue").click()
    assert list(view.table.rows.ids()) == [early]
    assert view.table.current_id() == early
    assert list(view.table.selected_ids()) == [early]
    view.bar.chips.chip("all").click()
    view.table.selectAll()
    view.doing.delete()
    assert list(view.table.rows.ids()) == []
    ctx.undo()
    assert sorted(view.table.rows.ids()) == [early, late]
    view.search.line.setText("nothing like it")
    view.narrowing.narrow(text="nothing like it")
    assert list(view.table.rows.ids()) == []
    assert view.pane.detail is None
    assert view.route_params()["mode"] == "list"
    del tester


def test_whoever_left_no_name_is_called_alike_on_board_and_list(ctx: Context, qtbot: QtBot) -> None:
    new(ctx, customer_id=None)
    view = screen(ctx, qtbot, mode="list")
    qtbot.waitUntil(lambda: view.table.model().rowCount() == 1)
    shown = [view.table.model().index(0, n).data() for n in range(view.table.model().columnCount())]
    assert "No name" in shown


def test_waiting_rejecting_and_deleting(view: ComplaintsView, ctx: Context) -> None:
    row = new(ctx)
    act(view).wait()
    assert complaint_rows(ctx.book, [row])[0].waiting
    button(view, "The customer answered…").click()
    dialog_of(view).save()
    assert complaint_rows(ctx.book, [row])[0].waiting is False
    act(view).delete()
    assert column_of(view, row) == ""
    ctx.undo()
    assert column_of(view, row) == "received"


def test_one_complaint_can_be_asked_for(ctx: Context, qtbot: QtBot) -> None:
    old = new(ctx, received_at=datetime.now() - timedelta(days=99))
    moves.reject_complaint(
        ctx.book, complaint_id=old, at=datetime.now() - timedelta(days=90), reason="未在本店购买"
    )
    view = screen(ctx, qtbot, complaint=old)
    assert view.scope() == "all"
    assert view.pane.detail is not None
    assert view.pane.detail.row.id == old
    assert any("未在本店购买" in label.text() for label in view.pane.findChildren(QLabel))


def test_tags_of_time(ctx: Context) -> None:
    now = datetime.now().replace(microsecond=0)
    row = new(ctx, severity="urgent", received_at=now)

    def tag(later: timedelta) -> tuple[str, str]:
        return words.time_tag(complaint_rows(ctx.book, [row])[0], now + later, "CNY")

    assert tag(timedelta(minutes=12)) == ("18 min left to reply", "red")
    assert tag(timedelta(minutes=42)) == ("reply 12 min late", "red")
    record_reply(ctx.book, complaint_id=row, at=now)
    assert tag(timedelta(minutes=30)) == ("1.5 h left", "amber")
    moves.advance_complaint(ctx.book, complaint_id=row, to="settled", at=now + timedelta(hours=5))
    assert tag(timedelta()) == ("settled in 5 h", "accent")


def test_open_promise_is_on_the_card(ctx: Context) -> None:
    now = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
    row = new(ctx, received_at=now)
    due = now + timedelta(hours=6)
    promises.add_promise(ctx.book, complaint_id=row, text="x", made_at=now, due_at=due)
    (card,) = complaint_rows(ctx.book, [row])
    assert words.promise_tag(card, now) == ("promise 18:00", "blue")
    assert words.promise_tag(card, now + timedelta(hours=7)) == ("promise 1 h late", "red")
    assert words.due_words(card.promise_due_at or "", now - timedelta(days=1)) == "tomorrow 18:00"


def test_empty_screen_says_what_to_do(view: ComplaintsView) -> None:
    said = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert "No complaints yet" in said
    assert "Choose a complaint" in said


def test_promise_of_a_deleted_complaint_is_refused(ctx: Context, told: Told) -> None:
    made = promises.add_promise(
        ctx.book,
        text="x",
        made_at=datetime.now(),
        due_at=datetime.now() + timedelta(hours=1),
        complaint_id=new(ctx),
    )
    promise = made.created["promise"]
    ctx.do(lambda: op.delete_complaints(ctx.book, complaint_ids=[1]))
    ctx.do(lambda: promises.keep_promise(ctx.book, promise_id=promise, at=datetime.now()))
    assert "no longer in the book" in told.notices[-1]


def test_deleting_a_card_and_taking_it_back_keeps_the_keyboard_on_the_board(
    view: ComplaintsView, ctx: Context, qtbot: QtBot
) -> None:
    made = [new(ctx, title=f"第{number}件") for number in range(3)]
    view.activateWindow()
    view.refresh()
    ids = view.board.column_ids(made[1])
    view.choose(ids[1])
    view.board.focus()
    view.doing.delete()
    assert view.current == ids[2]
    assert focused(view) == ids[2]
    ctx.undo()
    assert view.current == ids[2]
    assert focused(view) == ids[2]


def focused(view: ComplaintsView) -> int | None:
    """The complaint whose card has the keyboard."""
    lists = [column.list for column in view.board.columns if column.list.hasFocus()]
    return lists[0].current_id() if lists else None
