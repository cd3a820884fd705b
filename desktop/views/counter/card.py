"""The counter's card: who stands there, what never to overlook, what is open, and how they come."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.core import words as codes
from desktop.core.dates import format_near_day
from desktop.core.text import format_phone
from desktop.core.translation import tr
from desktop.operations.customers import mark_checked
from desktop.queries.attachments import attachment_data
from desktop.queries.counter import CounterCard
from desktop.views.counter import words
from desktop.views.counter.card_parts import BIG, Band, Face, SaidRow, read_face
from desktop.views.counter.touch import scroll_by_finger
from desktop.views.counter.words import Said
from desktop.views.customers.words import (
    display_name,
    left_out_words,
    state_name,
    state_tone,
    tag_tone,
)
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import (
    Card,
    ElidedLabel,
    FlowLayout,
    LinkButton,
    ScrollColumn,
    Tag,
    clear,
    label,
)


class CardView(ScrollColumn):
    """The card of the customer shown; it is drawn anew whenever something about them changed."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(gap=0)
        scroll_by_finger(self)
        self._ctx = ctx
        self._photo: tuple[int, QImage] | None = None
        self._shown = 0
        self._sheet = Card(margin=20)
        self._sheet.body.setSpacing(10)
        self.column.addWidget(self._sheet)
        self.column.addStretch(1)

    def show_card(self, card: CounterCard, now: datetime, zoom: float) -> None:
        """Show a customer; in a large window the type is larger by `zoom`."""
        body = self._sheet.body
        clear(body)
        body.addLayout(self._head(card, zoom))
        if card.dislikes:
            body.addWidget(Band("triangle-alert", card.dislikes, "amber", size=BIG * zoom))
        if unwanted := left_out_words(card.left_out):
            body.addWidget(Band("circle-x", unwanted, "grey", size=16 * zoom))
        if card.likes:
            body.addWidget(SaidRow(Said("heart", card.likes, tone="accent"), zoom=zoom))
        for matter in card.matters:
            body.addWidget(SaidRow(words.matter(matter, now), bold=True, zoom=zoom))
        for said in _further(card):
            body.addWidget(SaidRow(said, zoom=zoom))
        if text := words.unchecked(card, now.date()):
            body.addLayout(self._unchecked(card, text, now))
        body.addStretch(1)
        if self._shown != card.id:
            self._shown = card.id
            self.verticalScrollBar().setValue(0)

    def turn(self, pages: int) -> None:
        """Scroll by pages, up below 0."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def _head(self, card: CounterCard, zoom: float) -> QHBoxLayout:
        name = display_name(card.name)
        face = Face(name, zoom)
        self._load_photo(card, face)
        first = QHBoxLayout()
        first.setSpacing(10)
        title = ElidedLabel(name, size=round(30 * zoom), bold=True)
        title.setMaximumWidth(title.sizeHint().width())
        first.addWidget(title)
        first.addStretch(1)
        tags = FlowLayout(gap=6, line_gap=6)
        tags.addWidget(Tag(state_name(card.state), state_tone(card.state)))
        if card.kind != "individual":
            tags.addWidget(Tag(codes.name(codes.CUSTOMER_KINDS, card.kind), "blue"))
        for text, tone in card.tags:
            tags.addWidget(Tag(text, tag_tone(tone)))
        about = [format_phone(card.phone) if card.phone else "", card.region, words.member_since(card)]
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addLayout(first)
        lines.addWidget(
            ElidedLabel(" · ".join(part for part in about if part), size=round(16 * zoom), role="muted")
        )
        lines.addLayout(tags)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(face)
        row.addLayout(lines, 1)
        return row

    def _unchecked(self, card: CounterCard, text: str, now: datetime) -> QHBoxLayout:
        right = LinkButton(
            tr("Details are right"),
            "circle-check",
            lambda: self._ctx.do(
                lambda: mark_checked(self._ctx.book, customer_ids=[card.id], today=now.date())
            ),
        )
        row = QHBoxLayout()
        row.addWidget(label(text, size=theme.BODY, role="muted", wrap=True), 1)
        row.addWidget(right)
        return row

    def _load_photo(self, card: CounterCard, face: Face) -> None:
        """Pictures take their time, so they come when they are there."""
        photo, book = card.photo, self._ctx.book
        if photo is None:
            return
        if self._photo is not None and self._photo[0] == photo:
            face.show_picture(self._photo[1])
            return

        def arrived(picture: QImage) -> None:
            self._photo = (photo, picture)
            face.show_picture(picture)

        self._ctx.tasks.read(
            lambda _: read_face(attachment_data(book, photo) or b""), arrived, owner=face, key="face"
        )


def _further(card: CounterCard) -> list[Said]:
    """What they expect and what was noted."""
    found = []
    if card.expectations:
        found.append(Said("star", tr("Expects: {text}", text=card.expectations)))
    if card.notes:
        found.append(Said("pencil", card.notes))
    if card.note:
        at, text = card.note
        found.append(Said("message-circle", text, format_near_day(at, date.today())))
    return found
