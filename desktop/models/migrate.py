"""Bringing an older book up to date: a copy beside it first, then each migration, then the checks."""

from pathlib import Path

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.models import faults
from desktop.models.engine import APPLICATION_ID, BookDatabase
from desktop.models.migrations import LATEST, MIGRATIONS

# SQLite's file header, whose last numbers but three are ours: the version at 60.
_HEADER = 64


def version(db: BookDatabase) -> int:
    """The number of the newest migration the file has had; 0 for an empty file."""
    (number,) = db.execute_sql("PRAGMA user_version").fetchone()
    return int(number)


def is_behind(path: Path) -> bool:
    """Whether a file is a book, not encrypted, that opening would first bring up to date."""
    with path.open("rb") as file:
        head = file.read(_HEADER)
    return head.startswith(b"SQLite format 3\x00") and 0 < int.from_bytes(head[60:64]) < LATEST


def migrate(db: BookDatabase, path: Path, progress: Progress = SILENT) -> None:
    """Runs the migrations the book has not had, all or none. Raises Cancelled when `progress` was stopped.

    Raises NewerBook when the book is ahead of this program, and BookError when a check fails afterwards.
    """
    before = version(db)
    if before > LATEST:
        raise faults.NewerBook(
            tr("“{name}” was last used with a newer version of Shuke.", name=path.name),
            tr("Update Shuke on this computer to open it. The book was not changed."),
        )
    if before == LATEST:
        return
    if before:
        progress.report(0, 0, tr("Keeping a copy of the book as it was…"))
        _keep_copy(db, path, before)
        progress.report(0, 0, tr("Making room for what is new…"))
    with db.atomic("IMMEDIATE"):
        for migration in MIGRATIONS[before:]:
            migration.up(db)
        if before and db.execute_sql("PRAGMA foreign_key_check").fetchone():
            raise faults.damaged(path)
        if before and db.execute_sql("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise faults.damaged(path)
        db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute_sql(f"PRAGMA user_version = {LATEST}")


def _keep_copy(db: BookDatabase, path: Path, number: int) -> None:
    """A full copy beside the book; written under another name first, since a full disk leaves half of one."""
    copy = path.with_name(f"{path.stem}.schema{number}{path.suffix}")
    if copy.exists():
        return
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    db.execute_sql("VACUUM INTO ?", (str(part),))
    part.replace(copy)
