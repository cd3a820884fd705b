"""The rows of a subject as columns of one length: half a million visits are not an object each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Entries:
    """Rows of a list of service records, complaints, ratings…, read and coded, ready to be written."""

    row: list[int] = field(default_factory=list)
    """Each entry's row in the file."""
    person: list[int] = field(default_factory=list)
    """A place in `Records.people`, or -1 for nobody."""
    values: dict[str, list[Any]] = field(default_factory=dict)
    """Column of the subject's table → a value for each entry; None: the file says nothing of it."""
    order_number: list[str] = field(default_factory=list)
    order_channel: list[str] = field(default_factory=list)
    product: list[int] = field(default_factory=list)
    """A place in `Records.products`, or -1 for none."""
    complaint_number: list[str] = field(default_factory=list)
    """The complaint that an entry is about."""
    staff: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.row)

    def said(self, at: int) -> dict[str, Any]:
        """What the file says of one entry, by column."""
        return {name: values[at] for name, values in self.values.items() if values[at] is not None}
