"""Restless hands: they do random but legal things in the real window and note what breaks."""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from desktop.core.errors import UserError
from desktop.views.counter.window import CounterWindow
from desktop.views.kit.fault_dialogs import FaultDialog
from desktop.views.kit.notices import report_error
from desktop.views.shell.places import PLACES
from tests.gui.hostile import HOSTILE
from tests.screens import Stage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_K = Qt.Key
KEYS: tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...] = (
    *((key, NONE) for key in (_K.Key_Up, _K.Key_Down, _K.Key_Left, _K.Key_Right, _K.Key_Home, _K.Key_End)),
    *((key, NONE) for key in (_K.Key_PageUp, _K.Key_PageDown, _K.Key_Return, _K.Key_Return, _K.Key_Tab)),
    *((key, NONE) for key in (_K.Key_Escape, _K.Key_Escape, _K.Key_F2, _K.Key_F3, _K.Key_F4, _K.Key_F8)),
    *((key, NONE) for key in (_K.Key_Delete, _K.Key_Backspace, _K.Key_Space, _K.Key_Space)),
    *((Qt.Key(ord(letter)), NONE) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    *((Qt.Key(ord(letter)), CTRL) for letter in "ACFKNTZXDIFPZ"),
    *((Qt.Key(ord(letter)), CTRL | SHIFT) for letter in "ZTN"),
    *((Qt.Key(ord(digit)), CTRL) for digit in "123456789"),
    *((key, SHIFT) for key in (_K.Key_Up, _K.Key_Down, _K.Key_Tab, _K.Key_Home, _K.Key_End, _K.Key_Return)),
    *((key, CTRL) for key in (_K.Key_Home, _K.Key_End, _K.Key_Space, _K.Key_Return, _K.Key_Comma)),
    (_K.Key_Left, ALT), (_K.Key_Down, ALT), (_K.Key_Slash, NONE), (_K.Key_Menu, NONE),
)  # fmt: skip
PAUSE_S = 30.0
"""Seconds after which background work counts as hanging."""
Act = Callable[[], str]
"""Does something and says in words what it was."""
SLOW_S = 20.0
"""Seconds that nothing a hand does may take in the window's thread, on a machine that is busy otherwise."""


class Hands:
    """A pair of hands with a seed: the same seed does the same things to the same book."""

    def __init__(self, stage: Stage, seed: int, *, slow: float = SLOW_S) -> None:
        self._slow = slow
        self.stage, self.chance = stage, random.Random(seed)
        self.done: list[str] = []
        """What was done, in words, the newest last."""
        self.faults: list[str] = []
        """What broke, each with what was done last."""
        self.erased = False
        """Whether somebody was erased, which no undo brings back."""
        self._inside, self._began = False, 0.0
        self._guard = QTimer()
        self._guard.setInterval(40)
        self._guard.timeout.connect(self._leave_loops)

    # -- doing

    def acts(self) -> list[tuple[Act, int]]:
        """What these hands do, each with how often."""
        return [
            (self._key, 26), (self._click, 30), (self._type, 14), (self._cell, 14), (self._place, 5),
            (self._anywhere, 5), (self._wheel, 3), (self._undo, 4), (self._profile, 4), (self._dress, 1),
            (self._resize, 1),
        ]  # fmt: skip

    def play(self, steps: int) -> None:
        """Do so many things; stops at the first fault."""
        acts = self.acts()
        kinds, weights = [act for act, _ in acts], [weight for _, weight in acts]
        self._guard.start()
        for _ in range(steps):
            menu = QApplication.activePopupWidget()
            act = self._menu if isinstance(menu, QMenu) else self.chance.choices(kinds, weights)[0]
            began = self._began = time.monotonic()
            self._inside = True
            try:
                self.done.append(act.__name__)
                said = act()
                self.done[-1] = f"{said}  [{type(self.front()).__name__}]"
            except UserError as error:
                report_error(error)
            except Exception:  # noqa: BLE001 - whatever it is, it is what these hands are looking for
                self.blame(traceback.format_exc())
            finally:
                self._inside = False
            if (took := time.monotonic() - began) > self._slow:
                self.blame(f"the window stood still for {took:.1f} s")
            self.pump(0 if self.chance.random() < 0.2 else 1)
            self._look()
            if self.faults:
                break
        self._guard.stop()

    def blame(self, what: str) -> None:
        """Note a fault."""
        trail = "\n  ".join(self.done[-12:])
        self.faults.append(f"{what}\nafter {len(self.done)} steps:\n  {trail}")

    def put_away(self) -> None:
        """Close whatever is open before the window."""
        for _ in range(10):
            menu = QApplication.activePopupWidget()
            dialogs = [
                w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.stage.window
            ]
            if menu is None and not dialogs:
                break
            for one in [menu, *dialogs] if menu else dialogs:
                if isValid(one):
                    one.close()
            self.pump(1)

    def front(self) -> QWidget:
        """What a hand can reach now: a popup, a modal dialog, the counter, or the window."""
        popup = QApplication.activePopupWidget()
        if popup is not None and popup.isVisible():
            return popup
        modal = QApplication.activeModalWidget()
        if modal is not None and modal.isVisible():
            return modal
        top = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
        counters = [w for w in top if isinstance(w, CounterWindow)]
        if counters and self.chance.random() < 0.85:
            return counters[-1]
        dialogs = [w for w in top if isinstance(w, QDialog)]
        return dialogs[-1] if dialogs else self.stage.window

    def pump(self, patience: int) -> None:
        end = time.monotonic() + PAUSE_S
        rounds = 0
        while rounds < 3 or (patience and not self.stage.tasks.idle):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            rounds += 1
            if rounds > 3:
                time.sleep(0.002)
            if time.monotonic() > end:
                self.blame("background work does not end")
                break

    def _look(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, FaultDialog) and widget.isVisible():
                self.blame(widget.details)
        if not self.stage.window.isVisible():
            self.blame("the window is gone")

    def _leave_loops(self) -> None:
        """A menu or dialog that runs a loop of its own is answered from outside."""
        if not self._inside:
            return
        menu, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(menu, QMenu):
            self._trigger(menu)
            if isValid(menu):
                menu.close()
        elif isinstance(dialog, (QPrintDialog, QPageSetupDialog, QFileDialog)):
            self.done[-1] += f" > leave {type(dialog).__name__}"
            dialog.close()
        elif time.monotonic() - self._began > PAUSE_S:
            self._began = time.monotonic()
            self.blame(f"something waits in a loop of its own: {menu} {dialog}")

    # -- what hands do

    def _key(self) -> str:
        front = self.front()
        front.activateWindow()
        key, with_ = self.chance.choice(KEYS)
        target = front.focusWidget() or QApplication.focusWidget() or front
        if not (target is front or front.isAncestorOf(target)):
            target = front
        times = self.chance.choice((1, 1, 1, 2, 5))
        name = f"{with_.name} {key.name} ×{times} on {_named(target)}"
        self.done[-1] = name
        for _ in range(times):
            if not isValid(target):
                break
            QTest.keyClick(target, key, with_)
        return name

    def _click(self) -> str:
        buttons = [b for b in self.front().findChildren(QAbstractButton) if _reachable(b)]
        if not buttons:
            return "nothing to click"
        button = self.chance.choice(buttons)
        name = f"click {_named(button)}"
        self.done[-1] = name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return name

    def _type(self) -> str:
        kinds = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
        fields: list[QWidget] = [
            f for f in self.front().findChildren(QWidget) if isinstance(f, kinds) and _reachable(f)
        ]
        if not fields:
            return "nothing to type into"
        field = self.chance.choice(fields)
        text = self.chance.choice(HOSTILE)
        name = f"type {text[:30]!r} ({len(text)}) into {_named(field)}"
        self.done[-1] = name
        field.setFocus()
        if isinstance(field, QComboBox) and not field.isEditable():
            if field.count():
                at = self.chance.randrange(field.count())
                field.setCurrentIndex(at)
                field.activated.emit(at)
            return name
        target: QWidget = field
        if isinstance(field, QComboBox):
            target = field.lineEdit() or field
        if self.chance.random() < 0.6:
            QTest.keyClick(target, _K.Key_A, CTRL)
        if text.isascii() and len(text) < 50 and text.isprintable():
            QTest.keyClicks(target, text)
        else:
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            QApplication.sendEvent(target, typed)
        if isValid(target) and self.chance.random() < 0.5:
            QTest.keyClick(
                target, self.chance.choice((_K.Key_Return, _K.Key_Tab, _K.Key_Return, _K.Key_Escape))
            )
        return name

    def _cell(self) -> str:
        views = [v for v in self.front().findChildren(QAbstractItemView) if _reachable(v)]
        views = [v for v in views if v.model() is not None and v.model().rowCount(v.rootIndex())]
        if not views:
            return "no table"
        view = self.chance.choice(views)
        model = view.model()
        rows, columns = model.rowCount(view.rootIndex()), _columns(view)
        index = model.index(
            self.chance.randrange(rows), self.chance.randrange(max(1, columns)), view.rootIndex()
        )
        if self.chance.random() < 0.1:
            # Some views keep the word of how it should stand to themselves.
            view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        spot = view.visualRect(index).center()
        if not view.viewport().rect().contains(spot):
            room = view.viewport().rect()
            spot = QPoint(
                self.chance.randrange(max(1, room.width())), self.chance.randrange(max(1, room.height()))
            )
        button = self.chance.choice((*[Qt.MouseButton.LeftButton] * 4, Qt.MouseButton.RightButton))
        with_ = self.chance.choice((NONE, NONE, NONE, CTRL, SHIFT))
        double = self.chance.random() < 0.25
        kind = f"{'double ' if double else ''}{button.name} {with_.name}"
        name = f"{kind} in {_named(view)} at {spot.x()},{spot.y()}"
        self.done[-1] = name
        if button == Qt.MouseButton.RightButton:
            self._context_menu(view.viewport(), spot)
            return name
        QTest.mouseClick(view.viewport(), button, with_, spot)
        if double and isValid(view):
            QTest.mouseDClick(view.viewport(), button, with_, spot)
        return name

    def _context_menu(self, widget: QWidget, spot: QPoint) -> None:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, widget.mapToGlobal(spot))
        QApplication.sendEvent(widget, event)

    def _menu(self) -> str:
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return "no menu"
        return self._trigger(menu)

    def _trigger(self, menu: QMenu) -> str:
        actions = [a for a in menu.actions() if a.isEnabled() and a.isVisible() and not a.isSeparator()]
        actions = [a for a in actions if "Ctrl+Q" not in a.shortcut().toString()]
        if not actions or self.chance.random() < 0.2:
            menu.close()
            return "leave the menu"
        action = self.chance.choice(actions)
        name = f"menu entry {action.text()!r}"
        self.done[-1] += f" > {name}"
        below = action.menu()
        if isinstance(below, QMenu):
            below.aboutToShow.emit()
            said = self._trigger(below)
            if isValid(menu):
                menu.close()
            return f"{name} > {said}"
        menu.close()
        action.trigger()
        return name

    def _place(self) -> str:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return "not now"
        place = self.chance.choice([p for p in PLACES if p.key != "profile"])
        self.stage.window.go(place.key)
        return f"go to {place.key}"

    def _profile(self) -> str:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return "not now"
        rows = self.stage.book.rows("SELECT id FROM customer ORDER BY id LIMIT 300")
        customer = self.chance.choice(rows)[0] if rows else 1
        tab = self.chance.choice(
            ("timeline", "orders", "service", "complaints", "points", "files", "privacy")
        )
        self.stage.window.go("profile", customer=customer, tab=tab)
        return f"profile of {customer}, {tab}"

    def _anywhere(self) -> str:
        front = self.front()
        spot = QPoint(
            self.chance.randrange(max(1, front.width())), self.chance.randrange(max(1, front.height()))
        )
        widget = front.childAt(spot) or front
        name = f"click at {spot.x()},{spot.y()}: {_named(widget)}"
        self.done[-1] = name
        at = widget.mapFrom(front, spot)
        if self.chance.random() < 0.3:
            self._context_menu(widget, at)
        else:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, at)
        return name

    def _wheel(self) -> str:
        areas = [a for a in self.front().findChildren(QAbstractScrollArea) if _reachable(a)]
        if not areas:
            return "nothing to scroll"
        area = self.chance.choice(areas)
        step = self.chance.choice((-120, 120, -12_000, 12_000))
        spot = QPointF(area.viewport().rect().center())
        event = QWheelEvent(
            spot, area.viewport().mapToGlobal(spot), QPoint(), QPoint(0, step), Qt.MouseButton.NoButton, NONE,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(area.viewport(), event)
        return f"wheel {step} on {_named(area)}"

    def _undo(self) -> str:
        undoing = self.stage.window.undoing
        if self.chance.random() < 0.6:
            undoing.undo()
            return "undo"
        undoing.redo()
        return "redo"

    def _dress(self) -> str:
        if QApplication.activePopupWidget():
            return "not now"
        if self.chance.random() < 0.5:
            self.stage.window.switch_language()
            return "the other language"
        self.stage.window.switch_look()
        return "the other look"

    def _resize(self) -> str:
        size = self.chance.choice(((1280, 720), (1440, 900), (960, 600), (1920, 1080)))
        self.stage.window.resize(*size)
        return f"resize to {size}"


def _named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {(text or widget.accessibleName())[:40]!r}"


def _columns(view: QAbstractItemView) -> int:
    # A list model keeps its single column to itself.
    return view.model().columnCount() if isinstance(view, QTableView) else 1


def _reachable(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty()
