"""Who belongs to whom: family, colleagues and friends of a customer, and the tree of who brought whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.models.book import Book

INVERSE: Mapping[str, str] = {
    "parent": "child", "child": "parent", "employer": "employee", "employee": "employer",
}  # fmt: skip
"""What somebody is to the one who is that to them; every other kind is its own inverse."""

MOST = 20_000
"""Customers below one whom a tree is counted over; who brought more is said to have brought "more than"."""
_WIDE, _DEEP, _ROWS = 6, 3, 14
_BLOCK = 500


def inverse(kind: str) -> str:
    """The kind of a relationship seen from its other end."""
    return INVERSE.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody related: `customer_id` is the `kind` of the one asked for; `row` the relationship's id."""

    row: int
    customer_id: int
    name: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Person:
    """One who stands in a tree of referrals."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A customer who came through another, `depth` levels below the one asked for (1: straight).

    `orders` and `spend` (minor units) are their own; `below` and `below_spend` count all who came through
    them in turn. `hidden` are the ids that the tree has no room for: such a row stands for them.
    """

    id: int
    name: str
    depth: int
    orders: int = 0
    spend: int = 0
    below: int = 0
    below_spend: int = 0
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralTree:
    """Who brought a customer (`above`, the first one first) and whom they brought (`rows`, from the top).

    `customers`, `orders`, `spend` and `levels` count everybody below, shown or not, up to MOST customers;
    `straight` those on the first level. `more`: there are further ones still.
    """

    above: tuple[Person, ...] = ()
    rows: tuple[Brought, ...] = ()
    straight: int = 0
    customers: int = 0
    orders: int = 0
    spend: int = 0
    levels: int = 0
    more: bool = False


def related(book: Book, *, customer_id: int) -> list[Related]:
    """Everybody related to a customer, whichever of the two it was noted with; by kind and name."""
    rows = book.rows(
        "SELECT r.id, c.id, c.name, r.kind, r.note, r.customer_id = ?1 FROM relationship AS r "
        "JOIN customer AS c ON c.id = iif(r.customer_id = ?1, r.related_id, r.customer_id) "
        "WHERE r.customer_id = ?1 OR r.related_id = ?1",
        (customer_id,),
    )
    found = [
        Related(row, other, name, kind if ours else inverse(kind), note)
        for row, other, name, kind, note, ours in rows
    ]
    return sorted(found, key=lambda one: (one.kind, one.name, one.row))


def referral_tree(book: Book, *, customer_id: int) -> ReferralTree:
    """The tree of referrals around a customer. Whoever stands in a circle is counted once."""
    levels, more = _levels(book, customer_id)
    everybody = [row for level in levels for row in level]
    below: dict[int, list[int]] = {}
    sums: dict[int, tuple[int, int]] = {}
    known = {row[0]: row for row in everybody}
    for row, parent, _, _, spend in reversed(everybody):
        count, total = sums.get(row, (0, 0))
        above_count, above_total = sums.get(parent, (0, 0))
        sums[parent] = (above_count + 1 + count, above_total + spend + total)
        below.setdefault(parent, []).append(row)
    for children in below.values():
        children.sort(key=lambda row: (-known[row][4] - sums.get(row, (0, 0))[1], row))
    opened = _opened(customer_id, below)
    rows: list[Brought] = []

    def show(parent: int, depth: int) -> None:
        shown, rest = opened[parent]
        for row in shown:
            _, _, name, orders, spend = known[row]
            rows.append(Brought(row, name, depth, orders, spend, *sums.get(row, (0, 0))))
            if row in opened:
                show(row, depth + 1)
        if rest:
            rows.append(Brought(0, "", depth, hidden=tuple(rest)))

    if customer_id in opened:
        show(customer_id, 1)
    count, total = sums.get(customer_id, (0, 0))
    return ReferralTree(
        above=_above(book, customer_id),
        rows=tuple(rows),
        straight=len(levels[0]) if levels else 0,
        customers=count,
        orders=sum(row[3] for row in everybody),
        spend=total,
        levels=len(levels),
        more=more,
    )


def _opened(customer_id: int, below: Mapping[int, list[int]]) -> dict[int, tuple[list[int], list[int]]]:
    """Whose customers the tree shows, level by level as far as there is room: those shown, and the rest."""
    opened: dict[int, tuple[list[int], list[int]]] = {}
    level, used = [customer_id], 0
    for _ in range(_DEEP):
        following: list[int] = []
        for parent in level:
            children = below.get(parent, [])
            if not children or used >= _ROWS:
                continue
            # One more row says as much as "and 1 more".
            room = len(children) if len(children) <= _WIDE + 1 else _WIDE
            opened[parent] = children[:room], children[room:]
            used += room
            following += children[:room]
        level = following
    return opened


_Row = tuple[int, int, str, int, int]


def _levels(book: Book, customer_id: int) -> tuple[list[list[_Row]], bool]:
    """Rows of (id, who brought them, name, orders, spend) level by level, and whether there are more."""
    seen, level, levels = {customer_id}, [customer_id], []
    while level:
        found = [row for row in _brought_by(book, level) if row[0] not in seen]
        room = MOST + 1 - len(seen)
        if len(found) > room:
            levels.append(found[:room])
            return levels, True
        if found:
            levels.append(found)
        level = [row[0] for row in found]
        seen.update(level)
    return levels, False


def _brought_by(book: Book, above: Sequence[int]) -> list[_Row]:
    found: list[_Row] = []
    for start in range(0, len(above), _BLOCK):
        block = tuple(above[start : start + _BLOCK])
        found += book.rows(
            "SELECT c.id, c.referred_by, c.name, s.orders, s.spend FROM customer AS c "
            "JOIN customer_summary AS s ON s.customer_id = c.id "
            f"WHERE c.referred_by IN ({', '.join('?' * len(block))}) LIMIT {MOST + 1}",
            block,
        )
    return found


def _above(book: Book, customer_id: int) -> tuple[Person, ...]:
    """Who brought a customer, and who brought those, the first one first."""
    chain: list[Person] = []
    seen, row = {customer_id}, customer_id
    while True:
        found = book.row(
            "SELECT a.id, a.name FROM customer AS c JOIN customer AS a ON a.id = c.referred_by "
            "WHERE c.id = ?",
            (row,),
        )
        if found is None or found[0] in seen:
            return tuple(reversed(chain))
        seen.add(found[0])
        chain.append(Person(*found))
        row = found[0]
