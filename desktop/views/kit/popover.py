"""The small sheet that answers "how is this counted?": definition, figures, and where to go from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.views.kit import theme
from desktop.views.kit.widgets import KeyValueList, LinkButton, Separator, label

_WIDTH = 400


Link = tuple[str, str, Callable[[], object]]


@dataclass(frozen=True)
class Explanation:
    """What a popover says: sentences, named figures, and (words, icon, what it does) of its links."""

    title: str
    sentences: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    links: Sequence[Link] = field(default=())


class Popover(QWidget):
    """Opens beside what it explains and goes with the next click elsewhere or Escape."""

    def __init__(self, told: Explanation, anchor: QWidget) -> None:
        super().__init__(anchor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(told.title)
        # A translucent window has no ground of its own, not even the style sheet's: the sheet lies in it.
        sheet = QFrame()
        sheet.setProperty("role", "notice")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(sheet)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(9)
        column.addWidget(label(told.title, size=theme.SECTION, bold=True, wrap=True))
        for sentence in told.sentences:
            column.addWidget(label(sentence, size=theme.SMALL, wrap=True))
        if told.facts:
            column.addWidget(Separator())
            column.addWidget(KeyValueList(told.facts, name_width=120))
        if told.links:
            column.addWidget(Separator())
        self.links = [LinkButton(words, icon, self._then(act)) for words, icon, act in told.links]
        for link in self.links:
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedWidth(_WIDTH)
        height = (
            column.totalHeightForWidth(_WIDTH) if column.hasHeightForWidth() else self.sizeHint().height()
        )
        self.setFixedHeight(height + 2 * sheet.frameWidth())
        self._stand_below(anchor)

    def _then(self, act: Callable[[], object]) -> Callable[[], None]:
        def go() -> None:
            self.close()
            act()

        return go

    def _stand_below(self, anchor: QWidget) -> None:
        corner = anchor.mapToGlobal(QPoint(anchor.width() - _WIDTH, anchor.height() + 6))
        room = anchor.screen().availableGeometry()
        x = min(max(corner.x(), room.left() + 8), room.right() - _WIDTH - 8)
        y = corner.y()
        if y + self.height() > room.bottom() - 8:
            y = max(room.top() + 8, anchor.mapToGlobal(QPoint()).y() - self.height() - 6)
        self.move(x, y)


def explain(told: Explanation, anchor: QWidget) -> Popover:
    """Open the sheet beside `anchor`."""
    made = Popover(told, anchor)
    made.show()
    return made
