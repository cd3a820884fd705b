"""The strip of figures above the cards: each with its interval, its n, and how it moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.figures import NOTHING, number, percent, signed
from desktop.core.translation import tr
from desktop.views.insights import definitions
from desktop.views.kit.figure_tile import MEAN, SCORE, SHARE, FigureTile

if TYPE_CHECKING:
    from desktop.queries.insights import Insights


class FigureStrip(QWidget):
    """Satisfaction, CSAT, NPS, CES, response rate and repeat purchase of the period."""

    def __init__(self) -> None:
        super().__init__()
        ended = tr("A rating counts for the day on which the rated thing ended.")
        no_ratings, nobody = tr("No ratings yet"), tr("Nobody was asked")
        self.perceived = FigureTile(
            tr("Satisfaction"), (tr("Mean of the ratings from 1 to 5, with a 95 % interval (t)."), ended),
            MEAN, no_ratings,
        )  # fmt: skip
        self.csat = FigureTile(
            tr("CSAT"), (tr("Ratings of 4 and 5 ÷ all ratings from 1 to 5, with a Wilson interval."), ended),
            SHARE, no_ratings,
        )  # fmt: skip
        self.nps = FigureTile(
            tr("NPS"),
            (
                tr(
                    "How likely are you to recommend us, 0 to 10? Share of 9 and 10 less share of 0 to 6, "
                    "in points from −100 to 100."
                ),
                ended,
            ),
            SCORE,
            no_ratings,
        )
        self.ces = FigureTile(
            tr("CES"),
            (
                tr("How easy was it to get what you needed, 1 to 7? The mean, with a 95 % interval (t)."),
                ended,
            ),
            MEAN,
            no_ratings,
        )
        self.answered = FigureTile(
            tr("Response rate"),
            (tr("Ratings answered ÷ ratings asked for, about what ended in the period."),),
            SHARE,
            nobody,
        )
        self.repeat = FigureTile(tr("Repeat purchase (b)"), (definitions.whole("b"),), SHARE, tr("No buyers"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.tiles = (self.perceived, self.csat, self.nps, self.ces, self.answered, self.repeat)
        for tile in self.tiles:
            row.addWidget(tile, 1)

    def show_found(self, found: Insights) -> None:
        """Write the figures of the period."""
        now, before, steps = found.satisfaction.now, found.satisfaction.before, found.satisfaction.changes
        gap = now.gap.value
        self.perceived.show_figure(
            now.perceived,
            before.perceived,
            steps["perceived"],
            [
                (tr("Expected"), number(now.expected.value)),
                (tr("Gap"), NOTHING if gap is None else signed(gap, 2)),
            ],
            tr("gap {gap}", gap=signed(gap, 2)) if gap is not None else "",
        )
        self.csat.show_figure(now.csat, before.csat, steps["csat"], [])
        self.nps.show_figure(
            now.nps,
            before.nps,
            steps["nps"],
            [
                (tr("9 and 10"), f"{now.nps.promoters:,}"),
                (tr("7 and 8"), f"{now.nps.passives:,}"),
                (tr("0 to 6"), f"{now.nps.detractors:,}"),
            ],
        )
        self.ces.show_figure(
            now.effort, before.effort, steps["effort"], [(tr("5 or more"), percent(now.easy.value))]
        )
        self.answered.show_figure(found.answered, None, found.answered_step, [])
        self.repeat.show_figure(found.repeat.returning, found.repeat_before.returning, found.repeat_step, [])
