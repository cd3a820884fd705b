"""What the groups are called that complaints are parted into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core import words
from desktop.core.complaint_subjects import shown
from desktop.core.translation import mark, tr
from desktop.views.complaints.words import SHORT_SUBJECTS

if TYPE_CHECKING:
    from desktop.queries.complaint_figures_tables import Group

_NOTHING = {
    "product": mark("No product noted"),
    "clerk": mark("Nobody has it"),
    "detail": mark("No detail noted"),
    "channel": mark("No channel noted"),
}


def group_name(by: str, group: Group) -> str:
    """The name of a subject, detail, product, channel or clerk, in the user's language."""
    if by == "subject":
        return words.name(SHORT_SUBJECTS, group.name)
    if not group.name:
        nothing = group.key in (0, "") or by == "detail"
        return tr(_NOTHING[by]) if nothing else tr("Unnamed")
    if by == "channel":
        return words.name(words.CHANNELS, group.name)
    if by == "detail":
        return shown(str(group.within.subject), group.name)
    return group.name
