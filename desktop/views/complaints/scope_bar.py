"""The chips above the complaints: scopes with their counts, what else narrows, and two facts that lead on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.queries.complaint_filter import NO_PRODUCT, NOBODY, ComplaintFilter, Scope
from desktop.queries.complaints import Counts
from desktop.views.complaints.words import SHORT_SUBJECTS
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.timeline.words import cut

_CLOSED = ("shown", "statuses", "severities", "subjects", "staff", "products")
"""The keys of the chips that a click takes away."""
_LONGEST = 44
_GAP = 8
"""Pixels between two chips."""


class ScopeBar(QWidget):
    """`scope_chosen`: another scope; `closed`: what a chip stood for is to narrow no more; `fact_asked`."""

    scope_chosen = Signal(str)
    closed = Signal(str)
    fact_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips = ChipRow(self._scopes())
        self.chips.setAccessibleName(tr("Filters"))
        self.chips.chosen.connect(self._pressed)
        self._facts: list[ChipItem] = []
        self._narrowing: list[ChipItem] = []
        self._counts: dict[str, int | None] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chips)

    def scope(self) -> Scope:
        """The scope chosen."""
        from desktop.views.complaints.finder import scope_of

        return scope_of(self.chips.chosen_key() or "board")

    def choose(self, scope: str) -> None:
        """Choose a scope without telling anybody."""
        self.chips.choose("board" if scope == "open" else scope)

    def show_counts(self, counts: Counts) -> None:
        """Show how many each scope holds."""
        self._counts = {
            "board": counts.open, "today": counts.today, "overdue": counts.overdue, "waiting": counts.waiting,
            "settled": counts.settled, "reopened": counts.reopened, "rejected": counts.rejected,
            "all": counts.all,
        }  # fmt: skip
        self.chips.set_counts(self._counts)
        self._fit()

    def show_narrowing(
        self, view: ComplaintFilter, shown: str, names: Mapping[str, Mapping[int, str]]
    ) -> None:
        """Show what narrows beside the scope, each to be closed; `names`: of clerks and products by id."""
        found: list[tuple[str, str]] = []
        if view.among is not None:
            found.append(("shown", shown))
        if view.statuses:
            found.append(
                ("statuses", _said(words.name(words.COMPLAINT_STATUSES, one) for one in view.statuses))
            )
        found.append(("severities", _said(words.name(words.SEVERITIES, one) for one in view.severities)))
        found.append(("subjects", _said(tr(SHORT_SUBJECTS[one]) for one in view.subjects)))
        clerks = {**names.get("staff", {}), NOBODY: tr("Nobody yet")}
        found.append(("staff", _said(clerks.get(one, "—") for one in view.staff)))
        products = {**names.get("products", {}), NO_PRODUCT: tr("No product named")}
        found.append(("products", _said(products.get(one, "—") for one in view.products)))
        made = [
            ChipItem(key, tr("{filter} ✕", filter=cut(text, _LONGEST)), None, False, tr("Leave this out"))
            for key, text in found
            if text
        ]
        if made != self._narrowing:
            self._narrowing = made
            self._renew()

    def show_facts(self, facts: list[str]) -> None:
        """Show figures in a few words each; a click leads to all of them."""
        tip = tr("Show all figures")
        made = [ChipItem(f"fact{place}", text, None, False, tip) for place, text in enumerate(facts)]
        if made != self._facts:
            self._facts = made
            self._renew()

    def _renew(self) -> None:
        self.chips.set_items([*self._scopes(), *self._narrowing, *self._facts])
        self.chips.set_counts(self._counts)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Facts are no filters: for them alone no second line is begun."""
        facts = [self.chips.chip(item.key) for item in self._facts]
        first = [self.chips.chip(item.key).width() for item in (*self._scopes(), *self._narrowing)]
        room = self.width() - sum(first) - _GAP * len(first)
        for chip in facts:
            room -= chip.width() + _GAP
            chip.setVisible(bool(self._narrowing) or room >= -_GAP)

    def _pressed(self, key: str) -> None:
        if key in _CLOSED:
            self.closed.emit(key)
        elif key.startswith("fact"):
            self.fact_asked.emit()
        else:
            self.scope_chosen.emit(key)

    @staticmethod
    def _scopes() -> list[ChipItem]:
        return [
            ChipItem("board", tr("Still open"), 0),
            ChipItem("today", tr("Due today"), 0),
            ChipItem("overdue", tr("Overdue"), 0),
            ChipItem("waiting", tr("Waiting"), 0, tip=tr("Waiting for the customer")),
            ChipItem("settled", tr("Settled 30 d"), 0),
            ChipItem("reopened", tr("Reopened"), 0, tip=tr("Open again after they had ended")),
            ChipItem("rejected", tr("Rejected"), 0),
            ChipItem("all", tr("All"), 0),
        ]


def _said(parts: Iterable[str]) -> str:
    return tr(", ").join(parts)
