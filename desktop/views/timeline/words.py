"""How an entry of the timeline is said: its title, its words, what it hangs on, and its right-hand side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from desktop.core import words
from desktop.core.complaint_process import step_name
from desktop.core.dates import as_date, duration, format_day, format_short_day
from desktop.core.money import format_money
from desktop.core.rating_reasons import reasons_said
from desktop.core.translation import mark, ntr, tr
from desktop.queries.timeline_entries import TimelineEntry

_LONGEST_TITLE = 34
"""Characters of a note's first line that still make a title; longer ones are read below a general one."""

_STEP_TITLES = {
    "acknowledged": mark("Complaint acknowledged"),
    "assessed": mark("Complaint assessed"),
    "investigating": mark("Looking for the cause"),
    "offered": mark("Remedy offered"),
    "settled": mark("Complaint settled"),
    "closed": mark("Complaint closed"),
    "rejected": mark("Complaint rejected"),
    "reopened": mark("Complaint reopened"),
    "reply": mark("First reply to the complaint"),
    "note": mark("Note on the complaint"),
}


def title(entry: TimelineEntry, currency: str) -> str:
    """The entry's bold line."""
    if entry.kind == "interaction":
        return tr(
            "{stage} · {title}", stage=words.name(words.STAGES, entry.stage), title=_split_note(entry)[0]
        )
    if entry.kind == "order":
        return _order_title(entry, currency)
    after = words.name(words.STAGES, "after-sale")
    if entry.kind == "case":
        what = tr("{kind} {number}", kind=words.name(words.CASE_KINDS, entry.code), number=entry.number)
        return tr("{stage} · {title}", stage=after, title=what)
    if entry.kind == "complaint":
        return tr("{stage} · {title}", stage=after, title=tr("New complaint"))
    if entry.kind == "step":
        named = tr(_STEP_TITLES[entry.code]) if entry.code in _STEP_TITLES else step_name(entry.code)
        return tr("{stage} · {title}", stage=after, title=named)
    if entry.kind == "rating":
        return _rating_title(entry)
    return _OTHER_TITLES[entry.kind](entry)


def text(entry: TimelineEntry) -> str:
    """What stands below the title; "" for nothing more."""
    if entry.kind == "interaction":
        return _split_note(entry)[1]
    if entry.kind == "order":
        return order_lines(entry) or entry.text
    if entry.kind == "rating":
        return _rating_text(entry)
    if entry.kind in ("merge", "import", "visit"):
        return entry.text
    if entry.kind == "arrival":
        return _under_way(entry)
    if entry.kind == "privacy":
        return " · ".join(part for part in (entry.title, entry.text) if part)
    if entry.kind in ("step", "complaint", "case", "lead"):
        if not entry.text or entry.text == entry.title:
            return entry.title
        return tr("{thing}: {text}", thing=entry.title, text=entry.text) if entry.title else entry.text
    return entry.text


def _visit_title(entry: TimelineEntry) -> str:
    named = entry.title or tr("a page")
    if entry.amount:
        return ntr("Looked at {page} for {n} s", "Looked at {page} for {n} s", entry.amount, page=named)
    return tr("Looked at {page}", page=named)


def _lead_title(entry: TimelineEntry) -> str:
    named = tr("Lead · {status}", status=words.name(words.LEAD_STATUSES, entry.code))
    return named if entry.amount is None else tr("{lead} · score {n}", lead=named, n=entry.amount)


def _points_title(entry: TimelineEntry) -> str:
    points, reason = entry.amount or 0, words.name(words.POINTS_REASONS, entry.code)
    return ntr("{points} point · {reason}", "{points} points · {reason}", abs(points),
               points=f"{points:+,}", reason=reason)  # fmt: skip


def _shipment_title(entry: TimelineEntry) -> str:
    table = words.SHIPMENT_DIRECTIONS if entry.code == "back" else words.SHIPMENT_STATUSES
    parcel = " ".join(part for part in (entry.title, entry.number) if part)
    named = tr("Parcel · {status}", status=words.name(table, entry.code))
    return tr("{shipment} · {parcel}", shipment=named, parcel=parcel) if parcel else named


def _arrival_title(entry: TimelineEntry) -> str:
    parcel = " ".join(part for part in (entry.title, entry.number) if part)
    said = tr("Parcel came back") if entry.code in ("back", "returned") else tr("Parcel arrived")
    return tr("{shipment} · {parcel}", shipment=said, parcel=parcel) if parcel else said


def _under_way(entry: TimelineEntry) -> str:
    took = tr("Under way for {time}", time=duration(entry.minutes)) if entry.minutes else ""
    return " · ".join(part for part in (took, entry.text) if part)


def _case_step_title(entry: TimelineEntry) -> str:
    case = tr("{kind} {number}", kind=words.name(words.CASE_KINDS, entry.code), number=entry.number)
    return tr("{case}: {step}", case=case, step=tr(entry.title))


def _tick_title(entry: TimelineEntry) -> str:
    return tr("{stage} · {title}", stage=words.name(words.STAGES, entry.stage), title=tr(entry.title))


def _task_title(entry: TimelineEntry) -> str:
    return tr("Done: {task}", task=entry.title)


def _consent_title(entry: TimelineEntry) -> str:
    purpose = words.name(words.CONSENT_PURPOSES, entry.code)
    return (
        tr("Agreed: {purpose}", purpose=purpose)
        if entry.amount
        else tr("Refused: {purpose}", purpose=purpose)
    )


