"""A complaint from the ringing phone to the customer's next purchase, and what the shop learns from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.days import iso
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.orders import Order
from desktop.operations.demo import make_demo
from desktop.queries.promotions import left_out
from desktop.views.complaints.capture import Capture
from desktop.views.complaints.remedy_dialog import RemedyForm
from desktop.views.complaints.view import ComplaintsView
from desktop.views.kit.forms import FormDialog
from desktop.views.profile.view import ProfileView
from tests.journeys.owner import Owner
from tests.journeys.test_care import said
from tests.screens import Stage

TODAY = date.today()
FURTHER = 200
"""Days that go by until the figures are looked at: long enough to judge whether the customer came back."""


@pytest.fixture
def shop(qtbot: QtBot, book: Book, tmp_path: Path) -> Iterator[Stage]:
    """The sample shop, open all day and night so that what is due does not hang on the hour."""
    make_demo(book, customers=120, today=TODAY, language="en")
    opened = Stage(book, tmp_path, language="en", look="light", size=(1280, 720))
    settings = opened.window.ctx.settings
    settings.set("shop.opening", {str(day): [["00:00", "24:00"]] for day in range(7)})
    yield opened
    opened.close()


def caller(book: Book) -> tuple[int, str]:
    """Somebody who has never complained and has not come for long, and their phone number."""
    row: tuple[int, str] = book.row(
        "SELECT s.customer_id, p.norm FROM customer_summary AS s JOIN contact_point AS p USING (customer_id) "
        "WHERE p.kind = 'phone' AND s.complaints = 0 AND s.last_day < ? ORDER BY s.spend DESC",
        (TODAY.toordinal() - FURTHER,),
    )
    return row


def days_go_by(book: Book, complaint: int, days: int) -> None:
    """Lets everything about a complaint have happened so much earlier."""
    with book.step("Time") as step:
        for table, column, of in (
            ("complaint", "received_at", "id"), ("complaint", "reply_due_at", "id"),
            ("complaint", "settle_due_at", "id"), ("complaint", "replied_at", "id"),
            ("complaint", "settled_at", "id"), ("complaint", "closed_at", "id"),
            ("complaint_step", "at", "complaint_id"), ("promise", "made_at", "complaint_id"),
            ("promise", "due_at", "complaint_id"), ("promise", "ended_at", "complaint_id"),
            ("remedy", "given_at", "complaint_id"), ("rating", "rated_at", "complaint_id"),
            ("rating", "asked_at", "complaint_id"), ("rating", "ended_at", "complaint_id"),
        ):  # fmt: skip
            step.execute(
                f"UPDATE {table} SET {column} = datetime({column}, ?) WHERE {of} = ?",
                (f"-{days} days", complaint),
            )


def recovered(view: ComplaintsView) -> tuple[int, int]:
    """Whose complaint ended and who bought again in time, of how many that can be judged."""
    answer = view._figures_pane().answer
    assert answer is not None
    rate = answer.report.handling.recovery
    return rate.hits, rate.n


def test_from_the_call_to_the_next_purchase(shop: Stage) -> None:
    """Call, board, first reply, promise, remedy, rating, closing, and the figure of who came back."""
    owner, book = Owner(shop), shop.book
    customer, phone = caller(book)

    # The phone rings.
    owner.key(Qt.Key.Key_F7)
    capture = shop.front()
    assert isinstance(capture, Capture)
    owner.write(capture.field, phone)
    shop.settle(0.3)
    assert capture.customer == customer
    QTest.keyClick(QApplication.focusWidget() or capture, Qt.Key.Key_Return)
    QTest.keyClicks(capture.words, "Lid of the tin does not close")
    QTest.keyClick(capture.words, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(capture.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shop.settle()
    complaint, severity, status = book.row(
        "SELECT id, severity, status FROM complaint WHERE customer_id = ?", (customer,)
    )
    assert (severity, status) == ("high", "received")
    assert [reason.why for reason in left_out(book, customer)] == ["complaint"]

    # It is on the board, with its deadline; the customer's profile says so too.
    view = owner.page(ComplaintsView)
    assert view.current == complaint
    assert view.board.column_of(complaint) is not None
    profile = shop.go("profile", customer=customer)
    assert isinstance(profile, ProfileView)
    assert "no promotions until it is settled" in said(profile)
    shop.go("complaints", complaint=complaint, mode="board")
    view = owner.page(ComplaintsView)

    # The first reply; then a promise.
    owner.click("Record first reply", view.pane)
    owner.click("Record", shop.front())
    shop.settle()
    assert book.value("SELECT status FROM complaint WHERE id = ?", (complaint,)) == "acknowledged"
    owner.click("Promise…", view.pane)
    form = shop.front()
    assert isinstance(form, FormDialog)
    owner.write(form.fields["text"], "A new tin by tomorrow evening")
    owner.click("Promise", form)
    shop.settle()
    assert book.value("SELECT promises FROM customer_summary WHERE customer_id = ?", (customer,)) == 1
    assert "A new tin by tomorrow evening" in said(shop.go("profile", customer=customer))

    # By the keyboard to the next column, then a remedy that the customer takes; the promise is kept.
    shop.go("complaints", complaint=complaint, mode="board")
    view = owner.page(ComplaintsView)
    view.board.focus()
    owner.key(Qt.Key.Key_Right, control=True)
    shop.settle()
    assert book.value("SELECT status FROM complaint WHERE id = ?", (complaint,)) == "investigating"
    owner.click("Offer a remedy…", view.pane)
    remedy = shop.front()
    assert isinstance(remedy, RemedyForm)
    remedy.fields["cost"].set_value(6800)
    owner.click("Offer", remedy)
    shop.settle()
    owner.click("Taken", view.pane)
    owner.click("Kept", view.pane)
    shop.settle()
    assert book.row(
        "SELECT r.kind, r.state, p.outcome FROM remedy AS r JOIN promise AS p USING (complaint_id) "
        "WHERE complaint_id = ?",
        (complaint,),
    ) == ("replacement", "given", "kept")

    # Settled, rated by the customer on the phone, closed.
    owner.click("Settle…", view.pane)
    settle = shop.front()
    assert isinstance(settle, FormDialog)
    settle.fields["settlement"].set_value("A new tin")
    settle.fields["cause"].set_value("Dented in the parcel")
    settle.fields["perceived"].set_value(5)
    owner.click("Settle", settle)
    shop.settle()
    assert book.value("SELECT perceived FROM rating WHERE complaint_id = ?", (complaint,)) == 5
    owner.click("Close the case", view.pane)
    shop.settle()
    assert book.value("SELECT status FROM complaint WHERE id = ?", (complaint,)) == "closed"
    assert left_out(book, customer) == ()

    # Months later the figures ask whether they came back; then they do.
    days_go_by(book, complaint, FURTHER)
    shop.go("complaints", mode="figures")
    shop.settle(0.4)
    view = owner.page(ComplaintsView)
    before = recovered(view)
    bought = datetime.combine(TODAY - timedelta(days=FURTHER - 20), datetime.min.time()).replace(hour=11)
    with book.step("Bought again") as step:
        step.insert(Order, customer_id=customer, placed_at=iso(bought), total=9000, paid=9000)
    shop.window.ctx.changed(Changes(frozenset({"orders"})))
    shop.settle(0.4)
    assert recovered(view) == (before[0] + 1, before[1])

    # And the figure leads to its rows.
    view._figures_pane().open_figure("recovery")
    shop.settle(0.4)
    assert view.mode == "list"
    shown = list(view.table.rows.ids())
    assert complaint in shown
    assert len(shown) == before[1]
