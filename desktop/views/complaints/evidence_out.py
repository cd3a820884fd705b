"""Takes an evidence pack away, in the background: as PDF, as a folder or on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.dates import now
from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.evidence_folder import FolderFile, write_folder
from desktop.queries.attachments import AttachmentRow, attachment_data
from desktop.queries.evidence import Evidence, evidence
from desktop.views.complaints.evidence_pages import PACK, Kind, title_of, write_evidence
from desktop.views.complaints.evidence_photos import Photos, read_photos
from desktop.views.files.copies import plain_name
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import (
    FileKind,
    ask_where,
    export_folder,
    file_stem,
    free_stem,
    keep_folder,
    show_file,
)
from desktop.views.kit.pdf_out import write_pdf
from desktop.views.kit.printout import Written, preview
from desktop.views.profile.dossier_pages import paper_size

_LONGEST_NAME = 80


class Wanted(NamedTuple):
    """What goes in: the parts, what is private, and the files (None: all)."""

    parts: Sequence[str]
    private: Sequence[str] = ()
    files: Sequence[int] | None = None


class EvidenceMaker:
    """Makes the evidence pack, or the printout, of one complaint; photos are read once for all tries."""

    def __init__(
        self, ctx: Context, complaint_id: int, number: str, parent: QWidget, kind: Kind = PACK
    ) -> None:
        self._ctx, self._complaint, self._parent, self._kind = ctx, complaint_id, parent, kind
        self._photos: Photos = {}
        self._title = tr(kind.title, number=number)

    # -- in the background

    def read(self, wanted: Wanted, progress: Progress) -> Evidence:
        """What goes in, and its photos. Raises UserError when the complaint is gone, and Cancelled."""
        book = self._ctx.book
        found = evidence(
            book, self._complaint, parts=wanted.parts, private=wanted.private, files=wanted.files
        )
        read_photos(found.files, lambda one: attachment_data(book, one), self._photos, progress)
        return found

    def lay_out(self, found: Evidence, size: QSizeF, at: str, progress: Progress) -> Written:
        """The pages."""
        return write_evidence(found, self._photos, at=at, kind=self._kind, size=size, progress=progress)

    def count_pages(self, wanted: Wanted) -> Callable[[Progress], int]:
        """What counts the pages."""
        size, at = self._paper_size(), now()
        return lambda progress: len(self.lay_out(self.read(wanted, progress), size, at, progress).pages)

    # -- ways out

    def save_pdf(self, wanted: Wanted) -> None:
        """Ask for a file and write the PDF there."""
        kind = FileKind(tr("PDF document"), "pdf")
        path = ask_where(self._parent, tr("Save as PDF"), self._title, [kind], self._ctx.settings)
        if path is None:
            return
        size, at = self._paper_size(), now()

        def work(progress: Progress) -> int:
            written = self.lay_out(self.read(wanted, progress), size, at, progress)
            write_pdf(path, written, self._title, progress=progress)
            return len(written.pages)

        def done(pages: int) -> None:
            told = ntr("{n} page saved in “{file}”.", "{n} pages saved in “{file}”.", pages, file=path.name)
            self._ctx.notify(told, tr("Open"), lambda: show_file(path), "done")

        self._ctx.tasks.write(tr("Writing {file}…", file=path.name), work, done, owner=self._parent)

    def save_folder(self, wanted: Wanted) -> None:
        """Ask where to and make a folder there, with the PDF, the files as they are, and their index."""
        settings = self._ctx.settings
        into = QFileDialog.getExistingDirectory(
            self._parent, tr("Where the folder goes"), str(export_folder(settings))
        )
        if not into:
            return
        keep_folder(settings, Path(into))
        folder = Path(into) / free_stem(Path(into), file_stem(self._title), "")
        size, at = self._paper_size(), now()
        currency = str(settings.get("shop.currency"))

        def work(progress: Progress) -> int:
            found = self.read(wanted, progress)
            written = self.lay_out(found, size, at, progress)
            return write_folder(
                folder,
                f"{file_stem(title_of(found, self._kind), None)}.pdf",
                lambda path: write_pdf(path, written, self._title, progress=progress),
                folder_files(found.files, lambda one: attachment_data(self._ctx.book, one)),
                currency=currency,
                progress=progress,
            )

        def done(count: int) -> None:
            told = ntr(
                "The PDF and {n} file saved in “{folder}”.",
                "The PDF and {n} files saved in “{folder}”.",
                count,
                folder=folder.name,
            )
            self._ctx.notify(told, tr("Show the folder"), lambda: show_file(folder), "done")

        self._ctx.tasks.write(tr("Writing {file}…", file=folder.name), work, done, owner=self._parent)

    def print(self, wanted: Wanted) -> None:
        """Show the pages before they are printed; the printer is chosen there."""
        size, at = self._paper_size(), now()

        def read(progress: Progress) -> Callable[[QSizeF, Progress], Written]:
            found = self.read(wanted, progress)
            return lambda sheet, running: self.lay_out(found, sheet, at, running)

        preview(self._ctx, self._parent, self._title, size, read)

    def _paper_size(self) -> QSizeF:
        return paper_size(str(self._ctx.settings.get("shop.country")))


def folder_files(rows: Sequence[AttachmentRow], read: Callable[[int], bytes | None]) -> list[FolderFile]:
    """The files for a folder, named by their number in the document and their own name, on any system."""
    found = []
    for number, row in enumerate(rows, 1):
        own = Path(plain_name(row.name))
        stem = file_stem(own.stem, None)[:_LONGEST_NAME]
        name = f"{number:02} {stem}{own.suffix if len(own.suffix) <= 10 else ''}"
        found.append(FolderFile(name, row.name, row.about, row.added_at, partial(read, row.id)))
    return found
