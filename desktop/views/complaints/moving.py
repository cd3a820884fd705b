"""Where a card of the board can be put: on by a move of the process, back by reopening, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from desktop.core import words
from desktop.core.complaint_process import ENDED, MOVES
from desktop.core.translation import tr

Way = Literal["stay", "advance", "reopen", "refused"]


def way_to(status: str, column: str, holds: Sequence[str]) -> Way:
    """How a complaint of a status comes to a column, which gives the status `column` and holds others too."""
    if status in holds:
        return "stay"
    if status in ENDED:
        return "reopen" if column == "investigating" else "refused"
    return "advance" if column in MOVES[status] else "refused"


def refusal(status: str, column: str) -> str:
    """Why it cannot, in a sentence."""
    if status in ENDED:
        return tr("What has ended is reopened: carry it to “Investigating”.")
    return tr(
        "A complaint that is “{now}” cannot become “{then}”.",
        now=words.name(words.COMPLAINT_STATUSES, status),
        then=words.name(words.COMPLAINT_STATUSES, column),
    )
