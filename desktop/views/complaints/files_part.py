"""The files of the complaint in its pane: dropped, pasted, looked at; shown once the part is unfolded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.operations.attachments import NewFile
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.section import PaneHabits, Section
from desktop.views.kit.context import Context

if TYPE_CHECKING:
    from desktop.views.files.pane import FilesPane

_HEIGHT = 260


class FilesPart(QWidget):
    """Stays while the rest of the pane is made anew; the files' own screen is built when it is first seen."""

    def __init__(self, ctx: Context, habits: PaneHabits) -> None:
        super().__init__()
        self._ctx = ctx
        self._complaint = 0
        self._pane: FilesPane | None = None
        self.section = Section(habits, "files", tr("Files"), [])
        self.section.unfolded.connect(self._build)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.section)

    def show_complaint(self, detail: ComplaintDetail) -> None:
        """Show the files of another complaint, or how many there are."""
        self._complaint = detail.row.id
        self.section.count.setText(ntr("{n} file", "{n} files", detail.files) if detail.files else "")
        if not self.section.folded():
            self._build()

    def add(self, files: Sequence[NewFile]) -> bool:
        """Keep files with the complaint; False when there are none."""
        if not files or not self._complaint:
            return False
        if self.section.folded():
            self.section.fold(on=False)
        return self._build().add(files)

    def _build(self) -> FilesPane:
        from desktop.views.files.pane import FilesPane

        if self._pane is None:
            self._pane = FilesPane(self._ctx)
            self._pane.setFixedHeight(_HEIGHT)
            self.section.column.addWidget(self._pane)
        self._pane.show_record("complaint", self._complaint)
        return self._pane
