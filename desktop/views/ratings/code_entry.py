"""Feedback cards that came back: scan or type the code, tick as the customer did, and go on to the next."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.card_codes import looks_like_code, read_code, written
from desktop.core.dates import format_short_day
from desktop.core.translation import ntr, tr
from desktop.operations.asking import answer_by_code, mistyped
from desktop.operations.ratings import Verdict
from desktop.queries.rating_detail import RatingDetail, rating_of_code
from desktop.views.kit.context import Context
from desktop.views.kit.forms import DateField, FormDialog, TextField
from desktop.views.kit.labels import label
from desktop.views.ratings.form import WIDTH, Shown, about_line, add_fields
from desktop.views.timeline.fields import CustomerField
from desktop.views.timeline.words import cut


class CardEntry(FormDialog):
    """One card after the other; each is kept as it is saved, and Esc leaves."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        self._ctx, self._count = ctx, 0
        super().__init__(
            tr("Feedback cards that came back"),
            tr("Save, next card"),
            self._save,
            leave_text=tr("Finish"),
            width=WIDTH,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = TextField(
            tr("Code of the card"), required=True, placeholder=tr("Scan it, or type the nine signs")
        )
        self.day = DateField(tr("When they filled it in"), date.today(), optional=False)
        self.add_row(code=self.code, day=self.day)
        self.about = label("", role="muted", wrap=True)
        self.add_widget(self.about)
        self.who = CustomerField(tr("Customer"), ctx.book, hint=tr("Empty: nobody in particular."))
        self.add_row(customer_id=self.who)
        add_fields(self, ctx, Shown())
        self.code.changed.connect(self._look)
        self._look()

    # -- the code

    def _look(self) -> None:
        """Say whose card it is as soon as its code is whole, or what is wrong with the code."""
        typed = self.code.value()
        code = read_code(typed)
        found = rating_of_code(self._ctx.book, code) if code else None
        wrong = ""
        if code is None and looks_like_code(typed):
            wrong = str(mistyped(typed))
        elif found is not None and found.rated_at:
            wrong = self._entered(found)
        if wrong:
            self.code.show_problem(wrong)
        self.about.setText(self._about(code, found))
        self.who.setVisible(found is None)
        if found is not None and found.expected is not None and not found.rated_at:
            self.fields["expected"].set_value(found.expected)

    def _about(self, code: str | None, found: RatingDetail | None) -> str:
        if code is None:
            if not self._count:
                return tr("What stands below the QR code; a scanner types it and Enter.")
            return ntr("{n} card saved.", "{n} cards saved.", self._count)
        if found is None:
            return tr("A card that was given out to anybody: it counts for the shop.")
        whose = cut(found.customer_name) or tr("nobody in particular")
        return tr("Given out for {what}, to {customer}.", what=about_line(found), customer=whose)

    def _entered(self, found: RatingDetail) -> str:
        return tr(
            "The card {code} was entered already, on {day}.",
            code=written(found.code),
            day=format_short_day(found.rated_at or ""),
        )

    # -- saving

    def save(self) -> None:
        """A scanner ends its code with Enter: that goes on to the stars, not to saving an empty card."""
        if self.code.line.hasFocus() and self.fields["perceived"].value() is None:
            if self.code.check():
                self._look()
                self.fields["perceived"].setFocus()
            return
        super().save()

    def _save(self, values: dict[str, Any]) -> None:
        book = self._ctx.book
        day, now = values.pop("day"), datetime.now().replace(microsecond=0)
        rated = now if day is None or day >= now.date() else datetime.combine(day, time(12))
        said = Verdict(rated_at=rated, channel="shop", staff_id=book.clerk_id(), **_said(values))
        self._ctx.changed(answer_by_code(book, code=values["code"], verdict=said))
        self._count += 1

    def accept(self) -> None:
        """Saved: the form is empty again, for the next card."""
        day = self.day.value()
        for name, field in self.fields.items():
            field.set_value(False if name == "public" else "" if name in _TEXTS else None)
        self.day.set_value(day)
        self._wrong.hide()
        self._look()
        self.code.setFocus()


_TEXTS = ("code", "text", "reasons")


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "code"}
