"""Points given, redeemed or put right at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtGui import QIntValidator

from desktop.core.errors import UserError
from desktop.core.points import points_worth
from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations.membership import add_points
from desktop.queries.counter import CounterCard
from desktop.queries.points import points_rule
from desktop.views.counter.panel import BigLine, Choice, Panel, named
from desktop.views.counter.words import money
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label

_MOST = 9_999_999


class PointsPanel(Panel):
    """Redeem first: that is what a member at the till asks for."""

    def __init__(self, ctx: Context, card: CounterCard) -> None:
        super().__init__(ctx, tr("Points"), tr("Save"))
        self._card = card
        self.reason = Choice(
            [
                ("redeemed", tr("Redeem")),
                ("gift", tr("Give")),
                ("correction", tr("Put right")),
            ],
            "redeemed" if card.points > 0 else "gift",
        )
        self.points = BigLine(tr("How many"), huge=True)
        self.points.setPlaceholderText("0")
        self.text = BigLine(tr("What for"))
        self.text.setPlaceholderText(tr("May be left open"))
        self._after = label(size=16, role="muted", wrap=True)
        self.column.addWidget(self.reason)
        self.column.addLayout(named(tr("How many"), self.points))
        self.column.addLayout(named(tr("What for"), self.text))
        self.column.addWidget(self._after)
        self.column.addStretch(1)
        self._validator = QIntValidator(-_MOST, _MOST, self)
        self.points.setValidator(self._validator)
        self.points.textChanged.connect(lambda _: self._show_after())
        self.reason.changed.connect(self._show_after)
        self.setFocusProxy(self.points)
        self._show_after()

    def _signed(self) -> int:
        """The points as the ledger has them: what is redeemed goes."""
        try:
            count = int(self.points.text() or 0)
        except ValueError:
            return 0
        return -abs(count) if self.reason.value() == "redeemed" else count

    def _show_after(self) -> None:
        after = self._card.points + self._signed()
        text = ntr("Then {n} point", "Then {n} points", after)
        if not self._signed():
            text = ntr("{n} point now", "{n} points now", self._card.points)
        worth = points_rule(self.ctx.book).worth
        if worth and self._signed() < 0:
            currency = str(self.ctx.book.setting("shop.currency"))
            amount = money(self.ctx, points_worth(-self._signed(), worth, currency))
            text = tr("{points} · worth {amount}", points=text, amount=amount)
        self._after.setText(text)

    def store(self) -> Changes:
        """Enter them into the ledger."""
        if not self._signed():
            self.points.setFocus()
            raise UserError(tr("No points are given."), tr("Write how many."))
        return add_points(
            self.ctx.book,
            customer_id=self._card.id,
            points=self._signed(),
            reason=str(self.reason.value()),
            at=datetime.now().replace(microsecond=0),
            text=self.text.text(),
            staff_id=self.ctx.book.clerk_id(),
        )

    def draft(self) -> dict[str, Any]:
        if not self.points.text() and not self.text.text().strip():
            return {}
        return {"points": self.points.text(), "text": self.text.text(), "reason": self.reason.value()}

    def fill(self, draft: Mapping[str, Any]) -> None:
        self.reason.choose(draft["reason"])
        self.points.setText(draft["points"])
        self.text.setText(draft["text"])
