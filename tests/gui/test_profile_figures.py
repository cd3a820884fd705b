"""What a profile tells of a customer beyond the facts: figures that explain themselves, values, relations."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction, Rating
from desktop.operations import service_cases
from desktop.operations.complaints import open_complaint
from desktop.operations.promises import add_promise
from desktop.queries.relations import related
from desktop.views.cases.case_dialog import CaseDialog
from desktop.views.insights.rows_dialog import RowsDialog
from desktop.views.kit.context import Context
from desktop.views.kit.popover import Popover
from desktop.views.profile.relation_form import ReferralForm, RelationForm
from desktop.views.profile.view import ProfileView
from tests.gui.told import Told

TODAY = date.today()


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """王丽华 bought five times, 18 days apart; 李明 brought her, she 孙梅, and 孙梅 周文 and 吴强."""
    with book.step("Fill") as step:
        people = ((2, "李明", None), (1, "王丽华", 2), (3, "孙梅", 1), (4, "周文", 3), (5, "吴强", 3))
        for row, name, through in people:
            step.insert(Customer, id=row, name=name, created_at="2024-01-01 09:00:00", referred_by=through)
        for nth in range(5):
            placed = f"{TODAY - timedelta(days=3 + 18 * nth)} 10:00:00"
            step.insert(Order, customer_id=1, placed_at=placed, total=30000, paid=30000)
        for row, paid in ((3, 9900), (4, 20000)):
            step.insert(Order, customer_id=row, placed_at=f"{TODAY} 10:00:00", total=paid, paid=paid)
        for perceived, public in ((5, 1), (4, 0)):
            step.insert(
                Rating, customer_id=1, ended_at=f"{TODAY} 10:00:00", rated_at=f"{TODAY} 10:00:00",
                expected=4, perceived=perceived, recommend=9, public=public,
            )  # fmt: skip
        for gave in ("suggestion", "suggestion", "interview"):
            step.insert(
                Interaction, customer_id=1, happened_at=f"{TODAY} 10:00:00", stage="after-sale",
                channel="shop", text="said", gave=gave,
            )  # fmt: skip
    return ctx


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> ProfileView:
    return shown(ctx, qtbot, 1)


def shown(ctx: Context, qtbot: QtBot, customer: int) -> ProfileView:
    made = ProfileView(ctx, customer=customer)
    qtbot.addWidget(made)
    made.resize(1220, 840)
    made.show()
    made.side.relations_card()
    qtbot.waitUntil(lambda: ctx.tasks.idle and made.tiles.alive.figure() != "…")
    return made


def labels(widget: Any) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_each_figure_tells_how_it_came_about(view: ProfileView) -> None:
    rhythm = view.figures.told("rhythm")
    # Four gaps of 18 days; the shop's only repeat customer makes its rhythm, which is 18 too.
    assert "(72 days in 4 gaps + 2 × 18.0) ÷ (4 + 2) = 18.0 days" in rhythm.sentences
    assert dict(rhythm.facts)["Their gaps"] == "18, 18, 18, 18"
    assert "¥1,500.00 ÷ 5 = ¥300.00 an order." in view.figures.told("spent").sentences
    satisfaction = view.figures.told("satisfaction")
    assert "4.50 got − 4.00 expected = +0.50, n = 2" in satisfaction.sentences
    assert "So few ratings say little; the next one may move this much." in satisfaction.sentences
    alive = view.figures.told("alive")
    assert alive.sentences[0] == "The shop has 1 customer who came back; 50 are needed to tell this honestly."
    mouth = dict(view.figures.told("mouth").facts)
    assert mouth["Came through them"] == "1"
    assert (mouth["Down the line"], mouth["All of them spent"]) == ("3", "¥299.00")
    assert view.tiles.alive.figure() == "—"


def test_a_click_opens_the_sheet_and_leads_to_the_rows(view: ProfileView, qtbot: QtBot) -> None:
    view.tiles.spent.setFocus()
    QTest.keyClick(view.tiles.spent, Qt.Key.Key_Return)
    sheet = view.findChild(Popover)
    assert sheet is not None
    sheet.links[0].click()
    assert view.tabs.key() == "orders"
    sheet = view.figures.explain("satisfaction", view.tiles.satisfaction)
    sheet.links[0].click()
    dialog = view.findChild(RowsDialog)
    assert dialog is not None
    assert dialog.table.model().rowCount() == 2
    dialog.close()
    sheet = view.figures.explain("mouth", view.tiles.mouth)
    sheet.links[0].click()
    dialog = next(one for one in view.findChildren(RowsDialog) if one.isVisible())
    assert dialog.table.model().rowCount() == 1
    dialog.close()


def test_a_shop_with_enough_customers_gives_a_chance(ctx: Context, book: Book, qtbot: QtBot) -> None:
    dice = random.Random(4)
    with book.step("Many") as step:
        for row in range(100, 400):
            step.insert(Customer, id=row, name=f"C{row}", created_at="2024-01-01 09:00:00")
            # As the model has it: each at their own rate, with their own chance of leaving after a purchase.
            rate, leaving = dice.gammavariate(0.6, 1 / 12), dice.betavariate(0.9, 2.4)
            usual = dice.gammavariate(6, 500)
            day = float(dice.randrange(1, 500))
            while day < 500:
                placed = f"{TODAY - timedelta(days=500 - int(day))} 10:00:00"
                paid = round(usual * dice.uniform(0.7, 1.4))
                step.insert(Order, customer_id=row, placed_at=placed, total=paid, paid=paid)
                if dice.random() < leaving:
                    break
                day += dice.expovariate(rate)
    view = shown(ctx, qtbot, 1)
    told = view.figures.told("alive")
    assert view.tiles.alive.figure().endswith("%")
    assert dict(told.facts)["Still a customer"] == view.tiles.alive.figure()
    assert "303 customers of this shop" in told.sentences[0]
    again = ProfileView(ctx, customer=1)
    qtbot.addWidget(again)
    # The model is there by now: the figure stands with the first picture.
    assert again.tiles.alive.figure() == view.tiles.alive.figure()


def test_the_four_values(view: ProfileView) -> None:
    told = labels(view.side.worth)
    assert "¥1,500 so far\ntoo few purchases in the shop to look ahead" in told
    assert "3 customers, ¥299\n1 straight, the rest through those" in told
    assert "2 ratings, 2 suggestions, 1 interview" in told
    assert "would recommend 9.0 of 10, n = 2\n1 public review, 5.0 of 5" in told


def test_what_is_missing_is_said(ctx: Context, qtbot: QtBot) -> None:
    told = labels(shown(ctx, qtbot, 5).side.worth)
    assert "no order yet" in told
    assert "nobody came through them yet" in told
    assert "no rating or suggestion yet: ask them" in told
    assert "never asked whether they recommend us" in told


def test_the_tree_shows_both_ways_and_leads_on(view: ProfileView, told: Told, qtbot: QtBot) -> None:
    card = view.side.relations
    tree = card.tree
    QAbstractItemModelTester(tree.tree, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    assert [(line.name, line.depth, line.right) for line in tree.tree.lines] == [
        ("李明", 0, ""), ("王丽华", 1, ""), ("孙梅", 2, "¥99 + ¥200"), ("周文", 3, "¥200"),
        ("吴强", 3, "no order yet"),
    ]  # fmt: skip
    assert card.total.text() == "Brought 3 customers, ¥299"
    view.activateWindow()
    tree.setFocus()
    assert tree.currentIndex().row() == 1
    QTest.keyClick(tree, Qt.Key.Key_Return)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert told.places == [("profile", {"customer": 3})]


def test_relations_are_added_changed_and_removed(view: ProfileView, book: Book, qtbot: QtBot) -> None:
    card = view.side.relations
    form = card.relate()
    assert isinstance(form, RelationForm)
    form.fields["other"].set_value(4)
    form.fields["kind"].set_value("child")
    form.save_button.click()
    qtbot.waitUntil(lambda: "Child" in labels(card))
    other = shown(view.ctx, qtbot, 4)
    assert "Parent" in labels(other.side.relations)
    (known,) = related(book, customer_id=1)
    form = card.relate(known)
    assert isinstance(form, RelationForm)
    form.fields["note"].set_value("the younger")
    form.save_button.click()
    qtbot.waitUntil(lambda: "Child: the younger" in labels(card))
    form = card.relate(known)
    assert isinstance(form, RelationForm)
    next(b for b in form.findChildren(QPushButton) if b.text() == "Not related any more").click()
    qtbot.waitUntil(lambda: "Child: the younger" not in labels(card))
    view.ctx.undo()
    qtbot.waitUntil(lambda: "Child: the younger" in labels(card))


def test_no_circle_of_referrals(view: ProfileView, qtbot: QtBot) -> None:
    form = view.side.relations.refer(brought=True)
    assert isinstance(form, ReferralForm)
    form.fields["other"].set_value(2)
    form.save_button.click()
    assert form.isVisible()
    assert "through themselves" in form._wrong.text()
    form.reject()
    form = view.side.relations.refer(brought=False)
    assert isinstance(form, ReferralForm)
    form.fields["other"].set_value(4)
    form.save_button.click()
    assert form.isVisible()
    form.reject()


def test_what_stands_open_leads_there(ctx: Context, book: Book, told: Told, qtbot: QtBot) -> None:
    at = datetime.now()
    complaint = open_complaint(book, title="Late parcel", received_at=at, customer_id=1).created["complaint"]
    add_promise(book, text="A new tin", made_at=at, due_at=at + timedelta(hours=1), complaint_id=complaint)
    add_promise(
        book, text="Call back", made_at=at - timedelta(days=2), due_at=at - timedelta(days=1), customer_id=1
    )
    service_cases.add_case(book, kind="return", title="Dented tin", opened_at=at, customer_id=1)
    view = shown(ctx, qtbot, 1)
    lines = labels(view.banners)
    assert any(text.startswith("Promised: Call back – was due") for text in lines)
    assert "Complaint C-" in "".join(lines)
    assert any("Dented tin" in text for text in lines)
    buttons = [b for b in view.banners.findChildren(QPushButton) if b.text() == "Open the complaint"]
    buttons[0].click()
    assert told.places[-1] == ("complaints", {"complaint": complaint})
    next(b for b in view.banners.findChildren(QPushButton) if b.text() == "Show the case").click()
    dialog = view.window().findChild(CaseDialog)
    assert dialog is not None
    assert "Dented tin" in " ".join(labels(dialog))
    dialog.close()


def test_a_near_birthday_is_counted_down(ctx: Context, book: Book, qtbot: QtBot) -> None:
    born = TODAY + timedelta(days=12)
    with book.step("Born") as step:
        step.update(Customer, 1, birthday=f"1988-{born:%m-%d}")
    view = shown(ctx, qtbot, 1)
    tags = [tag for tag in view.head.children() if hasattr(tag, "text")]
    assert any(
        tag.text() == f"Birthday in 12 d, turns {born.year - 1988}" for tag in tags if callable(tag.text)
    )


def test_a_far_one_is_not(view: ProfileView, ctx: Context, book: Book) -> None:
    far = TODAY + timedelta(days=100)
    with book.step("Born") as step:
        step.update(Customer, 1, birthday=f"{far:%m-%d}")
    ctx.changed(step.changes)
    assert not any("Birthday" in getattr(tag, "text", str)() for tag in view.head.children())
