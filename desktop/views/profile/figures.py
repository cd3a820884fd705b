"""Brings a customer's figures together: those at once, the model's later, and why they are so."""

from __future__ import annotations

from array import array
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.queries.customer_values import customer_rating_ids
from desktop.queries.lifetime import Lifetime, NoModel, known_lifetime, lifetime, shop_gap
from desktop.queries.profile import Profile
from desktop.queries.relations import ReferralTree
from desktop.views.kit.context import Context
from desktop.views.kit.popover import Explanation, Link, Popover, explain
from desktop.views.profile.explain import Told, explanation
from desktop.views.profile.tiles import Tiles

if TYPE_CHECKING:
    from desktop.views.profile.view import ProfileView

_LATER_MS = 120
"""The model's libraries and its fit come when the screen has been looked at for a moment."""


class Figures(QObject):
    """The tiles of a profile; `known` carries what the model says once it does."""

    known = Signal(object)

    def __init__(self, ctx: Context, view: ProfileView) -> None:
        super().__init__(view)
        self._ctx, self._view = ctx, view
        self._currency = str(ctx.book.setting("shop.currency"))
        self.tiles = Tiles(self._currency, self.explain)
        self._found: Profile | None = None
        self.lifetime: Lifetime | NoModel | None = None
        self._tree: ReferralTree | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._ask)

    def show_customer(self, found: Profile, today: date) -> None:
        """Show the figures; what is not known yet is asked for in the background."""
        self._found = found
        self.tiles.show_figures(found, today)
        if found.last_day is None:
            self._take(None)
            return
        known = known_lifetime(self._ctx.book, customer_id=found.id, today=today)
        self._take(known)
        if known is None:
            self._later.start()

    def take_tree(self, tree: ReferralTree) -> None:
        """Take in who came through the customer, which the side has read."""
        self._tree = tree

    def explain(self, name: str, anchor: QWidget) -> Popover:
        """Open the sheet that says how a figure came about."""
        return explain(self.told(name), anchor)

    def told(self, name: str) -> Explanation:
        """What the sheet of a figure says, with the ways to the rows behind it."""
        assert self._found is not None
        today, gap = date.today(), shop_gap(self._ctx.book)
        told = Told(self._found, today, self._currency, gap, self.lifetime, self._tree)
        return explanation(name, told, self._links(name, self._found))

    def _links(self, name: str, found: Profile) -> list[Link]:
        if name in ("spent", "rhythm", "alive") and found.all_orders:
            return [(tr("Show the orders"), "receipt-text", lambda: self._view.tabs.go_to("orders"))]
        if name == "satisfaction":
            links: list[Link] = [(tr("Add a rating…"), "star", self._view.doing.new_rating)]
            if found.ratings:
                links.insert(0, (tr("Show the ratings"), "list", self._show_ratings))
            return links
        if name == "mouth":
            if self._tree is not None and self._tree.straight:
                return [(tr("Show who came through them"), "users", self._show_brought)]
            relations = self._view.side.relations_card()
            return [
                (tr("Somebody who came through them…"), "user-plus", lambda: relations.refer(brought=True))
            ]
        return []

    def _show_ratings(self) -> None:
        from desktop.views.insights import row_subjects, rows_dialog

        ids = customer_rating_ids(self._ctx.book, customer_id=self._view.customer_id)
        subject = row_subjects.ratings(self._ctx)
        rows_dialog.RowsDialog(self._ctx, tr("Ratings"), ids, subject, self._view.window()).open()

    def _show_brought(self) -> None:
        if self._tree is not None:
            ids = array("q", [row.id for row in self._tree.rows if row.depth == 1 and row.id])
            for row in self._tree.rows:
                if row.depth == 1:
                    ids.extend(row.hidden)
            self._view.side.relations_card().show_more(ids)

    def _ask(self) -> None:
        book, row, today = self._ctx.book, self._view.customer_id, date.today()
        self._ctx.tasks.read(
            lambda _: lifetime(book, customer_id=row, today=today),
            self._take,
            owner=self._view,
            key="lifetime",
        )

    def _take(self, told: Lifetime | NoModel | None) -> None:
        self.lifetime = told
        if self._found is not None:
            self.tiles.show_lifetime(self._found, told, date.today())
        self.known.emit(told)
