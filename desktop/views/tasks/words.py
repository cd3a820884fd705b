"""How a task says when it is due, how often it comes back, and what it is about."""

from __future__ import annotations

from datetime import date, datetime

from desktop.core.calendar_words import format_day, format_weekday, relative_day
from desktop.core.translation import tr
from desktop.queries.tasks import TaskRow
from desktop.views.kit.theme import Tone

_WEEK = 7


def clock_text(minute: int) -> str:
    """A minute after midnight as a clock says it: 15:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def due_text(due: date | None, minute: int | None, now: datetime) -> str:
    """When something is due, beside today: "today, 15:00", "3 d ago", "9 Nov 2026"; "" without a day."""
    if due is None:
        return ""
    near = abs((due - now.date()).days) < 4 * _WEEK
    day = relative_day(due, now.date()) if near else format_day(due)
    return tr("{day}, {time}", day=day, time=clock_text(minute)) if minute is not None else day


def repeat_text(repeat: str, every: int) -> str:
    """How often something comes back; "" for what does not."""
    if every == 1:
        once = {
            "": "", "daily": tr("every day"), "weekly": tr("every week"), "monthly": tr("every month"),
            "yearly": tr("every year"),
        }  # fmt: skip
        return once[repeat]
    return {
        "": "",
        "daily": tr("every {n} days", n=every),
        "weekly": tr("every {n} weeks", n=every),
        "monthly": tr("every {n} months", n=every),
        "yearly": tr("every {n} years", n=every),
    }[repeat]


def meant(due: date | None, minute: int | None, repeat: str, every: int) -> str:
    """What was understood, in full: "Friday, 27 November, 15:00 · every week"; "" for nothing."""
    if due is None:
        return ""
    day = format_weekday(due)
    first = tr("{day}, {time}", day=day, time=clock_text(minute)) if minute is not None else day
    return " · ".join(part for part in (first, repeat_text(repeat, every)) if part)


def due_tone(row: TaskRow, today: date) -> Tone:
    """Red for what is late, amber for today's, else quiet."""
    if row.late:
        return "red"
    return "amber" if row.due == today and row.done_at is None else "grey"


def about_text(row: TaskRow) -> str:
    """Whom and what a task is about: the customer, and the number of the record it hangs on."""
    parts = [row.customer_name]
    if row.complaint_number:
        parts.append(tr("complaint {number}", number=row.complaint_number))
    if row.case_number:
        parts.append(tr("case {number}", number=row.case_number))
    if row.order_number:
        parts.append(tr("order {number}", number=row.order_number))
    return " · ".join(part for part in parts if part)
