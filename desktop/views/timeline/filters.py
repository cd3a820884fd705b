"""The filters above a timeline: kinds as chips with counts; stage, words and the rarer ones beside."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.queries.timeline import TimelineFilter
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.icons import icon
from desktop.views.kit.search import SearchField
from desktop.views.timeline.choices import choices
from desktop.views.timeline.filter_panel import RARE, FilterPanel

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
"""Kinds that wait in the menu of the last chip; the one that is chosen stands in the row."""
_JOINED = ("steps", "privacy")
"""Chips that count all of their kinds; others count the first, to which the rest belongs."""
_MORE = "more"


class Filters(QWidget):
    """A row of chips, and the widgets beside it; `changed` when any of them says something else.

    `inline`: the others come out below the chips at the `drawer_button`, and where there is little room the
    chips with them; else whoever makes this places `beside()`. The button is for the owner to place.
    `chosen` is what `kept` gave: the filters to begin with.
    """

    changed = Signal()

    def __init__(self, book: Book, *, inline: bool, chosen: dict[str, Any] | None = None) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._in_drawer: list[Callable[[], QToolButton]] = []
        chips = [ChipItem(key, tr(name)) for key, (name, _) in GROUPS.items() if key not in _SELDOM]
        self.kinds = ChipRow([*chips, ChipItem(_MORE, tr("More kinds") + " ▾", checkable=False)])
        self.kinds.choose("all")
        self.kinds.chosen.connect(self._choose_kind)
        self._stages = ["", *words.STAGES]
        self._book = book
        self._rare: dict[str, Any] = {}
        self._width = 240 if inline else 260
        self._folded = False
        self.drawer_button = IconButton("funnel", tr("Filter by stage, channel and words"), parent=self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.kinds)
        if inline:
            self.drawer_button.setCheckable(True)
            self.drawer_button.toggled.connect(self._draw)
            self.kinds.chosen.connect(lambda _: self._show_parts())
        else:
            self.drawer_button.hide()
        self._set(chosen or {})

    # -- made when they are first wanted: a profile opens without them

    @cached_property
    def stage(self) -> QComboBox:
        """The box for the stage."""
        made = QComboBox(self)
        made.addItems([tr("Any stage"), *(name for _, name in choices(words.STAGES))])
        made.setAccessibleName(tr("Stage"))
        made.currentIndexChanged.connect(lambda _: self._tell())
        self._count_stages(made)
        return made

    @cached_property
    def more_button(self) -> SecondaryButton:
        """The button of the rarer filters."""
        return SecondaryButton(self._said(), "sliders-horizontal", self.open_panel, parent=self)

    @cached_property
    def search(self) -> SearchField:
        """The field for words."""
        made = SearchField(tr("Search the timeline…"), width=self._width, pause_ms=150, parent=self)
        made.searched.connect(lambda _: self._tell())
        return made

    @cached_property
    def _drawer(self) -> QWidget:
        """Stage, words and the rarer filters in a row below the chips."""
        made = QWidget(self)
        made.hide()
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for widget in self.beside():
            inside.addWidget(widget)
        inside.addWidget(self.search, 1)
        for add in self._in_drawer:
            inside.addWidget(add())
        self._layout.addWidget(made)
        return made

    def _has(self, part: str) -> bool:
        return part in vars(self)

    # -- what is wanted

    def filter(self) -> TimelineFilter:
        """What is wanted now."""
        stage = self._stage_code()
        return TimelineFilter(
            stages=frozenset({stage} if stage else ()),
            kinds=frozenset(GROUPS[self.kinds.chosen_key() or "all"][1]),
            text=self._text(),
            **self._rare,
        )

    def _stage_code(self) -> str:
        return self._stages[self.stage.currentIndex()] if self._has("stage") else ""

    def _text(self) -> str:
        return self.search.text() if self._has("search") else ""

    def kept(self) -> dict[str, Any]:
        """The filters as a screen's route keeps them; what filters nothing left out but kind and stage."""
        text = self._text()
        return {
            "kind": self.kinds.chosen_key() or "all",
            "stage": self._stage_code(),
            **({"text": text} if text else {}),
            **self._rare,
        }

    def any_set(self) -> bool:
        """Whether anything is left out."""
        return self.filter() != TimelineFilter()

    def clear(self) -> None:
        """Leave nothing out."""
        self._set({})
        self._tell()
        if self._folded:
            self._show_parts()

    def _set(self, chosen: dict[str, Any]) -> None:
        """Choose without telling."""
        kind, stage = chosen.get("kind", "all"), chosen.get("stage", "")
        self._choose(kind if kind in GROUPS else "all")
        if stage or self._has("stage"):
            blocked = self.stage.blockSignals(True)
            self.stage.setCurrentIndex(self._stages.index(stage) if stage in self._stages else 0)
            self.stage.blockSignals(blocked)
        if chosen.get("text") or self._has("search"):
            self.search.set_text(chosen.get("text", ""))
        self._rare = {name: chosen[name] for name in RARE if chosen.get(name)}
        self._dress()

    def _tell(self) -> None:
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        """The button says how many filters its sheet has; only the chosen one of the seldom chips shows."""
        if self._has("more_button"):
            self.more_button.setText(self._said())
        chosen = self.kinds.chosen_key()
        for key in _SELDOM:
            if self.kinds.has(key):
                self.kinds.chip(key).setVisible(key == chosen)
        self.kinds.chip(_MORE).setVisible(any(self._of(key) for key in _SELDOM if key != chosen))
        self.kinds.set_counts({key: self._number(key) for key in GROUPS})

    def _number(self, key: str) -> int | None:
        """What a chip says it holds; nothing where other filters narrow it, for then it would be wrong."""
        if not self._counts or self._rare or self._stage_code() or self._text():
            return None
        if key == "all":
            return sum(self._counts[kind] for _, kinds in GROUPS.values() for kind in kinds)
        return self._of(key)

    def _said(self) -> str:
        count, said = len(self._rare), tr("Filter")
        return tr("{filter} · {n}", filter=said, n=count) if count else said

    # -- kinds

    def _choose(self, key: str) -> None:
        """Choose a chip; a seldom one comes into the row for it."""
        if key in _SELDOM and not self.kinds.has(key):
            self.kinds.insert(ChipItem(key, tr(GROUPS[key][0]), self._number(key)), _MORE)
        self.kinds.choose(key)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many entries each chip holds."""
        self._counts = counts
        if self._has("stage"):
            self._count_stages(self.stage)
        self._dress()

    def _count_stages(self, box: QComboBox) -> None:
        for place, stage in enumerate(self._stages):
            if stage in self._counts:
                count = f"{self._counts[stage]:,}"
                box.setItemText(
                    place, tr("{kind} {count}", kind=words.name(words.STAGES, stage), count=count)
                )

    def _of(self, key: str) -> int:
        """How many a chip holds; steps of a complaint or a case are shown with them, but are none."""
        kinds = GROUPS[key][1]
        return sum(self._counts.get(kind, 0) for kind in (kinds if key in _JOINED else kinds[:1]))

    def _choose_kind(self, key: str) -> None:
        if key == _MORE:
            self.seldom_menu().popup(
                self.kinds.chip(_MORE).mapToGlobal(QPoint(0, self.kinds.chip(_MORE).height()))
            )
        else:
            self._tell()

    def seldom_menu(self) -> QMenu:
        """The kinds that have no chip of their own, with their counts."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key in _SELDOM:
            if self._of(key):
                said = tr("{kind} {count}", kind=tr(GROUPS[key][0]), count=f"{self._of(key):,}")
                menu.addAction(said, partial(self._choose_seldom, key))
        return menu

    def _choose_seldom(self, key: str) -> None:
        self._choose(key)
        self._tell()

    # -- what stands beside

    def beside(self) -> tuple[QWidget, ...]:
        """The box for the stage and the button of the rarer filters."""
        return self.stage, self.more_button

    def open_panel(self) -> FilterPanel:
        """Show the rarer filters."""
        panel = FilterPanel(self._book, self._rare, self)

        def take() -> None:
            self._rare = panel.values()
            self._tell()

        panel.changed.connect(take)
        panel.open_below(self.more_button)
        return panel

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        if not self.search.isVisible():
            self.drawer_button.setChecked(True)
        self.search.setFocus()

    def add_in_drawer(self, make: Callable[[], QToolButton]) -> None:
        """Put a button at the end of the drawer, made when the drawer first comes out."""
        self._in_drawer.append(make)

    def _draw(self, on: bool) -> None:
        """Bring the drawer out; putting it away empties it."""
        self._show_parts()
        self.drawer_button.setIcon(icon("funnel", "accent" if on else "text"))
        if on:
            self.search.setFocus()
        elif self.any_set():
            self._set({"kind": self.kinds.chosen_key()})
            self._tell()
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
        if out or self._has("_drawer"):
            self._drawer.setVisible(out)
        self.setVisible(chips or out)
