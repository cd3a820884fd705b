"""One key begins each act at the counter, Enter saves it as one step, and undo takes it back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.core.member_codes import bars
from desktop.models.orders import Product
from desktop.models.shop import Attachment
from desktop.operations.membership import add_points
from desktop.operations.settings import set_book_setting
from desktop.views.cases.case_form import CaseForm
from desktop.views.counter.barcode import QUIET, card_picture
from desktop.views.counter.card_parts import read_face
from desktop.views.counter.contact import ContactPanel
from desktop.views.counter.member_card import MemberCardPanel
from desktop.views.counter.panel import Panel
from desktop.views.counter.points import PointsPanel
from desktop.views.counter.purchase import PurchasePanel
from desktop.views.counter.rating import RatingPanel
from desktop.views.counter.window import CounterWindow
from desktop.views.kit.context import Context
from tests.gui.counter_home import CODE, EMMA, WANG, counter, fill, press, scan, type_by_hand


@pytest.fixture
def ctx(ctx: Context) -> Context:
    """A book with three customers."""
    fill(ctx.book)
    return ctx


@pytest.fixture
def window(ctx: Context, qtbot: QtBot) -> CounterWindow:
    """The counter with 王丽华 before it."""
    made = counter(ctx, qtbot)
    made.desk.show_customer(WANG)
    return made


def steps(ctx: Context) -> int:
    """How many steps stand in the book."""
    return int(ctx.book.value("SELECT count(*) FROM step WHERE kind = 'do' AND undone = 0"))


def ready_again(window: CounterWindow) -> bool:
    """Whether the act is over and the field has the keyboard."""
    return window.desk.panel is None and window.desk.field.line.hasFocus()


def wrong(panel: Panel) -> str:
    """What a panel says is wrong."""
    return "\n".join(one.text() for one in panel.findChildren(QLabel) if one.property("role") == "red")


# -- purchase


def test_a_purchase_is_an_amount_and_enter(ctx: Context, window: CounterWindow, qtbot: QtBot) -> None:
    ctx.changed(set_book_setting(ctx.book, key="points.per_unit", value=1.0))
    before = steps(ctx)
    press(window, Qt.Key.Key_F2)
    type_by_hand(window, "86.5")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready_again(window))
    assert steps(ctx) == before + 1
    assert ctx.book.row(
        "SELECT customer_id, channel, status, total, paid, paid_at IS NOT NULL FROM orders ORDER BY id DESC"
    ) == (WANG, "shop", "completed", 8650, 8650, 1)
    card = window.desk.card
    assert card is not None
    assert (card.points, card.purchases[0].net) == (86, 8650)
    # Ctrl+Z takes both back, though the field has the keyboard.
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.desk.card is not None and window.desk.card.points == 0)
    assert window.desk.card is not None
    assert window.desk.card.orders == 5


def test_products_make_the_amount_until_somebody_writes_another(ctx: Context, window: CounterWindow) -> None:
    press(window, Qt.Key.Key_F2)
    panel = window.desk.panel
    assert isinstance(panel, PurchasePanel)
    panel.product.setFocus()
    type_by_hand(window, "250")
    QTest.keyClick(panel.product, Qt.Key.Key_Return)
    assert panel.product.text() == ""
    assert panel.amount.text() == "128.00"
    panel._change(0, 1)
    assert panel.amount.text() == "256.00"
    panel.product.setFocus()
    type_by_hand(window, "cup")
    QTest.keyClick(panel.product, Qt.Key.Key_Return)
    panel.amount.setFocus()
    panel.amount.selectAll()
    type_by_hand(window, "250")
    panel._change(0, -1)
    assert panel.amount.text() == "250"
    panel.paid.choose(False)
    press(window, Qt.Key.Key_Return)
    order, total, status, paid = ctx.book.row("SELECT id, total, status, paid FROM orders ORDER BY id DESC")
    assert (total, status, paid) == (25000, "unpaid", 0)
    assert ctx.book.rows(
        "SELECT title, quantity, product_id IS NOT NULL FROM order_line WHERE order_id = ? ORDER BY position",
        (order,),
    ) == [("明前龙井 250g", 1, 1), ("cup", 1, 1)]


def test_goods_are_scanned_into_the_purchase(ctx: Context, window: CounterWindow, qtbot: QtBot) -> None:
    with ctx.book.step("codes") as step:
        step.update(Product, 1, code="6901234567892")
        step.update(Product, 2, code="6909876543217")
    # The first begins the purchase.
    for code in ("6901234567892", "6909876543217", "6901234567892"):
        scan(window, code)
    panel = window.desk.panel
    assert isinstance(panel, PurchasePanel)
    assert [(title, quantity) for _, title, quantity in panel.draft()["lines"]] == [
        ("明前龙井 250g", 2),
        ("桂花乌龙 100g", 1),
    ]
    assert panel.amount.text() == "324.00"
    press(window, Qt.Key.Key_Return)
    assert ctx.book.value("SELECT paid FROM orders ORDER BY id DESC") == 32400


def test_a_purchase_of_nothing_says_what_is_missing(ctx: Context, window: CounterWindow) -> None:
    before = steps(ctx)
    press(window, Qt.Key.Key_F2)
    press(window, Qt.Key.Key_Return)
    panel = window.desk.panel
    assert isinstance(panel, PurchasePanel)
    assert "no amount" in wrong(panel)
    panel.amount.setText("a lot")
    press(window, Qt.Key.Key_Return)
    assert "“a lot” is no amount" in wrong(panel)
    assert steps(ctx) == before


# -- contact, rating, points


def test_a_contact_is_one_line_and_its_stage_is_guessed(
    ctx: Context, window: CounterWindow, qtbot: QtBot
) -> None:
    before = steps(ctx)
    press(window, Qt.Key.Key_F3)
    panel = window.desk.panel
    assert isinstance(panel, ContactPanel)
    assert panel.stage.value() == "pre-sale"
    type_by_hand(window, "wants a refund")
    qtbot.waitUntil(lambda: panel.stage.value() == "after-sale")
    QTest.mouseClick(panel.channel.button("phone"), Qt.MouseButton.LeftButton)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready_again(window))
    assert ctx.book.row("SELECT text, stage, channel, customer_id FROM interaction") == (
        "wants a refund",
        "after-sale",
        "phone",
        WANG,
    )
    assert steps(ctx) == before + 1
    window._undoing.undo()
    qtbot.waitUntil(lambda: ctx.book.value("SELECT count(*) FROM interaction") == 0)


def test_a_stage_chosen_by_hand_stays(window: CounterWindow) -> None:
    press(window, Qt.Key.Key_F3)
    panel = window.desk.panel
    assert isinstance(panel, ContactPanel)
    QTest.mouseClick(panel.stage.button("in-sale"), Qt.MouseButton.LeftButton)
    panel.text.setText("wants a refund")
    assert panel.stage.value() == "in-sale"


def test_a_rating_is_typed_in_digits(ctx: Context, window: CounterWindow, qtbot: QtBot) -> None:
    before = steps(ctx)
    press(window, Qt.Key.Key_F4)
    panel = window.desk.panel
    assert isinstance(panel, RatingPanel)
    for digit in "43":
        type_by_hand(window, digit)
    press(window, Qt.Key.Key_Backspace)
    type_by_hand(window, "5")
    type_by_hand(window, "10")
    qtbot.waitUntil(lambda: panel.scales["recommend"].value() == 10)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready_again(window))
    assert ctx.book.row("SELECT customer_id, perceived, expected, recommend, order_id FROM rating") == (
        WANG,
        4,
        5,
        10,
        None,
    )
    assert steps(ctx) == before + 1
    window._undoing.undo()
    qtbot.waitUntil(lambda: ctx.book.value("SELECT count(*) FROM rating") == 0)


def test_a_rating_out_of_its_scale_is_not_taken_and_an_empty_one_refused(
    ctx: Context, window: CounterWindow
) -> None:
    press(window, Qt.Key.Key_F4)
    panel = window.desk.panel
    assert isinstance(panel, RatingPanel)
    for digit in "09":
        type_by_hand(window, digit)
    press(window, Qt.Key.Key_Return)
    assert "The rating is empty." in wrong(panel)
    assert ctx.book.value("SELECT count(*) FROM rating") == 0


def test_a_rating_soon_after_a_purchase_is_about_that(ctx: Context, window: CounterWindow) -> None:
    press(window, Qt.Key.Key_F2)
    type_by_hand(window, "10")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F4)
    panel = window.desk.panel
    assert isinstance(panel, RatingPanel)
    QTest.mouseClick(panel.scales["perceived"].button(5), Qt.MouseButton.LeftButton)
    press(window, Qt.Key.Key_Return)
    assert ctx.book.row("SELECT perceived, expected, order_id FROM rating") == (
        5,
        None,
        ctx.book.value("SELECT max(id) FROM orders"),
    )


def test_an_expectation_is_typed_before_and_the_rating_completes_it(
    ctx: Context, window: CounterWindow, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_F4)
    panel = window.desk.panel
    assert isinstance(panel, RatingPanel)
    press(window, Qt.Key.Key_Left)
    assert not panel.scales["perceived"].isVisible()
    press(window, Qt.Key.Key_Return)
    assert "Say how good" in wrong(panel)
    type_by_hand(window, "4")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready_again(window))
    told = "SELECT customer_id, expected, perceived, recommend, reasons, rated_at IS NULL FROM rating"
    assert ctx.book.rows(told) == [(WANG, 4, None, None, "", 1)]
    press(window, Qt.Key.Key_F4)
    panel = window.desk.panel
    assert isinstance(panel, RatingPanel)
    assert "★★★★☆" in panel.told.text()
    assert not panel.draft(), "what stands there by itself is no draft"
    type_by_hand(window, "5")
    next(iter(panel.reasons.chips.values())).click()
    type_by_hand(window, "9")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready_again(window))
    assert ctx.book.rows(told) == [(WANG, 4, 5, 9, "Good quality", 0)]


def test_points_are_redeemed_but_never_below_nothing(
    ctx: Context, window: CounterWindow, qtbot: QtBot
) -> None:
    ctx.changed(add_points(ctx.book, customer_id=WANG, points=100, reason="gift", at=datetime.now()))
    ctx.changed(set_book_setting(ctx.book, key="points.worth", value=0.01))
    qtbot.waitUntil(lambda: window.desk.card is not None and window.desk.card.points == 100)
    press(window, Qt.Key.Key_F5)
    panel = window.desk.panel
    assert isinstance(panel, PointsPanel)
    assert panel.reason.value() == "redeemed"
    type_by_hand(window, "101")
    press(window, Qt.Key.Key_Return)
    assert "only 100 points" in wrong(panel)
    panel.points.setText("60")
    assert "¥0.60" in "\n".join(one.text() for one in panel.findChildren(QLabel))
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready_again(window))
    assert window.desk.card is not None
    assert window.desk.card.points == 40
    window._undoing.undo()
    qtbot.waitUntil(lambda: window.desk.card is not None and window.desk.card.points == 100)


def test_what_is_written_waits_while_another_act_is_begun(window: CounterWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F3)
    type_by_hand(window, "half")
    panel = window.desk.panel
    assert isinstance(panel, ContactPanel)
    qtbot.waitUntil(lambda: panel.text.text() == "half")
    press(window, Qt.Key.Key_F2)
    press(window, Qt.Key.Key_F3)
    again = window.desk.panel
    assert isinstance(again, ContactPanel)
    assert again.text.text() == "half"


def test_acts_wait_for_a_customer(ctx: Context, qtbot: QtBot) -> None:
    made = counter(ctx, qtbot)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F6, Qt.Key.Key_F9):
        press(made, key)
    assert made.desk.panel is None


def test_a_return_is_begun_with_the_customer_here(ctx: Context, window: CounterWindow) -> None:
    assert window.case_button.isEnabled()
    press(window, Qt.Key.Key_F12)
    form = window.findChild(CaseForm)
    assert isinstance(form, CaseForm)
    assert form.fields["answered"].value() is True
    form.fields["title"].set_value("Lid does not fit")
    form.save_button.click()
    found = ctx.book.row(
        "SELECT customer_id, kind, answered_at = opened_at FROM service_case ORDER BY id DESC"
    )
    assert found == (WANG, "return", 1)


# -- pictures


def read_row(picture: QImage, y: int) -> str:
    """The modules of a bar code in a row of a picture, from its first bar on."""
    dark = [picture.pixelColor(x, y).lightness() < 128 for x in range(picture.width())]
    start = dark.index(True)
    end = len(dark) - dark[::-1].index(True)
    module = (end - start) / 95
    return "".join("1" if dark[int(start + (at + 0.5) * module)] else "0" for at in range(95))


def test_the_card_can_be_read_from_the_picture() -> None:
    picture = card_picture("熟客茶行", "王丽华", CODE)
    row = 22 * 12 + 40
    assert read_row(picture, row) == bars(CODE)
    first = next(x for x in range(picture.width()) if picture.pixelColor(x, row) == QColor("black"))
    module = 2 * next(w for w in range(1, 40) if picture.pixelColor(first + w, row) == QColor("white")) / 2
    assert first >= QUIET * module


def test_the_card_is_saved_as_a_picture(
    window: CounterWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "card.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    press(window, Qt.Key.Key_F9)
    panel = window.desk.panel
    assert isinstance(panel, MemberCardPanel)
    panel.save_picture()
    saved = QImage(str(target))
    assert (saved.width(), saved.height()) == (1027, 648)


def test_the_newest_picture_is_the_face(ctx: Context, qtbot: QtBot) -> None:
    red = QImage(900, 400, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"PNG")).write(red)
    png = bytes(data.data())
    assert (read_face(png).width(), read_face(png).height()) == (152, 152)
    assert read_face(b"no picture").isNull()
    with ctx.book.step("a picture") as step:
        step.insert(
            Attachment, subject="customer", subject_id=EMMA, name="emma.png", media_type="image/png",
            added_at="2026-01-01 09:00:00", sha256="x", data=png,
        )  # fmt: skip
    made = counter(ctx, qtbot)
    made.desk.show_customer(EMMA)
    qtbot.waitUntil(
        lambda: made.desk.card_view.grab().toImage().pixelColor(20 + 38, 20 + 38) == QColor("red")
    )
