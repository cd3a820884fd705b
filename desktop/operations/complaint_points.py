"""Points given to make a complaint good: they stand in the customer's ledger while the remedy is given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.models.history import Step
from desktop.operations.membership import write_points_entry


def needs_customer(complaint: Any) -> None:
    """Raises UserError for a complaint of nobody: there is no ledger for its points."""
    if complaint.customer_id is None:
        raise UserError(
            tr("Points need a customer, and complaint {number} has none.", number=complaint.number),
            tr("Say in the complaint who the customer is, or choose another remedy."),
        )


def give_points(step: Step, complaint: Any, points: int, at: datetime, staff_id: int | None) -> None:
    """Enter points of a remedy that is given now. Raises UserError when the complaint has no customer."""
    if points:
        needs_customer(complaint)
        write_points_entry(
            step, complaint.customer_id, points, "gift", at, text=complaint.number, staff_id=staff_id
        )


def take_points(step: Step, complaint: Any, points: int, at: datetime, staff_id: int | None) -> None:
    """Take points back whose remedy is given no longer; the entry that gave them stays, as all do."""
    if points and complaint.customer_id is not None:
        write_points_entry(
            step, complaint.customer_id, -points, "correction", at, text=complaint.number, staff_id=staff_id
        )


def given_points(step: Step, complaint_id: int) -> int:
    """The points that remedies of a complaint have given."""
    (found,) = step.execute(
        "SELECT sum(points) FROM remedy WHERE complaint_id = ? AND state = 'given'", (complaint_id,)
    ).fetchone()
    return int(found or 0)
