"""The head of a profile: who this is, how to reach them, and when their next birthday is."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.birthdays import Birthday, Coming, birthday_of, birthday_words, coming, lunar_words
from desktop.core.dates import format_day, format_short_day, relative_day
from desktop.core.text import format_phone
from desktop.core.translation import tr
from desktop.queries.profile import Profile
from desktop.views.customers.words import (
    display_name,
    left_out_words,
    point_text,
    state_name,
    state_tone,
)
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import Avatar, ElidedLabel, IconButton, Tag, clear, label
from desktop.views.timeline.words import cut

BIRTHDAY_NEAR = 30
"""Days before a birthday from which the head counts them."""
_COUNTED = 60
"""Days before a birthday from which a fact counts them."""
_MOST_TAGS = 4


class Head(QWidget):
    """Name, state and tags; below them the ways to reach the customer, the phone copied in one click."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)

    def show_customer(self, found: Profile, today: date) -> None:
        """Show another customer, or the same one anew."""
        clear(self._row)
        name = display_name(found.name)
        self._row.addWidget(Avatar(name, 48))
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addLayout(self._title(found, name, today))
        reach = QHBoxLayout()
        reach.setSpacing(2)
        phone, *others = contact_parts(found) if found.phone else ["", *contact_parts(found)]
        if found.phone:
            reach.addWidget(label(phone, role="muted", selectable=True))
            copy = IconButton(
                "copy", tr("Copy the phone number"), lambda: self._copy(found.phone), role="muted"
            )
            copy.setFixedSize(24, 22)
            reach.addWidget(copy)
        # What follows the phone number stands behind its button.
        line = ElidedLabel(("· " if found.phone and others else "") + " · ".join(others), role="muted")
        reach.addWidget(line, 1)
        lines.addLayout(reach)
        self._row.addLayout(lines, 1)

    def _title(self, found: Profile, name: str, today: date) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        title = ElidedLabel(name, size=22, bold=True)
        title.setMaximumWidth(title.sizeHint().width())
        row.addWidget(title)
        tags = [Tag(state_name(found.state), state_tone(found.state))]
        if found.kind != "individual":
            tags.append(Tag(words.name(words.CUSTOMER_KINDS, found.kind), "blue"))
        if unwanted := left_out_words(found.left_out):
            tags.append(Tag(tr("No promotions")))
            tags[-1].setToolTip(unwanted)
            tags[-1].setAccessibleName(unwanted)
        if near := birthday_tag(found, today):
            tags.append(Tag(near, "amber"))
        tags += [Tag(cut(tag, 16)) for tag in found.tags[:_MOST_TAGS]]
        if len(found.tags) > _MOST_TAGS:
            tags.append(Tag(tr("+{n}", n=len(found.tags) - _MOST_TAGS)))
            tags[-1].setToolTip(tr(", ").join(found.tags[_MOST_TAGS:]))
        for made in tags:
            # A long name makes way for them, not they for it.
            made.setMinimumWidth(made.sizeHint().width())
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _copy(self, phone: str) -> None:
        QGuiApplication.clipboard().setText(phone)
        self._ctx.notify(tr("Copied: {text}", text=format_phone(phone)))


def contact_parts(found: Profile) -> list[str]:
    """How to reach a customer, their phone first, where they live and when they were born."""
    ranked = sorted(found.points, key=lambda point: point.kind != "phone")
    parts = [point_text(point) for point in ranked if point.kind not in ("address", "email")][:3]
    parts += [point_text(point) for point in found.points if point.kind == "email"][:1]
    if found.region:
        parts.append(found.region)
    if birthday := born(found):
        if birthday.lunar:
            day = lunar_words(birthday.month, birthday.day, leap=birthday.leap)
            parts.append(tr("lunar birthday {day}", day=day))
        else:
            parts.append(tr("birthday {day}", day=birthday_words(birthday, year=False)))
    return parts


def born(found: Profile) -> Birthday | None:
    """The customer's birthday, None where it is not known."""
    return birthday_of(found.birthday, found.birthday_calendar, found.birthday_leap)


def birthday_tag(found: Profile, today: date) -> str:
    """Birthday in 12 d, turning 39; "" while it is far."""
    birthday = born(found)
    near = coming(birthday, today) if birthday else None
    if near is None or near.days > BIRTHDAY_NEAR:
        return ""
    when = tr("Birthday {when}", when=relative_day(near.day, today))
    return tr("{when}, turns {age}", when=when, age=near.age) if near.age else when


def coming_words(near: Coming, today: date) -> str:
    """15 Sep (in 12 d), turns 39."""
    day = format_short_day(near.day) if near.day.year == today.year else format_day(near.day)
    if near.days <= _COUNTED:
        day = tr("{day} ({when})", day=day, when=relative_day(near.day, today))
    return tr("{when}, turns {age}", when=day, age=near.age) if near.age else day
