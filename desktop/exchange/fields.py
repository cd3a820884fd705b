"""The places a column can go to: of orders and their lines, and of customers; with the headers they go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop.core.translation import mark, tr
from desktop.exchange import synonyms

ORDERS = "orders"
CUSTOMERS = "customers"
CUSTOM = "customer.custom"


@dataclass(frozen=True, slots=True)
class Field:
    """One place; `kind` says how its cells are read (values.py), `target` which files have it."""

    key: str
    kind: str
    name: str
    """Marked for translation."""
    targets: tuple[str, ...]

    @property
    def group(self) -> str:
        """order, line or customer."""
        return self.key.partition(".")[0]


_BOTH = (ORDERS, CUSTOMERS)
_O = (ORDERS,)
_C = (CUSTOMERS,)

FIELDS: tuple[Field, ...] = (
    Field("order.number", "id", mark("number"), _O),
    Field("order.placed_at", "when", mark("placed at"), _O),
    Field("order.paid_at", "when", mark("paid at"), _O),
    Field("order.ended_at", "when", mark("delivered at"), _O),
    Field("order.status", "status", mark("status"), _O),
    Field("order.channel", "channel", mark("channel"), _O),
    Field("order.total", "amount", mark("total"), _O),
    Field("order.paid", "amount", mark("paid"), _O),
    Field("order.refunded", "amount", mark("refunded"), _O),
    Field("order.ship_to", "text", mark("shipping address"), _O),
    Field("order.note", "text", mark("note"), _O),
    Field("order.staff", "text", mark("clerk"), _O),
    Field("line.product_code", "id", mark("product code"), _O),
    Field("line.title", "text", mark("product"), _O),
    Field("line.quantity", "quantity", mark("quantity"), _O),
    Field("line.unit_price", "price", mark("unit price"), _O),
    Field("line.amount", "amount", mark("line amount"), _O),
    Field("customer.name", "name", mark("name"), _BOTH),
    Field("customer.phone", "phone", mark("phone"), _BOTH),
    Field("customer.wechat", "wechat", mark("WeChat"), _BOTH),
    Field("customer.qq", "qq", mark("QQ"), _BOTH),
    Field("customer.weibo", "weibo", mark("Weibo"), _BOTH),
    Field("customer.email", "email", mark("e-mail"), _BOTH),
    Field("customer.account", "account", mark("account"), _BOTH),
    Field("customer.number", "account", mark("number"), _BOTH),
    Field("customer.region", "text", mark("region"), _BOTH),
    Field("customer.address", "text", mark("address"), _BOTH),
    Field("customer.kind", "customer_kind", mark("kind"), _C),
    Field("customer.relation", "relation", mark("relation"), _C),
    Field("customer.gender", "gender", mark("gender"), _C),
    Field("customer.birthday", "birthday", mark("birthday"), _C),
    Field("customer.source", "text", mark("source"), _C),
    Field("customer.likes", "text", mark("likes"), _C),
    Field("customer.dislikes", "text", mark("dislikes"), _C),
    Field("customer.expectations", "text", mark("expectations"), _C),
    Field("customer.family", "text", mark("family"), _C),
    Field("customer.notes", "text", mark("notes"), _C),
    Field("customer.tags", "text", mark("tags"), _C),
    Field("customer.created_at", "when", mark("customer since"), _C),
    Field("customer.channel", "channel", mark("channel"), _C),
    Field(CUSTOM, "text", mark("your own field"), _C),
)
FIELD: Mapping[str, Field] = {field.key: field for field in FIELDS}
_GROUPS: Mapping[str, str] = {
    "order": mark("Order"),
    "line": mark("Order line"),
    "customer": mark("Customer"),
}

CONTACTS: Mapping[str, str] = {
    "customer.account": "account", "customer.number": "account", "customer.phone": "phone",
    "customer.wechat": "wechat", "customer.qq": "qq", "customer.email": "email", "customer.weibo": "weibo",
}  # fmt: skip
"""Fields that recognise a customer, surest first, and the contact point each becomes."""


def fields_of(target: str) -> tuple[Field, ...]:
    """The places that a file of orders or of customers has, in the order to offer them."""
    return tuple(field for field in FIELDS if target in field.targets)


def label(key: str) -> str:
    """A place as a menu shows it: "Order · paid"; "" for none."""
    field = FIELD.get(key)
    return tr("{group} · {field}", group=tr(_GROUPS[field.group]), field=tr(field.name)) if field else ""


def group_label(group: str) -> str:
    """The heading over a group's places."""
    return tr(_GROUPS[group])


@cache
def headers(target: str) -> Mapping[str, tuple[str, str]]:
    """Folded header → (field, "exact" or "likely"), for a target; the first field named keeps a header."""
    known: dict[str, tuple[str, str]] = {}
    for sure, table in (("exact", synonyms.EXACT), ("likely", synonyms.LIKELY)):
        for field in fields_of(target):
            for header in table.get(field.key, "").split("|"):
                if header.strip():
                    known.setdefault(synonyms.folded(header), (field.key, sure))
    return known


def find(target: str, word: str) -> str | None:
    """The field that somebody typed: its key, the end of it, its name in either language, or a header."""
    word = word.strip()
    if word in FIELD and target in FIELD[word].targets:
        return word
    ends = [field.key for field in fields_of(target) if field.key.partition(".")[2] == word]
    named = [f.key for f in fields_of(target) if word.lower() in (f.name.lower(), tr(f.name).lower())]
    if ends or named:
        return (ends or named)[0]
    known = headers(target).get(synonyms.folded(word))
    return known[0] if known else None
