"""The column beside the profile: what is to do, the facts, what the customer gives, whom they know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer

from desktop.queries.customer_values import CustomerValues, customer_values
from desktop.queries.lifetime import Lifetime, NoModel
from desktop.queries.profile import Profile
from desktop.queries.relations import ReferralTree, Related, referral_tree, related
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import ScrollColumn
from desktop.views.profile.about_card import AboutCard
from desktop.views.profile.todo import TodoCard

if TYPE_CHECKING:
    from desktop.views.profile.relations_card import RelationsCard

WIDTH, NARROW = 300, 250
_LATER_MS = 20
"""The cards below the fold come after the first picture, not before it."""


class Side(ScrollColumn):
    """The cards one sees at once are made with the column, those below a moment after the screen is there."""

    def __init__(
        self, ctx: Context, edit: Callable[[], object], told: Callable[[ReferralTree], object]
    ) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._ctx, self._told = ctx, told
        self._currency = str(ctx.book.setting("shop.currency"))
        self._found: Profile | None = None
        self._lifetime: Lifetime | NoModel | None = None
        self._values: tuple[CustomerValues, list[Related], ReferralTree] | None = None
        self.todo = TodoCard(ctx)
        self.about = AboutCard(ctx, edit)
        for card in (self.todo, self.about):
            self.column.addWidget(card)
        self.column.addStretch()
        self._later_made = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._make_later)

    def show_customer(self, found: Profile) -> None:
        """Show a customer's side."""
        self._found = found
        self.todo.show_customer(found.id, date.today())
        self.about.show_customer(found)
        if self._later_made:
            self._show_later()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._later_made and not self._later.isActive():
            self._later.start()
        return super().viewportEvent(event)

    def show_lifetime(self, lifetime: Lifetime | NoModel | None) -> None:
        """Take in what the shop's model says."""
        self._lifetime = lifetime
        self._show_values()

    def relations_card(self) -> RelationsCard:
        """The card of relations, made now if it was not yet."""
        if not self._later_made:
            self._later.stop()
            self._make_later()
        return self.relations

    def _make_later(self) -> None:
        # pyqtgraph comes with the chart, and costs more than the whole head.
        from desktop.views.profile.relations_card import RelationsCard
        from desktop.views.profile.rhythm_card import RhythmCard
        from desktop.views.profile.worth import WorthCard

        self._later_made = True
        self.worth = WorthCard(self._currency)
        self.relations = RelationsCard(self._ctx, self._currency)
        self.rhythm = RhythmCard()
        for card in (self.worth, self.relations, self.rhythm):
            self.column.insertWidget(self.column.count() - 1, card)
        self._show_later()

    def _show_later(self) -> None:
        found, book = self._found, self._ctx.book
        if found is None:
            return
        self.rhythm.show_customer(found)
        self._ctx.tasks.read(
            lambda _: (
                customer_values(book, customer_id=found.id),
                related(book, customer_id=found.id),
                referral_tree(book, customer_id=found.id),
            ),
            self._take,
            owner=self,
            key="relations",
        )

    def _take(self, read: tuple[CustomerValues, list[Related], ReferralTree]) -> None:
        self._values = read
        if self._found is not None:
            self.relations.show_relations(self._found, read[1], read[2])
            self._told(read[2])
        self._show_values()

    def _show_values(self) -> None:
        if self._later_made and self._values is not None and self._found is not None:
            values, _, tree = self._values
            self.worth.show_values(self._found, values, tree, self._lifetime)
