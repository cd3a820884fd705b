"""The counter's window: the desk with its keys, its place on the screen, and notices of its own."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.translation import language, tr
from desktop.views.counter.acts import ACTS
from desktop.views.counter.big_button import BigButton
from desktop.views.counter.desk import Desk
from desktop.views.counter.drafts import Drafts
from desktop.views.counter.scanner import ScanWatch
from desktop.views.counter.search_line import HEIGHT
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.notices import Notices
from desktop.views.shell.undoing import Undoing

_ON_TOP = Qt.WindowType.WindowStaysOnTopHint


class CounterWindow(QWidget):
    """A window of its own over the same book; `main_wanted` asks for the main window in front."""

    main_wanted = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("counter")
        self.setMinimumSize(960, 560)
        # Notices belong to whoever stands here, and so does what they undo.
        self.ctx = Context(ctx.book, ctx.settings, ctx.tasks)
        self.ctx.changes, self.ctx.navigate, self.ctx.dress = ctx.changes, ctx.navigate, ctx.dress
        self.ctx.notify = self._notify
        self._undoing = Undoing(self.ctx, self)
        self.ctx.undo = self._undoing.undo
        self._drafts = Drafts()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._build()
        self._scans = ScanWatch(self, lambda: self.desk.field.line.hasFocus())
        self._scans.scanned.connect(lambda code: self.desk.scanned(code))
        self._add_keys()
        self.setWindowFlag(_ON_TOP, bool(self.ctx.settings.get("ui.counter.on_top")))
        kept = str(self.ctx.settings.get("ui.counter.place"))
        if not kept or not self.restoreGeometry(base64.b64decode(kept)):
            room = self.screen().availableGeometry()
            self.resize(min(1180, room.width() - 40), min(760, room.height() - 60))

    def _add_keys(self) -> None:
        for act in ACTS:
            QShortcut(QKeySequence(act.key), self, partial(self._open_act, act.name))
        for keys, do in (
            ("F7", self.switch_money),
            ("F8", self.close),
            ("F11", self.switch_full_screen),
            ("F12", self.new_case),
            ("Ctrl+O", self.open_profile),
        ):
            QShortcut(QKeySequence(keys), self, do)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._undoing.undo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Redo), self, self._undoing.redo)

    def _open_act(self, name: str) -> None:
        self.desk.open_act(name)

    def _notify(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None, tone: str = "done"
    ) -> None:
        self._notices.show_notice(text, action_text, action, tone)

    # -- building, and building anew

    def _build(self) -> None:
        self._worn = (language(), theme.current().name)
        self.setWindowTitle(tr("Counter"))
        self.desk = Desk(self.ctx, self._drafts)
        self.desk.complaint_wanted.connect(self._open_complaint)
        self.profile_button = _switch("user", tr("Open the profile (Ctrl+O)"), self.open_profile)
        self.money_button = _switch("eye-off", tr("Hide amounts (F7)"), self.switch_money, stays=True)
        self.top_button = _switch("pin", tr("Keep on top"), self.switch_on_top, stays=True)
        self.full_button = _switch("maximize", tr("Full screen (F11)"), self.switch_full_screen)
        self.case_button = _switch("undo-2", tr("Return, exchange, repair… (F12)"), self.new_case)
        theirs = (self.case_button, self.profile_button)
        for button in (*theirs, self.money_button, self.top_button, self.full_button):
            self.desk.head.addWidget(button)
        self._show_switches()
        for button in theirs:
            button.setEnabled(False)
            self.desk.shown.connect(lambda customer, button=button: button.setEnabled(bool(customer)))
        self._notices = Notices(self.desk.middle)
        self._layout.addWidget(self.desk)
        self.setFocusProxy(self.desk)

    def _show_switches(self) -> None:
        self.money_button.setChecked(bool(self.ctx.settings.get("ui.counter.hide_money")))
        self.top_button.setChecked(bool(self.ctx.settings.get("ui.counter.on_top")))

    def _rebuild(self) -> None:
        """Another language or look: the desk is made anew, with whom it showed and what was being written."""
        if self._worn == (language(), theme.current().name):
            return
        old = self.desk
        shown, typed = old.card.id if old.card else None, old.field.text()
        old.writing.keep()
        self._layout.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._build()
        self.desk.field.set_text(typed)
        if shown is not None:
            self.desk.show_customer(shown)
        self.desk.field.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.LanguageChange, QEvent.Type.StyleChange, QEvent.Type.ActivationChange)
        if event.type() in kinds and hasattr(self, "_worn"):
            QTimer.singleShot(0, self, self._rebuild)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self.desk.escape():
                self.close()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.desk.card_view.turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif self.desk.panel is None and event.text().isprintable() and event.text():
            self.desk.type_ahead(event.text())
        else:
            super().keyPressEvent(event)

    def switch_money(self) -> None:
        """Hide amounts where customers can see the screen, or show them again."""
        hidden = not self.ctx.settings.get("ui.counter.hide_money")
        self.ctx.settings.set("ui.counter.hide_money", hidden)
        self._show_switches()
        self.desk.refresh()
        self.ctx.notify(tr("Amounts are hidden.") if hidden else tr("Amounts are shown."), tone="info")

    def switch_on_top(self) -> None:
        """Stay before all other windows, or not."""
        on_top = not self.windowFlags() & _ON_TOP
        self.ctx.settings.set("ui.counter.on_top", on_top)
        self.setWindowFlag(_ON_TOP, on_top)
        self.show()
        self._show_switches()
        self.ctx.notify(tr("Stays on top.") if on_top else tr("No longer stays on top."), tone="info")

    def switch_full_screen(self) -> None:
        """Fill the screen, or not."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def open_profile(self) -> None:
        """Show the customer in the main window."""
        if self.desk.card is not None:
            self.ctx.navigate("profile", customer=self.desk.card.id)
            self.main_wanted.emit()

    def new_case(self) -> None:
        """Open a return, an exchange, a repair … for the customer, who stands here."""
        if self.desk.card is not None:
            from desktop.views.cases.case_form import CaseForm

            CaseForm(self.ctx, customer_id=self.desk.card.id, here=True, parent=self).open()

    def _open_complaint(self, customer: int) -> None:
        from desktop.views.complaints.capture import open_capture

        window = open_capture(self.ctx, self, customer or None)
        window.opened.connect(lambda _: self.main_wanted.emit())

    # -- place on the screen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scans.watch()
        self.desk.field.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep size and place."""
        if not self.isFullScreen():
            place = base64.b64encode(self.saveGeometry().data()).decode("ascii")
            self.ctx.settings.set("ui.counter.place", place)
        super().closeEvent(event)


def _switch(icon: str, name: str, do: Callable[[], object], *, stays: bool = False) -> BigButton:
    """A button of the window itself, only an icon; one that `stays` shows whether it is on."""
    return BigButton("", icon, do, name=name, checkable=stays, height=HEIGHT)
