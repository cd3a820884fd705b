"""One stream of everything that happened with a customer, or in the whole shop, newest first, page by page.

Each source gives its next few keys through its own time index; they are merged here, and only the entries of
the page are then read whole. A page costs the same in a book of a hundred entries and of a million.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.core.days import ordinal
from desktop.models.book import Book
from desktop.queries.timeline_sources import INTERACTION, KINDS, SOURCES, Source

PAGE = 60
_BY_KIND = {source.kind: source for source in SOURCES}
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """Which entries are wanted; what is empty does not filter."""

    stages: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    channel: str = ""
    staff_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of an entry in the stream; the next page begins below it."""

    at: str
    kind: str
    id: int

    @property
    def place(self) -> tuple[str, int, int]:
        """What the stream is sorted by, falling."""
        return self.at, _RANK[self.kind], self.id


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry. Titles are made from it where it is shown, in the user's language.

    - `code`: the order's status, the case's kind, the complaint's status now, the step's kind, the import's
      target; `title` the thing's own title (a complaint's for its steps, a file's name), `number` its number.
    - `lines`: (title, quantity) of an order's first lines, `line_count` how many it has.
    - `amount` in minor units, of an order; `recommend` 0-10, `effort`, `expected`, `perceived` of a rating.
    """

    kind: str
    id: int
    at: str
    customer_id: int | None
    customer_name: str
    stage: str
    channel: str
    staff_id: int | None
    staff: str
    code: str
    title: str
    text: str
    number: str
    amount: int | None
    minutes: int | None
    order_id: int | None
    order_number: str
    complaint_id: int | None
    pinned: bool
    expected: int | None
    perceived: int | None
    recommend: int | None
    effort: int | None
    lines: tuple[tuple[str, float], ...] = ()
    line_count: int = 0

    @property
    def cursor(self) -> Cursor:
        """The entry's place in the stream."""
        return Cursor(self.at, self.kind, self.id)

    @property
    def key(self) -> tuple[str, int]:
        """What tells this entry from all others."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries and where the next page begins; None at the stream's end."""

    entries: tuple[TimelineEntry, ...]
    following: Cursor | None


def timeline_page(
    book: Book,
    *,
    customer_id: int | None = None,
    where: TimelineFilter | None = None,
    before: Cursor | None = None,
    limit: int = PAGE,
) -> Page:
    """The next `limit` entries of the shop's stream, or of a customer's (pinned notes left out of theirs)."""
    where = where or TimelineFilter()
    keys: list[tuple[str, int, int]] = []
    for source in SOURCES:
        if _wanted(source, where):
            keys += _keys(book, source, customer_id, where, before, limit + 1)
    keys.sort(reverse=True)
    page = _read(book, [(KINDS[rank], row) for _, rank, row in keys[:limit]])
    more = len(keys) > limit
    at, rank, row = keys[limit - 1] if more else ("", 0, 0)
    return Page(tuple(page), Cursor(at, KINDS[rank], row) if more else None)


def pinned_entries(
    book: Book, *, customer_id: int, where: TimelineFilter | None = None, limit: int = 20
) -> list[TimelineEntry]:
    """A customer's pinned notes, newest first: they stand above the stream."""
    where = where or TimelineFilter()
    if not _wanted(INTERACTION, where):
        return []
    keys = _keys(book, INTERACTION, customer_id, where, None, limit, pinned=True)
    return _read(book, [("interaction", row) for _, _, row in keys])


def timeline_entry(book: Book, kind: str, row: int) -> TimelineEntry | None:
    """One entry, or None when it is gone."""
    return next(iter(_read(book, [(kind, row)])), None)


def timeline_counts(book: Book, *, customer_id: int | None = None) -> dict[str, int]:
    """How many entries each kind and, for notes, each stage holds: {"interaction": 12, "pre-sale": 4, …}."""
    found: dict[str, int] = {}
    for source in SOURCES:
        scope, params = _scope(source, customer_id)
        inner = f"{source.keys}{scope}"
        found[source.kind] = int(book.value(f"SELECT count(*) FROM ({inner})", params))
    scope, params = _scope(INTERACTION, customer_id)
    for stage, count in book.rows(
        f"SELECT stage, count(*) FROM interaction WHERE true{scope} GROUP BY stage", params
    ):
        found[str(stage)] = int(count)
    return found


def clerks(book: Book) -> list[tuple[int, str]]:
    """(id, name) of those who work in the shop."""
    return [
        (row, name) for row, name in book.rows("SELECT id, name FROM staff WHERE active = 1 ORDER BY name")
    ]


def _wanted(source: Source, where: TimelineFilter) -> bool:
    if where.kinds and source.kind not in where.kinds:
        return False
    if where.channel and source.channel == "''":
        return False
    return not where.stages or not source.stage or source.stage in where.stages


def _scope(source: Source, customer_id: int | None) -> tuple[str, dict[str, Any]]:
    """The condition that keeps a customer's rows, and its parameter."""
    if customer_id is None:
        return "", {}
    if source.kind == "import":
        return " AND id = (SELECT import_run_id FROM customer WHERE id = :customer)", {
            "customer": customer_id
        }
    return f" AND {source.customer} = :customer", {"customer": customer_id}


