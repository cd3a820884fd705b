"""A rating at the counter: what they expect before they buy, or what they got after it, by digits alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.core.dates import format_near_day, format_short_day, from_iso
from desktop.core.errors import UserError
from desktop.core.rating_reasons import join
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations.asking import tell_expectation
from desktop.operations.rated_things import About
from desktop.operations.ratings import Verdict, add_rating
from desktop.queries.counter import CounterCard
from desktop.queries.rating_detail import Told, told_before
from desktop.views.counter.panel import SMALL_BUTTON, Choice, Panel, beside, named
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.ratings.reasons_field import ReasonChips
from desktop.views.ratings.words import drawn

RECENT_DAYS = 30
"""Days in which a rating is taken to be about the last purchase."""
BEFORE, AFTER = "before", "after"
_SCALES = (("perceived", 1, 5), ("expected", 1, 5), ("recommend", 0, 10))


class RatingPanel(Panel):
    """The digits fill one scale after the other; Enter saves, and what was not asked stays open.

    The arrows change between what they got, which it begins with, and what they expect of the next purchase.
    """

    def __init__(self, ctx: Context, card: CounterCard) -> None:
        super().__init__(ctx, tr("Rating"), tr("Save"))
        self._customer = card.id
        self.when = Choice(
            [(BEFORE, tr("Before: they expect")), (AFTER, tr("After: they got"))],
            AFTER,
            on_choose=lambda _: self._turn(),
        )
        self.column.addWidget(self.when)
        names = (tr("Satisfied"), tr("Had expected"), tr("Would recommend (0 to 10)"))
        self.scales: dict[str, Choice] = {}
        self._rows: dict[str, QWidget] = {}
        for (key, low, high), name in zip(_SCALES, names, strict=True):
            scale = Choice(
                [(value, str(value)) for value in range(low, high + 1)],
                columns=6 if high > 5 else 0,
                optional=True,
                on_choose=partial(self._go_on, key),
            )
            self.scales[key] = scale
            row = QWidget()
            row.setLayout(named(name, scale) if high > 5 else beside(name, scale))
            inside = row.layout()
            if inside is not None:
                inside.setContentsMargins(0, 0, 0, 0)
            self._rows[key] = row
            self.column.addWidget(row)
        self._at = "perceived"
        self._tenth = False
        self.reasons = ReasonChips(ctx.book.setting("ratings.reasons"), height=SMALL_BUTTON - 8)
        self.reasons.hide()
        self.scales["perceived"].changed.connect(self._offer_reasons)
        last = card.purchases[0] if card.purchases else None
        recent = last is not None and (datetime.now() - from_iso(last.placed_at)).days <= RECENT_DAYS
        about: list[tuple[int | None, str]] = [(None, tr("The shop"))]
        if last is not None and recent:
            about.insert(0, (last.id, tr("Purchase of {day}", day=format_short_day(last.placed_at))))
        self.about = Choice(about, about[0][0])
        self._about = QWidget()
        self._about.setLayout(beside(tr("It is about"), self.about))
        inside = self._about.layout()
        if inside is not None:
            inside.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.reasons)
        self.column.addWidget(self._about)
        self.told = label(size=14, role="muted", wrap=True)
        self.column.addWidget(self.told)
        self.column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._recall(told_before(ctx.book, customer_id=card.id, order_id=about[0][0]))

    def _recall(self, told: Told | None) -> None:
        """What they told before stands there; the digits pass it over."""
        self._told = told
        self.told.setVisible(told is not None)
        if told is not None:
            self.told.setText(
                tr(
                    "Before, on {day}, they expected {stars}",
                    day=format_near_day(told.at, datetime.now().date()),
                    stars=drawn(told.expected),
                )
            )
            self.scales["expected"].choose(told.expected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdigit() and text.isascii():
            self._digit(int(text))
        elif event.key() == Qt.Key.Key_Backspace:
            self._back()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.when.choose(BEFORE if event.key() == Qt.Key.Key_Left else AFTER)
            self._turn()
        else:
            super().keyPressEvent(event)

    def _before(self) -> bool:
        return bool(self.when.value() == BEFORE)

    def _turn(self) -> None:
        """Show the scales of before or after."""
        before = self._before()
        for key, row in self._rows.items():
            row.setVisible(key == "expected" or not before)
        self._about.setVisible(not before)
        self._offer_reasons()
        self._at = "expected" if before else "perceived"
        self.setFocus()

    def _offer_reasons(self) -> None:
        stars = self.scales["perceived"].value()
        self.reasons.show_stars(stars)
        self.reasons.setVisible(stars is not None and not self._before())

    def _digit(self, digit: int) -> None:
        key, low, high = next(scale for scale in _SCALES if scale[0] == self._at)
        tenth = self._tenth and digit == 0
        value = 10 if tenth else digit
        self._tenth = key == "recommend" and digit == 1
        if low <= value <= high:
            self.scales[key].choose(value)
            self._go_on(key)

    def _go_on(self, key: str, _: Any = None) -> None:
        """To the next scale; the last one is stayed on, and what was told before is passed over."""
        keys = ["expected"] if self._before() else [scale[0] for scale in _SCALES]
        if self._told is not None and key == "perceived":
            keys.remove("expected")
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
        """Keep what they expect, or the rating."""
        now, clerk = datetime.now().replace(microsecond=0), self.ctx.book.clerk_id()
        if self._before():
            return self._tell(now, clerk)
        said = Verdict(
            rated_at=now,
            customer_id=self._customer,
            channel="shop",
            order_id=self.about.value(),
            staff_id=clerk,
            reasons=join(self.reasons.ticked()),
            **self._values(),
        )
        return add_rating(self.ctx.book, said)

    def _tell(self, now: datetime, clerk: int | None) -> Changes:
        expected = self.scales["expected"].value()
        if expected is None:
            raise UserError(tr("Say how good they think it will be, from 1 to 5."))
        about = About(customer_id=self._customer)
        return tell_expectation(
            self.ctx.book, about, at=now, expected=expected, channel="shop", staff_id=clerk
        )

    def draft(self) -> dict[str, Any]:
        values = self._values()
        if self._told is not None and values["expected"] == self._told.expected:
            # It stands there by itself.
            values["expected"] = None
        if not any(value is not None for value in values.values()):
            return {}
        kept = {"about": self.about.value(), "when": self.when.value(), "reasons": self.reasons.ticked()}
        return {**self._values(), **kept}

    def fill(self, draft: Mapping[str, Any]) -> None:
        for key, scale in self.scales.items():
            scale.choose(draft[key])
        self.about.choose(draft["about"])
        self.when.choose(draft["when"])
        self.reasons.tick(list(draft["reasons"]))
        self._turn()
