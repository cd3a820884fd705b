"""The story in the pane: its newest entries, the other way round at a click, the rest on demand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.core.translation import ntr, tr
from desktop.views.complaints.section import Section
from desktop.views.complaints.shown import Shown, left
from desktop.views.complaints.timeline import MOST, Entry, entries, entry_line
from desktop.views.kit.buttons import LinkButton


def story(shown: Shown, turn: Callable[[], object]) -> Section:
    """What happened, by whom and when; `turn` reads it the other way round."""
    oldest = shown.habits.oldest_first
    found = entries(shown.detail, shown.around, oldest_first=oldest)
    lines: list[QWidget] = [entry_line(one, shown.now) for one in found[:MOST]]
    section = shown.section("story", tr("Timeline"), lines, count=str(len(found)))
    section.add_button(
        "arrow-down" if oldest else "arrow-up", tr("Newest first") if oldest else tr("Oldest first"), turn
    )
    section.add_button("pencil", tr("Note…"), shown.actions.note)
    if rest := found[MOST:]:
        _offer_rest(shown, section, rest)
    return section


def _offer_rest(shown: Shown, section: Section, rest: list[Entry]) -> None:
    more = LinkButton(ntr("Show {n} more", "Show {n} more", len(rest)))
    holder = left(more)

    def unfold() -> None:
        holder.hide()
        for entry in rest:
            section.column.addWidget(entry_line(entry, shown.now))

    more.clicked.connect(unfold)
    section.column.addWidget(holder)
