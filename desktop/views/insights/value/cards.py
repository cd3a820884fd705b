"""The charts of the value screen: how value is spread, who is still a customer, and value by group."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import Figures
from desktop.queries.insight_value import BINS, GROUPS, Group, ValueReport
from desktop.queries.shop_columns import Ints
from desktop.views.figures.card import FigureCard
from desktop.views.figures.open_bars import OpenBars
from desktop.views.insights.value.words import GROUP_NAMES, part_name
from desktop.views.kit.bar_list import HBarList
from desktop.views.kit.bar_list import Part as BarPart
from desktop.views.kit.chips import ChipItem, ChipRow

OpenRows = Callable[[str, Ints], None]


class TenthsCard(FigureCard):
    """The share of the value that each tenth of the customers holds."""

    def __init__(self, open_rows: OpenRows, currency: str) -> None:
        self._bars = OpenBars(
            tr("Value by tenths"), empty_text=tr("Tenths need ten customers, and some value among them.")
        )
        self._bars.opened = self._open
        self._open_rows, self._currency = open_rows, currency
        self._report: ValueReport | None = None
        super().__init__(
            tr("Value by tenths"),
            tr("of the customers, the best first"),
            self._bars,
            (
                tr("All customers from the most to the least valuable, in ten parts of the same size: the "
                   "share of the whole value that each part holds."),
                tr("A click on a bar shows its customers."),
            ),
        )  # fmt: skip
        self._bars.setMinimumHeight(170)

    def show_report(self, report: ValueReport) -> None:
        """Draw the tenths."""
        self._report = report
        shares = [one.share for one in report.tenths if one.share is not None]
        numbers = [f"{number}" for number in range(1, len(shares) + 1)]
        some = report.tenths if shares else ()
        self._bars.set_data(
            numbers,
            shares,
            kind="percent",
            long_labels=[tr("Tenth {n}", n=number) for number in numbers],
            titles=(tr("Tenth"), tr("Share of the value")),
            more=[
                Figures(tr("Customers"), "number", [one.customers for one in some]),
                Figures(tr("Value"), "money", [round(one.total) for one in some]),
                Figures(tr("The least of them"), "money", [round(one.least) for one in some]),
            ],
        )
        self._bars.show()

    def _open(self, bar: int) -> None:
        if self._report is not None:
            self._open_rows(tr("Tenth {n}", n=bar + 1), self._report.of_tenth(bar))


class AliveCard(FigureCard):
    """How many customers have which probability of still being one."""

    def __init__(self, open_rows: OpenRows) -> None:
        self._bars = OpenBars(
            tr("Still a customer?"),
            empty_text=tr("Without a model of the shop nobody can say who is still a customer."),
        )
        self._bars.opened = self._open
        self._open_rows = open_rows
        self._report: ValueReport | None = None
        super().__init__(
            tr("Still a customer?"),
            tr("customers by P(alive)"),
            self._bars,
            (
                tr("The probability of each customer still being one, from how often they came, when first "
                   "and when last (MBG/NBD model, fitted to this shop)."),
                tr("A click on a bar shows its customers."),
            ),
        )  # fmt: skip
        self._bars.setMinimumHeight(170)

    def show_report(self, report: ValueReport) -> None:
        """Draw the probabilities."""
        self._report = report
        counts = report.alive_counts.tolist()
        size = max(1, report.ids.size)
        self._bars.set_data(
            [f"{number * 10}–{number * 10 + 10}" for number in range(BINS)],
            counts,
            long_labels=[_percent_range(number) for number in range(BINS)],
            titles=(tr("P(alive)"), tr("Customers")),
            more=[Figures(tr("Share"), "percent", [count / size for count in counts])],
        )
        self._bars.show()

    def _open(self, bar: int) -> None:
        if self._report is not None:
            title = tr("P(alive) {range}", range=_percent_range(bar))
            self._open_rows(title, self._report.of_alive(bar))


class PartsCard(FigureCard):
    """Value by segment, tier or channel of the first purchase."""

    def __init__(self, open_rows: OpenRows, currency: str, group: Group) -> None:
        self._list = HBarList(
            tr("Value by group"), clickable=True, empty_text=tr("Nobody whom the filters leave has bought.")
        )
        self._list.chosen.connect(self._open)
        self._open_rows, self._currency = open_rows, currency
        self._report: ValueReport | None = None
        self.chips = ChipRow([ChipItem(key, tr(GROUP_NAMES[key])) for key in GROUPS])
        self.chips.choose(group)
        self.chips.chosen.connect(lambda _: self._write())
        super().__init__(
            tr("Value by group"),
            tr("customers and share of the value"),
            self._list,
            (
                tr("The expected spend of each group's customers ÷ that of all, and how many they are."),
                tr("A customer's channel is that of their first purchase; the tier that of the last 365 "
                   "days, the segment that of recency, frequency and money."),
                tr("The table behind the three dots has the mean of each group with its interval."),
            ),
        )  # fmt: skip
        self.body.insertWidget(0, self.chips)
        # The list stands at the top, however tall its neighbours are.
        self.body.setStretchFactor(self._list, 0)
        self.body.addStretch(1)

    @property
    def group(self) -> Group:
        """What the customers are told apart by."""
        key = self.chips.chosen_key()
        return key if key in GROUPS else "segment"

    def show_report(self, report: ValueReport) -> None:
        """Draw the groups."""
        self._report = report
        self._write()
        self._list.show()

    def _write(self) -> None:
        if self._report is None:
            return
        group = self.group
        found = [(at, part) for at, part in enumerate(self._report.parts[group]) if part.customers]
        if group == "channel":
            found.sort(key=lambda one: -one[1].total)
        parts = [part for _, part in found]
        more = [
            Figures(tr("Value"), "money", [round(part.total) for part in parts]),
            Figures(tr("Mean"), "money", [_round(part.mean.value) for part in parts]),
            Figures(tr("Mean: from"), "money", [_round(part.mean.low) for part in parts]),
            Figures(tr("Mean: to"), "money", [_round(part.mean.high) for part in parts]),
        ]
        if self._report.alive is not None:
            more.append(Figures(tr("Still customers"), "number", [_round(part.alive) for part in parts]))
        self._list.set_parts(
            [BarPart(str(at), part_name(group, part), part.customers, part.share) for at, part in found],
            (tr("Group"), tr("Customers"), tr("Share of the value")),
            more=more,
            currency=self._currency,
        )

    def _open(self, key: str) -> None:
        if self._report is not None:
            at = int(key)
            name = part_name(self.group, self._report.parts[self.group][at])
            self._open_rows(name, self._report.of_part(self.group, at))


def _percent_range(number: int) -> str:
    return f"{number * 100 // BINS}–{(number + 1) * 100 // BINS}\N{NO-BREAK SPACE}%"


def _round(value: float | None) -> int | None:
    return None if value is None else round(value)
