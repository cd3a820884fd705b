"""Opening times and how long things may take, as people write them and as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.core.working_hours import Span

DAY = 24 * 60
LONGEST = 1000 * 60
"""Working minutes beyond which nobody means a deadline."""

_CLOCK = re.compile(
    r"(\d{1,2})(?:\s*[:.：点时h]\s*(\d{2})?\s*分?|(?<=\d\d)(\d{2})|(?<=\d)(\d{2})|)\s*(am|pm|上午|下午|晚上)?",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:-|–|—|~|～|至|到|\bto\b)\s*", re.IGNORECASE)
_HALF = re.compile(r"^(上午|下午|晚上)\s*(.+)$")
_HOURS = r"(\d+(?:[.,]\d+)?)\s*(?:h(?:ours?|rs?)?|小时|个小时|时|钟头)"
_MINUTES = r"(\d+)\s*(?:m(?:in(?:ute)?s?)?|分钟?)?"
_LENGTH = re.compile(rf"(?:{_HOURS})?\s*(?:{_MINUTES})?\.?", re.IGNORECASE)


def clock_of(text: str) -> int | None:
    """Minutes after midnight of "9", "9:30", "0930", "9点半", "6 pm", "24:00"; None for what is no time."""
    found = _CLOCK.fullmatch(_HALF.sub(r"\2\1", text.strip()).replace("点半", ":30"))
    if found is None:
        return None
    hour, half = int(found[1]), (found[5] or "").lower()
    minute = int(found[2] or found[3] or found[4] or 0)
    if half in ("pm", "下午", "晚上") and hour < 12:
        hour += 12
    elif half in ("am", "上午") and hour == 12:
        hour = 0
    value = hour * 60 + minute
    return value if minute < 60 and value <= DAY else None


def clock_text(minute: int) -> str:
    """As the settings keep it: 540 is "09:00", 1440 "24:00", 1560 "02:00" of the next day."""
    if minute > DAY:
        minute -= DAY
    return f"{minute // 60:02}:{minute % 60:02}"


def span_words(spans: Iterable[Span]) -> str:
    """ "09:00–12:00, 13:00–18:00"; a word for a day without any."""
    said = [f"{clock_text(opens)}–{clock_text(closes)}" for opens, closes in spans]
    return tr(", ").join(said) if said else tr("closed")


def spans_of(text: str) -> list[Span]:
    """The spans of "9-12, 13:00–18:00", in minutes; none for an empty text or a word for closed.

    Raises UserError for what is no opening time.
    """
    if text.strip().casefold() in ("", "-", "closed", "休息", "不营业", tr("closed").casefold()):
        return []
    found = []
    for piece in filter(None, map(str.strip, re.split(r"[,;，；、\n]+", text))):
        ends = [clock_of(end) for end in _TO.split(piece)]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            raise UserError(
                tr("“{text}” is no opening time.", text=piece),
                tr("Write for example 9:00–12:00, 13:00–18:00."),
            )
        found.append((ends[0], ends[1]))
    return checked_spans(found)


def length_of(text: str) -> int | None:
    """Minutes of "30 min", "2 h", "1.5 h", "1 h 30", "2小时30分钟", "半小时"; a bare number is minutes."""
    found = _LENGTH.fullmatch(text.strip().replace("半小时", "30分钟").replace("半个小时", "30分钟"))
    if found is None or not (found[1] or found[2]):
        return None
    return round(float((found[1] or "0").replace(",", ".")) * 60) + int(found[2] or 0)


def length_words(minutes: int) -> str:
    """So many minutes in words: "30 min", "2 h", "1 h 30 min". Hours are never days: these are worked."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{n} min", n=rest)
    return tr("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else tr("{n} h", n=hours)


def checked_spans(spans: Iterable[Span]) -> list[Span]:
    """One day's spans in order; those that touch become one. A closing that is earlier is on the next day.
    What such a one has in common with that day's own counts once.

    Raises UserError for one that ends as it begins, and for two that overlap.
    """
    found: list[Span] = []
    for opens, closes in sorted(spans):
        if opens in (closes, DAY):
            raise UserError(
                tr("“{time}” is opening and closing at once.", time=clock_text(opens)),
                tr("Write when the shop closes; a whole day is 00:00 to 24:00."),
            )
        until = closes if closes > opens else closes + DAY
        if found and opens < found[-1][1]:
            raise UserError(
                tr(
                    "“{second}” begins before “{first}” is over.",
                    first=f"{clock_text(found[-1][0])}–{clock_text(found[-1][1])}",
                    second=f"{clock_text(opens)}–{clock_text(until)}",
                ),
                tr("Let one end before the other begins."),
            )
        if found and opens == found[-1][1]:
            found[-1] = (found[-1][0], until)
        else:
            found.append((opens, until))
    return found
