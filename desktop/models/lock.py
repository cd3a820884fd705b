"""One program at a time in one book: a lock the operating system lets go of when its holder dies."""

import errno
import os
import sys
from pathlib import Path

from desktop.core.translation import tr
from desktop.models.faults import BookError, BookInUse

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _let_go(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


# What the systems say when somebody else holds it.
_TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


class Lock:
    """The lock while it is held. The file stays: two programs that each made their own would not meet."""

    def __init__(self, path: Path) -> None:
        """Raises BlockingIOError when another program holds it, and any other OSError of the folder's."""
        self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _take(self._file)
        except OSError as fault:
            os.close(self._file)
            if fault.errno in _TAKEN:
                raise BlockingIOError(fault.errno, fault.strerror, str(path)) from None
            raise

    def release(self) -> None:
        """Lets go of it; once more does nothing."""
        if self._file is not None:
            file, self._file = self._file, None
            try:
                _let_go(file)
            finally:
                os.close(file)


def hold(path: Path) -> Lock:
    """Takes the lock beside the book.

    Raises BookInUse when another program holds it and BookError when the folder can't be written.
    """
    try:
        return Lock(path.with_name(f"{path.name}.lock"))
    except BlockingIOError:
        raise BookInUse(
            tr("“{name}” is already open in another window.", name=path.name),
            tr("Go on in that window, or close it first."),
        ) from None
    except OSError as fault:
        raise BookError(
            tr("“{name}” can't be written: the file or its folder is read-only.", name=path.name),
            tr("Move the book to a folder you may write to, or change the folder's permissions."),
        ) from fault
