"""What a list shows: one declarative tuple of columns, and how each kind of value is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt

from desktop.core.money import DEFAULT_CURRENCY, format_money
from desktop.core.translation import tr
from desktop.views.kit.theme import Tone

Kind = Literal["text", "strong", "muted", "avatar", "tag", "number", "money", "percent", "rating"]
"""avatar: strong text behind the coloured circle of the name; rating: 4.9 ★."""

_RIGHT: frozenset[Kind] = frozenset({"number", "money", "percent", "rating"})
NOTHING = "—"


@dataclass(frozen=True)
class Column:
    """One column. `value` takes the row (default: its attribute `key`); `text` and `tone` take the value.

    `title` is marked, not translated. `sub` takes the row and gives a second, quiet line.
    """

    key: str
    title: str
    width: int = 110
    kind: Kind = "text"
    sortable: bool = True
    stretch: bool = False
    hidden: bool = False
    high_first: bool = False
    """The first click on the title sorts from high to low."""
    value: Callable[[Any], Any] | None = None
    text: Callable[[Any], str] | None = None
    tone: Callable[[Any], Tone] | None = None
    sub: Callable[[Any], str] | None = None
    own: bool = False
    """Whether the shop gave the title, so that it is nobody's to translate."""
    group: str = ""
    """Under what a chooser of many columns lists it; marked."""
    editable: bool = False
    """Whether a cell can be changed where it stands, by what the table calls its `cells`."""
    copies: bool = False
    """Whether pointing at a cell offers to copy it."""

    @property
    def name(self) -> str:
        """The title in the user's language."""
        return self.title if self.own else tr(self.title)

    def value_of(self, row: Any) -> Any:
        """The row's value here."""
        return self.value(row) if self.value else getattr(row, self.key)

    def tone_of(self, row: Any) -> Tone:
        """The tone of the row's tag here."""
        return self.tone(self.value_of(row)) if self.tone else "grey"

    def text_of(self, row: Any, currency: str = DEFAULT_CURRENCY) -> str:
        """The row's value as written."""
        value = self.value_of(row)
        if self.text:
            return self.text(value)
        if value is None or value == "":
            return NOTHING
        if self.kind == "money":
            return format_money(int(value), currency)
        if self.kind == "number":
            return f"{value:,}"
        if self.kind == "percent":
            return f"{100 * value:.0f} %"
        if self.kind == "rating":
            return f"{value:.1f} ★"
        return str(value)

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Figures stand to the right, words to the left."""
        side = Qt.AlignmentFlag.AlignRight if self.kind in _RIGHT else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
