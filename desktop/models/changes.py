"""What an operation tells the rest of the program: which tables changed, and the undo step that holds it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Changes(NamedTuple):
    """The outcome of one undo step.

    `label` is an untranslated sentence and `args` its named values, so that a menu can say it in any
    language. `step` is None when nothing changed. `created` maps a table to the id of the row last added.
    """

    tables: frozenset[str] = frozenset()
    step: int | None = None
    label: str = ""
    args: Mapping[str, Any] = _NOTHING
    created: Mapping[str, int] = _NOTHING

    def touches(self, *tables: str) -> bool:
        """Whether any of these tables changed."""
        return not self.tables.isdisjoint(tables)

    def __bool__(self) -> bool:
        return bool(self.tables)
