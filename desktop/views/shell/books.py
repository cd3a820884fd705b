"""Choosing another book: one that is there, or a new one in a place of the owner's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.core.paths import default_book
from desktop.core.translation import tr

SUFFIX = ".shuke"


def choose_book(parent: QWidget | None) -> Path | None:
    """Lets a book be chosen; None when nobody wanted one."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getOpenFileName(parent, tr("Open another book"), _folder(), _kinds())
    return Path(chosen) if chosen else None


def choose_new_book(parent: QWidget | None) -> Path | None:
    """Lets a place for a new book be chosen; a book that stands there is opened, never overwritten."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getSaveFileName(
        parent, tr("Make a new book"), _folder(), _kinds(), options=QFileDialog.Option.DontConfirmOverwrite
    )
    if not chosen:
        return None
    return Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(SUFFIX)


def _folder() -> str:
    return str(default_book().parent)


def _kinds() -> str:
    return tr("Shuke books") + f" (*{SUFFIX})"
