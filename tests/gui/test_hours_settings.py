"""The shop's hours in the settings: typed, copied, undone, and what moves with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book
from desktop.operations import shop_hours
from desktop.operations.complaints import open_complaint
from desktop.queries.opening import opening_hours
from desktop.views.kit.context import Context
from desktop.views.settings.deadlines import DeadlinesCard
from desktop.views.settings.hours import HoursCard, near_words, open_words
from desktop.views.settings.hours_holidays import HolidaysCard
from desktop.views.settings.hours_special import SpecialDaysCard
from desktop.views.settings.hours_zone import zone_names, zone_words
from desktop.views.settings.policy import PolicyCard
from tests.gui.told import Told

YEAR = date.today().year


@pytest.fixture
def card(ctx: Context, qtbot: QtBot) -> HoursCard:
    made = HoursCard(ctx)
    qtbot.addWidget(made)
    made.resize(760, 520)
    made.show()
    qtbot.waitUntil(lambda: made.zone.box.count() > 100)
    return made


def typed(line: Any, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def week(book: Book) -> tuple[tuple[tuple[int, int], ...], ...]:
    return opening_hours(book).week


def test_a_day_is_typed_broken_copied_and_closed(card: HoursCard, ctx: Context, told: Told) -> None:
    monday = card.days[0]
    typed(monday.lines[0].opens, "8")
    typed(monday.lines[0].closes, "6 pm")
    assert week(ctx.book)[0] == ((480, 1080),)
    monday.more.click()
    assert week(ctx.book)[0] == ((480, 720), (780, 1080))
    typed(monday.lines[1].opens, "13:30")
    monday.copy.click()
    assert set(week(ctx.book)) == {((480, 720), (810, 1080))}
    card.days[6].open.click()
    assert week(ctx.book)[6] == ()
    assert card.days[6].lines == []
    ctx.undo()
    assert len(card.days[6].lines) == 2
    ctx.undo()
    assert card.days[6].lines[0].closes.text() == "21:00"
    assert "Change the opening hours [Undo]" in told.notices


def test_closing_after_midnight_and_times_that_cannot_be(card: HoursCard, ctx: Context, told: Told) -> None:
    friday = card.days[4]
    typed(friday.lines[0].closes, "2:00")
    assert week(ctx.book)[4] == ((540, 1560),)
    line = friday.lines[0].opens
    typed(line, "26:00")
    assert line.property("wrong")
    assert "no time of day" in told.notices[-1]
    assert week(ctx.book)[4] == ((540, 1560),)
    friday.show_spans([(540, 720), (780, 1080)])
    typed(friday.lines[1].opens, "11:00")
    assert "begins before" in told.notices[-1]
    # What can't be kept is not shown as if it were.
    assert week(ctx.book)[4] == ((540, 1560),)
    assert [friday.lines[0].opens.text(), friday.lines[0].closes.text()] == ["09:00", "02:00"]


def test_the_keyboard_goes_through_a_day_in_order(card: HoursCard, ctx: Context) -> None:
    row = card.days[1]
    row.more.click()
    one, two = row.lines
    assert two.opens.hasFocus()
    row.open.setFocus()
    visited: list[QWidget] = []
    for _ in range(8):
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        visited.append(now)
    assert visited[:4] == [one.opens, one.closes, one.remove, two.opens]
    assert visited[4:] == [two.closes, two.remove, row.more, row.copy]
    # What is typed does not take the keyboard away.
    one.opens.setFocus()
    one.opens.selectAll()
    QTest.keyClicks(one.opens, "7")
    QTest.keyClick(one.opens, Qt.Key.Key_Tab)
    assert week(ctx.book)[1] == ((420, 720), (780, 1260))
    assert one.closes.hasFocus()
    assert row.lines == [one, two]
    one.remove.click()
    assert week(ctx.book)[1] == ((780, 1260),)


def test_a_week_without_hours_says_what_that_means(card: HoursCard, ctx: Context) -> None:
    for row in card.days.values():
        row.open.click()
    assert "every hour of every day counts" in card.said.text()
    assert not any(row.open.isChecked() for row in card.days.values())
    card.days[0].open.click()
    assert week(ctx.book)[0] == ((540, 1080),)
    assert "every hour" not in card.said.text()


def test_a_zone_is_found_by_typing(card: HoursCard, ctx: Context) -> None:
    assert card.zone.value() == ""
    typed(card.zone.line, "europe/berlin")
    assert ctx.settings.get("shop.zone") == "Europe/Berlin"
    assert "becomes" in zone_words("Europe/Berlin", datetime(2026, 11, 22))
    typed(card.zone.line, "Europe/Atlantis")
    assert ctx.settings.get("shop.zone") == "Europe/Berlin"
    assert card.zone.line.property("wrong") or card.zone.box.property("wrong")
    card.zone.box.setCurrentIndex(0)
    card.zone.box.activated.emit(0)
    assert ctx.settings.get("shop.zone") == ""
    assert {"Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"} <= set(zone_names())
    assert "not changed" in zone_words("Asia/Shanghai", datetime(2026, 11, 22))


def test_open_now_or_when() -> None:
    hours = OpeningHours((((540, 720), (780, 1080)), *((),) * 6))
    monday = datetime(2026, 11, 23, 10, 0)
    assert open_words(hours, monday) == "Open now, until 12:00."
    assert open_words(hours, monday.replace(hour=12)) == "Closed now; opens 13:00."
    assert open_words(hours, monday.replace(day=22)) == "Closed now; opens tomorrow 09:00."
    assert open_words(hours, monday.replace(day=24)) == "Closed now; opens Mon 09:00."
    assert near_words(datetime(2026, 12, 24, 9), monday) == "24 Dec 09:00"


def test_holidays_by_range_by_paste_and_by_list(ctx: Context, qtbot: QtBot, told: Told) -> None:
    card = HolidaysCard(ctx)
    qtbot.addWidget(card)
    card.show()
    assert card.list.isHidden()
    form = card.add()
    form.fields["first"].set_value(date(YEAR, 10, 1))
    form.fields["last"].set_value(date(YEAR, 10, 7))
    form.save_button.click()
    assert card.list.count() == 1
    assert card.list.item(0).text() == "1 Oct – 7 Oct"
    assert told.notices[-1] == "Add 7 holidays [Undo]"
    form = card.paste()
    form.fields["days"].set_value(f"{YEAR + 1}-02-05 – {YEAR + 1}-02-11\nsoon")
    form.save_button.click()
    assert len(opening_hours(ctx.book).closed) == 7
    form.fields["days"].set_value(f"{YEAR + 1}-02-05 – {YEAR + 1}-02-11")
    form.save_button.click()
    assert len(opening_hours(ctx.book).closed) == 14
    assert card.years.chosen_key() == str(YEAR + 1)
    public = card.choose_usual()
    public.fields["region"].set_value("west")
    public.fields["year"].set_value(YEAR + 1)
    for box, holiday in public.offered:
        box.setChecked(holiday.name == "Christmas Day")
    public.save_button.click()
    assert date(YEAR + 1, 12, 25) in opening_hours(ctx.book).closed
    card.list.setFocus()
    card.list.setCurrentRow(0)
    QTest.keyClick(card.list, Qt.Key.Key_Delete)
    assert len(opening_hours(ctx.book).closed) == 8
    for _ in range(4):
        ctx.undo()
    assert not opening_hours(ctx.book).closed
    assert not card.none.isHidden()


def test_a_special_day_is_added_changed_and_removed(ctx: Context, qtbot: QtBot) -> None:
    card = SpecialDaysCard(ctx)
    qtbot.addWidget(card)
    card.show()
    eve = date(YEAR, 12, 24)
    form = card.add()
    form.fields["day"].set_value(eve)
    form.fields["hours"].set_value("nine to one")
    form.save_button.click()
    assert not opening_hours(ctx.book).special
    form.fields["hours"].set_value("9-13")
    form.save_button.click()
    assert opening_hours(ctx.book).special == {eve: ((540, 780),)}
    changed = card.change(0)
    assert changed is not None
    changed.fields["day"].set_value(date(YEAR, 12, 31))
    changed.fields["hours"].set_value("")
    changed.save_button.click()
    assert opening_hours(ctx.book).special == {date(YEAR, 12, 31): ()}
    card.list.setFocus()
    QTest.keyClick(card.list, Qt.Key.Key_Delete)
    assert not opening_hours(ctx.book).special
    ctx.undo()
    assert card.list.count() == 1


def test_deadlines_in_words_move_what_is_open(ctx: Context, qtbot: QtBot, told: Told) -> None:
    open_complaint(ctx.book, title="x", received_at=datetime(2026, 11, 20, 10, 0), severity="high")
    card = DeadlinesCard(ctx)
    qtbot.addWidget(card)
    card.show()
    reply, settle = card.lines["high"]
    assert (reply.text(), settle.text()) == ("1 h", "4 h")
    assert card.examples["high"].text().startswith("reply by ")
    typed(reply, "90")
    assert ctx.settings.get("complaints.deadlines") == {"high": [90, 240]}
    assert reply.text() == "1 h 30 min" or reply.text() == "90"
    assert told.notices[-1] == (
        "Change the deadlines of complaints · 1 open complaint is due at another time now [Undo]"
    )
    assert ctx.book.value("SELECT due_at FROM complaint") == "2026-11-20 11:30:00"
    typed(settle, "soon")
    assert settle.property("wrong")
    assert "no length of time" in told.notices[-1]
    typed(settle, "30 min")
    assert "before its first reply" in told.notices[-1]
    assert ctx.settings.get("complaints.deadlines") == {"high": [90, 240]}
    card.back.click()
    assert ctx.book.value("SELECT due_at FROM complaint") == "2026-11-20 11:00:00"
    assert (reply.text(), settle.text()) == ("1 h", "4 h")
    card.warn.set_value(45)
    card.reopen.set_value(30)
    assert ctx.settings.get("complaints.warn_minutes") == 45
    assert ctx.settings.get("complaints.reopen_days") == 30
    ctx.undo()
    assert card.reopen.value() == 14


def test_the_shops_promise_is_kept_when_the_keyboard_leaves(ctx: Context, qtbot: QtBot) -> None:
    card = PolicyCard(ctx)
    qtbot.addWidget(card)
    card.show()
    card.text.text.setPlainText("七天无理由退货")
    assert ctx.settings.get("shop.policy") == ""
    card.keep()
    assert ctx.settings.get("shop.policy") == "七天无理由退货"
    ctx.undo()
    assert card.text.value() == ""
    card.text.text.setPlainText("half a sentence")
    ctx.changed(shop_hours.set_zone(ctx.book, name="Asia/Shanghai").changes)
    assert card.text.value() == "half a sentence"
    card.hide()
    assert ctx.settings.get("shop.policy") == "half a sentence"
