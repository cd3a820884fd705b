"""Takes a list away as a workbook: asks where to, writes it in the background, offers to open it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.views.kit.context import Context

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def export_list(
    ctx: Context,
    parent: QWidget,
    title: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Any],
    *,
    total: int = 0,
) -> None:
    """Writes a list where the owner says; `rows` is walked in the background, `total` is for the bar."""
    currency = str(ctx.settings.get("shop.currency"))

    def write(path: Path, progress: Progress) -> int:
        from desktop.exchange.writers.workbook import write_table

        return write_table(path, title, columns, rows, currency=currency, total=total, progress=progress)

    save_workbook(ctx, parent, title, write)


def save_workbook(ctx: Context, parent: QWidget, title: str, write: Callable[[Path, Progress], int]) -> None:
    """Asks for a file named after `title` and the day, and lets `write` fill it and count its rows."""
    path = ask_path(ctx, parent, title)
    if path is None:
        return

    def done(count: int) -> None:
        text = ntr("{n} row saved in “{file}”.", "{n} rows saved in “{file}”.", count, file=path.name)
        ctx.notify(text, tr("Open"), lambda: show_file(path), "done")

    ctx.tasks.write(
        tr("Writing {file}…", file=path.name), lambda progress: write(path, progress), done, owner=parent
    )


def ask_path(ctx: Context, parent: QWidget, title: str) -> Path | None:
    """Where a workbook shall go; the folder is remembered. None when the owner thought better of it."""
    kept = str(ctx.settings.get("ui.folder.export"))
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(kept) if kept and Path(kept).is_dir() else Path(QStandardPaths.writableLocation(place))
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        tr("Save as a workbook"),
        str(folder / file_name(title)),
        tr("{kind} ({patterns})", kind=tr("Excel workbook"), patterns="*.xlsx"),
    )
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() != ".xlsx":
        path = path.with_name(f"{path.name}.xlsx")
    ctx.settings.set("ui.folder.export", str(path.parent))
    return path


def file_name(title: str, day: date | None = None) -> str:
    """A file name from a title and a day, as every system allows it: "客户 2026-11-22.xlsx"."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(". ")[:80] or "Shuke"
    return f"{plain} {(day or date.today()).isoformat()}.xlsx"


def show_file(path: Path) -> None:
    """Opens a file with the program the system has for it, or its folder where there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
