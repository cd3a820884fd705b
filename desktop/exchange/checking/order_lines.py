"""The lines of orders and the products they name, from whichever columns a file has."""

from __future__ import annotations

import numpy as np

from desktop.exchange.checking import order_money
from desktop.exchange.checking.columns import Columns, Flags, Ints, Placed
from desktop.exchange.checking.order_groups import Groups
from desktop.exchange.checking.records import Lines, Records

_FIELDS = ("line.product_code", "line.title", "line.quantity", "line.unit_price", "line.amount")
_NAMES = ("line.product_code", "line.title")


def lines_of(groups: Groups, decimals: int) -> tuple[Lines, Ints] | None:
    """A line for every row that names a product or a price, and its row; None without columns.

    The lines' products and titles are numbered later, once it is known which orders are good (`fill_lines`).
    """
    columns = groups.columns
    placed = [one for field in _FIELDS if (one := columns.one(field)) is not None]
    if not placed:
        return None
    # A count alone is no line where other columns name what was sold: it counts the lines that follow.
    telling = [one for one in placed if one.field != "line.quantity"] or placed
    said = _say_something(columns, telling)
    if columns.layout is not None and columns.layout.amounts == "order":
        # Nor is a row of sums over the lines of its order.
        named = _say_something(columns, [one for one in placed if one.field in _NAMES])
        of_named = np.bincount(groups.order_of_row, named, groups.count) > 0
        said &= named | ~of_named[groups.order_of_row]
    rows = np.nonzero(said)[0]
    by = {one.field: (one, one.codes[rows]) for one in placed}

    quantity = np.ones(len(rows), np.float64)
    if "line.quantity" in by:
        one, codes = by["line.quantity"]
        quantity = one.floats(1.0)[codes]
    price = np.zeros(len(rows), np.int64)
    priced = np.zeros(len(rows), np.bool_)
    if "line.unit_price" in by:
        one, codes = by["line.unit_price"]
        price, priced = one.numbers()[codes], one.has()[codes]
    amount = order_money.line_amounts(quantity, price, decimals)
    if "line.amount" in by:
        one, codes = by["line.amount"]
        given = one.has()[codes]
        amount = np.where(given, one.numbers()[codes], amount)
        price = np.where(given & ~priced, order_money.unit_prices(quantity, amount, decimals), price)
    order = groups.order_of_row[rows]
    none = np.full(len(rows), -1, np.int64)
    return Lines(order, _positions(order), none, none, quantity, price, amount), rows


def _say_something(columns: Columns, placed: list[Placed]) -> Flags:
    """The rows in which one of the columns says something."""
    said: Flags = np.zeros(columns.rows, np.bool_)
    for one in placed:
        said |= one.has()[one.codes]
    return said


def sums_of(lines: Lines, orders: int) -> Ints:
    """What the lines of each order come to, in minor units."""
    return order_money.held(np.bincount(lines.order, lines.amount, orders).astype(np.float64))


def taken_back(lines: Lines, columns: Columns, orders: int) -> Flags | None:
    """The orders whose every quantity is negative; None where no column counts."""
    if not columns.of("line.quantity"):
        return None
    kept = np.bincount(lines.order, lines.quantity >= 0, orders)
    back: Flags = (kept == 0) & (np.bincount(lines.order, minlength=orders) > 0)
    return back


def fill_lines(
    records: Records, groups: Groups, good: Ints, lines: Lines, rows: Ints, totals: Ints, decimals: int
) -> None:
    """Hands over the lines of the good orders; a lone line without a price gets its order's total."""
    place = np.full(groups.count, -1, np.int64)
    place[good] = np.arange(len(good))
    keep = place[lines.order] >= 0
    order, quantity = lines.order[keep], lines.quantity[keep]
    price, amount = lines.unit_price[keep], lines.amount[keep]
    if not groups.columns.of("line.unit_price") and not groups.columns.of("line.amount"):
        alone = np.bincount(lines.order, minlength=groups.count)[order] == 1
        amount = np.where(alone, totals[order], amount)
        price = np.where(alone, order_money.unit_prices(quantity, amount, decimals), price)
    products, titles, title = _products(records, groups.columns, rows[keep])
    records.lines = Lines(
        place[order], lines.position[keep], products, title, quantity, price, amount, titles
    )


def _products(records: Records, columns: Columns, rows: Ints) -> tuple[Ints, list[str], Ints]:
    """Each line's product; all titles; each line's title. A product is known by its code or name."""
    code, title = columns.one("line.product_code"), columns.one("line.title")
    codes = [value or "" for value in code.values] if code is not None else [""]
    titles = [value or "" for value in title.values] if title is not None else [""]
    nothing = np.zeros(len(rows), np.int64)
    code_of = code.codes[rows].astype(np.int64) if code is not None else nothing
    title_of = title.codes[rows].astype(np.int64) if title is not None else nothing
    known: dict[tuple[str, str], int] = {}
    # Each different pair of code and title once, in the order of the file: the first title names the product.
    pairs, first, inverse = np.unique(
        code_of * len(titles) + title_of, return_index=True, return_inverse=True
    )
    of_pair = np.full(len(pairs), -1, np.int64)
    for at in np.argsort(first).tolist():
        said_code, said_title = codes[pairs[at] // len(titles)], titles[pairs[at] % len(titles)]
        if not said_code and not said_title:
            continue
        key = (said_code, "" if said_code else said_title)
        number = known.get(key)
        if number is None:
            number = known[key] = len(records.products)
            records.products.append((said_code, said_title))
        elif said_title and not records.products[number][1]:
            records.products[number] = (said_code, said_title)
        of_pair[at] = number
    return of_pair[inverse.reshape(-1)], titles, title_of


def _positions(order: Ints) -> Ints:
    """1, 2, 3… for the lines of each order, in the order of the file."""
    sequence = np.argsort(order, kind="stable")
    ordered = order[sequence]
    places = np.arange(len(order))
    starts = np.ones(len(order), np.bool_)
    starts[1:] = ordered[1:] != ordered[:-1]
    positions = np.empty(len(order), np.int64)
    positions[sequence] = places - np.maximum.accumulate(np.where(starts, places, 0)) + 1
    return positions
