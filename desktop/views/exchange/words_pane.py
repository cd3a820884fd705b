"""The words of a file that stand for one of ours and that nobody knows: the owner says what each means."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.exchange.checking.unknown_words import UnknownWord
from desktop.exchange.plan import ImportPlan
from desktop.exchange.values.code_words import CODES
from desktop.exchange.vocabulary.fields import FIELD
from desktop.views.kit import theme
from desktop.views.kit.cards import Card
from desktop.views.kit.labels import ElidedLabel, label
from desktop.views.kit.layouts import ScrollColumn, Separator, clear

_NOT_SAID = "?"
_BOX, _COUNT, _MARGIN = 220, 90, 14
Key = tuple[str, str]


class _MeaningBox(QComboBox):
    """What a word means; the wheel scrolls the page, not the choice."""

    def __init__(self, word: UnknownWord) -> None:
        super().__init__()
        self.setMinimumWidth(_BOX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("What “{word}” means", word=word.word))
        self.addItem(tr("not said: its rows stay out"), _NOT_SAID)
        for code, name in CODES[FIELD[word.field].kind].items():
            if code and name:
                self.addItem(tr(name), code)
        self.addItem(tr("Leave blank"), "")
        self.show_code(word.code)

    def show_code(self, code: str | None) -> None:
        """Show an answer without telling anybody."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(_NOT_SAID if code is None else code)))

    def code(self) -> str | None:
        """The answer; None where there is none."""
        chosen = str(self.currentData())
        return None if chosen == _NOT_SAID else chosen

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class WordsPane(Card):
    """`told` says what a word of a field stands for: field, word, code ("" for nothing, None: not said)."""

    told = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__(margin=0)
        self.boxes: dict[Key, _MeaningBox] = {}
        head = label(
            tr("These words stand in columns of which Shuke knows some words only. Say what they mean here."),
            size=theme.SMALL, role="muted", wrap=True,
        )  # fmt: skip
        head.setContentsMargins(_MARGIN, 11, _MARGIN, 11)
        self._list = ScrollColumn(gap=0)
        self.body.setSpacing(0)
        self.body.addWidget(head)
        self.body.addWidget(Separator())
        self.body.addWidget(self._list, 1)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan's words; those that were there keep their place."""
        found = {(one.field, one.word): one for one in plan.unknown_words}
        if set(found) != set(self.boxes):
            self._build(found)
        for key, one in found.items():
            self.boxes[key].show_code(one.code)

    def _build(self, found: dict[Key, UnknownWord]) -> None:
        clear(self._list.column)
        self.boxes = {}
        for key, one in found.items():
            self._list.column.addWidget(self._row(key, one))
        self._list.column.addStretch(1)

    def _row(self, key: Key, one: UnknownWord) -> QWidget:
        box = self.boxes[key] = _MeaningBox(one)
        box.currentIndexChanged.connect(lambda _: self.told.emit(one.field, one.word, box.code()))
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        row.setSpacing(12)
        row.addWidget(ElidedLabel(one.word, bold=True), 3)
        row.addWidget(ElidedLabel(one.header, role="muted"), 2)
        count = label(ntr("{n} row", "{n} rows", one.rows), size=theme.SMALL, role="muted")
        count.setFixedWidth(_COUNT)
        row.addWidget(count)
        row.addWidget(box)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(Separator())
        return holder
