"""The privacy tab: consent in one click, requests with their deadline, what is held, and the erasure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer
from desktop.operations.privacy import take_request
from desktop.queries.privacy import consents, privacy_requests
from desktop.queries.profile import profile
from desktop.views.kit.context import Context
from desktop.views.kit.labels import ElidedLabel
from desktop.views.kit.widgets import SecondaryButton
from desktop.views.profile.dossier_dialog import DossierDialog
from desktop.views.profile.privacy_forms import EraseForm
from desktop.views.profile.privacy_tab import PrivacyTab
from tests.gui.told import Told


@pytest.fixture
def customer(book: Book) -> int:
    return add_customer(
        book, values={"name": "王 丽华", "notes": "SECRET"}, points=[Point("phone", "13800138421")]
    ).created["customer"]


@pytest.fixture
def tab(ctx: Context, book: Book, customer: int, qtbot: QtBot) -> PrivacyTab:
    made = PrivacyTab(ctx)
    qtbot.addWidget(made)
    made.resize(720, 700)
    made.show()
    found = profile(book, customer_id=customer, today=date.today())
    assert found is not None
    made.show_customer(found)
    return made


def said(row: QWidget) -> str:
    return " | ".join(label.whole() for label in row.findChildren(ElidedLabel))


def press(row: QWidget, text: str) -> None:
    next(button for button in row.findChildren(SecondaryButton) if button.text() == text).click()


def test_consent_in_one_click_and_withdrawn(
    tab: PrivacyTab, book: Book, customer: int, ctx: Context, told: Told
) -> None:
    assert said(tab.consents.rows["photo"]) == "Photos | Never asked"
    press(tab.consents.rows["photo"], "Agrees")
    today = date.today()
    assert "Agreed since" in said(tab.consents.rows["photo"])
    assert told.notices[-1] == "Photos of 王 丽华 are allowed [Undo]"
    tab.activateWindow()
    next(one for one in tab.consents.rows["photo"].findChildren(SecondaryButton)).setFocus()
    press(tab.consents.rows["photo"], "Withdraw")
    # The keyboard stays where a word was noted.
    held = QApplication.focusWidget()
    assert held is not None
    assert tab.consents.rows["photo"].isAncestorOf(held)
    assert "Not agreed since" in said(tab.consents.rows["photo"])
    form = tab.consents.note_how("photo", given=True)
    form.fields["channel"].set_value("wechat")
    form.fields["text"].set_value("可以拍")
    form.fields["day"].set_value(today - timedelta(days=3))
    form.save()
    state = consents(book, customer_id=customer)[3]
    # Said three days ago, it does not overrule what was said today.
    assert state.newest is not None
    assert (state.newest.given, state.words) == (False, 3)
    dialog = tab.consents.consent_history("photo")
    assert any("可以拍" in label.whole() for label in dialog.findChildren(ElidedLabel))
    dialog.close()
    for _ in range(3):
        ctx.undo()
    assert said(tab.consents.rows["photo"]) == "Photos | Never asked"


def test_a_request_is_noted_answered_and_opened_again(tab: PrivacyTab, book: Book, customer: int) -> None:
    form = tab.requests.new_request()
    form.fields["kind"].set_value("correct")
    form.fields["received"].set_value(date(2026, 1, 31))
    assert form.fields["due"].value() == date(2026, 2, 28)
    form.save()
    (request,) = privacy_requests(book, customer_id=customer)
    assert "to be answered by 28 Feb 2026" in said(tab.requests.rows[request.id])
    done = tab.requests.finish(request)
    done.save()
    assert done.isVisible()
    done.fields["outcome"].set_value("Name corrected")
    done.save()
    assert "Name corrected" in said(tab.requests.rows[request.id])


def test_a_copy_of_the_data_is_the_dossier(tab: PrivacyTab, book: Book, customer: int, ctx: Context) -> None:
    ctx.changed(take_request(book, customer_id=customer, kind="access", received_at=datetime.now()))
    (row,) = tab.requests.rows.values()
    press(row, "Give a copy…")
    (dialog,) = tab.findChildren(DossierDialog)
    dialog.close()


def test_what_is_held_is_counted(tab: PrivacyTab) -> None:
    texts = [label.text() for label in tab.findChildren(QLabel)]
    assert texts[texts.index("Contact points") + 1] == "1"
    assert "None: entered by hand" in texts


def test_erasing_asks_for_the_name_and_is_for_good(
    tab: PrivacyTab, book: Book, customer: int, told: Told, qtbot: QtBot
) -> None:
    form = tab.erase()
    assert isinstance(form, EraseForm)
    form.save()
    assert form.isVisible()
    form.typed.set_value("王丽")
    assert not form.save_button.isEnabled()
    form.typed.set_value("王 丽华")
    assert form.save_button.isEnabled()
    form.save()
    qtbot.waitUntil(lambda: bool(told.notices) and "erased for good" in told.notices[-1])
    assert book.row("SELECT name, notes FROM customer WHERE id = ?", (customer,)) == ("Erased customer", "")
    assert book.value("SELECT count(*) FROM contact_point") == 0
    (request,) = tab.requests.rows.values()
    assert "Erased; orders and money stay." in said(request)
