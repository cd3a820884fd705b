"""What stands open with a customer, as lines on the profile that lead to it: promises, complaints, cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.dates import format_when, iso, relative_day
from desktop.core.translation import ntr, tr
from desktop.queries.open_matters import OpenMatters, open_matters
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
        made = [
            *self._matters(open_matters(self._ctx.book, customer_id=found.id), now),
            *self._silence(found, now),
        ]
        for line in made[:_MOST]:
            self._lines.addWidget(line)
        self.setVisible(bool(made))

    def _matters(self, found: OpenMatters, now: datetime) -> list[QWidget]:
        lines: list[QWidget] = []
        if found.promises:
            first = found.promises[0]
            late = first.due_at < iso(now)
            text = tr("Promised: {text}", text=cut(first.text, 120))
            due = tr("was due {when}", when=format_when(first.due_at)) if late else tr(
                "due {when}", when=format_when(first.due_at)
            )  # fmt: skip
            lines.append(
                self._line(
                    "handshake", tr("{text} – {due}", text=text, due=due), "red" if late else "amber",
                    tr("Open the complaint") if first.complaint_id else "",
                    lambda: self._ctx.navigate("complaints", complaint=first.complaint_id),
                    len(found.promises) - 1,
                )
            )  # fmt: skip
        if found.complaints:
            worst = found.complaints[0]
            lines.append(
                self._line(
                    "message-square-warning",
                    tr("Complaint {number}: {title}", number=worst.number, title=cut(worst.title, 120)),
                    "red",
                    tr("Open the complaint"),
                    lambda: self._ctx.navigate("complaints", complaint=worst.id),
                    len(found.complaints) - 1,
                )
            )
        if found.cases:
            case = found.cases[0]
            since = relative_day(case.since, now)
            lines.append(
                self._line(
                    "wrench",
                    tr("Service case {number}: {title}, opened {when}", number=case.number,
                       title=cut(case.title, 120) or tr("no title"), when=since),
                    "blue",
                    tr("Show the case"),
                    lambda: self._open_case(case.id),
                    len(found.cases) - 1,
                )
            )  # fmt: skip
        return lines

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
