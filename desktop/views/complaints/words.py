"""How a complaint is said and coloured: its tags, and the time that is left."""

from __future__ import annotations

from datetime import datetime

from desktop.core import words
from desktop.core.dates import as_date, duration, format_near_day, from_iso, relative_day
from desktop.core.money import format_money
from desktop.core.translation import mark, tr
from desktop.queries.complaints import ComplaintRow
from desktop.views.kit.theme import Tone

SHORT_SUBJECTS = {
    "quality": mark("Product quality"),
    "contract": mark("Contract"),
    "delivery": mark("Delivery"),
    "equipment": mark("Facilities"),
    "attitude": mark("Attitude"),
    "service": mark("Service quality"),
    "incident": mark("Incident"),
}
"""The subjects as a card has room for them."""

_SOON_MINUTES = 60
_LATER_MINUTES = 24 * 60


def status_tone(status: str) -> Tone:
    """The tone of a status."""
    tones: dict[str, Tone] = {"received": "amber", "offered": "blue", "settled": "accent", "closed": "accent"}
    return tones.get(status, "grey")


def severity_tone(severity: str) -> Tone:
    """The tone of a severity."""
    tones: dict[str, Tone] = {"urgent": "red", "high": "amber"}
    return tones.get(severity, "grey")


def time_tag(row: ComplaintRow, now: datetime, currency: str) -> tuple[str, Tone]:
    """What is pressing about a complaint, as a tag: time left, waiting, an offer made, how it ended."""
    if not row.open:
        return _ended_tag(row)
    if row.waiting:
        return tr("waiting for the customer"), "grey"
    left = (from_iso(row.due_at) - now).total_seconds() / 60 if row.due_at else None
    if row.offer and row.status == "offered" and (left is None or left >= 0):
        return _offer(row, currency), "blue"
    if left is None:
        return tr("no deadline"), "grey"
    first = row.replied_at is None
    if left < 0:
        late = duration(-left)
        return (tr("reply {time} late", time=late) if first else tr("{time} late", time=late)), "red"
    tone: Tone = "red" if left <= _SOON_MINUTES else "amber" if left <= _LATER_MINUTES else "grey"
    time = duration(left)
    return (tr("{time} left to reply", time=time) if first else tr("{time} left", time=time)), tone


def wait_tag(row: ComplaintRow, now: datetime) -> tuple[str, Tone]:
    """Since when the customer's answer is waited for."""
    if row.waiting_since is None:
        return tr("waiting for the customer"), "grey"
    return tr("waiting since {time}", time=_short_moment(from_iso(row.waiting_since), now)), "grey"


def promise_tag(row: ComplaintRow, now: datetime) -> tuple[str, Tone]:
    """The open promise that is due first, by when; "" when there is none."""
    if row.promise_due_at is None:
        return "", "grey"
    due = from_iso(row.promise_due_at)
    if due < now:
        return tr("promise {time} late", time=duration((now - due).total_seconds() / 60)), "red"
    return tr("promise {time}", time=_short_moment(due, now)), "blue"


def _short_moment(moment: datetime, now: datetime) -> str:
    """18:00 today, 25 Nov on another day."""
    return f"{moment:%H:%M}" if moment.date() == now.date() else format_near_day(moment, now)


def due_words(due_at: str, now: datetime) -> str:
    """When a deadline is, in the nearest words: 10:42, tomorrow 10:42, 25 Nov 10:42."""
    moment = from_iso(due_at)
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    days = (moment.date() - now.date()).days
    day = relative_day(moment.date(), now.date()) if days == 1 else format_near_day(moment, now)
    return tr("{day} {time}", day=day, time=f"{moment:%H:%M}")


def _ended_tag(row: ComplaintRow) -> tuple[str, Tone]:
    if row.status == "rejected":
        return words.name(words.COMPLAINT_STATUSES, "rejected"), "grey"
    end = row.settled_at or row.closed_at
    if not end:
        return words.name(words.COMPLAINT_STATUSES, row.status), "accent"
    took = duration((from_iso(end) - from_iso(row.received_at)).total_seconds() / 60)
    if row.perceived is None:
        return tr("settled in {time}", time=took), "accent"
    return tr("{time} · rated {stars}/5", time=took, stars=row.perceived), "accent"


def _offer(row: ComplaintRow, currency: str) -> str:
    kind = words.name(words.REMEDIES, row.offer)
    if row.offer_cost:
        return tr(
            "offer: {kind} {amount}", kind=kind, amount=format_money(row.offer_cost, currency, decimals=0)
        )
    return tr("offer: {kind}", kind=kind)


def when(at: str, now: datetime) -> str:
    """A moment that is past: 09:42 today, 21 Nov 20:20 before."""
    return (
        at[11:16]
        if as_date(at) == now.date()
        else tr("{day} {time}", day=format_near_day(at, now), time=at[11:16])
    )
