"""The way to the customers who may be one, with how many pairs there are."""

from __future__ import annotations

from desktop.core.translation import ntr, tr
from desktop.queries.pairs import pair_count
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import SecondaryButton

_TABLES = ("customer", "likeness", "doubt", "not_same")


class DuplicatesButton(SecondaryButton):
    """Says the number of pairs, once it is told to count them."""

    def __init__(self, ctx: Context) -> None:
        said = tr("Customers who may be one")
        super().__init__("", "merge", lambda: ctx.navigate("duplicates"), tip=said)
        self._ctx = ctx

    def keep_counting(self) -> None:
        """Count the pairs now and whenever they may have changed; what must come first is asked before."""
        self._ctx.changes.listen(self, self._count, *_TABLES)
        self._count()

    def _count(self) -> None:
        book = self._ctx.book
        self._ctx.tasks.read(lambda _: pair_count(book), self._show, owner=self, key="duplicates")

    def _show(self, count: int) -> None:
        self.setText(f"{count:,}" if count else "")
        said = ntr("{n} pair may be one customer", "{n} pairs may be one customer", count)
        self.setAccessibleName(said if count else tr("Customers who may be one"))
        self.setToolTip(self.accessibleName())
