"""The member's code of the customer shown: given, read from a card, and saved as a picture to print."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.errors import UserError
from desktop.core.member_codes import is_ean13
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations.member_codes import give_member_code
from desktop.queries.counter import CounterCard
from desktop.views.counter.barcode import card_picture, paint_bars
from desktop.views.counter.big_button import BigButton
from desktop.views.counter.panel import SMALL_BUTTON, BigLine, Choice, Panel, named
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import FileKind, ask_where
from desktop.views.kit.labels import label


class Bars(QWidget):
    """The bar code of a member, to be read from the screen."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self.setFixedHeight(92)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(code)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bars(QPainter(self), QRectF(self.rect()), self._code)


class MemberCardPanel(Panel):
    """Saving gives the code that stands in the line, the next free one where none does."""

    def __init__(self, ctx: Context, card: CounterCard) -> None:
        super().__init__(ctx, tr("Member card"), tr("Give a code"))
        self._card = card
        self._code = card.codes[0] if card.codes else ""
        if is_ean13(self._code):
            self.column.addWidget(Bars(self._code))
            save = BigButton(
                tr("Save the card as a picture…"), "image-down", self.save_picture, height=SMALL_BUTTON
            )
            self.column.addWidget(save)
        elif self._code:
            self.column.addWidget(label(self._code, size=24, bold=True, wrap=True, selectable=True))
        self.line = BigLine(tr("Code on a card"))
        self.line.setPlaceholderText(tr("Scan it (empty: the next free one)"))
        self.column.addLayout(named(tr("Another code") if self._code else tr("Code on a card"), self.line))
        self.instead = Choice([(False, tr("Beside the old one")), (True, tr("In its place"))], True)
        self.column.addWidget(self.instead)
        self.instead.setVisible(bool(self._code))
        self.column.addStretch(1)
        self.setFocusProxy(self.line)

    def store(self) -> Changes:
        """Give the code."""
        changes = give_member_code(
            self.ctx.book,
            customer_id=self._card.id,
            code=self.line.text(),
            instead=bool(self._code) and bool(self.instead.value()),
        )
        if not changes:
            raise UserError(tr("They have this code already."))
        return changes

    def draft(self) -> dict[str, Any]:
        return {}

    def take_code(self, code: str) -> bool:
        self.line.setText(code)
        return True

    def save_picture(self) -> None:
        """Keep the card as a picture where the owner says."""
        name = display_name(self._card.name)
        kinds = [FileKind(tr("Picture"), "png")]
        path = ask_where(self, tr("Save the member card"), name, kinds, self.ctx.settings)
        if path is None:
            return
        shop = str(self.ctx.book.setting("shop.name"))
        if not card_picture(shop, name, self._code).save(str(path)):
            self.say(tr("The picture could not be saved there."))
