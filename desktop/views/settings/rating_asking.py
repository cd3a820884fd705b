"""The settings of asking for ratings: after how many days, how often, and what stands on feedback cards."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from desktop.core.translation import tr
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.fields import NumberField, TextField

_MOST_DAYS = 365


class RatingAskingCard(Card):
    """Every change is kept at once, and can be undone."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("Asking for ratings"), tr("Today brings up whom to ask; cards go with the goods"), hug=True
        )
        self._ctx = ctx
        self.days = {
            "ratings.ask_after_days": NumberField(
                tr("Ask after so many days"), most=_MOST_DAYS, hint=tr("After the end of an order. 0: never.")
            ),
            "ratings.ask_gap_days": NumberField(
                tr("Leave them alone for so many days"),
                most=_MOST_DAYS,
                hint=tr("Nobody is asked twice within them."),
            ),
            "ratings.remind_days": NumberField(
                tr("Remind after so many days"),
                most=_MOST_DAYS,
                hint=tr("Of askings without an answer. 0: never."),
            ),
        }
        row = QHBoxLayout()
        row.setSpacing(16)
        for key, field in self.days.items():
            row.addWidget(field, 1)
            # A number is kept when it stands there whole, not at each of its figures.
            field.box.setKeyboardTracking(False)
            field.changed.connect(lambda key=key, field=field: self._keep(key, int(field.value() or 0)))
        self.body.addLayout(row)
        self.words = {
            "ratings.card_text": TextField(
                tr("Sentence on the feedback card"),
                placeholder=tr("Please tell us how it was. Tick, and give the card back or scan the code."),
            ),
            "ratings.card_link": TextField(
                tr("Link of the QR code"),
                placeholder="https://…/?code={code}",
                hint=tr(
                    "Of your own online form; {code} becomes the card's code. Empty: the code alone.",
                    code="{code}",
                ),
            ),
        }
        for key, text in self.words.items():
            text.line.editingFinished.connect(lambda key=key, text=text: self._keep(key, text.value()))
            self.body.addWidget(text)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        self.print_button = SecondaryButton(
            tr("Print feedback cards…"), "printer", self.print_cards, small=True
        )
        self.enter_button = SecondaryButton(
            tr("Enter cards that came back…"), "pencil", self.enter_cards, small=True
        )
        ways.addWidget(self.print_button)
        ways.addWidget(self.enter_button)
        ways.addStretch(1)
        self.body.addLayout(ways)
        self._show()
        ctx.changes.listen(self, self._show, "setting")

    def print_cards(self) -> None:
        """Ask how many blank cards to print."""
        from desktop.views.ratings.cards import cards_dialog

        cards_dialog(self._ctx, self.window())

    def enter_cards(self) -> None:
        """Type in the cards that came back."""
        from desktop.views.ratings.code_entry import CardEntry

        CardEntry(self._ctx, self.window()).open()

    def _show(self) -> None:
        for key, field in {**self.days, **self.words}.items():
            if field.control.hasFocus() and key in self.words:
                continue  # What is being written is not taken away.
            blocked = field.blockSignals(True)
            field.set_value(self._ctx.settings.get(key))
            field.blockSignals(blocked)

    def _keep(self, key: str, value: int | str) -> None:
        if value != self._ctx.settings.get(key):
            self._ctx.do(lambda: self._ctx.settings.set(key, value))
