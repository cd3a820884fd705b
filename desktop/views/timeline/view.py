"""The shop's service timeline as a screen: filters in the head, the stream, the chosen entry beside it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.kit.buttons import IconButton, PrimaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.offers import offer
from desktop.views.kit.page import Page, columns
from desktop.views.timeline.filters import Filters
from desktop.views.timeline.keys import ScreenKey
from desktop.views.timeline.note_dialog import NoteDialog
from desktop.views.timeline.preview import EntryPreview
from desktop.views.timeline.stream import TimelineStream

PREVIEW_WIDTH = 352


class TimelineView(QWidget):
    """The screen "Service"; its params are the filters to begin with."""

    def __init__(
        self,
        ctx: Context,
        *,
        kind: str = "all",
        stage: str = "",
        text: str = "",
        channel: str = "",
        staff_id: int | None = None,
        since: int | None = None,
        until: int | None = None,
        gave: str = "",
        pinned: bool = False,
    ) -> None:
        super().__init__()
        self._ctx = ctx
        page = Page(tr("Service"))
        chosen = {
            "kind": kind, "stage": stage, "text": text, "channel": channel, "staff_id": staff_id,
            "since": since, "until": until, "gave": gave, "pinned": pinned,
        }  # fmt: skip
        self.filters = Filters(ctx.book, inline=False, chosen=chosen)
        page.set_search(self.filters.search)
        for widget in self.filters.beside():
            page.add_action(widget)
        self.jump_button = IconButton("calendar", tr("Go to a month or day"), self.jump, framed=True)
        self.export_button = IconButton("download", tr("Export this list…"), self.export, framed=True)
        page.add_action(self.jump_button)
        page.add_action(IconButton("printer", tr("Print…"), self.print_pages, framed=True))
        page.add_action(self.export_button)
        page.add_action(PrimaryButton(tr("New note"), "plus", self.new_note))
        page.set_chips(self.filters)
        self.stream = TimelineStream(ctx, None, filters=self.filters)
        self.filters.search.left.connect(self.stream.list.setFocus)
        sheet = Card(margin=16)
        sheet.body.addWidget(self.stream, 1)
        self.preview = EntryPreview(ctx, self.stream)
        self.preview.setFixedWidth(PREVIEW_WIDTH)
        page.body.addLayout(columns((sheet, 1), (self.preview, 0)), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self.setFocusProxy(self.stream.list)
        ScreenKey(self, QKeySequence.StandardKey.New, self.stream.note.line.setFocus)
        offer(self, tr("Export this list…"), self.export)
        offer(self, tr("Print…"), self.print_pages, "Ctrl+P", "printer")
        offer(self, tr("Go to a month or day"), self.jump, "Ctrl+G", "calendar")
        self.stream.chosen.connect(self._show)
        self._show(self.stream.list.current_entry())

    def route_params(self) -> dict[str, object]:
        """What this screen is built with again."""
        return dict(self.filters.kept())

    def focus_search(self) -> None:
        """Put the cursor into the search of the timeline."""
        self.filters.search.setFocus()

    def new_note(self) -> None:
        """Open the form of a new note."""
        NoteDialog(self._ctx, parent=self.window()).open()

    def jump(self) -> None:
        """Go to a month or a day."""
        self.stream.jump(self.jump_button)

    def print_pages(self) -> None:
        """Show what the filters leave as pages to print."""
        self.stream.print_pages(tr("Service"))

    def export(self) -> None:
        """Take what the filters leave away as a file."""
        self.stream.export(tr("Service"))

    def _show(self, entry: TimelineEntry | None) -> None:
        self.preview.show_entry(entry)
