"""The clock that the shop goes by: a time zone found by typing, or one that is never changed."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from desktop.core.clock_changes import stretches, to_real, to_wall, zone_named
from desktop.core.dates import format_day
from desktop.core.translation import tr
from desktop.operations import shop_hours
from desktop.views.kit.context import Context
from desktop.views.kit.fields import Field
from desktop.views.settings.hours_keeping import keep

_YEARS_AHEAD = 2


class ZoneField(Field):
    """A box to choose or type a zone in; below, when its clock is changed next."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.box = QComboBox()
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setMaxVisibleItems(14)
        self.box.setMaximumWidth(360)
        self.line = QLineEdit()
        self.box.setLineEdit(self.line)
        super().__init__(tr("Clock changes"), self.box)
        self._names: list[str] = []
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        self._offer([])
        self.box.activated.connect(lambda _: self._keep())
        self.line.editingFinished.connect(self._keep)
        ctx.tasks.read(lambda _: zone_names(), self._offer, owner=self, key="zones")
        ctx.changes.listen(self, self._show, "setting")

    def value(self) -> str:
        """The zone's name as it is typed; "" where the clock is not changed."""
        text = self.box.currentText().strip().replace(" ", "_")
        return "" if not text or self.box.currentText() == _never() else text

    def set_value(self, value: object) -> None:
        """Show a zone."""
        self.box.setCurrentText(str(value) or _never())

    def _offer(self, names: list[str]) -> None:
        kept = str(self._ctx.settings.get("shop.zone"))
        blocked = self.box.blockSignals(True)
        self._names = names
        self.box.clear()
        self.box.addItems([_never(), *names])
        self._offered.setStringList([_never(), *names])
        self.set_value(kept)
        self.box.blockSignals(blocked)
        self._show()

    def _show(self) -> None:
        kept = str(self._ctx.settings.get("shop.zone"))
        if self.value() != kept:
            self.set_value(kept)
        self.set_hint(zone_words(kept, datetime.now()))

    def _keep(self) -> None:
        name = self.value()
        if name == self._ctx.settings.get("shop.zone"):
            self.show_problem("")
            return
        known = {one.casefold(): one for one in self._names}
        problem = keep(
            self._ctx, lambda: shop_hours.set_zone(self._ctx.book, name=known.get(name.casefold(), name))
        )
        self.show_problem(problem)


def zone_names() -> list[str]:
    """Every zone that people are in: places, not the old names of rules."""
    from zoneinfo import available_timezones

    return sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))


def zone_words(name: str, now: datetime) -> str:
    """When the clock of a zone is changed next, in a sentence."""
    if not name:
        return tr("Every day has 24 hours. Choose a zone where clocks are put forward in spring.")
    zone = zone_named(name)
    if zone is None:
        return tr("This computer does not know “{name}”: the clock counts as never changed.", name=name)
    begin = to_real(zone, now)
    offset = None
    for stretch in islice(stretches(zone, begin), 4 * _YEARS_AHEAD):
        if offset is not None and stretch.offset != offset:
            return tr(
                "Changed next on {day}: {before} becomes {after}.",
                day=format_day(to_wall(zone, stretch.begin).date()),
                before=f"{stretch.begin + offset:%H:%M}",
                after=f"{stretch.begin + stretch.offset:%H:%M}",
            )
        offset = stretch.offset
    return tr("Its clock is not changed in the years to come.")


def _never() -> str:
    return tr("The clock is not changed")
