"""Restless hands with the insights: they look through every filter while the book changes beneath them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from desktop.analytics.rfm import SEGMENTS
from desktop.models.changes import Changes
from desktop.models.orders import Order
from desktop.models.service import Rating
from desktop.operations import customers, erasing
from desktop.views.figures.period import KINDS, Period
from desktop.views.insights.tabs import TABS
from desktop.views.insights.view import InsightsView
from desktop.views.insights.wanted import Wanted
from desktop.views.kit.chart_base import ChartWidget
from tests.gui.hands import NONE, Act, Hands


class InsightHands(Hands):
    """Hands that know the tabs and filters, and others' hands on the same book."""

    def acts(self) -> list[tuple[Act, int]]:
        """What any hands do, and more of what belongs to the insights."""
        return [
            *super().acts(),
            (self._screen, 14),
            (self._tab, 20),
            (self._filter, 20),
            (self._chart, 26),
            (self._meddle, 8),
            (self._hurry, 6),
            (self._leave, 14),
        ]

    def _page(self) -> InsightsView | None:
        page = self.stage.window.pages.page()
        free = not (QApplication.activeModalWidget() or QApplication.activePopupWidget())
        return page if isinstance(page, InsightsView) and free else None

    def _screen(self) -> str:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return "not now"
        tab = self.chance.choice(list(TABS))
        self.stage.window.go("insights", tab=tab)
        return f"insights, {tab}"

    def _tab(self) -> str:
        page = self._page()
        if page is None:
            return self._screen()
        tab = self.chance.choice(list(page.tabs))
        self.done[-1] = name = f"tab {tab}"
        page.show_tab(tab)
        return name

    def _filter(self) -> str:
        page = self._page()
        if page is None:
            return self._screen()
        self.done[-1] = name = f"look at {self._wanted(page.bar.wanted)}"
        page.bar.choose(self._wanted(page.bar.wanted))
        return name

    def _wanted(self, now: Wanted) -> Wanted:
        what, some = self.chance.randrange(7), self.chance.choice
        if what == 0:
            return replace(now, period=Period.of([some(list(KINDS)), 0, 0]))
        if what == 1:
            start = date.today().toordinal() - self.chance.choice((-60, 0, 1, 30, 400, 4000))
            return replace(now, period=Period.of(["own", start, start + some((0, 1, 40, 700))]))
        if what == 2:
            return replace(now, channel=some((None, "", "wechat", "shop", "no such")))
        if what == 3:
            return replace(now, product=some((None, 1, 2, 7, 99_999)))
        if what == 4:
            return replace(now, tier=some((None, 0, 1, 3, 11)))
        if what == 5:
            return replace(now, segment=some(("", *SEGMENTS, "saved:1", "saved:99999", "saved:x")))
        return now.without("all")

    def _chart(self) -> str:
        plots = [p for p in self.front().findChildren(ChartWidget) if p.isVisible()]
        if not plots:
            return self._tab()
        plot = self.chance.choice(plots)
        spot = QPoint(
            self.chance.randrange(max(1, plot.width())), self.chance.randrange(max(1, plot.height()))
        )
        self.done[-1] = name = f"{type(plot).__name__} at {spot.x()},{spot.y()}"
        if self.chance.random() < 0.3:
            key = self.chance.choice((Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_End, Qt.Key.Key_Home))
            plot.setFocus()
            QTest.keyClick(plot, key)
            return f"{name} {key.name}"
        QTest.mouseMove(plot, spot)
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, NONE, spot)
        return name

    def _hurry(self) -> str:
        """Change things while the figures are being counted."""
        page = self._page()
        if page is None:
            return self._screen()
        page.reload()
        what = self.chance.randrange(4)
        self.done[-1] = name = f"in a hurry: {('language', 'look', 'away', 'tabs')[what]}"
        if what == 0:
            self.stage.window.switch_language()
        elif what == 1:
            self.stage.window.switch_look()
        elif what == 2:
            self.stage.window.go("customers")
        else:
            for _ in range(self.chance.randrange(1, 14)):
                page.step(1)
        return name

    # -- others' hands

    def _meddle(self) -> str:
        book, what = self.stage.book, self.chance.randrange(7)
        rows = book.rows("SELECT id FROM customer ORDER BY id LIMIT 300")
        someone = int(self.chance.choice(rows)[0]) if rows else None
        at = f"{datetime.now() - timedelta(days=self.chance.choice((-9, 0, 1, 40, 500))):%Y-%m-%d %H:%M:%S}"
        changes: Changes | None = None
        if what <= 2:
            total = self.chance.choice((0, 1, 9900, 10**12))
            with book.step("An order from elsewhere") as step:
                step.insert(
                    Order, customer_id=self.chance.choice((someone, None)), placed_at=at,
                    total=total, paid=total, refunded=self.chance.choice((0, total)),
                    channel=self.chance.choice(("", "wechat", "集市")),
                )  # fmt: skip
            changes = step.changes
        elif what == 3:
            with book.step("A rating from elsewhere") as step:
                step.insert(
                    Rating, customer_id=someone, rated_at=at, ended_at=at, perceived=self.chance.randint(1, 5)
                )
            changes = step.changes
        elif what == 4 and someone is not None:
            changes = erasing.erase_customer(
                book, customer_id=someone, at=datetime.now().replace(microsecond=0)
            )
            self.erased = True
        elif someone is not None:
            changes = customers.delete_customers(book, customer_ids=[someone])
        if changes is not None:
            self.stage.window.ctx.changed(changes)
        return f"somebody else meddles: {what} with {someone}"

    def _leave(self) -> str:
        """Escape from a dialog that nothing leads out of by chance."""
        front = self.front()
        if not isinstance(front, QDialog):
            return self._chart()
        front.reject()
        return f"leave {front.windowTitle()!r}"
