"""What the templates ask for: for each subject the columns, which of them are needed, and two examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop.core.translation import mark

Example = str | int | float


class Column(NamedTuple):
    """One column: the field it goes to, its title (marked), and what the example rows say.

    Examples that are words are marked, codes (see templates.CODES) given as such, days as "2026-11-09 10:30".
    """

    field: str
    title: str
    examples: tuple[Example, Example] = ("", "")
    needed: bool = False
    note: str = ""
    """Marked for translation; said in the header's comment before what the kind of its values says."""


_PEOPLE = (mark("Wang Fang"), mark("Blue Sky Trading"))
_SOME = mark("By phone, WeChat, QQ, e-mail or account the customer is known again; one of them is best.")
_NAME = Column("customer.name", mark("Customer"), _PEOPLE, True, _SOME)
_PHONE = Column("customer.phone", mark("Phone"), ("13800138000", "+1 415 555 0123"))
_WECHAT = Column("customer.wechat", mark("WeChat"), ("fang_w", ""))
_ORDER = Column(
    "order.number", mark("Order no."), ("A1001", ""), False, mark("Of an order that the book has.")
)
_BUYER = (_NAME, _PHONE, _WECHAT, Column("customer.email", mark("E-mail"), ("", "shop@example.com")))
_LINE = (
    Column("line.product_code", mark("Product code"), ("LJ-100", "LJ-250")),
    Column("line.title", mark("Product"), (mark("Longjing tea 100 g"), mark("Longjing tea 250 g")), True),
    Column("line.quantity", mark("Quantity"), (2, 1)),
    Column("line.unit_price", mark("Unit price"), (68, 158)),
    Column("line.amount", mark("Line amount"), (136, 158)),
)
_SAME = mark("An order of several products has a row for each, all with the same order number.")
_TIME = mark("Of the day it came in, the time alone will do.")
_LINES = mark("Several stand one below the other in the cell, and so do their days and amounts.")
_CLERK = (mark("Xiao Li"), "")

