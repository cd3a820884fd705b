"""The subjects a file can bring: what each is called, which table keeps it, and what its rows must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core.translation import mark

ORDERS = "orders"
CUSTOMERS = "customers"
ORDER_DETAILS = "order-details"

WHO = (
    "customer.account", "customer.number", "customer.phone", "customer.wechat", "customer.qq",
    "customer.email", "customer.weibo", "customer.member", "customer.name",
)  # fmt: skip
"""The fields that say whose a row is."""
_TOLD_BY_CUSTOMER_OR_ORDER = (*WHO, "order.number")


@dataclass(frozen=True, slots=True)
class Subject:
    """One target of an import."""

    key: str
    title: str
    """Marked for translation."""
    table: str
    groups: tuple[str, ...]
    """The first parts of its own fields, the main one first; the other fields it has are borrowed."""
    needs: tuple[tuple[str, ...], ...]
    """Of each of these at least one must be placed."""
    tells: frozenset[str]
    """Fields that a file of something else hardly has."""
    updatable: tuple[str, ...] = ()
    """Columns of the table that a later file may fill or change."""

    @property
    def is_entry(self) -> bool:
        """Whether its rows go through `check_entries`."""
        return self.key not in (ORDERS, CUSTOMERS)


_ALL = (
    Subject(
        CUSTOMERS, mark("Customers"), "customer", ("customer",), (WHO,),
        frozenset({"customer.birthday", "customer.gender", "customer.tags", "customer.created_at"}),
    ),
    Subject(
        ORDERS, mark("Orders"), "orders", ("order", "line"),
        (("order.placed_at", "order.paid_at"),
         ("order.total", "order.paid", "line.amount", "line.unit_price")),
        frozenset({"order.placed_at", "order.paid_at", "order.total", "order.paid"}),
    ),
    Subject(
        ORDER_DETAILS, mark("Lines of known orders"), "order_line", ("line", "order"),
        (("order.number",), ("line.title", "line.product_code")),
        frozenset({"line.product_code", "line.title", "line.quantity", "line.unit_price", "line.amount"}),
    ),
    Subject(
        "products", mark("Products"), "product", ("product",), (("product.code", "product.name"),),
        frozenset({"product.category", "product.unit", "product.price", "product.active"}),
        ("code", "name", "category", "unit", "price", "active"),
    ),
    Subject(
        "interactions", mark("Service records"), "interaction", ("interaction",),
        (("interaction.happened_at",), ("interaction.text", "interaction.title")),
        frozenset({"interaction.happened_at", "interaction.stage", "interaction.minutes",
                   "interaction.seconds", "interaction.text"}),
        ("stage", "channel", "minutes", "pinned"),
    ),
    Subject(
        "complaints", mark("Complaints"), "complaint", ("complaint",),
        (("complaint.title", "complaint.text"),),
        frozenset({"complaint.number", "complaint.received_at", "complaint.wants", "complaint.severity",
                   "complaint.nature", "complaint.subject", "complaint.mood", "complaint.settled_at",
                   "complaint.dispute", "complaint.cause", "complaint.promise"}),
        ("title", "text", "wants", "nature", "subject", "detail", "mood", "severity", "status", "channel",
         "replied_at", "settled_at", "closed_at", "reply_due_at", "settle_due_at", "waiting_since",
         "rejected_because", "alternatives", "cause", "prevention", "settlement", "dispute", "reopened"),
    ),
    Subject(
        "ratings", mark("Ratings"), "rating", ("rating",),
        (("rating.perceived", "rating.expected", "rating.effort", "rating.recommend", "rating.text",
          "rating.asked_at"),
         ("rating.rated_at", "rating.asked_at", "rating.ended_at")),
        frozenset({"rating.rated_at", "rating.perceived", "rating.expected", "rating.effort",
                   "rating.recommend", "rating.reasons", "rating.code"}),
        ("expected", "perceived", "effort", "recommend", "reasons", "text", "channel", "asked_at"),
    ),
    Subject(
        "leads", mark("Leads"), "lead", ("lead",), (WHO,),
        frozenset({"lead.number", "lead.status", "lead.score", "lead.wants", "lead.found_at",
                   "lead.converted_at", "lead.cost"}),
        ("method", "status", "score", "cost", "wants", "converted_at", "note"),
    ),
    Subject(
        "points", mark("Points"), "points_entry", ("points",),
        (("points.points",), ("points.at",), _TOLD_BY_CUSTOMER_OR_ORDER),
        frozenset({"points.points", "points.reason"}),
        # A ledger: what stands in it stands.
    ),
    Subject(
        "shipments", mark("Shipments"), "shipment", ("shipment",), (("shipment.number", "order.number"),),
        frozenset({"shipment.number", "shipment.carrier", "shipment.shipped_at", "shipment.arrived_at"}),
        ("carrier", "direction", "status", "shipped_at", "arrived_at", "cost", "ship_to", "note"),
    ),
    Subject(
        "visits", mark("Visits"), "visit", ("visit",), (("visit.at",),),
        frozenset({"visit.path", "visit.came_from", "visit.seconds", "visit.bounced"}),
        ("seconds", "bounced"),
    ),
)  # fmt: skip

TARGETS: Mapping[str, Subject] = {subject.key: subject for subject in _ALL}
"""Every target by its word, in the order to offer them."""
ENTRIES: tuple[str, ...] = tuple(subject.key for subject in _ALL if subject.is_entry)
WITH_CUSTOMER = ("interactions", "complaints", "ratings", "leads", "points", "shipments", "visits")
"""The entries that belong to somebody."""
