"""The products screen: money, one product's card, the table, pairs, what opens what; the findings' card."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.analytics.intervals import Mean, rate
from desktop.core.translation import set_language
from desktop.models.book import Book
from desktop.models.orders import Order, OrderLine, Product
from desktop.queries.insight_findings import Finding, Findings
from desktop.queries.insight_scope import Narrowing, Scope, insight_scope
from desktop.views.insights.findings import words as findings_words
from desktop.views.insights.findings.card import FindingsCard
from desktop.views.insights.products.screen import ProductsScreen
from desktop.views.insights.products.table import WAYS
from desktop.views.insights.screen import Frame
from desktop.views.kit.context import Context
from tests.unit.queries.product_shops import TODAY
from tests.unit.queries.test_insight_products import END, fill_tea


class Asked:
    """What a screen asked its window for."""

    def __init__(self) -> None:
        self.lists: list[tuple[str, str, list[int]]] = []
        self.narrowed: list[Narrowing] = []
        self.reloads = 0

    def frame(self, ctx: Context) -> Frame:
        def opens(kind: str) -> Any:
            return lambda title, ids: self.lists.append((kind, title, ids.tolist()))

        def reload() -> None:
            self.reloads += 1

        return Frame(
            ctx=ctx, currency="CNY", open_customers=opens("customers"), open_ratings=opens("ratings"),
            open_orders=opens("orders"), open_complaints=opens("complaints"), reload=reload,
            narrow=self.narrowed.append, go=lambda _: None,
        )  # fmt: skip


@pytest.fixture
def asked() -> Asked:
    return Asked()


def scope_of(book: Book, **only: Any) -> Scope:
    return insight_scope(book, start=END - 150, end=END, today=TODAY, only=Narrowing(**only))


def shown(qtbot: QtBot, ctx: Context, asked: Asked, kept: Any = None, **only: Any) -> ProductsScreen:
    """The screen with its answer."""
    screen = ProductsScreen(asked.frame(ctx), kept or {})
    qtbot.addWidget(screen)
    scope = scope_of(ctx.book, **only)
    screen.show_answer(screen.ask(scope, screen.kept()), scope)
    screen.resize(1040, 700)
    screen.show()
    return screen


def texts(widget: Any) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_the_screen_shows_what_brings_most_and_its_companions(
    qtbot: QtBot, ctx: Context, asked: Asked
) -> None:
    fill_tea(ctx.book)
    screen = shown(qtbot, ctx, asked)
    assert screen.missing == ""
    assert screen.revenue.chart.chart_data().steps.values[0] == "Pot"
    assert screen.card.product == 4
    screen.look_at(1)
    assert len(screen.card.offers) == 1
    assert screen.card.offers[0].said == (
        "100\N{NO-BREAK SPACE}% of the purchases with Tea have Cup too; by chance it would be "
        "25\N{NO-BREAK SPACE}%."
    )
    assert "30 of 30 (95 % interval 89–100\N{NO-BREAK SPACE}%)" in screen.card.offers[0].below
    assert "bought Fan then in 100" in screen.card.nexts[0].said
    assert "Half of them within 11 days." in screen.card.nexts[0].below
    QTest.mouseClick(screen.card.offers[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.card.nexts[0], Qt.MouseButton.LeftButton)
    everybody = list(range(1, 31))
    assert asked.lists == [
        ("customers", "Who bought Tea + Cup", everybody),
        ("customers", "Who bought Tea → Fan", everybody),
    ]


def test_the_card_leads_to_its_buyers_and_to_itself_alone(qtbot: QtBot, ctx: Context, asked: Asked) -> None:
    fill_tea(ctx.book)
    screen = shown(qtbot, ctx, asked)
    screen.look_at(3)
    QTest.mouseClick(screen.card.buyers, Qt.MouseButton.LeftButton)
    assert asked.lists == [("customers", "Who bought Fan", list(range(1, 31)))]
    QTest.mouseClick(screen.card.only, Qt.MouseButton.LeftButton)
    assert asked.narrowed == [Narrowing(product=3)]


@pytest.mark.parametrize("name", ["极长的名字" * 40, "A very long name " * 12, "W" * 200])
def test_a_very_long_name_does_not_push_the_cards_out(
    qtbot: QtBot, ctx: Context, asked: Asked, name: str
) -> None:
    fill_tea(ctx.book)
    with ctx.book.step("Long names") as step:
        step.execute("UPDATE product SET name = ? || id", (name,))
    screen = shown(qtbot, ctx, asked)
    screen.look_at(1)
    qtbot.wait(20)
    assert screen.card.offers
    assert screen.card.mapTo(screen, screen.card.rect().topRight()).x() <= screen.width()
    assert abs(screen.card.width() - screen.revenue.width()) < 60


def test_the_table_sorts_and_leads_to_the_rows(qtbot: QtBot, ctx: Context, asked: Asked) -> None:
    fill_tea(ctx.book)
    screen = shown(qtbot, ctx, asked)
    QAbstractItemModelTester(screen.table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table = screen.table
    assert table.products()[0] == 4
    table.table.sort_requested.emit("name", False)
    assert list(table.products()) == [2, 3, 4, 1]
    table.table.sort_requested.emit("again", True)
    assert table.products()[0] == 4
    table.table.select_id(1)
    assert screen.card.product == 1
    tip = table.model.data(table.model.index(0, 4), Qt.ItemDataRole.ToolTipRole)
    net = table.model.data(table.model.index(0, 2), Qt.ItemDataRole.ToolTipRole)
    assert net == "In the period before: ¥0."
    assert tip.startswith("Buyers who bought it on more than one day.\n95 % interval ")
    QTest.keyClick(table.table, Qt.Key.Key_Return)
    assert asked.lists[-1] == ("customers", "Who bought Tea", list(range(1, 31)))
    for way in WAYS:
        table.asked_for.emit(3, way)
    assert asked.lists[-1][0] == "orders"
    assert len(asked.lists[-1][2]) == 30
    assert asked.narrowed == [Narrowing(product=3)]


def test_a_point_of_the_months_opens_their_orders(qtbot: QtBot, ctx: Context, asked: Asked) -> None:
    fill_tea(ctx.book)
    screen = shown(qtbot, ctx, asked)
    screen.look_at(1)
    busy = next(at for at, month in enumerate(screen.card.months) if month.orders)
    opened = screen.card._line.opened
    assert opened is not None
    opened(busy)
    kind, title, ids = asked.lists[-1]
    assert (kind, len(ids)) == ("orders", 30)
    assert title.startswith("Orders with Tea, 20")


def test_pairs_are_listed_and_the_way_is_kept(qtbot: QtBot, ctx: Context, asked: Asked) -> None:
    fill_tea(ctx.book)
    screen = shown(qtbot, ctx, asked)
    pairs = screen.pairs
    assert pairs.model.index(0, 0).data() == "Tea + Cup"
    assert pairs.within_button.isHidden()
    assert pairs.model.index(0, 4).data().startswith("100")
    pairs.chips.choose("next")
    pairs.chips.chosen.emit("next")
    assert "→" in pairs.model.index(0, 0).data()
    assert "by chance" in pairs.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    pairs.table.opened.emit(0)
    assert asked.lists[-1][0] == "customers"
    pairs.within_button.menu().actions()[0].trigger()
    assert pairs.within_button.text() == "Within 30 days"
    assert asked.reloads == 1
    assert screen.kept() == {"product": 4, "way": "next", "within": 30}
    pairs.explain()
    again = shown(qtbot, ctx, asked, screen.kept())
    assert (again.pairs.way, again.pairs.within) == ("next", 30)
    foreign = shown(qtbot, ctx, asked, {"product": "x", "way": 7, "within": "all"})
    assert (foreign.pairs.way, foreign.pairs.within) == ("together", 90)


def test_a_filter_for_a_product_looks_at_it_beside_the_others(
    qtbot: QtBot, ctx: Context, asked: Asked
) -> None:
    fill_tea(ctx.book)
    screen = shown(qtbot, ctx, asked, product=2)
    assert screen.card.product == 2
    assert len(screen.table.products()) == 4
    shown_now = screen.shown()
    assert shown_now is not None
    products, together, following = shown_now.tables
    assert products.steps.values[0] == "Pot"
    assert list(together.steps.values) == ["Tea + Cup", "Fan + Pot"]
    assert len(following.steps.values) > 1
    assert shown_now.charts[1].chart_data().title == "Cup: orders by month"
    assert shown_now.paper_tables[1].rows[0][0] == "Tea + Cup"


def test_what_is_missing_is_said(qtbot: QtBot, ctx: Context, asked: Asked) -> None:
    assert "No order says which products" in shown(qtbot, ctx, asked).missing
    with ctx.book.step("Sell") as step:
        step.insert(Product, id=1, name="")
        order = step.insert(Order, placed_at="2020-01-01 10:00:00", total=1, paid=1)
        step.insert(OrderLine, order_id=order, product_id=1, amount=1)
    screen = shown(qtbot, ctx, asked)
    assert "Nothing that names a product" in screen.missing
    assert screen.shown() is None


def test_one_order_below_nothing_is_shown_without_nonsense(qtbot: QtBot, ctx: Context, asked: Asked) -> None:
    with ctx.book.step("Sell") as step:
        step.insert(Product, id=1, name="")
        order = step.insert(Order, placed_at=f"{TODAY} 10:00:00", total=1, paid=0)
        step.insert(OrderLine, order_id=order, product_id=1, amount=-100)
    screen = shown(qtbot, ctx, asked)
    assert screen.revenue.chart.is_empty()
    assert "Nothing goes with it more often than by chance." in texts(screen.card)
    assert screen.table.model.index(0, 0).data() == "Product without a name"


# -- findings

FINDING = Finding(
    "channel", "wechat", "back", True, rate(214, 412), rate(2739, 8300),
    Mean(1.574, 412, 1.3, 1.9), 0.0001, 0.01, np.arange(1, 4),
)  # fmt: skip


def test_findings_are_said_with_what_they_rest_on(qtbot: QtBot, asked: Asked, ctx: Context) -> None:
    card = FindingsCard(asked.frame(ctx).open_customers, "CNY")
    qtbot.addWidget(card)
    card.show_findings(Findings((FINDING,), 84, 8712))
    card.show()
    row = card.rows[0]
    assert row.said == "Customers who first bought through WeChat come back 1.6 times as often as others."
    assert row.below == (
        "52\N{NO-BREAK SPACE}% against 33\N{NO-BREAK SPACE}%, within 180 days of the first purchase; "
        "95 % interval 1.3–1.9, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}412 and 8,300."
    )
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert asked.lists == [("customers", "Customers who first bought through WeChat", [1, 2, 3])]
    assert "84 comparisons looked at" in texts(card)
    card.explain()
    card.show_findings(Findings((), 84, 8712))
    assert card.rows == []
    assert "Looked at 84 comparisons: nothing that chance would not explain." in texts(card)
    card.show_findings(Findings((), 0, 0))
    assert "Too few customers to compare" in texts(card)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_finding_has_its_words(language: str) -> None:
    set_language(language)
    spend = Mean(500.0, 412, 300.0, 700.0)
    for split, label in findings_words._SUBJECTS:
        one = replace(FINDING, split=split, label=label or "0")
        for outcome in ("back", "complained", "refunded", "after stars", "after settled"):
            for value, low, high in ((1.6, 1.3, 1.9), (0.4, 0.2, 0.6), (0.0, 0.0, 0.3), (inf, 2.0, inf)):
                now = replace(one, outcome=outcome, effect=Mean(value, 412, low, high))
                said = findings_words.sentence(now, "CNY") + findings_words.basis(now, "CNY")
                assert "{" not in said
                assert "nan" not in said
                assert "inf" not in said
        for outcome in ("spend", "content"):
            for sign in (1, -1):
                effect = Mean(sign * 500.0, 412, *sorted((sign * 300.0, sign * 700.0)))
                now = replace(one, outcome=outcome, share=False, effect=effect, ours=spend, others=spend)
                assert "{" not in findings_words.sentence(now, "CNY") + findings_words.basis(now, "CNY")
                assert ("−" in findings_words.basis(now, "CNY")) is False
