"""The scenes of the shop's hours: its week, holidays, special days and deadlines in the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from desktop.operations import shop_hours
from desktop.views.kit.cards import Card
from desktop.views.kit.layouts import ScrollColumn
from desktop.views.settings.deadlines import DeadlinesCard
from desktop.views.settings.hours import HoursCard
from desktop.views.settings.hours_holidays import HolidaysCard
from desktop.views.settings.hours_special import SpecialDaysCard

if TYPE_CHECKING:
    from tests.screens import Stage


def _busy_shop(stage: Stage) -> None:
    """Hours of every kind: a lunch break, a night, closed days, holidays and days of their own."""
    book = stage.book
    if book.setting("shop.zone"):
        return
    lunch = [(540, 720), (810, 1080)]
    week = dict.fromkeys(range(4), lunch)
    shop_hours.set_week(book, week={**week, 4: [(540, 720), (1080, 1560)], 5: [(600, 960)]})
    year = date.today().year
    shop_hours.add_holidays(book, days=[date(year, 10, n) for n in range(1, 8)])
    shop_hours.add_holidays(book, days=[date(year, 12, 25), *(date(year + 1, 2, n) for n in range(5, 12))])
    shop_hours.set_special_day(book, day=date(year, 12, 24), spans=[(540, 780)])
    shop_hours.set_special_day(book, day=date(year, 12, 27), spans=[])
    shop_hours.set_zone(book, name="Europe/Berlin")
    shop_hours.set_deadlines(book, severity="high", reply=90, settle=360)
    stage.afterwards.append(lambda: [book.undo() for _ in range(7)])


def _card(stage: Stage, kind: type[Card]) -> Card:
    _busy_shop(stage)
    page = stage.go("settings")
    card = page.findChild(kind)
    column = page.findChild(ScrollColumn)
    assert card is not None
    assert column is not None
    column.verticalScrollBar().setValue(card.y() - 12)
    stage.settle()
    return card


def _scene(kind: type[Card]) -> Callable[[Stage], object]:
    return lambda stage: _card(stage, kind)


def _dialog(kind: type[Card], name: str) -> Callable[[Stage], object]:
    def scene(stage: Stage) -> None:
        getattr(_card(stage, kind), name)()
        stage.settle()

    return scene


def _paste(stage: Stage) -> None:
    card = _card(stage, HolidaysCard)
    assert isinstance(card, HolidaysCard)
    card.paste().fields["days"].set_value("2027-02-05 – 2027-02-11\n2027-04-05\nEaster")
    stage.settle()


CLOCK: dict[str, Callable[[Stage], object]] = {
    "hours": _scene(HoursCard),
    "holidays": _scene(HolidaysCard),
    "holidays-add": _dialog(HolidaysCard, "add"),
    "holidays-paste": _paste,
    "holidays-public": _dialog(HolidaysCard, "choose_usual"),
    "special-day": _dialog(SpecialDaysCard, "add"),
    "deadlines": _scene(DeadlinesCard),
}
