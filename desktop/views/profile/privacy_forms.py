"""What the privacy tab asks: how consent was given, what somebody wants, what came of it, and the erasure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.translation import tr
from desktop.operations.privacy import deadline, finish_request, note_consent, take_request
from desktop.queries.privacy import ConsentRow, RequestRow, consent_history
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, DateField, FormDialog, LongTextField, TextField
from desktop.views.kit.widgets import ActivityRow, Banner, PrimaryButton, ScrollColumn, label

Key = TypeVar("Key", int, str)

CHANNELS = ("shop", "phone", "wechat", "sms", "email", "site", "other")
"""How a word on consent may have come."""


def channel_choices() -> list[tuple[str, str]]:
    """The channels with their names, and none in particular."""
    return [("", tr("Not noted")), *((code, words.name(words.CHANNELS, code)) for code in CHANNELS)]


class ConsentForm(FormDialog):
    """Given or refused, how, when and in which words."""

    def __init__(self, ctx: Context, customer_id: int, purpose: str, parent: QWidget, *, given: bool) -> None:
        name = words.name(words.CONSENT_PURPOSES, purpose)
        super().__init__(
            tr("Consent: {purpose}", purpose=name), tr("Note it"), self._store, width=460, parent=parent
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._customer, self._purpose = ctx, customer_id, purpose
        self.add_row(
            given=ChoiceField(
                tr("The customer"), [(True, tr("agrees")), (False, tr("does not agree"))], given
            ),
            channel=ChoiceField(tr("How they said it"), channel_choices(), "shop"),
        )
        self.add_row(day=DateField(tr("When"), date.today(), optional=False))
        self.add_row(text=LongTextField(tr("In their words"), lines=2))

    def _store(self, values: dict[str, Any]) -> None:
        now = datetime.now()
        day: date = values["day"] or now.date()
        at = now if day == now.date() else datetime.combine(day, time(12))
        self._ctx.changed(
            note_consent(
                self._ctx.book,
                customer_id=self._customer,
                purpose=self._purpose,
                given=values["given"],
                at=at.replace(microsecond=0),
                channel=values["channel"],
                text=values["text"],
            )
        )


def menu_of(widget: QWidget) -> QMenu:
    """A menu that goes when it has been answered."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def held_in(rows: Mapping[Key, QWidget]) -> Key | None:
    """The key of the row that has the keyboard."""
    held = QApplication.focusWidget()
    return next((key for key, row in rows.items() if held and row.isAncestorOf(held)), None)


def hold(rows: Mapping[Key, QWidget], key: Key | None) -> None:
    """Give the keyboard back to the row that had it before the rows were made anew."""
    if key is not None and key in rows:
        rows[key].show()
        if button := rows[key].findChild(QPushButton):
            button.setFocus()


def how(row: ConsentRow) -> str:
    """How a word came: the channel, the words, the clerk."""
    parts = [
        words.name(words.CHANNELS, row.channel) if row.channel else "",
        tr("“{words}”", words=" ".join(row.text.split())) if row.text else "",
        tr("noted by {clerk}", clerk=row.clerk) if row.clerk else "",
    ]
    return " · ".join(part for part in parts if part)


class ConsentHistory(QDialog):
    """Every word on one purpose, the newest first."""

    def __init__(self, ctx: Context, customer_id: int, purpose: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = tr("Consent: {purpose}", purpose=words.name(words.CONSENT_PURPOSES, purpose))
        self.setWindowTitle(title)
        rows = ScrollColumn(gap=0)
        for row in consent_history(ctx.book, customer_id=customer_id, purpose=purpose):
            rows.column.addWidget(
                ActivityRow(
                    "circle-check" if row.given else "circle-x",
                    tr("Agreed") if row.given else tr("Did not agree"),
                    how(row),
                    format_day(row.at),
                    tone="accent" if row.given else "red",
                )
            )
        rows.column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(title, size=theme.TITLE, bold=True, wrap=True))
        layout.addWidget(rows, 1)
        close = PrimaryButton(tr("Close"), on_click=self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(520, 400)


class RequestForm(FormDialog):
    """What a customer asks about their data, and by when it is to be answered."""

    def __init__(self, ctx: Context, customer_id: int, parent: QWidget, *, kind: str = "access") -> None:
        super().__init__(tr("Request about their data"), tr("Note it"), self._store, width=460, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._customer = ctx, customer_id
        kinds = [(code, words.name(words.PRIVACY_KINDS, code)) for code in words.PRIVACY_KINDS]
        self.add_row(kind=ChoiceField(tr("They ask for"), kinds, kind))
        self.received = DateField(tr("Came on"), date.today(), optional=False)
        self.due = DateField(tr("To be answered by"), deadline(ctx.book, date.today()), optional=False)
        self.due.set_hint(_rule(ctx))
        self.received.changed.connect(self._follow)
        self.add_row(received=self.received, due=self.due)
        self.add_row(note=LongTextField(tr("In their words"), lines=3))

    def _follow(self) -> None:
        self.due.set_value(deadline(self._ctx.book, self.received.value() or date.today()))

    def _store(self, values: dict[str, Any]) -> None:
        now = datetime.now()
        day: date = values["received"] or now.date()
        self._ctx.changed(
            take_request(
                self._ctx.book,
                customer_id=self._customer,
                kind=values["kind"],
                received_at=now.replace(microsecond=0)
                if day == now.date()
                else datetime.combine(day, time(12)),
                due=values["due"],
                note=values["note"],
            )
        )


def _rule(ctx: Context) -> str:
    days = int(ctx.book.setting("privacy.working_days"))
    return tr("The shop's rule: {days} working days", days=days) if days else tr("The shop's rule: a month")


class OutcomeForm(FormDialog):
    """What came of a request."""

    def __init__(self, ctx: Context, request: RequestRow, outcome: str, parent: QWidget) -> None:
        super().__init__(
            tr("Request done: {kind}", kind=words.name(words.PRIVACY_KINDS, request.kind)),
            tr("Done"),
            lambda values: ctx.changed(
                finish_request(
                    ctx.book,
                    request_id=request.id,
                    at=datetime.now().replace(microsecond=0),
                    outcome=values["outcome"],
                )
            ),
            width=460,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_row(outcome=LongTextField(tr("What came of it"), outcome, lines=3, required=True))


class EraseForm(FormDialog):
    """The one act that asks first: it can't be undone, so the name has to be typed."""

    def __init__(self, name: str, erase: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(
            tr("Erase {name} for good", name=name),
            tr("Erase for good"),
            lambda values: erase(values["note"]),
            width=520,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = " ".join(name.split())
        self.add_widget(
            Banner(
                "triangle-alert",
                tr(
                    "Name, contact points, notes, wishes, consents, tasks, files and what was said in "
                    "complaints go, from the undo history too. Orders, amounts, points and ratings stay, "
                    "under “Erased customer”. Backups and files taken out earlier still hold what they held."
                ),
                "red",
                title=tr("This can't be undone."),
            )
        )
        self.typed = TextField(tr("To go on, type the name: {name}", name=name))
        self.add_row(typed=self.typed)
        self.add_row(note=TextField(tr("Why, for the record (without the name)")))
        self.typed.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.save_button.setEnabled(" ".join(self.typed.value().split()) == self._name)

    def check(self) -> bool:
        """Nothing happens before the name stands there."""
        return self.save_button.isEnabled() and super().check()
