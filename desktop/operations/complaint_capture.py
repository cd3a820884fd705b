"""A complaint taken down while the customer speaks: one line of words, and a caller nobody knew until now."""

from __future__ import annotations

from datetime import datetime

from desktop.core.member_codes import CHANNEL
from desktop.core.translation import mark
from desktop.core.typed_person import TypedPerson
from desktop.core.words_cut import title_of
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations.complaints import open_complaint, open_within
from desktop.operations.contact_points import Point
from desktop.operations.customers import enter_within


def capture_complaint(
    book: Book,
    *,
    words: str,
    received_at: datetime,
    severity: str = "medium",
    channel: str = "phone",
    subject: str = "quality",
    customer_id: int | None = None,
    order_id: int | None = None,
    caller: TypedPerson | None = None,
    staff_id: int | None = None,
) -> Changes:
    """Open a complaint from one line; long words become its text, and their beginning its title.

    `caller` is somebody new: they and their complaint are one step. Raises UserError without words, and for a
    phone that can't be read or that somebody has.
    """
    title, text = title_of(words)
    if caller is None or not title:
        return open_complaint(
            book,
            title=title,
            text=text,
            received_at=received_at,
            severity=severity,
            channel=channel,
            subject=subject,
            customer_id=customer_id,
            order_id=order_id,
            staff_id=staff_id,
        )
    with book.step(mark("New complaint “{title}”"), title=title) as step:
        who = enter_within(book, step, values={"name": caller.name}, points=_points(caller))
        complaint = open_within(
            book,
            step,
            received_at,
            title=title,
            text=text,
            severity=severity,
            channel=channel,
            subject=subject,
            customer_id=who,
            nature="valid",
            staff_id=staff_id,
        )
        step.created["complaint"] = complaint
    return step.changes


def _points(caller: TypedPerson) -> list[Point]:
    said = (("phone", caller.phone, ""), ("wechat", caller.wechat, ""), ("email", caller.email, ""),
            ("account", caller.code, CHANNEL))  # fmt: skip
    return [Point(kind, value, channel) for kind, value, channel in said if value]
