"""What is done with entries by keys and menus: linked, marked, corrected, pinned; notes in one line."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order, OrderLine
from desktop.models.service import ServiceCase
from desktop.models.shop import Staff
from desktop.operations import service
from desktop.operations.attachments import NewFile, add_attachments
from desktop.queries.orders import order_rows
from desktop.queries.timeline import TimelineFilter
from desktop.queries.timeline_entries import TimelineEntry, timeline_entry
from desktop.queries.timeline_links import link_choices
from desktop.queries.timeline_sources import KINDS
from desktop.views.kit.context import Context
from desktop.views.profile.history_dialog import HistoryDialog
from desktop.views.profile.order_acts import OrderActs
from desktop.views.timeline import words
from desktop.views.timeline.delegate import spans
from desktop.views.timeline.filters import Filters
from desktop.views.timeline.link_menu import LinkMenu
from desktop.views.timeline.note_dialog import NoteDialog
from desktop.views.timeline.note_words import split_minutes
from desktop.views.timeline.stream import TimelineStream
from desktop.views.timeline.view import TimelineView
from tests.gui.told import Told

NOW = datetime(2026, 11, 20, 10, 30)


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """Two customers; the first has an order, a case, a complaint and a note, the other an order."""
    with book.step("fill") as step:
        for row, name in ((1, "王丽华"), (2, "Emma Carter")):
            step.insert(Customer, id=row, name=name, created_at="2026-01-01 09:00:00")
            step.insert(Order, id=row, number=f"A{row}", customer_id=row, placed_at="2026-11-09 20:14:00")
        step.insert(ContactPoint, customer_id=1, kind="phone", value="13800138421", norm="13800138421")
        step.insert(OrderLine, order_id=1, title="明前龙井 250g")
        step.insert(
            ServiceCase, id=1, number="S-2026-0001", customer_id=1, kind="return", status="open",
            opened_at="2026-11-10 09:00:00", title="退货",
        )  # fmt: skip
        step.insert(
            Complaint,
            id=1,
            number="C-2026-0001",
            customer_id=1,
            title="分量不足",
            received_at="2026-11-11 09:00:00",
        )
    service.add_interaction(book, text="问雨前茶", stage="pre-sale", at=NOW, customer_id=1)
    return ctx


def opened(ctx: Context, qtbot: QtBot, customer: int | None = 1) -> TimelineStream:
    stream = TimelineStream(ctx, customer)
    qtbot.addWidget(stream)
    stream.resize(820, 560)
    stream.show()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    return stream


def note(ctx: Context) -> TimelineEntry:
    entry = timeline_entry(ctx.book, "interaction", ctx.book.value("SELECT max(id) FROM interaction"))
    assert entry is not None
    return entry


def chosen(menu: QMenu, words: str) -> None:
    """Choose what begins with some words in a menu."""
    (action,) = (action for action in menu.actions() if words in action.text())
    action.trigger()


def test_a_note_is_linked_to_what_its_customer_has(ctx: Context, qtbot: QtBot) -> None:
    stream = opened(ctx, qtbot)
    stream.list.choose(note(ctx))
    QTest.keyClick(stream.list, Qt.Key.Key_L)
    (menu,) = stream.findChildren(LinkMenu)
    said = [action.text() for action in menu.actions() if action.isCheckable()]
    assert [one.split(" · ")[1] for one in said] == ["A1", "S-2026-0001", "C-2026-0001"]
    for number in ("A1", "S-2026", "C-2026"):
        chosen(menu, number)
    menu.close()
    assert words.hangs_on(note(ctx)) == [
        ("receipt-text", "Order A1"), ("wrench", "S-2026-0001"), ("message-square-warning", "C-2026-0001"),
    ]  # fmt: skip
    entry = stream.list.current_entry()
    assert entry is not None
    assert (entry.order_id, entry.case_id, entry.complaint_id, entry.corrected) == (1, 1, 1, 0)
    again = LinkMenu(ctx, entry, stream)
    assert [action.isChecked() for action in again.actions() if action.isCheckable()] == [True, True, True]
    chosen(again, "A1")
    assert note(ctx).order_id is None
    ctx.undo()
    assert note(ctx).order_id == 1
    assert "S-2026-0001" in words.spoken(note(ctx), "CNY")


def test_links_stay_with_their_customer(ctx: Context) -> None:
    with pytest.raises(UserError):
        service.link_interaction(ctx.book, interaction_id=note(ctx).id, kind="order", row=2)
    with pytest.raises(UserError):
        service.link_interaction(ctx.book, interaction_id=note(ctx).id, kind="case", row=99)
    assert [(one.kind, one.number, one.title) for one in link_choices(ctx.book, 1)] == [
        ("order", "A1", "明前龙井 250g"), ("case", "S-2026-0001", "退货"),
        ("complaint", "C-2026-0001", "分量不足"),
    ]  # fmt: skip
    assert [one.number for one in link_choices(ctx.book, 2)] == ["A2"]


def test_corrections_are_counted_and_their_words_kept(ctx: Context, qtbot: QtBot) -> None:
    stream = opened(ctx, qtbot)
    row = note(ctx).id
    for text in ("问今年雨前茶", "问明年雨前茶"):
        ctx.changed(service.edit_interaction(ctx.book, interaction_id=row, text=text))
    ctx.changed(service.pin_interaction(ctx.book, interaction_id=row))
    ctx.changed(service.set_gave(ctx.book, interaction_id=row, gave="suggestion"))
    assert note(ctx).corrected == 2
    assert [said for _, said in words.hangs_on(note(ctx))] == ["Suggestion", "Corrected 2 times"]
    stream.actions_of.open_history(note(ctx))
    (dialog,) = (one for one in stream.findChildren(QDialog) if one.isVisible())
    assert isinstance(dialog, HistoryDialog)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert [one.old for one in dialog._entries if one.field == "text" and one.old] == [
        "问今年雨前茶",
        "问雨前茶",
    ]
    dialog.close()
    for _ in range(3):
        ctx.undo()
    assert note(ctx).corrected == 1


def test_keys_correct_pin_delete_and_lead_to_the_lines(ctx: Context, qtbot: QtBot) -> None:
    stream = opened(ctx, qtbot)
    stream.list.choose(note(ctx))
    stream.list.setFocus()
    QTest.keyClick(stream.list, Qt.Key.Key_P)
    assert note(ctx).pinned
    assert stream.model.line_at(0).heading == "Pinned"
    entry = stream.list.current_entry()
    assert entry is not None
    assert entry.key == note(ctx).key
    QTest.keyClick(stream.list, Qt.Key.Key_E)
    (dialog,) = stream.window().findChildren(NoteDialog)
    dialog.fields["gave"].set_value("interview")
    dialog.save()
    assert note(ctx).gave == "interview"
    QTest.keyClick(stream.list, Qt.Key.Key_N)
    assert stream.window().focusWidget() is stream.note.line
    QTest.keyClick(stream.list, Qt.Key.Key_Slash)
    assert stream.window().focusWidget() is stream.filters.search.line
    QTest.keyClick(stream.list, Qt.Key.Key_Delete)
    assert ctx.book.value("SELECT count(*) FROM interaction") == 0
    ctx.undo()
    assert note(ctx).pinned


def test_menus_offer_what_an_entry_can_have(ctx: Context, qtbot: QtBot, told: Told) -> None:
    stream = opened(ctx, qtbot, None)
    task, expects = "Add a task…", "What they expect…"
    for kind, offered in {
        "order": {"Open the order", "Write a note about it…", "New service case…", "Add a rating…",
                  expects, task},
        "case": {"Open the service case", "Write a note about it…", "Add a rating…", "Delete", task},
        "complaint": {"Open the complaint", "Write a note about it…", task},
        "interaction": {
            "Correct…", "Pin to the top", "Link to…", "The customer gave…", "Files…", "Delete", task,
            expects,
        },
    }.items():  # fmt: skip
        entry = timeline_entry(ctx.book, kind, 1)
        assert entry is not None
        names = {action.text().split("\t")[0] for action in stream.actions_for(entry, QMenu(stream))}
        assert names == offered | {"Copy", "Open the customer"}, kind
    case = timeline_entry(ctx.book, "case", 1)
    assert case is not None
    stream.actions_of.note_about(case)
    (dialog,) = stream.window().findChildren(NoteDialog)
    dialog.fields["text"].set_value("已寄出")
    dialog.save()
    assert (note(ctx).case_id, note(ctx).customer_id, note(ctx).stage) == (1, 1, "after-sale")
    stream.list.choose(case)
    QTest.keyClick(stream.list, Qt.Key.Key_Return)
    (shown,) = (one for one in stream.window().findChildren(QDialog) if one.isVisible())
    shown.close()
    assert told.places == []


def test_a_note_in_one_line_says_stage_customer_and_minutes(ctx: Context, qtbot: QtBot, told: Told) -> None:
    with ctx.book.step("clerk") as step:
        clerk = step.insert(Staff, name="小陈")
    ctx.book.clerk = "小陈"
    stream = opened(ctx, qtbot, None)
    line = stream.note.line
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(line, "called @8421")
    menu = stream.note.mention.completer.popup()
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert stream.note.about.text() == "王丽华"
    assert line.text() == "called "
    QTest.keyClicks(line, "about the tin, 12 min")
    QTest.keyClick(line, Qt.Key.Key_Return)
    made = note(ctx)
    assert (made.text, made.minutes, made.stage, made.customer_id, made.staff_id) == (
        "called about the tin", 12, "after-sale", 1, clerk,
    )  # fmt: skip
    assert stream.note.about.isHidden()
    QTest.keyClicks(line, "swept the shop")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert note(ctx).customer_id is None


def test_words_that_name_a_day_offer_a_task(ctx: Context, qtbot: QtBot, told: Told) -> None:
    stream = opened(ctx, qtbot)
    QTest.keyClicks(stream.note.line, "wants a call tomorrow")
    QTest.keyClick(stream.note.line, Qt.Key.Key_Return)
    assert note(ctx).text == "wants a call tomorrow"
    assert told.notices[-1].endswith("[Add a task]")
    tomorrow = date.today() + timedelta(days=1)
    assert str(tomorrow.day) in told.notices[-1]


def test_the_channel_of_the_last_note_is_remembered(ctx: Context, qtbot: QtBot) -> None:
    stream = opened(ctx, qtbot)
    stream.note.channel.setCurrentIndex(3)
    stream.note.channel.activated.emit(3)
    assert opened(ctx, qtbot, None).note.channel.currentIndex() == 3


@pytest.mark.parametrize(
    ("typed", "words", "minutes"),
    [
        ("called, 8 min", "called", 8), ("问雨前茶 12分钟", "问雨前茶", 12), ("a (5 mins).", "a", 5),
        ("8 min", "8 min", None), ("wait 5 min more", "wait 5 min more", None), ("8 minx", "8 minx", None),
    ],
)  # fmt: skip
def test_minutes_at_the_end_of_words(typed: str, words: str, minutes: int | None) -> None:
    assert split_minutes(typed) == (words, minutes)


def test_found_words_are_marked_where_they_stand() -> None:
    assert spans("Tea for teatime", "tea") == [(0, 3), (8, 3)]
    assert spans("雨前茶", " 茶 ") == [(2, 1)]
    assert spans("x", "") == []


def test_filters_are_kept_in_the_route_and_come_back(ctx: Context, qtbot: QtBot) -> None:
    view = TimelineView(ctx)
    qtbot.addWidget(view)
    view.show()
    panel = view.filters.open_panel()
    panel.fields["pinned"].set_value(True)
    panel.fields["since"].set_value(date(2026, 11, 1))
    panel.close()
    view.filters.search.set_text("茶")
    assert view.filters.more_button.text() == "Filter · 2"
    kept = view.route_params()
    assert kept == {
        "kind": "all", "stage": "", "text": "茶", "pinned": True, "since": date(2026, 11, 1).toordinal(),
    }  # fmt: skip
    again = TimelineView(ctx, **kept)  # type: ignore[arg-type]
    qtbot.addWidget(again)
    assert again.filters.filter() == view.filters.filter()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    again.filters.clear()
    assert again.filters.filter() == TimelineFilter()
    qtbot.waitUntil(lambda: ctx.tasks.idle)


def test_seldom_kinds_wait_in_a_menu(ctx: Context, qtbot: QtBot) -> None:
    filters = Filters(ctx.book, inline=True)
    qtbot.addWidget(filters)
    filters.show()
    seldom = ("visit", "lead", "points", "shipment", "arrival", "import", "merge")
    filters.set_counts({kind: 0 if kind in seldom else 2 for kind in KINDS})
    assert not filters.kinds.has("steps")
    menu = filters.seldom_menu()
    assert [action.text() for action in menu.actions()] == ["Steps done 4", "Consent and privacy 4"]
    menu.actions()[0].trigger()
    assert filters.kinds.chip("steps").isVisible()
    assert filters.filter().kinds == {"tick", "task"}
    menu.close()


def test_a_note_is_written_about_an_order_from_its_menu(ctx: Context, qtbot: QtBot) -> None:
    (row,) = order_rows(ctx.book, [1]).values()
    owner = QWidget()
    qtbot.addWidget(owner)
    acts = OrderActs(ctx, owner, lambda: row)
    menu = QMenu(owner)
    acts.fill_menu(menu, row)
    chosen(menu, "Write a note about it")
    (dialog,) = owner.findChildren(NoteDialog)
    dialog.fields["text"].set_value("要尽快发")
    dialog.save()
    assert (note(ctx).order_number, note(ctx).customer_id) == ("A1", 1)


def test_files_kept_with_a_note_are_told(ctx: Context, qtbot: QtBot) -> None:
    stream = opened(ctx, qtbot)
    files = [NewFile(f"{nth}.txt", data=b"%d" % nth) for nth in range(2)]
    kept = add_attachments(ctx.book, subject="interaction", subject_id=note(ctx).id, files=files, at=NOW)
    ctx.changed(kept.changes)
    assert words.hangs_on(note(ctx)) == [("file-text", "2 files")]
    row = stream.model.row_of(note(ctx))
    assert row is not None
    shown = stream.model.entry_at(row)
    assert shown is not None
    assert shown.files == 2
