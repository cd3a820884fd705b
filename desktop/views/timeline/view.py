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
    """The screen "Service". `kind` and `stage` choose filters from the start."""

    def __init__(self, ctx: Context, *, kind: str = "all", stage: str = "") -> None:
        super().__init__()
        self._ctx = ctx
        page = Page(tr("Service"))
        self.filters = Filters(ctx.book, inline=False, kind=kind, stage=stage)
        page.set_search(self.filters.search)
        for box in self.filters.boxes():
            page.add_action(box)
        self.export_button = IconButton("download", tr("Export this list…"), self.export, framed=True)
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
        self.stream.chosen.connect(self._show)
        self._show(self.stream.list.current_entry())

    def route_params(self) -> dict[str, object]:
        """What this screen is built with again."""
        where = self.filters.filter()
        return {"kind": self.filters.kinds.chosen_key() or "all", "stage": next(iter(where.stages), "")}

    def focus_search(self) -> None:
        """Put the cursor into the search of the timeline."""
        self.filters.search.setFocus()

    def new_note(self) -> None:
        """Open the form of a new note."""
        NoteDialog(self._ctx, parent=self.window()).open()

    def export(self) -> None:
        """Take what the filters leave away as a file."""
        self.stream.export(tr("Service"))

    def _show(self, entry: TimelineEntry | None) -> None:
        self.preview.show_entry(entry)
