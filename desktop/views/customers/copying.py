"""Phone numbers put on the clipboard, with a quiet word that they are there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication

from desktop.core.text import format_phone
from desktop.core.translation import ntr, tr
from desktop.queries.customer_phones import phones_of
from desktop.queries.customer_rows import CustomerRow
from desktop.views.kit.context import Context

MOST_COPIED = 20_000
"""Numbers on the clipboard; a file is the place for more."""


def copy_phone(ctx: Context, phone: str) -> None:
    """Copy one number as it is dialled, without blanks."""
    QGuiApplication.clipboard().setText(phone)
    ctx.notify(tr("Copied: {phone}", phone=format_phone(phone)))


def copy_reach(ctx: Context, row: CustomerRow | None, key: str) -> None:
    """Copy what stands in a cell of a row: its phone, WeChat id, e-mail address …"""
    if row is None:
        return
    if key == "phone":
        copy_phone(ctx, row.phone)
    elif value := row.reach.get(key, ""):
        QGuiApplication.clipboard().setText(value)
        ctx.notify(tr("Copied: {phone}", phone=value))


def copy_phones(ctx: Context, customer_ids: Sequence[int]) -> None:
    """Copy the main number of each customer, one a line."""
    if len(customer_ids) > MOST_COPIED:
        ctx.notify(
            ntr(
                "{n} customer is too much to copy: export them instead.",
                "{n} customers are too many to copy: export them instead.",
                len(customer_ids),
            ),
            tone="info",
        )
        return
    phones = phones_of(ctx.book, customer_ids=customer_ids)
    if not phones:
        ctx.notify(tr("There is no phone number to copy."), tone="info")
    elif len(phones) == 1:
        copy_phone(ctx, phones[0])
    else:
        QGuiApplication.clipboard().setText("\n".join(phones))
        ctx.notify(ntr("{n} phone number copied", "{n} phone numbers copied", len(phones)))
