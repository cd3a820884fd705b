"""A new customer entered at the counter: what was typed stands in its field already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core import words
from desktop.core.member_codes import CHANNEL
from desktop.core.translation import tr
from desktop.core.typed_person import TypedPerson
from desktop.models.changes import Changes
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer
from desktop.views.counter.panel import BigLine, Panel, named
from desktop.views.kit.context import Context

_POINTS = {
    "phone": ("phone", ""),
    "wechat": ("wechat", ""),
    "email": ("email", ""),
    "code": ("account", CHANNEL),
}


class NewCustomerPanel(Panel):
    """Name and phone first; everything else can be added on the profile."""

    def __init__(self, ctx: Context, typed: TypedPerson) -> None:
        super().__init__(ctx, tr("New customer"), tr("Add the customer"))
        self.customer_id: int | None = None
        names = {
            "name": tr("Customer's name"),
            "phone": words.name(words.CONTACT_KINDS, "phone"),
            "wechat": words.name(words.CONTACT_KINDS, "wechat"),
            "email": words.name(words.CONTACT_KINDS, "email"),
            "code": tr("Member code"),
            "likes": tr("Likes"),
            "dislikes": tr("Dislikes and allergies"),
        }
        self.lines = {key: BigLine(name) for key, name in names.items()}
        # Hardly anybody gives an address of mail at a till: its line shows where one was typed.
        pairs = (("name", "phone"), ("wechat", "code"), ("likes", "dislikes"), ("email",))
        for pair in pairs:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(14)
            for key in pair:
                row.addLayout(named(names[key], self.lines[key]), 1)
            self.column.addWidget(holder)
            holder.setVisible(bool(typed.email) or "email" not in pair)
        self.column.addStretch(1)
        self.fill(typed._asdict())
        first = next((key for key in ("name", "phone") if not self.lines[key].text()), "likes")
        self.setFocusProxy(self.lines[first])

    def store(self) -> Changes:
        """Enter them."""
        written = {key: line.text().strip() for key, line in self.lines.items()}
        points = [
            Point(kind, written[key], channel) for key, (kind, channel) in _POINTS.items() if written[key]
        ]
        values = {key: written[key] for key in ("name", "likes", "dislikes")}
        changes = add_customer(self.ctx.book, values=values, points=points)
        self.customer_id = changes.created["customer"]
        return changes

    def draft(self) -> dict[str, Any]:
        written = {key: line.text() for key, line in self.lines.items()}
        return written if any(text.strip() for text in written.values()) else {}

    def fill(self, draft: Mapping[str, Any]) -> None:
        for key, text in draft.items():
            self.lines[key].setText(text)

    def take_code(self, code: str) -> bool:
        self.lines["code"].setText(code)
        return True
