"""The Today screen: the day, four figures, what is worth doing now, and how the last months went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.core.calendar_words import format_weekday
from desktop.core.progress import Progress
from desktop.core.translation import language, ntr, tr
from desktop.queries.presence import is_empty
from desktop.views.kit.buttons import IconButton, LinkButton, PrimaryButton
from desktop.views.kit.cards import Card, EmptyState
from desktop.views.kit.context import Context
from desktop.views.kit.layouts import ScrollColumn, clear
from desktop.views.kit.offers import offer
from desktop.views.kit.page import Page
from desktop.views.kit.search import SearchField
from desktop.views.kit.warm_up import WarmUp
from desktop.views.today.doing import Doing

if TYPE_CHECKING:
    from desktop.queries.today import Today
    from desktop.views.today.finder import CustomerFinder
    from desktop.views.today.tiles import Tiles, Trends

_EVERY_MS = 60_000
"""How often the minutes left are written anew."""

_TABLES = (
    "customer", "orders", "rating", "complaint", "promise", "task", "interaction", "setting", "service_case",
    "case_step", "privacy_request", "consent", "shipment",
)  # fmt: skip


class TodayView(QWidget):
    """What the owner sees first. The figures come from the worker, after the first paint."""

    def __init__(self, ctx: Context, *, now: Callable[[], datetime] = datetime.now, **_: object) -> None:
        super().__init__()
        self.ctx = ctx
        self._now = now
        self.doing = Doing(ctx, self, now)
        self._day = now().date()
        self._today: Today | None = None
        self._stale = True
        self._tiles: Tiles | None = None
        self._trends: Trends | None = None
        self._warm_up: WarmUp | None = None
        self.page = Page(format_weekday(self._day))
        self.search = SearchField(tr("Name, pinyin, last 4 of phone…"), hint="Ctrl+K")
        self.search.line.textEdited.connect(lambda typed: self.finder.offer(typed))
        self.page.set_search(self.search)
        self.page.add_action(PrimaryButton(tr("Log a note"), "plus", self.log_note))
        offer(self, tr("Log a note"), self.log_note, icon_name="plus")
        offer(self, tr("Export this list…"), self.export)
        offer(self, tr("Whom to ask for a rating"), self.doing.open_askings, icon_name="star")
        offer(self, tr("Print feedback cards…"), self.doing.print_cards, icon_name="printer")
        offer(self, tr("Enter cards that came back…"), self.doing.enter_cards, icon_name="pencil")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._front = QStackedLayout()
        self.page.body.addLayout(self._front, 1)
        self._front.addWidget(self._day_page())
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self._tick)
        ctx.changes.listen(self, self._touch, *_TABLES)

    # -- building

    @cached_property
    def finder(self) -> CustomerFinder:
        """Offers customers below the search field; made with the first letter typed."""
        from desktop.views.today.finder import CustomerFinder

        made = CustomerFinder(self.ctx, self.search.line)
        made.chosen.connect(self._open_found)
        return made

    def _day_page(self) -> QWidget:
        page = QWidget()
        self._head = QVBoxLayout()
        self._side = QVBoxLayout()
        self.export_button = IconButton("download", tr("Export this list…"), self.export, role="muted")
        self.list_card = Card(
            tr("Worth doing today"),
            tr("what cannot wait first, then by value"),
            action=self.export_button,
        )
        self.list = ScrollColumn(gap=0)
        self.list_card.body.addWidget(self.list, 1)
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addLayout(self._head)
        left.addWidget(self.list_card, 1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 2)
        row.addLayout(self._side, 1)
        return page

    def _empty_page(self) -> QWidget:
        page = Card()
        self.empty = EmptyState(
            "sun",
            tr("This book is still empty"),
            tr(
                "Bring in an order export or a list of customers: Today then shows who is drifting away, "
                "which complaints wait, and what was promised."
            ),
            tr("Import a file"),
            lambda: self.ctx.navigate("exchange", mode="import"),
            action_icon="upload",
        )
        page.body.addWidget(self.empty, 1)
        by_hand = LinkButton(
            tr("Or write the first customer in yourself"),
            on_click=lambda: self.ctx.navigate("customers", new=True),
        )
        self.sample_button = LinkButton(tr("Or look around in the sample shop"), on_click=self.make_sample)
        inside = self.empty.layout()
        if isinstance(inside, QVBoxLayout):
            # Before the stretch that ends it, close below the button.
            for link in (self.sample_button, by_hand):
                inside.insertWidget(inside.count() - 1, link, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    # -- reading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if self._stale:
            # The window stands first; even reading begins after its first picture.
            QTimer.singleShot(0, self, self.reload)

    def hideEvent(self, event: object) -> None:
        self._clock.stop()

    def reload(self) -> None:
        """Read everything anew; what stands stays until the answer is there."""
        self._stale = False
        self._day = self._now().date()
        self.page.set_title(format_weekday(self._day))
        book = self.ctx.book
        if is_empty(book):
            if self._front.count() == 1:
                self._front.addWidget(self._empty_page())
            self._front.setCurrentIndex(1)
            return
        self._front.setCurrentIndex(0)
        self._figures()
        moment = self._now()

        def ask(progress: Progress) -> Today:
            # The mathematics loads numpy, which the start of the program need not wait for.
            from desktop.queries.today import today

            return today(book, now=moment, progress=progress)

        self.ctx.tasks.read(ask, self._show, owner=self, key="today")
        if self._warm_up is None:
            self._warm_up = WarmUp(self)

    def _touch(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _tick(self) -> None:
        if self._now().date() != self._day:
            self.reload()
        elif self._today and self.isVisible():
            self._list(self._today)

    # -- showing

    def _figures(self) -> tuple[Tiles, Trends]:
        """Tiles and charts, made when they are first needed."""
        if self._tiles is None or self._trends is None:
            from desktop.views.today.tiles import Tiles, Trends

            self._tiles, self._trends = Tiles(self._way), Trends(self._way)
            self._head.addWidget(self._tiles)
            self._side.addWidget(self._trends)
        return self._tiles, self._trends

    def _show(self, today: Today) -> None:
        self._today = today
        tiles, trends = self._figures()
        tiles.show_figures(today.figures, str(self.ctx.settings.get("shop.currency")))
        trends.show_figures(today.figures)
        self._list(today)

    def _list(self, today: Today) -> None:
        """The rows anew; the keyboard and the place in the list stay where they were."""
        # As with the tiles: what comes with the figures loads with them.
        from desktop.views.today import rows

        focused = [button.hasFocus() for button in rows.buttons(self.list.canvas)]
        at = focused.index(True) if True in focused else None
        scrolled = self.list.verticalScrollBar().value()
        now, currency = self._now(), str(self.ctx.settings.get("shop.currency"))
        clear(self.list.column)
        for number, todo in enumerate(today.todo, start=1):
            said = rows.say(todo, now, currency)
            act, way = self.doing.action(todo), self.doing.way(todo)
            last = number == len(today.todo)
            self.list.column.addWidget(rows.row(said, act, way, quiet=self.doing.quiet(todo), last=last))
        if not today.todo:
            self.list.column.addWidget(
                EmptyState(
                    "circle-check",
                    tr("Nothing is waiting today"),
                    tr("No complaint, promise or task is due, and no regular is drifting away."),
                ),
                1,
            )
        self._say_more(today)
        self.list.column.addStretch(1)
        made = rows.buttons(self.list.canvas)
        if at is not None and made:
            made[min(at, len(made) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self.list, lambda: self.list.verticalScrollBar().setValue(scrolled))

    def _say_more(self, today: Today) -> None:
        """Links to what did not fit the list."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 8, 0, 4)
        line.setSpacing(14)
        more = today.more
        for count, words, place in (
            (
                more.get("drifting", 0),
                ntr("{n} more drifting regular", "{n} more drifting regulars", more.get("drifting", 0)),
                "drifting",
            ),
            (
                more.get("complaint", 0),
                ntr("{n} more complaint", "{n} more complaints", more.get("complaint", 0)),
                "complaints",
            ),
            (
                more.get("asking", 0),
                ntr("{n} more to ask", "{n} more to ask", more.get("asking", 0)),
                "asking",
            ),
            (
                more.get("case", 0),
                ntr("{n} more service case", "{n} more service cases", more.get("case", 0)),
                "cases",
            ),
        ):
            if count:
                line.addWidget(LinkButton(words, on_click=self._way(place)))
        line.addStretch(1)
        if line.count() > 1:
            self.list.column.addWidget(holder)

    # -- doing

    def _way(self, place: str) -> Callable[[], None]:
        if place == "drifting":
            return lambda: self.ctx.navigate("customers", chip="drifting")
        if place == "asking":
            return self.doing.open_askings
        return lambda: self.ctx.navigate(place)

    def log_note(self) -> None:
        """Write down what just happened, with or without a customer."""
        from desktop.views.timeline.note_dialog import NoteDialog

        NoteDialog(self.ctx, stage="pre-sale", parent=self).open()

    def export(self) -> None:
        """Take what is worth doing away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.today.listing import todo_listing

        if self._today is not None:
            currency = str(self.ctx.settings.get("shop.currency"))
            take_out(self.ctx, self, todo_listing(self._today.todo, self._now(), currency))

    def make_sample(self) -> None:
        """Fill the empty book with the sample shop; one Undo takes it away again."""
        from desktop.operations.demo import make_demo

        book, day = self.ctx.book, self._day
        self.ctx.tasks.write(
            tr("Making the sample shop"),
            lambda progress: make_demo(book, today=day, language=language(), progress=progress),
            self.ctx.changed,
            owner=self,
        )

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()

    def _open_found(self, customer: int) -> None:
        self.search.set_text("")
        self.ctx.navigate("profile", customer=customer)
