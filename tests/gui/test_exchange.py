"""The import and export screen: a file on its way through the four steps, and lists on their way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.settings import MachineSettings
from desktop.core.translation import set_language, tr
from desktop.exchange.vocabulary.subjects import TARGETS
from desktop.models.book import Book
from desktop.operations.settings import Settings
from desktop.views.exchange.done_page import DonePage
from desktop.views.exchange.export import file_name
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.exchange.importer import Importer
from desktop.views.exchange.landing import Landing
from desktop.views.exchange.restore_page import RestorePage
from desktop.views.exchange.view import ExchangeView
from desktop.views.kit.context import Context
from desktop.views.kit.tasks import Tasks

HEADERS = "订单编号,收货人姓名,联系手机,买家实际支付金额,订单创建时间,宝贝标题,颜色\n"
ROWS = (
    "T1,王丽华,13800008421,368.00,2026-11-01 10:12:05,明前龙井,红\n"
    "T2,陈志强,13922710056,168.00,2026-11-02 20:14:33,桂花乌龙,绿\n"
    "T3,刘晓燕,13661207788,免单,2026-11-03 09:30:00,白毫银针,白\n"
    "T4,王丽华,13800008421,99.00,2026-13-05 09:30:00,白毫银针,白\n"
)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A platform's export in the encoding platforms like, with two rows that are wrong."""
    path = tmp_path / "订单 2026.csv"
    path.write_bytes((HEADERS + ROWS).encode("gb18030"))
    return path


class Shop:
    """A context that stands in no window, and what it was told."""

    def __init__(self, book: Book, home: Path) -> None:
        self.errors: list[BaseException] = []
        self.notices: list[str] = []
        self.places: list[str] = []
        self.tasks = Tasks(lambda error, _: self.errors.append(error))
        settings = Settings(book, MachineSettings(home / "s.json"))
        self.ctx = Context(book=book, settings=settings, tasks=self.tasks)
        self.ctx.notify = lambda text, *_, **__: self.notices.append(text)
        self.ctx.navigate = self._go
        self.ctx.undo = lambda: self.ctx.changed(book.undo(), quiet=True)

    def _go(self, place: str, /, **params: object) -> None:
        self.places.append(place)


@pytest.fixture
def shop(qapp: QApplication, book: Book, tmp_path: Path) -> Iterator[Shop]:
    made = Shop(book, tmp_path)
    yield made
    made.tasks.stop()
    assert not made.errors


def opened(qtbot: QtBot, shop: Shop, **params: Any) -> ExchangeView:
    """The screen, shown and at rest."""
    view = ExchangeView(shop.ctx, **params)
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    if params.get("file") or params.get("path"):
        qtbot.waitUntil(lambda: not isinstance(view.front, Landing) or has_problem(view), timeout=15_000)
    rest(qtbot, shop)
    return view


def rest(qtbot: QtBot, shop: Shop) -> None:
    """Wait until nothing is under way."""
    qtbot.wait(10)
    qtbot.waitUntil(lambda: shop.tasks.idle, timeout=15_000)


def importer(view: ExchangeView) -> Importer:
    assert isinstance(view.front, Importer)
    return view.front


def has_problem(view: ExchangeView) -> bool:
    landing = view.front
    return isinstance(landing, Landing) and landing._problem_slot.count() > 0


def finished(qtbot: QtBot, view: ExchangeView) -> DonePage:
    """Wait until the import is done."""
    qtbot.waitUntil(lambda: isinstance(view.front, DonePage), timeout=15_000)
    assert isinstance(view.front, DonePage)
    return view.front


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def checked(qtbot: QtBot, work: Importer) -> None:
    """Wait until the rows are checked."""
    qtbot.waitUntil(lambda: work.plan is not None and work.import_button.isEnabled(), timeout=15_000)


def test_a_file_is_brought_in_and_taken_back(qtbot: QtBot, shop: Shop, book: Book, orders: Path) -> None:
    view = opened(qtbot, shop, file=str(orders))
    work = importer(view)
    checked(qtbot, work)
    assert work.columns.box(0).currentText() == "Order · number"
    assert work.columns.tag(0) == "exact"
    assert work.columns.tag(6) == "not used"
    assert work.import_button.text() == "Import 2 rows"
    assert "GB18030" in work.banner._facts.whole()
    assert not work.look.isHidden()
    assert book.value("SELECT count(*) FROM customer") == 0
    click(work.import_button)
    qtbot.waitUntil(lambda: isinstance(view.front, DonePage), timeout=15_000)
    assert book.rows("SELECT number, paid FROM orders ORDER BY number") == [("T1", 36800), ("T2", 16800)]
    names = book.rows("SELECT name FROM customer ORDER BY id")
    assert ("王丽华",) in names
    assert len(names) == 2
    done = view.front
    assert isinstance(done, DonePage)
    click(done.see_button)
    assert shop.places == ["customers"]
    click(done.undo_button)
    rest(qtbot, shop)
    assert book.value("SELECT count(*) FROM orders") == 0
    assert "taken back" in done._heading.text()
    assert done.undo_button.isHidden()
    click(done.again_button)
    assert isinstance(view.front, Landing)


