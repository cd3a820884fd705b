"""Ratings by their own widgets: the form, whom to ask, cards printed and entered, and their settings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import segno
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.core.card_codes import new_code, read_code, written
from desktop.core.rating_reasons import built_in
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.operations.asking import ask_rating, card_for, tell_expectation
from desktop.operations.rated_things import About
from desktop.operations.ratings import Verdict, add_rating
from desktop.operations.settings import set_book_settings
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.paper import A4, DPI, LETTER
from desktop.views.kit.paper_drawing import draw_pages
from desktop.views.ratings.asking_acts import AskingActs
from desktop.views.ratings.card_drawing import (
    FeedbackCard,
    card_box,
    card_link,
    card_pages,
    card_words,
    grid,
    qr_box,
)
from desktop.views.ratings.cards import CardsDialog
from desktop.views.ratings.code_entry import CardEntry
from desktop.views.ratings.expectation_form import ExpectationForm
from desktop.views.ratings.form import RatingForm
from desktop.views.ratings.reasons_field import ReasonsField
from desktop.views.ratings.scale_field import Scale
from desktop.views.settings.rating_asking import RatingAskingCard
from desktop.views.settings.rating_reasons import RatingReasonsCard
from desktop.views.today.asking_dialog import AskingDialog
from tests.gui.told import Told

NOW = datetime.now().replace(microsecond=0)
COLUMNS = "customer_id, order_id, expected, perceived, recommend, effort, reasons, text, public"


@pytest.fixture
def shop(ctx: Context) -> Context:
    ended = (NOW - timedelta(days=5)).isoformat(sep=" ")
    with ctx.book.step("a customer and an order") as step:
        step.insert(Customer, name="王芳", created_at="2026-01-01 00:00:00")
        step.insert(
            Order, customer_id=1, number="A18", channel="wechat", status="completed", placed_at=ended,
            ended_at=ended, paid=1000, total=1000,
        )  # fmt: skip
    return ctx


def opened(form: FormDialog, qtbot: QtBot) -> FormDialog:
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.show()
    return form


def stars(form: FormDialog, name: str = "perceived") -> QWidget:
    return form.fields[name].control


def rows(book: Book) -> list[Any]:
    return book.rows(f"SELECT {COLUMNS} FROM rating ORDER BY id")


# --- the form


def test_a_rating_is_given_by_digits_and_clicks(shop: Context, qtbot: QtBot) -> None:
    tell_expectation(shop.book, About(customer_id=1), at=NOW, expected=4, text="要新茶")
    form = opened(RatingForm(shop, customer_id=1, order_id=1), qtbot)
    reasons = form.fields["reasons"]
    assert isinstance(reasons, ReasonsField)
    assert form.fields["expected"].value() == 4, "what they told before stands there"
    QTest.keyClick(stars(form), Qt.Key.Key_2)
    assert list(reasons.reasons.chips) == built_in(2)
    reasons.chips[0].click()
    QTest.keyClick(stars(form), Qt.Key.Key_5)
    assert list(reasons.reasons.chips) == [*built_in(5), built_in(2)[0]], "what was ticked stays"
    reasons.chips[-1].click()
    reasons.chips[1].click()
    scale = form.fields["recommend"].control
    assert isinstance(scale, Scale)
    QTest.keyClicks(scale, "10")
    assert scale.number() == 10
    effort = form.fields["effort"].control
    assert isinstance(effort, Scale)
    QTest.mouseClick(effort, Qt.MouseButton.LeftButton, pos=effort.cell(6).center().toPoint())
    form.fields["text"].set_value("果然新")
    form.fields["public"].set_value(True)
    form.save()
    assert rows(shop.book) == [(1, 1, 4, 5, 10, 6, "As described", "要新茶\n果然新", 1)]


def test_a_rating_is_corrected_with_all_it_says(shop: Context, qtbot: QtBot) -> None:
    said = Verdict(
        rated_at=NOW, customer_id=1, order_id=1, perceived=2, effort=3, reasons="Too dear, 口感", public=True
    )
    row = add_rating(shop.book, said).created["rating"]
    form = opened(RatingForm(shop, rating_id=row), qtbot)
    assert form.values() == {
        "perceived": 2, "expected": None, "effort": 3, "recommend": None, "reasons": "Too dear\n口感",
        "text": "", "public": True,
    }  # fmt: skip
    form.fields["perceived"].set_value(None)
    form.fields["effort"].set_value(None)
    form.save()
    assert form.isVisible(), "a rating without a number is none"
    form.fields["perceived"].set_value(3)
    form.save()
    assert rows(shop.book) == [(1, 1, None, 3, None, None, "Too dear\n口感", "", 1)]


def test_a_scale_is_walked_by_the_arrows(qtbot: QtBot) -> None:
    scale = Scale(0, 10)
    qtbot.addWidget(scale)
    for key, expected in (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_0, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Backspace, None),
        (Qt.Key.Key_Left, 10),
    ):
        QTest.keyClick(scale, key)
        assert scale.number() == expected
    tight = Scale(1, 7)
    qtbot.addWidget(tight)
    QTest.keyClicks(tight, "89")
    assert tight.number() is None


def test_an_expectation_is_told_and_told_again(shop: Context, qtbot: QtBot) -> None:
    form = opened(ExpectationForm(shop, customer_id=1), qtbot)
    form.save()
    assert form.isVisible(), "stars are needed"
    form.fields["expected"].set_value(5)
    form.fields["text"].set_value("生日前到")
    form.save()
    again = opened(ExpectationForm(shop, customer_id=1), qtbot)
    assert (again.fields["expected"].value(), again.fields["text"].value()) == (5, "生日前到")
    again.fields["expected"].set_value(3)
    again.save()
    assert rows(shop.book) == [(1, None, 3, None, None, None, "", "生日前到", 0)]


# --- whom to ask


def test_whom_to_ask_is_asked_left_alone_or_rated(shop: Context, told: Told, qtbot: QtBot) -> None:
    set_book_settings(shop.book, {"shop.name": "茶庄"})
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = AskingDialog(shop, owner, lambda: NOW)
    (todo,) = all_shown(dialog)
    asking = todo.asking
    acts = AskingActs(shop, owner, lambda: NOW)
    acts.ask(asking, "wechat")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("王芳, did {product} arrive well")
    assert text.endswith("{clerk}, 茶庄")
    assert told.notices == ["Noted. The words to send are on the clipboard. [Undo]"]
    assert shop.book.row("SELECT order_id, channel, rated_at FROM rating") == (1, "wechat", None)
    qtbot.waitUntil(lambda: not all_shown(dialog))
    shop.undo()
    qtbot.waitUntil(lambda: len(all_shown(dialog)) == 1)
    acts.skip(asking)
    assert shop.book.value("SELECT skipped_at FROM rating") is not None
    shop.undo()
    acts.rate(asking)
    (form,) = (one for one in owner.findChildren(RatingForm))
    form.fields["perceived"].set_value(4)
    form.save()
    assert rows(shop.book)[0][:4] == (1, 1, None, 4)


def all_shown(dialog: AskingDialog) -> list[Any]:
    from desktop.queries.todos import all_askings

    return all_askings(dialog._ctx.book, now=NOW)


# --- cards


@pytest.mark.parametrize(("size", "each"), [(A4, (2, 5)), (LETTER, (2, 4))])
def test_cards_lie_on_the_sheet_with_room_for_the_scissors(size: Any, each: tuple[int, int]) -> None:
    assert grid(size) == each
    boxes = [card_box(place, size) for place in range(each[0] * each[1])]
    assert all(QRectF(0, 0, size.width(), size.height()).contains(box) for box in boxes)
    assert not any(
        one.adjusted(1, 1, -1, -1).intersects(other) for one in boxes for other in boxes if one != other
    )


def test_a_printed_qr_code_is_the_one_of_its_link(qapp: object) -> None:
    link = "https://forms.example.com/tea?card={code}"
    cards = [FeedbackCard(code, card_link(link, code)) for code in (new_code() for _ in range(11))]
    made = card_pages(cards, card_words("en", shop="茶庄", sentence=""), A4)
    assert len(made.pages) == 2
    dpi = 600
    width, height = (round(side / DPI * dpi) for side in (A4.width(), A4.height()))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_pages(painter, made.pages, made.size, made.running, lambda: None, dpi=dpi, chosen=[0])
    painter.end()
    for place, card in enumerate(cards[:10]):
        assert read_code(card.link) == card.code
        matrix = [list(map(bool, row)) for row in segno.make(card.link, error="m", micro=False).matrix]
        box = qr_box(card_box(place, A4))
        module = box.width() / (len(matrix) + 4)

        def dark(row: int, column: int, box: QRectF = box, module: float = module) -> bool:
            x = (box.left() + (column + 2.5) * module) / DPI * dpi
            y = (box.top() + (row + 2.5) * module) / DPI * dpi
            return QColor(image.pixel(int(x), int(y))).lightness() < 128

        side = range(-2, len(matrix) + 2)
        painted = [[dark(row, column) for column in side] for row in side]
        quiet = [False] * (len(matrix) + 4)
        assert painted == [quiet, quiet, *([False] * 2 + row + [False] * 2 for row in matrix), quiet, quiet]


def test_the_link_takes_the_code_where_it_says_so() -> None:
    code = new_code()
    assert card_link("", code) == written(code)
    assert card_link("https://f.example/?c=", code) == f"https://f.example/?c={written(code)}"
    assert card_link("https://f.example/{code}/x", code) == f"https://f.example/{written(code)}/x"


def test_cards_speak_the_language_that_is_chosen(shop: Context, qtbot: QtBot) -> None:
    set_book_settings(shop.book, {"ratings.card_text": "多谢惠顾", "shop.name": "茶庄"})
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = CardsDialog(shop, owner)
    dialog.show()
    assert dialog.picture._words.satisfied == "How satisfied are you?"
    assert (dialog.picture._words.shop, dialog.picture._words.sentence) == ("茶庄", "多谢惠顾")
    dialog.fields["language"].set_value("zh_CN")
    out = dialog._out()
    assert len({card.code for card in out._cards}) == dialog.fields["cards"].value() == 10
    dialog.close()
    assert shop.book.value("SELECT count(*) FROM rating") == 0, "blank cards are no rows"


def test_a_card_that_came_back_is_scanned_and_ticked(shop: Context, qtbot: QtBot) -> None:
    _, code = card_for(shop.book, About(customer_id=1, order_id=1), at=NOW)
    form = opened(CardEntry(shop), qtbot)
    assert isinstance(form, CardEntry)
    form.code.line.setFocus()
    QTest.keyClicks(form.code.line, written(code).lower())
    assert "A18" in form.about.text()
    assert "王芳" in form.about.text()
    assert form.who.isHidden()
    qtbot.waitUntil(form.code.line.hasFocus)
    QTest.keyClick(form.code.line, Qt.Key.Key_Return)
    assert shop.book.value("SELECT rated_at FROM rating") is None, "the scanner's Enter saves nothing"
    QTest.keyClick(stars(form), Qt.Key.Key_4)
    form.save()
    assert form.isVisible()
    assert rows(shop.book)[0][:4] == (1, 1, None, 4)
    assert form.values()["code"] == ""
    assert "1 card saved." in form.about.text()
    form.code.set_value(code)
    assert "was entered already" in form.code._below.text()
    form.fields["perceived"].set_value(1)
    form.save()
    assert len(rows(shop.book)) == 1
    blank = new_code()
    form.code.set_value(f"https://f.example/?c={blank}")
    assert not form.who.isHidden()
    form.fields["perceived"].set_value(3)
    form.save()
    assert rows(shop.book)[1][:4] == (None, None, None, 3)
    swapped = blank[1] + blank[0] + blank[2:] if blank[0] != blank[1] else blank[:-1] + "?"
    form.code.set_value(swapped)
    form.fields["perceived"].set_value(3)
    form.save()
    assert len(rows(shop.book)) == 2


# --- the settings


def test_days_words_and_link_are_kept_and_undone(shop: Context, qtbot: QtBot) -> None:
    card = RatingAskingCard(shop)
    qtbot.addWidget(card)
    card.days["ratings.ask_after_days"].set_value(10)
    assert shop.settings.get("ratings.ask_after_days") == 10
    line = card.words["ratings.card_link"].line
    line.setText("https://f.example/{code}")
    line.editingFinished.emit()
    assert shop.settings.get("ratings.card_link") == "https://f.example/{code}"
    shop.undo()
    shop.undo()
    assert card.days["ratings.ask_after_days"].value() == 3
    assert line.text() == ""


def test_reasons_are_the_shops_own(shop: Context, qtbot: QtBot) -> None:
    card = RatingReasonsCard(shop)
    qtbot.addWidget(card)
    assert card.titles() == built_in(5)
    assert card.back.isHidden()
    card.remove(0)
    card.move_reason(1, 0)
    form = card.add()
    form.fields["title"].set_value("口感, 回甘")
    form.save()
    first, second, *rest = built_in(5)[1:]
    assert card.titles() == [second, first, *rest, "口感 回甘"]
    twice = card.add()
    twice.fields["title"].set_value("口感 回甘")
    twice.save()
    assert twice.isVisible()
    twice.close()
    card.kinds.choose("complaint")
    card.kinds.chosen.emit("complaint")
    assert card.titles() == built_in(5, "complaint")
    field = ReasonsField(shop.settings.get("ratings.reasons"))
    qtbot.addWidget(field)
    assert field.chips == []
    field.reasons.show_stars(5)
    assert list(field.reasons.chips)[:2] == [second, first]
    card.kinds.choose("purchase")
    card.kinds.chosen.emit("purchase")
    card.reset()
    assert card.titles() == built_in(5)


def test_an_asking_is_answered_from_the_stream_form(shop: Context, qtbot: QtBot) -> None:
    ask_rating(shop.book, About(customer_id=1, order_id=1), at=NOW - timedelta(days=1), channel="wechat")
    form = opened(RatingForm(shop, customer_id=1, order_id=1), qtbot)
    form.fields["perceived"].set_value(4)
    form.save()
    assert shop.book.rows("SELECT perceived, asked_at IS NOT NULL, channel FROM rating") == [(4, 1, "wechat")]
