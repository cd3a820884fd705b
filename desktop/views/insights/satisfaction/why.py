"""Why customers are happy or not: stars, what they had expected, their reasons, and their own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.dates import format_day
from desktop.core.figures import percent
from desktop.core.rating_reasons import reason_name
from desktop.core.translation import ntr, tr
from desktop.views.figures.card import FigureCard
from desktop.views.figures.lines import interval_of
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.charts import HBarList, HeatTable, ParetoBar, ParetoChart, ParetoTitles, Part
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.labels import ElidedLabel, label
from desktop.views.kit.layouts import clear
from desktop.views.kit.widgets import Card

if TYPE_CHECKING:
    from desktop.analytics.intervals import Rate
    from desktop.queries.insight_satisfaction import SatisfactionReport
    from desktop.queries.ratings import RatingRow

Mood = Literal["unhappy", "happy"]
_MANY, _FEW = 8, 5
"""Reasons, and words of customers, that are seen at once."""


class StarsCard(FigureCard):
    """How many gave one to five stars; `opened` shows the ratings of so many."""

    def __init__(self, opened: Callable[[int], object]) -> None:
        self._bars = HBarList(
            tr("Stars given"), clickable=True, empty_text=tr("No rating here says what was got.")
        )
        self._bars.chosen.connect(lambda key: opened(int(key)))
        super().__init__(
            tr("Stars given"),
            tr("share of the ratings"),
            self._bars,
            (
                tr("Ratings by what was perceived, 1 to 5 stars, and the share of each."),
                tr("A click on a line shows its ratings."),
            ),
        )
        self.body.addStretch(1)

    def show_report(self, report: SatisfactionReport) -> None:
        """Draw the stars, five first."""
        shares = list(enumerate(report.stars, start=1))[::-1]
        some = any(share.n for _, share in shares)
        self._bars.set_parts(
            [
                Part(str(n), "★" * n, share.hits, share.value, share.low, share.high, share.n)
                for n, share in shares
            ]
            if some
            else [],
            (tr("Stars"), tr("Ratings"), tr("Share")),
        )
        self._bars.show()


class AgainstCard(FigureCard):
    """Perceived against expected in a table of counts; `opened` shows a cell's ratings."""

    def __init__(self, opened: Callable[[int, int], object]) -> None:
        self._table = HeatTable(
            tr("Got against expected"),
            empty_text=tr(
                "No rating says both what was expected and what was got. Ask for the expectation before the "
                "sale: at the counter or in the profile."
            ),
        )
        self._table.chosen.connect(lambda row, column: opened(5 - row, column + 1))
        super().__init__(
            tr("Got against expected"),
            " ",
            self._table,
            (
                tr("Ratings that have both: a row for what was expected, a column for what was got."),
                tr("Left of the diagonal customers got less than they had hoped for, right of it more."),
                tr("A click on a cell shows its ratings."),
            ),
        )
        self.body.addStretch(1)

    def show_report(self, report: SatisfactionReport) -> None:
        """Draw the table, the highest expectations on top."""
        found = report.against
        if found.met.n:
            said = tr(
                "{worse} less, {met} as expected, {better} more",
                worse=percent(found.worse.value), met=percent(found.met.value),
                better=percent(found.better.value),
            )  # fmt: skip
            rows = [tr("expected {stars}", stars=f"{n} ★") for n in range(5, 0, -1)]
            columns = [tr("got {stars}", stars=f"{n} ★") for n in range(1, 6)]
            self._table.set_data(tr("Expected"), rows, columns, found.counts[::-1])
        else:
            said = tr("nothing to compare yet")
            self._table.set_data(tr("Expected"), (), (), ())
        self.set_title(self.name, said)
        self._table.show()


