"""The checklist of a stage: of an order while it is sold and after, or of a sale in the making."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.dates import format_near_day, format_when, from_iso
from desktop.core.service_process import FACTS
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations.checklists import end_sale, tick_customer, tick_order
from desktop.queries.checklists import Checklist, CheckStep, customer_checklist, order_checklist
from desktop.views.cases import words
from desktop.views.cases.check_line import CheckLine
from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn, clear

Tick = Callable[[int, bool], Changes | None]


class ChecklistBox(QWidget):
    """The steps of one list; a click ticks one, what a fact of the book ticked says so."""

    def __init__(self, tick: Tick) -> None:
        super().__init__()
        self._tick = tick
        self.found: Checklist | None = None
        self.boxes: dict[int, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)

    def show_list(self, found: Checklist | None, now: datetime) -> None:
        """Show a list as it stands."""
        held = next((at for at, box in self.boxes.items() if box.hasFocus()), None)
        same = self.found is not None and found is not None and self.found.stage == found.stage
        self.found = found
        clear(self._column)
        self.boxes = {}
        if found is None:
            return
        for step in found.steps:
            self._column.addWidget(self._line(step, found, now))
        if same and held in self.boxes:
            self.boxes[held].show()
            self.boxes[held].setFocus()

    def _line(self, step: CheckStep, found: Checklist, now: datetime) -> QWidget:
        text, role = _below(step, found, now)
        line = CheckLine(tr(step.title), text, role=role)
        line.box.setChecked(step.done_at is not None)
        line.box.setEnabled(not step.told)
        line.box.clicked.connect(lambda on, at=step.position: self._clicked(at, on))
        self.boxes[step.position] = line.box
        return line

    def _clicked(self, position: int, on: bool) -> None:
        if self._tick(position, on) is None and position in self.boxes:
            self.boxes[position].setChecked(not on)


def _below(step: CheckStep, found: Checklist, now: datetime) -> tuple[str, str]:
    """What stands below a step: when, by whom or by what fact it was done, or by when it is to be."""
    if step.done_at:
        if step.told:
            day = format_near_day(step.done_at, now)
            return tr("{fact}, {day}", fact=tr(FACTS[step.fact]), day=day), "muted"
        return " · ".join(part for part in (format_when(step.done_at), step.staff) if part), "muted"
    if step.due_at is None or found.over:
        return "", "muted"
    late = from_iso(step.due_at) < now
    if late and found.id is None and found.stage == "after-sale":
        # Nobody began this list: that it was not kept is no news.
        return "", "muted"
    return words.due_words(step.due_at, now), "red" if late else "muted"


class OrderStages(QWidget):
    """An order's two lists, one at a time."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx, self._order = ctx, 0
        self.chips = ChipRow()
        self.chips.chosen.connect(lambda _: self._show())
        self.box = ChecklistBox(self._tick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.chips)
        layout.addWidget(self.box)
        layout.addStretch(1)

    def show_order(self, order_id: int) -> None:
        """Show an order's lists: the one of its stage first, unless this very order was looked at."""
        same, self._order = self._order == order_id, order_id
        book = self._ctx.book
        lists = {stage: order_checklist(book, order_id=order_id, stage=stage) for stage in _STAGES}
        chosen = self.chips.chosen_key() if same else ""
        self.chips.set_items(
            ChipItem(stage, _named(found)) for stage, found in lists.items() if found is not None
        )
        selling = lists["in-sale"]
        self.chips.choose(chosen or ("after-sale" if selling is None or selling.over else "in-sale"))
        self._show()

    def _show(self) -> None:
        stage = self.chips.chosen_key() or "in-sale"
        found = order_checklist(self._ctx.book, order_id=self._order, stage=stage)
        self.box.show_list(found, datetime.now())

    def _tick(self, position: int, on: bool) -> Changes | None:
        stage = self.chips.chosen_key() or "in-sale"
        return self._ctx.do(
            lambda: tick_order(
                self._ctx.book, order_id=self._order, stage=stage, position=position, done=on, at=_now()
            ),
            quiet=True,
        )


_STAGES = ("in-sale", "after-sale")


def _named(found: Checklist) -> str:
    stage = names.name(names.STAGES, found.stage)
    return tr("{stage} {done}/{steps}", stage=stage, done=found.done, steps=len(found.steps))


class SaleLine(QWidget):
    """The sale in the making with a customer in one line: how far it is, and a button for what is next."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx, self._customer = ctx, 0
        self._said = label("", size=theme.SMALL)
        self._next = SecondaryButton("", "check", self.tick_next, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._said, 1)
        row.addWidget(self._next)
        row.addWidget(SecondaryButton(tr("All steps…"), on_click=self.open_all, small=True))

    def show_customer(self, customer_id: int, *, always: bool) -> None:
        """Show how far the sale is; one that was not begun only where there is nothing else (`always`)."""
        self._customer = customer_id
        found = customer_checklist(self._ctx.book, customer_id=customer_id)
        self.setVisible(always or found.id is not None)
        named = tr("Sale in the making")
        progress = tr("{done} of {steps} steps", done=found.done, steps=len(found.steps))
        self._said.setText(f"{named} · {progress}")
        following = found.next
        self._next.setVisible(following is not None)
        if following is not None:
            self._next.setText(tr(following.title).replace("&", "&&"))
            self._next.setAccessibleName(tr(following.title))

    def tick_next(self) -> None:
        """Tick what is next."""
        following = customer_checklist(self._ctx.book, customer_id=self._customer).next
        if following is not None:
            self._ctx.do(
                lambda: tick_customer(
                    self._ctx.book,
                    customer_id=self._customer,
                    position=following.position,
                    done=True,
                    at=_now(),
                )
            )

    def open_all(self) -> SaleDialog:
        """Show every step."""
        dialog = SaleDialog(self._ctx, self._customer, self.window())
        dialog.open()
        return dialog


class SaleDialog(QDialog):
    """The pre-sale steps with a customer; the first tick begins the sale, the last one ends it."""

    def __init__(self, ctx: Context, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Sale in the making"))
        self._ctx, self._customer = ctx, customer_id
        self.box = ChecklistBox(self._tick)
        column = ScrollColumn()
        column.column.addWidget(self.box)
        column.column.addStretch(1)
        self._end = SecondaryButton(tr("Put the sale away"), "circle-x", self.end)
        done = SecondaryButton(tr("Done"), on_click=self.accept)
        done.setDefault(True)
        self._end.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self._end)
        foot.addStretch(1)
        foot.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(tr("Sale in the making"), size=theme.TITLE, bold=True))
        layout.addWidget(
            label(
                tr("What is done before the customer buys. The first tick begins it, the last one ends it."),
                size=theme.SMALL, role="muted", wrap=True,
            )
        )  # fmt: skip
        layout.addWidget(column, 1)
        layout.addLayout(foot)
        self.resize(440, 420)
        ctx.changes.listen(self, self._refresh, "checklist", "checklist_step", "process_step")
        self._refresh()

    def _refresh(self) -> None:
        found = customer_checklist(self._ctx.book, customer_id=self._customer)
        self._end.setEnabled(found.id is not None)
        self.box.show_list(found, datetime.now())

    def _tick(self, position: int, on: bool) -> Changes | None:
        return self._ctx.do(
            lambda: tick_customer(
                self._ctx.book, customer_id=self._customer, position=position, done=on, at=_now()
            )
        )

    def end(self) -> None:
        """Put the sale away, sold or not."""
        self._ctx.do(lambda: end_sale(self._ctx.book, customer_id=self._customer, at=_now()))
        self.accept()


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
