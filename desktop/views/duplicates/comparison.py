"""The sheet on which customers stand side by side: why they may be one, what differs, what will move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.dates import as_date, format_day
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.operations.merged_fields import TEXTS, Choice, Own, joined
from desktop.queries.comparison import FIELDS, Compared
from desktop.queries.pairs import PairRow
from desktop.views.customers.words import display_name, state_name
from desktop.views.duplicates import words
from desktop.views.duplicates.choice import TITLE_WIDTH, FieldChoice, SameField
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import (
    Avatar,
    Card,
    ElidedLabel,
    EmptyState,
    FlowLayout,
    LinkButton,
    PrimaryButton,
    ScrollColumn,
    SecondaryButton,
    Separator,
    Tag,
    clear,
)
from desktop.views.timeline.customer_link import CustomerLink

NAME_WIDTH = 190


class Comparison(Card):
    """Shows two or more customers; what is chosen field by field is asked with `choices`."""

    merge_wanted = Signal()
    apart_wanted = Signal()
    later_wanted = Signal()
    left = Signal()
    """The keyboard goes back to the list."""
    group_wanted = Signal(object)
    """Compare these customers, more than two, at once."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(margin=0)
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self.customers: list[Compared] = []
        self.choices_: list[FieldChoice] = []
        self._own: list[FieldChoice] = []
        self._scroll = ScrollColumn(gap=7)
        self._scroll.column.setContentsMargins(18, 16, 18, 12)
        self.body.setSpacing(0)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(Separator())
        self._foot = QWidget()
        foot = FlowLayout(self._foot, gap=8, line_gap=8)
        foot.setContentsMargins(18, 11, 18, 13)
        self.merge_button = PrimaryButton(tr("Merge"), "merge", self.merge_wanted.emit, tip=tr("Key: M"))
        self.apart_button = SecondaryButton(
            tr("Not the same person"), "x", self.apart_wanted.emit, tip=tr("Key: N")
        )
        self.later_button = SecondaryButton(tr("Later"), "clock", self.later_wanted.emit, tip=tr("Key: L"))
        for button in (self.merge_button, self.apart_button, self.later_button):
            foot.addWidget(button)
        self.body.addWidget(self._foot)
        self.show_nothing()

    # -- showing

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self._empty()
        self._foot.hide()
        self._scroll.column.addWidget(
            EmptyState("merge", tr("No pair chosen"), tr("Choose a pair to see both side by side."))
        )

    def show_customers(
        self, customers: Sequence[Compared], pair: PairRow | None = None, group: Sequence[int] = ()
    ) -> None:
        """Show customers side by side; `pair` says why, `group` are all who may be one with them."""
        self._empty()
        self.customers = list(customers)
        column = self._scroll.column
        if pair is not None and (pair.reasons or pair.doubt):
            column.addWidget(self._reasons(pair))
        if len(group) > len(customers):
            column.addWidget(
                LinkButton(
                    ntr("{n} customer alike: compare all", "{n} customers alike: compare all", len(group)),
                    "users",
                    lambda: self.group_wanted.emit(list(group)),
                )
            )
        column.addWidget(self._heads())
        column.addWidget(Separator())
        same = self._fields()
        if self.choices_ or self._own:
            column.addWidget(Separator())
        column.addWidget(
            SameField(tr("Comes along"), [words.records(one.attached) for one in self.customers])
        )
        column.addWidget(SameField(tr("Contact points"), [self._points(one) for one in self.customers]))
        if any(one.tags for one in self.customers):
            tags = [tr(", ").join(one.tags) for one in self.customers]
            column.addWidget(SameField(tr("Tags"), tags))
        if same:
            column.addWidget(Separator())
        for row in same:
            column.addWidget(row)
        column.addStretch()
        self._foot.show()
        self.apart_button.setVisible(len(customers) == 2)
        self._scroll.verticalScrollBar().setValue(0)

    def _empty(self) -> None:
        clear(self._scroll.column)
        self.customers, self.choices_, self._own = [], [], []

    def _reasons(self, pair: PairRow) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6, line_gap=6)
        if pair.score is not None:
            flow.addWidget(Tag(words.score(pair.score), words.score_tone(pair.score)))
        if pair.doubt:
            said = words.doubt(pair)
            if pair.value:
                said = tr("{reason}: {value}", reason=said, value=pair.value)
            flow.addWidget(Tag(said, "amber"))
        for code, value in pair.reasons:
            flow.addWidget(Tag(words.reason(code, value), words.reason_tone(code)))
        return holder

    def _heads(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(TITLE_WIDTH + 8, 4, 0, 4)
        row.setSpacing(8)
        width = NAME_WIDTH if len(self.customers) == 2 else NAME_WIDTH * 2 // len(self.customers) - 24
        for one in self.customers:
            head = QHBoxLayout()
            head.setSpacing(9)
            head.addWidget(Avatar(display_name(one.name), 34))
            lines = QVBoxLayout()
            lines.setSpacing(1)
            link = CustomerLink(self._ctx, one.id, one.name, width=width, size=theme.SECTION)
            lines.addWidget(link)
            lines.addWidget(ElidedLabel(self._who(one), size=theme.SMALL, role="muted"))
            head.addLayout(lines, 1)
            row.addLayout(head, 1)
        return holder

    def _who(self, one: Compared) -> str:
        since = format_day(as_date(one.created_at))
        if one.state == "none":
            return tr("{state} · since {day}", state=state_name(one.state), day=since)
        if one.spend:
            return tr("{money} · since {day}", money=format_money(one.spend, self._currency), day=since)
        return tr("since {day}", day=since)

    def _points(self, one: Compared) -> str:
        return "\n".join(words.point(*held) for held in one.points)

    # -- fields

    def _fields(self) -> list[SameField]:
        """Add the fields that differ, those that contradict each other first; returns the others."""
        same: list[SameField] = []
        for key in FIELDS:
            values = [words.value_text(one, key) for one in self.customers]
            self._field(key, tr(words.TITLES[key]), values, self.choices_, same)
        for key in dict.fromkeys(name for one in self.customers for name in one.custom):
            values = [words.custom_text(one.custom.get(key)) for one in self.customers]
            self._field(key, key, values, self._own, same)
        for made in sorted((*self.choices_, *self._own), key=lambda made: not made.contradicts):
            self._scroll.column.addWidget(made)
        return same

    def _field(
        self,
        key: str,
        title: str,
        values: list[str],
        into: list[FieldChoice],
        same: list[SameField],
    ) -> None:
        if not any(values):
            return
        if len(set(values)) == 1:
            same.append(SameField(title, values))
            return
        several = into is self.choices_ and key in TEXTS and sum(map(bool, values)) > 1
        made = FieldChoice(key, title, values, several=several)
        made.left.connect(self.left.emit)
        into.append(made)

    def choices(self) -> tuple[dict[str, Choice], dict[str, Choice]]:
        """What was chosen, as merge_customers takes it: for the fields, and for the shop's own fields."""
        # A text of which everything stays is joined by the merge itself, which can then take it apart.
        chosen = [made for made in self.choices_ if not (made.several and made.all_chosen())]
        return (
            {made.key: self._choice(made, lambda one, key: one.fields[key]) for made in chosen},
            {made.key: self._choice(made, lambda one, key: one.custom.get(key)) for made in self._own},
        )

    def _choice(self, made: FieldChoice, value: Callable[[Compared, str], Any]) -> Choice:
        chosen = [self.customers[at] for at in made.chosen()]
        if len(chosen) == 1:
            return chosen[0].id
        text = ""
        for one in chosen:
            text = joined(text, str(value(one, made.key) or ""))
        return Own(text)

    def kept(self) -> Compared:
        """The customer whose record stays: the one on whom most hangs."""
        return max(self.customers, key=lambda one: (one.records, -one.id))

    def field(self, key: str) -> FieldChoice:
        """The row of a field that differs."""
        return next(made for made in (*self.choices_, *self._own) if made.key == key)

    def take_keyboard(self) -> None:
        """Put the keyboard on the first field that differs."""
        first = next(iter((*self.choices_, *self._own)), None)
        (first or self.merge_button).setFocus()