class ReasonsCard(FigureCard):
    """The reasons given, what weighs most first; `opened` shows the ratings that name one."""

    def __init__(self, opened: Callable[[Mood, int, str], object], mood: Mood = "unhappy") -> None:
        self._pareto = ParetoChart(
            tr("Reasons"),
            empty_text=tr("Nobody gave a reason here. They are ticked where a rating is entered."),
        )
        self._pareto.chosen.connect(self._open)
        self._opened = opened
        self._report: SatisfactionReport | None = None
        self.chips = ChipRow(
            [ChipItem("unhappy", tr("1 to 3 stars")), ChipItem("happy", tr("4 and 5 stars"))]
        )
        self.chips.choose(mood)
        self.chips.chosen.connect(lambda _: self._write())
        super().__init__(
            tr("Reasons"),
            tr("what weighs most, and what they add up to"),
            self._pareto,
            (
                tr("How often each reason was named by those who gave so many stars, the commonest first."),
                tr("One rating may name several. The dark bars together make up the first 80 %."),
                tr("Below: the share of the ratings with reasons that name it, and its 95 % interval."),
                tr("A click on a reason shows the ratings that name it."),
            ),
        )
        self.body.insertWidget(0, self.chips)
        self.body.addStretch(1)

    @property
    def mood(self) -> Mood:
        """Whose reasons are shown."""
        return "happy" if self.chips.chosen_key() == "happy" else "unhappy"

    def show_report(self, report: SatisfactionReport) -> None:
        """Draw the reasons."""
        self._report = report
        found = report.reasons
        self.chips.set_counts({
            "unhappy": found.unhappy[0].share.n if found.unhappy else 0,
            "happy": found.happy[0].share.n if found.happy else 0,
        })  # fmt: skip
        self._write()
        self._pareto.show()

    def _write(self) -> None:
        from desktop.analytics.intervals import rate

        if self._report is None:
            return
        report = self._report
        rows = report.reasons.happy if self.mood == "happy" else report.reasons.unhappy
        total = sum(row.count for row in rows)
        self.tell(
            facts=[(reason_name(report.titles[row.code]), _of_ratings(row.share)) for row in rows[:_FEW]]
        )
        bars = []
        for row in rows[:_MANY]:
            share = rate(row.count, total)
            name = reason_name(report.titles[row.code])
            bars.append(ParetoBar(str(row.code), name, row.count, share.low, share.high))
        if len(rows) > _MANY:
            rest = sum(row.count for row in rows[_MANY:])
            bars.append(ParetoBar("", tr("All others"), rest))
        self._pareto.set_bars(bars, ParetoTitles(tr("Reason"), tr("Named"), tr("Share"), tr("Added up")))

    def _open(self, key: str) -> None:
        if self._report is not None and key:
            self._opened(self.mood, int(key), reason_name(self._report.titles[int(key)]))


class WordsCard(Card):
    """What the unhappy wrote, the newest first; a click shows the rating."""

    def __init__(self, opened: Callable[[RatingRow], object], all_of_them: Callable[[], object]) -> None:
        self.more = LinkButton(tr("Show the unhappy"), "list", all_of_them)
        self.more.setFont(theme.font(theme.SMALL))
        super().__init__(tr("In their own words"), tr("1 to 3 stars, newest first"), action=self.more)
        self._opened = opened
        self.lines: list[LinkButton] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.body.addWidget(self._inside)
        self.body.addStretch(1)

    def show_words(self, rows: Sequence[RatingRow], unhappy: int) -> None:
        """Write them down; `unhappy` is how many there are with and without words."""
        clear(self._column)
        self.lines = []
        self.more.setVisible(unhappy > 0)
        self.more.setText(ntr("Show all {n}", "Show all {n}", unhappy))
        if not rows:
            said = tr("None of the unhappy wrote anything.") if unhappy else tr("Nobody was unhappy here.")
            self._column.addWidget(label(said, role="muted", wrap=True))
        for row in rows[:_FEW]:
            who = row.customer_name or tr("Somebody")
            said = tr("{stars} · {who} · {day}", stars="★" * (row.perceived or 0), who=who,
                      day=format_day(row.day))  # fmt: skip
            head = LinkButton(said, "", partial(self._opened, row))
            head.setFont(theme.font(theme.SMALL))
            self.lines.append(head)
            words = ElidedLabel(" ".join(row.text.split()))
            words.setContentsMargins(4, 0, 0, 0)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(head, 0, Qt.AlignmentFlag.AlignLeft)
            pair.addWidget(words)
            self._column.addLayout(pair)


def _of_ratings(share: Rate) -> str:
    """The share of ratings that name a reason, with its interval and how many ratings there are."""
    said = f"{percent(share.value)} ({interval_of('share', share, '')})"
    return tr("{share}, n {count}", share=said, count=f"{share.n:,}")
