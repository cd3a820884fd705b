"""The settings: language and look of this computer; name, currency and rhythm of the shop."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.money import CURRENCIES
from desktop.core.translation import LANGUAGES, mark, tr
from desktop.operations.staff import add_clerk
from desktop.queries.timeline import clerks
from desktop.views.kit import theme
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.fields import ChoiceField, TextField
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn, Separator
from desktop.views.kit.page import Page
from desktop.views.settings.deadlines import DeadlinesCard
from desktop.views.settings.guidance import GuidanceCard
from desktop.views.settings.hours import HoursCard
from desktop.views.settings.hours_holidays import HolidaysCard
from desktop.views.settings.hours_special import SpecialDaysCard
from desktop.views.settings.keeping import KeepingCard
from desktop.views.settings.own_fields import OwnFieldsCard
from desktop.views.settings.policy import PolicyCard
from desktop.views.settings.processes import ProcessesCard
from desktop.views.settings.rating_asking import RatingAskingCard
from desktop.views.settings.rating_reasons import RatingReasonsCard
from desktop.views.settings.scores import ScoresCard
from desktop.views.settings.subjects import SubjectsCard
from desktop.views.settings.tiers import TiersCard

_LOOKS = (("system", mark("As the system")), ("light", mark("Light")), ("dark", mark("Dark")))
_RHYTHM = (
    (
        "rhythm.drifting",
        mark("Drifting after"),
        mark("Someone who comes every 20 days counts as drifting away after {days} days."),
    ),
    (
        "rhythm.alarming",
        mark("Alarming after"),
        mark("They are marked as urgent to win back after {days} days."),
    ),
    ("rhythm.lost", mark("Lost after"), mark("They count as lost after {days} days.")),
)
_EXAMPLE_DAYS = 20


class SettingsView(QWidget):
    """Every change is kept at once; those of the shop can be undone."""

    def __init__(self, ctx: Context, **params: object) -> None:
        super().__init__()
        self._ctx = ctx
        page = Page(tr("Settings"))
        column = ScrollColumn()
        column.column.addWidget(self._computer())
        column.column.addWidget(self._shop())
        column.column.addWidget(self._rhythm())
        column.column.addWidget(ScoresCard(ctx))
        column.column.addWidget(TiersCard(ctx))
        self.hours = HoursCard(ctx)
        for card in (
            self.hours,
            HolidaysCard(ctx),
            SpecialDaysCard(ctx),
            DeadlinesCard(ctx),
            PolicyCard(ctx),
        ):
            column.column.addWidget(card)
        self.asking = RatingAskingCard(ctx)
        column.column.addWidget(self.asking)
        column.column.addWidget(RatingReasonsCard(ctx))
        column.column.addWidget(OwnFieldsCard(ctx))
        column.column.addWidget(ProcessesCard(ctx))
        column.column.addWidget(SubjectsCard(ctx))
        column.column.addWidget(GuidanceCard(ctx))
        column.column.addWidget(KeepingCard(ctx))
        column.column.addStretch(1)
        column.canvas.setMaximumWidth(760)
        column.setAlignment(Qt.AlignmentFlag.AlignLeft)
        page.body.addWidget(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        ctx.changes.listen(self, self._refresh, "setting", "staff")
        if params.get("section") == "ratings":
            QTimer.singleShot(0, self, lambda: column.ensureWidgetVisible(self.asking, 0, 300))

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    def _computer(self) -> Card:
        card = Card(tr("This computer"), tr("Language, look and who works here"), hug=True)
        languages = [("", tr("As the system")), *LANGUAGES]
        self.languages = self._choices("ui.language", languages, tr("Language"))
        self.looks = self._choices("ui.theme", [(key, tr(text)) for key, text in _LOOKS], tr("Look"))
        for name, row in ((tr("Language"), self.languages), (tr("Look"), self.looks)):
            card.body.addWidget(label(name, size=theme.SMALL, role="muted"))
            card.body.addWidget(row)
        self.clerk = QComboBox()
        self.clerk.setLineEdit(line := QLineEdit())
        self.clerk.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.clerk.setMaximumWidth(280)
        self.clerk.setAccessibleName(tr("Who works at this computer"))
        line.setPlaceholderText(tr("Nobody in particular"))
        self._show_clerks()
        self.clerk.activated.connect(lambda _: self._keep_clerk())
        line.editingFinished.connect(self._keep_clerk)
        card.body.addWidget(label(tr("Who works at this computer"), size=theme.SMALL, role="muted"))
        card.body.addWidget(self.clerk)
        card.body.addWidget(
            label(
                tr("Every change and every import is kept with this name. A new name becomes a clerk."),
                size=theme.SMALL,
                role="muted",
                wrap=True,
            )
        )
        return card

    def _show_clerks(self) -> None:
        """The clerks of this book, and whoever works here now."""
        now = str(self._ctx.settings.get("ui.clerk"))
        with QSignalBlocker(self.clerk):
            self.clerk.clear()
            self.clerk.addItems(["", *(name for _, name in clerks(self._ctx.book))])
            self.clerk.setCurrentText(now)

    def _keep_clerk(self) -> None:
        name = " ".join(self.clerk.currentText().split())
        if name == self._ctx.settings.get("ui.clerk"):
            return
        self._ctx.settings.set("ui.clerk", name)
        self._ctx.book.clerk = name
        if name and self._ctx.book.clerk_id() is None:
            self._ctx.do(lambda: add_clerk(self._ctx.book, name=name))

    def _choices(self, key: str, choices: list[tuple[str, str]], name: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 6)
        row.setSpacing(24)
        group = QButtonGroup(holder)
        now = self._ctx.settings.get(key)
        for value, words in choices:
            button = QRadioButton(words)
            button.setAccessibleName(f"{name}: {words}")
            button.setChecked(value == now)
            button.clicked.connect(lambda _=False, chosen=value: self._dress(key, chosen))
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def _dress(self, key: str, value: str) -> None:
        self._ctx.settings.set(key, value)
        self._ctx.dress()

    def _shop(self) -> Card:
        card = Card(tr("The shop"), tr("Kept in the book; every change can be undone"), hug=True)
        self.name = TextField(tr("Name"), placeholder=tr("As it stands over the door"))
        self.currency = ChoiceField(
            tr("Currency"),
            [(code, f"{tr(currency.name)} ({code})") for code, currency in CURRENCIES.items()],
            hint=tr("Amounts keep their figures when you change it."),
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.name, 1)
        row.addWidget(self.currency, 1)
        card.body.addLayout(row)
        self._show_shop()
        self.name.line.editingFinished.connect(lambda: self._keep("shop.name", self.name.value()))
        self.currency.changed.connect(lambda: self._keep("shop.currency", self.currency.value()))
        return card

    def _rhythm(self) -> Card:
        card = Card(tr("When a customer is drifting away"), tr("In times of their own usual gap"), hug=True)
        card.body.addWidget(
            label(
                tr(
                    "Every regular has a rhythm: the usual number of days between two purchases. "
                    "Whoever stays away for longer than a multiple of it is pointed out to you."
                ),
                role="muted",
                wrap=True,
            )
        )
        self.factors: dict[str, QDoubleSpinBox] = {}
        self._examples = {}
        for key, name, example in _RHYTHM:
            card.body.addWidget(Separator())
            box = QDoubleSpinBox()
            box.setRange(1.0, 12.0)
            box.setSingleStep(0.25)
            box.setDecimals(2)
            box.setSuffix(" ×")
            box.setFixedWidth(110)
            box.setKeyboardTracking(False)
            box.setAccessibleName(tr(name))
            box.lineEdit().setTextMargins(9, 0, 0, 0)
            words = label("", size=theme.SMALL, role="muted", wrap=True)
            row = QHBoxLayout()
            row.setSpacing(16)
            title = label(tr(name), bold=True)
            title.setFixedWidth(150)
            row.addWidget(title)
            row.addWidget(box)
            row.addWidget(words, 1)
            card.body.addLayout(row)
            self.factors[key] = box
            self._examples[key] = (words, example)
        self._show_rhythm()
        for key, box in self.factors.items():
            box.valueChanged.connect(lambda value, at=key: self._keep_factor(at, value))
        return card

    def _keep(self, key: str, value: Any) -> None:
        if value != self._ctx.settings.get(key):
            self._ctx.do(lambda: self._ctx.settings.set(key, value))

    def _keep_factor(self, key: str, value: float) -> None:
        """The three keep their order: a later one is never smaller than an earlier one."""
        keys = list(self.factors)
        at = keys.index(key)
        low = self.factors[keys[at - 1]].value() if at else 1.0
        high = self.factors[keys[at + 1]].value() if at + 1 < len(keys) else 12.0
        fitting = min(max(value, low), high)
        if fitting != value:
            self.factors[key].setValue(fitting)
            # After the notice of the change itself, which would cover it.
            self._ctx.notify(tr("The three must follow one another: drifting, alarming, lost."), tone="info")
            return
        self._keep(key, fitting)
        self._show_examples()

    def _refresh(self) -> None:
        self._show_shop()
        self._show_rhythm()
        self._show_clerks()

    def _show_shop(self) -> None:
        name = str(self._ctx.settings.get("shop.name"))
        if self.name.value() != name:
            self.name.set_value(name)
        blocked = self.currency.blockSignals(True)
        self.currency.set_value(self._ctx.settings.get("shop.currency"))
        self.currency.blockSignals(blocked)

    def _show_rhythm(self) -> None:
        for key, box in self.factors.items():
            blocked = box.blockSignals(True)
            box.setValue(float(self._ctx.settings.get(key)))
            box.blockSignals(blocked)
        self._show_examples()

    def _show_examples(self) -> None:
        for key, (words, example) in self._examples.items():
            days = round(_EXAMPLE_DAYS * self.factors[key].value())
            words.setText(tr(example, days=days))
