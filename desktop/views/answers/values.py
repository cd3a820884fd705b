"""What the places of an answer are filled with, for a complaint, or for a customer and an order."""

from __future__ import annotations

from datetime import datetime

from desktop.core.dates import format_short_day, from_iso, relative_day
from desktop.core.translation import tr
from desktop.queries.answer_values import answer_facts
from desktop.views.kit.context import Context


def answer_values(
    ctx: Context,
    *,
    customer_id: int | None = None,
    order_id: int | None = None,
    complaint_id: int | None = None,
    now: datetime | None = None,
) -> dict[str, str]:
    """The values by the places' English names; what is not known is left out."""
    facts = answer_facts(ctx.book, customer_id=customer_id, order_id=order_id, complaint_id=complaint_id)
    found = {
        "name": facts.name,
        "order": facts.order,
        "number": facts.number,
        "product": facts.product,
        "shop": str(ctx.book.setting("shop.name")),
        "clerk": ctx.book.clerk,
        "due": _moment(facts.due_at, now or datetime.now()) if facts.due_at else "",
    }
    return {name: value for name, value in found.items() if value}


def _moment(due_at: str, now: datetime) -> str:
    """When something is due, as one writes it to a customer: 18:00, tomorrow 10:00, 25 Nov 10:00."""
    due = from_iso(due_at)
    time = f"{due:%H:%M}"
    days = (due.date() - now.date()).days
    if days == 0:
        return tr("today at {time}", time=time)
    day = relative_day(due.date(), now.date()) if days == 1 else format_short_day(due)
    return tr("{day} {time}", day=day, time=time)
