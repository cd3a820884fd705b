"""Points entered: given, redeemed, let expire or put right; and the shop's rule for them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.money import currency_symbol, format_money
from desktop.core.points import points_worth
from desktop.core.translation import mark, ntr, tr
from desktop.operations.membership import add_points
from desktop.queries.orders import customer_order_ids, order_rows
from desktop.queries.points import points_figures, points_rule
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, DateField, FormDialog, NumberField, TextField

_OFFERED_ORDERS = 30
_MOST = 9_999_999


class _Kind(NamedTuple):
    title: str
    button: str
    sign: int
    text: str


KINDS: dict[str, _Kind] = {
    "gift": _Kind(mark("Give points"), mark("Give"), 1, mark("A birthday, a thank-you, an apology.")),
    "earned": _Kind(
        mark("Points for a purchase"), mark("Give"), 1, mark("As the shop's rule has it, or as was promised.")
    ),
    "redeemed": _Kind(mark("Redeem points"), mark("Redeem"), -1, mark("The customer pays with them.")),
    "expired": _Kind(
        mark("Let points expire"), mark("Let expire"), -1, mark("No longer good; the list keeps them.")
    ),
    "correction": _Kind(
        mark("Put the points right"), mark("Put right"), 0,
        mark("Below 0 takes away. Nothing is ever crossed out: the mistake and its correction both stay."),
    ),
}  # fmt: skip


class PointsForm(FormDialog):
    """How many, on which day, what for, and with which order."""

    def __init__(self, ctx: Context, customer_id: int, reason: str, parent: QWidget) -> None:
        kind = KINDS[reason]
        super().__init__(
            tr(kind.title), tr(kind.button), self._store, text=tr(kind.text), width=460, parent=parent
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._customer, self._reason, self._sign = ctx, customer_id, reason, kind.sign
        self._balance = points_figures(ctx.book, customer_id=customer_id).balance
        least, most = (1, _MOST) if kind.sign else (-_MOST, _MOST)
        if kind.sign < 0:
            most = max(1, self._balance)
        self.points = NumberField(tr("Points"), 0, least=least, most=most)
        self.points.box.setGroupSeparatorShown(True)
        self.points.changed.connect(self._say_after)
        self.day = DateField(tr("Day"), date.today(), optional=False)
        self.add_row(points=self.points, day=self.day)
        if reason in ("earned", "redeemed", "correction"):
            self.add_row(order=ChoiceField(tr("With the order"), self._orders()))
        self.add_row(text=TextField(tr("What for")))
        self._say_after()

    def _orders(self) -> list[tuple[int | None, str]]:
        book = self._ctx.book
        ids = customer_order_ids(book, customer_id=self._customer)[:_OFFERED_ORDERS]
        currency = str(book.setting("shop.currency"))
        rows = order_rows(book, ids)
        offered: list[tuple[int | None, str]] = [(None, tr("None in particular"))]
        for one in ids:
            row = rows[one]
            parts = (row.number, format_day(row.placed_at), format_money(row.net, currency))
            offered.append((one, " · ".join(part for part in parts if part)))
        return offered

    def _signed(self) -> int:
        return self.points.value() * (self._sign or 1)

    def _say_after(self) -> None:
        after = self._balance + self._signed()
        parts = [ntr("{n} point afterwards", "{n} points afterwards", after)]
        rule = points_rule(self._ctx.book)
        if rule.worth and self._signed() < 0:
            currency = str(self._ctx.book.setting("shop.currency"))
            worth = format_money(points_worth(-self._signed(), rule.worth, currency), currency)
            parts.append(tr("worth {amount}", amount=worth))
        self.points.set_hint(" · ".join(parts))

    def _store(self, values: dict[str, Any]) -> None:
        now = datetime.now()
        day: date = values["day"] or now.date()
        self._ctx.changed(
            add_points(
                self._ctx.book,
                customer_id=self._customer,
                points=self._signed(),
                reason=self._reason,
                at=datetime.combine(
                    day, now.time().replace(microsecond=0) if day == now.date() else time(12)
                ),
                text=values["text"],
                order_id=values.get("order"),
                staff_id=self._ctx.book.clerk_id(),
            )
        )


class _RateField(TextField):
    """A rate above nothing, such as 0.1; empty for none."""

    def value(self) -> Any:
        text = self.line.text().strip().replace(",", ".").replace("，", ".")
        try:
            rate = float(text or 0)
        except ValueError:
            return None
        return rate if 0 <= rate < 1_000_000 else None

    def problem(self) -> str:
        return "" if self.value() is not None else tr("Write a number, such as 1 or 0.1.")


class RuleForm(FormDialog):
    """What a purchase earns, and what a point is worth."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(
            tr("Rule for points"),
            tr("Keep"),
            self._store,
            text=tr(
                "It is proposed at the counter, and can be changed each time. Points given stay as they are."
            ),
            width=460,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx = ctx
        rule = points_rule(ctx.book)
        unit = currency_symbol(str(ctx.book.setting("shop.currency")))
        self.add_row(
            per_unit=_RateField(
                tr("Points for each {unit}1 spent", unit=unit),
                f"{rule.per_unit:g}" if rule.per_unit else "",
                hint=tr("0.1 is one point for each 10 spent; empty for none."),
            ),
            worth=_RateField(
                tr("One point is worth, in {unit}", unit=unit),
                f"{rule.worth:g}" if rule.worth else "",
                hint=tr("0.01 is one for a hundred points; empty when it isn't money."),
            ),
        )

    def _store(self, values: dict[str, float]) -> None:
        for key in ("per_unit", "worth"):
            if float(self._ctx.book.setting(f"points.{key}")) != values[key]:
                self._ctx.changed(self._ctx.settings.set(f"points.{key}", values[key]))


def rule_words(ctx: Context) -> str:
    """The shop's rule as a sentence."""
    rule = points_rule(ctx.book)
    unit = currency_symbol(str(ctx.book.setting("shop.currency")))
    parts = []
    if rule.per_unit:
        parts.append(tr("{points} points for each {unit}1 spent", points=f"{rule.per_unit:g}", unit=unit))
    if rule.worth:
        parts.append(tr("a point is worth {unit}{amount}", unit=unit, amount=f"{rule.worth:g}"))
    if not parts:
        return tr("No rule yet: points are given by hand.")
    return tr("The shop's rule: {rule}.", rule=tr(", ").join(parts))


def taken_back_words(reason: str, at: str) -> str:
    """What a correction says that takes an entry back."""
    return tr(
        "Takes back: {reason}, {day}", reason=words.name(words.POINTS_REASONS, reason), day=format_day(at)
    )
