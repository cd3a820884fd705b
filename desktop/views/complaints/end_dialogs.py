"""The forms of how a complaint ends and comes back: cause found, settled, rejected, closed, reopened."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.dates import format_when, from_iso
from desktop.core.errors import UserError
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations import complaint_moves, complaints
from desktop.operations.complaint_reopening import reopen_complaint, reopening_window
from desktop.queries.complaint_detail import ComplaintDetail, complaint_detail
from desktop.views.complaints.checks_field import ChecksField
from desktop.views.complaints.forms import ComplaintForm, now
from desktop.views.complaints.outcome_words import remedy_title
from desktop.views.kit.context import Context
from desktop.views.kit.forms import CheckField, FormDialog, LongTextField
from desktop.views.kit.labels import label
from desktop.views.ratings.stars_field import StarsField


def cause_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """What was found, and what the shop does so that it does not happen again."""

    def run(book: Book, **values: Any) -> Changes:
        return complaints.edit_complaint(book, at=now(), was=was, **values)

    form = ComplaintForm(ctx, detail, tr("What was found"), tr("Save"), run, parent)
    form.add_row(cause=LongTextField(tr("Cause"), detail.cause, lines=3, required=True))
    form.add_row(prevention=_prevention(detail))
    was = form.values()
    return form


def settle_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """The end that the customer agreed to."""
    return SettleForm(ctx, detail, parent)


class SettleForm(ComplaintForm):
    """How it was settled, what the cause was, which offers were taken, and the rating, if they gave one."""

    def __init__(self, ctx: Context, detail: ComplaintDetail, parent: QWidget) -> None:
        super().__init__(
            ctx,
            detail,
            tr("Settle the complaint"),
            tr("Settle"),
            complaint_moves.settle_complaint,
            parent,
            width=560,
        )
        self.add_words(
            tr("How it was settled (may be empty)"), name="settlement", value=detail.settlement, lines=3
        )
        self.add_row(cause=LongTextField(tr("Cause"), detail.cause, lines=2))
        self.add_row(prevention=_prevention(detail))
        currency = str(ctx.book.setting("shop.currency"))
        if detail.offered:
            lines = [(one.id, remedy_title(one, format_money(one.cost, currency))) for one in detail.offered]
            everything = [row for row, _ in lines]
            self.add_row(taken=ChecksField(tr("Which offers did they take?"), lines, everything))
        days = int(ctx.book.setting("ratings.ask_after_days"))
        later = ntr("Else Today brings it up in {n} day.", "Else Today brings it up in {n} days.", days)
        asking = CheckField(tr("They have been asked"), False, hint=later if days else "")
        self.add_row(perceived=StarsField(tr("How was it handled? (empty: ask later)")), asked=asking)
        self.fields["perceived"].changed.connect(
            lambda: asking.setEnabled(self.fields["perceived"].value() is None)
        )
        self.add_moment()
        left_open = sum(not promise.outcome for promise in detail.promises)
        if left_open:
            self.add_widget(label(_open_promises(left_open), role="amber", wrap=True))

    def operands(self, values: dict[str, Any]) -> dict[str, Any]:
        """Offers that were not ticked were declined; what nobody wrote here stays as somebody left it."""
        self._refuse_unseen()
        taken = values.pop("taken", [])
        values["declined"] = [one.id for one in self.detail.offered if one.id not in taken]
        for name in ("cause", "prevention"):
            if values[name] == getattr(self.detail, name):
                del values[name]
        values["asked"] = values["asked"] and values["perceived"] is None
        return super().operands(values)

    def _refuse_unseen(self) -> None:
        """Nobody ticked what was offered while the form stood open: it is not given unasked."""
        known = {one.id for one in self.detail.offered}
        detail = complaint_detail(self.ctx.book, self.detail.row.id)
        unseen = [one for one in detail.offered if one.id not in known] if detail else []
        if unseen:
            currency = str(self.ctx.book.setting("shop.currency"))
            named = tr(", ").join(remedy_title(one, format_money(one.cost, currency)) for one in unseen)
            raise UserError(
                tr("Meanwhile somebody offered: {what}.", what=named),
                tr("Say first whether it was taken, then settle."),
            )


def reject_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A rejection with its reason, and where else the customer can turn."""
    form = ComplaintForm(
        ctx, detail, tr("Reject the complaint"), tr("Reject"), complaint_moves.reject_complaint, parent,
        text=tr("Say why, and what the customer can do instead: they will read it in your words."),
    )  # fmt: skip
    form.add_words(tr("Reason"), name="reason", lines=3, required=True)
    form.add_row(
        alternatives=LongTextField(
            tr("What they can do instead"), lines=2, required=True,
            hint=tr("The platform's dispute desk, the maker's warranty, the consumer association …"),
        )
    )  # fmt: skip
    form.add_moment()
    return form


def close_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """The case is closed though something is left open: it says what."""

    def run(book: Book, **values: Any) -> Changes:
        return complaint_moves.advance_complaint(book, to="closed", **values)

    form = ComplaintForm(ctx, detail, tr("Close the case"), tr("Close it"), run, parent)
    for told in left_open(detail):
        form.add_widget(label(told, role="amber", wrap=True))
    form.add_row(text=LongTextField(tr("A last word (may be empty)"), lines=2))
    form.add_moment()
    return form


def left_open(detail: ComplaintDetail) -> list[str]:
    """What should not be forgotten before a case is closed, in sentences."""
    count = sum(not promise.outcome for promise in detail.promises)
    found = [_open_promises(count)] if count else []
    if detail.rating is None or not detail.rating.rated_at:
        found.append(tr("Nobody has asked yet how it was handled."))
    return found


def reopen_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """Taken up again, or followed by a new one where its end is too long ago; it says which."""
    window = reopening_window(ctx.book)
    ended = from_iso(detail.ended_at or detail.row.received_at)
    over, days, time = now() - ended > window, window.days, format_when(ended)
    if over:
        told = ntr(
            "It ended on {time}, more than {n} day ago: a new complaint that follows this one is opened.",
            "It ended on {time}, more than {n} days ago: a new complaint that follows this one is opened.",
            days,
            time=time,
        )
    else:
        told = ntr(
            "It ended on {time}. Within {n} day it is taken up again itself, with new deadlines.",
            "It ended on {time}. Within {n} days it is taken up again itself, with new deadlines.",
            days,
            time=time,
        )

    def run(book: Book, **values: Any) -> Changes:
        changes = reopen_complaint(book, **values)
        if new := changes.created.get("complaint"):
            ctx.navigate("complaints", complaint=new)
        return changes

    form = ComplaintForm(
        ctx, detail, tr("Open a complaint that follows") if over else tr("Reopen the complaint"),
        tr("Open it") if over else tr("Reopen"), run, parent, text=told,
    )  # fmt: skip
    form.add_row(text=LongTextField(tr("What the customer says now"), lines=4))
    form.add_moment()
    return form


def _prevention(detail: ComplaintDetail) -> LongTextField:
    return LongTextField(tr("So that it does not happen again"), detail.prevention, lines=2)


def _open_promises(count: int) -> str:
    return ntr("{n} promise is still open.", "{n} promises are still open.", count)
