"""The rows behind the figures of the insights: which customers and ratings they were counted from."""

from __future__ import annotations

from array import array
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.queries.insights import Insights
from desktop.queries.ratings import rating_ids
from desktop.views.insights import rows_dialog
from desktop.views.kit.context import Context


class Behind:
    """Opens the lists behind what `found` holds; before there is anything it does nothing."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        self._ctx, self._parent = ctx, parent
        self.found: Insights | None = None

    def customers(self, title: str, ids: Any) -> None:
        """List some customers; `ids` is an array of whole numbers."""
        self._list(title, array("q", ids.tolist()), rows_dialog.customers(self._ctx))

    def ratings(self) -> None:
        """List the ratings of the period."""
        if self.found is not None:
            period, channel = self.found.span, self.found.channel
            ids = rating_ids(self._ctx.book, start=period.start, end=period.end, channel=channel)
            self._list(tr("Ratings"), ids, rows_dialog.ratings(self._ctx))

    def returning(self) -> None:
        """List the buyers of the period who had bought before."""
        if self.found is not None:
            past, period = self.found.bought.occasions, self.found.span
            inside = (past.day >= period.start) & (past.day < period.end) & (past.rank > 0)
            self.customers(tr("Buyers who came back"), _unique(past.customer[inside]))

    def new(self) -> None:
        """List the customers who first bought in the months of the triangle."""
        if self.found is not None and self.found.retention.start.size:
            past = self.found.bought.occasions
            fresh = past.first >= self.found.retention.start[0]
            self.customers(tr("New customers"), past.ids[fresh])

    def _list(self, title: str, ids: array[int], subject: rows_dialog.Subject) -> None:
        rows_dialog.RowsDialog(self._ctx, title, ids, subject, self._parent).open()


def _unique(ids: Any) -> Any:
    import numpy as np

    return np.unique(ids)