def test_a_column_sent_elsewhere_changes_the_outlook(
    qtbot: QtBot, shop: Shop, book: Book, orders: Path
) -> None:
    view = opened(qtbot, shop, path=str(orders))
    work = importer(view)
    checked(qtbot, work)
    box = work.columns.box(6)
    box.setCurrentIndex(box.findData("order.note"))
    assert not work.import_button.isEnabled()
    checked(qtbot, work)
    assert work.columns.tag(6) == "exact"
    box.setCurrentIndex(box.findData("order.number"))
    # A number has one column only: the other one gives it up.
    assert work.columns.box(0).currentData() == ""
    checked(qtbot, work)
    assert view.route_params()["draft"] is work.draft
    set_language("zh_CN")
    again = opened(qtbot, shop, **view.route_params())
    checked(qtbot, importer(again))
    assert importer(again).columns.box(6).currentData() == "order.number"


def test_without_its_columns_a_file_waits_for_an_answer(qtbot: QtBot, shop: Shop, orders: Path) -> None:
    work = importer(opened(qtbot, shop, file=str(orders)))
    checked(qtbot, work)
    for match in work.draft.mapping.columns:
        work.columns.box(match.index).setCurrentIndex(0)
    qtbot.waitUntil(lambda: work.outlook.figures.isHidden(), timeout=15_000)
    rest(qtbot, shop)
    assert not work.import_button.isEnabled()
    click(work.back_button)


def test_the_problems_stand_in_a_list_and_in_a_workbook(
    qtbot: QtBot, shop: Shop, orders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(qtbot, shop, file=str(orders))
    work = importer(view)
    checked(qtbot, work)
    work.show_check()
    model = work.check.problems.model
    assert model.rowCount() == 2
    work.go_back()
    assert work.stepper.current() == 1
    work.run()
    qtbot.waitUntil(lambda: isinstance(view.front, DonePage), timeout=15_000)
    target = tmp_path / "mend.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert isinstance(view.front, DonePage)
    click(view.front.save_button)
    rest(qtbot, shop)
    book = openpyxl.load_workbook(target)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert rows[0] == (*HEADERS.strip().split(","), "Why this row stayed out")
    assert [row[0] for row in rows[1:]] == ["T3", "T4"]
    assert rows[1][2] == "13661207788"
    assert "买家实际支付金额" in str(rows[1][-1])


def test_the_same_file_twice_brings_nothing_new(qtbot: QtBot, shop: Shop, book: Book, orders: Path) -> None:
    view = opened(qtbot, shop, file=str(orders))
    checked(qtbot, importer(view))
    importer(view).run()
    assert finished(qtbot, view).see_button.text() == "See the customers"
    view = opened(qtbot, shop, file=str(orders))
    work = importer(view)
    assert not work.import_button.isEnabled()
    assert work.import_button.text() == "Nothing new in this file"
    shop.ctx.undo()
    checked(qtbot, work)
    assert work.import_button.text() == "Import 2 rows"
    shop.ctx.changed(book.redo(), quiet=True)
    qtbot.waitUntil(lambda: work.plan is not None and not work.import_button.isEnabled(), timeout=15_000)
    # Somebody else may have brought the file in after it was checked here.
    work.run()
    assert "nothing new" in finished(qtbot, view)._heading.text()
    assert book.value("SELECT count(*) FROM import_run") == 1


def test_the_sheet_that_makes_sense_is_taken_and_dates_asked_about(
    qtbot: QtBot, shop: Shop, tmp_path: Path
) -> None:
    path = tmp_path / "two.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["说明"])
    sheet = book.create_sheet("明细")
    sheet.append(["订单编号", "收货人姓名", "实付金额", "下单时间"])
    sheet.append(["A1", "王丽华", "12", "03/04/2026"])
    sheet.append(["A2", "陈志强", "12", "05/04/2026 10:00"])
    book.save(path)
    view = opened(qtbot, shop, file=str(path))
    work = importer(view)
    assert work.draft.table.sheet == "明细"
    rest(qtbot, shop)
    assert work.choices.day.isVisible()
    work.choices.day.setCurrentIndex(1)
    checked(qtbot, work)
    assert work.plan is not None
    assert work.plan.records.orders.placed_at == ["2026-04-03 00:00:00", "2026-04-05 10:00:00"]
    work.choices.target.setCurrentIndex(work.choices.target.findData("customers"))
    assert work.draft.mapping.target == "customers"
    rest(qtbot, shop)
    work.choices.sheet.setCurrentIndex(0)
    qtbot.waitUntil(lambda: view.front is not work, timeout=15_000)
    rest(qtbot, shop)
    assert importer(view).draft.table.sheet == "Sheet"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 \0", b"PK\x03\x04 nothing"])
def test_a_file_that_cannot_be_read_is_one_sentence(
    qtbot: QtBot, shop: Shop, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "odd.xlsx"
    path.write_bytes(content)
    view = opened(qtbot, shop, file=str(path))
    assert has_problem(view)
    assert view.page.title() == "Import & export"


def test_a_file_can_be_dropped_or_chosen(
    qtbot: QtBot, shop: Shop, orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(qtbot, shop)
    landing = view.front
    assert isinstance(landing, Landing)
    taken: list[str] = []
    landing.drop_zone.files_chosen.disconnect()
    landing.drop_zone.files_chosen.connect(taken.extend)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(orders))])
    landing.drop_zone.dropEvent(
        QDropEvent(
            QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(orders)], ""))
    click(landing.drop_zone.button)
    assert [Path(path) for path in taken] == [orders, orders]
    assert shop.ctx.settings.get("ui.folder.import") == str(orders.parent)


