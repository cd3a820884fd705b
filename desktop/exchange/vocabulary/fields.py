"""The places a column can go to: of orders and their lines, of customers, and of every other subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop.core.text import is_hanzi
from desktop.core.translation import language, mark, tr
from desktop.exchange.vocabulary import entry_synonyms, synonyms
from desktop.exchange.vocabulary.subjects import CUSTOMERS, ORDER_DETAILS, ORDERS, TARGETS, WITH_CUSTOMER

__all__ = ["CONTACTS", "CUSTOM", "CUSTOMERS", "FIELD", "FIELDS", "ORDERS", "Field", "fields_of", "label"]

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
        """The first part of its key: order, line, customer, product, complaint …"""
        return self.key.partition(".")[0]


_WHO = (ORDERS, CUSTOMERS, *WITH_CUSTOMER)
_WHERE = (ORDERS, CUSTOMERS, "leads")
_O = (ORDERS,)
_L = (ORDERS, ORDER_DETAILS)
_C = (CUSTOMERS,)
_CL = (CUSTOMERS, "leads")
_LIKELY_ANYWHERE = frozenset({"customer.name", "customer.account"})
_OF_ORDER = (ORDERS, ORDER_DETAILS, "interactions", "complaints", "ratings", "points", "shipments")

_Place = tuple[str, str, str]
_ENTRY_FIELDS: tuple[tuple[str, tuple[str, ...], tuple[_Place, ...]], ...] = (
    ("product", ("products", "complaints"), (
        ("code", "id", mark("product code")), ("name", "text", mark("product name")),
    )),
    ("product", ("products",), (
        ("category", "text", mark("category")), ("unit", "text", mark("unit")),
        ("price", "price", mark("price")), ("active", "yesno", mark("on sale")),
    )),
    ("interaction", ("interactions",), (
        ("happened_at", "when", mark("happened at")), ("stage", "stage", mark("stage")),
        ("channel", "channel", mark("channel")), ("title", "text", mark("title")),
        ("text", "text", mark("what happened")), ("minutes", "minutes", mark("minutes")),
        ("seconds", "minutes_of_seconds", mark("length in seconds")), ("pinned", "yesno", mark("pinned")),
        ("staff", "text", mark("clerk")),
    )),
    ("complaint", ("complaints", "ratings"), (("number", "id", mark("number")),)),
    ("complaint", ("complaints",), (
        ("received_at", "when", mark("received at")), ("status", "complaint_status", mark("status")),
        ("severity", "severity", mark("severity")), ("title", "text", mark("title")),
        ("text", "text", mark("what happened")), ("wants", "text", mark("what the customer wants")),
        ("channel", "channel", mark("channel")), ("nature", "nature", mark("nature")),
        ("subject", "complaint_subject", mark("subject")), ("detail", "text", mark("detail")),
        ("mood", "mood", mark("mood")), ("reply_due_at", "later", mark("reply due at")),
        ("replied_at", "later", mark("replied at")), ("settle_due_at", "later", mark("settlement due at")),
        ("settled_at", "later", mark("settled at")), ("closed_at", "later", mark("closed at")),
        ("waiting_since", "later", mark("waiting since")), ("reopened", "count", mark("times reopened")),
        ("rejected_because", "text", mark("rejected because")),
        ("alternatives", "text", mark("where to turn instead")), ("cause", "text", mark("cause")),
        ("prevention", "text", mark("what prevents it")), ("settlement", "text", mark("settlement")),
        ("dispute", "id", mark("dispute number")), ("remedy", "remedies", mark("remedy")),
        ("remedy_cost", "amounts", mark("cost of the remedy")),
        ("remedy_text", "text", mark("about the remedy")),
        ("remedy_at", "whens", mark("remedy given at")),
        ("remedy_state", "remedy_states", mark("what became of the remedy")),
        ("promise", "text", mark("promise")), ("promise_made_at", "whens", mark("promised at")),
        ("promise_due_at", "whens", mark("promise due at")),
        ("promise_outcome", "outcomes", mark("whether it was kept")),
        ("promise_ended_at", "whens", mark("promise kept or broken at")),
        ("perceived", "score5", mark("rating after (1–5)")), ("staff", "text", mark("clerk")),
    )),
    ("rating", ("ratings",), (
        ("rated_at", "when", mark("rated at")), ("asked_at", "when", mark("asked at")),
        ("ended_at", "when", mark("ended at")), ("expected", "score5", mark("expected (1–5)")),
        ("perceived", "score5", mark("perceived (1–5)")), ("effort", "score7", mark("effort (1–7)")),
        ("recommend", "score10", mark("would recommend (0–10)")), ("reasons", "text", mark("reasons")),
        ("text", "text", mark("text")), ("channel", "channel", mark("channel")),
        ("staff", "text", mark("clerk")), ("code", "id", mark("code of the card")),
    )),
    ("lead", ("leads",), (
        ("number", "id", mark("number")), ("found_at", "when", mark("found at")),
        ("method", "text", mark("how found")), ("status", "lead_status", mark("status")),
        ("score", "score100", mark("score (0–100)")), ("wants", "text", mark("interested in")),
        ("cost", "amount", mark("cost")), ("converted_at", "when", mark("became a customer at")),
        ("note", "text", mark("note")), ("staff", "text", mark("clerk")),
    )),
    ("points", ("points",), (
        ("at", "when", mark("booked at")), ("points", "points", mark("points")),
        ("reason", "points_reason", mark("reason")), ("text", "text", mark("text")),
        ("staff", "text", mark("clerk")),
    )),
    ("shipment", ("shipments",), (
        ("number", "id", mark("tracking number")), ("carrier", "text", mark("carrier")),
        ("shipped_at", "when", mark("shipped at")), ("arrived_at", "when", mark("arrived at")),
        ("status", "shipment_status", mark("status")), ("direction", "direction", mark("direction")),
        ("cost", "amount", mark("cost")), ("ship_to", "text", mark("shipping address")),
        ("note", "text", mark("note")), ("staff", "text", mark("clerk")),
    )),
    ("visit", ("visits",), (
        ("at", "when", mark("visited at")), ("path", "text", mark("page")),
        ("came_from", "text", mark("came from")), ("seconds", "seconds", mark("seconds on the page")),
        ("bounced", "yesno", mark("left at once")), ("channel", "channel", mark("channel")),
    )),
)  # fmt: skip

FIELDS: tuple[Field, ...] = (
    Field("order.number", "id", mark("number"), _OF_ORDER),
    Field("order.placed_at", "when", mark("placed at"), _O),
    Field("order.paid_at", "when", mark("paid at"), _O),
    Field("order.ended_at", "when", mark("delivered at"), _O),
    Field("order.status", "status", mark("status"), _O),
    Field("order.channel", "channel", mark("channel"), _OF_ORDER),
    Field("order.total", "amount", mark("total"), _O),
    Field("order.paid", "amount", mark("paid"), _O),
    Field("order.refunded", "amount", mark("refunded"), _O),
    Field("order.currency", "currency", mark("currency"), _O),
    Field("order.ship_to", "text", mark("shipping address"), _O),
    Field("order.note", "text", mark("note"), _O),
    Field("order.staff", "text", mark("clerk"), _O),
    Field("line.product_code", "id", mark("product code"), _L),
    Field("line.title", "text", mark("product"), _L),
    Field("line.quantity", "quantity", mark("quantity"), _L),
    Field("line.unit_price", "price", mark("unit price"), _L),
    Field("line.amount", "amount", mark("line amount"), _L),
    Field("customer.name", "name", mark("name"), _WHO),
    Field("customer.phone", "phone", mark("phone"), _WHO),
    Field("customer.wechat", "wechat", mark("WeChat"), _WHO),
    Field("customer.qq", "qq", mark("QQ"), _WHO),
    Field("customer.weibo", "weibo", mark("Weibo"), _WHO),
    Field("customer.email", "email", mark("e-mail"), _WHO),
    Field("customer.account", "account", mark("account"), _WHO),
    Field("customer.number", "account", mark("number"), _WHO),
    Field("customer.member", "member", mark("member card"), _WHO),
    Field("customer.region", "text", mark("region"), _WHERE),
    Field("customer.address", "text", mark("address"), _WHERE),
    Field("customer.kind", "customer_kind", mark("kind"), _CL),
    Field("customer.relation", "relation", mark("relation"), _CL),
    Field("customer.gender", "gender", mark("gender"), _CL),
    Field("customer.birthday", "birthday", mark("birthday"), _CL),
    Field("customer.birthday_calendar", "calendar", mark("calendar of the birthday"), _CL),
    Field("customer.source", "text", mark("source"), _C),
    Field("customer.likes", "text", mark("likes"), _CL),
    Field("customer.dislikes", "text", mark("dislikes"), _C),
    Field("customer.expectations", "text", mark("expectations"), _C),
    Field("customer.family", "text", mark("family"), _C),
    Field("customer.notes", "text", mark("notes"), _C),
    Field("customer.tags", "text", mark("tags"), _CL),
    Field("customer.created_at", "when", mark("customer since"), _C),
    Field("customer.channel", "channel", mark("channel"), _C),
    Field(CUSTOM, "text", mark("your own field"), _C),
    *(
        Field(f"{group}.{name}", kind, said, targets)
        for group, targets, places in _ENTRY_FIELDS
        for name, kind, said in places
    ),
)
FIELD: Mapping[str, Field] = {field.key: field for field in FIELDS}
_GROUPS: Mapping[str, str] = {
    "order": mark("Order"),
    "line": mark("Order line"),
    "customer": mark("Customer"),
    "product": mark("Product"),
    "interaction": mark("Service record"),
    "complaint": mark("Complaint"),
    "rating": mark("Rating"),
    "lead": mark("Lead"),
    "points": mark("Points"),
    "shipment": mark("Shipment"),
    "visit": mark("Visit"),
}

CONTACTS: Mapping[str, str] = {
    "customer.account": "account", "customer.number": "account", "customer.phone": "phone",
    "customer.wechat": "wechat", "customer.qq": "qq", "customer.email": "email", "customer.weibo": "weibo",
    "customer.member": "account",
}  # fmt: skip
"""Fields that recognise a customer, surest first, and the contact point each becomes."""


def fields_of(target: str) -> tuple[Field, ...]:
    """The places that a file of a target has, in order: its own before the borrowed ones."""
    own = TARGETS[target].groups
    return tuple(
        sorted(
            (field for field in FIELDS if target in field.targets), key=lambda field: field.group not in own
        )
    )


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
    for sure in ("exact", "likely"):
        for field in fields_of(target):
            for header in _said(target, field, sure).split("|"):
                if header.strip():
                    known.setdefault(synonyms.folded(header), (field.key, sure))
    return known


def _said(target: str, field: Field, sure: str) -> str:
    """The headers of a field, separated by bars; a borrowed one goes by fewer, the common being taken."""
    if field.group not in TARGETS[target].groups:
        if field.key in entry_synonyms.BORROWED:
            return entry_synonyms.BORROWED[field.key] if sure == "exact" else ""
        if sure == "likely" and target not in (ORDERS, CUSTOMERS) and field.key not in _LIKELY_ANYWHERE:
            return ""
    mine, others = (
        (entry_synonyms.EXACT, synonyms.EXACT)
        if sure == "exact"
        else (entry_synonyms.LIKELY, synonyms.LIKELY)
    )
    return mine.get(field.key) or others.get(field.key, "")


def heading(target: str, key: str) -> str:
    """A header in the user's language for a field, by which a file of this target is read again."""
    known = headers(target)
    chinese = language().startswith("zh")
    said = (*_said(target, FIELD[key], "exact").split("|"), *_said(target, FIELD[key], "likely").split("|"))
    fitting = [header for header in said if header and any(map(is_hanzi, header)) == chinese]
    called = tr(FIELD[key].name)
    # "Number" alone would not say whose.
    for name in (*fitting, called, *said) if key.endswith(".number") else (called, *fitting, *said):
        if known.get(synonyms.folded(name), ("", ""))[0] == key:
            return name[:1].upper() + name[1:]
    return label(key)


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
