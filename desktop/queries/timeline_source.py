"""What a source of the timeline is: one table whose rows are entries at one of their moments."""

from __future__ import annotations

from dataclasses import dataclass

SAID = "LIKE :like ESCAPE '\\'"
"""How a text is looked for in a column."""


@dataclass(frozen=True)
class Source:
    """One table of the stream.

    `tables` and `base` say which rows are entries; `at`, `key`, `customer`, `channel` and `staff` are the
    columns that filters, pages and the journal name ("''" or NULL where there is none), of the journalled
    table `table`. `words` are conditions that find a text in the entry. `stage` is the stage of every entry
    ("none" without one), or "" where the column `stage_column` decides. `entry` gives, by id: at, customer,
    channel, staff, code, title, text, number, amount, minutes, order id, complaint id, pinned, expected,
    perceived, stage, case id, gave.

    `order` is the time order as an index has it and `day` the column with the ordinal day, where the moments
    have no index of their own.
    """

    kind: str
    table: str
    at: str
    entry: str
    words: tuple[str, ...]
    stage: str = "none"
    tables: str = ""
    base: str = "true"
    key: str = "id"
    customer: str = "customer_id"
    channel: str = "''"
    staff: str = "staff_id"
    stage_column: str = "stage"
    order: str = ""
    day: str = ""

    @property
    def rows(self) -> str:
        """The rows that are entries, to which conditions are added."""
        return f"FROM {self.tables or self.table} WHERE {self.base}"

    @property
    def column(self) -> str:
        """The name of the moment's column within `table`."""
        return self.at.rpartition(".")[2]
