"""How a customer's state, rhythm and contacts are said on every screen that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.core import words
from desktop.core.dates import format_day, relative_day
from desktop.core.text import format_phone
from desktop.core.translation import ntr, tr
from desktop.queries.profile import PointRow, Profile
from desktop.queries.promotions import LeftOut
from desktop.views.kit.theme import Tone

_TONES: dict[str, Tone] = {
    "new": "blue",
    "regular": "accent",
    "one-time": "grey",
    "drifting": "amber",
    "lost": "red",
    "none": "grey",
}


def state_name(state: str) -> str:
    """A purchase state in the user's language."""
    return words.name(words.STATES, state)


def state_tone(state: str) -> Tone:
    """The tone in which a purchase state is shown."""
    return _TONES[state]


def tag_tone(tone: str) -> Tone:
    """The kit's tone of a tag's stored one."""
    known: dict[str, Tone] = {"amber": "amber", "red": "red", "blue": "blue", "green": "accent"}
    return known.get(tone, "grey")


def days(count: float | None) -> str:
    """A number of days: 18 d · 18 天; "" for none."""
    return "" if count is None else ntr("{n} d", "{n} d", round(count))


def since(day: int | None, today: date) -> str:
    """How long ago a day was, as a cell says it: Today, 5 d ago; "" for none."""
    if day is None:
        return ""
    text = relative_day(day, today)
    return text[:1].upper() + text[1:]


def left_out_words(reasons: Sequence[LeftOut]) -> str:
    """That a customer gets no promotions, and why: the first reason; "" for none."""
    if not reasons:
        return ""
    first = reasons[0]
    texts = {
        "complaint": tr("No promotions while complaint {number} is open", number=first.number),
        "refused": tr("Wants no promotions"),
        "restrict": tr("No promotions: asked to restrict the use of their data"),
        "object": tr("No promotions: objected to the use of their data"),
    }
    return texts[first.why]


def display_name(name: str) -> str:
    """A customer's name, or what stands for one."""
    return name or tr("No name")


def point_text(point: PointRow) -> str:
    """A contact point as a line of a header says it: 138 0013 8421, WeChat lihua-tea."""
    if point.kind == "phone":
        return format_phone(point.norm)
    if point.kind in ("address", "email"):
        return point.value
    label = words.name(words.ACCOUNT_CHANNELS, point.channel if point.kind == "account" else point.kind)
    return tr("{kind} {value}", kind=label, value=point.value) if label else point.value


def why(profile: Profile, today: date) -> str:
    """Why a customer is worth a look, in a sentence; "" when all is as usual."""
    if profile.last_day is None or profile.state not in ("drifting", "lost", "one-time"):
        return ""
    silent = today.toordinal() - profile.last_day
    if profile.rhythm is None:
        return ntr(
            "{n} day since the only order. Most who come again have done so by now.",
            "{n} days since the only order. Most who come again have done so by now.",
            silent,
        )
    usual = max(1, round(profile.rhythm))
    return ntr(
        "{n} day since the last order; usually buys every {usual}.",
        "{n} days since the last order; usually buys every {usual}.",
        silent,
        usual=f"{usual:,}",
    )


def expectation(profile: Profile, today: date) -> tuple[str, str, Tone]:
    """When they are expected, in a line with its icon and tone: Usually every 23 days, today is day 41."""
    if profile.last_day is None:
        return "clock", tr("Has not bought anything yet"), "grey"
    day = today.toordinal() - profile.last_day
    if day < 0:
        return "clock", tr("The last order is dated ahead: {day}", day=format_day(profile.last_day)), "grey"
    if profile.rhythm is None:
        late = profile.state != "new"
        said = why(profile, today) if late else ""
        return "clock", said or ntr("Bought once, {n} day ago", "Bought once, {n} days ago", day), "blue"
    usual = max(1, round(profile.rhythm))
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
    tone = tones.get(profile.state, "accent")
    return ("triangle-alert" if tone != "accent" else "clock"), text, tone
