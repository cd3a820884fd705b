"""The filters above a timeline: kinds of entry as chips with counts; stage, channel, clerk, words beside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.queries.timeline import TimelineFilter, clerks
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.icons import icon
from desktop.views.kit.search import SearchField
from desktop.views.timeline.note_dialog import choices

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "all": (mark("All"), ()),
    "notes": (mark("Service notes"), ("interaction",)),
    "orders": (mark("Orders"), ("order",)),
    "cases": (mark("Service cases"), ("case", "case-step")),
    "complaints": (mark("Complaints"), ("complaint", "step")),
    "ratings": (mark("Ratings"), ("rating",)),
    "shipments": (mark("Shipments"), ("shipment", "arrival")),
    "points": (mark("Points"), ("points",)),
    "steps": (mark("Steps done"), ("tick", "task")),
    "privacy": (mark("Consent and privacy"), ("consent", "privacy")),
    "visits": (mark("Visits"), ("visit",)),
    "leads": (mark("Leads"), ("lead",)),
    "imports": (mark("Imports"), ("import",)),
    "merges": (mark("Merges"), ("merge",)),
}
"""The chips: what each is called and which kinds of entry it holds."""
_SELDOM = ("shipments", "points", "steps", "privacy", "visits", "leads", "imports", "merges")
"""Chips that show only where there is something to show."""
_JOINED = ("steps", "privacy")
"""Chips that count all of their kinds; others count the first, to which the rest belongs."""


class Filters(QWidget):
    """A row of chips and boxes; `changed` when any of them says something else.

    `inline`: boxes and search come out below the chips at the `drawer_button`, and where there is little room
    the chips with them; else whoever makes this places the boxes. The button is for the owner to place.
    """

    changed = Signal()

    def __init__(self, book: Book, *, inline: bool, kind: str = "all", stage: str = "") -> None:
        super().__init__()
        self.kinds = ChipRow([ChipItem(key, tr(name)) for key, (name, _) in GROUPS.items()])
        self.kinds.choose(kind if kind in GROUPS else "all")
        self.kinds.chosen.connect(lambda _: self.changed.emit())
        self._stages = ["", *words.STAGES]
        self.stage = self._box(tr("Any stage"), [name for _, name in choices(words.STAGES)], tr("Stage"))
        if stage in self._stages:
            self.stage.setCurrentIndex(self._stages.index(stage))
        self._channels = ["", *words.CHANNELS]
        self.channel = self._box(
            tr("Any channel"), [name for _, name in choices(words.CHANNELS)], tr("Channel")
        )
        staff = [] if inline else clerks(book)
        self._clerks: list[int | None] = [None, *(row for row, _ in staff)]
        self.clerk = self._box(tr("Anybody"), [name for _, name in staff], tr("Clerk"))
        self.clerk.setVisible(bool(staff))
        self.search = SearchField(tr("Search the timeline…"), width=240 if inline else 260, pause_ms=200)
        self.search.searched.connect(lambda _: self.changed.emit())
        self._folded = False
        self.drawer_button = IconButton("funnel", tr("Filter by stage, channel and words"))
        self._drawer = QWidget(self)
        self._drawer.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.kinds)
        if inline:
            self._fill_drawer()
            layout.addWidget(self._drawer)
        else:
            self.drawer_button.setParent(self)
            self.drawer_button.hide()

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        if not self.search.isVisible():
            self.drawer_button.setChecked(True)
        self.search.setFocus()

    def _fill_drawer(self) -> None:
        inside = QHBoxLayout(self._drawer)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for box in self.boxes():
            inside.addWidget(box)
        inside.addWidget(self.search, 1)
        self.drawer_button.setCheckable(True)
        self.drawer_button.toggled.connect(self._draw)
        self.kinds.chosen.connect(lambda _: self._show_parts())

    def _draw(self, on: bool) -> None:
        """Bring the boxes and the search out; putting them away empties them."""
        self._show_parts()
        self.drawer_button.setIcon(icon("funnel", "accent" if on else "text"))
        if on:
            self.search.setFocus()
        elif self.any_set():
            kind = self.kinds.chosen_key()
            self.clear()
            self.kinds.choose(kind)
            self.changed.emit()
            self._show_parts()

    def fold(self, on: bool) -> None:
        """Keep the chips in the drawer too, for entries that have little room; one that filters stays."""
        if on != self._folded:
            self._folded = on
            self._show_parts()

    def _show_parts(self) -> None:
        out = self.drawer_button.isChecked()
        chips = out or not self._folded or self.kinds.chosen_key() != "all"
        self.kinds.setVisible(chips)
        self._drawer.setVisible(out)
        self.setVisible(chips or out)

    def boxes(self) -> tuple[QComboBox, ...]:
        """The boxes for stage, channel and, where there are clerks, clerk."""
        return (
            (self.stage, self.channel) if len(self._clerks) == 1 else (self.stage, self.channel, self.clerk)
        )

    def filter(self) -> TimelineFilter:
        """What is wanted now."""
        stage = self._stages[self.stage.currentIndex()]
        return TimelineFilter(
            stages=frozenset({stage} if stage else ()),
            kinds=frozenset(GROUPS[self.kinds.chosen_key() or "all"][1]),
            channel=self._channels[self.channel.currentIndex()],
            staff_id=self._clerks[self.clerk.currentIndex()],
            text=self.search.text(),
        )

    def any_set(self) -> bool:
        """Whether anything is left out."""
        return self.filter() != TimelineFilter()

    def clear(self) -> None:
        """Leave nothing out."""
        self.kinds.choose("all")
        for box in (self.stage, self.channel, self.clerk):
            box.setCurrentIndex(0)
        self.search.set_text("")
        self.changed.emit()
        if self._folded:
            self._show_parts()

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many entries each chip holds; the seldom ones are hidden while empty."""
        shown: dict[str, int | None] = {"all": sum(counts[kind] for kind in _every_kind())}
        for key, (_, kinds) in GROUPS.items():
            if kinds:
                # Steps of a complaint or a case are no complaints or cases; they are only shown with them.
                counted = kinds if key in _JOINED else kinds[:1]
                shown[key] = sum(counts[kind] for kind in counted)
        self.kinds.set_counts(shown)
        for key in _SELDOM:
            self.kinds.chip(key).setVisible(bool(shown[key]) or self.kinds.chosen_key() == key)

    def _box(self, nothing: str, names: list[str], spoken: str) -> QComboBox:
        # A child from the start: one that is never placed must not live on as a window of its own.
        box = QComboBox(self)
        box.addItems([nothing, *names])
        box.setAccessibleName(spoken)
        box.setMaxVisibleItems(18)
        box.currentIndexChanged.connect(lambda _: self.changed.emit())
        return box


def _every_kind() -> list[str]:
    return [kind for _, kinds in GROUPS.values() for kind in kinds]
