"""Feedback cards on paper: a sheet of blank ones, or the one about an order, previewed or as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.card_codes import new_code
from desktop.core.progress import Progress
from desktop.core.translation import LANGUAGES, language, ntr, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations.asking import card_for
from desktop.views.kit.buttons import LinkButton, SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import FileKind, ask_where, show_file
from desktop.views.kit.forms import ChoiceField, FormDialog
from desktop.views.kit.paper import DPI
from desktop.views.kit.pdf_out import write_pdf
from desktop.views.kit.preview import Preview
from desktop.views.kit.printout import Printout
from desktop.views.profile.dossier_pages import paper_size
from desktop.views.ratings.card_drawing import (
    CARD,
    CardWords,
    FeedbackCard,
    card_link,
    card_pages,
    card_words,
    draw_card,
    grid,
)

if TYPE_CHECKING:
    from desktop.operations.rated_things import About

_SHEETS = (1, 2, 3, 5, 10)


def cards_dialog(ctx: Context, parent: QWidget) -> CardsDialog:
    """Ask how many blank cards, in which language, and print them."""
    made = CardsDialog(ctx, parent)
    made.open()
    return made


def print_card(ctx: Context, parent: QWidget, about: About, named: str = "") -> None:
    """Print the card about something; the asking is noted, and the same card comes again."""
    at = datetime.now().replace(microsecond=0)
    codes: list[str] = []

    def run() -> Changes:
        changes, code = card_for(ctx.book, about, at=at)
        codes.append(code)
        return changes

    if ctx.do(run, quiet=True) is None or not codes:
        return
    Out(ctx, parent, [made_card(ctx.book, codes[0], named)], language()).preview()


def made_card(book: Book, code: str, about: str = "") -> FeedbackCard:
    """A card with a code, as this shop links it."""
    return FeedbackCard(code, card_link(str(book.setting("ratings.card_link")), code), about)


def words_of(book: Book, speaking: str) -> CardWords:
    """What stands on this shop's cards."""
    shop, sentence = str(book.setting("shop.name")), str(book.setting("ratings.card_text"))
    return card_words(speaking, shop=shop, sentence=sentence)


class Out:
    """The ways out for some cards."""

    def __init__(self, ctx: Context, parent: QWidget, cards: Sequence[FeedbackCard], speaking: str) -> None:
        self._ctx, self._parent, self._cards = ctx, parent, cards
        self._words = words_of(ctx.book, speaking)
        self._size = paper_size(str(ctx.settings.get("shop.country")))

    def preview(self) -> None:
        """Show the sheets before they are printed."""
        made = Printout(lambda size, _: card_pages(self._cards, self._words, size))
        Preview(tr("Feedback cards"), self._size / (DPI / 72), made.print_on, self._parent).open()

    def save_pdf(self) -> None:
        """Ask for a file and write the sheets there."""
        title = tr("Feedback cards")
        kind = FileKind(tr("PDF document"), "pdf")
        path = ask_where(self._parent, tr("Save as PDF"), title, [kind], self._ctx.settings)
        if path is None:
            return
        cards, words, size = self._cards, self._words, self._size

        def work(progress: Progress) -> int:
            sheets = card_pages(cards, words, size)
            write_pdf(path, sheets, title, progress=progress)
            return len(sheets.pages)

        def done(pages: int) -> None:
            said = ntr("{n} page saved in “{file}”.", "{n} pages saved in “{file}”.", pages, file=path.name)
            self._ctx.notify(said, tr("Open"), lambda: show_file(path), "done")

        self._ctx.tasks.write(tr("Writing {file}…", file=path.name), work, done, owner=self._parent)


class CardPicture(QWidget):
    """A card as it will be printed."""

    def __init__(self, card: FeedbackCard, words: CardWords) -> None:
        super().__init__()
        self._card, self._words = card, words
        self.setMinimumSize(QSize(450, 270))
        self.setAccessibleName(tr("A feedback card as it will be printed"))

    def show_words(self, words: CardWords) -> None:
        """Show the card with other words."""
        self._words = words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / CARD.width(), self.height() / CARD.height())
        painter.scale(scale, scale)
        box = QRectF(0, 0, CARD.width(), CARD.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(box, QColor("white"))
        draw_card(painter, box, self._card, self._words)


class CardsDialog(FormDialog):
    """How many sheets, in which language; the card as it will look; print or PDF."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(
            tr("Feedback cards"),
            tr("Print…"),
            lambda _: self._out().preview(),
            text=tr(
                "Each card has a code of its own. Give them out with the goods; a card that comes back is "
                "typed in by its code, once."
            ),
            width=500,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx = ctx
        columns, lines = grid(self._size())
        each = columns * lines
        sheets = [(count * each, ntr("{n} card", "{n} cards", count * each)) for count in _SHEETS]
        self.add_row(
            cards=ChoiceField(tr("How many cards"), sheets, each),
            language=ChoiceField(tr("Language of the card"), list(LANGUAGES), language()),
        )
        self.picture = CardPicture(made_card(ctx.book, new_code()), words_of(ctx.book, language()))
        self.add_widget(self.picture)
        ways = LinkButton(tr("Words and link of the cards…"), "settings", self._settings)
        self.pdf = SecondaryButton(tr("Save as PDF…"), "download", lambda: self._out().save_pdf())
        self.pdf.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(ways)
        foot.addStretch(1)
        foot.addWidget(self.pdf)
        self.rows.addLayout(foot)
        self.fields["language"].changed.connect(self._speak)

    def _size(self) -> QSizeF:
        return paper_size(str(self._ctx.settings.get("shop.country")))

    def _speak(self) -> None:
        self.picture.show_words(words_of(self._ctx.book, str(self.fields["language"].value())))

    def _settings(self) -> None:
        self.reject()
        self._ctx.navigate("settings", section="ratings")

    def _out(self) -> Out:
        values = self.values()
        cards = [made_card(self._ctx.book, new_code()) for _ in range(values["cards"])]
        # What opens must outlive the dialog.
        return Out(self._ctx, self.parentWidget() or self, cards, values["language"])
