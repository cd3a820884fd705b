"""A folder with a document and the files it speaks of, whole or not at all, and their fingerprints."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.exchange.writers.csv_writing import write_csv
from desktop.exchange.writers.saving import explain


class FolderFile(NamedTuple):
    """A file for the folder: its name there, what it was called, what it belongs to, and since when."""

    name: str
    original: str
    about: str
    added_at: str
    read: Callable[[], bytes | None]


class _Written(NamedTuple):
    name: str
    original: str
    about: str
    added_at: str
    size: int
    sha256: str


def write_folder(
    folder: Path,
    document: str,
    write_document: Callable[[Path], object],
    files: Sequence[FolderFile],
    *,
    currency: str,
    progress: Progress = SILENT,
) -> int:
    """Makes a folder with a document (its name, and what writes it) and files; returns the count of files.

    Beside them stand an index as a table and, for whoever checks with a program, as SHA256SUMS. Raises
    UserError for a folder that is there already, a full disk and the like, and Cancelled: then nothing stays.
    """
    with _made_beside(folder) as beside:
        write_document(beside / document)
        rows = [_entry(beside / document, document, tr("The document itself"))]
        for place, file in enumerate(files):
            progress.report(place, len(files), tr("Writing {file}…", file=file.name))
            data = file.read()
            if data is None:
                raise UserError(
                    tr("The file “{name}” is no longer in the book.", name=file.original),
                    tr("Open the evidence pack again."),
                )
            (beside / file.name).write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            rows.append(_Written(file.name, file.original, file.about, file.added_at, len(data), digest))
        sums = "".join(f"{row.sha256}  {row.name}\n" for row in rows)
        (beside / "SHA256SUMS.txt").write_text(sums, encoding="utf-8", newline="\n")
        write_csv(beside / f"{tr('Index')}.csv", _columns(), iter(rows), currency=currency)
        progress.check()
    return len(files)


def _entry(path: Path, name: str, about: str) -> _Written:
    data = path.read_bytes()
    return _Written(name, name, about, "", len(data), hashlib.sha256(data).hexdigest())


def _columns() -> tuple[ExportColumn, ...]:
    return (
        ExportColumn("name", tr("File")),
        ExportColumn("original", tr("Original name")),
        ExportColumn("about", tr("Belongs to")),
        ExportColumn("added_at", tr("Kept since"), "when"),
        ExportColumn("size", tr("Bytes"), "number"),
        ExportColumn("sha256", tr("Fingerprint (SHA-256)"), "id"),
    )


@contextmanager
def _made_beside(folder: Path) -> Iterator[Path]:
    """Gives a new folder beside its place, and moves it there when the block ended well; else it goes."""
    folder = folder.absolute()
    if folder.exists():
        raise UserError(
            tr("“{name}” is already there.", name=folder.name), tr("Choose another name or folder.")
        )
    beside = folder.with_name(f".{folder.name[:60]}.{os.getpid()}.part")
    try:
        beside.mkdir()
        yield beside
        beside.rename(folder)
    except OSError as fault:
        raise explain(fault, folder) from fault
    finally:
        with suppress(OSError):
            if beside.exists():
                shutil.rmtree(beside)
