"""Asks where a file shall go: named after a title and the day, of the kinds it may be, in the last folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.translation import tr
from desktop.views.kit.context import SettingsStore

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
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

    The folder is remembered where there are settings.
    """
    kept = str(settings.get(_FOLDER)) if settings else ""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(kept) if kept and Path(kept).is_dir() else Path(documents)
    filters = {tr("{kind} ({patterns})", kind=k.name, patterns=f"*.{k.ending}"): k.ending for k in kinds}
    proposed = folder / f"{file_stem(title)}.{kinds[0].ending}"
    chosen, taken = QFileDialog.getSaveFileName(parent, caption, str(proposed), ";;".join(filters))
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower().removeprefix(".") not in filters.values():
        path = path.with_name(f"{path.name}.{filters.get(taken, kinds[0].ending)}")
    if settings:
        settings.set(_FOLDER, str(path.parent))
    return path


def file_stem(title: str, day: date | None = None) -> str:
    """A file's name from a title and a day, as every system allows it: "客户 2026-11-22"."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(". ")[:80] or "Shuke"
    return f"{plain} {(day or date.today()).isoformat()}"
