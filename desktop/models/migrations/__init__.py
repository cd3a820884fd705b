"""The numbered steps from an empty file to today's schema; each is frozen once released."""

from types import ModuleType

from desktop.models.migrations import (
    m0001_first,
    m0002_recognition,
    m0003_care,
    m0004_complaints,
    m0005_ratings,
)

MIGRATIONS: tuple[ModuleType, ...] = (
    m0001_first,
    m0002_recognition,
    m0003_care,
    m0004_complaints,
    m0005_ratings,
)
LATEST: int = len(MIGRATIONS)
JOURNALLED: tuple[str, ...] = (
    *m0001_first.JOURNALLED,
    *m0002_recognition.JOURNALLED,
    *m0003_care.JOURNALLED,
    *m0004_complaints.JOURNALLED,
    *m0005_ratings.JOURNALLED,
)
"""Every table whose changes the book remembers."""
