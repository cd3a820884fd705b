"""What SQLite says when it can't go on, as a sentence that tells the owner what to do."""

import shutil
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.translation import tr

_LITTLE = 1 << 16


class BookError(UserError):
    """The book can't be opened, read or written; the file itself is left as it is."""


class PassphraseNeeded(BookError):
    """The book is encrypted (or no book at all) and opens only with its passphrase."""


class BookInUse(BookError):
    """Another window or command has the book open."""


class NewerBook(BookError):
    """The book was written by a later version of the program."""


def explain(fault: Exception, path: Path, *, keyed: bool = False) -> BookError | None:
    """The sentence for a database fault, or None when the fault is a bug of ours and not the disk's."""
    said = _said(fault)
    name = path.name
    if "disk is full" in said or ("disk i/o error" in said and _is_full(path)):
        return BookError(
            tr(
                "The disk is full, so “{name}” could not be saved. Nothing in the book was changed.",
                name=name,
            ),
            tr("Free some space on the disk and try again."),
        )
    if "readonly" in said or "read-only" in said:
        return BookError(
            tr("“{name}” can't be written: the file or its folder is read-only.", name=name),
            tr("Move the book to a folder you may write to, or change the folder's permissions."),
        )
    if "malformed" in said or "corrupt" in said:
        return damaged(path)
    if "not a database" in said or "hmac check failed" in said:
        return wrong_passphrase(path) if keyed else not_a_book(path)
    if "unable to open" in said:
        return BookError(
            tr("“{name}” can't be opened.", name=name),
            tr("Check that the file is there and that you may read and write in its folder."),
        )
    if "disk i/o error" in said:
        return BookError(
            tr("The disk did not answer while “{name}” was in use.", name=name),
            tr("Check the disk or the network drive it is on; the book itself was left as it was."),
        )
    if "locked" in said or "busy" in said:
        return BookInUse(tr("Another program is using “{name}”.", name=name), tr("Close it and try again."))
    return None


def _said(fault: BaseException | None) -> str:
    """The fault's words and those of the faults it arose from: where a commit fails, so does its rollback."""
    words = []
    while fault is not None:
        words.append(str(fault).lower())
        fault = fault.__context__
    return " / ".join(words)


def _is_full(path: Path) -> bool:
    """Whether the book's disk has no room; a file that can't grow is told as a fault of the disk."""
    try:
        return shutil.disk_usage(path.parent).free < _LITTLE
    except OSError:
        return False


def damaged(path: Path) -> BookError:
    """Some of the book's pages can't be read."""
    return BookError(
        tr("“{name}” is damaged: part of it can't be read.", name=path.name),
        tr("The file is left as it is. Open a backup, or send this file to somebody who can recover it."),
    )


def not_a_book(path: Path) -> BookError:
    """The file is something else."""
    return BookError(
        tr("“{name}” is not a Shuke book.", name=path.name),
        tr("Choose another file. This one was not changed."),
    )


def wrong_passphrase(path: Path) -> PassphraseNeeded:
    """The passphrase given is not the book's."""
    return PassphraseNeeded(
        tr("This passphrase does not open “{name}”.", name=path.name),
        tr("Check capital letters and the keyboard layout, then try again."),
    )
