"""What is done about somebody to ask: rate for them now, note that they were asked, or leave them alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core import words
from desktop.core.answer_book import built_in
from desktop.core.answers import fill
from desktop.core.translation import tr
from desktop.views.kit.context import Context

if TYPE_CHECKING:
    from desktop.operations.rated_things import About
    from desktop.queries.asking import Asking

CHANNELS = ("wechat", "phone", "sms", "email", "qq", "shop")
"""How one asks; the channel of the order comes first."""
_ANSWER = "How was it?"
"""The answer at hand that asks; the shop may have its own words for it."""


class AskingActs:
    """The acts of a screen, which is the `owner` of what opens; operations load when they are wanted."""

    def __init__(self, ctx: Context, owner: QWidget, now: Callable[[], datetime]) -> None:
        self._ctx, self._owner, self._now = ctx, owner, now

    def rate(self, asking: Asking) -> None:
        """Open the form of the rating that they give."""
        from desktop.views.ratings.form import RatingForm

        RatingForm(
            self._ctx,
            customer_id=asking.customer_id,
            order_id=asking.order_id,
            case_id=asking.case_id,
            complaint_id=asking.complaint_id,
            parent=self._owner,
        ).open()

    def ask(self, asking: Asking, channel: str) -> None:
        """Note that they were asked, with the words to send on the clipboard where one writes."""
        from desktop.operations.asking import ask_rating

        book, at = self._ctx.book, self._now().replace(microsecond=0)
        done = self._ctx.do(lambda: ask_rating(book, _about(asking), at=at, channel=channel), quiet=True)
        if done is None:
            return
        if channel in ("phone", "shop"):
            said = tr("Noted that {name} was asked.", name=asking.customer_name or tr("the customer"))
        else:
            QGuiApplication.clipboard().setText(self.text(asking))
            said = tr("Noted. The words to send are on the clipboard.")
        self._ctx.notify(said, tr("Undo"), self._ctx.undo)

    def text(self, asking: Asking) -> str:
        """The words that ask, filled in: the shop's own answer “How was it?”, else the program's."""
        from desktop.queries.answers import all_answers
        from desktop.views.answers.values import answer_values

        rows = (row.text for row in all_answers(self._ctx.book) if row.key == _ANSWER)
        brought = built_in(_ANSWER)
        text = next(rows, tr(brought.text) if brought else "")
        values = answer_values(
            self._ctx,
            customer_id=asking.customer_id,
            order_id=asking.order_id,
            complaint_id=asking.complaint_id,
            now=self._now(),
        )
        return fill(text, values)

    def skip(self, asking: Asking) -> None:
        """Nobody asks about this one, or is reminded of it."""
        from desktop.operations.asking import skip_rating

        book, at = self._ctx.book, self._now().replace(microsecond=0)
        self._ctx.do(lambda: skip_rating(book, _about(asking), at=at))

    def card(self, asking: Asking) -> None:
        """Print a feedback card about it."""
        from desktop.views.ratings.cards import print_card

        print_card(self._ctx, self._owner, _about(asking))

    def offer(self, asking: Asking, button: QWidget) -> None:
        """Offer below a button how they were asked, and the card."""
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first = [asking.channel] if asking.channel in CHANNELS else []
        for channel in dict.fromkeys([*first, *CHANNELS]):
            name = words.name(words.CHANNELS, channel)
            menu.addAction(tr("Asked: {channel}", channel=name), partial(self.ask, asking, channel))
        menu.addSeparator()
        menu.addAction(tr("Print a feedback card…"), partial(self.card, asking))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def _about(asking: Asking) -> About:
    from desktop.operations.rated_things import About

    return About(
        customer_id=asking.customer_id,
        order_id=asking.order_id,
        case_id=asking.case_id,
        complaint_id=asking.complaint_id,
    )
