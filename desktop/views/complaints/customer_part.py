"""What matters about the complainant now: worth, last order, promises, other complaints, parcels."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.dates import format_near_day, format_short_day
from desktop.core.text import format_phone
from desktop.core.translation import ntr, tr
from desktop.queries.complaint_around import CustomerNow, OrderBrief, OtherComplaint
from desktop.queries.complaint_detail import PromiseRow
from desktop.queries.order_detail import ShipmentRow
from desktop.views.complaints import words
from desktop.views.complaints.clock import left_role, left_words, minutes_to
from desktop.views.complaints.section import Section
from desktop.views.complaints.shown import Shown, left
from desktop.views.complaints.step_line import StepLine
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.cards import KeyValueList
from desktop.views.kit.labels import Tag, label
from desktop.views.kit.theme import Tone
from desktop.views.timeline.customer_link import CustomerLink

NAMES = 84
"""Pixels of the names beside the facts."""
_STATE_TONES: dict[str, Tone] = {"regular": "accent", "new": "blue", "drifting": "amber", "lost": "red"}


def customer(shown: Shown) -> Section | None:
    """Who complains and what they are to the shop; None of nobody."""
    who = shown.around.customer
    if who is None:
        return None
    lines: list[QWidget] = [_who(shown, who)]
    facts, roles = _facts(shown, who)
    values = KeyValueList(name_width=NAMES)
    values.set_pairs(facts, roles)
    lines.append(values)
    lines += [_promise(shown, one) for one in who.promises]
    if who.others:
        others = who.complaints - 1
        lines.append(
            label(ntr("{n} other complaint", "{n} other complaints", others), size=theme.SMALL, role="muted")
        )
        lines += [_other(shown, one) for one in who.others]
    count = (
        ntr("{n} open promise elsewhere", "{n} open promises elsewhere", len(who.promises))
        if who.promises
        else ""
    )
    return shown.section("customer", tr("The customer"), lines, count=count, gap=8)


def _who(shown: Shown, who: CustomerNow) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(CustomerLink(shown.ctx, who.id, who.name, width=150))
    row.addWidget(Tag(names.name(names.STATES, who.state), _STATE_TONES.get(who.state, "grey")))
    row.addStretch(1)
    return holder


def _facts(shown: Shown, who: CustomerNow) -> tuple[list[tuple[str, str]], dict[str, str]]:
    facts: list[tuple[str, str]] = []
    if who.phone:
        facts.append((tr("Phone"), format_phone(who.phone)))
    amount = shown.money(who.spend, whole=True)
    facts.append(
        (tr("Bought"), ntr("{n} order, {amount}", "{n} orders, {amount}", who.orders, amount=amount))
    )
    if who.last_order is not None:
        facts.append((tr("Last order"), order_words(shown, who.last_order)))
    since, since_role = _since(shown, who)
    facts.append((tr("Since then"), since))
    if who.points:
        facts.append((tr("Points"), f"{who.points:,}"))
    if who.rating is not None:
        facts.append((tr("Rating"), tr("{stars} of 5", stars=f"{who.rating:.1f}")))
    if who.tags:
        facts.append((tr("Tags"), tr(", ").join(who.tags)))
    if who.expectations:
        facts.append((tr("Expects"), who.expectations))
    if who.dislikes:
        facts.append((tr("Dislikes"), who.dislikes))
    return facts, {tr("Since then"): since_role, tr("Dislikes"): "amber"}


def _since(shown: Shown, who: CustomerNow) -> tuple[str, str]:
    """Whether they bought again: since it ended, else since it came."""
    if who.bought_since_end is not None:
        if not who.bought_since_end:
            return tr("nothing bought since it ended"), "muted"
        return ntr("bought again, {n} order", "bought again, {n} orders", who.bought_since_end), "accent"
    if not who.bought_since:
        return tr("nothing bought since it came"), "muted"
    return ntr("{n} order since it came", "{n} orders since it came", who.bought_since), "accent"


def order_words(shown: Shown, order: OrderBrief) -> str:
    """An order in a line: day, amount, the first thing bought."""
    parts = (format_near_day(order.placed_at, shown.now), shown.money(order.net), *order.lines[:1])
    return " · ".join(part for part in parts if part)


def _promise(shown: Shown, promise: PromiseRow) -> StepLine:
    """A promise to them that has nothing to do with this complaint."""
    late = minutes_to(promise.due_at, shown.now) < 0
    due = words.due_words(promise.due_at, shown.now)
    when = tr("until {time} · {left}", time=due, left=left_words(promise.due_at, shown.now))
    line = StepLine("handshake", "red" if late else "amber", tr("Promised: {what}", what=promise.text), "")
    line.say(
        line.title.text(),
        " · ".join(part for part in (when, promise.staff) if part),
        left_role(promise.due_at, shown.now),
    )
    line.add_button(tr("Kept"), lambda: shown.actions.end_promise(promise.id, kept=True))
    return line


def _other(shown: Shown, other: OtherComplaint) -> QWidget:
    """Another complaint of theirs and what came of it; a click shows it."""
    status = names.name(names.COMPLAINT_STATUSES, other.status)
    came = (
        status
        if other.perceived is None
        else tr("{status}, rated {stars} of 5", status=status, stars=other.perceived)
    )
    when = tr("{day} · {outcome}", day=format_near_day(other.received_at, shown.now), outcome=came)
    tones: dict[str, Tone] = {"settled": "accent", "closed": "accent", "rejected": "grey"}
    line = StepLine("message-square-warning", tones.get(other.status, "amber"), other.title, when)
    go = partial(shown.ctx.navigate, "complaints", complaint=other.id)
    line.add_button(other.number, go)
    return line


def order(shown: Shown) -> Section | None:
    """The order in question with its parcels; None without one."""
    found = shown.around.order
    if found is None:
        return None
    facts = [
        (tr("Placed"), format_near_day(found.placed_at, shown.now)),
        (tr("State"), names.name(names.ORDER_STATUSES, found.status)),
        (tr("Amount"), shown.money(found.net)),
    ]
    if found.lines:
        facts.append((tr("What"), tr(", ").join(found.lines)))
    facts += [(tr("Parcel"), parcel_words(one)) for one in found.parcels]
    lines: list[QWidget] = [KeyValueList(facts, name_width=NAMES)]
    if shown.detail.row.customer_id is not None:
        lines.append(left(LinkButton(tr("Show the order"), "receipt-text", shown.actions.go_to_order)))
    return shown.section("order", tr("The order"), lines, count=found.number, gap=6)


def parcel_words(parcel: ShipmentRow) -> str:
    """A parcel: where it is, by whom it goes, when it was sent and came."""
    table = names.SHIPMENT_DIRECTIONS if parcel.direction == "back" else names.SHIPMENT_STATUSES
    code = parcel.direction if parcel.direction == "back" else parcel.status
    sent = tr("sent {day}", day=format_short_day(parcel.shipped_at))
    came = tr("arrived {day}", day=format_short_day(parcel.arrived_at)) if parcel.arrived_at else ""
    carrier = " ".join(part for part in (parcel.carrier, parcel.number) if part)
    return " · ".join(part for part in (names.name(table, code), carrier, sent, came) if part)
