"""The numbered steps from an empty file to today's schema; each is frozen once released."""

from types import ModuleType

from desktop.models.migrations import m0001_first

MIGRATIONS: tuple[ModuleType, ...] = (m0001_first,)
LATEST: int = len(MIGRATIONS)
