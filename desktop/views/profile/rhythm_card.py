"""The card of the days between a customer's orders, as bars."""

from __future__ import annotations

from desktop.core.translation import tr
from desktop.queries.profile import Profile
from desktop.views.kit.charts import BarChart
from desktop.views.kit.widgets import Card

_WIDTHS = (1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 10**6)


class RhythmCard(Card):
    """How often each gap came; the bar of their rhythm is marked."""

    def __init__(self) -> None:
        super().__init__(tr("Rhythm"), tr("days between orders"), hug=True)
        self._chart = BarChart(tr("Days between orders"), empty_text=tr("Known after the second order."))
        self._chart.setFixedHeight(128)
        self.body.addWidget(self._chart)

    def show_customer(self, found: Profile) -> None:
        """Show a customer's gaps."""
        labels, values, long_labels, marked = histogram(found.gaps, found.rhythm)
        self._chart.set_data(
            labels,
            values,
            long_labels=long_labels,
            marked=marked,
            scale=False,
            titles=(tr("Days"), tr("Times")),
        )


def histogram(
    gaps: tuple[int, ...], rhythm: float | None
) -> tuple[list[str], list[float], list[str], int | None]:
    """Gaps in days as at most ten bars: short labels, counts, long labels, and the bar of the rhythm."""
    if not gaps:
        return [], [], [], None
    width = next(step for step in _WIDTHS if max(gaps) < 10 * step)
    bars = max(gaps) // width + 1
    counts = [0.0] * bars
    for gap in gaps:
        counts[gap // width] += 1
    labels = [str(bar * width) for bar in range(bars)]
    long_labels = [
        tr("{low} to {high} days", low=bar * width, high=(bar + 1) * width - 1) for bar in range(bars)
    ]
    marked = int(rhythm // width) if rhythm is not None and rhythm // width < bars else None
    return labels, counts, long_labels, marked