def test_the_history_offers_to_undo_the_newest(qtbot: QtBot, shop: Shop, book: Book, orders: Path) -> None:
    view = opened(qtbot, shop, file=str(orders))
    checked(qtbot, importer(view))
    importer(view).run()
    qtbot.waitUntil(lambda: isinstance(view.front, DonePage), timeout=15_000)
    shown = opened(qtbot, shop, mode="export")
    landing = shown.front
    assert isinstance(landing, Landing)
    from desktop.queries.imports import recent_imports

    (row,) = recent_imports(book)
    assert (row.file_name, row.customers_new, row.orders_new, row.problems, row.newest) == (
        orders.name, 2, 2, 2, True,
    )  # fmt: skip
    book.undo()
    assert recent_imports(book) == []


def test_the_whole_book_goes_out_and_comes_into_an_empty_one(
    qtbot: QtBot, shop: Shop, book: Book, orders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(qtbot, shop, file=str(orders))
    checked(qtbot, importer(view))
    importer(view).run()
    qtbot.waitUntil(lambda: isinstance(view.front, DonePage), timeout=15_000)
    shown = opened(qtbot, shop)
    landing = shown.front
    assert isinstance(landing, Landing)
    asked: list[str] = []
    target = tmp_path / "out"

    def ask(_: object, __: str, proposed: str, *___: object) -> tuple[str, str]:
        asked.append(Path(proposed).name)
        return str(target / Path(proposed).stem), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    target.mkdir()
    shop.ctx.settings.set("ui.folder.export", str(target))
    landing.export("customers")
    (dialog,) = landing.findChildren(ExportDialog)
    dialog.save_button.click()
    rest(qtbot, shop)
    landing.export("book")
    rest(qtbot, shop)
    assert (target / file_name("Customers")).is_file()
    assert asked == [file_name("Whole book")]
    assert len(shop.notices) == 2
    whole = target / file_name("Whole book")
    refused = opened(qtbot, shop, file=str(whole))
    page = refused.front
    assert isinstance(page, RestorePage)
    assert not page.import_button.isEnabled()
    with Book.create(tmp_path / "fresh.shuke") as fresh:
        other = Shop(fresh, tmp_path)
        view = opened(qtbot, other, file=str(whole))
        assert isinstance(view.front, RestorePage)
        click(view.front.import_button)
        qtbot.waitUntil(lambda: isinstance(view.front, DonePage), timeout=30_000)
        assert fresh.rows("SELECT * FROM orders") == book.rows("SELECT * FROM orders")
        other.tasks.stop()
        assert not other.errors


def test_file_names_are_allowed_everywhere() -> None:
    from datetime import date

    assert file_name('客户: <新>/"老"?', date(2026, 11, 22)) == "客户 新 老 2026-11-22.xlsx"
    assert file_name("...", date(2026, 11, 22)) == "Shuke 2026-11-22.xlsx"


def test_a_template_is_saved_from_the_menu(
    qtbot: QtBot, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    landing = opened(qtbot, shop).front
    assert isinstance(landing, Landing)
    target = tmp_path / "mine.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    menu = landing.template_menu()
    assert [action.text() for action in menu.actions()] == [tr(one.title) for one in TARGETS.values()]
    menu.actions()[0].trigger()
    rest(qtbot, shop)
    assert shop.notices == ["“mine.xlsx” is ready to be filled in."]
    assert openpyxl.load_workbook(target).worksheets[0]["A1"].value == "Customer"
