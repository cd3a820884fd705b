"""What stands open with a customer, as lines on the profile that lead to it: promises, complaints, cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_when, relative_day
from desktop.core.translation import ntr, tr
from desktop.queries.counter_matters import Matter, open_matters
from desktop.queries.profile import Profile
from desktop.views.customers.words import why
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import ElidedLabel, IconLabel, LinkButton, clear
from desktop.views.timeline.words import cut

_MOST = 3
"""Lines that stand above the tabs; what happened needs the room too."""


class Banners(QWidget):
    """A line each; gone while there is nothing to say."""

    def __init__(self, ctx: Context, open_case: Callable[[int], object]) -> None:
        super().__init__()
        self._ctx, self._open_case = ctx, open_case
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)

    def show_customer(self, found: Profile, now: datetime) -> None:
        """Show what stands open with a customer, what is worst first."""
        clear(self._lines)
        matters = open_matters(
            self._ctx.book, found.id, now.date(), complaints=found.open_complaints, cases=found.cases
        )
        of_kind: dict[str, list[Matter]] = {}
        for one in matters:
            if one.status != "broken":
                of_kind.setdefault(one.kind, []).append(one)
        makers = {"promise": self._promise, "complaint": self._complaint, "case": self._case}
        made = [
            make(of_kind[kind][0], len(of_kind[kind]) - 1, now)
            for kind, make in makers.items()
            if kind in of_kind
        ]
        made += self._silence(found, now)
        for line in made[:_MOST]:
            self._lines.addWidget(line)
        self.setVisible(bool(made))

    def _promise(self, first: Matter, more: int, now: datetime) -> QWidget:
        late = first.late(now)
        when = format_when(first.due or "")
        due = tr("was due {when}", when=when) if late else tr("due {when}", when=when)
        return self._line(
            "handshake",
            tr("{text} – {due}", text=tr("Promised: {text}", text=cut(first.title, 120)), due=due),
            "red" if late else "amber",
            tr("Open the complaint") if first.complaint_id else "",
            lambda: self._ctx.navigate("complaints", complaint=first.complaint_id),
            more,
        )

    def _complaint(self, first: Matter, more: int, now: datetime) -> QWidget:
        return self._line(
            "message-square-warning",
            tr(
                "Complaint {number}: {title} – no promotions until it is settled",
                number=first.number,
                title=cut(first.title, 90),
            ),
            "red",
            tr("Open the complaint"),
            lambda: self._ctx.navigate("complaints", complaint=first.id),
            more,
        )

    def _case(self, first: Matter, more: int, now: datetime) -> QWidget:
        since = relative_day(first.since or now, now)
        title = words.name(words.CASE_KINDS, first.title)
        said = tr(
            "Service case {number}: {title}, opened {when}",
            number=first.number,
            title=cut(title, 120),
            when=since,
        )
        return self._line(
            "wrench", said, "blue", tr("Show the case"), lambda: self._open_case(first.id), more
        )

    def _silence(self, found: Profile, now: datetime) -> list[QWidget]:
        reason = why(found, now.date())
        if not reason:
            return []
        return [self._line("triangle-alert", reason, "red" if found.state == "lost" else "amber")]

    def _line(
        self,
        icon: str,
        text: str,
        tone: Tone,
        link: str = "",
        go: Callable[[], object] | None = None,
        more: int = 0,
    ) -> QWidget:
        role = {"grey": "muted"}.get(tone, tone)
        holder = QFrame()
        holder.setProperty("tone", tone)
        holder.setAccessibleName(text)
        row = QHBoxLayout(holder)
        row.setContentsMargins(14, 5, 10, 5)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon, role))
        row.addWidget(ElidedLabel(text, size=theme.SMALL, role=role), 1)
        if more:
            row.addWidget(LinkButton(ntr("and {n} more", "and {n} more", more), on_click=go))
        if link and go:
            row.addWidget(LinkButton(link, "chevron-right", go))
        return holder
