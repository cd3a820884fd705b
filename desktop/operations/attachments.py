"""Files kept with records: added, renamed, deleted; the same file twice on one record is kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.media_types import media_type
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, ntr, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.shop import Attachment
from desktop.queries.attachments import SUBJECTS, known_name

MEGABYTE = 1024 * 1024
_BLOCK = MEGABYTE


class NewFile(NamedTuple):
    """A file to keep: one on the disk, or `data` from the clipboard under a name."""

    name: str
    path: Path | None = None
    data: bytes = b""


class Added(NamedTuple):
    """What came of adding files: the step, and the names of those that the record had already."""

    changes: Changes
    added: int
    known: tuple[str, ...]


def size_limit(book: Book) -> int:
    """The bytes that a single file may have."""
    return int(book.setting("files.most_megabytes")) * MEGABYTE


def add_attachments(
    book: Book,
    *,
    subject: str,
    subject_id: int,
    files: Sequence[NewFile],
    at: datetime,
    progress: Progress = SILENT,
) -> Added:
    """Keep files with a record (`subject` is its table), in one step; those it has already are left out.

    Raises UserError, with nothing kept, when one is too large, empty or can't be read, or the record is gone;
    and Cancelled.
    """
    if subject not in SUBJECTS:
        raise KeyError(subject)
    if not book.value(f"SELECT EXISTS (SELECT 1 FROM {subject} WHERE id = ?)", (subject_id,)):
        raise UserError(
            tr("The record that the file belongs to is no longer in the book."),
            tr("It was deleted meanwhile; undo brings it back."),
        )
    # Read before the book is locked: a slow stick must not keep others waiting.
    read = [(_plain(file.name), _content(book, file, progress)) for file in files]
    fresh: list[tuple[str, bytes, str]] = []
    known: list[str] = []
    for name, data in read:
        sha256 = hashlib.sha256(data).hexdigest()
        same = known_name(book, subject=subject, subject_id=subject_id, sha256=sha256)
        if same is not None or any(sha256 == one[2] for one in fresh):
            known.append(name)
        else:
            fresh.append((name, data, sha256))
    if not fresh:
        return Added(Changes(), 0, tuple(known))
    label, args = (
        (mark("Add the file “{file}”"), {"file": fresh[0][0]})
        if len(fresh) == 1
        else (mark("Add {count} files"), {"count": str(len(fresh))})
    )
    with book.step(label, **args) as step:
        for number, (name, data, sha256) in enumerate(fresh):
            progress.report(number, len(fresh), tr("Keeping “{file}”…", file=name))
            step.insert(
                Attachment,
                subject=subject,
                subject_id=subject_id,
                name=name,
                media_type=media_type(data, name),
                added_at=iso(at),
                sha256=sha256,
                data=data,
            )
        progress.check()
    return Added(step.changes, len(fresh), tuple(known))


def _plain(name: str) -> str:
    """A name on one line; some systems let a file be called anything."""
    return " ".join(name.split()) or "?"


def _content(book: Book, file: NewFile, progress: Progress) -> bytes:
    most = size_limit(book)
    if file.path is None:
        data = file.data
    else:
        try:
            _refuse_large(file.name, file.path.stat().st_size, most)
            parts = []
            with file.path.open("rb") as source:
                while part := source.read(_BLOCK):
                    progress.check()
                    parts.append(part)
            data = b"".join(parts)
        except OSError as fault:
            raise UserError(
                tr("“{file}” can't be read.", file=file.name),
                tr("It may be open elsewhere, or on a drive that was taken out."),
            ) from fault
    _refuse_large(file.name, len(data), most)
    if not data:
        raise UserError(tr("“{file}” is empty.", file=file.name), tr("There is nothing in it to keep."))
    return data


def _refuse_large(name: str, size: int, most: int) -> None:
    if size > most:
        raise UserError(
            tr(
                "“{file}” has {size} MB; a file in the book may have {most} MB.",
                file=name,
                size=f"{size / MEGABYTE:,.1f}",
                most=most // MEGABYTE,
            ),
            tr("Make it smaller, or note where it is instead. The limit stands in the settings."),
        )


def rename_attachment(book: Book, *, attachment_id: int, name: str) -> Changes:
    """Call a file something else. Raises UserError for no name, or when the file is gone."""
    name = " ".join(name.split())
    if not name:
        raise UserError(tr("The file needs a name."))
    old = book.value("SELECT name FROM attachment WHERE id = ?", (attachment_id,))
    if old is None:
        raise _gone()
    with book.step(mark("Rename the file “{file}”"), file=str(old)) as step:
        step.update(Attachment, attachment_id, name=name)
    return step.changes


def delete_attachments(book: Book, *, attachment_ids: Sequence[int]) -> Changes:
    """Take files out of the book; undo brings them back. Raises UserError when none of them is there."""
    names = [
        str(name)
        for one in attachment_ids
        if (name := book.value("SELECT name FROM attachment WHERE id = ?", (one,))) is not None
    ]
    if not names:
        raise _gone()
    label, args = (
        (mark("Delete the file “{file}”"), {"file": names[0]})
        if len(names) == 1
        else (mark("Delete {count} files"), {"count": str(len(names))})
    )
    with book.step(label, **args) as step:
        step.delete(Attachment, attachment_ids)
    return step.changes


def already_there(known: Sequence[str]) -> str:
    """The sentence for files that a record had already."""
    if len(known) == 1:
        return tr("“{file}” is here already and was not kept twice.", file=known[0])
    return ntr(
        "{n} file is here already and was not kept twice.",
        "{n} files are here already and were not kept twice.",
        len(known),
    )


def _gone() -> UserError:
    return UserError(
        tr("This file is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
    )
