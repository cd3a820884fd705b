"""Where files go that are taken out, and what they are called there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop.views.kit.context import Context

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 80


def export_folder(ctx: Context) -> Path:
    """The folder that something was last put into, else that of the documents."""
    kept = str(ctx.settings.get("ui.folder.export"))
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(kept) if kept and Path(kept).is_dir() else Path(QStandardPaths.writableLocation(place))


def keep_folder(ctx: Context, folder: Path) -> None:
    """Begin there the next time."""
    ctx.settings.set("ui.folder.export", str(folder))


def file_stem(title: str, day: date | None = date.min) -> str:
    """A file's name without its ending, as every system allows it: "客户 2026-11-22"; no day with None."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(". ")[:_LONGEST] or "Shuke"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    if day is None:
        return plain
    return f"{plain} {(date.today() if day == date.min else day).isoformat()}"


def free_stem(folder: Path, stem: str, suffix: str) -> str:
    """The stem, with a number where the folder has such a file already."""
    found, number = stem, 1
    while (folder / f"{found}{suffix}").exists():
        number += 1
        found = f"{stem} ({number})"
    return found
