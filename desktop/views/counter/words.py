"""What the counter says of a customer: rhythm, what is open, what was bought, in short sentences."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from desktop.core import words
from desktop.core.dates import as_date, format_day, format_near_day, format_short_day, from_iso, relative_day
from desktop.core.money import format_money
from desktop.core.points import points_worth
from desktop.core.translation import mark, ntr, tr
from desktop.queries.counter import CounterCard, Purchase
from desktop.queries.counter_matters import Matter
from desktop.queries.points import points_rule
from desktop.views.kit.context import Context
from desktop.views.kit.theme import Tone

_ICONS = {
    "complaint": "message-square-warning",
    "promise": "handshake",
    "case": "wrench",
    "order": "truck",
    "task": "clock",
}
_TONES: dict[str, Tone] = {
    "complaint": "red",
    "promise": "amber",
    "case": "blue",
    "order": "blue",
    "task": "accent",
}
_WAITING = {
    "unpaid": mark("Not paid yet"),
    "paid": mark("To be sent"),
    "shipped": mark("On its way"),
}
OLD_DAYS = 365
"""Days after which details that nobody looked over may have changed."""
HIDDEN = "•••"


class Said(NamedTuple):
    """One thing to show: an icon, a sentence, what else there is to say, in a tone."""

    icon: str
    title: str
    note: str = ""
    tone: Tone = "grey"


def money(ctx: Context, minor: int) -> str:
    """An amount, or dots where customers can see the screen."""
    if ctx.settings.get("ui.counter.hide_money"):
        return HIDDEN
    return format_money(minor, str(ctx.book.setting("shop.currency")))


def rhythm(card: CounterCard, today: date) -> Said:
    """How often they come and how long ago it was: "Usually every 23 days, today is day 41"."""
    if card.last_day is None:
        return Said("clock", tr("Has not bought anything yet"))
    day = today.toordinal() - card.last_day
    if day < 0:
        return Said("clock", tr("The last order is dated ahead: {day}", day=format_day(card.last_day)))
    if card.rhythm is None:
        if day == 0:
            return Said("clock", tr("Bought for the first time today"))
        return Said(
            "clock", ntr("One purchase so far, {n} day ago", "One purchase so far, {n} days ago", day)
        )
    usual = max(1, round(card.rhythm))
    tones: dict[str, Tone] = {"drifting": "amber", "lost": "red"}
    if day == 0:
        text = ntr("Bought today; usually every day", "Bought today; usually every {n} days", usual)
    else:
        text = ntr(
            "Usually every day, today is day {day}",
            "Usually every {n} days, today is day {day}",
            usual,
            day=day,
        )
    return Said("clock", text, expected(card, today), tones.get(card.state, "accent"))


def expected(card: CounterCard, today: date) -> str:
    """When the next purchase is expected, or was."""
    if card.next_day is None:
        return ""
    when, span = format_short_day(card.next_day), relative_day(card.next_day, today)
    if card.next_day >= today.toordinal():
        return tr("Next expected around {day}, {span}", day=when, span=span)
    return tr("Was expected around {day}, {span}", day=when, span=span)


def member_since(card: CounterCard) -> str:
    """Since when they are known: the first purchase, where it came before the record."""
    known = as_date(card.created_at).toordinal()
    return tr("since {day}", day=format_day(min(known, card.first_day or known)))


def points(ctx: Context, card: CounterCard) -> Said | None:
    """The balance, and what it is worth where the shop has a rate; None where there are none."""
    if not card.points and not card.codes:
        return None
    text = ntr("{n} point", "{n} points", card.points)
    worth = points_rule(ctx.book).worth
    note = ""
    if worth and card.points > 0:
        currency = str(ctx.book.setting("shop.currency"))
        note = tr("worth {amount}", amount=money(ctx, points_worth(card.points, worth, currency)))
    return Said("coins", text, note, "red" if card.points < 0 else "accent")


def birthday(card: CounterCard) -> Said | None:
    """A birthday that is near."""
    near = card.birthday
    if near is None:
        return None
    if near.days == 0:
        text = tr("Birthday today")
    elif near.days == 1:
        text = tr("Birthday tomorrow")
    else:
        text = ntr("Birthday in {n} day", "Birthday in {n} days", near.days)
    parts = [format_short_day(near.day)] if near.days else []
    if near.age:
        parts.append(tr("turns {age}", age=near.age))
    return Said("cake", text, " · ".join(parts), "accent")


def unchecked(card: CounterCard, today: date) -> str:
    """That nobody looked over the details for long; "" when they are fresh."""
    fresh_until = (card.checked_on or as_date(card.created_at).toordinal()) + OLD_DAYS
    if today.toordinal() <= fresh_until:
        return ""
    if card.checked_on is None:
        return tr("Details never checked for accuracy")
    return tr("Details last checked for accuracy {span}", span=relative_day(card.checked_on, today))


def matter(one: Matter, now: datetime) -> Said:
    """What is open, with its number, who has it in hand, and by when."""
    late = one.late(now)
    title, parts = _title(one), [one.number, _when(one, now), _status(one), one.who]
    if one.kind == "case" and one.more:
        parts.insert(1, tr("next: {step}", step=tr(one.more)))
    elif one.kind == "complaint" and one.more:
        parts.insert(1, tr("wants: {wish}", wish=one.more))
    note = " · ".join(part for part in parts if part)
    return Said(_ICONS[one.kind], title, note, "red" if late else _TONES[one.kind])


def _title(one: Matter) -> str:
    if one.kind == "promise":
        return tr("Promised: {text}", text=one.title)
    if one.kind == "case":
        return words.name(words.CASE_KINDS, one.title)
    if one.kind == "order":
        return one.title or tr("Order {number}", number=one.number)
    return one.title


def _status(one: Matter) -> str:
    if one.kind == "complaint":
        return words.name(words.COMPLAINT_STATUSES, one.status)
    if one.kind == "case" and one.status == "waiting":
        return tr("waiting for the customer")
    if one.kind == "order":
        return tr(_WAITING[one.status])
    return tr("not kept") if one.status == "broken" else ""


def _when(one: Matter, now: datetime) -> str:
    if one.kind == "order" and one.since:
        return tr("ordered {day}", day=relative_day(one.since, now))
    if one.due is None:
        return tr("since {day}", day=format_near_day(one.since, now)) if one.since else ""
    due = from_iso(one.due)
    at = relative_day(due, now)
    if due.date() == now.date() and one.kind != "task":
        at = tr("today at {time}", time=f"{due:%H:%M}")
    return tr("was due {when}", when=at) if one.late(now) else tr("due {when}", when=at)


def purchase_lines(bought: Purchase) -> list[str]:
    """The lines of a purchase: 明前龙井 250g ×2; the last one counts those left out."""
    lines = [title if quantity == 1 else f"{title} ×{quantity:g}" for title, quantity in bought.lines]
    if bought.left_out:
        lines.append(ntr("and {n} more", "and {n} more", bought.left_out))
    return lines


def purchase_when(bought: Purchase, today: date) -> str:
    """When, and where unless it was here: 5 d ago · WeChat."""
    text = relative_day(bought.placed_at, today)
    text = text[:1].upper() + text[1:]
    if bought.channel in ("", "shop"):
        return text
    return f"{text} · {words.name(words.CHANNELS, bought.channel)}"
