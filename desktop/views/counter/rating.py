"""A rating given at the counter: what was expected, what was got, by the digits alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.core.dates import format_short_day, from_iso
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations.ratings import Verdict, add_rating
from desktop.queries.counter import CounterCard
from desktop.views.counter.panel import Choice, Panel, beside, named
from desktop.views.kit.context import Context

RECENT_DAYS = 30
"""Days in which a rating is taken to be about the last purchase."""
_SCALES = (("perceived", 1, 5), ("expected", 1, 5), ("recommend", 0, 10))


class RatingPanel(Panel):
    """The digits fill one scale after the other; Enter saves, and what was not asked stays open."""

    def __init__(self, ctx: Context, card: CounterCard) -> None:
        super().__init__(ctx, tr("Rating"), tr("Save"))
        self._customer = card.id
        names = (tr("Satisfied"), tr("Had expected"), tr("Would recommend (0 to 10)"))
        self.scales: dict[str, Choice] = {}
        for (key, low, high), name in zip(_SCALES, names, strict=True):
            scale = Choice(
                [(value, str(value)) for value in range(low, high + 1)],
                columns=6 if high > 5 else 0,
                optional=True,
                on_choose=partial(self._go_on, key),
            )
            self.scales[key] = scale
            self.column.addLayout(named(name, scale) if high > 5 else beside(name, scale))
        self._at = "perceived"
        self._tenth = False
        last = card.purchases[0] if card.purchases else None
        recent = last is not None and (datetime.now() - from_iso(last.placed_at)).days <= RECENT_DAYS
        about: list[tuple[int | None, str]] = [(None, tr("The shop"))]
        if last is not None and recent:
            about.insert(0, (last.id, tr("Purchase of {day}", day=format_short_day(last.placed_at))))
        self.about = Choice(about, about[0][0])
        self.column.addLayout(beside(tr("It is about"), self.about))
        self.column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdigit() and text.isascii():
            self._digit(int(text))
        elif event.key() == Qt.Key.Key_Backspace:
            self._back()
        else:
            super().keyPressEvent(event)

    def _digit(self, digit: int) -> None:
        key, low, high = next(scale for scale in _SCALES if scale[0] == self._at)
        tenth = self._tenth and digit == 0
        value = 10 if tenth else digit
        self._tenth = key == "recommend" and digit == 1
        if low <= value <= high:
            self.scales[key].choose(value)
            self._go_on(key)

    def _go_on(self, key: str, _: Any = None) -> None:
        """To the next scale; the last one is stayed on."""
        keys = [scale[0] for scale in _SCALES]
        self._at = keys[min(keys.index(key) + 1, len(keys) - 1)]
        self.setFocus()

    def _back(self) -> None:
        """Take the last digit back."""
        self._tenth = False
        filled = [key for key, _, _ in _SCALES if self.scales[key].value() is not None]
        if filled:
            self._at = filled[-1]
            self.scales[self._at].choose(None)

    def _values(self) -> dict[str, Any]:
        return {key: scale.value() for key, scale in self.scales.items()}

    def store(self) -> Changes:
        """Keep the rating."""
        said = Verdict(
            rated_at=datetime.now().replace(microsecond=0),
            customer_id=self._customer,
            channel="shop",
            order_id=self.about.value(),
            staff_id=self.ctx.book.clerk_id(),
            **self._values(),
        )
        return add_rating(self.ctx.book, said)

    def draft(self) -> dict[str, Any]:
        values = self._values()
        return {**values, "about": self.about.value()} if any(v is not None for v in values.values()) else {}

    def fill(self, draft: Mapping[str, Any]) -> None:
        for key, scale in self.scales.items():
            scale.choose(draft[key])
        self.about.choose(draft["about"])
