"""What an import of entries would do to the book: which are new, which it has, and what they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.exchange.checking.records import Problem


@dataclass(slots=True)
class EntryComparison:
    """What an import of entries would do to the book as it is now; lists are one value an entry."""

    new: list[int] = field(default_factory=list)
    """Places of the entries that will be written."""
    known: dict[int, int] = field(default_factory=dict)
    """Place → the row of the book that says so already (of order-details: the order)."""
    links: dict[str, list[int]] = field(default_factory=dict)
    """order_id, complaint_id, product_id → ids of the book; 0 for none."""
    customer: list[int] = field(default_factory=list)
    """Whose an entry is by the order or complaint it names; 0 where the file or nobody says."""
    answers: dict[int, int] = field(default_factory=dict)
    """Place → the asked rating that the row answers, by its card's code."""
    merged: set[int] = field(default_factory=set)
    """Places of complaints that went into another one of the book, and of cards: known, changed no more."""
    replaced: list[int] = field(default_factory=list)
    """Orders whose lines make way."""
    problems: list[Problem] = field(default_factory=list)
    """Rows that cannot come in for what the book lacks."""
    notes: list[str] = field(default_factory=list)
    """Sentences about the file as a whole."""
