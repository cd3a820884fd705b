"""How an entry of the timeline is drawn: its icon and tone."""

from __future__ import annotations

from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.kit.theme import Tone

_STEP_LOOK: dict[str, tuple[str, Tone]] = {
    "settled": ("circle-check", "accent"),
    "closed": ("circle-check", "accent"),
    "rejected": ("circle-x", "grey"),
    "reopened": ("rotate-ccw", "red"),
    "reply": ("reply", "blue"),
    "acknowledged": ("reply", "blue"),
    "remedy": ("gift", "accent"),
    "offered": ("gift", "blue"),
    "promise": ("handshake", "amber"),
    "promise-kept": ("handshake", "accent"),
    "promise-broken": ("handshake", "red"),
    "waiting": ("clock", "grey"),
}

_CASE_LOOK: dict[str, tuple[str, Tone]] = {
    "return": ("undo-2", "amber"),
    "exchange": ("arrow-left-right", "blue"),
    "repair": ("wrench", "blue"),
    "installation": ("wrench", "blue"),
    "warranty": ("shield-check", "blue"),
}

_ORDER_LOOK: dict[str, tuple[str, Tone]] = {
    "unpaid": ("receipt-text", "grey"),
    "cancelled": ("receipt-text", "grey"),
    "returned": ("undo-2", "amber"),
}

_OTHER_LOOK: dict[str, tuple[str, Tone]] = {
    "visit": ("eye", "grey"),
    "lead": ("sprout", "blue"),
    "points": ("coins", "amber"),
    "merge": ("merge", "grey"),
    "import": ("upload", "grey"),
    "case-step": ("circle-check", "blue"),
    "tick": ("check", "grey"),
    "task": ("check", "accent"),
    "privacy": ("shield-check", "blue"),
}
_SHIPMENT_LOOK: dict[str, tuple[str, Tone]] = {
    "arrived": ("truck", "accent"),
    "returned": ("truck", "amber"),
    "back": ("undo-2", "amber"),
    "lost": ("truck", "red"),
}

_CHANNEL_ICONS = {"phone": "phone", "email": "mail", "shop": "store", "visit": "store"}


def look(entry: TimelineEntry) -> tuple[str, Tone]:
    """The entry's icon and tone."""
    if entry.kind == "interaction":
        return _CHANNEL_ICONS.get(entry.channel, "message-circle"), "grey"
    if entry.kind == "order":
        return _ORDER_LOOK.get(entry.code, ("receipt-text", "accent"))
    if entry.kind == "case":
        return _CASE_LOOK.get(entry.code, ("wrench", "blue"))
    if entry.kind == "complaint":
        return "message-square-warning", "red"
    if entry.kind == "step":
        return _STEP_LOOK.get(entry.code, ("message-square-warning", "grey"))
    if entry.kind == "rating":
        return "star", "red" if (entry.perceived or 5) <= 2 else "amber"
    if entry.kind == "consent":
        return "shield-check", "accent" if entry.amount else "amber"
    if entry.kind in ("shipment", "arrival"):
        return _SHIPMENT_LOOK.get(entry.code, ("truck", "blue"))
    return _OTHER_LOOK[entry.kind]
