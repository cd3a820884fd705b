"""One program at a time in one book: a lock the operating system lets go of when its holder dies."""

from pathlib import Path

from filelock import FileLock, Timeout

from desktop.core.translation import tr
from desktop.models.faults import BookError, BookInUse


def hold(path: Path) -> FileLock:
    """Takes the lock beside the book.

    Raises BookInUse when another program holds it and BookError when the folder can't be written.
    """
    lock = FileLock(f"{path}.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise BookInUse(
            tr("“{name}” is already open in another window.", name=path.name),
            tr("Go on in that window, or close it first."),
        ) from None
    except OSError as fault:
        raise BookError(
            tr("“{name}” can't be written: the file or its folder is read-only.", name=path.name),
            tr("Move the book to a folder you may write to, or change the folder's permissions."),
        ) from fault
    return lock
