"""The form of a remedy: offered, or offered and given at once; its kind, its cost in money, its points."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations import remedies
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.forms import ComplaintForm
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, MoneyField, NumberField
from desktop.views.timeline.choices import choices

MOST_POINTS = 1_000_000


def remedy_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A remedy for a complaint."""
    return RemedyForm(ctx, detail, parent)


class RemedyForm(ComplaintForm):
    """Asks for points only where points are what is given."""

    def __init__(self, ctx: Context, detail: ComplaintDetail, parent: QWidget) -> None:
        super().__init__(ctx, detail, tr("Remedy"), tr("Offer"), self._do, parent)
        currency = str(ctx.book.setting("shop.currency"))
        self.add_row(
            state=ChoiceField(
                tr("What happens"),
                [("offered", tr("It is offered: the customer has to say")), ("given", tr("It is given now"))],
                "offered",
            )
        )
        self.add_row(
            kind=ChoiceField(tr("Kind"), choices(words.REMEDIES), "replacement"),
            cost=MoneyField(tr("What it costs the shop"), currency=currency),
            points=NumberField(tr("Points"), 0, most=MOST_POINTS),
        )
        self.add_words(tr("What is offered (may be empty)"), lines=3)
        self.add_moment()
        for name in ("state", "kind"):
            self.fields[name].changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Points are asked for where they are given; the button says what happens."""
        self.fields["points"].setVisible(self.fields["kind"].value() == "points")
        given = self.fields["state"].value() == "given"
        self.save_button.setText(tr("Give") if given else tr("Offer"))

    def _do(self, book: Book, **values: Any) -> Changes:
        state = values.pop("state")
        values["cost"] = values["cost"] or 0
        if values["kind"] != "points":
            values["points"] = 0
        run = remedies.give_remedy if state == "given" else remedies.offer_remedy
        return run(book, **values)
