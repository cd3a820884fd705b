"""A finding or a pair in words: a sentence with what it rests on below; a click shows the rows behind."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from desktop.views.kit import theme
from desktop.views.kit.labels import label, plain_tip
from desktop.views.kit.widgets import Card


class ToldRow(Card):
    """A sentence and a quiet one; `clicked` by mouse, Enter or Space."""

    def __init__(self, said: str, below: str = "", tip: str = "") -> None:
        super().__init__(margin=10, hug=True, clickable=True)
        self.said, self.below = said, below
        self.body.setSpacing(2)
        self.body.addWidget(label(said, size=theme.BODY, wrap=True))
        if below:
            self.body.addWidget(label(below, size=theme.SMALL, role="muted", wrap=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(said)
        self.setAccessibleDescription(" ".join(part for part in (below, tip) if part))
