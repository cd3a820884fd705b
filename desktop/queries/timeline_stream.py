"""A whole stream as places: how many entries each day has, and which entry stands at a place, read as seen.

The places of a stream are numbered from the newest entry, 0, to the oldest. A stream knows the count of every
day; the keys of a day are read when a place of it is looked at. Where the counts alone cannot be had from an
index (a customer's stream, or words, a clerk, a channel), and for days with very many entries, the keys are
kept: eight bytes each.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, islice

from desktop.models.book import Book
from desktop.queries import timeline_days
from desktop.queries.timeline_entries import TimelineEntry
from desktop.queries.timeline_keys import EVER, Key, Scope, pack, unpack

CROWDED = 20_000
"""Entries of a day from which on its keys are kept: reading them again takes longer than a frame."""
CACHED_DAYS = 48
_NOTHING: array[int] = array("q")


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has entries: the first day of it as an ordinal, its first place and how many there are."""

    day: int
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Entries of a day that go and come, both at one place of the stream as it stands before."""

    day: int
    place: int
    gone: int
    came: int
    keys: array[int]
    """The keys of the day afterwards."""


class Stream:
    """The places of a stream. Filled anywhere (`build`, `part`), then looked at in one thread."""

    def __init__(
        self,
        scope: Scope,
        counts: Mapping[int, int],
        kept: Mapping[int, array[int]] | None = None,
        mark: int = 0,
    ) -> None:
        """`counts` and `kept` by ordinal day; `mark` is the last change of the book that is in them."""
        self.scope = scope
        self.mark = mark
        self._kept = dict(kept or {})
        self._seen: OrderedDict[int, array[int]] = OrderedDict()
        self._still: dict[int, array[int]] = {}
        self._days: list[int] = sorted((day for day, count in counts.items() if count), reverse=True)
        self._counts = [counts[day] for day in self._days]
        self._number()

    def _number(self) -> None:
        """First places of the days, and the months."""
        self._first = [0, *accumulate(self._counts)]
        self.total = self._first[-1]
        months: list[Month] = []
        # Days fall, so that a day below the month's first one begins another month.
        begins, start = date.max.toordinal() + 1, 0
        for nth, day in enumerate(self._days):
            if day < begins:
                if months:
                    months[-1] = Month(months[-1].day, start, self._first[nth] - start)
                begins, start = date.fromordinal(day).replace(day=1).toordinal(), self._first[nth]
                months.append(Month(begins, start, 0))
        if months:
            months[-1] = Month(months[-1].day, start, self.total - start)
        self.months: tuple[Month, ...] = tuple(months)

    # -- looking

    def keys(self, book: Book, first: int, last: int) -> list[Key]:
        """The keys at the places from `first` up to, not with, `last`."""
        found: list[Key] = []
        last = min(last, self.total)
        nth = bisect_right(self._first, first) - 1
        while first < last:
            begins, ends = self._first[nth], self._first[nth + 1]
            keys = self._keys_of(book, self._days[nth])
            part = keys[first - begins : min(last, ends) - begins]
            found += map(unpack, part)
            # A day that changed meanwhile may have fewer; its places stay empty until the change is heard of.
            found += [("", 0)] * (min(last, ends) - first - len(part))
            first, nth = min(last, ends), nth + 1
        return found

    def day_at(self, place: int) -> int:
        """The day of the entry at a place."""
        return self._days[bisect_right(self._first, place) - 1]

    def place_of(self, book: Book, entry: TimelineEntry) -> int | None:
        """Where an entry stands; None when it is not in the stream."""
        day = date.fromisoformat(entry.at[:10]).toordinal()
        nth = self._nth(day)
        if nth is None:
            return None
        try:
            return self._first[nth] + self._keys_of(book, day).index(pack(*entry.key))
        except ValueError:
            return None

    def place_from(self, day: int) -> int:
        """The first place of a day, or of the next earlier one that has entries; the last one below all."""
        return min(self._first[self._above(day)], max(0, self.total - 1))

    def _nth(self, day: int) -> int | None:
        nth = self._above(day)
        return nth if nth < len(self._days) and self._days[nth] == day else None

    def _above(self, day: int) -> int:
        """How many days are later than a day."""
        return bisect_left(self._days, -day, key=lambda one: -one)

    def _keys_of(self, book: Book, day: int) -> array[int]:
        known = self._known(day)
        if known is None:
            known = self._seen[day] = timeline_days.day_keys(book, self.scope, day)
            if len(self._seen) > CACHED_DAYS:
                self._seen.popitem(last=False)
        elif day in self._seen:
            self._seen.move_to_end(day)
        return known

    def _known(self, day: int) -> array[int] | None:
        if day in self._still:
            return self._still[day]
        return self._kept.get(day) if day in self._kept else self._seen.get(day)

    def unread(self, below: int, most: int) -> list[int]:
        """Up to `most` days before a day whose keys are not kept, the newest first."""
        return list(islice((day for day in self._days if day < below and day not in self._kept), most))

    def keep(self, keys: Mapping[int, array[int]]) -> None:
        """Keep the keys of some days as the book has them now: eight bytes an entry."""
        for day, some in keys.items():
            nth = self._nth(day)
            if nth is not None and self._counts[nth] == len(some):
                self._kept[day] = some
                self._seen.pop(day, None)

    # -- changing

    def edits(self, book: Book, days: Iterable[int]) -> Iterator[Edit]:
        """What to do for these days to stand as they are in the book now; `apply` each before the next."""
        where = self.scope.where
        first, last = where.since or EVER.first, where.until or EVER.last
        wanted = sorted((day for day in set(days) if first <= day <= last), reverse=True)
        # Who is told of the first edit may look at the days of the next ones, which the book has changed
        # already: until their turn they stay as they were, or blank where nobody had looked at them.
        before = {day: self._known(day) if self._nth(day) is not None else _NOTHING for day in wanted}
        self._still = {day: _NOTHING if was is None else was for day, was in before.items()}
        for day in wanted:
            nth = self._nth(day)
            place = self._first[self._above(day)]
            count = self._counts[nth] if nth is not None else 0
            now, was = timeline_days.day_keys(book, self.scope, day), before[day]
            if was is None or len(was) != count:
                # Nobody had looked at the day: which of its entries were there cannot be told any more.
                yield Edit(day, place, count, len(now), now)
                continue
            head = _alike(was, now)
            tail = _alike(was[head:][::-1], now[head:][::-1])
            yield Edit(day, place + head, len(was) - head - tail, len(now) - head - tail, now)

    def apply(self, edit: Edit, *, gone: bool = True, came: bool = True) -> None:
        """Take an edit in, its entries that go, those that come, or both."""
        nth = self._nth(edit.day)
        if nth is None:
            nth = self._above(edit.day)
            self._days.insert(nth, edit.day)
            self._counts.insert(nth, 0)
        known = self._known(edit.day)
        if came:
            self._still.pop(edit.day, None)
            self._keep(edit.day, edit.keys)
        elif known is not None:
            at = edit.place - self._first[nth]
            rest = known[:at] + known[at + edit.gone :]
            if edit.day in self._still:
                self._still[edit.day] = rest
            else:
                self._keep(edit.day, rest)
        self._counts[nth] += edit.came * came - edit.gone * gone
        if not self._counts[nth]:
            del self._days[nth], self._counts[nth]
        self._number()

    def _keep(self, day: int, keys: array[int]) -> None:
        if day in self._kept or not self.scope.by_moment:
            self._kept[day] = keys
        else:
            self._seen[day] = keys

    def copy(self) -> Stream:
        """A stream that changes by itself from here on."""
        copied = Stream(self.scope, {}, self._kept, self.mark)
        copied._seen = self._seen.copy()
        copied._days, copied._counts = self._days.copy(), self._counts.copy()
        copied._number()
        return copied

    def extend(self, older: Stream) -> None:
        """Add a stream of days that are all older."""
        self._days += older._days
        self._counts += older._counts
        self._kept |= older._kept
        self._number()


def build(book: Book, scope: Scope) -> Stream:
    """The whole stream of a customer, or of the shop as far as indexes tell of it (`Scope.by_moment`)."""
    mark = timeline_days.newest_change(book)
    if not scope.by_moment:
        kept = timeline_days.span_keys(book, scope)
        return Stream(scope, {day: len(keys) for day, keys in kept.items()}, kept, mark)
    counts = timeline_days.day_counts(book, scope)
    crowded = [day for day, count in counts.items() if count > CROWDED]
    kept = {day: timeline_days.day_keys(book, scope, day) for day in crowded}
    return Stream(scope, counts | {day: len(keys) for day, keys in kept.items()}, kept, mark)


def of_entries(scope: Scope, entries: Iterable[TimelineEntry], mark: int = 0) -> Stream:
    """A stream of entries at hand, in their order: what is known before the whole of it is."""
    kept: dict[int, array[int]] = {}
    for entry in entries:
        kept.setdefault(date.fromisoformat(entry.at[:10]).toordinal(), array("q")).append(pack(*entry.key))
    return Stream(scope, {day: len(keys) for day, keys in kept.items()}, kept, mark)


def _alike(one: array[int], other: array[int]) -> int:
    """How many values two arrays have in common at their beginning."""
    least = min(len(one), len(other))
    if one[:least] == other[:least]:
        return least
    return next(at for at in range(least) if one[at] != other[at])
