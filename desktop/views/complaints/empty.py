"""What stands where no complaint is: nothing in this filter, or none at all yet."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.translation import tr
from desktop.views.kit.cards import EmptyState


def nothing_here(
    every: int, new_complaint: Callable[[], object], show_all: Callable[[], object] | None
) -> EmptyState:
    """The empty state of a filter, or with `every` 0 complaints in all that of the book.

    `show_all` leaves out what narrows; None where nothing does.
    """
    if every and show_all is not None:
        return EmptyState(
            "search",
            tr("No complaint here"),
            tr("None fits what is chosen above."),
            tr("Show all that are open"),
            show_all,
        )
    if every:
        return EmptyState(
            "circle-check",
            tr("Nothing is open"),
            tr("Every complaint has been settled, and none lately."),
        )
    return EmptyState(
        "message-square-warning",
        tr("No complaints yet"),
        tr("Record the first one while the customer is still on the phone: a few words are enough."),
        tr("New complaint"),
        new_complaint,
        action_icon="plus",
    )
