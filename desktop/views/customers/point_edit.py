"""A line in which a phone, e-mail address or account is written, and what the book makes of it as typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.operations.contact_points import Point, Reading, read_point
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.fields import Field
from desktop.views.kit.widgets import FlowLayout, LinkButton, clear, label
from desktop.views.timeline.words import cut


def point_name(kind: str, channel: str = "") -> str:
    """What a way to reach somebody is called: Phone, Taobao account, Member card."""
    if kind != "account":
        return words.name(words.CHANNELS if kind in words.CHANNELS else words.CONTACT_KINDS, kind)
    if channel == "member":
        return words.name(words.ACCOUNT_CHANNELS, channel)
    platform = words.name(words.ACCOUNT_CHANNELS, channel)
    return tr("{platform} account", platform=platform) if platform else words.name(words.CONTACT_KINDS, kind)


class PointEdit(QWidget):
    """The line, and below it how it will be kept, why it can't be, or who has it and the way there."""

    changed = Signal()

    def __init__(
        self, ctx: Context, kind: str, channel: str = "", value: str = "", *, customer_id: int | None = None
    ) -> None:
        super().__init__()
        self.kind, self.channel = kind, channel
        self._ctx, self._customer = ctx, customer_id
        self.reading = Reading()
        self.line = QLineEdit(value)
        self.line.setAccessibleName(point_name(kind, channel))
        self.said = label(size=theme.SMALL - 1, role="muted", wrap=True)
        self.said.hide()
        holder = QWidget()
        self._ways = FlowLayout(holder, gap=8, line_gap=0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.line)
        column.addWidget(self.said)
        column.addWidget(holder)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._read)
        self.line.editingFinished.connect(self._settle)
        if value:
            self._read()

    def point(self, *, main: bool = False) -> Point:
        """What is written."""
        return Point(self.kind, self.line.text().strip(), self.channel, main)

    def problem(self) -> str:
        """Why this can't be kept, or ""."""
        if self.reading.holder:
            return tr("Already belongs to {customer}.", customer=cut(self.reading.holder[1], 40))
        return str(self.reading.fault) if self.reading.fault else ""

    def check(self) -> bool:
        """Whether it can be kept; says in red why if not."""
        text = self.problem()
        if text:
            self._say(text, "red")
        return not text

    def _read(self) -> None:
        self.reading = read_point(self._ctx.book, self.point(), customer_id=self._customer)
        clear(self._ways)
        if self.reading.holder:
            self._say(self.problem(), "red")
            self._offer_ways(*self.reading.holder)
        elif self.reading.fault:
            # Half a number is no mistake yet.
            self._say(tr("Not complete yet."), "muted")
        else:
            shown = self.reading.shown
            differs = bool(shown) and shown != self.line.text()
            self._say(tr("Kept as {value}", value=shown) if differs else "", "muted")
        self.changed.emit()

    def _settle(self) -> None:
        if self.reading.fault:
            self._say(str(self.reading.fault), "red")

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        self.said.setProperty("role", role)
        self.line.setProperty("wrong", role == "red")
        self.line.setAccessibleDescription(text)
        for widget in (self.said, self.line):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.said.setVisible(bool(text))

    def _offer_ways(self, holder: int, name: str) -> None:
        self._ways.addWidget(
            LinkButton(tr("Open {name}", name=cut(name, 20)), "user", lambda: self._go(holder))
        )
        if self._customer is not None:
            both = (self._customer, holder)
            self._ways.addWidget(
                LinkButton(tr("Merge…"), "merge", lambda: self._leave("duplicates", customers=both))
            )

    def _go(self, holder: int) -> None:
        self._leave("profile", customer=holder)

    def _leave(self, place: str, **params: object) -> None:
        form = self.window()
        if isinstance(form, QDialog):
            form.reject()
        self._ctx.navigate(place, **params)


class PointField(Field):
    """One way to reach a customer as a field; the value is a `Point`, with no text for none."""

    def __init__(
        self, ctx: Context, kind: str, channel: str = "", value: str = "", *, customer_id: int | None = None
    ) -> None:
        self.edit = PointEdit(ctx, kind, channel, value, customer_id=customer_id)
        super().__init__(point_name(kind, channel), self.edit)
        self.setFocusProxy(self.edit.line)
        self.edit.changed.connect(self.changed)

    def value(self) -> Point:
        return self.edit.point()

    def set_value(self, value: str) -> None:
        self.edit.line.setText(value)

    def check(self) -> bool:
        """The line says itself what is wrong with it."""
        return self.edit.check()
