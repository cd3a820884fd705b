"""The pane of a complaint: what it answers at one glance, what it does, and what stays while it changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words, promises, remedies, tasks
from desktop.operations import complaints as op
from desktop.operations.staff import add_clerk
from desktop.views.complaints.detail import ComplaintPane
from desktop.views.complaints.guidance_part import Guidance
from desktop.views.complaints.offers import groups
from desktop.views.complaints.section import Section
from desktop.views.complaints.step_line import StepLine, TickTile
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from tests.gui.told import Told

NOW = datetime.now().replace(microsecond=0)


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """A shop that never closes, with a customer who bought something."""
    with book.step("fill") as step:
        step.insert(Customer, id=1, name="赵国栋", created_at="2026-01-01 09:00:00", dislikes="花生")
        step.insert(
            Order, id=5, number="20261119-007", customer_id=1, placed_at="2026-11-19 09:00:00", paid=8800,
            total=8800,
        )  # fmt: skip
        step.insert(OrderLine, order_id=5, title="桂花乌龙", quantity=2, amount=8800)
    ctx.settings.set("shop.opening", {str(day): [["00:00", "24:00"]] for day in range(7)})
    return ctx


@pytest.fixture
def pane(ctx: Context, qtbot: QtBot) -> ComplaintPane:
    made = ComplaintPane(ctx)
    qtbot.addWidget(made)
    made.resize(340, 620)
    made.show()
    return made


def again(pane: ComplaintPane) -> None:
    """Show the same complaint anew, as the screen does when something changed."""
    if pane.detail is not None:
        pane.show_complaint(pane.detail.row.id, datetime.now())


def new(ctx: Context, **values: object) -> int:
    given = {"title": "两袋分量不足", "received_at": NOW, "customer_id": 1, "order_id": 5, **values}
    return op.open_complaint(ctx.book, **given).created["complaint"]  # type: ignore[arg-type]


def said(pane: QWidget) -> str:
    # What is new in a layout shows a moment later.
    QCoreApplication.processEvents()
    return "\n".join(one.text() for one in pane.findChildren(QLabel) if one.isVisibleTo(pane))


def line(pane: ComplaintPane, name: str, value: object) -> StepLine:
    QCoreApplication.processEvents()
    return next(one for one in pane.findChildren(StepLine) if one.property(name) == value)


def tick(pane: ComplaintPane, key: str) -> None:
    line(pane, "step", key).findChildren(TickTile)[0].click()


def dialog(pane: ComplaintPane) -> FormDialog:
    return next(one for one in pane.window().findChildren(FormDialog) if one.isVisible())


def section(pane: ComplaintPane, key: str) -> Section:
    QCoreApplication.processEvents()
    return next(one for one in pane.findChildren(Section) if one.key == key)


def press(pane: QWidget, text: str) -> None:
    QCoreApplication.processEvents()
    next(one for one in pane.findChildren(QPushButton) if one.text() == text).click()


def status(ctx: Context, row: int) -> str:
    return str(ctx.book.value("SELECT status FROM complaint WHERE id = ?", (row,)))


def test_one_glance_says_what_who_until_when_and_what_next(pane: ComplaintPane, ctx: Context) -> None:
    row = new(ctx, severity="high", text="少了八克", wants="补足", mood="remedy")
    pane.show_complaint(row, NOW)
    text = said(pane)
    for expected in (
        "两袋分量不足", "“少了八克”", "Wants: 补足", "1 h left to reply", "nobody has it in hand",
        "Give the first reply", "桂花乌龙 ×2", "花生", "1 order, ¥88", "nothing bought since it came",
        "Wants a remedy", "High",
    ):  # fmt: skip
        assert expected in text, expected
    assert pane._foot.findChildren(QPushButton)[0].text() == "Record first reply"


def test_time_goes_on_without_the_pane_being_made_anew(pane: ComplaintPane, ctx: Context) -> None:
    row = new(ctx, severity="urgent")
    promises.add_promise(
        ctx.book, text="回电", made_at=NOW, due_at=NOW + timedelta(minutes=10), complaint_id=row
    )
    pane.show_complaint(row, NOW)
    assert "30 min left to reply" in said(pane)
    lines = pane.findChildren(StepLine)
    assert "10 min left" in said(pane)
    pane.tick(NOW + timedelta(minutes=12))
    assert "18 min left to reply" in said(pane)
    assert "2 min late" in said(pane)
    pane.show_complaint(row, NOW + timedelta(minutes=42))
    assert "First reply 12 min late" in said(pane)
    assert pane.findChildren(StepLine) == lines


def test_the_checklist_walks_the_whole_process(pane: ComplaintPane, ctx: Context) -> None:
    row = new(ctx)
    pane.show_complaint(row, NOW)
    tick(pane, "reply")
    dialog(pane).save()
    tick(pane, "assessed")
    tick(pane, "investigating")
    assert status(ctx, row) == "investigating"
    tick(pane, "investigating")
    form = dialog(pane)
    form.fields["cause"].set_value("秤不准")
    form.save()
    assert "秤不准" in said(pane)
    tick(pane, "offered")
    form = dialog(pane)
    form.fields["kind"].set_value("coupon")
    form.fields["cost"].set_value(3000)
    form.save()
    assert status(ctx, row) == "offered"
    press(pane, "Taken")
    assert ctx.book.value("SELECT state FROM remedy") == "given"
    tick(pane, "settled")
    form = dialog(pane)
    form.fields["settlement"].set_value("已补寄")
    form.fields["prevention"].set_value("每月校秤")
    form.save()
    found = ctx.book.row("SELECT status, settlement, cause, prevention FROM complaint")
    assert found == ("settled", "已补寄", "秤不准", "每月校秤")
    tick(pane, "rated")
    form = dialog(pane)
    form.fields["perceived"].set_value(4)
    form.save()
    assert "★★★★☆ 4 of 5" in said(pane)
    tick(pane, "closed")
    assert status(ctx, row) == "closed"
    assert section(pane, "steps").count.text() == "8 of 8"


def test_open_promises_and_tasks_stand_among_the_steps(pane: ComplaintPane, ctx: Context) -> None:
    row = new(ctx)
    made = promises.add_promise(
        ctx.book, text="店长回电", made_at=NOW, due_at=NOW + timedelta(hours=5), complaint_id=row
    ).created["promise"]
    task = tasks.add_task(ctx.book, title="称一称", created_at=NOW, complaint_id=row).created["task"]
    pane.show_complaint(row, NOW)
    steps = section(pane, "steps")
    assert line(pane, "promise", made) in steps.findChildren(StepLine)
    line(pane, "task", task).findChildren(TickTile)[0].click()
    assert ctx.book.value("SELECT done_at FROM task") is not None
    assert "Done: 称一称" in said(section(pane, "story"))
    line(pane, "promise", made).findChildren(TickTile)[0].click()
    assert ctx.book.value("SELECT outcome FROM promise") == "kept"
    assert section(pane, "promises").count.text() == "1 of 1 kept"


def test_their_words_and_ours_stand_on_grounds_of_their_own(pane: ComplaintPane, ctx: Context) -> None:
    row = new(ctx)
    complaint_words.record_reply(ctx.book, complaint_id=row, at=NOW, text="先道歉")
    complaint_words.record_answer(ctx.book, complaint_id=row, at=NOW, text="等你们补寄")
    complaint_words.note_complaint(ctx.book, complaint_id=row, at=NOW, text="自己看")
    pane.show_complaint(row, NOW)

    def grounds(kind: str) -> list[object]:
        return [
            one.property("tone")
            for one in line(pane, "kind", kind).findChildren(QWidget)
            if one.property("tone")
        ]

    assert grounds("reply") == ["accent"]
    assert grounds("heard") == ["blue"]
    assert grounds("note") == []
    story = section(pane, "story")
    kinds = [one.property("kind") for one in story.findChildren(StepLine)]
    assert kinds == ["note", "heard", "reply", "received"]
    pane._turn()
    turned = section(pane, "story")
    assert [one.property("kind") for one in turned.findChildren(StepLine)] == kinds[::-1]


def test_what_is_folded_stays_folded_and_the_place_is_kept(
    pane: ComplaintPane, ctx: Context, qtbot: QtBot
) -> None:
    row = new(ctx)
    pane.show_complaint(row, NOW)
    section(pane, "customer").fold(on=True)
    bar = pane._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(150)
    complaint_words.note_complaint(ctx.book, complaint_id=row, at=NOW, text="x")
    again(pane)
    qtbot.wait(20)
    assert bar.value() == 150
    assert section(pane, "customer").folded()
    other = new(ctx, title="茶罐压扁")
    pane.show_complaint(other, NOW)
    qtbot.wait(20)
    assert bar.value() == 0
    assert section(pane, "customer").folded()


def test_a_form_that_stood_open_keeps_its_words_when_the_complaint_moved_on(
    pane: ComplaintPane, ctx: Context
) -> None:
    row = new(ctx)
    pane.show_complaint(row, NOW)
    press(pane, "Record first reply")
    form = dialog(pane)
    form.fields["text"].set_value("我们马上查")
    complaint_words.record_reply(ctx.book, complaint_id=row, at=NOW, text="别人先回了")
    form.save()
    assert form.isVisible()
    assert "recorded already" in said(form)
    assert form.fields["text"].value() == "我们马上查"
    assert ctx.book.value("SELECT count(*) FROM complaint_step WHERE kind = 'reply'") == 1
    form.reject()


def test_two_who_correct_one_complaint_overwrite_nothing(pane: ComplaintPane, ctx: Context) -> None:
    row = new(ctx)
    pane.show_complaint(row, NOW)
    pane.edit()
    form = dialog(pane)
    form.fields["wants"].set_value("退款")
    op.edit_complaint(ctx.book, complaint_id=row, at=NOW, severity="high")
    form.save()
    assert ctx.book.row("SELECT wants, severity FROM complaint") == ("退款", "high")
    pane.show_complaint(row, NOW)
    pane.edit()
    form = dialog(pane)
    form.fields["wants"].set_value("换货")
    op.edit_complaint(ctx.book, complaint_id=row, at=NOW, wants="道歉")
    form.save()
    assert form.isVisible()
    assert ctx.book.value("SELECT wants FROM complaint") == "道歉"
    form.reject()


def test_a_deleted_complaint_empties_the_pane_and_undo_fills_it(
    pane: ComplaintPane, ctx: Context, told: Told
) -> None:
    row = new(ctx)
    pane.show_complaint(row, NOW)
    actions = pane.actions_
    assert actions is not None
    op.delete_complaints(ctx.book, complaint_ids=[row])
    actions.advance("assessed")
    assert "no longer in the book" in told.notices[-1]
    pane.show_complaint(row, NOW)
    assert "This complaint is gone" in said(pane)
    assert pane.actions_ is None
    press(pane, "Undo")
    pane.show_complaint(row, NOW)
    assert "两袋分量不足" in said(pane)


def test_remedies_wait_for_a_word_and_only_the_given_cost(pane: ComplaintPane, ctx: Context) -> None:
    row = new(ctx)
    for cost in (500, 900):
        remedies.offer_remedy(ctx.book, complaint_id=row, kind="coupon", cost=cost, at=NOW)
    pane.show_complaint(row, NOW)
    press(pane, "Taken")
    press(pane, "Not taken")
    assert ctx.book.rows("SELECT cost, state FROM remedy ORDER BY id") == [(500, "given"), (900, "declined")]
    assert section(pane, "remedies").count.text() == "cost ¥5.00"


def test_keys_do_what_is_done_most(pane: ComplaintPane, ctx: Context, qtbot: QtBot) -> None:
    row = new(ctx)
    pane.show_complaint(row, NOW)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

    def key(code: Qt.Key, modifiers: Qt.KeyboardModifier = control | shift) -> FormDialog:
        with qtbot.waitActive(pane):
            pane.activateWindow()
        QTest.keyClick(pane, code, modifiers)
        return dialog(pane)

    for code, field in (
        (Qt.Key.Key_H, "text"),
        (Qt.Key.Key_M, "text"),
        (Qt.Key.Key_P, "due_at"),
        (Qt.Key.Key_G, "kind"),
    ):
        form = key(code)
        assert field in form.fields
        form.reject()
    form = key(Qt.Key.Key_Return, control)
    form.save()
    assert ctx.book.value("SELECT replied_at FROM complaint") is not None
    key(Qt.Key.Key_W).save()
    assert ctx.book.value("SELECT waiting_since FROM complaint") is not None
    assert "Waits for the customer" in said(pane)


def test_who_works_here_takes_a_complaint_over(pane: ComplaintPane, ctx: Context) -> None:
    add_clerk(ctx.book, name="李娜")
    ctx.book.clerk = "李娜"
    row = new(ctx)
    pane.show_complaint(row, NOW)
    assert pane.actions_ is not None
    assert pane.actions_.can_take_over()
    pane.actions_.take_over()
    assert "李娜" in said(pane)
    assert not pane.actions_.can_take_over()


def test_files_dropped_on_the_pane_are_kept_with_the_complaint(
    pane: ComplaintPane, ctx: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    row = new(ctx)
    pane.show_complaint(row, NOW)
    assert pane.files.section.folded()
    photo = tmp_path / "秤.txt"
    photo.write_text("92 g", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    ComplaintPane.dropEvent(pane, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert ctx.book.row("SELECT subject, subject_id, name FROM attachment") == ("complaint", row, "秤.txt")
    qtbot.waitUntil(lambda: pane.files.section.count.text() == "1 file")
    assert not pane.files.section.folded()


@pytest.mark.parametrize("to", ["received", "waiting", "investigating", "settled", "closed", "rejected"])
def test_every_entry_of_the_menu_does_something_in_every_state(
    pane: ComplaintPane, ctx: Context, told: Told, to: str
) -> None:
    add_clerk(ctx.book, name="李娜")
    ctx.book.clerk = "李娜"

    def fresh() -> int:
        row = new(ctx, received_at=NOW - timedelta(hours=5))
        if to == "waiting":
            moves.wait_for_customer(ctx.book, complaint_id=row, at=NOW)
        elif to == "rejected":
            moves.reject_complaint(ctx.book, complaint_id=row, at=NOW, reason="x", alternatives="y")
        elif to == "closed":
            moves.advance_complaint(ctx.book, complaint_id=row, to="settled", at=NOW)
            moves.advance_complaint(ctx.book, complaint_id=row, to="closed", at=NOW)
        elif to != "received":
            moves.advance_complaint(ctx.book, complaint_id=row, to=to, at=NOW)
        pane.show_complaint(row, datetime.now())
        return row

    fresh()
    assert pane.actions_ is not None
    names = [offer.text for group in groups(pane.actions_) for offer in group]
    assert len(names) == len(set(names))
    # What is printed is made in the background, and tried with its pages.
    for name in (one for one in names if not one.startswith("Print")):
        row = fresh()
        before = ctx.book.row("SELECT * FROM complaint WHERE id = ?", (row,)), len(told.notices)
        (one,) = (offer for group in groups(pane.actions_) for offer in group if offer.text == name)
        one.run()
        dialogs = [each for each in pane.findChildren(QDialog) if each.isVisible()]
        after = ctx.book.row("SELECT * FROM complaint WHERE id = ?", (row,)), len(told.notices)
        assert dialogs or after != before, name
        for each in dialogs:
            each.reject()


def test_the_advice_unfolds_where_there_is_room_unless_somebody_said_otherwise(
    pane: ComplaintPane, ctx: Context
) -> None:
    pane.show_complaint(new(ctx, mood="vent"), NOW)

    def advice() -> Guidance:
        return pane.findChildren(Guidance)[0]

    assert advice().folded()
    pane.resize(340, 800)
    QCoreApplication.processEvents()
    assert not advice().folded()
    pane.resize(340, 600)
    QCoreApplication.processEvents()
    assert advice().folded()
    advice().button.click()
    assert not advice().folded()
    pane.resize(340, 620)
    again(pane)
    assert not advice().folded()
