"""The settings of tiers: what each is called, and from which yearly spend a customer belongs to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop.core import words
from desktop.core.money import AmountError, format_money, parse_amount
from desktop.core.translation import tr
from desktop.operations.settings import set_tiers
from desktop.queries.insight_scope import tiers
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, LinkButton
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import clear

_MOST = 9
_LINE = 140


class TiersCard(Card):
    """A line for each tier, the highest last; every change is kept at once, and can be undone."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("Tiers"), tr("By what a customer spent in the last 365 days, refunds taken off"), hug=True
        )
        self._ctx = ctx
        self.names: list[QLineEdit] = []
        self.amounts: list[QLineEdit] = []
        self._place = QHBoxLayout()
        self.body.addLayout(self._place)
        foot = QHBoxLayout()
        self.add_button = LinkButton(tr("Add a tier"), "plus", self._add)
        self.back = LinkButton(tr("Back to the program's tiers"), "rotate-ccw", self._reset)
        foot.addWidget(self.add_button)
        foot.addSpacing(16)
        foot.addWidget(self.back)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self._show()
        ctx.changes.listen(self, self._show, "setting")

    def _show(self) -> None:
        known = tiers(self._ctx.book)
        if len(known) != len(self.names):
            self._build(len(known))
        currency = str(self._ctx.settings.get("shop.currency"))
        for at, (name, amount) in enumerate(known):
            self.names[at].setText(words.name(words.TIERS, name))
            self.amounts[at].setText(
                format_money(amount, currency, decimals=0 if amount % 100 == 0 else None)
            )
            _mark(self.names[at], wrong=False)
            _mark(self.amounts[at], wrong=False)
        self.add_button.setVisible(len(known) < _MOST)
        self.back.setVisible(bool(self._ctx.settings.get("members.tiers")))

    def _build(self, count: int) -> None:
        clear(self._place)
        self.names, self.amounts = [], []
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for column, head in enumerate((tr("Name"), tr("From a yearly spend of"))):
            grid.addWidget(label(head, size=theme.SMALL, role="muted"), 0, column)
        for at in range(count):
            name, amount = QLineEdit(), QLineEdit()
            name.setMaxLength(40)
            name.setAccessibleName(tr("Name of tier {n}", n=at + 1))
            amount.setAccessibleName(tr("Yearly spend of tier {n}", n=at + 1))
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            amount.setFixedWidth(_LINE)
            # Whoever spent nothing has a tier too.
            amount.setEnabled(at > 0)
            for line in (name, amount):
                line.editingFinished.connect(self._keep)
            up = IconButton("arrow-up", tr("Change places with the tier above"), partial(self._swap, at, -1))
            down = IconButton(
                "arrow-down", tr("Change places with the tier below"), partial(self._swap, at, 1)
            )
            remove = IconButton("trash-2", tr("Remove the tier"), partial(self._remove, at))
            up.setEnabled(at > 0)
            down.setEnabled(at < count - 1)
            remove.setEnabled(count > 1)
            for column, widget in enumerate((name, amount, up, down, remove)):
                grid.addWidget(widget, at + 1, column)
            self.names.append(name)
            self.amounts.append(amount)
        self._place.addWidget(holder, 1)

    # -- keeping

    def _known(self) -> list[tuple[str, int]]:
        return list(tiers(self._ctx.book))

    def _set(self, wanted: list[tuple[str, int]]) -> None:
        if wanted != self._known():
            self._ctx.do(lambda: set_tiers(self._ctx.book, wanted))

    def _keep(self) -> None:
        """Keep what stands there; a name of the program's that was left alone stays its code."""
        currency, known = str(self._ctx.settings.get("shop.currency")), self._known()
        wanted: list[tuple[str, int]] = []
        wrong = False
        for (code, _), name, amount in zip(known, self.names, self.amounts, strict=True):
            said = name.text().strip()
            try:
                spend = parse_amount(amount.text(), currency)
            except AmountError:
                spend = None
            bad = spend is None or (bool(wanted) and spend <= wanted[-1][1])
            _mark(amount, wrong=bad)
            _mark(name, wrong=not said)
            wrong = wrong or spend is None
            wanted.append((code if said == words.name(words.TIERS, code) else said, spend or 0))
        if wrong:
            self._ctx.notify(tr("That is no amount of money."), tone="error")
        else:
            self._set(wanted)

    def _swap(self, at: int, by: int) -> None:
        """Names change places; the amounts stay, since they rise."""
        known = self._known()
        names = [name for name, _ in known]
        names[at], names[at + by] = names[at + by], names[at]
        self._set([(name, amount) for name, (_, amount) in zip(names, known, strict=True)])

    def _remove(self, at: int) -> None:
        known = self._known()
        del known[at]
        known[0] = (known[0][0], 0)
        self._set(known)

    def _add(self) -> None:
        """A tier above the highest, from twice its spend."""
        known = self._known()
        number = len(known) + 1
        name = tr("Tier {n}", n=number)
        while name in {words.name(words.TIERS, one) for one, _ in known}:
            number += 1
            name = tr("Tier {n}", n=number)
        self._set([*known, (name, max(2 * known[-1][1], 100_000))])
        self.names[-1].setFocus()
        self.names[-1].selectAll()

    def _reset(self) -> None:
        self._ctx.do(lambda: self._ctx.settings.set("members.tiers", []))


def _mark(line: QLineEdit, *, wrong: bool) -> None:
    if bool(line.property("wrong")) != wrong:
        line.setProperty("wrong", wrong)
        line.style().unpolish(line)
        line.style().polish(line)