def _keys(
    book: Book,
    source: Source,
    customer_id: int | None,
    where: TimelineFilter,
    before: Cursor | None,
    limit: int,
    *,
    pinned: bool = False,
) -> list[tuple[str, int, int]]:
    """The source's next keys as (at, rank, id), newest first."""
    scope, params = _scope(source, customer_id)
    conditions: list[str] = []
    if source.kind == "interaction" and customer_id is not None:
        conditions.append("pinned = 1" if pinned else "pinned = 0")
    if before is not None:
        conditions.append(_below(source, before))
        params |= {"at": before.at, "last": before.id}
    if source.bound and customer_id is None:
        # Also above the newest entry: only a bound makes the planner walk the day's index.
        conditions.append(source.bound)
        params["day"] = ordinal(before.at) if before else date.max.toordinal()
    if where.channel:
        conditions.append(f"{source.channel} = :channel")
        params["channel"] = where.channel
    if where.staff_id is not None:
        conditions.append(f"{source.staff} = :staff")
        params["staff"] = where.staff_id
    if where.stages and not source.stage:
        names = {f"stage{n}": stage for n, stage in enumerate(sorted(where.stages))}
        conditions.append(f"stage IN ({', '.join(f':{name}' for name in names)})")
        params |= names
    if where.text.strip():
        conditions.append(_finds(source, customer_id))
        params["like"] = _pattern(where.text)
    order = source.order if source.order and customer_id is None else f"{source.at} DESC, {source.key} DESC"
    rest = "".join(f" AND {condition}" for condition in conditions)
    sql = f"{source.keys}{scope}{rest} ORDER BY {order} LIMIT :limit"
    used = {name: value for name, value in params.items() if f":{name}" in sql}
    rank = _RANK[source.kind]
    return [(at, rank, row) for at, row in book.rows(sql, used | {"limit": limit})]


def _below(source: Source, before: Cursor) -> str:
    """The rows that stand below the cursor: earlier, or of the same second and a lower rank or id."""
    rank, last = _RANK[source.kind], _RANK[before.kind]
    if rank == last:
        return f"({source.at}, {source.key}) < (:at, :last)"
    return f"{source.at} <= :at" if rank < last else f"{source.at} < :at"


def _finds(source: Source, customer_id: int | None) -> str:
    words = list(source.words)
    if customer_id is None and source.kind != "import":
        words.append(f"{source.customer} IN (SELECT id FROM customer WHERE name LIKE :like ESCAPE '\\')")
    return f"({' OR '.join(words)})"


def _pattern(text: str) -> str:
    """What LIKE looks for: the text anywhere, its own signs taken as they are."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"%{text.strip()}%"


def _read(book: Book, keys: list[tuple[str, int]]) -> list[TimelineEntry]:
    """The entries of these keys, in their order; those gone meanwhile are left out."""
    raw: dict[tuple[str, int], tuple[Any, ...]] = {}
    for kind in {kind for kind, _ in keys}:
        ids = [row for of, row in keys if of == kind]
        source = _BY_KIND[kind]
        sql = f"{source.entry} WHERE {source.key} IN ({_marks(ids)})"
        raw |= {(kind, row[0]): row for row in book.rows(sql, ids)}
    customers = _names(book, "customer", (row[2] for row in raw.values()))
    staff = _names(book, "staff", (row[4] for row in raw.values()))
    numbers = _names(book, "orders", (row[11] for row in raw.values()), "number")
    lines = _lines(book, [row for kind, row in raw if kind == "order"])
    entries = []
    for key in keys:
        if key in raw:
            (row, at, customer, channel, clerk, code, title, text, number, amount, minutes, order, complaint,
             pinned, expected, perceived, stage) = raw[key]  # fmt: skip
            rated = key[0] == "rating"
            own = lines.get(row, []) if key[0] == "order" else []
            scales = {"recommend": amount, "effort": minutes} if rated else {}
            entries.append(
                TimelineEntry(
                    *key,
                    at=at,
                    customer_id=customer,
                    customer_name=customers.get(customer, ""),
                    stage=stage,
                    channel=channel,
                    staff_id=clerk,
                    staff=staff.get(clerk, ""),
                    code=code,
                    title=title,
                    text=text,
                    number=number,
                    amount=None if rated else amount,
                    minutes=None if rated else minutes,
                    order_id=order,
                    order_number=numbers.get(order, ""),
                    complaint_id=complaint,
                    pinned=bool(pinned),
                    expected=expected,
                    perceived=perceived,
                    recommend=scales.get("recommend"),
                    effort=scales.get("effort"),
                    lines=tuple(own[:4]),
                    line_count=len(own),
                )
            )
    return entries


def _names(book: Book, table: str, ids: Iterable[int | None], column: str = "name") -> dict[int | None, str]:
    wanted = sorted({row for row in ids if row is not None})
    if not wanted:
        return {}
    return dict(book.rows(f"SELECT id, {column} FROM {table} WHERE id IN ({_marks(wanted)})", wanted))


def _lines(book: Book, orders: list[int]) -> dict[int, list[tuple[str, float]]]:
    """The lines of some orders, named by what was written or by their product."""
    found: dict[int, list[tuple[str, float]]] = {}
    if orders:
        sql = (
            "SELECT order_id, CASE WHEN order_line.title <> '' THEN order_line.title "
            "ELSE coalesce(product.name, '') END, quantity FROM order_line "
            f"LEFT JOIN product ON product.id = product_id WHERE order_id IN ({_marks(orders)}) "
            "ORDER BY order_id, position, order_line.id"
        )
        for order, title, quantity in book.rows(sql, orders):
            found.setdefault(order, []).append((title, quantity))
    return found


def _marks(values: list[int]) -> str:
    return ", ".join("?" for _ in values)
