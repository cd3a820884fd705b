"""What is being written at the counter: one panel at a time, and drafts that wait for their customer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.core.typed_person import TypedPerson
from desktop.queries.counter import CounterCard
from desktop.views.counter.acts import BY_NAME
from desktop.views.counter.drafts import NEW, Drafts
from desktop.views.counter.new_customer import NewCustomerPanel
from desktop.views.counter.panel import Panel
from desktop.views.kit.context import Context

_NEW_ACT = "new"


class Writing(QObject):
    """Opens panels beside the card, and that of a new customer in place of it."""

    saved = Signal(int)
    """The id of the customer who was entered; 0 when something was written for the one shown."""
    left = Signal()

    def __init__(self, ctx: Context, drafts: Drafts, beside: QStackedWidget, whole: QStackedWidget) -> None:
        super().__init__(whole)
        self._ctx, self._drafts = ctx, drafts
        self._beside, self._whole = beside, whole
        self._act = ""
        self.customer = NEW
        """For whom it is written."""
        self.panel: Panel | None = None

    def begin(self, act: str, card: CounterCard) -> None:
        """Begin an act for a customer; what was written for them before is there again."""
        make = BY_NAME[act].make
        if make is None or (self.panel is not None and self._act == act):
            return
        self.keep()
        self.drop()
        panel = make(self._ctx, card)
        if (draft := self._drafts.take(card.id, act)) is not None:
            panel.fill(draft)
        self._show(panel, act, card.id, self._beside)

    def begin_new(self, typed: TypedPerson) -> None:
        """Begin a new customer with what was typed or scanned, or else with what was written before."""
        self.keep()
        self.drop()
        panel = NewCustomerPanel(self._ctx, typed)
        if not any(typed) and (draft := self._drafts.take(NEW, _NEW_ACT)) is not None:
            panel.fill(draft)
        self._show(panel, _NEW_ACT, NEW, self._whole)

    def take_code(self, code: str) -> bool:
        """Give a scanned code that no member has to what is being written; whether it has a use for it."""
        if self.panel is None or not self.panel.take_code(code):
            return False
        self.take_keyboard()
        return True

    def resume(self, card: CounterCard) -> None:
        """Take up again what was being written for a customer, if anything was."""
        if act := self._drafts.act_of(card.id):
            self.begin(act, card)

    def keep(self) -> bool:
        """Keep what is being written for its customer; whether there was anything."""
        return self.panel is not None and self._drafts.keep(self.customer, self._act, self.panel)

    def drop(self) -> None:
        """Close the panel, whatever stands in it."""
        panel, self.panel, self._act = self.panel, None, ""
        if panel is None:
            return
        place = panel.parentWidget()
        if isinstance(place, QStackedWidget):
            place.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self._beside.setCurrentIndex(0)

    def _show(self, panel: Panel, act: str, customer: int, place: QStackedWidget) -> None:
        self.panel, self._act, self.customer = panel, act, customer
        panel.saved.connect(self._saved)
        panel.left.connect(self.left)
        place.addWidget(panel)
        place.setCurrentWidget(panel)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """The keys go into what is being written."""
        widget: QWidget | None = self.panel
        if widget is not None:
            widget.setFocus()

    def _saved(self) -> None:
        new = self.panel.customer_id if isinstance(self.panel, NewCustomerPanel) else None
        self.drop()
        self.saved.emit(new or 0)
