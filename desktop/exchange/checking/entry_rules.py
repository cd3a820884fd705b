"""What a row of each subject must say to be kept, and what it must not: the reasons, row by row."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.exchange.checking.columns import Columns, Flags
from desktop.exchange.vocabulary import fields
from desktop.exchange.vocabulary.subjects import WHO, Subject

_SCORES = ("rating.perceived", "rating.expected", "rating.effort", "rating.recommend")
_NEEDED: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "products": ((("product.name", "product.code"), mark("the product has neither a name nor a code")),),
    "interactions": (
        (("interaction.happened_at",), mark("nothing says when it was")),
        (("interaction.text", "interaction.title"), mark("nothing says what happened")),
    ),
    "complaints": (
        (("complaint.title", "complaint.text"), mark("the complaint has neither a title nor a text")),
    ),
    "ratings": (
        (
            (*_SCORES, "rating.text", "rating.reasons", "rating.asked_at"),
            mark("the rating has neither a score nor a text"),
        ),
        (("rating.rated_at", "rating.asked_at", "rating.ended_at"), mark("the rating has no date")),
    ),
    "leads": ((WHO, mark("the row has neither a name nor a way to reach the customer")),),
    "points": (
        (("points.points",), mark("the row has no number of points")),
        (("points.at",), mark("nothing says when the points were booked")),
        ((*WHO, "order.number"), mark("nothing says whose points they are")),
    ),
    "shipments": (
        (("shipment.number", "order.number"), mark("the parcel has neither a number nor an order")),
    ),
    "visits": ((("visit.at",), mark("the visit has no time")),),
    "order-details": (
        (("order.number",), mark("the line names no order")),
        (("line.title", "line.product_code"), mark("the line names no product")),
    ),
}  # fmt: skip
_NOT_NEGATIVE = ("product.price", "lead.cost", "shipment.cost")
_EACH_NOT_NEGATIVE = ("complaint.remedy_cost",)
_IN_TURN = (
    ("complaint.received_at", "complaint.replied_at"), ("complaint.received_at", "complaint.settled_at"),
    ("complaint.received_at", "complaint.closed_at"), ("complaint.settled_at", "complaint.closed_at"),
    ("shipment.shipped_at", "shipment.arrived_at"), ("lead.found_at", "lead.converted_at"),
    ("rating.asked_at", "rating.rated_at"),
)  # fmt: skip
"""Moments of which the second is never on an earlier day than the first."""


def require(columns: Columns, subject: Subject) -> None:
    """Raises UserError when no column tells what every row of the subject needs."""
    for needed in subject.needs:
        if not any(columns.of(field) for field in needed):
            names = (f"“{fields.label(field)}”" for field in needed)
            raise UserError(
                tr("The file lacks a column for {subject}.", subject=tr(subject.title)),
                tr("Say which column is one of these: {names}.", names=", ".join(names)),
            )


def note_problems(columns: Columns, subject: Subject) -> None:
    """Keeps the rows out that lack something or contradict themselves."""
    for needed, reason in _NEEDED[subject.key]:
        at_fault = next((one for field in needed if (one := columns.one(field)) is not None), None)
        for at in np.nonzero(~told(columns, needed) & ~columns.bad)[0].tolist():
            columns.note(at, at_fault, tr(reason))
    for field in _NOT_NEGATIVE:
        for placed in columns.of(field):
            for at in np.nonzero((placed.numbers()[placed.codes] < 0) & ~columns.bad)[0].tolist():
                columns.note(at, placed, tr("an amount below nothing"))
    for field in _EACH_NOT_NEGATIVE:
        for placed in columns.of(field):
            below = np.fromiter(
                (any((one or 0) < 0 for one in many or ()) for many in placed.values), np.bool_
            )
            for at in np.nonzero(below[placed.codes] & ~columns.bad)[0].tolist():
                columns.note(at, placed, tr("an amount below nothing"))
    for placed in columns.of("points.points"):
        moved = placed.numbers()[placed.codes] != 0
        for at in np.nonzero(~moved & ~columns.bad)[0].tolist():
            columns.note(at, placed, tr("the row moves no points"))
    for first, then in _IN_TURN:
        _note_turned_round(columns, first, then)


def told(columns: Columns, wanted: tuple[str, ...]) -> Flags:
    """For each row whether any of these fields says something."""
    found = np.zeros(columns.rows, np.bool_)
    for field in wanted:
        for placed in columns.of(field):
            found |= placed.has()[placed.codes]
    return found


def _note_turned_round(columns: Columns, first: str, then: str) -> None:
    earlier, later = columns.one(first), columns.one(then)
    if earlier is None or later is None:
        return
    days = np.array([value[:10] if value else "" for value in earlier.values])[earlier.codes]
    # A mere time of day ("T14:30:00") follows by itself.
    after = np.array([value[:10] if value and value[0] != "T" else "9999" for value in later.values])
    after = after[later.codes]
    for at in np.nonzero((after < days) & ~columns.bad)[0].tolist():
        columns.note(
            at, later, tr("“{later}” is before “{earlier}”", later=later.header, earlier=earlier.header)
        )
