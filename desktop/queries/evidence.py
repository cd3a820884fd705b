"""What a shop can show of a complaint when a platform decides: everything of it, and nothing of anybody else.

The shop's own notes and how to reach the customer are left out unless they are asked for: then no text tells
them either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.queries.attachments import AttachmentRow, attachments
from desktop.queries.complaint_detail import ComplaintDetail, StepRow, complaint_detail
from desktop.queries.everything import as_of_now
from desktop.queries.evidence_hiding import hide, secrets_of
from desktop.queries.order_detail import ShipmentRow, order_shipments
from desktop.queries.orders import OrderLineRow, OrderRow, order_lines, order_rows

PARTS: Mapping[str, str] = {
    "timeline": mark("What happened, step by step"),
    "promises": mark("Promises"),
    "remedies": mark("Offers and remedies"),
    "order": mark("The order and what was paid"),
    "shipments": mark("Parcels"),
    "cases": mark("Service cases"),
    "ratings": mark("Ratings"),
    "policy": mark("The shop's policy"),
    "files": mark("Photos and files"),
}
"""What may go in beside the complaint itself, in its order."""

INTERNAL, CONTACTS = "internal", "contacts"
PRIVATE: Mapping[str, str] = {
    INTERNAL: mark("The shop's own notes: findings, mood, clerks"),
    CONTACTS: mark("The customer's phone and address"),
}
"""What only goes in where it is asked for."""

OWN_STEPS = frozenset(
    {"note", "edited", "assigned", "assessed", "investigating", "linked", "unlinked", "promise-edited",
     "promise-open", "promise-deleted", "remedy-edited", "remedy-deleted"}
)  # fmt: skip
"""Steps that are the shop's own business."""
FROM_CUSTOMER = frozenset({"received", "heard", "merged", "reopened", "remedy-declined"})
"""Steps in which the customer spoke."""


@dataclass(frozen=True, slots=True)
class EvidenceOrder:
    """The order in question: what was bought and paid, in minor units."""

    row: OrderRow
    paid_at: str | None
    ended_at: str | None
    ship_to: str
    lines: tuple[OrderLineRow, ...]


@dataclass(frozen=True, slots=True)
class EvidenceCase:
    """A service case of the order."""

    id: int
    number: str
    kind: str
    status: str
    title: str
    text: str
    opened_at: str
    closed_at: str | None
    outcome: str
    refunded: int


