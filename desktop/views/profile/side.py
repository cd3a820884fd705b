"""The column beside the profile: what is to do, the rhythm as bars, and the facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout

from desktop.core import words
from desktop.core.dates import format_day, relative_day
from desktop.core.text import format_phone
from desktop.core.translation import ntr, tr
from desktop.operations import customers, tasks
from desktop.queries.profile import Profile
from desktop.queries.tasks import TaskRow, open_tasks
from desktop.views.customers.words import display_name
from desktop.views.kit import theme
from desktop.views.kit.charts import BarChart
from desktop.views.kit.context import Context
from desktop.views.kit.forms import DateField, FormDialog, TextField
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import (
    ActivityRow,
    Card,
    IconButton,
    KeyValueList,
    LinkButton,
    ScrollColumn,
    clear,
    label,
)
from desktop.views.timeline.words import cut

WIDTH, NARROW = 300, 250
_SHOWN_TASKS = 5


class Side(ScrollColumn):
    """Tasks, rhythm and facts of one customer."""

    def __init__(self, ctx: Context, edit: Callable[[], object]) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._ctx = ctx
        self._customer = 0
        self._name = ""
        self.add_button = IconButton("plus", tr("Add a task"), self.add_task, role="accent")
        self._tasks_card = Card(tr("To do"), action=self.add_button, hug=True)
        self._tasks = QVBoxLayout()
        self._tasks.setSpacing(0)
        self._tasks_card.body.addLayout(self._tasks)
        self._rhythm = Card(tr("Rhythm"), tr("days between orders"), hug=True)
        self._chart = BarChart(tr("Days between orders"), empty_text=tr("Known after the second order."))
        self._chart.setFixedHeight(128)
        self._rhythm.body.addWidget(self._chart)
        edit_button = IconButton("pencil", tr("Edit the customer"), edit, role="muted")
        self._facts_card = Card(tr("About"), action=edit_button, hug=True)
        self._facts = KeyValueList(name_width=78)
        self._checked = LinkButton(tr("Details are right"), "circle-check", self._mark_checked)
        self._facts_card.body.addWidget(self._facts)
        self._facts_card.body.addWidget(self._checked)
        for card in (self._tasks_card, self._rhythm, self._facts_card):
            self.column.addWidget(card)
        self.column.addStretch()

    def show_customer(self, found: Profile) -> None:
        """Show a customer's side."""
        today = date.today()
        self._customer, self._name = found.id, display_name(found.name)
        self._show_tasks(open_tasks(self._ctx.book, today=today, customer_id=found.id, limit=20), today)
        self._show_gaps(found)
        self._facts.set_pairs(facts(found))

    # -- tasks

    def _show_tasks(self, rows: list[TaskRow], today: date) -> None:
        clear(self._tasks)
        for number, row in enumerate(rows[:_SHOWN_TASKS]):
            tone: Tone = "red" if row.late else "amber" if row.due == today else "accent"
            due = relative_day(row.due, today) if row.due else tr("no day set")
            tick = IconButton(
                "check", tr("Done: {title}", title=row.title), self._ticker(row.id), framed=True
            )
            last = number == min(len(rows), _SHOWN_TASKS) - 1
            picture = "clock-alert" if row.late else "clock"
            self._tasks.addWidget(ActivityRow(picture, row.title, due, tone=tone, action=tick, line=not last))
        if len(rows) > _SHOWN_TASKS:
            more = ntr("and {n} more", "and {n} more", len(rows) - _SHOWN_TASKS)
            self._tasks.addWidget(label(more, size=theme.SMALL, role="muted"))
        if not rows:
            self._tasks.addWidget(label(tr("Nothing to do here."), size=theme.SMALL, role="muted"))

    def _ticker(self, task_id: int) -> Callable[[], object]:
        return lambda: self._ctx.do(
            lambda: tasks.complete_task(self._ctx.book, task_id=task_id, at=datetime.now())
        )

    def add_task(self) -> FormDialog:
        """Ask for a task with this customer."""

        def store(values: dict[str, object]) -> None:
            due = values["due"]
            self._ctx.changed(
                tasks.add_task(
                    self._ctx.book,
                    title=str(values["title"]),
                    created_at=datetime.now(),
                    due=due if isinstance(due, date) else None,
                    customer_id=self._customer,
                )
            )

        form = FormDialog(
            tr("Task with {customer}", customer=cut(self._name)), tr("Add"), store, width=440, parent=self
        )
        form.add_row(title=TextField(tr("What is to do"), required=True))
        form.add_row(due=DateField(tr("By when"), date.today()))
        form.finished.connect(form.deleteLater)
        form.open()
        return form

    # -- rhythm and facts

    def _show_gaps(self, found: Profile) -> None:
        labels, values, long_labels, marked = histogram(found.gaps, found.rhythm)
        self._chart.set_data(
            labels,
            values,
            long_labels=long_labels,
            marked=marked,
            scale=False,
            titles=(tr("Days"), tr("Times")),
        )

    def _mark_checked(self) -> None:
        self._ctx.do(
            lambda: customers.mark_checked(self._ctx.book, customer_ids=[self._customer], today=date.today())
        )


def histogram(
    gaps: tuple[int, ...], rhythm: float | None
) -> tuple[list[str], list[float], list[str], int | None]:
    """Gaps in days as at most ten bars: short labels, counts, long labels, and the bar of the rhythm."""
    if not gaps:
        return [], [], [], None
    width = next(step for step in (1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 10**6) if max(gaps) < 10 * step)
    bars = max(gaps) // width + 1
    counts = [0.0] * bars
    for gap in gaps:
        counts[gap // width] += 1
    labels = [str(bar * width) for bar in range(bars)]
    long_labels = [
        tr("{low} to {high} days", low=bar * width, high=(bar + 1) * width - 1) for bar in range(bars)
    ]
    marked = int(rhythm // width) if rhythm is not None and rhythm // width < bars else None
    return labels, counts, long_labels, marked


def facts(found: Profile) -> list[tuple[str, str]]:
    """What the shop knows about the customer; what it does not know shows as a dash where it matters."""
    pairs = [
        (tr("Kind"), words.name(words.CUSTOMER_KINDS, found.kind)),
        (tr("Relation"), words.name(words.RELATIONS, found.relation)),
    ]
    phones = [format_phone(point.norm) for point in found.points if point.kind == "phone"]
    addresses = [point.value for point in found.points if point.kind == "address"]
    optional = (
        (tr("More phones"), "\n".join(phones[1:])),
        (tr("Gender"), words.name(words.GENDERS, found.gender) if found.gender else ""),
        (tr("Address"), "\n".join(addresses)),
        (tr("Referred by"), found.referrer),
    )
    pairs += [(name, value) for name, value in optional if value]
    pairs += [
        (tr("Came from"), found.source),
        (tr("Likes"), found.likes),
        (tr("Allergies"), found.dislikes),
    ]
    further = ((tr("Expects"), found.expectations), (tr("Family"), found.family), (tr("Notes"), found.notes))
    pairs += [(name, value) for name, value in further if value]
    pairs += [(str(name), str(value)) for name, value in found.custom.items() if value not in (None, "")]
    checked = format_day(found.checked_on) if found.checked_on else tr("never")
    pairs.append((tr("Checked"), checked))
    return pairs
