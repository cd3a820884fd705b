"""What is worth doing today in words: a row with its icon, why it is worth it, and the button for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core import words
from desktop.core.calendar_words import duration
from desktop.core.dates import format_short_day
from desktop.core.figures import short_money
from desktop.core.translation import ntr, tr
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import ActivityRow, IconButton, SecondaryButton

if TYPE_CHECKING:
    from desktop.queries.asking import Asking
    from desktop.queries.todos import Todo
    from desktop.views.today.doing import Quiet

_PRESSING = timedelta(hours=2)


class Said(NamedTuple):
    """A row's icon and tone, its title and text, and what its button says."""

    icon: str
    tone: Tone
    title: str
    text: str
    button: str


def say(todo: Todo, now: datetime, currency: str) -> Said:
    """A thing to do in the user's words, as of now."""
    name = todo.customer_name or tr("Without a name")
    if todo.kind == "complaint":
        return _complaint(todo, name, now)
    if todo.kind == "promise":
        return _promise(todo, name, now)
    if todo.kind == "case":
        return _due(todo, todo.text, name, now, "wrench")
    if todo.kind == "request":
        return _due(todo, words.name(words.PRIVACY_KINDS, todo.text), name, now, "shield-check")
    if todo.kind == "drifting":
        said = tr(
            "{silent} quiet, usually every {rhythm} · {amount} a year",
            silent=_days(todo.silent),
            rhythm=_days(round(todo.rhythm)),
            amount=short_money(todo.value, currency),
        )
        return Said("clock-alert", "amber", name, said, tr("Contact"))
    if todo.asking is not None:
        return _asking(todo.asking, name)
    return _task(todo, now)


def _asking(asking: Asking, name: str) -> Said:
    when = format_short_day(asking.at)
    about = _about(asking)
    if asking.kind == "waiting":
        said = tr("{about} · asked on {day}, no answer yet", about=about, day=when)
        return Said("star", "grey", name, said, tr("Rate now"))
    return Said(
        "star", "accent", name, tr("{about}, {day} · ask how it was", about=about, day=when), tr("Rate now")
    )


def _about(asking: Asking) -> str:
    if asking.complaint_id is not None:
        return tr("Complaint {number}", number=asking.title)
    if asking.case_id is not None:
        return tr("Service case {number}", number=asking.title)
    if asking.order_id is not None and asking.title:
        return tr("Order {number}", number=asking.title)
    return tr("A purchase") if asking.order_id is not None else tr("The shop")


def _complaint(todo: Todo, name: str, now: datetime) -> Said:
    icon = "message-square-warning"
    if todo.due_at is None:
        said = tr("{title} · waiting for the customer", title=todo.text)
        return Said(icon, "grey", name, said, tr("Open"))
    span = duration(abs((todo.due_at - now).total_seconds()) / 60)
    late = todo.due_at < now
    if todo.first_reply and late:
        said = tr("{title} · first reply overdue by {span}", title=todo.text, span=span)
    elif todo.first_reply:
        said = tr("{title} · first reply due in {span}", title=todo.text, span=span)
    elif late:
        said = tr("{title} · settlement overdue by {span}", title=todo.text, span=span)
    else:
        said = tr("{title} · to be settled in {span}", title=todo.text, span=span)
    tone: Tone = "red" if late or todo.due_at - now < _PRESSING else "amber"
    return Said(icon, tone, name, said, tr("Reply") if todo.first_reply else tr("Open"))


def _promise(todo: Todo, name: str, now: datetime) -> Said:
    due = todo.due_at or now
    if due < now:
        said = tr(
            "Promised, overdue by {span}: {text}",
            span=duration((now - due).total_seconds() / 60),
            text=todo.text,
        )
    else:
        said = tr("Promised by {time}: {text}", time=f"{due:%H:%M}", text=todo.text)
    return Said("handshake", "red" if due < now else "amber", name, said, tr("Kept"))


def _due(todo: Todo, title: str, name: str, now: datetime, picture: str) -> Said:
    """What has a deadline of its own."""
    due = todo.due_at or now
    span = duration(abs((due - now).total_seconds()) / 60)
    if due < now:
        text = tr("{title} · overdue by {span}", title=title, span=span)
    else:
        text = tr("{title} · due in {span}", title=title, span=span)
    return Said(picture, "red" if due < now else "amber", name, text, tr("Open"))


def _task(todo: Todo, now: datetime) -> Said:
    # A day without a time ends with its midnight, which is the next day's.
    due = todo.due_at - timedelta(0 if todo.timed else 1) if todo.due_at else now
    late = (now.date() - due.date()).days
    late_words = tr("due {days} ago", days=_days(late)) if late > 0 else ""
    if todo.timed and late == 0:
        late_words = tr("at {time}", time=f"{due:%H:%M}")
        late = int(due < now)
    if todo.customer_name:
        parts = [part for part in (todo.text, late_words) if part]
        return Said(
            "phone", "red" if late > 0 else "accent", todo.customer_name, " · ".join(parts), tr("Done")
        )
    return Said("check", "red" if late > 0 else "accent", todo.text, late_words, tr("Done"))


def _days(count: int) -> str:
    return ntr("{n} d", "{n} d", count)


def row(
    said: Said,
    act: Callable[[], object],
    open_: Callable[[], object] | None,
    *,
    quiet: Sequence[Quiet] = (),
    last: bool,
) -> ActivityRow:
    """The row; `act` is what its button does, `open_` what a click on the row does.

    `quiet` are the buttons before it.
    """
    button = SecondaryButton(said.button, on_click=act, small=True)
    button.setAccessibleName(tr("{action}: {name}", action=said.button, name=said.title))
    made = ActivityRow(
        said.icon,
        said.title,
        said.text,
        tone=said.tone,
        action=_beside(button, quiet, said.title) if quiet else button,
        inline=True,
        clickable=open_ is not None,
        line=not last,
    )
    if open_:
        made.clicked.connect(lambda: open_())
    return made


def _beside(button: QWidget, quiet: Sequence[Quiet], name: str) -> QWidget:
    """The button with the quiet ones before it."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    for one in quiet:
        made = IconButton(one.icon, tr("{action}: {name}", action=one.text, name=name), role="muted")
        made.clicked.connect(partial(lambda run, made, *_: run(made), one.run, made))
        line.addWidget(made)
    line.addWidget(button)
    return holder


def buttons(holder: QWidget) -> list[SecondaryButton]:
    """The rows' buttons, from above."""
    return [found for found in holder.findChildren(SecondaryButton) if not found.isHidden()]
