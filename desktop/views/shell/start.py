"""The first page of a new book: look at a sample shop, bring a file in, or begin with nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import PrimaryButton, SecondaryButton
from desktop.views.kit.cards import Card, IconTile
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import Separator
from desktop.views.shell.sidebar import Mark


class StartPage(QWidget):
    """Three ways to begin; a file may also be dropped anywhere on the window."""

    sample_wanted = Signal()
    import_wanted = Signal()
    empty_wanted = Signal()
    language_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        self.import_button = PrimaryButton(tr("Choose a file…"), "upload", self.import_wanted.emit)
        self.sample_button = SecondaryButton(tr("Open the sample shop"), "store", self.sample_wanted.emit)
        self.empty_button = SecondaryButton(tr("Start empty"), "book-open", self.empty_wanted.emit)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for icon, heading, text, button in (
            (
                "file-spreadsheet",
                tr("Bring in what you have"),
                tr(
                    "An order export from your platform, or a list of customers: "
                    "Excel, CSV or OpenDocument. You can also drop the file on this window."
                ),
                self.import_button,
            ),
            (
                "store",
                tr("Look around first"),
                tr(
                    "A tea shop with 1,200 customers and three years of orders, complaints and ratings. "
                    "One Undo takes it away again."
                ),
                self.sample_button,
            ),
            (
                "book-open",
                tr("Begin with nothing"),
                tr("An empty book. Write customers, orders and notes in as they come."),
                self.empty_button,
            ),
        ):
            cards.addWidget(_card(icon, heading, text, button), 1)
        holder = QWidget()
        holder.setMaximumWidth(980)
        holder.setLayout(cards)
        cards.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(holder, 100)
        row.addStretch(1)
        welcome = label(tr("Welcome to Shuke"), size=26, bold=True)
        words = label(tr("Know your regulars: who they are, how they are, what to do next."), role="muted")
        language = SecondaryButton(tr("中文 / English"), "languages", self.language_wanted.emit, small=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(8)
        layout.addWidget(language, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(2)
        layout.addWidget(Mark(56), 0, centre)
        layout.addSpacing(6)
        layout.addWidget(welcome, 0, centre)
        layout.addWidget(words, 0, centre)
        layout.addSpacing(26)
        layout.addLayout(row)
        layout.addStretch(3)
        foot = label(
            tr("Everything stays in one file on this computer. Nothing is sent anywhere."),
            size=theme.SMALL,
            role="muted",
        )
        layout.addWidget(Separator())
        layout.addWidget(foot, 0, centre)
        self.setFocusProxy(self.import_button)


def _card(icon: str, title: str, text: str, button: QWidget) -> Card:
    card = Card(margin=22)
    card.body.setSpacing(10)
    card.body.addWidget(IconTile(icon, "accent", 40))
    card.body.addWidget(label(title, size=theme.SECTION + 1, bold=True, wrap=True))
    card.body.addWidget(label(text, role="muted", wrap=True))
    card.body.addStretch(1)
    card.body.addSpacing(6)
    card.body.addWidget(button)
    return card
