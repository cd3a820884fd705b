"""The ways in which findings part customers: how they came, what they bought first, who served them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from desktop.analytics.baskets import numbered
from desktop.analytics.findings import Outcome, Split
from desktop.queries.column_reading import numbers
from desktop.queries.customer_columns import columns_of
from desktop.queries.finding_outcomes import DAY, Population
from desktop.queries.insight_scope import YEAR, tier_of, tiers
from desktop.queries.shop_columns import Ints

Kind = Literal[
    "channel", "source", "method", "product", "region", "kind", "gender", "tier", "clerk", "asked",
    "weekday", "referred", "points", "stars", "settled",
]  # fmt: skip
EVERYTHING = ("back", "spend", "content", "complained", "refunded")
_LATER = ("back", "spend")


@dataclass(frozen=True)
class Parting:
    """A split, and what its groups are called: codes, names or words as they are kept, by number.

    `outcome` is one of its own, where the days are not counted from the first purchase.
    """

    split: Split
    labels: Sequence[str]
    outcome: Outcome | None = None


def partings(people: Population) -> list[Parting]:
    """Every way to part them of which the book knows something."""
    found = [make(people) for make in _MAKERS]
    found += _by_person(people)
    return [one for one in found if one is not None and one.split.who.size]


def _numbered(
    key: Kind, who: Ints, values: Ints, names: Mapping[int, str], outcomes: tuple[str, ...] = EVERYTHING
) -> Parting:
    """A split by numbers, each customer in one group."""
    known, group = numbered(values)
    labels = [names.get(one, "") for one in known.tolist()]
    return Parting(Split(key, who, group, max(1, known.size), outcomes), labels)


def _everybody(people: Population) -> Ints:
    return np.flatnonzero(people.chosen)


def _channel(people: Population) -> Parting:
    who = _everybody(people)
    code = people.scope.moment.orders.channel[people.first_order[who]].astype(np.int64)
    known = people.scope.moment.channels
    return _numbered("channel", who[code > 0], code[code > 0], dict(enumerate(known)))


def _clerk(people: Population) -> Parting:
    who = _everybody(people)
    staff = people.scope.moment.orders.staff[people.first_order[who]]
    names = dict(people.scope.book.rows("SELECT id, name FROM staff"))
    return _numbered("clerk", who[staff > 0], staff[staff > 0], names)


def _weekday(people: Population) -> Parting:
    who = _everybody(people)
    # Day 1 of the calendar is a Monday.
    return _numbered("weekday", who, (people.past.first[who] - 1) % 7, {day: str(day) for day in range(7)})


def _product(people: Population) -> Parting:
    """The products of the first day; whoever bought several is in several groups."""
    lines = people.scope.moment.lines
    place, who = people.first_orders
    whose = np.full(people.scope.moment.orders.ids.size, -1, np.int64)
    whose[place] = np.where(people.chosen[who], who, -1)
    owner = whose[lines.order]
    known, product = numbered(lines.product[owner >= 0])
    key = np.sort(owner[owner >= 0] * max(1, known.size) + product)
    key = key[np.concatenate(([True], key[1:] != key[:-1]))] if key.size else key
    owner, product = np.divmod(key, max(1, known.size))
    names = dict(people.scope.book.rows("SELECT id, coalesce(nullif(name, ''), code, '') FROM product"))
    split = Split("product", owner, product, max(1, known.size), EVERYTHING, several=True)
    return Parting(split, [names.get(int(i), "") for i in known])


def _tier(people: Population) -> Parting:
    """By what they spent in the last year: who came back would say the same once more."""
    who = _everybody(people)
    scope, known = people.scope, tiers(people.scope.book)
    spend = scope.shop.purchases.spend(people.past.ids, scope.end - YEAR, scope.end)
    names = [name for name, _ in known]
    return _numbered("tier", who, tier_of(spend, known)[who], dict(enumerate(names)), ("content",))


def _flagged(people: Population, key: Kind, flags: Ints, outcomes: tuple[str, ...]) -> Parting | None:
    """A split of everybody into those with a flag (group 0) and the others (1)."""
    if not flags.size:
        return None
    who = _everybody(people)
    group = np.ones(people.past.ids.size, np.int64)
    group[flags] = 0
    return Parting(Split(key, who, group[who], 2, outcomes), ["yes", "no"])


def _asked(people: Population) -> Parting | None:
    """Who was asked to rate the very first order."""
    ratings = people.scope.moment.ratings
    place = people.scope.moment.orders.places(ratings.order[ratings.asked])
    asked = np.zeros(people.scope.moment.orders.ids.size, np.bool_)
    asked[place[place >= 0]] = True
    flags = np.flatnonzero(asked[people.first_order]) if people.past.ids.size else people.first_order
    return _flagged(people, "asked", flags, _LATER)


def _points(people: Population) -> Parting | None:
    """Who had points on the day of the first purchase: whoever got them later had come back for them."""
    source = "points_entry WHERE points > 0 GROUP BY customer_id"
    table = numbers(people.scope.book, ["customer_id", f"min({DAY.format(column='at')})"], source)
    at, there = people.known(table[:, 0])
    at, day = at[there], table[there, 1]
    return _flagged(people, "points", at[day <= people.past.first[at]], _LATER)


def _method(people: Population) -> Parting:
    """The finding method by which a customer was first found."""
    rows = people.scope.book.rows(
        "SELECT customer_id, method FROM lead WHERE method <> '' AND customer_id IS NOT NULL "
        "ORDER BY found_at DESC, id DESC"
    )
    first = dict(rows)
    words = sorted(set(first.values()))
    number = {word: at for at, word in enumerate(words)}
    whose = np.fromiter(first, np.int64, len(first))
    group = np.fromiter((number[word] for word in first.values()), np.int64, len(first))
    at, there = people.known(whose)
    inside = there & people.chosen[at] if at.size else there
    return Parting(Split("method", at[inside], group[inside], max(1, len(words)), EVERYTHING), words)


def _stars(people: Population) -> Parting | None:
    """Who gave five stars in the first rating, against who gave three or fewer."""
    ratings = people.scope.moment.ratings
    stars, day = ratings.answers.perceived, ratings.answers.day
    use = np.flatnonzero(ratings.answered & ~np.isnan(stars) & (day < people.scope.end))
    at, there = people.known(ratings.customer[use])
    use, at = use[there], at[there]
    order = np.lexsort((ratings.ids[use], day[use], at))
    use, at = use[order], at[order]
    first = np.concatenate(([True], at[1:] != at[:-1])) if at.size else np.zeros(0, np.bool_)
    clear = first & people.chosen[at] & (stars[use] != 4) if at.size else first
    use, at = use[clear], at[clear]
    group = (stars[use] < 5).astype(np.int64)
    return _afterwards(people, "stars", at, group, day[use])


def _settled(people: Population) -> Parting | None:
    """Whose first complaint was settled in time, for good, and not rated badly, against the others."""
    well = (
        "settled_at IS NOT NULL AND (settle_due_at IS NULL OR settled_at <= settle_due_at) AND reopened = 0 "
        "AND NOT EXISTS (SELECT 1 FROM rating WHERE rating.complaint_id = complaint.id AND perceived <= 3)"
    )
    ended = DAY.format(column="coalesce(closed_at, settled_at)")
    source = (
        "complaint WHERE customer_id IS NOT NULL AND status IN ('settled', 'closed', 'rejected') "
        "AND coalesce(closed_at, settled_at) IS NOT NULL ORDER BY customer_id, received_at, id"
    )
    table = numbers(people.scope.book, ["customer_id", ended, f"NOT ({well})"], source)
    at, there = people.known(table[:, 0])
    first = np.concatenate(([True], table[1:, 0] != table[:-1, 0])) if len(table) else there
    kept = there & first & (people.chosen[at] if at.size else there)
    return _afterwards(people, "settled", at[kept], table[kept, 2], table[kept, 1])


def _afterwards(people: Population, key: Kind, who: Ints, group: Ints, day: Ints) -> Parting | None:
    """Two groups, and whether they bought within DAYS after a day of their own."""
    if not who.size:
        return None
    values = np.full(people.past.ids.size, np.nan)
    values[who] = people.came_after(who, day)
    outcome = Outcome(f"after {key}", values, True, 1.2, "coming back")
    return Parting(Split(key, who, group, 2, (outcome.key,)), ["yes", "no"], outcome)


_PERSON: Mapping[Kind, str] = {
    "source": "c.source", "region": "c.region", "kind": "c.kind", "gender": "c.gender",
}  # fmt: skip


def _by_person(people: Population) -> list[Parting | None]:
    """What the book knows of the customers themselves, from the columns in memory."""
    who = _everybody(people)
    found: list[Parting | None] = []
    with columns_of(people.scope.book).reading(people.scope.progress) as columns:
        if not len(columns.ids):
            return found
        ids = people.past.ids[who]
        at = np.minimum(np.searchsorted(columns.ids, ids.astype(columns.ids.dtype)), len(columns.ids) - 1)
        there = columns.ids[at] == ids
        who, at = who[there], at[there]
        for key, sql in _PERSON.items():
            column = columns.coded(sql)
            code = np.asarray(column.codes, np.int64)[at]
            said = np.array([bool(word.strip()) for word in column.words], np.bool_)[code]
            found.append(_numbered(key, who[said], code[said], dict(enumerate(column.words))))
        referred = columns.figures("c.referred_by IS NOT NULL").wide()[at] == 1
        found.append(_flagged(people, "referred", who[referred], EVERYTHING))
    return found


_MAKERS: tuple[Callable[[Population], Parting | None], ...] = (
    _channel, _method, _product, _tier, _clerk, _asked, _weekday, _points, _stars, _settled,
)  # fmt: skip
