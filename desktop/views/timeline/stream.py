"""The timeline as a widget, for a customer's profile and for the shop: a note line, filters, the list."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.dates import format_month
from desktop.core.translation import ntr, tr
from desktop.queries import timeline
from desktop.queries.timeline_entries import TimelineEntry
from desktop.queries.timeline_sources import SOURCES
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.offers import offer
from desktop.views.timeline.actions import EntryActions
from desktop.views.timeline.filters import Filters
from desktop.views.timeline.keys import ScreenKey
from desktop.views.timeline.list import TimelineList
from desktop.views.timeline.loader import Loader
from desktop.views.timeline.model import TimelineModel
from desktop.views.timeline.note_line import NoteLine

_TABLES = {source.table for source in SOURCES} | {
    "order_line", "checklist", "customer", "staff", "product", "attachment",
}  # fmt: skip
FOLD_BELOW = 420
"""Pixels of height below which the chips are folded away."""


class TimelineStream(QWidget):
    """Everything that happened with a customer, or with None in the whole shop.

    With `filters` given it has no row of them: the shop's screen has them in its head.
    """

    chosen = Signal(object)
    """The entry that has the keyboard, or None."""

    def __init__(
        self, ctx: Context, customer_id: int | None = None, *, filters: Filters | None = None
    ) -> None:
        super().__init__()
        self._ctx, self._customer = ctx, customer_id
        currency = str(ctx.book.setting("shop.currency"))
        self.note = NoteLine(ctx, customer_id)
        self.filters = filters or Filters(ctx.book, inline=True)
        self.filters.changed.connect(self._start)
        self.model = TimelineModel(ctx.book, lambda: currency, self)
        self.list = TimelineList(self.model, currency, named=customer_id is None)
        self.list.chosen.connect(self.chosen)
        self.list.asked.connect(self._do)
        self.list.menu_wanted.connect(self._menu)
        self.actions_of = EntryActions(ctx, self, customer_id)
        self.loader = Loader(ctx, self.list, customer_id)
        self.loader.filled.connect(self._filled)
        self._entries = 0
        self._nothing: EmptyState | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8 if filters is None else 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.note)
        if filters is None:
            layout.addWidget(self.filters)
            self.note.add_at_end(self.filters.drawer_button)
            self.filters.add_in_drawer(self._jump_button)
            offer(self, tr("Go to a month or day"), lambda: self.jump(self.note), "Ctrl+G", "calendar")
        self._own_filters = filters is None
        layout.addWidget(self._stack, 1)
        self.status = label(size=theme.SMALL, role="muted")
        self.status.hide()
        layout.addWidget(self.status)
        ScreenKey(self, QKeySequence.StandardKey.New, self.note.line.setFocus)
        ctx.changes.listen(self, self.reload, *_TABLES)
        self._start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the entries need the room more than the chips."""
        super().resizeEvent(event)
        if self._own_filters:
            self.filters.fold(event.size().height() < FOLD_BELOW)

    def reload(self) -> None:
        """Take in what changed in the book; selection and place stay."""
        self._count()
        self.loader.refresh(entries=self._entries)

    def export(self, title: str) -> None:
        """Take what the filters leave away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.timeline.listing import stream_listing

        listing = stream_listing(self._ctx, title, self.filters.filter(), self._customer)
        take_out(self._ctx, self.window(), listing)

    def print_pages(self, title: str) -> None:
        """Show what the filters leave as pages to print."""
        from desktop.views.timeline.listing import print_stream

        print_stream(self._ctx, title, self.filters.filter(), self._customer, self.window())

    def actions_for(self, entry: TimelineEntry, menu: QMenu, *, customer: bool = True) -> list[QAction]:
        """What can be done with an entry, as actions of a menu; `customer`: going there is one of them."""
        return self.actions_of.actions_for(entry, menu, customer=customer)

    def jump(self, anchor: QWidget) -> None:
        """Offer the months that have entries, and go to the one chosen."""
        from desktop.views.timeline.jump import Jump

        Jump(self.model.stream.months, self._go_to, anchor).show()

    def _jump_button(self) -> IconButton:
        made = IconButton("calendar", tr("Go to a month or day"), lambda: self.jump(made), framed=True)
        return made

    def _go_to(self, day: int) -> None:
        self.list.go_to_day(day)
        self.list.setFocus()

    def _do(self, what: str, entry: TimelineEntry | None) -> None:
        """A key of the list."""
        if what == "note":
            self.note.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif what == "filter":
            self.filters.focus_search()
        elif what == "link" and entry is not None:
            box = self.list.visualRect(self.list.currentIndex())
            self.actions_of.link(entry, self.list.viewport().mapToGlobal(box.bottomLeft()))
        elif entry is not None:
            self.actions_of.run(what, entry)

    def _menu(self, entry: TimelineEntry, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions_for(entry, menu))
        menu.popup(at)

    def _start(self) -> None:
        self._count()
        where = self.filters.filter()
        self.list.painting.typed = where.text
        self.loader.start(where, entries=self._entries)

    def _filled(self) -> None:
        self._show_empty()
        self._say_how_many()
        if self._customer is None:
            self.list.choose_first()
        self.list.tell()

    def _count(self) -> None:
        """Count for the chips: a customer's at once, for they say how to load; the shop's in the worker."""
        customer, book = self._customer, self._ctx.book
        if customer is not None:
            counts = timeline.timeline_counts(book, customer_id=customer)
            self._entries = sum(counts[source.kind] for source in SOURCES)
            self.filters.set_counts(counts)
        else:
            self._ctx.tasks.read(
                lambda _: timeline.timeline_counts(book), self.filters.set_counts, owner=self, key="counts"
            )

    def _say_how_many(self) -> None:
        """How many the filters leave; while these are still looked for, how far back one has come."""
        found, reached = self.model.stream.total, self.loader.reached()
        said = ntr("{n} entry", "{n} entries", found)
        if reached is not None:
            said = tr("{entries} so far, looking back to {month}…", entries=said, month=format_month(reached))
        self.status.setText(said)
        self.status.setVisible(self.filters.any_set() and (found > 0 or reached is not None))

    def _show_empty(self) -> None:
        if self.model.rowCount() or not self.loader.whole:
            self._stack.setCurrentWidget(self.list)
            return
        if self.filters.any_set():
            state = EmptyState(
                "search",
                tr("Nothing fits these filters"),
                tr("Leave some of them out to see more."),
                tr("Show everything"),
                self.filters.clear,
            )
        else:
            state = EmptyState(
                "list-tree",
                tr("Nothing has happened yet"),
                tr("Write the first note above; orders, complaints and ratings come here by themselves."),
                tr("Write a note"),
                self.note.line.setFocus,
                action_icon="pencil",
            )
        if self._nothing is not None:
            self._stack.removeWidget(self._nothing)
            self._nothing.deleteLater()
        self._nothing = state
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)