@dataclass(frozen=True, slots=True)
class EvidenceRating:
    """How the customer found the order or the handling."""

    about: str
    """"complaint" or "order"."""
    rated_at: str
    perceived: int | None
    expected: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one complaint the chosen `parts`, and of what is `private` only what was asked for."""

    detail: ComplaintDetail
    parts: tuple[str, ...]
    private: tuple[str, ...]
    shop: str
    currency: str
    accounts: tuple[tuple[str, str], ...]
    """(channel, the customer's account there): how a platform knows them."""
    contacts: tuple[str, ...] = ()
    order: EvidenceOrder | None = None
    foreign_order: bool = False
    """Whether the order is another customer's, and so left out."""
    shipments: tuple[ShipmentRow, ...] = ()
    cases: tuple[EvidenceCase, ...] = ()
    ratings: tuple[EvidenceRating, ...] = ()
    policy: str = ""
    files: tuple[AttachmentRow, ...] = ()

    @property
    def steps(self) -> tuple[StepRow, ...]:
        """The steps to show."""
        return self.detail.steps

    def has(self, private: str) -> bool:
        """Whether a private part was asked for."""
        return private in self.private


def evidence(
    book: Book,
    complaint_id: int,
    *,
    parts: Sequence[str] = tuple(PARTS),
    private: Sequence[str] = (),
    files: Sequence[int] | None = None,
) -> Evidence:
    """What can be shown of a complaint; `files`: ids of those that go in, None for all.

    Raises UserError when the complaint is gone.
    """
    with as_of_now(book):
        detail = complaint_detail(book, complaint_id)
        if detail is None:
            raise UserError(
                tr("This complaint is no longer in the book."),
                tr("It was deleted meanwhile; undo brings it back."),
            )
        return _read(book, detail, [part for part in PARTS if part in parts], tuple(private), files)


def evidence_files(book: Book, complaint_id: int) -> list[AttachmentRow]:
    """The files of a complaint, its order and the order's cases, the oldest first."""
    detail = complaint_detail(book, complaint_id)
    if detail is None:
        return []
    return _files(book, detail, _own_order(book, detail))


def _read(
    book: Book,
    detail: ComplaintDetail,
    parts: Sequence[str],
    private: tuple[str, ...],
    files: Sequence[int] | None,
) -> Evidence:
    customer = detail.row.customer_id
    order = _own_order(book, detail)
    found = Evidence(
        detail,
        tuple(parts),
        private,
        str(book.setting("shop.name")),
        str(book.setting("shop.currency")),
        accounts=tuple(_accounts(book, customer)),
        contacts=tuple(_contacts(book, customer)) if CONTACTS in private else (),
        foreign_order=detail.order_id is not None and order is None,
    )
    readers: dict[str, Callable[[], Any]] = {
        "order": lambda: _order(book, order) if order else None,
        "shipments": lambda: tuple(order_shipments(book, order)) if order else (),
        "cases": lambda: tuple(_cases(book, order, customer)) if order else (),
        "ratings": lambda: tuple(_ratings(book, detail.row.id, order)),
        "policy": lambda: str(book.setting("shop.policy")).strip(),
        "files": lambda: tuple(
            row for row in _files(book, detail, order) if files is None or row.id in files
        ),
    }
    found = replace(found, **{part: read() for part, read in readers.items() if part in parts})
    found = replace(found, detail=_chosen(detail, parts, private))
    return (
        found
        if CONTACTS in private
        else _without_contacts(found, secrets_of(book, _contacts(book, customer), order))
    )


def _chosen(detail: ComplaintDetail, parts: Sequence[str], private: Sequence[str]) -> ComplaintDetail:
    """The complaint with what goes in, and nothing of the rest, nor of other complaints."""
    own = INTERNAL in private
    steps = [step for step in detail.steps if "timeline" in parts and (own or step.kind not in OWN_STEPS)]
    if not own:
        steps = [replace(step, staff="") for step in steps]
        detail = replace(detail, cause="", prevention="", mood="", waiting_since=None)
        row = replace(detail.row, cause="", staff="", waiting=False, waiting_since=None)
        promises = tuple(replace(one, staff="") for one in detail.promises)
        remedies = tuple(replace(one, staff="") for one in detail.remedies)
        detail = replace(detail, row=row, promises=promises, remedies=remedies)
    return replace(
        detail,
        steps=tuple(steps),
        promises=detail.promises if "promises" in parts else (),
        remedies=detail.remedies if "remedies" in parts else (),
        follows=None,
        followed_by=(),
        links=(),
        ratings=(),
    )


# --- the order and what hangs on it


def _own_order(book: Book, detail: ComplaintDetail) -> int | None:
    """The complaint's order, unless it is somebody else's."""
    if detail.order_id is None:
        return None
    whose = book.value("SELECT customer_id FROM orders WHERE id = ?", (detail.order_id,))
    return detail.order_id if whose is None or whose == detail.row.customer_id else None


def _order(book: Book, order_id: int) -> EvidenceOrder:
    paid_at, ended_at, ship_to = book.row(
        "SELECT paid_at, ended_at, ship_to FROM orders WHERE id = ?", (order_id,)
    )
    row = order_rows(book, [order_id])[order_id]
    return EvidenceOrder(row, paid_at, ended_at, ship_to, tuple(order_lines(book, order_id=order_id)))


def _cases(book: Book, order_id: int, customer: int | None) -> Iterator[EvidenceCase]:
    rows = book.rows(
        "SELECT id, number, kind, status, title, text, opened_at, closed_at, outcome, refunded "
        "FROM service_case WHERE order_id = ? AND (customer_id IS NULL OR customer_id IS ?) "
        "ORDER BY opened_at, id",
        (order_id, customer),
    )
    return (EvidenceCase(*row) for row in rows)


def _ratings(book: Book, complaint_id: int, order_id: int | None) -> Iterator[EvidenceRating]:
    rows = book.rows(
        "SELECT iif(complaint_id = :complaint, 'complaint', 'order'), rated_at, perceived, expected, text "
        "FROM rating WHERE answered = 1 AND (complaint_id = :complaint "
        "OR (complaint_id IS NULL AND order_id = :order)) ORDER BY rated_at, id",
        {"complaint": complaint_id, "order": order_id},
    )
    return (EvidenceRating(*row) for row in rows)


def _files(book: Book, detail: ComplaintDetail, order_id: int | None) -> list[AttachmentRow]:
    found = attachments(book, subject="complaint", subject_id=detail.row.id)
    if order_id is not None:
        named = tr("order {number}", number=detail.order_number)
        found += [
            replace(row, about=named) for row in attachments(book, subject="orders", subject_id=order_id)
        ]
        for case in _cases(book, order_id, detail.row.customer_id):
            found += [
                replace(row, about=case.number)
                for row in attachments(book, subject="service_case", subject_id=case.id)
            ]
    return sorted(found, key=lambda row: (row.added_at, row.id))


# --- the customer


def _accounts(book: Book, customer: int | None) -> Iterator[tuple[str, str]]:
    rows = book.rows(
        "SELECT channel, value FROM contact_point WHERE customer_id = ? AND kind = 'account' "
        "AND channel <> 'member' ORDER BY id",
        (customer,),
    )
    return ((channel, value) for channel, value in rows)


def _contacts(book: Book, customer: int | None) -> Iterator[str]:
    rows = book.rows(
        "SELECT value FROM contact_point WHERE customer_id = ? AND (kind <> 'account' OR channel = 'member') "
        "ORDER BY kind <> 'phone', main DESC, id",
        (customer,),
    )
    return (value for (value,) in rows)


def _without_contacts(found: Evidence, secrets: Sequence[re.Pattern[str]]) -> Evidence:
    """The same with dots where a text tells how to reach the customer."""
    order = found.order and replace(found.order, ship_to="")
    whole: Evidence = hide(replace(found, order=order), secrets)
    return replace(whole, accounts=found.accounts, policy=found.policy)
