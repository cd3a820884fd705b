"""Read-only copies of files outside the book, for other programs to show; gone when Shuke ends."""

from __future__ import annotations

import atexit
import shutil
import stat
import tempfile
import time
from pathlib import Path

from desktop.core.media_types import fitting_name
from desktop.views.kit.file_asking import file_stem

_PREFIX = "shuke-copies-"
_STALE_AFTER = 24 * 3600
"""Seconds after which a folder is one that a program left behind when it was killed."""


class _Copies:
    """The one folder of this run, made when the first copy is."""

    def __init__(self) -> None:
        self.folder: Path | None = None

    def place(self) -> Path:
        if self.folder is None or not self.folder.is_dir():
            self._sweep()
            self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            atexit.register(self.remove)
        return self.folder

    def remove(self) -> None:
        if self.folder is not None:
            _remove(self.folder)
            self.folder = None

    def _sweep(self) -> None:
        for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            try:
                stale = time.time() - left.stat().st_mtime > _STALE_AFTER
            except OSError:
                continue
            if stale:
                _remove(left)


_COPIES = _Copies()


def plain_name(name: str, media: str = "") -> str:
    """A file name as every system allows it, with the ending of its content where that is known."""
    stem, dot, ending = name.rpartition(".")
    plain = f"{file_stem(stem, None)}{dot}{file_stem(ending, None)}" if stem else file_stem(name, None)
    return fitting_name(plain, media)


def copy_of(attachment_id: int, name: str, media: str, data: bytes) -> Path:
    """The path of a read-only copy; the same file has the same copy, as long as Shuke runs."""
    folder = _COPIES.place() / str(attachment_id)
    path = folder / plain_name(name, media)
    if path.is_file() and path.stat().st_size == len(data):
        return path
    folder.mkdir(exist_ok=True)
    path.write_bytes(data)
    path.chmod(stat.S_IREAD)
    return path


def remove_copies() -> None:
    """Take every copy of this run away; those another program holds open go at the next start."""
    _COPIES.remove()


def _remove(folder: Path) -> None:
    # Windows keeps what may only be read.
    for path in folder.rglob("*"):
        if path.is_file():
            try:
                path.chmod(stat.S_IREAD | stat.S_IWRITE)
            except OSError:
                continue
    shutil.rmtree(folder, ignore_errors=True)
