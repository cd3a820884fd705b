"""The board by hand and keys, in small and large books; the list's doings; what narrows, and says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.complaints import ComplaintAlias
from desktop.models.customers import Customer
from desktop.models.shop import Staff
from desktop.operations import complaint_moves as moves
from desktop.operations import complaints as op
from desktop.queries.complaints import ORDERS, complaint_rows
from desktop.views.complaints import finder
from desktop.views.complaints.actions import ComplaintActions
from desktop.views.complaints.board_column import MANY, Column
from desktop.views.complaints.card import lay_out, spoken
from desktop.views.complaints.card_list import MIME
from desktop.views.complaints.list_columns import export_columns, list_columns
from desktop.views.complaints.list_pages import write_complaints
from desktop.views.complaints.moving import way_to
from desktop.views.complaints.view import ComplaintsView
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.paper import A4
from tests.gui.told import Told

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """A shop that never closes, with two customers and two clerks."""
    with book.step("fill") as step:
        step.insert(Customer, id=1, name="赵国栋", created_at="2026-01-01 09:00:00")
        step.insert(Customer, id=2, name="Emma", created_at="2026-01-01 09:00:00")
        step.insert(Staff, id=1, name="小周")
        step.insert(Staff, id=2, name="小吴")
    ctx.settings.set("shop.opening", {str(day): [["00:00", "24:00"]] for day in range(7)})
    return ctx


def screen(ctx: Context, qtbot: QtBot, **params: Any) -> ComplaintsView:
    made = ComplaintsView(ctx, **params)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    return made


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> ComplaintsView:
    return screen(ctx, qtbot)


def new(ctx: Context, **values: Any) -> int:
    given = {"title": "两袋分量不足", "received_at": datetime.now(), "customer_id": 1, **values}
    changes = op.open_complaint(ctx.book, **given)
    ctx.changed(changes)
    return changes.created["complaint"]


def status(ctx: Context, complaint: int) -> str:
    return str(ctx.book.value("SELECT status FROM complaint WHERE id = ?", (complaint,)))


def column(view: ComplaintsView, name: str) -> Column:
    return next(one for one in view.board.columns if one.status == name)


def dialog_of(view: ComplaintsView) -> FormDialog:
    return next(one for one in view.findChildren(FormDialog) if one.isVisible())


def drop(place: Column, complaint: int) -> None:
    data = QMimeData()
    data.setData(MIME, str(complaint).encode())
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    Column.dropEvent(place, QDropEvent(QPointF(5, 5), Qt.DropAction.MoveAction, data, left, none))


def test_every_status_knows_its_way_to_every_column() -> None:
    ways = {
        one: {kind.status: way_to(one, kind.status, kind.statuses) for kind in MANY}
        for one in ("received", "assessed", "offered", "settled", "rejected")
    }
    assert ways["received"] == {
        "received": "stay", "acknowledged": "advance", "investigating": "advance", "offered": "advance",
        "settled": "advance",
    }  # fmt: skip
    assert ways["assessed"]["acknowledged"] == "stay"
    assert ways["assessed"]["received"] == "refused"
    assert ways["offered"]["investigating"] == "advance"
    assert ways["settled"] == {
        "received": "refused", "acknowledged": "refused", "investigating": "reopen", "offered": "refused",
        "settled": "stay",
    }  # fmt: skip
    assert ways["rejected"]["settled"] == "stay"


def test_a_card_in_the_hand_is_told_where_it_may_go(view: ComplaintsView, ctx: Context) -> None:
    row = new(ctx)
    moves.advance_complaint(ctx.book, complaint_id=row, to="investigating", at=datetime.now())
    view.refresh()
    view.board._lift(row)
    looks = {one.status: one.property("drop") for one in view.board.columns}
    assert looks == {"received": "refused", "investigating": "", "offered": "allowed", "settled": "allowed"}
    said = [label.text() for label in column(view, "received").findChildren(QLabel) if label.isVisible()]
    assert any("cannot become" in text for text in said)
    # Dropped while still in the hand: the move waits until it has landed.
    drop(column(view, "offered"), row)
    assert status(ctx, row) == "investigating"
    view.board._land()
    QTest.qWait(1)
    assert not any(one.property("drop") for one in view.board.columns)
    if dialogs := [one for one in view.findChildren(FormDialog) if one.isVisible()]:
        dialogs[0].save()
    assert status(ctx, row) == "offered"


def test_what_has_ended_is_carried_back_to_be_reopened(
    view: ComplaintsView, ctx: Context, told: Told
) -> None:
    row = new(ctx)
    moves.advance_complaint(ctx.book, complaint_id=row, to="settled", at=datetime.now())
    view.refresh()
    drop(column(view, "received"), row)
    assert "reopened" in told.notices[-1]
    drop(column(view, "investigating"), row)
    form = dialog_of(view)
    if "text" in form.fields:
        form.fields["text"].set_value("又来了")
    form.save()
    assert status(ctx, row) == "investigating"
    assert view.bar.chips.chip("reopened").text() == "Reopened 1"


def test_keys_carry_a_card_on_and_back_where_the_process_lets_it(
    view: ComplaintsView, ctx: Context, told: Told
) -> None:
    row = new(ctx)
    view.board.focus()

    def carry(key: Qt.Key) -> None:
        place = view.board.column_of(row)
        assert place is not None
        QTest.keyClick(place.list, key, CTRL)

    carry(Qt.Key.Key_Right)
    assert status(ctx, row) == "investigating"
    carry(Qt.Key.Key_Left)
    assert status(ctx, row) == "investigating"
    assert "cannot become" in told.notices[-1]
    moves.advance_complaint(ctx.book, complaint_id=row, to="offered", at=datetime.now())
    view.refresh()
    carry(Qt.Key.Key_Left)
    assert status(ctx, row) == "investigating"
    assert view.current == row


def test_the_menu_key_and_enter_are_for_the_card(view: ComplaintsView, ctx: Context) -> None:
    row = new(ctx)
    view.doing.show_menu(row, QPoint(5, 5))
    menu = next(one for one in view.findChildren(QMenu) if one.isVisible())
    words = [action.text() for action in menu.actions()]
    assert "Give to a clerk" in words
    assert "Severity" in words
    menu.close()
    view.board.focus()
    QTest.keyClick(column(view, "received").list, Qt.Key.Key_Return)
    assert view.pane.detail is not None
    assert view.pane.detail.row.id == row


def test_cards_keep_qts_rules_and_are_painted_anew_only_if_they_say_something_else(
    view: ComplaintsView, ctx: Context, qtbot: QtBot
) -> None:
    late = new(ctx, severity="urgent")
    new(ctx, severity="low")
    cards = column(view, "received").list.cards
    tester = QAbstractItemModelTester(cards, QAbstractItemModelTester.FailureReportingMode.Fatal)
    changed: list[int] = []
    cards.dataChanged.connect(lambda first, _: changed.append(first.row()))
    now = datetime.now()
    view.board.tick(now)
    changed.clear()
    view.board.tick(now + timedelta(seconds=1))
    assert changed == []
    view.board.tick(now + timedelta(minutes=2))
    assert changed == [0]
    assert cards.rows[0].id == late
    del tester


def test_a_passed_deadline_moves_up_and_turns_red(view: ComplaintsView, ctx: Context) -> None:
    first = new(ctx, severity="low")
    assert view.bar.chips.chip("overdue").text() == "Overdue 0"
    with ctx.book.step("later") as step:
        step.execute("UPDATE complaint SET reply_due_at = '2026-01-01 09:00:00'")
    view.tick(datetime.now())
    assert view.bar.chips.chip("overdue").text() == "Overdue 1"
    (row,) = complaint_rows(ctx.book, [first])
    laid = lay_out(row, datetime.now(), "CNY", 200)
    assert [tag.tone for tag in laid.tags] == ["grey", "red"]
    assert "late" in spoken(row, datetime.now(), "CNY")


def test_a_long_title_takes_two_lines_and_no_card_is_wider_than_its_column(ctx: Context) -> None:
    (row,) = complaint_rows(ctx.book, [new(ctx, title="很长的标题" * 20)])
    laid = lay_out(row, datetime.now(), "CNY", 160)
    assert len(laid.title) == 2
    assert laid.title[1].endswith("…")
    assert all(tag.box.right() <= 160 - 13 for tag in laid.tags)


def test_more_than_a_column_shows_stands_in_the_list(view: ComplaintsView, ctx: Context) -> None:
    with ctx.book.step("many") as step:
        step.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70) "
            "INSERT INTO complaint (number, title, received_at) SELECT 'C-' || i, 'x', '2026-11-01 09:00:00' "
            "FROM n"
        )
    view.refresh()
    received = column(view, "received")
    assert len(received.ids()) == 40
    assert received._more.text() == "30 more in the list"
    received._more.click()
    assert view.mode == "list"
    assert len(view.table.rows.ids()) == 70


def test_a_large_book_is_asked_in_the_background_and_says_the_same(
    ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [new(ctx, title=f"件 {number}", severity="high" if number % 2 else "low") for number in range(9)]
    moves.advance_complaint(ctx.book, complaint_id=rows[0], to="settled", at=datetime.now())
    monkeypatch.setattr(finder, "INSTANT", 0)
    monkeypatch.setattr(finder, "SCREENFUL", 3)
    view = screen(ctx, qtbot)
    qtbot.waitUntil(lambda: len(column(view, "received").ids()) == 8)
    view.show_mode("list")
    qtbot.waitUntil(lambda: view.showing.found == 9)
    view._sort_by("severity", False)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    shown = complaint_rows(ctx.book, list(view.table.rows.ids()))
    assert [row.severity for row in shown] == ["high"] * 4 + ["low"] * 5
    view.narrowing.narrow(scope="all", text="件 8")
    qtbot.waitUntil(lambda: view.showing.found == 1)
    assert view.current == rows[8]
    op.delete_complaints(ctx.book, complaint_ids=[rows[8]])
    view.refresh()
    qtbot.waitUntil(lambda: ctx.tasks.idle and view.showing.found == 0)
    assert view.pane.detail is None


def test_several_are_given_to_a_clerk_weighed_and_deleted_in_one_step_each(
    ctx: Context, qtbot: QtBot
) -> None:
    rows = [new(ctx, title=f"件 {number}") for number in range(3)]
    view = screen(ctx, qtbot, mode="list")
    view.table.selectAll()
    view.doing.selection.assign(2)
    staff = "SELECT count(*) FROM complaint WHERE staff_id = 2"
    assert ctx.book.value(staff) == 3
    ctx.undo()
    assert ctx.book.value(staff) == 0
    assert len(view.table.selected_ids()) == 3
    view.doing.selection.weigh("urgent")
    assert ctx.book.value("SELECT count(*) FROM complaint WHERE severity = 'urgent'") == 3
    view.doing.show_list_menu(QPoint(5, 5))
    menu = next(one for one in view.findChildren(QMenu) if one.isVisible())
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Give to a clerk", "Severity", "Copy", "Export…", "Delete"]
    next(action for action in menu.actions() if action.text() == "Delete").trigger()
    menu.close()
    assert ctx.book.value("SELECT count(*) FROM complaint") == 0
    ctx.undo()
    assert sorted(view.table.rows.ids()) == sorted(rows)


def test_the_list_sorts_by_each_of_its_columns() -> None:
    assert {one.key for one in list_columns(datetime.now, "CNY")} == set(ORDERS)
    assert {one.key for one in export_columns()} == set(ORDERS)


def test_the_ids_behind_a_figure_are_shown_under_a_chip_that_closes(
    view: ComplaintsView, ctx: Context
) -> None:
    rows = [new(ctx, title=f"件 {number}") for number in range(4)]
    moves.reject_complaint(ctx.book, complaint_id=rows[2], at=datetime.now(), reason="不在本店买的")
    view.show_ids(rows[1:3], "Product quality, October")
    assert view.mode == "list"
    assert sorted(view.table.rows.ids()) == rows[1:3]
    chip = view.bar.chips.chip("shown")
    assert chip.text() == "Product quality, October ✕"
    again = view.route_params()
    assert again["among"] == tuple(rows[1:3])
    chip.click()
    assert len(view.table.rows.ids()) == 4
    assert "among" not in view.route_params()


def test_a_route_builds_the_same_screen_again(ctx: Context, qtbot: QtBot) -> None:
    rows = [new(ctx, title=f"件 {number}", severity="high" if number else "low") for number in range(3)]
    view = screen(ctx, qtbot, mode="list", scope="all")
    view.narrowing.narrow(severities=("high",), text="件")
    view.choose(rows[1])
    params: Any = view.route_params()
    again = screen(ctx, qtbot, **params)
    assert again.finder.view == view.finder.view
    assert again.current == rows[1]
    assert list(again.table.rows.ids()) == list(view.table.rows.ids())
    assert again.bar.chips.chip("severities").text() == "High ✕"
    assert again.head.filter_button.text() == "Filter · 1"


def test_the_drawer_counts_its_choices_and_holds_at_once(
    view: ComplaintsView, ctx: Context, qtbot: QtBot
) -> None:
    new(ctx, severity="high", staff_id=1)
    low = new(ctx, severity="low")
    panel = view.narrowing.open_filters()
    # Without a screen a popup is closed at once; here it stays to be asked.
    panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: panel.severities.chip("high").text() == "High 1")
    panel.staff.chip("0").click()
    assert view.finder.view.staff == (0,)
    assert column(view, "received").ids() == [low]
    qtbot.waitUntil(lambda: panel.severities.chip("high").text() == "High 0")
    assert view.bar.chips.chip("staff").text() == "Nobody yet ✕"
    panel.clear()
    assert view.finder.view.facets == 0
    assert len(column(view, "received").ids()) == 2
    panel.deleteLater()


def test_modes_are_remembered_and_have_keys(view: ComplaintsView, ctx: Context, qtbot: QtBot) -> None:
    view.show_mode("list")
    assert screen(ctx, qtbot).mode == "list"
    view.head.modes.button("list").setFocus()
    QTest.keyClick(view.head.modes, Qt.Key.Key_Left)
    assert view.mode == "board"
    assert view.head.modes.chosen_key() == "board"


def test_figures_are_made_when_they_are_asked_for(view: ComplaintsView, ctx: Context, qtbot: QtBot) -> None:
    new(ctx)
    assert view._figures is None
    view.show_mode("figures")
    assert view._figures is not None
    assert not view.bar.isVisible()
    assert not view.head.filter_button.isVisible()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert "figures" in view.route_params()
    view.show_mode("board")
    assert view.bar.isVisible()


def test_a_merged_number_and_a_customers_pinyin_find_the_complaint(
    view: ComplaintsView, ctx: Context
) -> None:
    row = new(ctx)
    new(ctx, customer_id=2, title="tin")
    with ctx.book.step("merged") as step:
        step.insert(ComplaintAlias, number="C-2019-0001", complaint_id=row)
    for typed in ("2019-0001", "zgd", "赵国"):
        view.narrowing.narrow(text=typed)
        assert column(view, "received").ids() == [row], typed
    view.narrowing.narrow(text="%")
    assert view.board.first() is None or view.showing.found == 0


def test_complaints_on_paper_say_what_they_are(ctx: Context) -> None:
    rows = complaint_rows(ctx.book, [new(ctx, title=f"件 {number}") for number in range(60)])
    written = write_complaints("Complaints", rows, shop="茶", currency="CNY", at=datetime.now(), size=A4)
    assert len(written.pages) > 1


def test_enter_leads_to_what_is_next_and_escape_back(
    view: ComplaintsView, ctx: Context, qtbot: QtBot
) -> None:
    row = new(ctx)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.board.focus()
    cards = column(view, "received").list
    QTest.keyClick(cards, Qt.Key.Key_Return)
    button = view.pane.findChild(PrimaryButton)
    assert button is not None
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert cards.hasFocus()
    assert view.current == row


def test_a_click_chooses_the_card_pointed_at_and_asks_for_no_other(
    view: ComplaintsView, ctx: Context, qtbot: QtBot
) -> None:
    rows = [new(ctx, title=f"件 {number}") for number in range(3)]
    told: list[int] = []
    view.board.chosen.connect(told.append)
    cards = column(view, "received").list
    for row in (rows[0], rows[2], rows[0]):
        place = cards.visualRect(cards.cards.index(cards.cards.ids().index(row), 0)).center()
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert view.current == row
    assert told in ([rows[0], rows[2], rows[0]], [rows[2], rows[0]])


def test_pressing_a_card_and_moving_lifts_it(
    view: ComplaintsView, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [new(ctx, title=f"件 {number}") for number in range(3)]
    lifted: list[int | None] = []
    # The drag itself would wait for a hand.
    monkeypatch.setattr(QDrag, "exec", lambda *_: lifted.append(view.board._carried))
    cards = column(view, "received").list
    place = cards.visualRect(cards.cards.index(cards.cards.ids().index(rows[1]), 0)).center()
    QTest.mousePress(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for step in range(1, 9):
        QTest.mouseMove(cards.viewport(), place + QPoint(5 * step, 2 * step))
    QTest.mouseRelease(cards.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(40, 16))
    assert lifted == [rows[1]]
    assert view.current == rows[1]
    assert view.board._carried is None


def test_the_print_key_means_what_has_the_keyboard(
    ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = new(ctx)
    view = screen(ctx, qtbot, complaint=row)
    printed: list[str] = []
    monkeypatch.setattr(view.doing, "print_list", lambda: printed.append("list"))
    monkeypatch.setattr(ComplaintActions, "print_it", lambda _: printed.append("complaint"))
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    for front in (view.board.focus, lambda: view.open_complaint(row)):
        front()
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert printed == ["list", "complaint"]
