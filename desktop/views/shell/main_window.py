"""The main window: sidebar, pages, notices, actions. It wires them together and decides nothing."""

from __future__ import annotations

import base64
import sys
from datetime import date
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QWidget,
)

from desktop.core.translation import LANGUAGES, language, set_language, tr
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.drops import files_of
from desktop.views.kit.notices import Notices
from desktop.views.kit.qt_words import speak_qt
from desktop.views.shell.actions import ActionRegistry
from desktop.views.shell.badges import show_badges, waiting
from desktop.views.shell.books import choose_book, choose_new_book
from desktop.views.shell.first_start import FirstStart, MakeSample
from desktop.views.shell.pages import Pages
from desktop.views.shell.places import BY_KEY, PLACES, Route
from desktop.views.shell.sidebar import Sidebar
from desktop.views.shell.undoing import Undoing

_FIRST = "today"


class MainWindow(QMainWindow):
    """The window over an open book; `make_sample` and `offer_start` are for the first start of all."""

    book_wanted = Signal(object)
    """The path of another book that should be opened; the window closes after saying so."""
    first_painted = Signal()
    """The window has drawn itself for the first time."""

    def __init__(
        self, ctx: Context, *, make_sample: MakeSample | None = None, offer_start: bool = False
    ) -> None:
        super().__init__()
        speak_qt(language())
        self.ctx = ctx
        self.setWindowTitle(tr("Shuke"))
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self.pages = Pages(ctx)
        self.sidebar: Sidebar
        self.actions_: ActionRegistry
        ctx.navigate = self.go
        ctx.notify = lambda *args, **named: self.notices.show_notice(*args, **named)
        self.undoing = Undoing(ctx, self)
        ctx.undo = self.undoing.undo
        ctx.dress = self.dress
        self._central = QWidget()
        self._row = QHBoxLayout(self._central)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._front = QStackedWidget()
        self._front.addWidget(self.pages)
        self._row.addWidget(self._front, 1)
        self.first_start = FirstStart(ctx, self._front, make_sample, _FIRST)
        self._starting = offer_start
        self._opened_last: list[int] = []
        """The customers whose profiles were opened since the window is there, the newest first."""
        self._painted = False
        self.setCentralWidget(self._central)
        self._build()
        self.pages.arrived.connect(self._arrived)
        ctx.changes.listen(self, self._refresh_soon)
        ctx.tasks.busy.connect(self._show_state)
        # What is due becomes late while nobody touches anything.
        minutes = QTimer(self)
        minutes.timeout.connect(self._refresh)
        minutes.start(60_000)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_look_changed)
        self._restore_place()
        if not offer_start:
            self.go(_FIRST)

    @cached_property
    def notices(self) -> Notices:
        """The place at the foot where the latest notice shows; made for the first one."""
        return Notices(self)

    # -- building, and building anew

    def _build(self) -> None:
        """Everything that carries words or icons besides the pages."""
        self.sidebar = Sidebar([place for place in PLACES if place.group])
        self.sidebar.chosen.connect(lambda place: self.go(place))
        self.sidebar.counter_button.clicked.connect(self.open_counter)
        self._row.insertWidget(0, self.sidebar)
        self.actions_ = ActionRegistry(
            self,
            {
                "new_customer": lambda: self.go("customers", new=True),
                "new_complaint": lambda: self.go("complaints", new=True),
                "record_complaint": self.record_complaint,
                "new_task": lambda: self.go("tasks", new=True),
                "counter": self.open_counter,
                "import": lambda: self.go("exchange", mode="import"),
                "export": lambda: self.go("exchange", mode="export"),
                "duplicates": lambda: self.go("duplicates"),
                "answers": self.open_answers,
                "open_book": lambda: self._change_book(choose_book(self)),
                "new_book": lambda: self._change_book(choose_new_book(self)),
                "quit": self.close,
                "undo": self.undoing.undo,
                "redo": self.undoing.redo,
                "find": self.open_palette,
                "find_here": self._find_here,
                "back": self.pages.back,
                "settings": lambda: self.go("settings"),
                "language": self.switch_language,
                "theme": self.switch_look,
            },
        )
        self._place_actions = [self._place_action(number) for number in range(len(PLACES))]
        # Settings stand in the menu already, by their own key.
        shown = [
            action
            for action, place in zip(self._place_actions, PLACES, strict=True)
            if place.group and place.key != "settings"
        ]
        if sys.platform == "darwin":
            self.menuBar().clear()
            self.actions_.fill_menu_bar(self.menuBar(), shown)
            self.sidebar.menu_button.hide()
        else:
            menu = QMenu(self.sidebar)
            menu.aboutToShow.connect(lambda: self.actions_.fill_menu(menu, shown))
            self.sidebar.menu_button.setMenu(menu)
        if self._starting:
            self.first_start.show(self.switch_language)
            self.sidebar.hide()
        self._show_state(busy=False)
        self._refresh_soon()

    def _place_action(self, number: int) -> QAction:
        place = PLACES[number]
        action = QAction(tr(place.title).replace("&", "&&"), self.actions_)
        action.triggered.connect(lambda: self.go(place.key))
        action.setData(place.icon)
        if place.group:
            visible = [one for one in PLACES if one.group]
            action.setShortcut(f"Ctrl+{visible.index(place) + 1}")
            self.addAction(action)
        return action

    def dress(self) -> None:
        """Take up the language and the look of the settings: whatever has words or colours is built anew."""
        app = QApplication.instance()
        set_language(str(self.ctx.settings.get("ui.language")))
        speak_qt(language())
        tokens = theme.resolve(str(self.ctx.settings.get("ui.theme")))
        if isinstance(app, QApplication) and tokens is not theme.current():
            theme.apply(app, tokens)
        self.setWindowTitle(tr("Shuke"))
        for old in (self.sidebar, self.actions_):
            old.setParent(None)
            old.deleteLater()
        self._row.removeWidget(self.sidebar)
        for action in self.actions():
            self.removeAction(action)
        self._build()
        self.pages.rebuild()
        self.notices.hide()

    def _change_book(self, path: Path | None) -> None:
        if path is not None and path != self.ctx.book.path:
            self.book_wanted.emit(path)
            self.close()

    def switch_language(self) -> None:
        """Speak the next language."""
        codes = [code for code, _ in LANGUAGES]
        following = codes[(codes.index(language()) + 1) % len(codes)]
        self.ctx.settings.set("ui.language", following)
        self.dress()

    def switch_look(self) -> None:
        """From light to dark or back."""
        self.ctx.settings.set("ui.theme", "light" if theme.current().dark else "dark")
        self.dress()

    def _system_look_changed(self) -> None:
        if self.ctx.settings.get("ui.theme") == "system":
            self.dress()

    # -- going

    def go(self, place: str, /, **params: object) -> None:
        """Go to a place."""
        if self._starting:
            self._starting = False
            self.first_start.end()
            self.sidebar.show()
        self.pages.go(place, **params)

    def _arrived(self, route: Route) -> None:
        place = BY_KEY[route.place]
        self.sidebar.mark(place.parent or place.key)
        if route.place == "profile" and isinstance(customer := route.params.get("customer"), int):
            self._opened_last = [customer, *(one for one in self._opened_last if one != customer)][:12]

    def _find_here(self) -> None:
        focus_search = getattr(self.pages.page(), "focus_search", None)
        if callable(focus_search):
            focus_search()
        else:
            self.open_palette()

    def open_palette(self) -> None:
        """Open the command palette."""
        # Imported when wanted: the palette knows pinyin, and the window must open fast.
        from desktop.views.shell.commands import commands
        from desktop.views.shell.finding import offers
        from desktop.views.shell.palette import Palette

        page = self.pages.page()
        known = commands(self._place_actions, self.actions_, page.actions() if page else [])
        Palette(self, known, lambda typed: offers(self.ctx, typed, date.today(), self._opened_last)).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a page that shows one thing of many."""
        route = self.pages.route()
        if event.key() == Qt.Key.Key_Escape and route is not None and not BY_KEY[route.place].keeps:
            if not self.pages.back():
                self.go(BY_KEY[route.place].parent)
        else:
            super().keyPressEvent(event)

    def open_counter(self) -> None:
        """Open the window for the till."""
        from desktop.views.counter.opening import open_counter

        open_counter(self.ctx, self)

    def record_complaint(self) -> None:
        """Open the small window for a complaint on the phone; from a profile it knows who calls."""
        from desktop.views.complaints.capture import open_capture

        route = self.pages.route()
        customer = route.params.get("customer") if route and route.place == "profile" else None
        open_capture(self.ctx, self, customer if isinstance(customer, int) else None)

    def open_answers(self) -> None:
        """Open the answers at hand, to look for one or to change them."""
        from desktop.views.answers.manager import open_answers

        open_answers(self.ctx, self)

    def remind(self) -> None:
        """Begin to ring for tasks; after the first picture, which nothing here may hold up."""
        from desktop.views.tasks.reminders import Reminders

        Reminders(self.ctx, self).look()

    # -- files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = files_of(event)
        if paths:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.go("exchange", paths=paths))

    # -- what the window itself shows of the book

    def _refresh_soon(self) -> None:
        QTimer.singleShot(0, self, self._refresh)

    def _refresh(self) -> None:
        """The names of the next steps, the shop's name, the badges."""
        book = self.ctx.book
        self.actions_.name_steps(*self.undoing.names())
        self.sidebar.shop_name.set_whole(str(self.ctx.settings.get("shop.name")) or tr("Shuke"))
        self.ctx.tasks.read(
            lambda _: waiting(book), lambda found: show_badges(self.sidebar, found), owner=self, key="badges"
        )

    def _show_state(self, busy: bool) -> None:
        encrypted = self.ctx.book.encrypted
        self.sidebar.set_state(
            "lock" if encrypted else "lock-open",
            tr("Encrypted · saved") if encrypted else tr("Not encrypted · saved"),
        )

    # -- place on the screen

    def _restore_place(self) -> None:
        kept = str(self.ctx.settings.get("ui.window"))
        if not kept or not self.restoreGeometry(base64.b64decode(kept)):
            room = self.screen().availableGeometry()
            self.resize(min(1440, room.width() - 40), min(900, room.height() - 40))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def closeEvent(self, event: object) -> None:
        """Keep size and place."""
        geometry = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        self.ctx.settings.set("ui.window", geometry)
