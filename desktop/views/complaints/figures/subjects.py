"""What complaints are about: the subjects that weigh most, their details, and which product has which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.core.translation import ntr, tr
from desktop.views.complaints.figures.names import group_name
from desktop.views.figures.card import FigureCard
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.charts import HeatTable, ParetoBar, ParetoChart, ParetoTitles
from desktop.views.kit.labels import ElidedLabel

if TYPE_CHECKING:
    from desktop.queries.complaint_figures_cohorts import ComplaintSlice
    from desktop.queries.complaint_figures_tables import Bar, Heat

OpenSlice = Callable[["ComplaintSlice", str], object]
"""Shows the complaints of a slice, under a title."""

_MANY = 12
"""Bars that can be taken in; the rest are one bar."""
_CLEAR, _FEW = 3.0, 5
"""How far out a cell must lie to stand out, and how many it must hold; among so many cells 1.96 is common."""


class SubjectsCard(FigureCard):
    """The Pareto of subjects; a subject shows its details, a detail the complaints."""

    def __init__(self, opened: OpenSlice) -> None:
        self._pareto = ParetoChart(
            tr("What they are about"),
            empty_text=tr("No complaint in this period, as far as the filters leave any."),
        )
        self.back = LinkButton(tr("All subjects"), "chevron-left", self.leave)
        self.rows = LinkButton("", "list", self._open_subject)
        for button in (self.back, self.rows):
            button.setFont(theme.font(theme.SMALL))
            button.hide()
        super().__init__(
            tr("What they are about"),
            tr("subjects, and what they add up to"),
            self._pareto,
            (
                tr("Complaints received in the period by subject, the commonest first."),
                tr("The line adds the shares up; the dark bars together make up the first 80 %."),
                tr("A click on a subject shows its details, a click on a detail the complaints."),
            ),
            extra=[self.rows, self.back],
        )
        self._opened = opened
        self.bars: Sequence[Bar] = ()
        self._details: Sequence[Bar] = ()
        self.subject = ""
        """The subject whose details are shown; "" for all subjects."""
        self._filtered = ""
        self._pareto.chosen.connect(self._choose)
        self.body.addStretch(0)

    def show_bars(self, bars: Sequence[Bar], details: Sequence[Bar], filtered: str = "") -> None:
        """Show the subjects, or the details of the one that is looked into if it still has some.

        A subject that is newly the only one, by a filter, is looked into at once.
        """
        self.bars, self._details = bars, details
        if filtered != self._filtered:
            self._filtered = self.subject = filtered
        if self.subject not in {str(bar.group.key) for bar in bars}:
            self.subject = ""
        self._write()

    def look_into(self, subject: str) -> None:
        """Show the details of a subject."""
        self.subject = subject
        self._write()
        self._pareto.setFocus()

    def leave(self) -> None:
        """Show all subjects again."""
        self.look_into("")

    def _choose(self, key: str) -> None:
        if not self.subject:
            self.look_into(key)
            return
        bar = next(bar for bar in self._of_subject() if str(bar.group.key) == key)
        self._opened(bar.group.within, group_name("detail", bar.group))

    def _open_subject(self) -> None:
        bar = next((bar for bar in self.bars if str(bar.group.key) == self.subject), None)
        if bar is not None:
            self._opened(bar.group.within, group_name("subject", bar.group))

    def _of_subject(self) -> list[Bar]:
        return [bar for bar in self._details if bar.group.within.subject == self.subject]

    def _write(self) -> None:
        if self.subject:
            name = next(group_name("subject", b.group) for b in self.bars if str(b.group.key) == self.subject)
            bars = _bars("detail", self._of_subject())
            titles = ParetoTitles(tr("Detail"), tr("Complaints"), tr("Share"), tr("Added up"))
            self.set_title(name, tr("its details, and what they add up to"))
            self._name(tr("{title}: {subject}", title=self.name, subject=name))
            self.rows.setText(tr("Show the complaints"))
        else:
            bars = _bars("subject", self.bars)
            titles = ParetoTitles(tr("Subject"), tr("Complaints"), tr("Share"), tr("Added up"))
            self.set_title(self.name, tr("subjects, and what they add up to"))
            self._name(self.name)
        self.back.setVisible(bool(self.subject))
        self.rows.setVisible(bool(self.subject))
        self._pareto.set_bars(bars, titles)

    def _name(self, name: str) -> None:
        """What the chart is called where it is taken, and by who reads it out."""
        self._pareto.name = name
        self._pareto.setAccessibleName(name)


def _bars(by: str, found: Sequence[Bar]) -> list[ParetoBar]:
    """The bars as drawn, their shares of those shown; what is too many to take in becomes one."""
    from desktop.analytics.intervals import rate

    total = sum(bar.count for bar in found)
    shown, rest = found[:_MANY], found[_MANY:]
    bars = []
    for bar in shown:
        share = rate(bar.count, total)
        key, name = str(bar.group.key), group_name(by, bar.group)
        bars.append(ParetoBar(key, name, bar.count, share.low, share.high))
    if rest:
        name = ntr("{n} further one", "{n} further ones", len(rest))
        bars.append(ParetoBar("", name, sum(bar.count for bar in rest)))
    return bars


class HeatCard(FigureCard):
    """Products with most complaints against subjects; a cell shows its complaints."""

    def __init__(self, opened: OpenSlice) -> None:
        self._table = HeatTable(
            tr("Products and subjects"),
            empty_text=tr(
                "No complaint of this period names a product: name it on the complaint, or choose the order."
            ),
        )
        super().__init__(
            tr("Products and subjects"),
            tr("complaints about the products that have most"),
            self._table,
            (
                tr("Complaints received in the period by product and subject, the darker the more."),
                tr(
                    "A marked corner: more than the product's complaints and the subject's would make likely "
                    "(adjusted residual above 3, five or more)."
                ),
                tr("A click on a cell shows its complaints, on the last column all of the product."),
            ),
        )
        self._opened = opened
        self._heat: Heat | None = None
        self._table.chosen.connect(self._open)
        self.left_out = ElidedLabel("", size=theme.SMALL, role="muted")
        self.body.addWidget(self.left_out)

    def show_heat(self, heat: Heat) -> None:
        """Show the table."""
        self._heat = heat
        marked = {
            (row, column): tr("more than likely by chance")
            for row in range(len(heat.products))
            for column in range(len(heat.subjects))
            if heat.residuals[row, column] > _CLEAR and heat.counts[row, column] >= _FEW
        }
        self._table.set_data(
            tr("Product"),
            [group_name("product", one) for one in heat.products],
            [group_name("subject", one) for one in heat.subjects],
            [[int(count) for count in line] for line in heat.counts],
            marked=marked,
        )
        said = []
        if heat.others:
            said.append(ntr("{n} about a further product", "{n} about further products", heat.others))
        if heat.unknown:
            said.append(ntr("{n} without a product noted", "{n} without a product noted", heat.unknown))
        self.left_out.set_whole(tr("Not in the table: {parts}.", parts=tr(", ").join(said)) if said else "")
        self.left_out.setVisible(bool(said))

    def _open(self, row: int, column: int) -> None:
        heat = self._heat
        if heat is None:
            return
        product = group_name("product", heat.products[row])
        if column < len(heat.subjects):
            subject = group_name("subject", heat.subjects[column])
            self._opened(
                heat.within(row, column), tr("{product} · {subject}", product=product, subject=subject)
            )
        else:
            self._opened(heat.products[row].within, product)
