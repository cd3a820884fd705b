"""What a customer agreed to: a row for each purpose, a word noted with one click."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.translation import tr
from desktop.operations import privacy as operations
from desktop.queries.privacy import ConsentState, consents
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import ActivityRow, IconButton, SecondaryButton, clear
from desktop.views.profile.privacy_forms import ConsentForm, ConsentHistory, held_in, hold, how, menu_of

_ICONS = {
    "contact": "phone", "promotion": "badge-percent", "rating": "star", "photo": "image-down",
    "share": "users",
}  # fmt: skip


class Consents(QWidget):
    """The rows of a customer's consents, `rows` by purpose."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._customer = 0
        self._states: list[ConsentState] = []
        self.rows: dict[str, ActivityRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_customer(self, customer_id: int) -> None:
        """Show what holds for every purpose."""
        states = consents(self._ctx.book, customer_id=customer_id)
        if self.rows and (customer_id, states) == (self._customer, self._states):
            return
        self._customer, self._states = customer_id, states
        held = held_in(self.rows)
        clear(self._column)
        self.rows = {state.purpose: self._consent_row(state) for state in states}
        for row in self.rows.values():
            self._column.addWidget(row)
        hold(self.rows, held)

    def _consent_row(self, state: ConsentState) -> ActivityRow:
        purpose, newest = state.purpose, state.newest
        parts = [self._consent_words(state)]
        if newest and (said := how(newest)):
            parts.append(said)
        tone: Tone = "grey" if newest is None else "accent" if newest.given else "red"
        holder = QWidget()
        buttons = QHBoxLayout(holder)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(6)
        if newest is None or not newest.given:
            buttons.addWidget(self._say(tr("Agrees"), "check", purpose, given=True))
        if newest is None or newest.given:
            text = tr("Withdraw") if newest else tr("Refuses")
            buttons.addWidget(self._say(text, "x", purpose, given=False))
        more = IconButton("ellipsis", tr("More"), lambda: self._consent_menu(purpose, more), role="muted")
        buttons.addWidget(more)
        return ActivityRow(
            _ICONS.get(purpose, "shield-check"),
            words.name(words.CONSENT_PURPOSES, purpose),
            " · ".join(parts),
            tone=tone,
            action=holder,
        )

    def _consent_words(self, state: ConsentState) -> str:
        if state.newest is None:
            return tr("Never asked")
        if state.newest.given:
            return tr("Agreed since {day}", day=format_day(state.since))
        return tr("Not agreed since {day}", day=format_day(state.since))

    def _say(self, text: str, icon: str, purpose: str, *, given: bool) -> SecondaryButton:
        button = SecondaryButton(text, icon, lambda: self.note(purpose, given=given), small=True)
        button.setAccessibleName(
            tr("{doing}: {what}", doing=text, what=words.name(words.CONSENT_PURPOSES, purpose))
        )
        return button

    def note(self, purpose: str, *, given: bool) -> None:
        """Note a word on a purpose as said here and now; the menu asks how else it came."""
        self._ctx.do(
            lambda: operations.note_consent(
                self._ctx.book,
                customer_id=self._customer,
                purpose=purpose,
                given=given,
                at=datetime.now().replace(microsecond=0),
                channel="shop",
            )
        )

    def _consent_menu(self, purpose: str, button: QWidget) -> None:
        menu = menu_of(self)
        for given, text in (
            (True, tr("Agrees, with how and when…")),
            (False, tr("Refuses, with how and when…")),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, given=given: self.note_how(purpose, given=given))
        menu.addSeparator()
        menu.addAction(tr("What was said before…"), lambda: self.consent_history(purpose))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def note_how(self, purpose: str, *, given: bool) -> FormDialog:
        """Ask how and when a word on a purpose came."""
        form = ConsentForm(self._ctx, self._customer, purpose, self, given=given)
        form.open()
        return form

    def consent_history(self, purpose: str) -> ConsentHistory:
        """Show every word on a purpose."""
        dialog = ConsentHistory(self._ctx, self._customer, purpose, self)
        dialog.open()
        return dialog
