"""The numbered steps from an empty file to today's schema; each is frozen once released."""

from types import ModuleType

from desktop.models.migrations import m0001_first, m0002_recognition

MIGRATIONS: tuple[ModuleType, ...] = (m0001_first, m0002_recognition)
LATEST: int = len(MIGRATIONS)
JOURNALLED: tuple[str, ...] = (*m0001_first.JOURNALLED, *m0002_recognition.JOURNALLED)
"""Every table whose changes the book remembers."""
