"""Customers of the sample shop who came a second time as somebody else: what a look for duplicates finds."""

from desktop.models.customers import ContactPoint, Customer
from desktop.models.history import Step

_TWINS = 3
_ENOUGH = 300
"""Customers of a shop that is large enough to have lost sight of somebody."""


def make_twins(step: Step, first: int, count: int) -> None:
    """Gives the last few one-time customers the name of a regular, and their number as a WeChat id."""
    if count < _ENOUGH:
        return
    regulars = step.execute(
        "SELECT name, gender, birthday, region, point.norm FROM customer JOIN contact_point AS point "
        "ON point.customer_id = customer.id AND point.kind = 'phone' AND main = 1 "
        "WHERE customer.kind = 'individual' AND customer.id BETWEEN ? AND ? AND (SELECT count(*) FROM orders "
        "WHERE customer_id = customer.id) > 6 ORDER BY customer.id LIMIT ?",
        (first, first + count - 1, _TWINS),
    ).fetchall()
    once = step.execute(
        "SELECT id FROM customer WHERE kind = 'individual' AND id BETWEEN ? AND ? AND (SELECT count(*) "
        "FROM orders WHERE customer_id = customer.id) = 1 ORDER BY id DESC LIMIT ?",
        (first, first + count - 1, _TWINS),
    ).fetchall()
    for (name, gender, birthday, region, phone), (twin,) in zip(regulars, once, strict=False):
        step.update(Customer, twin, name=name, gender=gender, birthday=birthday, region=region)
        step.execute("DELETE FROM contact_point WHERE customer_id = ? AND kind <> 'phone'", (twin,))
        number = phone[-11:]
        step.insert(
            ContactPoint, customer_id=twin, kind="wechat", channel="", value=number, norm=number, main=True
        )
