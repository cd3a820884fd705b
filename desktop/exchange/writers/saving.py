"""Writing a file whole or not at all: beside its place, then in it; what goes wrong becomes a sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.translation import tr

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
# Windows' own numbers: the disk is full; another program has the file open.
_FULL_ON_WINDOWS = {39, 112}
_OPEN_ON_WINDOWS = {32, 33}
_MOST_BYTES = 200
"""Of a name, so that what is put round it has room in the 255 that systems take."""


@contextmanager
def written_beside(path: str | Path) -> Iterator[Path]:
    """Gives a path to write to; moves it into place when the block ended well, else takes it away.

    Raises UserError for a full disk, a folder one may not write to, and a file another program has open.
    """
    path = Path(path).absolute()
    short = path.name.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore")
    beside = path.with_name(f".{short}.{os.getpid()}.part")
    try:
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as fault:
        raise explain(fault, path) from fault
    finally:
        # On Windows a file that is still open cannot be taken away; the fault that left it so is what counts.
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def explain(fault: OSError, path: Path) -> UserError:
    """The sentence for a file that could not be written."""
    windows = getattr(fault, "winerror", None)
    if fault.errno in _FULL or windows in _FULL_ON_WINDOWS:
        return UserError(
            tr("The disk is full, so “{name}” was not written.", name=path.name),
            tr("Free some space, or save it on another disk."),
        )
    if windows in _OPEN_ON_WINDOWS or (isinstance(fault, PermissionError) and path.is_file()):
        return UserError(
            tr("“{name}” is open in another program or may not be changed.", name=path.name),
            tr("Close it there, or save under another name."),
        )
    if not path.parent.is_dir():
        return UserError(
            tr("There is no folder “{folder}”.", folder=str(path.parent)), tr("Choose another folder.")
        )
    return UserError(
        tr("“{name}” could not be written in “{folder}”.", name=path.name, folder=str(path.parent)),
        tr("Choose a folder you may write to."),
    )
