"""The insights: tabs of figures over one period and one set of filters, all counted in the worker."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.queries.insight_choices import sold_products
from desktop.queries.insight_scope import Narrowing
from desktop.views.figures.filters import FilterBar
from desktop.views.figures.out import FiguresOut, Shown
from desktop.views.figures.period import days_text
from desktop.views.insights import row_subjects
from desktop.views.insights.asking import Answer, Looked, ask, look
from desktop.views.insights.rows_dialog import RowsDialog
from desktop.views.insights.screen import Frame, InsightScreen, Ints
from desktop.views.insights.sheets import Sheets
from desktop.views.insights.tabs import TABS
from desktop.views.insights.wanted import PERIODS, Wanted, choices
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.offers import offer
from desktop.views.kit.page import Page

_TABLES = (
    "customer", "orders", "order_line", "product", "rating", "complaint", "remedy", "lead", "segment",
    "interaction", "setting",
)  # fmt: skip
_PATIENCE_MS = 400
"""Until it is said that the figures are being counted: of a large book that takes up to a second."""


class InsightsView(QWidget):
    """The tabs, the bar of filters that they share, and below it the screen of the tab in front.

    A route may name a `tab`, the `months` and the `channel` to begin with.
    """

    def __init__(self, ctx: Context, *, today: Callable[[], date] = date.today, **params: object) -> None:
        super().__init__()
        self.ctx = ctx
        self._today = today
        self._chosen = bool(params.get("chosen", "looked" not in params and "months" in params))
        self._looked: Looked | None = None
        """What was last read, None when the book or the filters have changed since."""
        self._answered: dict[str, Looked] = {}
        """What each tab shows the figures of."""
        self.tabs = TABS
        self._make_out()
        wanted = Wanted.of_route(params, today())
        self.bar: FilterBar[Wanted] = FilterBar(
            wanted, self._outs, periods=PERIODS, choices=choices(None),
            every={"product": lambda: sold_products(ctx.book)}, today=today,
        )  # fmt: skip
        self.bar.changed.connect(self._refilter)
        self.strip = QTabBar()
        self.strip.setExpanding(False)
        self.strip.setUsesScrollButtons(True)
        self.strip.setAccessibleName(tr("Insights"))
        for tab in self.tabs.values():
            self.strip.addTab(tr(tab.name))
        tab_wanted = params.get("tab")
        if tab_wanted in self.tabs:
            self.strip.setCurrentIndex(list(self.tabs).index(str(tab_wanted)))
        self.strip.currentChanged.connect(self._arrive)
        kept = params.get("kept")
        self.sheets = Sheets(ctx, self._frame(), self.tabs, kept if isinstance(kept, Mapping) else {})
        page = Page(tr("Insights"))
        page.add_action(self.report_button)
        page.body.setSpacing(12)
        page.body.addWidget(self.strip)
        page.body.addWidget(self.bar)
        page.body.addWidget(self.sheets, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self._offer()
        ctx.changes.listen(self, self._touch, *_TABLES)

    def route_params(self) -> dict[str, object]:
        """What to be built with again."""
        return {
            "tab": self.key,
            "looked": self.bar.wanted.kept(),
            "chosen": self._chosen,
            "kept": self.sheets.kept(),
        }

    # -- building

    def _make_out(self) -> None:
        self.out = FiguresOut(self.ctx, self, self._shown)
        self.print_button = IconButton("printer", tr("Print the figures…"), self.out.print, framed=True)
        self.pdf_button = SecondaryButton(
            tr("PDF"), "file-text", self.out.save_pdf, tip=tr("Save the figures as PDF…")
        )
        self.excel_button = SecondaryButton(
            tr("Excel"), "file-spreadsheet", self.out.save_workbook, tip=tr("Save the figures as a workbook…")
        )
        self.report_button = SecondaryButton(tr("Monthly report…"), "file-check", self.ask_report)
        self._outs = (self.print_button, self.pdf_button, self.excel_button)
        for button in self._outs:
            button.setEnabled(False)

    def _frame(self) -> Frame:
        def opener(subject: Callable[[Context], row_subjects.Subject]) -> Callable[[str, Ints], None]:
            def open_rows(title: str, ids: Ints) -> None:
                rows = array("q", ids.tolist())
                RowsDialog(self.ctx, title, rows, subject(self.ctx), self.window()).open()

            return open_rows

        return Frame(
            ctx=self.ctx,
            currency=str(self.ctx.settings.get("shop.currency")),
            open_customers=opener(row_subjects.customers),
            open_ratings=opener(row_subjects.ratings),
            open_orders=opener(row_subjects.orders),
            open_complaints=opener(row_subjects.complaints),
            reload=self.reload,
            narrow=self.narrow,
            go=self.show_tab,
        )

    def _offer(self) -> None:
        offer(self, tr("Print the figures…"), self.out.print, "Ctrl+P", "printer")
        offer(self, tr("Save the figures as PDF…"), self.out.save_pdf, icon_name="file-text")
        offer(
            self, tr("Save the figures as a workbook…"), self.out.save_workbook, icon_name="file-spreadsheet"
        )
        offer(self, tr("Monthly report…"), self.ask_report, icon_name="file-check")
        after = offer(self, tr("Next tab"), partial(self.step, 1))
        after.setShortcuts([QKeySequence("Ctrl+Tab"), QKeySequence("Ctrl+PgDown")])
        before = offer(self, tr("Tab before"), partial(self.step, -1))
        before.setShortcuts([QKeySequence("Ctrl+Shift+Tab"), QKeySequence("Ctrl+PgUp")])
        for key, tab in self.tabs.items():
            offer(self, tr("Insights: {tab}", tab=tr(tab.name)), partial(self.show_tab, key))

    # -- the tabs

    @property
    def key(self) -> str:
        """The key of the tab in front."""
        return list(self.tabs)[self.strip.currentIndex()]

    @property
    def front(self) -> InsightScreen:
        """The screen of the tab in front."""
        return self.sheets.of(self.key)

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        if key in self.tabs:
            self.strip.setCurrentIndex(list(self.tabs).index(key))

    def step(self, by: int) -> None:
        """Go to the next tab or the one before, round and round."""
        self.strip.setCurrentIndex((self.strip.currentIndex() + by) % len(self.tabs))

    def _arrive(self) -> None:
        answered = self._answered.get(self.key)
        if answered is None:
            self.sheets.show_blank()
        else:
            self._bring()
        if answered is None or answered is not self._looked:
            self.reload()
        self._allow_out()

    # -- looking at something else

    def narrow(self, only: Narrowing) -> None:
        """Look through other filters at the same period."""
        self.bar.choose(self.bar.wanted.narrowed(only))

    def _refilter(self) -> None:
        self._chosen = True
        self._touch()

    # -- reading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._looked is None:
            QTimer.singleShot(0, self, self.reload)

    def _touch(self) -> None:
        self._looked = None
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Ask for the tab in front; what stands stays until the answer is there."""
        key, screen, looked = self.key, self.front, self._looked
        book, wanted, today, chosen = self.ctx.book, self.bar.wanted, self._today(), self._chosen
        kept = screen.kept()
        QTimer.singleShot(_PATIENCE_MS, self, self.sheets.show_counting)

        def work(progress: Progress) -> Answer:
            now = looked or look(book, wanted, today, progress, chosen=chosen)
            return ask(now, key, kept, screen.ask, progress)

        self.ctx.tasks.read(work, self._show, owner=self, key="insights")

    def _show(self, answer: Answer) -> None:
        looked = answer.looked
        self._looked = self._answered[answer.key] = looked
        self.bar.show_choices(choices(looked.choices))
        # A period that gave way to another is chosen now: it stays what is said.
        self.bar.show_wanted(looked.wanted)
        if not looked.nothing:
            self.sheets.of(answer.key).show_answer(answer.found, looked.scope)
        if answer.key == self.key:
            self._bring()
        self._allow_out()

    def _bring(self) -> None:
        looked = self._answered[self.key]
        if looked.nothing:
            self.sheets.show_empty(looked.nothing)
        else:
            on = bool(self.bar.wanted.on)
            self.sheets.show_screen(self.key, self._open_up if on else None)

    def _open_up(self) -> None:
        self.bar.choose(self.bar.wanted.without("all"))

    # -- taking away

    def _shown(self) -> Shown | None:
        looked = self._answered.get(self.key)
        shown = self.front.shown() if looked and not looked.nothing and not self.front.missing else None
        if shown is None or looked is None:
            return None
        return replace(
            shown,
            title=shown.title or tr(self.tabs[self.key].name),
            days=days_text(*looked.days),
            filters=looked.wanted.named(choices(looked.choices)),
            everything=tr("The whole shop"),
            currency=str(self.ctx.settings.get("shop.currency")),
        )

    def _allow_out(self) -> None:
        looked = self._answered.get(self.key)
        there = looked is not None and not looked.nothing and not self.front.missing
        for button in self._outs:
            button.setEnabled(there)

    def ask_report(self) -> None:
        """Ask which month is to be reported, and in which language."""
        from desktop.views.insights.report.dialog import ask_report

        ask_report(self.ctx, self.window(), self._today())