def _privacy_title(entry: TimelineEntry) -> str:
    asked = tr("Privacy request: {kind}", kind=words.name(words.PRIVACY_KINDS, entry.code))
    return tr("{request} · answered", request=asked) if entry.amount else asked


def _merge_title(entry: TimelineEntry) -> str:
    return tr("Merged with {name}", name=entry.title or tr("somebody without a name"))


def _import_title(entry: TimelineEntry) -> str:
    return tr("Import of “{file}”", file=entry.title)


_OTHER_TITLES: dict[str, Callable[[TimelineEntry], str]] = {
    "visit": _visit_title,
    "lead": _lead_title,
    "points": _points_title,
    "shipment": _shipment_title,
    "arrival": _arrival_title,
    "case-step": _case_step_title,
    "tick": _tick_title,
    "task": _task_title,
    "consent": _consent_title,
    "privacy": _privacy_title,
    "merge": _merge_title,
    "import": _import_title,
}


def right(entry: TimelineEntry, today: date, *, under_month: bool = False) -> str:
    """The quiet words at the right: when, by which channel, how long.

    The day has its year unless it is this one, or stands in the title of the month above.
    """
    day = as_date(entry.at)
    plain = under_month or day.year == today.year
    when = entry.at[11:16] if day == today else format_short_day(day) if plain else format_day(day)
    parts = [when]
    if entry.channel:
        parts.append(words.name(words.CHANNELS, entry.channel))
    if entry.minutes and entry.kind == "interaction":
        parts.append(ntr("{n} min", "{n} min", entry.minutes))
    return " · ".join(parts)


def hangs_on(entry: TimelineEntry) -> list[tuple[str, str]]:
    """What a note is linked to and what became of it, as (icon, words)."""
    if entry.kind != "interaction":
        return []
    found: list[tuple[str, str]] = []
    if entry.order_id is not None:
        named = tr("Order {number}", number=entry.order_number) if entry.order_number else tr("Order")
        found.append(("receipt-text", named))
    if entry.case_id is not None:
        found.append(("wrench", entry.case_number))
    if entry.complaint_id is not None:
        found.append(("message-square-warning", entry.complaint_number))
    if entry.gave:
        found.append(("heart", words.name(words.GAVE, entry.gave)))
    if entry.files:
        found.append(("file-text", ntr("{n} file", "{n} files", entry.files)))
    if entry.corrected:
        found.append(("history", ntr("Corrected once", "Corrected {n} times", entry.corrected)))
    return found


def order_lines(entry: TimelineEntry) -> str:
    """What was bought: the first lines, and how many more."""
    named = [_line(name, quantity) for name, quantity in entry.lines if name]
    joined = tr(", ").join(named)
    rest = entry.line_count - len(entry.lines)
    if rest <= 0 or not joined:
        return joined
    return ntr("{items} and {n} more", "{items} and {n} more", rest, items=joined)


def spoken(entry: TimelineEntry, currency: str) -> str:
    """The whole entry in one line, for a screen reader and the clipboard."""
    linked = ", ".join(said for _, said in hangs_on(entry))
    parts = (
        entry.customer_name,
        title(entry, currency),
        text(entry),
        linked,
        right(entry, datetime.min.date()),
    )
    return " · ".join(part for part in parts if part)


def cut(text: str, most: int = 48) -> str:
    """A name or title where a sentence has room for only so many characters of it."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _line(name: str, quantity: float) -> str:
    return name if quantity == 1 else tr("{item} ×{quantity}", item=name, quantity=f"{quantity:g}")


def _split_note(entry: TimelineEntry) -> tuple[str, str]:
    """A note's title and what is left to read below it."""
    if entry.title:
        return entry.title, entry.text
    first, _, rest = entry.text.partition("\n")
    if len(first) <= _LONGEST_TITLE:
        return first, rest.strip()
    return tr("Note taken"), entry.text


def _order_title(entry: TimelineEntry, currency: str) -> str:
    amount = format_money(entry.amount or 0, currency)
    named = (
        tr("Order {number} · {amount}", number=entry.number, amount=amount)
        if entry.number
        else tr("Order · {amount}", amount=amount)
    )
    if entry.code in ("unpaid", "cancelled", "returned"):
        return tr("{order} · {status}", order=named, status=words.name(words.ORDER_STATUSES, entry.code))
    return named


def _rating_title(entry: TimelineEntry) -> str:
    if entry.perceived is not None:
        named = tr("Rated {stars} of 5", stars=entry.perceived)
    elif entry.recommend is not None:
        named = tr("Would recommend: {points} of 10", points=entry.recommend)
    else:
        named = tr("Rating")
    if entry.text:
        return tr("{rating} — “{words}”", rating=named, words=" ".join(entry.text.split()))
    return named


def _rating_text(entry: TimelineEntry) -> str:
    parts = []
    if entry.expected is not None and entry.perceived is not None:
        parts.append(
            tr("Expected {expected}, got {perceived}", expected=entry.expected, perceived=entry.perceived)
        )
    if entry.recommend is not None and entry.perceived is not None:
        parts.append(tr("would recommend: {points} of 10", points=entry.recommend))
    if entry.title:
        parts.append(reasons_said(entry.title))
    return " · ".join(parts)
