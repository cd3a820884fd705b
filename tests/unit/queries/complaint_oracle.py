"""The figures of complaints once more, from the rows of the book, one by one and minute by minute."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from desktop.models.book import Book
from desktop.queries.complaint_figures_cohorts import ComplaintSlice
from desktop.queries.complaint_figures_rows import Part

_BEGIN, _DAYS = datetime(2025, 12, 1), 320
Row = dict[str, Any]


@dataclass
class Slow:
    """The figures of one period: (hits, n) of each rate, every duration, and the complaints behind."""

    rates: dict[str, tuple[int, int]] = field(default_factory=dict)
    durations: dict[str, list[float]] = field(default_factory=dict)
    rows: dict[tuple[str, Part], set[int]] = field(default_factory=dict)
    ratings: list[int] = field(default_factory=list)
    n: int = 0
    open: int = 0
    settled: int = 0
    cost: int = 0
    orders: int = 0
    about: int = 0


class Shop:
    """Everything that the book holds, read once."""

    def __init__(self, book: Book) -> None:
        def table(name: str) -> list[Row]:
            columns = [row[0] for row in book.rows(f"SELECT name FROM pragma_table_xinfo('{name}')")]
            return [dict(zip(columns, row, strict=True)) for row in
                    book.rows(f"SELECT {', '.join(columns)} FROM {name} ORDER BY id")]  # fmt: skip

        self.complaints = table("complaint")
        self.steps, self.promises, self.remedies = table("complaint_step"), table("promise"), table("remedy")
        self.ratings, self.orders, self.lines = table("rating"), table("orders"), table("order_line")
        self.rhythm = dict(book.rows("SELECT customer_id, rhythm FROM customer_summary"))
        keys = ("shop.opening", "shop.holidays", "shop.special_days")
        self.opened = _opened(json.dumps([book.setting(key) for key in keys]))

    def worked(self, complaint: Row, until: str) -> int:
        """Open minutes from the receipt to a moment in which nobody waited, counted one by one."""
        waiting = set()
        since: datetime | None = None
        steps = [s for s in self.steps if s["complaint_id"] == complaint["id"]]
        for step in sorted(steps, key=lambda s: (s["at"], s["id"])):
            if step["kind"] == "waiting" and since is None:
                since = at(step["at"])
            elif step["kind"] == "resumed" and since is not None:
                waiting.add((since, at(step["at"])))
                since = None
        if since is not None:
            waiting.add((since, datetime.max))
        start, end = at(complaint["received_at"]), at(until)
        total = self.between(start, end)
        for low, high in waiting:
            total -= self.between(max(low, start), max(min(high, end), max(low, start)))
        return total

    def between(self, start: datetime, end: datetime) -> int:
        """Open minutes from a minute to another."""
        return self.opened[_minute(end)] - self.opened[_minute(start)]


@cache
def _opened(settings: str) -> list[int]:
    """How many open minutes there were before each minute."""
    opening, holidays, special = json.loads(settings)

    def spans(day: date) -> list[tuple[int, int]]:
        found = opening.get(str(day.weekday()), []) if day.isoformat() not in holidays else []
        found = special.get(day.isoformat(), found)
        minutes = [[60 * int(t[:2]) + int(t[3:]) for t in pair] for pair in found]
        return [(a, b if b > a else b + 1440) for a, b in minutes]

    never = not any(opening.values())
    is_open = bytearray((_DAYS + 2) * 1440)
    for number in range(_DAYS):
        day = (_BEGIN + timedelta(days=number)).date()
        all_day = never and day.isoformat() not in holidays and day.isoformat() not in special
        for a, b in [(0, 1440)] if all_day else spans(day):
            for minute in range(a, b):
                is_open[number * 1440 + minute] = 1
    return [0, *accumulate(is_open)]


def _minute(when: datetime) -> int:
    return min(max(int((when - _BEGIN).total_seconds() // 60), 0), _DAYS * 1440)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def day_of(text: str) -> int:
    return at(text).toordinal()


def inside(complaint: Row, only: ComplaintSlice) -> bool:
    """Whether a complaint is in a slice."""
    texts = ("subject", "detail", "channel", "severity", "nature", "mood")
    fits = all(getattr(only, name) in (None, complaint[name]) for name in texts)
    for name in ("product_id", "staff_id"):
        wanted = getattr(only, name)
        fits = fits and (wanted is None or (complaint[name] or 0) == wanted)
    return fits


def slow_figures(
    shop: Shop, start: int, end: int, now: datetime, only: ComplaintSlice,
    also: Callable[[Row], bool] = lambda complaint: True,
) -> Slow:  # fmt: skip
    """What `complaint_report` says of one of its two periods; `also` is one more condition."""
    found = Slow()
    mine = [c for c in shop.complaints if inside(c, only) and also(c)]
    members = [c for c in mine if start <= day_of(c["received_at"]) < end]
    found.n = len(members)
    found.rows["received", "all"] = {c["id"] for c in members}
    found.rows["unlinked", "all"] = {c["id"] for c in members if c["order_id"] is None}
    for name, judge in (
        ("communicative", lambda c: (True, c["nature"] == "communicative")),
        ("replies_in_time", lambda c: _reply_in_time(c, now)),
        ("settled_in_time", lambda c: _settled_in_time(c, now)),
        ("reopened", lambda c: _reopened(shop, c)),
        ("happy", lambda c: _happy(shop, c)),
        ("response", lambda c: _response(shop, c)),
        ("recovery", lambda c: _recovered(shop, c, now)),
        ("remedied", lambda c: (True, bool(_given(shop, c)))),
    ):  # fmt: skip
        judged = [(c["id"], hit) for c in members for counts, hit in [judge(c)] if counts]
        found.rates[name] = (sum(hit for _, hit in judged), len(judged))
        found.rows[name, "all"] = {row for row, _ in judged}
        found.rows[name, "hits"] = {row for row, hit in judged if hit}
        found.rows[name, "misses"] = {row for row, hit in judged if not hit}
    _promises(shop, members, now, found)
    for name, column, worked in (
        ("first_reply", "replied_at", False),
        ("reply_worked", "replied_at", True),
        ("settling", "settled_at", True),
    ):
        happened = [c for c in members if c[column] and at(c[column]) <= now]
        known = [c for c in happened if _usable(c, c[column])]
        found.rows[name, "all"] = {c["id"] for c in known}
        found.rows[name, "unknown"] = {c["id"] for c in happened} - {c["id"] for c in known}
        found.durations[name] = sorted(
            shop.worked(c, c[column])
            if worked
            else (at(c[column]) - at(c["received_at"])).total_seconds() / 60
            for c in known
        )
    found.ratings = sorted(v for c in members for v in [_perceived(shop, c)] if v is not None)
    found.rows["satisfaction", "all"] = found.rows["happy", "all"]
    found.cost = sum(r["cost"] for c in members for r in _given(shop, c))
    found.rows["cost", "all"] = found.rows["remedied", "hits"]
    until = min(datetime.fromordinal(end), now)
    standing = [c for c in mine if at(c["received_at"]) < datetime.fromordinal(end) and _stands(c, until)]
    found.rows["open", "all"] = {c["id"] for c in standing}
    found.open = len(standing)
    settled = [c for c in mine if c["settled_at"] and at(c["settled_at"]) <= now]
    found.rows["settled", "all"] = {c["id"] for c in settled if start <= day_of(c["settled_at"]) < end}
    found.settled = len(found.rows["settled", "all"])
    _orders(shop, start, end, only, also, found)
    return found


def quantile(ordered: list[float], share: float) -> float | None:
    """By the textbook, between neighbours."""
    if not ordered:
        return None
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def _ended(c: Row) -> bool:
    return c["status"] in ("settled", "closed", "rejected")


def _usable(c: Row, moment: str) -> bool:
    """Whether a duration since the receipt may be counted to a moment."""
    if at(moment) < at(c["received_at"]) or at(moment).year > 2099:
        return False
    untimed = any(text.endswith("00:00:00") for text in (moment, c["received_at"]))
    return not (c["import_run_id"] and untimed)


def _clock(c: Row, now: datetime) -> datetime | None:
    """Where the clock of a complaint stands that is not done; None where nobody knows."""
    if c["status"] == "rejected":
        return min(at(c["closed_at"]), now) if c["closed_at"] else None
    if _ended(c):
        return now if c["settled_at"] else None
    return min(at(c["waiting_since"]), now) if c["waiting_since"] else now


def _in_time(
    done: str | None, due: str | None, clock: datetime | None, c: Row, now: datetime
) -> tuple[bool, bool]:
    if due is None:
        return False, False
    if done and at(done) <= now:
        return _usable(c, done), at(done) <= at(due)
    return clock is not None and clock > at(due), False


def _reply_in_time(c: Row, now: datetime) -> tuple[bool, bool]:
    clock = None if _ended(c) and not c["replied_at"] else _clock(c, now)
    return _in_time(c["replied_at"], c["reply_due_at"], clock, c, now)


def _settled_in_time(c: Row, now: datetime) -> tuple[bool, bool]:
    return _in_time(c["settled_at"], c["settle_due_at"], _clock(c, now), c, now)


def _reopened(shop: Shop, c: Row) -> tuple[bool, bool]:
    steps = any(s["complaint_id"] == c["id"] and s["kind"] == "settled" for s in shop.steps)
    return bool(c["settled_at"]) or steps, c["reopened"] > 0


def _after(shop: Shop, c: Row) -> list[Row]:
    """The ratings on the day of the settlement or later."""
    if c["status"] not in ("settled", "closed"):
        return []
    mine = [r for r in shop.ratings if r["complaint_id"] == c["id"] and (r["rated_at"] or r["asked_at"])]
    if not c["settled_at"]:
        return mine
    return [r for r in mine if day_of(r["rated_at"] or r["asked_at"]) >= day_of(c["settled_at"])]


def _perceived(shop: Shop, c: Row) -> int | None:
    said = [r for r in _after(shop, c) if r["rated_at"] and r["perceived"] is not None]
    return max(said, key=lambda r: (r["rated_at"], r["id"]))["perceived"] if said else None


def _happy(shop: Shop, c: Row) -> tuple[bool, bool]:
    value = _perceived(shop, c)
    return value is not None, (value or 0) >= 4


def _response(shop: Shop, c: Row) -> tuple[bool, bool]:
    asked = [r for r in _after(shop, c) if r["asked_at"]]
    return bool(asked), any(r["rated_at"] for r in asked)


def _recovered(shop: Shop, c: Row, now: datetime) -> tuple[bool, bool]:
    if c["status"] != "closed" or not c["closed_at"] or not c["customer_id"]:
        return False, False
    window = max(90.0, 2 * (shop.rhythm.get(c["customer_id"]) or 0))
    last = day_of(c["closed_at"]) + int(window)
    bought = {o["day"] for o in shop.orders if o["customer_id"] == c["customer_id"] and o["purchase"]}
    return last < now.toordinal(), any(day_of(c["closed_at"]) < day <= last for day in bought)


def _given(shop: Shop, c: Row) -> list[Row]:
    return [r for r in shop.remedies if r["complaint_id"] == c["id"] and r["state"] == "given"]


def _promises(shop: Shop, members: list[Row], now: datetime, found: Slow) -> None:
    ids = {c["id"] for c in members}
    mine = [p for p in shop.promises if p["complaint_id"] in ids]
    kept = [p for p in mine if p["outcome"] == "kept"]
    broken = [p for p in mine if p["outcome"] == "broken" or (not p["outcome"] and at(p["due_at"]) < now)]
    found.rates["promises"] = (len(kept), len(kept) + len(broken))
    found.rows["promises", "all"] = {p["complaint_id"] for p in kept + broken}
    found.rows["promises", "hits"] = {p["complaint_id"] for p in kept}
    found.rows["promises", "misses"] = {p["complaint_id"] for p in broken}


def _stands(c: Row, until: datetime) -> bool:
    if not _ended(c):
        return True
    over = c["settled_at"] or c["closed_at"]
    return bool(over) and at(over) >= until


def _orders(
    shop: Shop, start: int, end: int, only: ComplaintSlice, also: Callable[[Row], bool], found: Slow
) -> None:
    chosen = [o for o in shop.orders if start <= o["day"] < end and only.channel in (None, o["channel"])]
    if only.product_id is not None:
        of = {line["order_id"] for line in shop.lines if line["product_id"] == only.product_id}
        chosen = [o for o in chosen if o["id"] in of] if only.product_id else []
    found.orders = len(chosen)
    days = {
        o["id"]
        for o in shop.orders
        if start <= o["day"] < end and only.channel in (None, o["channel"]) and only.product_id != 0
    }
    anyhow = ComplaintSlice(**{n: getattr(only, n) for n in only.__slots__ if n != "channel"})
    about = {c["id"] for c in shop.complaints if c["order_id"] in days and inside(c, anyhow) and also(c)}
    found.rows["per_hundred", "all"] = about
    found.about = len(about)
