"""The evidence pack of a complaint for a platform that decides a dispute, and the complaint on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.dates import format_when
from desktop.core.errors import UserError
from desktop.core.translation import ntr, tr
from desktop.queries.attachments import AttachmentRow
from desktop.queries.evidence import PARTS, PRIVATE, evidence_files
from desktop.views.complaints.evidence_out import EvidenceMaker, Wanted
from desktop.views.complaints.evidence_pages import PRINTOUT
from desktop.views.kit import theme
from desktop.views.kit.buttons import PrimaryButton, SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn, Separator

Key = TypeVar("Key", str, int)
_KEPT = "ui.export.evidence"
_COLUMNS = 2
_SETTLE_MS = 250
_FILES_HIGH = 150
_LONGEST_NAME = 44
_PRINTED = tuple(part for part in PARTS if part not in ("policy", "files"))
"""What the printout of a complaint holds: all but what only a platform wants to see."""


def open_evidence(ctx: Context, parent: QWidget, complaint_id: int) -> EvidenceDialog:
    """Open the dialog for a complaint's evidence pack. Raises UserError when the complaint is gone."""
    number = _number(ctx, complaint_id)
    maker = EvidenceMaker(ctx, complaint_id, number, parent)
    dialog = EvidenceDialog(ctx, maker, number, evidence_files(ctx.book, complaint_id), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def print_complaint(ctx: Context, parent: QWidget, complaint_id: int) -> None:
    """Show a complaint's pages before they are printed: for the shop itself, so with its own notes.

    Raises UserError when the complaint is gone.
    """
    maker = EvidenceMaker(ctx, complaint_id, _number(ctx, complaint_id), parent, PRINTOUT)
    maker.print(Wanted(_PRINTED, tuple(PRIVATE), ()))


def _number(ctx: Context, complaint_id: int) -> str:
    number = ctx.book.value("SELECT max(number) FROM complaint WHERE id = ?", (complaint_id,))
    if number is None:
        raise UserError(
            tr("This complaint is no longer in the book."),
            tr("It was deleted meanwhile; undo brings it back."),
        )
    return str(number)


class EvidenceDialog(QDialog):
    """What goes into the pack, with the count of its pages; then the ways out."""

    def __init__(
        self, ctx: Context, maker: EvidenceMaker, number: str, files: list[AttachmentRow], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._ctx, self._maker = ctx, maker
        self.setWindowTitle(tr("Evidence pack"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        kept = ctx.settings.get(_KEPT)
        self.parts = _boxes(PARTS, set(PARTS) - set(kept.get("left_out", [])))
        # Asked for each time: nobody's phone goes to a platform because it once did.
        self.private = _boxes(PRIVATE, set())
        self.files = {row.id: _file_box(row) for row in files}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(
            label(
                tr("Evidence for complaint {number}", number=number), size=theme.TITLE, bold=True, wrap=True
            )
        )
        told = tr("What is ticked goes in. Other customers never do.")
        layout.addWidget(label(told, role="muted", wrap=True))
        layout.addLayout(_grid(list(self.parts.values())))
        layout.addWidget(Separator())
        layout.addWidget(label(tr("Only if the platform needs it"), bold=True))
        layout.addLayout(_grid(list(self.private.values()), columns=1))
        if files:
            layout.addWidget(Separator())
            layout.addWidget(label(ntr("{n} photo or file", "{n} photos and files", len(files)), bold=True))
            layout.addWidget(self._file_list())
        self.count = label(" ", role="muted")
        layout.addWidget(self.count)
        layout.addLayout(self._foot())
        self.setMinimumWidth(620)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._count_pages)
        for box in (*self.parts.values(), *self.private.values(), *self.files.values()):
            box.toggled.connect(lambda _: self._follow())
        self._follow()
        self._count_pages()

    def _file_list(self) -> QWidget:
        shown = ScrollColumn(gap=4)
        for box in self.files.values():
            shown.column.addWidget(box)
        shown.column.addStretch(1)
        shown.setFixedHeight(min(_FILES_HIGH, 30 * len(self.files) + 8))
        return shown

    def _foot(self) -> QHBoxLayout:
        self.print_button = SecondaryButton(tr("Print…"), "printer", lambda: self._go(self._maker.print))
        self.folder_button = SecondaryButton(
            tr("Save as a folder…"), "folder-open", lambda: self._go(self._maker.save_folder)
        )
        self.pdf_button = PrimaryButton(
            tr("Save as PDF…"), "file-text", lambda: self._go(self._maker.save_pdf)
        )
        self.pdf_button.setDefault(True)
        self.folder_button.setToolTip(
            tr("The PDF, the photos and files as they are, and a list of their fingerprints")
        )
        foot = QHBoxLayout()
        foot.addWidget(SecondaryButton(tr("Cancel"), on_click=self.reject))
        foot.addStretch(1)
        for button in (self.print_button, self.folder_button, self.pdf_button):
            foot.addWidget(button)
        return foot

    def wanted(self) -> Wanted:
        """What is ticked."""
        return Wanted(_ticked(self.parts), _ticked(self.private), tuple(_ticked(self.files)))

    def _follow(self) -> None:
        """After a tick: what depends on it, and soon the count of pages."""
        for box in self.files.values():
            box.setEnabled(self.parts["files"].isChecked())
        self._settling.start()

    def _count_pages(self) -> None:
        self._settling.stop()
        self.count.setText(tr("Counting the pages…"))
        self._ctx.tasks.read(
            self._maker.count_pages(self.wanted()), self._show_count, owner=self, key="pages"
        )

    def _show_count(self, pages: int) -> None:
        self.count.setText(ntr("{n} page", "{n} pages", pages))

    def _go(self, way: Callable[[Wanted], object]) -> None:
        wanted = self.wanted()
        left_out = [part for part in PARTS if part not in wanted.parts]
        self._ctx.settings.set(_KEPT, {"left_out": list(left_out)})
        self.accept()
        way(wanted)


def _boxes(names: Mapping[str, str], ticked: set[str]) -> dict[str, QCheckBox]:
    boxes = {}
    for key, name in names.items():
        boxes[key] = QCheckBox(tr(name))
        boxes[key].setChecked(key in ticked)
    return boxes


def _file_box(row: AttachmentRow) -> QCheckBox:
    name = row.name if len(row.name) <= _LONGEST_NAME else f"{row.name[:28]}…{row.name[-14:]}"
    about = f" · {row.about}" if row.about else ""
    box = QCheckBox(tr("{name}, {when}", name=name, when=format_when(row.added_at)) + about)
    box.setToolTip(row.name)
    box.setChecked(True)
    return box


def _grid(boxes: list[QCheckBox], columns: int = _COLUMNS) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    rows = -(-len(boxes) // columns)
    for place, box in enumerate(boxes):
        grid.addWidget(box, place % rows, place // rows)
    return grid


def _ticked(boxes: Mapping[Key, QCheckBox]) -> list[Key]:
    return [key for key, box in boxes.items() if box.isChecked()]
