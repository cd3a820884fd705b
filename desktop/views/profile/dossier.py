"""Takes a customer's dossier away: on paper with a preview, as PDF, or as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QWidget

from desktop.core.dates import now
from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.queries.dossier import PARTS, Dossier, dossier
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import FileKind, ask_where, show_file
from desktop.views.kit.pdf_out import write_pdf
from desktop.views.kit.printout import Printout, Written, preview
from desktop.views.profile.dossier_pages import Shop, paper_size, write_dossier
from desktop.views.timeline import words

LEFT_OUT = "ui.dossier.left_out"


def chosen_parts(ctx: Context) -> list[str]:
    """The parts that the owner had in the last dossier; all at first."""
    left_out = ctx.settings.get(LEFT_OUT)
    return [part for part in PARTS if part not in left_out] or list(PARTS)


def keep_parts(ctx: Context, parts: Sequence[str]) -> None:
    """Remember what was chosen."""
    ctx.settings.set(LEFT_OUT, [part for part in PARTS if part not in parts])


class DossierMaker:
    """Reads, lays out and writes the dossier of one customer; the work is done in the background."""

    def __init__(self, ctx: Context, customer_id: int, name: str, parent: QWidget) -> None:
        self._ctx, self._customer, self._parent = ctx, customer_id, parent
        self._title = tr("Dossier of {customer}", customer=display_name(name))

    # -- ways out

    def save_pdf(self, parts: Sequence[str]) -> None:
        """Ask for a file and write the PDF there."""
        path = self._ask(FileKind(tr("PDF document"), "pdf"), tr("Save as PDF"))
        if path is None:
            return
        shop, size = self._shop(), self._paper_size()

        def work(progress: Progress) -> int:
            written = write_dossier(self._read(parts, progress), shop, size, progress=progress)
            write_pdf(path, written, self._title, progress=progress)
            return len(written.pages)

        def say(pages: int) -> str:
            return ntr("{n} page saved in “{file}”.", "{n} pages saved in “{file}”.", pages, file=path.name)

        self._write(path, work, say)

    def save_workbook(self, parts: Sequence[str]) -> None:
        """Ask for a file and write the workbook there."""
        path = self._ask(FileKind(tr("Excel workbook"), "xlsx"), tr("Save as a workbook"))
        if path is None:
            return
        currency = self._shop().currency

        def work(progress: Progress) -> int:
            from desktop.exchange.writers.dossier_book import write_dossier_book

            found = self._read(parts, progress)
            return write_dossier_book(path, found, sayer(currency), currency=currency, progress=progress)

        def say(rows: int) -> str:
            return ntr("{n} row saved in “{file}”.", "{n} rows saved in “{file}”.", rows, file=path.name)

        self._write(path, work, say)

    def print(self, parts: Sequence[str]) -> None:
        """Show the pages before they are printed; the printer is chosen there."""
        shop, size = self._shop(), self._paper_size()

        def read(progress: Progress) -> Callable[[QSizeF, Progress], Written]:
            return printout(self._read(parts, progress), shop).lay_out

        preview(self._ctx, self._parent, self._title, size, read)

    # -- work

    def _read(self, parts: Sequence[str], progress: Progress) -> Dossier:
        found = dossier(
            self._ctx.book, customer_id=self._customer, today=date.today(), parts=parts, progress=progress
        )
        if found is None:
            raise UserError(
                tr("This customer is no longer in the book."),
                tr("They were deleted meanwhile; undo brings them back."),
            )
        return found

    def _shop(self) -> Shop:
        get = self._ctx.settings.get
        return Shop(str(get("shop.name")), str(get("shop.currency")), now())

    def _paper_size(self) -> QSizeF:
        return paper_size(str(self._ctx.settings.get("shop.country")))

    def _ask(self, kind: FileKind, caption: str) -> Path | None:
        return ask_where(self._parent, caption, self._title, [kind], self._ctx.settings)

    def _write(self, path: Path, work: Callable[[Progress], int], say: Callable[[int], str]) -> None:
        def done(count: int) -> None:
            self._ctx.notify(say(count), tr("Open"), lambda: show_file(path), "done")

        self._ctx.tasks.write(tr("Writing {file}…", file=path.name), work, done, owner=self._parent)


def sayer(currency: str) -> Callable[[TimelineEntry], tuple[str, str]]:
    """What gives an entry's title and text."""
    return lambda entry: (words.title(entry, currency), words.text(entry))


def printout(found: Dossier, shop: Shop) -> Printout:
    """A dossier for a printer."""
    return Printout(lambda size, progress: write_dossier(found, shop, size, progress=progress))
