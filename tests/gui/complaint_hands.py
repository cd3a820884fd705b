"""Restless hands with complaints: they carry, answer, promise and split while others meddle with the book."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from desktop.core.words import COMPLAINT_STATUSES
from desktop.models.changes import Changes
from desktop.operations import complaint_merging, complaint_moves, complaints, customers, erasing, merging
from desktop.queries.complaint_filter import SCOPES
from desktop.views.complaints import offers
from desktop.views.complaints.capture import open_capture
from desktop.views.complaints.detail import ComplaintPane
from desktop.views.complaints.view import ComplaintsView
from desktop.views.counter.window import CounterWindow
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.layouts import ScrollColumn
from desktop.views.settings.view import SettingsView
from tests.gui.hands import NONE, Act, Hands

PLAIN = ("王丽华", "13800138421", "Eight grams short", "少了八克", "5", "3.5", "明天 10:00", "tomorrow", "2")
MODES = ("board", "board", "list", "figures")
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_KEYS = (
    *((getattr(Qt.Key, f"Key_{letter}"), _CTRL | _SHIFT) for letter in "RHMWPGS"),
    (Qt.Key.Key_Return, _CTRL),
    (Qt.Key.Key_F7, NONE),
    (Qt.Key.Key_F2, NONE),
)


class ComplaintHands(Hands):
    """Hands that know what can be done with a complaint, and others' hands on the same book."""

    def acts(self) -> list[tuple[Act, int]]:
        """What any hands do, and more of what belongs to complaints."""
        return [
            *super().acts(),
            (self._screen, 8),
            (self._offer, 26),
            (self._complaint_key, 10),
            (self._fill, 26),
            (self._carry, 6),
            (self._record, 5),
            (self._stand_at_counter, 3),
            (self._set_up, 4),
            (self._meddle, 5),
            (self._leave, 12),
        ]

    # -- what is there

    def _page(self) -> QWidget | None:
        return self.stage.window.pages.page()

    def _some(self, sql: str) -> int | None:
        rows = self.stage.book.rows(sql)
        return int(self.chance.choice(rows)[0]) if rows else None

    def _complaint(self) -> int | None:
        """The one that is shown, or any."""
        page = self._page()
        if isinstance(page, ComplaintsView) and page.pane.detail and self.chance.random() < 0.7:
            return page.pane.detail.row.id
        return self._some("SELECT id FROM complaint ORDER BY id LIMIT 300")

    # -- on the screen

    def _screen(self) -> str:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return "not now"
        mode, scope = self.chance.choice(MODES), self.chance.choice(tuple(SCOPES))
        complaint = self._some("SELECT id FROM complaint ORDER BY open DESC, id DESC LIMIT 200")
        self.stage.window.go("complaints", mode=mode, scope=scope, complaint=complaint)
        return f"complaints as {mode}, {scope}, number {complaint}"

    def _offer(self) -> str:
        if QApplication.activeModalWidget():
            return "not now"
        panes = [p for p in self.stage.window.findChildren(ComplaintPane) if p.isVisible() and p.actions_]
        if not panes:
            return self._screen()
        actions = self.chance.choice(panes).actions_
        assert actions is not None
        offered = [one for group in offers.groups(actions) for one in group]
        offered += [offers.next_thing(actions)] * 4
        one = self.chance.choice(offered)
        self.done[-1] = name = f"offer {one.text!r}"
        one.run()
        return name

    def _complaint_key(self) -> str:
        front = self.front()
        key, with_ = self.chance.choice(_KEYS)
        self.done[-1] = name = f"{with_.name} {key.name}"
        target = front.focusWidget() or front
        QTest.keyClick(target, key, with_)
        return name

    def _carry(self) -> str:
        page = self._page()
        complaint = self._complaint()
        if not isinstance(page, ComplaintsView) or complaint is None or QApplication.activeModalWidget():
            return self._screen()
        status = self.chance.choice(tuple(COMPLAINT_STATUSES))
        self.done[-1] = name = f"carry {complaint} to {status}"
        page.board.moved.emit(complaint, status)
        return name

    # -- in dialogs

    def _fill(self) -> str:
        """Write something into what is empty, and say yes."""
        front = self.front()
        if not isinstance(front, QDialog):
            return self._offer()
        self.done[-1] = name = f"fill in {front.windowTitle()!r}"
        for field in front.findChildren(QWidget):
            if not (isvisible(field) and field.isEnabled()) or self.chance.random() < 0.15:
                continue
            if isinstance(field, (QPlainTextEdit, QTextEdit)) and not field.toPlainText():
                field.setPlainText(self.chance.choice(PLAIN))
            elif isinstance(field, QLineEdit) and not field.text() and not field.isReadOnly():
                field.setText(self.chance.choice(PLAIN))
                field.textEdited.emit(field.text())
        main = [button for button in front.findChildren(PrimaryButton) if isvisible(button)]
        if main and main[-1].isEnabled():
            QTest.mouseClick(main[-1], Qt.MouseButton.LeftButton)
        return name

    def _leave(self) -> str:
        """Escape from a dialog that nothing leads out of by chance."""
        front = self.front()
        if not isinstance(front, QDialog):
            return "nothing to leave"
        self.done[-1] = name = f"leave {front.windowTitle()!r}"
        QTest.keyClick(front, Qt.Key.Key_Escape)
        if isvisible(front) and self.chance.random() < 0.5:
            front.close()
        return name

    def _record(self) -> str:
        if QApplication.activeModalWidget():
            return "not now"
        customer = self._some("SELECT id FROM customer ORDER BY id LIMIT 300")
        open_capture(self.stage.window.ctx, self.stage.window, self.chance.choice((None, customer)))
        return f"record a complaint of {customer}"

    def _stand_at_counter(self) -> str:
        self.done[-1] = "at the counter"
        counters = [
            w for w in QApplication.topLevelWidgets() if isinstance(w, CounterWindow) and isvisible(w)
        ]
        if not counters:
            QTest.keyClick(self.stage.window, Qt.Key.Key_F8)
            return "open the counter"
        customer = self._some("SELECT id FROM customer ORDER BY id LIMIT 300")
        if customer is not None:
            counters[-1].desk.show_customer(customer)
        QTest.keyClick(counters[-1], Qt.Key.Key_F6)
        return f"F6 at the counter for {customer}"

    def _set_up(self) -> str:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return "not now"
        place = self.chance.choice(("settings", "answers"))
        if place == "answers":
            from desktop.views.answers.manager import open_answers

            open_answers(self.stage.window.ctx, self.stage.window)
            return "the answers"
        self.stage.window.go("settings")
        page = self._page()
        if isinstance(page, SettingsView):
            for column in page.findChildren(ScrollColumn):
                column.verticalScrollBar().setValue(self.chance.randrange(6000))
        return "the settings"

    # -- somebody else at the same book

    def _meddle(self) -> str:
        """Change the book under an open pane or dialog, as another window would."""
        book, at = self.stage.book, datetime.now().replace(microsecond=0)
        complaint = self._complaint()
        if complaint is None:
            return "nothing to meddle with"
        customer = book.value("SELECT customer_id FROM complaint WHERE id = ?", (complaint,))
        sibling = book.value(
            "SELECT id FROM complaint WHERE customer_id = ? AND id <> ?", (customer, complaint)
        )
        other = self._some("SELECT id FROM customer ORDER BY id LIMIT 100")
        ways: list[partial[Changes]] = [
            partial(complaints.delete_complaints, book, complaint_ids=[complaint]),
            partial(complaint_moves.wait_for_customer, book, complaint_id=complaint, at=at),
            partial(complaint_moves.settle_complaint, book, complaint_id=complaint, at=at, settlement="ok"),
            partial(
                complaints.set_severity,
                book,
                complaint_ids=[complaint],
                severity=self.chance.choice(("low", "urgent")),
                at=at - timedelta(days=self.chance.choice((0, 400))),
            ),
        ]
        if sibling is not None:
            pair = {"kept_id": sibling, "gone_id": complaint}
            ways.append(partial(complaint_merging.merge_complaints, book, at=at, **pair))
        if customer is not None and other not in (None, customer):
            ways.append(partial(customers.delete_customers, book, customer_ids=[customer]))
            ways.append(partial(merging.merge_customers, book, kept=other, gone=[customer]))
        if customer is not None and self.chance.random() < 0.05:
            ways = [partial(erasing.erase_customer, book, customer_id=customer, at=at)]
        way = self.chance.choice(ways)
        self.done[-1] = name = f"meanwhile {way.func.__name__} of {complaint}"
        self.erased = self.erased or way.func is erasing.erase_customer
        self.stage.window.ctx.do(way)
        return name


def isvisible(widget: QWidget) -> bool:
    """Whether it is there and seen."""
    return isValid(widget) and widget.isVisible()