TEMPLATES: Mapping[str, tuple[Column, ...]] = {
    "customers": (
        _NAME, _PHONE, _WECHAT,
        Column("customer.qq", mark("QQ"), ("10001", "")),
        Column("customer.email", mark("E-mail"), ("", "shop@example.com")),
        Column("customer.account", mark("Account"), ("fang88", "")),
        Column("customer.channel", mark("Channel"), ("taobao", "site"), False, mark("Where the account is.")),
        Column("customer.member", mark("Member card"), ("2900000000018", "")),
        Column("customer.kind", mark("Kind"), ("individual", "company")),
        Column("customer.gender", mark("Gender"), ("female", "")),
        Column("customer.birthday", mark("Birthday"), ("1988-09-15", "")),
        Column("customer.birthday_calendar", mark("Birthday calendar"), ("solar", "")),
        Column("customer.region", mark("Region"), (mark("Hangzhou"), mark("Shanghai"))),
        Column("customer.address", mark("Address"), (mark("1 Wensan Road, Xihu District"), "")),
        Column("customer.relation", mark("Relation"), ("active", "target")),
        Column("customer.tags", mark("Tags"), (mark("VIP, likes green tea"), mark("Wholesale"))),
        Column("customer.source", mark("Source"), (mark("A friend told her"), mark("Trade fair"))),
        Column("customer.likes", mark("Likes"), (mark("Spring tea"), "")),
        Column("customer.dislikes", mark("Dislikes and allergies"), (mark("Nuts"), "")),
        Column("customer.expectations", mark("Expectations")),
        Column("customer.family", mark("Family")),
        Column("customer.notes", mark("Notes"), (mark("Call after six"), "")),
        Column("customer.created_at", mark("Added on"), ("2026-01-09", "")),
    ),
    "orders": (
        Column("order.number", mark("Order no."), ("A1001", "A1001"), True, _SAME),
        Column("order.placed_at", mark("Placed at"), ("2026-11-09 10:30", "2026-11-09 10:30"), True),
        Column("order.channel", mark("Channel"), ("shop", "shop")),
        Column("order.status", mark("Status"), ("completed", "completed")),
        Column("customer.name", mark("Customer"), (_PEOPLE[0], _PEOPLE[0]), False, _SOME),
        Column("customer.phone", mark("Phone"), ("13800138000", "13800138000")),
        Column("customer.account", mark("Account"), ("fang88", "fang88")),
        *_LINE,
        Column("order.total", mark("Total"), (294, 294)),
        Column("order.paid", mark("Amount paid"), (294, 294)),
        Column("order.refunded", mark("Amount refunded"), (0, 0)),
        Column("order.paid_at", mark("Paid at"), ("2026-11-09 10:31", "2026-11-09 10:31")),
        Column("order.ended_at", mark("Ended at"), ("2026-11-12 18:00", "2026-11-12 18:00")),
        Column("order.ship_to", mark("Shipped to"), (mark("1 Wensan Road, Xihu District"), "")),
        Column("order.note", mark("Order note"), (mark("Please wrap as a gift"), "")),
        Column("order.staff", mark("Clerk"), _CLERK),
    ),
    "order-details": (
        Column("order.number", mark("Order no."), ("A1001", "A1001"), True, _SAME), *_LINE,
    ),
    "products": (
        Column("product.code", mark("Product code"), ("LJ-100", "LJ-250"), True),
        Column("product.name", mark("Product name"), (mark("Longjing tea 100 g"), mark("Longjing tea 250 g")),
               True),
        Column("product.category", mark("Category"), (mark("Green tea"), mark("Green tea"))),
        Column("product.unit", mark("Unit"), (mark("tin"), mark("tin"))),
        Column("product.price", mark("Price"), (68, 158)),
        Column("product.active", mark("On sale"), ("1", "0")),
    ),
    "interactions": (
        *_BUYER,
        Column("interaction.happened_at", mark("Happened at"), ("2026-11-09 10:30", "2026-11-10 15:00"),
               True),
        Column("interaction.stage", mark("Stage"), ("pre-sale", "after-sale")),
        Column("interaction.channel", mark("Channel"), ("phone", "wechat")),
        Column("interaction.title", mark("Title"), (mark("Asked for spring tea"), "")),
        Column("interaction.text", mark("What happened"),
               (mark("Wants to know when it comes in"), mark("Tin was dented, new one sent")), True),
        Column("interaction.minutes", mark("Minutes"), (5, 10)), _ORDER,
        Column("interaction.staff", mark("Clerk"), _CLERK),
    ),
    "complaints": (
        *_BUYER,
        Column("complaint.number", mark("Complaint no."), ("", "C-2026-0001")),
        Column("complaint.received_at", mark("Received at"), ("2026-11-09 10:30", "2026-11-10 15:00")),
        Column("complaint.title", mark("Title"), (mark("Tin was dented"), mark("Came four days late")), True),
        Column("complaint.text", mark("What happened"), (mark("The parcel was wet, too"), "")),
        Column("complaint.wants", mark("What the customer wants"), (mark("A new tin"), "")),
        Column("complaint.severity", mark("Severity"), ("medium", "low")),
        Column("complaint.subject", mark("Complaint subject"), ("quality", "delivery"), False,
               mark("What stands below it may follow: “Delivery: late parcel”.")),
        Column("complaint.detail", mark("Detail"), (mark("Dented tin"), "")),
        Column("complaint.nature", mark("Nature"), ("valid", "valid")),
        Column("complaint.mood", mark("Mood"), ("remedy", "")),
        Column("complaint.status", mark("Status"), ("received", "settled")),
        Column("complaint.replied_at", mark("Replied at"), ("", "2026-11-10 15:20"), False, _TIME),
        Column("complaint.settled_at", mark("Settled at"), ("", "2026-11-12 09:00")),
        Column("complaint.closed_at", mark("Closed at")),
        Column("complaint.rejected_because", mark("Rejected because")),
        Column("complaint.alternatives", mark("Where to turn instead")),
        Column("complaint.cause", mark("Cause"), ("", mark("The courier sorted it wrongly"))),
        Column("complaint.prevention", mark("Prevention"), ("", mark("Another courier for that town"))),
        Column("complaint.settlement", mark("Settlement"), ("", mark("Postage given back"))),
        Column("complaint.remedy", mark("Remedy"), ("", "partial-refund"), False, _LINES),
        Column("complaint.remedy_cost", mark("Remedy cost"), ("", 12)),
        Column("complaint.promise", mark("Promise"), (mark("Send a new tin"), ""), False, _LINES),
        Column("complaint.promise_due_at", mark("Promise due at"), ("2026-11-11 18:00", "")),
        Column("complaint.promise_outcome", mark("Whether it was kept"), ("", "")),
        Column("complaint.perceived", mark("Rating after (1–5)"), ("", 4)),
        Column("complaint.dispute", mark("Dispute no.")),
        Column("complaint.channel", mark("Channel"), ("phone", "wechat")), _ORDER,
        Column("product.name", mark("Product"), (mark("Longjing tea 100 g"), "")),
        Column("complaint.staff", mark("Clerk"), _CLERK),
    ),
    "ratings": (
        *_BUYER,
        Column("rating.rated_at", mark("Rated at"), ("2026-11-12 20:00", "2026-11-13 08:00"), True),
        Column("rating.expected", mark("Expected (1–5)"), (4, "")),
        Column("rating.perceived", mark("Perceived (1–5)"), (5, 2), True),
        Column("rating.effort", mark("Effort (1–7)"), (2, "")),
        Column("rating.recommend", mark("Would recommend (0–10)"), (9, 3)),
        Column("rating.reasons", mark("Reasons"), (mark("taste"), mark("delivery"))),
        Column("rating.text", mark("Text"), (mark("Tastes like last spring"), mark("Came late"))),
        Column("rating.channel", mark("Channel"), ("taobao", "phone")), _ORDER,
        Column("rating.code", mark("Code of the card"), ("", ""), False,
               mark("Of a feedback card: the answer finds what was asked.")),
    ),
    "leads": (
        *_BUYER,
        Column("lead.number", mark("Lead no."), ("", "L-17")),
        Column("lead.found_at", mark("Found at"), ("2026-11-09", "2026-11-10")),
        Column("lead.method", mark("How found"), (mark("A friend told her"), mark("Trade fair"))),
        Column("lead.status", mark("Status"), ("new", "qualified")),
        Column("lead.score", mark("Score (0–100)"), (40, 80)),
        Column("lead.wants", mark("Interested in"), (mark("Spring tea"), mark("Gift boxes for the staff"))),
        Column("lead.cost", mark("Cost"), ("", 25)),
        Column("lead.note", mark("Note"), (mark("Call after six"), "")),
        Column("lead.staff", mark("Clerk"), _CLERK),
    ),
    "points": (
        *_BUYER,
        Column("points.at", mark("Booked at"), ("2026-11-09 10:30", "2026-11-10"), True),
        Column("points.points", mark("Points"), (294, -100), True, mark("Points taken off are negative.")),
        Column("points.reason", mark("Reason"), ("earned", "redeemed")),
        Column("points.text", mark("Text"), ("", mark("A tea cup"))), _ORDER,
    ),
    "shipments": (
        Column("shipment.number", mark("Tracking no."), ("SF1234567890", "SF1234567891"), True),
        Column("shipment.carrier", mark("Carrier"), (mark("SF Express"), mark("SF Express"))),
        _ORDER, Column("customer.name", mark("Customer"), _PEOPLE, False, _SOME), _PHONE,
        Column("shipment.shipped_at", mark("Shipped at"), ("2026-11-09 16:00", "2026-11-10 16:00"), True),
        Column("shipment.arrived_at", mark("Arrived at"), ("2026-11-12 11:00", "")),
        Column("shipment.status", mark("Status"), ("arrived", "underway")),
        Column("shipment.direction", mark("Direction"), ("out", "back")),
        Column("shipment.cost", mark("Cost"), (12, 12)),
        Column("shipment.ship_to", mark("Shipped to"), (mark("1 Wensan Road, Xihu District"), "")),
        Column("shipment.note", mark("Note")),
    ),
    "visits": (
        *_BUYER,
        Column("visit.at", mark("Visited at"), ("2026-11-09 10:30", "2026-11-10 15:00"), True),
        Column("visit.path", mark("Page"), ("/tea/longjing", "/")),
        Column("visit.came_from", mark("Came from"), (mark("Newsletter"), "")),
        Column("visit.seconds", mark("Seconds on the page"), (95, 3)),
        Column("visit.bounced", mark("Left at once"), ("0", "1")),
        Column("visit.channel", mark("Channel"), ("site", "site")),
    ),
}  # fmt: skip
"""Every target of subjects.TARGETS; the first column tells an example row (examples.py)."""
