"""Where files go that are taken out: what they are called, the folder of last time, and opening them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.translation import tr
from desktop.views.kit.context import SettingsStore

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|$)", re.IGNORECASE)
_LONGEST, _MOST_BYTES = 80, 200
"""Linux counts a name's bytes, of which a Chinese character has three, and takes 255."""
_FOLDER = "ui.folder.export"


class FileKind(NamedTuple):
    """A kind of file: what people call it, and its ending without the dot."""

    name: str
    ending: str


def ask_where(
    parent: QWidget,
    caption: str,
    title: str,
    kinds: Sequence[FileKind],
    settings: SettingsStore | None = None,
) -> Path | None:
    """The file chosen, with an ending of one of the kinds; None when the owner thought better of it.

    It is proposed to be named after `title` and the day; the folder is remembered where there are settings.
    """
    filters = {tr("{kind} ({patterns})", kind=k.name, patterns=f"*.{k.ending}"): k.ending for k in kinds}
    proposed = export_folder(settings) / f"{file_stem(title)}.{kinds[0].ending}"
    chosen, taken = QFileDialog.getSaveFileName(parent, caption, str(proposed), ";;".join(filters))
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower().removeprefix(".") not in filters.values():
        ending = f".{filters.get(taken, kinds[0].ending)}"
        # The system asked about a file of the name as typed, and not about one that has the ending, too.
        path = path.with_name(f"{free_stem(path.parent, path.name, ending)}{ending}")
    if settings:
        keep_folder(settings, path.parent)
    return path


def export_folder(settings: SettingsStore | None = None) -> Path:
    """The folder that something was last put into, else that of the documents."""
    kept = str(settings.get(_FOLDER)) if settings else ""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(kept) if kept and Path(kept).is_dir() else Path(QStandardPaths.writableLocation(place))


def keep_folder(settings: SettingsStore, folder: Path) -> None:
    """Begin there the next time."""
    settings.set(_FOLDER, str(folder))


def file_stem(title: str, day: date | None = date.min) -> str:
    """A file's name without its ending, as every system allows it: "客户 2026-11-22"; no day with None."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(". ")[:_LONGEST]
    plain = plain.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore").rstrip(". ") or "Shuke"
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


def show_file(path: Path) -> None:
    """Open a file with the program the system has for it, or its folder where there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
