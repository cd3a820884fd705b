"""Every list of the program goes out, as it is shown and with all that the book knows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.operations.demo import make_demo
from desktop.views.cases.view import CasesView
from desktop.views.complaints.view import ComplaintsView
from desktop.views.customers.view import CustomersView
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.exchange.landing import Landing
from desktop.views.kit.context import Context
from desktop.views.profile.view import ProfileView
from desktop.views.timeline.view import TimelineView
from desktop.views.today.view import TodayView
from tests.gui.told import Told

Rows = list[list[str]]


@pytest.fixture
def shop(ctx: Context, tmp_path: Path) -> Context:
    """A shop with something in every list; what goes out goes into the folder "out"."""
    make_demo(ctx.book, customers=40, today=date.today(), seed=7)
    (tmp_path / "out").mkdir()
    ctx.settings.set("ui.folder.export", str(tmp_path / "out"))
    return ctx


@pytest.fixture
def taken(shop: Context, told: Told, qtbot: QtBot, tmp_path: Path) -> Callable[..., Rows]:
    """Opens an export, answers its dialog, and reads the file that came of it."""

    def take(
        owner: QWidget, export: Callable[[], object], *, columns: str = "", suffix: str = ".csv"
    ) -> Rows:
        export()
        (dialog,) = (
            w for w in QApplication.topLevelWidgets() if isinstance(w, ExportDialog) and w.isVisible()
        )
        if columns:
            dialog.fields["columns"].set_value(columns)
        dialog.fields["format"].set_value(suffix)
        dialog.name.set_value("file")
        path = tmp_path / "out" / f"file{suffix}"
        path.unlink(missing_ok=True)
        before = len(told.notices)
        dialog.save_button.click()
        qtbot.waitUntil(lambda: len(told.notices) > before, timeout=15_000)
        if suffix != ".csv":
            return [[line] for line in path.read_text("utf-8").split("\n")]
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))

    return take


def settle(ctx: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ctx.tasks.idle, timeout=15_000)


@pytest.fixture
def shown(shop: Context, qtbot: QtBot) -> Iterator[Callable[[QWidget], None]]:
    def show(view: QWidget) -> None:
        qtbot.addWidget(view)
        view.resize(1200, 800)
        view.show()
        settle(shop, qtbot)

    yield show
    settle(shop, qtbot)


Show = Callable[[QWidget], None]
Take = Callable[..., Rows]


def test_customers_in_the_order_and_with_the_columns_shown(shop: Context, shown: Show, taken: Take) -> None:
    view = CustomersView(shop)
    shown(view)
    rows = taken(view, view.actions_.export, columns="shown")
    titles = [column.title for column in view.model.columns if column.key in view.table.shown_keys()]
    assert len(rows[0]) == len(titles)
    assert [row[0] for row in rows[1:]] == [row.name for row in map(view.model.row_at, range(40)) if row]
    whole = taken(view, view.actions_.export, columns="every")
    assert len(whole) == len(rows) == 41
    assert [row[0] for row in whole[1:]] == [row[0] for row in rows[1:]]
    assert {"WeChat", "E-mail", "Notes"} <= set(whole[0])
    view.table.selectRow(0)
    cards = taken(view, view.actions_.export, columns="shown", suffix=".vcf")
    told = "\n".join(line for (line,) in cards)
    assert told.count("BEGIN:VCARD") == 40
    assert "TEL;" in told
    assert not any(name in told for name in ("EMAIL", "X-WECHAT", "NOTE", "BDAY", "ADR"))


def test_the_customers_of_a_search(shop: Context, shown: Show, taken: Take, qtbot: QtBot) -> None:
    view = CustomersView(shop, text=str(shop.book.value("SELECT name FROM customer WHERE id = 3")))
    shown(view)
    rows = taken(view, view.actions_.export, columns="shown")
    assert [row[0] for row in rows[1:]] == [str(shop.book.value("SELECT name FROM customer WHERE id = 3"))]


def test_complaints_of_the_filter(shop: Context, shown: Show, taken: Take) -> None:
    view = ComplaintsView(shop, scope="all", mode="list")
    shown(view)
    count = int(shop.book.value("SELECT count(*) FROM complaint"))
    rows = taken(view, view.doing.export, columns="shown")
    assert rows[0][:3] == ["Complaint", "Customer", "Status"]
    assert len(rows) == count + 1
    assert "What the customer wants" in taken(view, view.doing.export, columns="every")[0]


def test_cases_of_the_filter(shop: Context, shown: Show, taken: Take) -> None:
    view = CasesView(shop, scope="all")
    shown(view)
    numbers = [number for (number,) in shop.book.rows("SELECT number FROM service_case ORDER BY number")]
    assert numbers
    rows = taken(view, view.export, columns="shown")
    assert rows[0] == ["Case", "Customer", "Due at", "Next step"]
    whole = taken(view, view.export, columns="every")
    assert sorted(row[whole[0].index("Case no.")] for row in whole[1:]) == numbers
    assert {"What it is about", "Reason", "Outcome", "Minutes waited", "Cost"} <= set(whole[0])


def test_the_stream_goes_out_to_its_end(shop: Context, shown: Show, taken: Take) -> None:
    view = TimelineView(shop)
    shown(view)
    rows = taken(view, view.export)
    assert rows[0][:4] == ["When", "Kind", "Customer", "Title"]
    assert [row[0] for row in rows[1:]] == sorted((row[0] for row in rows[1:]), reverse=True)
    orders = int(shop.book.value("SELECT count(*) FROM orders"))
    assert sum(row[1] == "Orders" for row in rows) == orders


def test_a_profile_gives_its_orders_its_stream_and_its_card(shop: Context, shown: Show, taken: Take) -> None:
    customer = int(
        shop.book.value("SELECT customer_id FROM orders GROUP BY customer_id ORDER BY count(*) DESC")
    )
    view = ProfileView(shop, customer=customer)
    shown(view)
    count = int(shop.book.value("SELECT count(*) FROM orders WHERE customer_id = ?", (customer,)))
    assert len(taken(view, view.orders.export, columns="shown")) == count + 1
    assert "Shipped to" in taken(view, view.orders.export, columns="every")[0]
    assert len(taken(view, view.doing.export_stream)) > count
    assert len(taken(view, view.doing.export, columns="every")) == 2


def test_what_is_worth_doing_today(shop: Context, shown: Show, taken: Take, qtbot: QtBot) -> None:
    view = TodayView(shop)
    shown(view)
    qtbot.waitUntil(lambda: view._today is not None, timeout=15_000)
    rows = taken(view, view.export)
    assert rows[0] == ["Kind", "Title", "Customer", "Text", "Due at"]


def test_whole_lists_from_the_import_page(shop: Context, shown: Show, taken: Take) -> None:
    view = Landing(shop)
    shown(view)
    assert len(taken(view, lambda: view.export("customers"))) == 41
    calendar = taken(view, lambda: view.export("birthdays"), suffix=".ics")
    assert calendar[0][0].strip() == "BEGIN:VCALENDAR"
