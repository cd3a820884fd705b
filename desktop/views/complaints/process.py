"""A complaint's process as a checklist: what was done and when, what is due, what is still to come.

The steps are ISO 10002's; whatever was skipped says so, for a call can settle a thing at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.core.complaint_process import MOVES, OPEN
from desktop.core.translation import mark
from desktop.queries.complaint_detail import ComplaintDetail, StepRow

State = Literal["done", "now", "todo", "skipped"]

_PATH = (*OPEN, "settled", "closed")
DONE: Mapping[str, str] = {
    "received": mark("Heard and recorded"),
    "reply": mark("First reply given"),
    "assessed": mark("Assessed"),
    "investigating": mark("Cause looked for"),
    "offered": mark("Remedy offered"),
    "settled": mark("Settled"),
    "rated": mark("Asked how it was handled"),
    "closed": mark("Closed"),
    "rejected": mark("Rejected"),
}
"""What a step is called once it is done."""
TODO: Mapping[str, str] = {
    "reply": mark("Give the first reply"),
    "assessed": mark("Assess it: how bad, whose, what kind"),
    "investigating": mark("Find the cause"),
    "offered": mark("Offer a remedy"),
    "settled": mark("Settle it with the customer"),
    "rated": mark("Ask how it was handled"),
    "closed": mark("Close the case"),
}
"""What it is called while it is still to be done."""


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """One step: when and by whom it was done, or by when it is due; `may` says whether it can be done now."""

    key: str
    state: State
    at: str | None = None
    staff: str = ""
    text: str = ""
    due_at: str | None = None
    may: bool = False


def process(detail: ComplaintDetail) -> tuple[ProcessStep, ...]:
    """The steps of a complaint in their order; one that was reopened goes through them again."""
    if detail.row.status == "rejected":
        return _rejected(detail)
    made = [_received(detail), _reply(detail)]
    made += [_status(detail, key) for key in ("assessed", "investigating", "offered")]
    made += [_settled(detail), _rated(detail), _closed(detail)]
    return tuple(made)


def _place(detail: ComplaintDetail) -> int:
    return _PATH.index(detail.row.status)


def _last(detail: ComplaintDetail, *kinds: str) -> StepRow | None:
    """The last step of some kinds since the complaint was last reopened."""
    for step in reversed(detail.steps):
        if step.kind in kinds:
            return step
        if step.kind == "reopened":
            break
    return None


def _received(detail: ComplaintDetail) -> ProcessStep:
    first = next((step for step in detail.steps if step.kind == "received"), None)
    return ProcessStep("received", "done", detail.row.received_at, first.staff if first else "")


def _reply(detail: ComplaintDetail) -> ProcessStep:
    row = detail.row
    if row.replied_at is None:
        return ProcessStep("reply", "now", due_at=detail.reply_due_at, may=row.open)
    by = next((step for step in detail.steps if step.at == row.replied_at and step.kind != "received"), None)
    return ProcessStep("reply", "done", row.replied_at, by.staff if by else "", due_at=detail.reply_due_at)


def _status(detail: ComplaintDetail, key: str) -> ProcessStep:
    """A step that is a status on the way to settlement."""
    kinds = ("offered", "offer", "remedy") if key == "offered" else (key,)
    step, ahead = _last(detail, *kinds), _PATH.index(key) - _place(detail)
    found = detail.cause if key == "investigating" else ""
    if key == "investigating" and ahead == 0 and not found:
        # They are at it: what was found is still to be written down.
        return ProcessStep(key, "now", step.at if step else None, step.staff if step else "", may=True)
    if step is not None and ahead <= 0:
        return ProcessStep(key, "done", step.at, step.staff, found)
    if ahead <= 0:
        return ProcessStep(key, "done" if found else "skipped", text=found)
    may = key in MOVES[detail.row.status]
    return ProcessStep(key, "now" if ahead == 1 and detail.row.replied_at else "todo", text=found, may=may)


def _settled(detail: ComplaintDetail) -> ProcessStep:
    row = detail.row
    if not row.open:
        step = _last(detail, "settled")
        return ProcessStep(
            "settled", "done", row.settled_at or row.closed_at, step.staff if step else "", detail.settlement,
            detail.settle_due_at,
        )  # fmt: skip
    state: State = "now" if row.status == "offered" else "todo"
    due = None if row.waiting else detail.settle_due_at
    return ProcessStep("settled", state, due_at=due, may="settled" in MOVES[row.status])


def _rated(detail: ComplaintDetail) -> ProcessStep:
    rating, ended = detail.rating, not detail.row.open
    if rating is not None and rating.rated_at:
        return ProcessStep("rated", "done", rating.rated_at, may=False)
    if detail.row.status == "closed":
        return ProcessStep("rated", "skipped", may=True)
    asked = rating.asked_at if rating is not None else None
    return ProcessStep("rated", "now" if ended else "todo", asked, may=ended)


def _closed(detail: ComplaintDetail) -> ProcessStep:
    row = detail.row
    if row.status != "closed":
        return ProcessStep("closed", "todo", may=row.status == "settled")
    step = _last(detail, "closed")
    return ProcessStep("closed", "done", row.closed_at, step.staff if step else "")


def _rejected(detail: ComplaintDetail) -> tuple[ProcessStep, ...]:
    """What had been done until it was rejected."""
    step = _last(detail, "rejected")
    ended = ProcessStep(
        "rejected", "done", detail.row.closed_at, step.staff if step else "", step.text if step else ""
    )
    between = (_last(detail, key) for key in ("assessed", "investigating"))
    done = [ProcessStep(one.kind, "done", one.at, one.staff) for one in between if one is not None]
    return (_received(detail), _reply(detail), *done, ended)
