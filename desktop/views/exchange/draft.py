"""An import in the making: the file as read, and where its columns go."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.dates import AmbiguousDate, DateError, parse_when
from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.exchange.matching.mapping import Mapping, match_columns
from desktop.exchange.plan import ImportPlan, Mode
from desktop.exchange.reading.files import read_file
from desktop.exchange.reading.table import Table
from desktop.views.exchange.accepted import Accepted

_LOOKED_AT = 200
# A cover sheet has one or two cells that look like something.
_ENOUGH, _SHEETS_TRIED = 3, 8


@dataclass
class Draft:
    """What the importer works on; survives a change of language."""

    path: Path
    table: Table
    mapping: Mapping
    mode: Mode | None = None
    """What the owner chose to do with what the book knows; None: what is usual."""
    accepted: Accepted = field(default_factory=Accepted)
    """The differences for which the owner takes the file's word."""
    touched: bool = False
    """Whether the owner sent a column elsewhere: then it can be remembered."""

    @property
    def mode_now(self) -> Mode:
        """What will be done with what the book knows."""
        return self.mode or Mode.usual(self.mapping.target)

    @property
    def rows(self) -> int:
        """Rows below the header."""
        return max(0, self.table.height - self.mapping.header_row - 1)


def read_draft(path: Path, sheet: str | None, progress: Progress) -> Draft:
    """Reads a file and places its columns; unless a sheet is named, the first one that makes sense.

    Raises UserError and Cancelled.
    """
    table = read_file(path, sheet=sheet, progress=progress)
    best = Draft(path, table, match_columns(table))
    if sheet is None and best.mapping.placed < _ENOUGH:
        for name in table.sheets[:_SHEETS_TRIED]:
            if name == table.sheet:
                continue
            try:
                other = read_file(path, sheet=name, progress=progress)
            except UserError:
                # A cover or an empty sheet: the one that could be read stands.
                continue
            draft = Draft(path, other, match_columns(other))
            if draft.mapping.placed > best.mapping.placed:
                best = draft
    return best


def asks_for_order_of_day(plan: ImportPlan) -> bool:
    """Whether a problem is only that 03/04/2026 can mean two days."""
    return any(_means_two_days(problem.value) for problem in plan.problems[:_LOOKED_AT])


def _means_two_days(text: str) -> bool:
    try:
        parse_when(text)
    except AmbiguousDate:
        return True
    except DateError:
        return False
    return False
