"""Which customers are leaving on the evening of a day, and how many more or fewer than a period before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Change, Rate, change, rate
from desktop.analytics.occasions import Occasions
from desktop.analytics.rhythm import STATES, Factors, ShopRhythm, seen, states
from desktop.queries.insight_kept import Kept
from desktop.queries.insight_scope import Scope
from desktop.queries.shop_columns import Ints

Bools = NDArray[np.bool_]

Leaving = Literal["drifting", "alarming", "lost", "once", "gone"]
"""Regulars past the first, second and third multiple of their rhythm; who bought once and is late for a
second time, and who bought once so long ago that hardly anybody came back after that."""
LEAVING: tuple[Leaving, ...] = ("drifting", "alarming", "lost", "once", "gone")
HERE = -1
"""The code of whoever is not leaving."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of the period, of the period before, and how it moved."""

    now: Rate
    before: Rate
    change: Change


def leaving_codes(
    count: Ints, first: Ints, last: Ints, day: int, shop: ShopRhythm, factors: Factors
) -> NDArray[np.int8]:
    """Place in LEAVING of each customer on a day, HERE for those who are not leaving or had not come yet."""
    found = states(count, first, last, day, shop, factors)
    once = count == 1
    lost = found.state == STATES.index("lost")
    codes = np.full(count.shape, HERE, np.int8)
    codes[found.state == STATES.index("drifting")] = LEAVING.index("drifting")
    codes[found.alarming] = LEAVING.index("alarming")
    codes[lost & ~once] = LEAVING.index("lost")
    codes[found.state == STATES.index("one-time")] = LEAVING.index("once")
    codes[lost & once] = LEAVING.index("gone")
    return codes


_rhythms: Kept[ShopRhythm] = Kept()
_sides: Kept[dict[str, Rate]] = Kept()


@dataclass(frozen=True)
class _Day:
    """Regulars on the evening of a day: how many purchase days each had, and what each was by LEAVING."""

    count: Ints
    codes: NDArray[np.int8]

    @property
    def staying(self) -> Bools:
        """Who had come twice and was not lost."""
        return np.asarray((self.count > 1) & (self.codes != LEAVING.index("lost")))

    @property
    def warned(self) -> Bools:
        return np.isin(self.codes, (LEAVING.index("drifting"), LEAVING.index("alarming")))


def moves(
    scope: Scope, past: Occasions, chosen: Bools, shop: ShopRhythm, factors: Factors
) -> dict[str, Moved]:
    """How the `chosen` of the shop's `past` moved: "drifting", "alarming", "lost" and "returned"."""

    def evening(morning: int, rhythm: ShopRhythm) -> _Day:
        known = seen(past, morning)
        count, first, last = (values[chosen] for values in (known.count, known.first, known.last))
        return _Day(count, leaving_codes(count, first, last, morning - 1, rhythm, factors))

    def rhythm(morning: int) -> ShopRhythm:
        return _rhythms.get(scope.shop, morning, lambda: seen(past, morning).rhythm)

    start, earliest = scope.start, scope.before[0]
    then = evening(start, rhythm(start))
    now = _side(evening(scope.end, shop), then)
    asked = (start, factors, int(np.count_nonzero(chosen)) - chosen.size)
    before = _sides.get(scope, asked, lambda: _side(then, evening(earliest, rhythm(earliest))))
    wanted = {"drifting": -1, "alarming": -1, "lost": -1, "returned": 1}
    return {
        key: Moved(now[key], before[key], change(now[key], before[key], way)) for key, way in wanted.items()
    }


def _side(now: _Day, then: _Day) -> dict[str, Rate]:
    def share(hits: Bools, of: Bools) -> Rate:
        return rate(int(np.count_nonzero(hits & of)), int(np.count_nonzero(of)))

    return {
        "drifting": share(now.warned, now.staying),
        "alarming": share(now.codes == LEAVING.index("alarming"), now.staying),
        "lost": share(~now.staying, then.staying),
        "returned": share(now.count > then.count, then.warned),
    }
