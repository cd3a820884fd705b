"""The settings of RFM: scores by the shop's own fifths, or by bounds in days, purchases and money."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QRadioButton

from desktop.core.money import AmountError, format_money, parse_amount
from desktop.core.translation import mark, ntr, tr
from desktop.operations.settings import set_rfm_bounds
from desktop.queries.segment_bounds import PARTS, Part, ScoreSpans, Span, own_bounds, score_spans
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label

_HEADS = {
    "recency": mark("Days since the last purchase"),
    "frequency": mark("Purchase days"),
    "money": mark("Net spend"),
}
_BEFORE = {"recency": mark("at most"), "frequency": mark("at least"), "money": mark("at least")}
_LINE = 104


class ScoresCard(Card):
    """A line for each score; with own bounds a field for each, kept when the four of a column rise."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("Scores of the segments"), tr("Recency, frequency and money, each from 1 to 5"), hug=True
        )
        self._ctx = ctx
        self._spans: ScoreSpans | None = None
        self.ways: dict[str, QRadioButton] = {}
        ways = QHBoxLayout()
        ways.setSpacing(24)
        group = QButtonGroup(self)
        for way, text in (("fifths", tr("By the shop's own fifths")), ("bounds", tr("By your own bounds"))):
            button = self.ways[way] = QRadioButton(text)
            button.clicked.connect(partial(self._keep_way, way))
            group.addButton(button)
            ways.addWidget(button)
        ways.addStretch(1)
        self.body.addLayout(ways)
        self.words = label("", size=theme.SMALL, role="muted", wrap=True)
        self.body.addWidget(self.words)
        self._make_grid()
        self.back = LinkButton(tr("Back to the program's bounds"), "rotate-ccw", self._reset)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self._show()
        ctx.changes.listen(self, self._show, "setting")
        ctx.changes.listen(self, self._ask, "orders", "customer")
        self._ask()

    def _make_grid(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(label(tr("Score"), size=theme.SMALL, role="muted"), 0, 0)
        self.lines: dict[Part, list[QLineEdit]] = {part: [] for part in PARTS}
        self.texts: dict[Part, list[QLabel]] = {part: [] for part in PARTS}
        for column, part in enumerate(PARTS, start=1):
            grid.setColumnStretch(column, 1)
            grid.addWidget(label(tr(_HEADS[part]), size=theme.SMALL, role="muted"), 0, column)
        for row, score in enumerate(range(5, 0, -1), start=1):
            grid.addWidget(label(str(score), bold=True), row, 0)
            for column, part in enumerate(PARTS, start=1):
                cell = QHBoxLayout()
                cell.setSpacing(8)
                text = label("", size=theme.SMALL, role="muted")
                self.texts[part].append(text)
                cell.addWidget(text)
                if score > 1:
                    line = QLineEdit()
                    line.setFixedWidth(_LINE)
                    line.setAlignment(Qt.AlignmentFlag.AlignRight)
                    line.setAccessibleName(tr("{head}: score {score}", head=tr(_HEADS[part]), score=score))
                    line.editingFinished.connect(partial(self._keep_part, part))
                    self.lines[part].append(line)
                    cell.addWidget(line)
                cell.addStretch(1)
                grid.addLayout(cell, row, column)
        self.body.addLayout(grid)

    # -- what is shown

    @property
    def _own(self) -> bool:
        return bool(self._ctx.settings.get("rfm.way") == "bounds")

    @property
    def _currency(self) -> str:
        return str(self._ctx.settings.get("shop.currency"))

    def _ask(self) -> None:
        book = self._ctx.book

        def show(spans: ScoreSpans) -> None:
            self._spans = spans
            self._show()

        self._ctx.tasks.read(
            lambda progress: score_spans(book, date.today(), progress), show, owner=self, key="rfm-spans"
        )

    def _show(self) -> None:
        self.ways["bounds" if self._own else "fifths"].setChecked(True)
        bounds = own_bounds(self._ctx.book)
        for part in PARTS:
            four: tuple[int, ...] = getattr(bounds, part)
            for place, line in enumerate(self.lines[part]):
                line.setVisible(self._own)
                line.setText(self._written(part, four[place if part == "recency" else 3 - place]))
                _mark(line, wrong=False)
            for place, text in enumerate(self.texts[part]):
                text.setText(self._said(part, place, four))
        if self._own:
            said = tr("The bounds stay as they are, whatever the shop sells.")
        elif self._spans is None or not self._spans.customers:
            said = tr("Each score is a fifth of the customers, as far as equal values allow.")
        else:
            said = ntr(
                "Each score is a fifth of the customers, as far as equal values allow: of {n} today.",
                "Each score is a fifth of the customers, as far as equal values allow: of {n} today.",
                self._spans.customers,
            )
        self.words.setText(said)
        self.back.setVisible(self._own and bool(self._ctx.settings.get("rfm.bounds")))

    def _said(self, part: Part, place: int, four: tuple[int, ...]) -> str:
        """What stands in a cell: what comes before its field, or what the score means by itself."""
        if self._own:
            if place < 4:
                return tr(_BEFORE[part])
            if part == "recency":
                return tr("more than {value}", value=self._written(part, four[3]))
            return tr("less than {value}", value=self._written(part, four[0]))
        span = self._spans.of[part][4 - place] if self._spans else None
        return self._span(part, span)

    def _span(self, part: Part, span: Span | None) -> str:
        if span is None:
            return tr("nobody") if self._spans and self._spans.customers else "—"
        low, high = (self._written(part, one) for one in span)
        return low if low == high else f"{low} – {high}"

    def _written(self, part: Part, value: int) -> str:
        if part != "money":
            return f"{value:,}"
        return format_money(value, self._currency, decimals=0 if value % 100 == 0 else None)

    # -- keeping

    def _keep_way(self, way: str, _: bool = False) -> None:
        if way != self._ctx.settings.get("rfm.way"):
            self._ctx.do(lambda: self._ctx.settings.set("rfm.way", way))

    def _typed(self, part: Part) -> list[int | None]:
        """The four bounds as they stand there, ascending in meaning; None for what is no number."""
        found: list[int | None] = []
        for line in self.lines[part]:
            text = line.text().strip()
            if part == "money":
                try:
                    found.append(parse_amount(text, self._currency))
                except AmountError:
                    found.append(None)
            else:
                plain = text.replace(",", "").replace("，", "")
                found.append(int(plain) if plain.isdecimal() and len(plain) < 8 else None)
        return found if part == "recency" else found[::-1]

    def _keep_part(self, part: Part) -> None:
        bounds = own_bounds(self._ctx.book)
        typed = self._typed(part)
        four = [one for one in typed if one is not None]
        if four == list(getattr(bounds, part)):
            return
        lines = self.lines[part] if part == "recency" else self.lines[part][::-1]
        wrong = [
            one is None or (at > 0 and typed[at - 1] is not None and one <= (typed[at - 1] or 0))
            for at, one in enumerate(typed)
        ]
        for line, bad in zip(lines, wrong, strict=True):
            _mark(line, wrong=bad)
        if len(four) < len(typed):
            self._ctx.notify(tr("That is no number."), tone="error")
            return
        every: dict[str, list[int]] = {name: list(getattr(bounds, name)) for name in PARTS}
        every[part] = four
        self._ctx.do(lambda: set_rfm_bounds(self._ctx.book, every))

    def _reset(self) -> None:
        self._ctx.do(lambda: self._ctx.settings.set("rfm.bounds", {}))


def _mark(line: QLineEdit, *, wrong: bool) -> None:
    if bool(line.property("wrong")) != wrong:
        line.setProperty("wrong", wrong)
        line.style().unpolish(line)
        line.style().polish(line)
