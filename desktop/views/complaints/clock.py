"""Until when: the deadline of a complaint counting down, the wait for the customer, or how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.core import words as names
from desktop.core.dates import duration, from_iso
from desktop.core.translation import tr
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints import words
from desktop.views.kit import theme
from desktop.views.kit.cards import IconTile
from desktop.views.kit.labels import label
from desktop.views.kit.theme import Tone

_SOON, _LATER = 60, 24 * 60
"""Minutes: less than the first is red, less than the second amber."""


@dataclass(frozen=True, slots=True)
class Face:
    """What the clock of a complaint says at a moment."""

    picture: str
    tone: Tone
    title: str
    text: str


def minutes_to(moment: str, now: datetime) -> float:
    """Minutes from now until a moment, below nothing once it is past."""
    return (from_iso(moment) - now).total_seconds() / 60


def left_words(moment: str, now: datetime) -> str:
    """How much time is left, or by how much it is late."""
    left = minutes_to(moment, now)
    return tr("{time} late", time=duration(-left)) if left < 0 else tr("{time} left", time=duration(left))


def left_role(moment: str, now: datetime) -> str:
    """Red for what is late, amber for what is nearly so, else quiet."""
    left = minutes_to(moment, now)
    return "red" if left < 0 else "amber" if left <= _SOON else "muted"


def clock_face(detail: ComplaintDetail, now: datetime) -> Face:
    """The face of a complaint's clock."""
    row = detail.row
    if not row.open:
        return _ended(detail, now)
    if row.waiting:
        since = detail.waiting_since
        told = tr("since {time}: its deadline stands still", time=words.when(since, now)) if since else ""
        return Face("clock", "grey", tr("Waits for the customer"), told)
    if row.due_at is None:
        return Face("clock", "grey", tr("No deadline"), "")
    left = minutes_to(row.due_at, now)
    due = words.due_words(row.due_at, now)
    first = row.replied_at is None
    text = tr("First reply by {time}", time=due) if first else tr("To be settled by {time}", time=due)
    if left < 0:
        late = duration(-left)
        title = tr("First reply {time} late", time=late) if first else tr("Settlement {time} late", time=late)
        return Face("clock-alert", "red", title, text)
    time = duration(left)
    title = tr("{time} left to reply", time=time) if first else tr("{time} left to settle it", time=time)
    tone: Tone = "red" if left <= _SOON else "amber" if left <= _LATER else "grey"
    return Face("clock-alert" if tone == "red" else "clock", tone, title, text)


def _ended(detail: ComplaintDetail, now: datetime) -> Face:
    row, end = detail.row, detail.ended_at
    status = names.name(names.COMPLAINT_STATUSES, row.status)
    if row.status == "rejected" or end is None:
        return Face("circle-x", "grey", status, words.when(end, now) if end else "")
    settled = row.settled_at or end
    took = duration(max(0.0, (from_iso(settled) - from_iso(row.received_at)).total_seconds() / 60))
    parts = [words.when(settled, now)]
    if detail.settle_due_at:
        over = -minutes_to(detail.settle_due_at, from_iso(settled))
        parts.append(tr("{time} too late", time=duration(over)) if over > 0 else tr("in time"))
    return Face("circle-check", "accent", tr("Settled after {time}", time=took), " · ".join(parts))


class ClockStrip(QFrame):
    """The face on a ground of its tone, and who has the complaint in hand; `tick` moves it on."""

    def __init__(self, detail: ComplaintDetail, now: datetime) -> None:
        super().__init__()
        self._detail = detail
        self._shown: Face | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 9, 12, 9)
        self._row.setSpacing(10)
        self._tile = IconTile("clock")
        self._row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(1)
        self.title = label(bold=True, wrap=True)
        self.text = label(size=theme.SMALL, wrap=True)
        said.addWidget(self.title)
        said.addWidget(self.text)
        self._row.addLayout(said, 1)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Say what the clock says now."""
        face = clock_face(self._detail, now)
        if face == self._shown:
            return
        self._shown = face
        who = self._detail.row.staff or (tr("nobody has it in hand") if self._detail.row.open else "")
        self.title.setText(face.title)
        self.text.setText(" · ".join(part for part in (face.text, who) if part))
        role = {"grey": "text"}.get(face.tone, face.tone)
        self.title.setProperty("role", role)
        self.setProperty("tone", face.tone)
        for widget in (self, self.title):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        tile = IconTile(face.picture, face.tone)
        self._row.replaceWidget(self._tile, tile)
        self._tile.hide()
        self._tile.deleteLater()
        self._tile = tile
        self.setAccessibleName(" · ".join(part for part in (face.title, self.text.text()) if part))
