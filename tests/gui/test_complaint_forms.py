"""The forms of a complaint: what they ask, what they say before, and what the book has afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.operations import complaint_moves, complaint_words, promises, remedies
from desktop.operations import complaints as op
from desktop.operations.staff import add_clerk
from desktop.queries.complaint_choices import find_complaints, merge_choices
from desktop.queries.complaint_detail import complaint_detail
from desktop.views.complaints.actions import ComplaintActions
from desktop.views.complaints.checks_field import ChecksField
from desktop.views.complaints.complaint_field import ComplaintField
from desktop.views.complaints.due_moment_field import DueMomentField
from desktop.views.complaints.editor import ComplaintEditor
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog
from desktop.views.ratings.reasons_field import ReasonsField
from desktop.views.ratings.stars_field import StarsField
from tests.gui.told import Told

NOW = datetime.now().replace(microsecond=0)
Opener = Callable[[int, Callable[[ComplaintActions], object]], FormDialog]


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """A shop that never closes, with two customers and an order."""
    with book.step("fill") as step:
        step.insert(Customer, id=1, name="赵国栋", created_at="2026-01-01 09:00:00")
        step.insert(Customer, id=2, name="冯雪", created_at="2026-01-01 09:00:00")
        step.insert(Product, id=7, name="桂花乌龙", active=True)
        step.insert(
            Order, id=5, number="A5", customer_id=1, placed_at="2026-11-19 09:00:00", paid=100, total=100
        )
        step.insert(OrderLine, order_id=5, product_id=7, title="桂花乌龙 50g", quantity=1, amount=100)
    ctx.settings.set("shop.opening", {str(day): [["00:00", "24:00"]] for day in range(7)})
    return ctx


@pytest.fixture
def opened(ctx: Context, qtbot: QtBot) -> Opener:
    """Opens a form on a complaint over a window of its own."""
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()

    def open_form(row: int, do: Callable[[ComplaintActions], object]) -> FormDialog:
        detail = complaint_detail(ctx.book, row)
        assert detail is not None
        do(ComplaintActions(ctx, detail, owner))
        return next(one for one in owner.findChildren(FormDialog) if one.isVisible())

    return open_form


def new(ctx: Context, **values: object) -> int:
    given = {"title": "两袋分量不足", "received_at": NOW - timedelta(hours=2), "customer_id": 1, **values}
    return op.open_complaint(ctx.book, **given).created["complaint"]  # type: ignore[arg-type]


def said(form: QWidget) -> str:
    QCoreApplication.processEvents()
    return "\n".join(one.text() for one in form.findChildren(QLabel) if one.isVisibleTo(form))


def test_a_promise_is_due_in_words_and_somebody_keeps_it(ctx: Context, opened: Opener) -> None:
    add_clerk(ctx.book, name="李娜")
    row = new(ctx)
    form = opened(row, ComplaintActions.promise)
    form.save()
    assert form.isVisible(), "a promise without words is none"
    form.fields["text"].set_value("补寄一袋")
    due = form.fields["due_at"]
    assert isinstance(due, DueMomentField)
    due.line.setText("what")
    due.line.textEdited.emit("what")
    form.save()
    assert "No moment is known" in said(form)
    due.line.setText("tomorrow at 3 pm")
    due.line.textEdited.emit("tomorrow at 3 pm")
    expected = datetime.combine(NOW.date() + timedelta(days=1), datetime.min.time()).replace(hour=15)
    assert due.value() == expected
    assert f"{expected:%H:%M}" in said(due)
    form.fields["staff_id"].set_value(1)
    form.save()
    assert not form.isVisible()
    found = ctx.book.row("SELECT text, due_at, staff_id, complaint_id FROM promise")
    assert found == ("补寄一袋", str(expected), 1, row)


def test_a_moment_to_choose_stands_until_other_words_are_typed(ctx: Context, opened: Opener) -> None:
    form = opened(new(ctx), ComplaintActions.promise)
    due = form.fields["due_at"]
    assert isinstance(due, DueMomentField)
    due.buttons[0].click()
    value = due.value()
    assert value is not None
    assert abs(value - datetime.now() - timedelta(hours=2)) < timedelta(minutes=2)
    form.reject()


def test_points_are_asked_for_where_points_are_given(ctx: Context, opened: Opener) -> None:
    form = opened(new(ctx), ComplaintActions.remedy)
    assert form.save_button.text() == "Offer"
    assert not form.fields["points"].isVisibleTo(form)
    form.fields["state"].set_value("given")
    form.fields["kind"].set_value("points")
    assert form.save_button.text() == "Give"
    assert form.fields["points"].isVisibleTo(form)
    form.fields["points"].set_value(200)
    form.save()
    assert ctx.book.row("SELECT kind, state, points FROM remedy") == ("points", "given", 200)
    assert ctx.book.value("SELECT sum(points) FROM points_entry") == 200


def test_settling_says_which_offers_were_taken_and_what_they_thought(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    for cost in (300, 500):
        remedies.offer_remedy(ctx.book, complaint_id=row, kind="coupon", cost=cost, at=NOW)
    promises.add_promise(ctx.book, text="回电", made_at=NOW, due_at=NOW + timedelta(days=1), complaint_id=row)
    form = opened(row, ComplaintActions.settle)
    assert "1 promise is still open." in said(form)
    taken = form.fields["taken"]
    assert isinstance(taken, ChecksField)
    assert len(taken.value()) == 2
    taken.set_value(taken.value()[1:])
    form.fields["cause"].set_value("秤不准")
    stars = form.fields["perceived"]
    assert isinstance(stars, StarsField)
    QTest.keyClick(stars.stars, Qt.Key.Key_4)
    assert "satisfied" in said(stars)
    form.save()
    assert ctx.book.rows("SELECT cost, state FROM remedy ORDER BY id") == [(300, "declined"), (500, "given")]
    assert ctx.book.row("SELECT status, cause FROM complaint") == ("settled", "秤不准")
    assert ctx.book.value("SELECT perceived FROM rating") == 4


def test_what_was_found_does_not_overwrite_what_another_clerk_found(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    form = opened(row, ComplaintActions.note_cause)
    op.edit_complaint(ctx.book, complaint_id=row, at=NOW, cause="秤不准")
    form.fields["cause"].set_value("漏称")
    form.save()
    assert form.isVisible()
    assert "was changed meanwhile: cause" in said(form)
    assert ctx.book.value("SELECT cause FROM complaint") == "秤不准"


def test_a_promise_is_given_to_nobody_and_not_taken_from_another_clerk(ctx: Context, opened: Opener) -> None:
    row, clerk = new(ctx), add_clerk(ctx.book, name="李娜").created["staff"]
    promises.add_promise(
        ctx.book, text="回电", made_at=NOW, due_at=NOW + timedelta(days=1), complaint_id=row, staff_id=clerk
    )

    def edit(actions: ComplaintActions) -> None:
        actions.edit_promise(actions.detail.promises[0])

    first = opened(row, edit)
    opened(row, edit)
    owner = first.parent()
    assert isinstance(owner, QWidget)
    (second,) = (one for one in owner.findChildren(FormDialog) if one is not first)
    first.fields["by"].set_value(None)
    first.save()
    assert ctx.book.row("SELECT text, staff_id FROM promise") == ("回电", None)
    second.fields["text"].set_value("送样品")
    second.save()
    assert ctx.book.row("SELECT text, staff_id FROM promise") == ("送样品", None)
    third = opened(row, edit)
    promises.edit_promise(ctx.book, promise_id=1, at=NOW, text="上门")
    third.fields["text"].set_value("寄样品")
    third.save()
    assert "was changed meanwhile: “上门”" in said(third)
    assert ctx.book.value("SELECT text FROM promise") == "上门"


def test_keys_do_nothing_where_the_button_is_grey(ctx: Context, opened: Opener) -> None:
    form = opened(new(ctx), ComplaintActions.merge)
    assert "no other complaint" in said(form)
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.isVisible()


def test_long_words_stay_within_the_forms_edge(ctx: Context, opened: Opener) -> None:
    row = new(ctx, title="x" * 10_000)
    new(ctx, title="长" * 10_000)
    promises.add_promise(
        ctx.book, text="y" * 10_000, made_at=NOW, due_at=NOW + timedelta(days=1), complaint_id=row
    )
    for do in (ComplaintActions.merge, ComplaintActions.split):
        form = opened(row, do)
        QCoreApplication.processEvents()
        for field in form.fields.values():
            right = field.mapTo(form, field.rect().topRight()).x()
            assert right < form.width(), field.accessibleName()
        assert form.height() < 900
        form.close()


def test_a_case_is_closed_though_a_promise_is_open(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    complaint_moves.settle_complaint(ctx.book, complaint_id=row, at=NOW, settlement="好")
    promises.add_promise(ctx.book, text="回电", made_at=NOW, due_at=NOW + timedelta(days=1), complaint_id=row)
    form = opened(row, ComplaintActions.close)
    assert "1 promise is still open." in said(form)
    form.fields["text"].set_value("回电照旧")
    form.save()
    assert ctx.book.value("SELECT status FROM complaint") == "closed"
    assert ctx.book.value("SELECT text FROM complaint_step WHERE kind = 'closed'") == "回电照旧"


def test_what_was_offered_meanwhile_is_not_given_unasked(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    form = opened(row, ComplaintActions.settle)
    form.fields["settlement"].set_value("说好了")
    remedies.offer_remedy(ctx.book, complaint_id=row, kind="refund", cost=9900, at=NOW)
    form.save()
    assert form.isVisible()
    assert "Meanwhile somebody offered: Refund · ¥99.00." in said(form)
    assert form.fields["settlement"].value() == "说好了"
    assert ctx.book.value("SELECT state FROM remedy") == "offered"
    form.reject()


def test_a_settled_complaint_that_was_asked_about_waits_for_the_answer(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    form = opened(row, ComplaintActions.settle)
    form.fields["asked"].set_value(True)
    op.edit_complaint(ctx.book, complaint_id=row, at=NOW, cause="别人写的")
    form.save()
    assert ctx.book.row("SELECT status, cause FROM complaint") == ("settled", "别人写的")
    found = ctx.book.row("SELECT complaint_id, customer_id, asked_at IS NULL, rated_at FROM rating")
    assert found == (row, 1, 0, None)


def test_a_rejection_needs_a_reason_and_a_way_out(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    form = opened(row, ComplaintActions.reject)
    form.fields["reason"].set_value("不是本店商品")
    form.save()
    assert form.isVisible()
    form.fields["alternatives"].set_value("可找消协")
    form.save()
    found = ctx.book.row("SELECT status, rejected_because, alternatives FROM complaint")
    assert found == ("rejected", "不是本店商品", "可找消协")


def test_a_moment_nobody_touched_is_that_of_saving_and_a_typed_one_is_judged(
    ctx: Context, opened: Opener
) -> None:
    row = new(ctx)
    form = opened(row, ComplaintActions.note)
    form.fields["text"].set_value("x")
    form.save()
    at = ctx.book.value("SELECT at FROM complaint_step WHERE kind = 'note'")
    assert abs(datetime.fromisoformat(at) - datetime.now()) < timedelta(seconds=30)
    form = opened(row, ComplaintActions.note)
    form.fields["text"].set_value("y")
    form.fields["at"].set_value(NOW - timedelta(days=2))
    form.save()
    assert form.isVisible()
    assert "before the complaint was received" in said(form)
    assert form.fields["text"].value() == "y"
    form.fields["at"].set_value(NOW + timedelta(days=2))
    form.save()
    assert form.isVisible()
    assert "still to come" in said(form)
    form.reject()


def test_reopening_says_whether_a_new_one_follows(ctx: Context, opened: Opener, told: Told) -> None:
    late = new(ctx, received_at=NOW - timedelta(days=40))
    complaint_moves.advance_complaint(ctx.book, complaint_id=late, to="settled", at=NOW - timedelta(days=39))
    soon = new(ctx, received_at=NOW - timedelta(days=4))
    complaint_moves.advance_complaint(ctx.book, complaint_id=soon, to="settled", at=NOW - timedelta(days=3))
    form = opened(soon, ComplaintActions.reopen)
    assert "taken up again itself" in said(form)
    form.save()
    assert ctx.book.value("SELECT status FROM complaint WHERE id = ?", (soon,)) == "investigating"
    form = opened(late, ComplaintActions.reopen)
    assert "a new complaint that follows this one" in said(form)
    form.fields["text"].set_value("又少了")
    form.save()
    new_one = ctx.book.value("SELECT id FROM complaint WHERE follows = ?", (late,))
    assert told.places[-1] == ("complaints", {"complaint": new_one})


def test_what_goes_along_with_a_split_is_ticked(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    complaint_words.record_answer(ctx.book, complaint_id=row, at=NOW, text="还有一罐压扁了")
    complaint_words.note_complaint(ctx.book, complaint_id=row, at=NOW, text="留下")
    made = promises.add_promise(
        ctx.book, text="换一罐", made_at=NOW, due_at=NOW + timedelta(days=1), complaint_id=row
    ).created["promise"]
    form = opened(row, ComplaintActions.split)
    form.fields["title"].set_value("茶罐压扁")
    form.fields["severity"].set_value("low")
    heard = ctx.book.value("SELECT id FROM complaint_step WHERE kind = 'heard'")
    steps = form.fields["steps"]
    assert isinstance(steps, ChecksField)
    assert len(steps.lines) == 2
    steps.lines[heard].box.setChecked(True)
    form.fields["promises"].set_value([made])
    form.save()
    second = ctx.book.value("SELECT max(id) FROM complaint")
    detail = complaint_detail(ctx.book, second)
    assert detail is not None
    assert (detail.row.title, detail.row.severity) == ("茶罐压扁", "low")
    assert [one.text for one in detail.promises] == ["换一罐"]
    assert "还有一罐压扁了" in [one.text for one in detail.steps]
    assert [(one.kind, one.outward) for one in detail.links] == [("split", False)]
    first = complaint_detail(ctx.book, row)
    assert first is not None
    assert "留下" in [one.text for one in first.steps]
    assert first.promises == ()


def test_merging_says_before_what_will_come_of_it(ctx: Context, opened: Opener, told: Told) -> None:
    row = new(ctx, severity="low")
    other = new(ctx, title="再次来电", severity="urgent", received_at=NOW - timedelta(hours=1))
    new(ctx, title="别人的", customer_id=2)
    form = opened(row, ComplaintActions.merge)
    number, other_number = (
        str(ctx.book.value("SELECT number FROM complaint WHERE id = ?", (one,))) for one in (row, other)
    )
    other_field, kept = form.fields["other"], form.fields["kept"]
    assert isinstance(other_field, ChoiceField)
    assert other_field.box.count() == 1
    text = said(form)
    assert f"{number} “两袋分量不足”" in text
    assert "Urgent" in text
    assert f"{other_number} still finds it" in text
    kept.set_value(other)
    assert f"{number} still finds it" in said(form)
    form.save()
    assert ctx.book.rows("SELECT id, severity FROM complaint WHERE customer_id = 1") == [(other, "urgent")]
    assert ctx.book.row("SELECT number, complaint_id FROM complaint_alias") == (number, other)
    assert told.places[-1] == ("complaints", {"complaint": other})


def test_an_ended_complaint_does_not_swallow_an_open_one(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    ended = new(ctx, title="旧的")
    complaint_moves.advance_complaint(ctx.book, complaint_id=ended, to="settled", at=NOW)
    form = opened(row, ComplaintActions.merge)
    kept = form.fields["kept"]
    assert isinstance(kept, ChoiceField)
    assert kept.box.count() == 1
    assert kept.value() == row
    form.reject()


def test_nothing_to_merge_with_is_said(ctx: Context, opened: Opener) -> None:
    form = opened(new(ctx), ComplaintActions.merge)
    assert "no other complaint" in said(form)
    assert not form.save_button.isEnabled()
    form.reject()


def test_a_complaint_is_found_to_be_linked(ctx: Context, opened: Opener) -> None:
    row, other = new(ctx), new(ctx, title="茶罐压扁", customer_id=2)
    assert [one.id for one in find_complaints(ctx.book, "压扁", but=row)] == [other]
    assert [one.id for one in find_complaints(ctx.book, "冯", but=row)] == [other]
    assert find_complaints(ctx.book, "分量", but=row) == []
    assert find_complaints(ctx.book, " ", but=row) == []
    assert merge_choices(ctx.book, row) == []
    form = opened(row, ComplaintActions.link)
    field = form.fields["linked_id"]
    assert isinstance(field, ComplaintField)
    field.line.setText("压")
    form.save()
    assert "Choose a complaint from the list." in said(form)
    form.fields["linked_id"].set_value(other)
    form.fields["kind"].set_value("cause")
    form.save()
    assert ctx.book.row("SELECT complaint_id, linked_id, kind FROM complaint_link") == (row, other, "cause")


def test_a_rating_has_stars_and_reasons(ctx: Context, opened: Opener) -> None:
    row = new(ctx)
    complaint_moves.advance_complaint(ctx.book, complaint_id=row, to="settled", at=NOW)
    form = opened(row, ComplaintActions.rate)
    stars, reasons = form.fields["perceived"], form.fields["reasons"]
    assert isinstance(stars, StarsField)
    assert isinstance(reasons, ReasonsField)
    box = stars.stars.star_box(3).center().toPoint()
    QTest.mouseClick(stars.stars, Qt.MouseButton.LeftButton, pos=box)
    assert stars.value() == 3
    QTest.mouseClick(stars.stars, Qt.MouseButton.LeftButton, pos=box)
    assert stars.value() is None
    for key, expected in ((Qt.Key.Key_2, 2), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2), (Qt.Key.Key_Up, 3)):
        QTest.keyClick(stars.stars, key)
        assert stars.value() == expected
    assert [chip.text() for chip in reasons.chips] == ["Slow", "Had to ask again", "Too little", "Friendly"]
    reasons.chips[0].click()
    reasons.chips[3].click()
    stars.set_value(5)
    assert [chip.text() for chip in reasons.chips[-1:]] == ["Slow"], "what was ticked stays"
    form.save()
    found = ctx.book.row("SELECT perceived, reasons, complaint_id, customer_id FROM rating")
    assert found == (5, "Friendly\nSlow", row, 1)


def test_the_editor_knows_order_product_and_the_shops_own_words(ctx: Context, qtbot: QtBot) -> None:
    form = ComplaintEditor(ctx, customer_id=1)
    qtbot.addWidget(form)
    form.fields["title"].set_value("少了")
    form.fields["order_id"].set_value(5)
    assert form.fields["product_id"].value() == 7, "an order of one product names it"
    form.fields["subject"].set_value("contract")
    form.fields["detail"].set_value("Wrong quantity")
    form.fields["dispute"].set_value("TB-77")
    form.save()
    found = ctx.book.row("SELECT order_id, product_id, subject, detail, dispute FROM complaint")
    assert found == (5, 7, "contract", "Wrong quantity", "TB-77")


def test_another_subject_has_other_words_below_it(ctx: Context, qtbot: QtBot) -> None:
    form = ComplaintEditor(ctx)
    qtbot.addWidget(form)
    form.fields["subject"].set_value("quality")
    form.fields["detail"].set_value("Broken or faulty")
    form.fields["subject"].set_value("delivery")
    assert form.fields["detail"].value() == ""
    form.fields["detail"].set_value("我们自己的说法")
    form.fields["subject"].set_value("service")
    assert form.fields["detail"].value() == "我们自己的说法"
