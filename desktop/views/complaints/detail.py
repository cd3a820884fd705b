"""The complaint chosen on the board, whole: what, who, until when, what to do next, and all that matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.complaint_around import Around, complaint_around
from desktop.queries.complaint_detail import ComplaintDetail, complaint_detail
from desktop.views.complaints import about_part, customer_part, doing_part, head, offers, outcome_part
from desktop.views.complaints.actions import ComplaintActions
from desktop.views.complaints.files_part import FilesPart
from desktop.views.complaints.guidance_part import Guidance, guidance
from desktop.views.complaints.section import PaneHabits
from desktop.views.complaints.sheet import Sheet
from desktop.views.complaints.shown import Shown
from desktop.views.complaints.story_part import story
from desktop.views.kit.buttons import PrimaryButton, SecondaryButton
from desktop.views.kit.cards import Card, EmptyState
from desktop.views.kit.context import Context
from desktop.views.kit.layouts import ScrollColumn, clear
from desktop.views.kit.offers import offer

TICK_MS = 60_000
GAP = 12
_EMPTY_HEIGHT = 300
ROOMY = 680
"""Pixels of the pane from which the whole advice has room above the steps."""


_TABLES = (
    "complaint", "complaint_step", "promise", "remedy", "rating", "complaint_link", "complaint_alias",
    "attachment", "task", "interaction", "customer", "contact_point", "customer_tag", "orders", "order_line",
    "shipment", "points_entry", "staff", "product", "setting",
)  # fmt: skip


class ComplaintPane(Card):
    """Shows one complaint and does with it what its process allows."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self._habits = PaneHabits(ctx)
        self._shown: Shown | None = None
        self._guidance: Guidance | None = None
        self._scroll = ScrollColumn(gap=GAP)
        self._sheet = Sheet([], GAP)
        self.files = FilesPart(ctx, self._habits)
        self._scroll.column.addWidget(self._sheet)
        self._scroll.column.addWidget(self.files)
        self._scroll.column.addStretch(1)
        self._foot = QWidget()
        self._buttons = QVBoxLayout(self._foot)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(8)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._foot)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(lambda: self.tick(datetime.now()))
        self._timer.start()
        self.setAcceptDrops(True)
        self._offer_keys()
        self._show_nothing(gone=False)
        ctx.changes.listen(self, self._look_again, *_TABLES)

    # -- for the screen

    @property
    def detail(self) -> ComplaintDetail | None:
        """The complaint that is shown."""
        return self._shown.detail if self._shown else None

    @property
    def actions_(self) -> ComplaintActions | None:
        """What can be done with it."""
        return self._shown.actions if self._shown else None

    def show_complaint(self, complaint_id: int | None, now: datetime) -> None:
        """Show another complaint, or the same one anew; None, or one that is gone: what to do here."""
        before = self.detail
        detail = complaint_detail(self._ctx.book, complaint_id) if complaint_id is not None else None
        if detail is None:
            self._show_nothing(gone=complaint_id is not None and before is not None)
            return
        around = complaint_around(self._ctx.book, detail, now)
        if self._shown is not None and (self._shown.detail, self._shown.around) == (detail, around):
            # Nothing happened but time: what is open, scrolled to and held by the keyboard stays so.
            self.tick(now)
            return
        same = before is not None and before.row.id == detail.row.id
        self._show(detail, around, now, same=same)

    def _look_again(self) -> None:
        """Something changed that may be shown here."""
        if self._shown is not None:
            self.show_complaint(self._shown.detail.row.id, datetime.now())

    def tick(self, now: datetime) -> None:
        """Let every clock of the pane say what it says now."""
        if self._shown is not None:
            self._shown.now = now
            for one in self._shown.ticks:
                one(now)

    def edit(self) -> None:
        """Open the form to correct the complaint."""
        if self.actions_:
            self.actions_.edit()

    def advance(self, to: str) -> None:
        """Move the complaint to a status; those that want words ask for them."""
        if self.actions_:
            self.actions_.advance(to)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the steps need it more than the whole advice."""
        super().resizeEvent(event)
        if self._guidance is not None:
            self._guidance.fit(room=event.size().height() >= ROOMY)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures dropped anywhere on the pane are kept with the complaint."""
        from desktop.views.files.taking_in import can_take

        if self._shown is not None and can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from desktop.views.files.taking_in import files_in

        if self.files.add(files_in(event.mimeData())):
            event.acceptProposedAction()

    # -- what it shows

    def _show(self, detail: ComplaintDetail, around: Around, now: datetime, *, same: bool) -> None:
        bar = self._scroll.verticalScrollBar()
        place, held = (bar.value(), self._held()) if same else (0, "")
        actions = ComplaintActions(self._ctx, detail, self)
        shown = Shown(self._ctx, detail, around, actions, self._habits, now, self._currency)
        self._shown = shown
        self._lay(_there(self._first(shown)))
        if same:
            self._add_rest(shown)
        else:
            # Whoever walks through a list sees at once what they look for; the rest comes when they stay.
            QTimer.singleShot(0, self, lambda: self._add_rest(shown))
        self.files.show_complaint(detail)
        self.files.show()
        self._act(shown)
        self._foot.show()
        self._settle_at(place, held)

    def _first(self, shown: Shown) -> list[QWidget | None]:
        """What is seen at one glance: what, who, until when, and what to do."""
        self._guidance = guidance(shown, room=self.height() >= ROOMY)
        return [
            head.head(shown),
            head.clock(shown),
            head.said(shown.detail),
            head.rejection(shown.detail),
            self._guidance,
            doing_part.steps(shown),
        ]

    def _rest(self, shown: Shown) -> list[QWidget | None]:
        """What stands below: what came of it, the customer, the story, the facts."""
        return [
            outcome_part.remedies(shown),
            outcome_part.promises(shown),
            outcome_part.rating(shown),
            customer_part.customer(shown),
            customer_part.order(shown),
            story(shown, self._turn),
            about_part.about(shown),
            about_part.linked(shown),
        ]

    def _add_rest(self, shown: Shown) -> None:
        """Add what stands below, unless another complaint is shown by now."""
        if self._shown is shown:
            self._sheet.add(_there(self._rest(shown)))

    def _turn(self) -> None:
        """Read the story the other way round."""
        self._habits.turn()
        if self._shown is not None:
            self._show(self._shown.detail, self._shown.around, self._shown.now, same=True)

    def _show_nothing(self, *, gone: bool) -> None:
        self._shown = self._guidance = None
        clear(self._buttons)
        self._foot.hide()
        self.files.hide()
        if gone:
            state = EmptyState(
                "trash-2",
                tr("This complaint is gone"),
                tr("It was deleted, or merged into another. Undo brings it back."),
                tr("Undo"),
                self._ctx.undo,
            )
        else:
            state = EmptyState(
                "message-square-warning",
                tr("Choose a complaint"),
                tr("What is to be done, the customer and the whole story are shown here."),
            )
        state.setMinimumHeight(_EMPTY_HEIGHT)
        self._lay([state])

    def _held(self) -> str:
        """What has the keyboard, by the name that a screen reader says."""
        focused = self._sheet.focusWidget() or self._foot.focusWidget()
        return focused.accessibleName() if focused is not None and focused.hasFocus() else ""

    def _lay(self, parts: Sequence[QWidget]) -> None:
        """Put other parts in place of those that are shown."""
        old, self._sheet = self._sheet, Sheet(parts, GAP)
        self._scroll.column.replaceWidget(old, self._sheet)
        old.hide()
        old.setParent(None)
        old.deleteLater()
        self._sheet.show()

    def _settle_at(self, place: int, held: str) -> None:
        """Stay where one was: the new parts take their room at once, not with the next event."""
        layout = self._scroll.canvas.layout()
        if layout is not None:
            layout.activate()
        QCoreApplication.sendEvent(self._scroll, QEvent(QEvent.Type.LayoutRequest))
        self._scroll.verticalScrollBar().setValue(place)
        if held:
            named = (one for one in self.findChildren(QWidget) if one.accessibleName() == held)
            for one in named:
                if one.isVisibleTo(self) and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    one.setFocus()
                    break

    # -- what it does

    def _act(self, shown: Shown) -> None:
        """The buttons at the foot: the next thing to do first, the rarer ones behind “More”."""
        clear(self._buttons)
        main = offers.next_thing(shown.actions)
        keys = QKeySequence(offers.KEYS["next"]).toString(QKeySequence.SequenceFormat.NativeText)
        first = PrimaryButton(main.text, main.picture, main.run, tip=keys)
        self._buttons.addWidget(first)
        self.setFocusProxy(first)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in offers.beside(shown.actions):
            row.addWidget(SecondaryButton(one.text, on_click=one.run), 1)
        more = SecondaryButton(tr("More"))
        menu = QMenu(more)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        more.setMenu(menu)
        row.addWidget(more, 1)
        self._buttons.addLayout(row)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        if self.actions_:
            offers.fill_menu(menu, self.actions_)

    def _offer_keys(self) -> None:
        """The keys work wherever on the screen the keyboard is, and the palette offers what they do."""
        for key, (text, do) in _keys().items():
            action = offer(self, text, partial(self._run, do), offers.KEYS[key])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)

    def _run(self, do: Callable[[ComplaintActions], object]) -> None:
        if self.actions_ is not None:
            do(self.actions_)


def _there(parts: Sequence[QWidget | None]) -> list[QWidget]:
    """The parts that there are."""
    return [part for part in parts if part is not None]


def _keys() -> dict[str, tuple[str, Callable[[ComplaintActions], object]]]:
    """Of each key what it does, and what that is called."""
    return {
        "next": (tr("Complaint: do the next thing"), lambda actions: offers.next_thing(actions).run()),
        "reply": (tr("Complaint: reply to the customer…"), ComplaintActions.reply),
        "heard": (tr("Complaint: what the customer said…"), ComplaintActions.heard),
        "note": (tr("Complaint: note…"), ComplaintActions.note),
        "clock": (tr("Complaint: stop the clock, or start it"), ComplaintActions.turn_clock),
        "promise": (tr("Complaint: promise…"), ComplaintActions.promise),
        "remedy": (tr("Complaint: remedy…"), ComplaintActions.remedy),
        "settle": (tr("Complaint: settle…"), ComplaintActions.settle),
    }
