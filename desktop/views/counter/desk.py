"""The counter itself: the field, whom it shows, and what is being written for them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.core.typed_person import TypedPerson, read_typed
from desktop.operations.member_codes import give_member_code
from desktop.queries.counter import CounterCard, counter_card
from desktop.queries.counter_finding import find_matches, holder_of_code, product_of_code
from desktop.views.counter.acts import CARD, COMPLAINT, ActBar
from desktop.views.counter.card_parts import fitting_zoom
from desktop.views.counter.drafts import NEW, Drafts
from desktop.views.counter.match_list import MatchList
from desktop.views.counter.pages import QuietPage, idle_page, nobody_page, unknown_page
from desktop.views.counter.panel import Panel
from desktop.views.counter.person import PersonPage
from desktop.views.counter.search_line import SearchLine
from desktop.views.counter.writing import Writing
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context

_MINUTE_MS = 60_000


class Desk(QWidget):
    """Shows one customer at a time. `complaint_wanted` and `shown` carry a customer's id, 0 for nobody."""

    complaint_wanted = Signal(int)
    shown = Signal(int)

    def __init__(self, ctx: Context, drafts: Drafts) -> None:
        super().__init__()
        self._ctx = ctx
        self.card: CounterCard | None = None
        self._zoom = 1.0
        self.field = SearchLine()
        self.field.searched.connect(self._search)
        self.field.taken.connect(self._take)
        self.field.moved.connect(self._move)
        self.field.numbered.connect(self._take_numbered)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.field, 1)
        self.matches = MatchList()
        self.matches.chosen.connect(self.show_customer)
        self.person = PersonPage(ctx)
        self.card_view, self.habits = self.person.card_view, self.person.habits
        self._idle = idle_page()
        self.body = QStackedWidget()
        for page in (self._idle, self.matches, self.person):
            self.body.addWidget(page)
        self.quiet: QuietPage | None = None
        self._unknown = ""
        """The code scanned last that nobody has: whatever it looks like, it is a code."""
        self.writing = Writing(ctx, drafts, self.person.beside, self.body)
        self.writing.saved.connect(self._saved)
        self.writing.left.connect(self.leave_panel)
        self.acts = ActBar()
        self.acts.wanted.connect(self.open_act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        # A page that comes to the front would cover notices that lay over the pages themselves.
        self.middle = QWidget()
        inside = QVBoxLayout(self.middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.body)
        layout.addLayout(self.head)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.acts)
        self.setFocusProxy(self.field)
        ctx.changes.listen(self, self._refresh_soon)
        # What is due becomes overdue, and a day ends, while somebody's card stands open.
        clock = QTimer(self)
        clock.setInterval(_MINUTE_MS)
        clock.timeout.connect(self.refresh)
        clock.start()

    # -- looking for somebody

    def _choosing(self) -> bool:
        return self.body.currentWidget() is self.matches

    def _move(self, step: int) -> None:
        if self._choosing():
            self.matches.move_by(step)

    def _take_numbered(self, digit: int) -> None:
        if self._choosing():
            self.matches.take(digit - 1)

    def _search(self, text: str) -> None:
        if not text.strip():
            self.clear()
            return
        found = find_matches(self._ctx.book, text, today=date.today())
        if len(found.rows) == 1:
            # The typing goes on: nothing that was written for them takes the keyboard yet.
            self._show(found.rows[0].id)
            return
        self._leave_customer()
        if found.rows:
            self.matches.show_matches(found, text, date.today())
            self.body.setCurrentWidget(self.matches)
        else:
            self._show_quiet(nobody_page(text.strip(), self._new_from_field))

    def _take(self) -> None:
        """Enter in the field: the customer marked or shown, a code typed by hand, or somebody new."""
        self.field.tell_now()
        if self._choosing():
            self.matches.take_current()
        elif self.card is not None:
            self.show_customer(self.card.id)
        elif typed := self.field.text().strip():
            holder = holder_of_code(self._ctx.book, typed)
            if holder is not None:
                self.show_customer(holder)
            else:
                self._new_from_field()

    def type_ahead(self, text: str) -> None:
        """Somebody types without minding where the keyboard is."""
        self.field.line.setFocus()
        self.field.line.insert(text)

    def scanned(self, code: str) -> None:
        """A card was scanned: show its member, or ask whose the code shall be."""
        self.field.set_text("")
        holder = holder_of_code(self._ctx.book, code)
        if holder is not None:
            self.show_customer(holder)
        elif not self.writing.take_code(code):
            if self.card is not None and product_of_code(self._ctx.book, code) is not None:
                # Goods are what the customer buys.
                self.open_act("purchase")
                self.writing.take_code(code)
            else:
                self._show_unknown(code)

    def _show_unknown(self, code: str) -> None:
        """Nobody has the code: it may be for the customer shown, or for somebody new."""
        before = self.card
        give = (display_name(before.name), lambda: self._give(before, code)) if before else None
        self._leave_customer()
        self._show_quiet(unknown_page(code, give, self._new_from_field))
        self._unknown = code
        self.field.set_text(code)
        self.field.ready_for_next()

    def _give(self, card: CounterCard, code: str) -> None:
        given = self._ctx.do(lambda: give_member_code(self._ctx.book, customer_id=card.id, code=code))
        if given is not None:
            self.field.set_text("")
            self.show_customer(card.id)

    # -- showing

    def show_customer(self, customer_id: int) -> None:
        """Show somebody, with what was being written for them; else the field is ready for the next."""
        self._show(customer_id)
        if self.card is not None and self.panel is None:
            self.writing.resume(self.card)
        if self.panel is None:
            self.field.ready_for_next()
        else:
            self.writing.take_keyboard()

    def clear(self) -> None:
        """Show nobody."""
        self._leave_customer()
        self.field.set_text("")
        self.body.setCurrentWidget(self._idle)
        self.field.ready_for_next()

    def escape(self) -> bool:
        """One step back: out of what is being written, else to nobody; False when there is nothing left."""
        if self.panel is not None:
            self.leave_panel()
            return True
        if self.field.text() or self.body.currentWidget() is not self._idle:
            self.clear()
            return True
        return False

    def refresh(self) -> None:
        """Show the customer as the book now has them."""
        if self.card is not None:
            self._fill(self.card.id)
        elif self._choosing():
            self._search(self.field.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A larger window is read from farther away."""
        super().resizeEvent(event)
        if self.card is not None and self._zoom != fitting_zoom(self.size()):
            self._refresh_soon()

    def _refresh_soon(self) -> None:
        QTimer.singleShot(0, self, self.refresh)

    def _show(self, customer_id: int) -> None:
        if self.card is None or self.card.id != customer_id:
            self._leave_customer()
        self._fill(customer_id)

    def _fill(self, customer_id: int) -> None:
        """Read and show a customer; nobody, when they are gone."""
        now = datetime.now()
        card = counter_card(self._ctx.book, customer_id, now=now)
        if card is None:
            self.writing.drop()
            self.clear()
            return
        self.card = card
        self._zoom = fitting_zoom(self.size())
        self.person.show_card(card, now, self._zoom)
        self.body.setCurrentWidget(self.person)
        self.acts.set_ready(True)
        self.shown.emit(card.id)

    def _leave_customer(self) -> None:
        """Let go of the customer shown; what was being written for them is kept."""
        if self.writing.keep():
            customer = self.writing.customer
            name = display_name(self.card.name) if self.card else tr("the new customer")
            self._ctx.notify(
                tr("What you were writing for {name} is kept.", name=name),
                tr("Back"),
                lambda: self._back_to(customer),
                "info",
            )
        self.writing.drop()
        self.card = None
        self.acts.set_ready(False)
        self.shown.emit(0)

    def _back_to(self, customer: int) -> None:
        if customer == NEW:
            self.open_new(TypedPerson())
        else:
            self.show_customer(customer)

    def _show_quiet(self, page: QuietPage) -> None:
        if self.quiet is not None:
            self.body.removeWidget(self.quiet)
            self.quiet.deleteLater()
        self.quiet = page
        self.body.addWidget(page)
        self.body.setCurrentWidget(page)

    # -- writing

    @property
    def panel(self) -> Panel | None:
        """What is being written."""
        return self.writing.panel

    def open_act(self, name: str) -> None:
        """Begin one of the acts for the customer shown; a complaint may be anybody's."""
        if name == COMPLAINT:
            self.complaint_wanted.emit(self.card.id if self.card else 0)
        elif self.card is None:
            page = self.body.currentWidget()
            if name == CARD and isinstance(page, QuietPage) and page.give is not None:
                page.give.click()
        else:
            self.writing.begin(name, self.card)

    def open_new(self, typed: TypedPerson) -> None:
        """Begin a new customer with what was typed or scanned."""
        self._leave_customer()
        self.writing.begin_new(typed)

    def _new_from_field(self) -> None:
        text = self.field.text()
        country = str(self._ctx.book.setting("shop.country"))
        typed = TypedPerson(code=text) if text == self._unknown else read_typed(text, country)
        self.field.set_text("")
        self.open_new(typed)

    def leave_panel(self) -> None:
        """Leave what is being written, unsaved."""
        self.writing.drop()
        if self.card is None:
            self.clear()
        else:
            self.field.ready_for_next()

    def _saved(self, new: int) -> None:
        """Saved: the card as it is now, and the field for the next."""
        if new:
            self.show_customer(new)
        else:
            self.refresh()
            self.field.ready_for_next()
