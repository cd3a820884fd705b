"""A line that names its product alone is called by it wherever it shows."""

from __future__ import annotations

from datetime import datetime

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.queries.counter import counter_card
from desktop.queries.orders import order_lines, order_rows
from desktop.queries.pickers import order_choices
from desktop.queries.returns import returnable
from desktop.queries.timeline import timeline_page

AT = "2026-11-20 10:00:00"
NOW = datetime(2026, 11, 22, 10)


def test_by_its_product_everywhere(book: Book) -> None:
    with book.step("Order") as step:
        who = step.insert(Customer, name="王丽华", created_at=AT)
        product = step.insert(Product, code="A", name="明前龙井")
        order = step.insert(Order, customer_id=who, number="1", placed_at=AT, total=100, paid=100)
        step.insert(OrderLine, order_id=order, product_id=product, quantity=2)
        step.insert(OrderLine, order_id=order, product_id=product, title="龙井（礼盒）", position=1)
        step.insert(OrderLine, order_id=order, position=2)
    names = ["明前龙井", "龙井（礼盒）", ""]
    assert [line.title for line in order_lines(book, order_id=order)] == names
    assert order_rows(book, [order])[order].items.startswith("明前龙井 ×2")
    assert order_choices(book, who)[0].first_line == "明前龙井"
    back = returnable(book, order)
    assert back is not None
    assert [line.title for line in back.lines] == names
    (entry,) = [one for one in timeline_page(book, customer_id=who).entries if one.kind == "order"]
    assert entry.lines[0] == ("明前龙井", 2)
    card = counter_card(book, who, now=NOW)
    assert card is not None
    assert card.purchases[0].lines[0] == ("明前龙井", 2)
