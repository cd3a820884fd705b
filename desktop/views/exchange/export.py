"""Takes a list away as a file: asks what and where to, writes in the background, offers to open it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.exchange.listing import Chosen, Columns, Listing
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import FileKind, ask_where, file_stem, show_file


def export_list(
    ctx: Context,
    parent: QWidget,
    title: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Any],
    *,
    total: int = 0,
    shown: Sequence[str] = (),
    key: str = "list",
) -> ExportDialog:
    """Asks how, then writes a list; `rows` is walked in the background, once.

    `shown` are the keys of the columns on screen in their order; without them every column is shown.
    """
    every = Columns(columns, lambda _: rows)
    by_key = {column.key: column for column in columns}
    visible = [by_key[one] for one in shown if one in by_key]
    if visible and len(visible) < len(columns):
        listing = Listing(key, title, Columns(visible, lambda _: rows), every, count=total)
    else:
        listing = Listing(key, title, every, count=total)
    return take_out(ctx, parent, listing)


def take_out(ctx: Context, parent: QWidget, listing: Listing) -> ExportDialog:
    """Opens the dialog of a list, and writes what it is answered in the background."""
    dialog = ExportDialog(ctx, listing, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def write() -> None:
        chosen = dialog.chosen
        if chosen is not None:
            _write(ctx, parent, chosen.path, lambda progress: write_listing(ctx, listing, chosen, progress))

    dialog.accepted.connect(write)
    dialog.open()
    return dialog


def write_listing(ctx: Context, listing: Listing, chosen: Chosen, progress: Progress) -> int:
    """Writes what was chosen of a list and returns its count of rows; meant for the background."""
    from desktop.exchange.writers.table_file import write_table_file
    from desktop.queries.everything import as_of_now

    source = listing.every if chosen.everything and listing.every is not None else listing.shown
    with as_of_now(ctx.book):
        ids = chosen.ids if chosen.ids is not None else listing.ids()
        if listing.own is not None and chosen.path.suffix == listing.own.suffix:
            return listing.own.write(chosen.path, ids, chosen.everything or listing.every is None, progress)
        return write_table_file(
            chosen.path,
            listing.title,
            source.columns,
            source.rows(ids),
            currency=str(ctx.settings.get("shop.currency")),
            total=listing.count if ids is None else len(ids),
            progress=progress,
        )


def save_workbook(
    ctx: Context,
    parent: QWidget,
    title: str,
    write: Callable[[Path, Progress], int],
    told: Callable[[int, str], str] | None = None,
) -> None:
    """Asks for a file named after `title` and the day, and lets `write` fill it and count its rows.

    `told(count, name)` is what the notice says at the end.
    """
    path = ask_path(ctx, parent, title)
    if path is not None:
        _write(ctx, parent, path, lambda progress: write(path, progress), told or _told)


def _told(count: int, name: str) -> str:
    return ntr("{n} row saved in “{file}”.", "{n} rows saved in “{file}”.", count, file=name)


def _write(
    ctx: Context,
    parent: QWidget,
    path: Path,
    work: Callable[[Progress], int],
    told: Callable[[int, str], str] = _told,
) -> None:
    def done(count: int) -> None:
        ctx.notify(told(count, path.name), tr("Open"), lambda: show_file(path), "done")

    ctx.tasks.write(tr("Writing {file}…", file=path.name), work, done, owner=parent)


def ask_path(ctx: Context, parent: QWidget, title: str) -> Path | None:
    """Where a workbook shall go; the folder is remembered. None when the owner thought better of it."""
    return ask_where(
        parent, tr("Save as a workbook"), title, [FileKind(tr("Excel workbook"), "xlsx")], ctx.settings
    )


def file_name(title: str, day: date | None = None) -> str:
    """A file name from a title and a day, as every system allows it: "客户 2026-11-22.xlsx"."""
    return f"{file_stem(title, day or date.today())}.xlsx"
