"""Satisfaction by channel, product, clerk or tier: dots with intervals, beside the whole's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.core import words
from desktop.core.figures import number
from desktop.core.translation import mark, ntr, tr
from desktop.views.figures.card import FigureCard
from desktop.views.figures.lines import FigureLine
from desktop.views.kit.charts import Figures
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.interval_list import IntervalList, IntervalRow

if TYPE_CHECKING:
    from desktop.queries.insight_satisfaction import PartRow, SatisfactionReport
    from desktop.queries.rating_parts import PartBy

PARTS: Mapping[PartBy, tuple[str, str]] = {
    "channel": (mark("By channel"), mark("Channel")), "product": (mark("By product"), mark("Product")),
    "clerk": (mark("By clerk"), mark("Clerk")), "tier": (mark("By tier"), mark("Tier")),
}  # fmt: skip
"""What ratings are parted by here: the chip's words, and what one of them is called."""
_MOST = 12
"""Lines that can be taken in; the table of the card has all."""


class PartsCard(FigureCard):
    """The parts; `opened` shows the ratings of one, `chosen` parts them otherwise."""

    def __init__(
        self, opened: Callable[[PartRow, str], object], chosen: Callable[[], object], part: PartBy
    ) -> None:
        self._list = IntervalList(
            tr("Satisfaction side by side"), empty_text=tr("No rating here says what was got.")
        )
        self._list.chosen.connect(self._open)
        self._opened = opened
        self._rows: Sequence[PartRow] = ()
        self._shown: PartBy = part
        self.chips = ChipRow([ChipItem(key, tr(name)) for key, (name, _) in PARTS.items()])
        self.chips.choose(part)
        self.chips.chosen.connect(lambda _: chosen())
        super().__init__(
            tr("Satisfaction side by side"),
            tr("mean and 95 % interval; dashed: all ratings"),
            self._list,
            (
                tr("The mean of the ratings from 1 to 5 of each, with its 95 % interval (t) and n."),
                tr("Where intervals overlap much, the difference may be chance. Fewer than 30 are grey."),
                tr(
                    "A rating of an order counts for each of its products, and for the clerk who sold it. "
                    "The tier is the customer's at the end of the period."
                ),
                tr("A click on a line shows its ratings."),
            ),
        )
        self.body.insertWidget(0, self.chips)
        self.body.addStretch(1)

    @property
    def part(self) -> PartBy:
        """What the ratings are parted by."""
        key = self.chips.chosen_key()
        return next((one for one in PARTS if one == key), "channel")

    def show_report(self, report: SatisfactionReport) -> None:
        """Draw the parts."""
        rows = [row for row in report.rows if row.now.perceived.n]
        self._rows, self._shown = rows[:_MOST], report.part
        left = len(rows) - len(self._rows) + report.left_off
        more = (
            ntr("{n} more with fewer ratings", "{n} more with fewer ratings", left)
            if left
            else tr("mean and 95 % interval; dashed: all ratings")
        )
        self.set_title(self.name, more)
        self._list.set_rows(
            [_line(str(place), row, report.part) for place, row in enumerate(self._rows)],
            lambda value: number(value),
            titles=(tr(PARTS.get(report.part, ("", mark("Group")))[1]), tr("Perceived")),
            kind="rating",
            whole=report.now.perceived.value,
            bounds=(1.0, 5.0),
            more=_beside(self._rows),
        )
        self._list.show()

    def _open(self, key: str) -> None:
        row = self._rows[int(key)]
        self._opened(row, part_name(self._shown, row))


def part_name(part: PartBy, row: PartRow) -> str:
    """What a part is called."""
    if part == "channel":
        return words.name(words.CHANNELS, str(row.key)) or tr("Channel not noted")
    if part == "tier":
        return words.name(words.TIERS, row.name) or tr("No purchase known")
    if part == "product":
        return row.name or tr("No product noted")
    return row.name or tr("Nobody noted")


def _line(key: str, row: PartRow, part: PartBy) -> IntervalRow:
    now = row.now.perceived
    told = FigureLine(
        key, "", "stars", now, row.before.perceived, row.moved, "", "", "",
    )  # fmt: skip
    clear = told.clear
    return IntervalRow(
        key,
        part_name(part, row),
        now.value,
        now.low,
        now.high,
        now.n,
        # What chance may explain is no news.
        told.change if clear else "",
        row.moved.good if clear else None,
    )


def _beside(rows: Sequence[PartRow]) -> list[Figures]:
    """What the table has besides the means."""
    return [
        Figures(tr("Period before"), "rating", [row.before.perceived.value for row in rows]),
        Figures(tr("Counted before"), "number", [row.before.perceived.n for row in rows]),
        Figures(tr("Gap"), "rating", [row.now.gap.value for row in rows]),
        Figures(tr("CSAT"), "percent", [row.now.csat.value for row in rows]),
        Figures(tr("NPS"), "number", [row.now.nps.value for row in rows]),
        Figures(tr("CES"), "rating", [row.now.effort.value for row in rows]),
    ]
