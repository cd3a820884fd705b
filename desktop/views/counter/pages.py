"""What the counter shows when it shows nobody: how to begin, that nobody was found, a code nobody has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.counter.big_button import BigButton
from desktop.views.kit.cards import IconTile
from desktop.views.kit.labels import label

GIVE_KEY = "F9"
"""The key of the act that is about cards."""


class QuietPage(QWidget):
    """An icon, a sentence or two, and buttons, in the middle."""

    def __init__(self, icon: str, title: str, text: str = "", buttons: Sequence[BigButton] = ()) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        layout.addWidget(IconTile(icon, "accent", 56), 0, centre)
        for words, size, role in ((title, 22, "text"), (text, 16, "muted")):
            if words:
                line = label(words, size=size, bold=size > 20, role=role, wrap=True)
                line.setAlignment(centre)
                layout.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)
        self.give: BigButton | None = None
        """What gives a code to the customer who was shown."""


def idle_page() -> QuietPage:
    """Before anybody is there."""
    return QuietPage(
        "user",
        tr("Who is it?"),
        tr("Type the last four digits of a phone, a name or its initials, or scan a member's card."),
    )


def nobody_page(typed: str, enter: Callable[[], object]) -> QuietPage:
    """Nobody matches what was typed; Enter makes them a customer."""
    return QuietPage(
        "user-plus",
        tr("Nobody found for “{typed}”", typed=typed),
        tr("What you typed goes into the right field."),
        [_new_button(enter)],
    )


def unknown_page(
    code: str, give: tuple[str, Callable[[], object]] | None, enter: Callable[[], object]
) -> QuietPage:
    """Nobody has the code: `give` it to who was shown (a name, and what does it), or to somebody new."""
    new = _new_button(enter)
    found = [BigButton(tr("Give it to {name}", name=give[0]), "tag", give[1], key=GIVE_KEY)] if give else []
    page = QuietPage(
        "tag",
        tr("No member has the code {code}", code=code),
        tr("Esc leaves it, and nothing is changed."),
        [*found, new],
    )
    page.give = found[0] if found else None
    return page


def _new_button(enter: Callable[[], object]) -> BigButton:
    return BigButton(tr("New customer"), "user-plus", enter, key=tr("Enter"), primary=True)
