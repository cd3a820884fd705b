"""The entry chosen in the shop's timeline, whole: customer, words, facts, and where one can go from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.dates import format_when
from desktop.core.translation import ntr, tr
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton, SecondaryButton
from desktop.views.kit.cards import Card, EmptyState, IconTile, KeyValueList
from desktop.views.kit.context import Context
from desktop.views.kit.labels import Avatar, label
from desktop.views.kit.layouts import FlowLayout, ScrollColumn, Separator, clear
from desktop.views.timeline import looks, words
from desktop.views.timeline.customer_link import CustomerLink

if TYPE_CHECKING:
    from desktop.views.timeline.stream import TimelineStream


class EntryPreview(Card):
    """Shows one entry of the stream."""

    def __init__(self, ctx: Context, stream: TimelineStream) -> None:
        super().__init__()
        self._ctx, self._stream = ctx, stream
        self._currency = str(ctx.book.setting("shop.currency"))
        self._scroll = ScrollColumn(gap=12)
        self.body.addWidget(self._scroll, 1)

    def show_entry(self, entry: TimelineEntry | None) -> None:
        """Show another entry; None says that none is chosen."""
        column = self._scroll.column
        clear(column)
        if entry is None:
            column.addWidget(EmptyState("list-tree", tr("Choose an entry to read all of it")), 1)
            return
        column.addWidget(self._heading(entry))
        if entry.customer_id is not None:
            column.addWidget(self._customer(entry))
        for text in self._texts(entry):
            column.addWidget(label(text, wrap=True, selectable=True))
        column.addWidget(Separator())
        column.addWidget(KeyValueList(self._facts(entry), name_width=84))
        if entry.corrected:
            said = ntr("Corrected once", "Corrected {n} times", entry.corrected)
            before = LinkButton(said, "history", lambda: self._stream.actions_of.open_history(entry))
            before.setToolTip(tr("What it said before…"))
            column.addWidget(before, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._ways(entry))
        column.addStretch(1)

    def _heading(self, entry: TimelineEntry) -> QWidget:
        icon, tone = looks.look(entry)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(IconTile(icon, tone, 34), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(label(words.title(entry, self._currency), size=theme.SECTION, bold=True, wrap=True))
        said.addWidget(label(format_when(entry.at), size=theme.SMALL, role="muted", wrap=True))
        row.addLayout(said, 1)
        return head

    def _customer(self, entry: TimelineEntry) -> QWidget:
        name = entry.customer_name or tr("No name")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Avatar(name, 26))
        if entry.customer_id is not None:
            row.addWidget(CustomerLink(self._ctx, entry.customer_id, name))
        row.addStretch(1)
        return holder

    def _texts(self, entry: TimelineEntry) -> list[str]:
        if entry.kind == "interaction":
            # The title may be the first of the words; here they are read whole.
            return [entry.text] if entry.text else []
        if entry.kind == "order":
            return [text for text in (words.order_lines(entry), entry.text) if text]
        if entry.kind == "merge":
            return []
        if entry.kind == "rating":
            return [text for text in (entry.text, words.text(entry)) if text]
        return [text for text in (entry.title, entry.text) if text]

    def _facts(self, entry: TimelineEntry) -> list[tuple[str, str]]:
        facts: list[tuple[str, str]] = []
        if entry.stage:
            facts.append((tr("Stage"), names.name(names.STAGES, entry.stage)))
        if entry.channel:
            facts.append((tr("Channel"), names.name(names.CHANNELS, entry.channel)))
        if entry.minutes and entry.kind == "interaction":
            facts.append((tr("Length"), ntr("{n} min", "{n} min", entry.minutes)))
        if entry.staff:
            facts.append((tr("Clerk"), entry.staff))
        if entry.order_number:
            facts.append((tr("Order"), entry.order_number))
        if entry.case_number:
            facts.append((tr("Service case"), entry.case_number))
        if entry.complaint_number:
            facts.append((tr("Complaint"), entry.complaint_number))
        if entry.gave:
            facts.append((tr("The customer gave"), names.name(names.GAVE, entry.gave)))
        if entry.kind == "order":
            facts.append((tr("Status"), names.name(names.ORDER_STATUSES, entry.code)))
        return facts

    def _ways(self, entry: TimelineEntry) -> QWidget:
        """Buttons for what the stream's menu offers; the rarer ones behind the dots."""
        holder = QWidget()
        flow = FlowLayout(holder, gap=8, line_gap=8)
        menu = QMenu(holder)
        actions = self._stream.actions_for(entry, menu, customer=False)
        for action in actions[:1]:
            flow.addWidget(
                SecondaryButton(action.text().partition("\t")[0], small=True, on_click=action.trigger)
            )
        menu.addActions(actions[1:])
        if actions[1:]:
            more = SecondaryButton(tr("More"), small=True)
            more.setMenu(menu)
            flow.addWidget(more)
        return holder
