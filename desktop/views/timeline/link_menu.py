"""The menu that links a note to something of its customer: recent orders, cases, complaints."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.dates import format_near_day
from desktop.core.translation import mark, tr
from desktop.operations import service
from desktop.queries.timeline_entries import TimelineEntry
from desktop.queries.timeline_links import LinkChoice, link_choices
from desktop.views.kit import icons
from desktop.views.kit.context import Context
from desktop.views.timeline.words import cut

_SECTIONS = {"order": mark("Orders"), "case": mark("Service cases"), "complaint": mark("Complaints")}
_ICONS = {"order": "receipt-text", "case": "wrench", "complaint": "message-square-warning"}


class LinkMenu(QMenu):
    """What the note hangs on is ticked; choosing that again takes it off."""

    def __init__(self, ctx: Context, entry: TimelineEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._entry = ctx, entry
        self.setTitle(tr("Link to…"))
        self.setAccessibleName(tr("Link to…"))
        here = {"order": entry.order_id, "case": entry.case_id, "complaint": entry.complaint_id}
        section = ""
        choices = link_choices(ctx.book, entry.customer_id) if entry.customer_id is not None else []
        for choice in choices:
            if choice.kind != section:
                section = choice.kind
                self.addSection(icons.icon(_ICONS[section], "muted"), tr(_SECTIONS[section]))
            linked = here[choice.kind] == choice.id
            action = self.addAction(
                _said(choice), partial(self._link, choice.kind, None if linked else choice.id)
            )
            action.setCheckable(True)
            action.setChecked(linked)
        if not choices:
            nothing = (
                tr("This customer has no order, case or complaint yet.")
                if entry.customer_id is not None
                else tr("A note of the shop is linked to nothing.")
            )
            self.addAction(nothing).setEnabled(False)

    def _link(self, kind: str, row: int | None) -> None:
        note = self._entry.id
        self._ctx.do(
            lambda: service.link_interaction(self._ctx.book, interaction_id=note, kind=kind, row=row),
            quiet=True,
        )


def _said(choice: LinkChoice) -> str:
    parts = (format_near_day(choice.at, date.today()), choice.number, cut(choice.title, 36))
    return " · ".join(part for part in parts if part).replace("&", "&&")
