"""Writes the answers of feedback cards into the ratings that were asked with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.core.days import from_iso
from desktop.exchange.comparing.entry_comparison import EntryComparison
from desktop.models.service import Rating
from desktop.operations.rated_things import About, ended

if TYPE_CHECKING:
    from desktop.operations.importing_entries import Writing

_SAID = ("expected", "perceived", "effort", "recommend", "reasons", "text", "channel")


def write_answers(writing: Writing, found: EntryComparison) -> None:
    """Completes what was asked; what the file leaves open stays as it was told before."""
    entries = writing.records.entries
    clerks = writing.staff_ids({entries.staff[at] for at in found.answers if entries.staff[at]})
    for at, row in found.answers.items():
        said = entries.said(at)
        rated = said.get("rated_at") or said.get("ended_at") or writing.at
        values: dict[str, Any] = {name: said[name] for name in _SAID if name in said}
        told, *asked = writing.book.row(
            "SELECT text, customer_id, order_id, case_id, complaint_id FROM rating WHERE id = ?", (row,)
        )
        if told and "text" in values:
            # What they expected, in their words, and then what they got.
            values["text"] = f"{told}\n{values['text']}"
        names = ("customer_id", "order_id", "case_id", "complaint_id")
        about = About(**dict(zip(names, asked, strict=True)))
        if clerk := clerks.get(entries.staff[at]):
            values["staff_id"] = clerk
        values |= {"rated_at": rated, "skipped_at": None}
        writing.step.update(Rating, row, **values, ended_at=ended(writing.book, about, from_iso(rated)))
    writing.tell(len(found.answers), "")
