"""Writes the lines that a file gives for orders the book has, in the place of those they had."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop.core.money import CURRENCIES, LARGEST
from desktop.core.translation import tr
from desktop.exchange.comparing.entry_comparison import EntryComparison
from desktop.exchange.vocabulary.subjects import ORDER_DETAILS, TARGETS
from desktop.models.orders import OrderLine, Product
from desktop.queries import known_entries

if TYPE_CHECKING:
    from desktop.operations.importing_entries import Writing


def write_details(writing: Writing, found: EntryComparison) -> None:
    """The lines of `found.replaced` go, those of `found.new` come; a lone unpriced one costs the total."""
    if not found.new:
        return
    gone = known_entries.line_ids(writing.book, found.replaced)
    writing.step.delete(OrderLine, [line for line, _ in gone])
    what = tr("Writing into the book: {subject}", subject=tr(TARGETS[ORDER_DETAILS].title))
    columns = ("order_id", "position", "product_id", "title", "quantity", "unit_price", "amount")
    writing.many(OrderLine, columns, _lines(writing, found), what)
    # "Tea and two more" was a product only for want of a better word.
    products = {product for _, product in gone if product}
    writing.step.delete(Product, known_entries.mere_names(writing.book, products))


def _lines(writing: Writing, found: EntryComparison) -> Iterator[tuple[Any, ...]]:
    entries, orders = writing.records.entries, found.links["order_id"]
    titles, quantities = entries.values["title"], entries.values["quantity"]
    prices, amounts = entries.values["unit_price"], entries.values["amount"]
    products, names = writing.products(
        sorted({place for at in found.new if (place := entries.product[at]) >= 0})
    )
    lone = _totals_of_lone_ones(writing, found) if amounts[:1] == [None] else {}
    positions: dict[int, int] = {}
    for at in found.new:
        order = orders[at]
        positions[order] = position = positions.get(order, 0) + 1
        product = products.get(entries.product[at])
        title = "" if names.get(product) == titles[at] else titles[at]
        price, amount = prices[at] or 0, amounts[at] or 0
        if order in lone:
            amount, price = lone[order], _unit_price(writing, lone[order], quantities[at])
        yield order, position, product, title, quantities[at], price, amount


def _totals_of_lone_ones(writing: Writing, found: EntryComparison) -> dict[int, int]:
    """Order → its total, of orders with one line in the file."""
    lines: dict[int, int] = {}
    for at in found.new:
        order = found.links["order_id"][at]
        lines[order] = lines.get(order, 0) + 1
    return known_entries.totals_of(writing.book, [order for order, count in lines.items() if count == 1])


def _unit_price(writing: Writing, amount: int, quantity: float) -> int:
    """Ten-thousandths of the currency unit for one of so many that come to an amount."""
    currency = CURRENCIES.get(str(writing.book.setting("shop.currency")))
    decimals = currency.decimals if currency else 2
    price = round(amount * 10 ** (4 - decimals) / quantity) if quantity else 0
    return price if abs(price) <= LARGEST else 0
