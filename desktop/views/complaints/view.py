"""The screen of complaints: a board, a list or the figures, filters with counts, the chosen one beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.queries.complaint_filter import ComplaintFilter, Scope
from desktop.views.complaints.board import Board
from desktop.views.complaints.detail import ComplaintPane
from desktop.views.complaints.doing import ComplaintDoing
from desktop.views.complaints.editor import ComplaintEditor
from desktop.views.complaints.finder import ComplaintFinder
from desktop.views.complaints.minute import Minute
from desktop.views.complaints.narrowing import Narrowing
from desktop.views.complaints.scope_bar import ScopeBar
from desktop.views.complaints.screen_head import MODES, ScreenHead
from desktop.views.complaints.showing import Showing
from desktop.views.complaints.table import LAYOUT_KEY, ComplaintTable
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.page import columns

if TYPE_CHECKING:
    from desktop.views.complaints.figures.pane import FiguresPane

PANE_WIDTH, NARROW_PANE_WIDTH = 352, 324
WIDE_FROM = 1120
FACTS_AFTER_MS = 300
"""In a large book the first figures take seconds: what one does at once after coming here goes before."""
_TABLES = ("complaint", "complaint_step", "complaint_alias", "promise", "remedy", "rating", "customer",
           "product", "staff")  # fmt: skip
_MODE_KEY = f"{LAYOUT_KEY}.mode"


class ComplaintsView(QWidget):
    """The screen "Complaints".

    `complaint`: the one to show; `mode`: board, list or figures (None: as last time); `scope`, `text` and
    `among` with `title` narrow it from the start; `new`: open the form at once, for `customer`; `figures`:
    what the figures were built with.
    """

    bar: ScopeBar
    list_pane: ComplaintTable
    showing: Showing
    narrowing: Narrowing
    doing: ComplaintDoing

    def __init__(
        self,
        ctx: Context,
        *,
        complaint: int | None = None,
        mode: str | None = None,
        scope: str = "board",
        text: str = "",
        narrowed: Mapping[str, Sequence[Any]] | None = None,
        among: Sequence[int] | None = None,
        title: str = "",
        new: bool = False,
        customer: int | None = None,
        figures: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self.current: int | None = complaint
        self.mode = mode if mode in MODES else self._kept_mode()
        self._figures: FiguresPane | None = None
        self._figures_kept = figures
        self._facts_asked = False
        self._build(ctx)
        self.narrowing.restore(scope, text, narrowed or {}, among, title)
        self.finder.sort = self.list_pane.sort
        if complaint is not None and not self.finder.holds(complaint):
            self.finder.view = ComplaintFilter("all")
        self.bar.choose(self.finder.view.scope)
        self.doing.keys()
        ctx.changes.listen(self, self.refresh, *_TABLES)
        self._minute = Minute(self, self.tick)
        self.narrowing.show()
        self.show_mode(self.mode, remember=False)
        if new:
            QTimer.singleShot(0, self, lambda: self.new_complaint(customer))

    # -- building

    def _build(self, ctx: Context) -> None:
        self.finder = ComplaintFinder(ctx, self)
        self.head = ScreenHead(
            filter_by=lambda: self.narrowing.open_filters(),
            export=lambda: self.doing.export(),
            print_list=lambda: self.doing.print_list(),
            new=self.new_complaint,
        )
        self.search = self.head.search
        self.search.searched.connect(lambda text: self.narrowing.narrow(text=text.strip()))
        self.search.left.connect(self.focus_front)
        self.head.modes.chosen.connect(self.show_mode)
        self.bar = ScopeBar()
        self.bar.fact_asked.connect(lambda: self.show_mode("figures"))
        self.head.set_chips(self.bar)
        self.board = Board(str(ctx.book.setting("shop.currency")))
        self.list_pane = ComplaintTable(ctx)
        self.table = self.list_pane.table
        self.pane = ComplaintPane(ctx)
        self.pane.setFixedWidth(NARROW_PANE_WIDTH)
        # The command palette offers what the screen itself has.
        self.addActions(self.pane.actions())
        self.front = QStackedWidget()
        for widget in (self.board, self.list_pane):
            self.front.addWidget(widget)
        self._workspace = QWidget()
        work = columns((self.front, 1), (self.pane, 0))
        work.setContentsMargins(0, 0, 0, 0)
        self._workspace.setLayout(work)
        self._modes = QStackedWidget()
        self._modes.addWidget(self._workspace)
        self.head.body.addWidget(self._modes, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.head)
        self.showing = Showing(self)
        self.narrowing = Narrowing(self)
        self.doing = ComplaintDoing(self)
        self._connect()

    def _connect(self) -> None:
        self.board.chosen.connect(self.choose)
        self.board.opened.connect(self.open_complaint)
        self.board.moved.connect(self.doing.move)
        self.board.menu_asked.connect(self.doing.show_menu)
        self.board.more_asked.connect(self.narrowing.show_rest)
        self.board.typed.connect(self._type_ahead)
        self.board.columns_changed.connect(lambda: self.showing.ask(at_once=True))
        self.table.sort_requested.connect(self._sort_by)
        self.table.chosen.connect(self._chosen_in_list)
        self.table.opened.connect(self.open_complaint)
        self.table.asked.connect(self._focus_pane)
        self.table.typed.connect(self._type_ahead)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.doing.show_list_menu)

    # -- for the window

    def route_params(self) -> dict[str, object]:
        """What this screen is built with again."""
        params = {"mode": self.mode, "complaint": self.current, **self.narrowing.route_params()}
        if self._figures is not None:
            params["figures"] = self._figures.route_params()
        return params

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the board needs it more than the pane."""
        super().resizeEvent(event)
        self.pane.setFixedWidth(PANE_WIDTH if event.size().width() >= WIDE_FROM else NARROW_PANE_WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        """The facts on the chips are counted once the screen has been seen."""
        super().showEvent(event)
        if not self._facts_asked:
            self._facts_asked = True
            QTimer.singleShot(FACTS_AFTER_MS, self, self.narrowing.ask_facts)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the cards or the list."""
        super().focusInEvent(event)
        self.focus_front()

    def focus_search(self) -> None:
        """Put the cursor into the search of complaints."""
        if self.mode == "figures":
            self.show_mode("list")
        self.search.setFocus()
        self.search.line.selectAll()

    def scope(self) -> Scope:
        """The filter chosen."""
        return self.finder.view.scope

    # -- modes

    def show_mode(self, mode: str, *, remember: bool = True) -> None:
        """Show the board, the list or the figures."""
        self.mode = mode
        if remember:
            self.ctx.settings.set(_MODE_KEY, {"mode": mode})
        self.head.show_mode(mode)
        self.bar.setVisible(mode != "figures")
        if mode == "figures":
            self._modes.setCurrentWidget(self._figures_pane())
        else:
            self._modes.setCurrentWidget(self._workspace)
            self.showing.refresh(at_once=True)

    def _kept_mode(self) -> str:
        kept = self.ctx.settings.get(_MODE_KEY)
        mode = kept.get("mode") if isinstance(kept, dict) else None
        return mode if mode in MODES else "board"

    def _figures_pane(self) -> FiguresPane:
        """The figures, made when they are first asked for."""
        if self._figures is None:
            from desktop.views.complaints.figures.pane import FiguresPane

            self._figures = FiguresPane(self.ctx, open_rows=self.show_ids, kept=self._figures_kept)
            self._modes.addWidget(self._figures)
        return self._figures

    def show_ids(self, ids: Sequence[int], title: str) -> None:
        """Show the list of these complaints alone, under a chip that says what they are."""
        self.narrowing.show_ids(ids, title)

    def print_front(self) -> None:
        """Print what is in front: the figures, the complaint whose pane has the keyboard, or the list."""
        if self.mode == "figures":
            self._figures_pane().out.print()
        elif self.pane.actions_ and self._in_pane():
            self.pane.actions_.print_it()
        else:
            self.doing.print_list()

    def _in_pane(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self.pane or self.pane.isAncestorOf(focus))

    # -- showing

    def refresh(self) -> None:
        """Ask again and show; what is chosen stays chosen, also where the filter no longer holds it."""
        self.showing.refresh()

    def tick(self, now: datetime) -> None:
        """A minute has gone: deadlines come nearer, and what has passed one moves up."""
        self.showing.tick(now)

    # -- choosing

    def new_complaint(self, customer: int | None = None) -> None:
        """Open the form of a new complaint; language or look may build this screen anew under it."""
        ctx = self.ctx

        def show(made: int) -> None:
            if isValid(self):
                self.choose(made)
            else:
                ctx.navigate("complaints", complaint=made)

        ComplaintEditor(ctx, customer_id=customer, on_saved=show, parent=self.window()).open()

    def choose(self, complaint_id: int | None) -> None:
        """Make a complaint the chosen one, here and in the pane."""
        self.current = complaint_id
        if self.mode == "board":
            self.board.choose(complaint_id)
        elif complaint_id is not None and self.table.current_id() != complaint_id:
            self.table.select_id(complaint_id)
        self.pane.show_complaint(complaint_id, datetime.now())

    def choose_none(self) -> None:
        """Choose nothing: what is found next begins anew."""
        self.current = None
        self.board.choose(None)
        self.table.clearSelection()

    def open_complaint(self, complaint_id: int) -> None:
        """Choose a complaint and go on with it in the pane; Escape leads back."""
        self.choose(complaint_id)
        self._focus_pane()

    def _chosen_in_list(self, complaint_id: int | None) -> None:
        if self.mode == "list" and complaint_id is not None and complaint_id != self.current:
            self.choose(complaint_id)

    def _sort_by(self, key: str, descending: bool) -> None:
        self.finder.sort = (key, descending)
        self.list_pane.set_sort(key, descending)
        self.table.scrollToTop()
        self.showing.ask(at_once=True)

    def _type_ahead(self, text: str) -> None:
        self.search.setFocus()
        self.search.line.setText(text)

    def _focus_pane(self) -> None:
        """The keyboard goes to the next thing to do."""
        button = self.pane.findChild(PrimaryButton)
        if button is not None and button.isVisible():
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_front(self) -> None:
        """Give the keyboard to the cards, the list or the figures."""
        if self.mode == "list":
            self.table.setFocus()
        elif self.mode == "board":
            self.board.focus()
        else:
            self._figures_pane().setFocus()
