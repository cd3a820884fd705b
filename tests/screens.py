"""Every screen as an owner sees it, in both languages and looks: drawn, and read for faults.

`python3 run screens [SCENE …]` draws; `tests/gui/test_screens.py` walks the same scenes and asks `faults`.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QLabel, QWidget

from desktop.core.settings import MachineSettings
from desktop.core.translation import set_language
from desktop.exchange.comparing.modes import ASK, Mode
from desktop.models.book import Book
from desktop.operations import service
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer
from desktop.operations.demo import make_demo
from desktop.operations.duplicates import sweep_duplicates
from desktop.operations.merging import merge_customers
from desktop.operations.relations import add_relationship
from desktop.operations.settings import Settings
from desktop.queries.conditions import Condition, Group
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.pairs import pair_ids, pair_of
from desktop.views.answers.popover import AnswerSheet
from desktop.views.cases.case_form import CaseForm
from desktop.views.cases.view import CasesView
from desktop.views.complaints.facet_panel import FacetPanel
from desktop.views.counter.window import CounterWindow
from desktop.views.customers.point_edit import PointField
from desktop.views.customers.view import CustomersView
from desktop.views.exchange.check_pane import UPDATES
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.exchange.importer import Importer
from desktop.views.exchange.mode_box import MODES
from desktop.views.kit import theme
from desktop.views.kit.column_chooser import ColumnChooser
from desktop.views.kit.context import Context
from desktop.views.kit.labels import ElidedLabel
from desktop.views.kit.layouts import ScrollColumn
from desktop.views.kit.popover import Popover
from desktop.views.kit.tasks import Tasks
from desktop.views.profile.view import ProfileView
from desktop.views.settings.processes import ProcessesCard
from desktop.views.shell.main_window import MainWindow
from desktop.views.shell.palette import Palette
from desktop.views.tasks.view import TasksView
from desktop.views.timeline.filter_panel import FilterPanel
from desktop.views.timeline.jump import Jump
from desktop.views.timeline.view import TimelineView
from tests.asking_scenes import ASKING
from tests.board_scenes import BOARD
from tests.charts_scenes import CHARTS
from tests.clock_scenes import CLOCK
from tests.counter_scenes import COUNTER
from tests.customer_scenes import CUSTOMER_LIST
from tests.detail_scenes import DETAIL
from tests.feel_scenes import FEEL
from tests.files_scenes import FILES
from tests.forecast_scenes import FORECAST
from tests.frame_scenes import FRAME
from tests.goods_scenes import GOODS
from tests.leaving_scenes import LEAVING
from tests.record_scenes import RECORD
from tests.repeat_scenes import REPEAT
from tests.words_scenes import WORDS

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "screens"
ORDERS = ROOT / "tests" / "data" / "orders-zh.csv"
LANGUAGES = ("en", "zh_CN")
LOOKS = ("light", "dark")
SIZES = ((1440, 900), (1280, 720))
CUSTOMERS = 1200
SEED = 20261122

CALM_ROUNDS = 5
"""Rounds of events without anything under way after which a window is at rest."""


class Stage:
    """A real window over a book, in one language, look and size."""

    def __init__(
        self, book: Book, home: Path, *, language: str, look: str, size: tuple[int, int], start: bool = False
    ) -> None:
        self.book, self.language = book, language
        self.afterwards: list[Callable[[], object]] = []
        settings = Settings(book, MachineSettings(home / "settings.json"))
        settings.set("ui.language", language)
        settings.set("ui.theme", look)
        set_language(language)
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        theme.apply(app, theme.resolve(look))
        self.tasks = Tasks()
        self.window = MainWindow(
            Context(book=book, settings=settings, tasks=self.tasks),
            make_sample=lambda book, progress: make_demo(book, today=date.today(), progress=progress),
            offer_start=start,
        )
        self.window.resize(*size)
        self.window.show()
        self.settle()

    def settle(self, quiet: float = 0.15) -> None:
        """Let the window come to rest: nothing under way in the background, and nothing new for a moment."""
        end = time.monotonic() + 60
        calm, rounds = time.monotonic(), 0
        # Rounds count too: on a busy machine the short sleep of a single one is a long one.
        while time.monotonic() < end and (time.monotonic() - calm < quiet or rounds < CALM_ROUNDS):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            rounds += 1
            if not self.tasks.idle:
                calm, rounds = time.monotonic(), 0
            time.sleep(0.005)

    def go(self, place: str, **params: object) -> QWidget:
        """Go to a place and wait for its figures."""
        self.window.go(place, **params)
        self.settle()
        page = self.window.pages.page()
        assert page is not None
        return page

    def front(self) -> QWidget:
        """The dialog or sheet in front, else the window."""
        raised = (
            QDialog, Popover, AnswerSheet, FacetPanel, FilterPanel, Jump, CounterWindow, ColumnChooser
        )  # fmt: skip
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, raised) and w.isVisible()]
        return dialogs[-1] if dialogs else self.window

    def close_dialogs(self) -> None:
        """Put away what a scene opened, and take back what it did."""
        while self.afterwards:
            self.afterwards.pop()()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, (QDialog, FacetPanel, FilterPanel, Jump)) and widget.isVisible():
                widget.close()
        self.settle(0.02)

    def close(self) -> None:
        """End the window and its worker."""
        self.close_dialogs()
        self.tasks.stop()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _select_first_row(stage: Stage) -> None:
    for view in stage.window.pages.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model is not None and model.rowCount() > 2:
            view.setCurrentIndex(model.index(1, 0))
            break
    stage.settle()


def _customers(stage: Stage) -> None:
    stage.go("customers")
    _select_first_row(stage)


def _filtered(stage: Stage, tree: Group) -> CustomersView:
    page = stage.go("customers", condition=CustomerFilter(where=tree).to_json())
    assert isinstance(page, CustomersView)
    stage.settle()
    return page


def _filter(stage: Stage) -> None:
    """Conditions of every kind in two groups, and how many they leave."""
    tags = tuple(row for (row,) in stage.book.rows("SELECT id FROM tag ORDER BY id LIMIT 2"))
    inner = Group(
        "or",
        (
            Condition("state", "is", ("drifting", "lost")),
            Condition("tags", "any", tags),
            Condition("product", "any", (1, 2), ("last", 90)),
        ),
    )
    spent = Condition("spend", "ge", (20_000,))
    birthday = Condition("birthday", "next", (120,))
    page = _filtered(stage, Group("and", (spent, Condition("last", "older", (30,)), inner, birthday)))
    page.filtering.open()
    stage.settle()


def _filtered_list(stage: Stage) -> None:
    chosen = Condition("state", "is", ("drifting", "lost"))
    _filtered(stage, Group("and", (Condition("spend", "ge", (50_000,)), chosen)))


def _segments(stage: Stage) -> None:
    page = stage.go("customers")
    assert isinstance(page, CustomersView)
    page.chips.manage()
    stage.settle()


def _profile(stage: Stage) -> None:
    known = stage.book.value("SELECT customer_id FROM customer_summary ORDER BY complaints DESC, spend DESC")
    stage.go("profile", customer=known)


def _profile_explained(stage: Stage) -> None:
    page = _profile_page(stage)
    sheet = page.figures.explain("rhythm", page.tiles.rhythm)
    stage.afterwards.append(sheet.close)
    stage.settle()


def _profile_editing(stage: Stage) -> None:
    page = _profile_page(stage)
    editor = page.side.about.add_point("phone")
    assert editor is not None
    assert isinstance(editor.field, PointField)
    editor.field.edit.line.setText(stage.book.value("SELECT norm FROM contact_point WHERE kind = 'phone'"))
    stage.afterwards.append(editor.leave)
    stage.settle()


def _profile_relations(stage: Stage) -> None:
    book = stage.book
    brought = (
        "SELECT referred_by, count(*) FROM customer WHERE referred_by IS NOT NULL GROUP BY 1 ORDER BY 2 DESC"
    )
    customer = book.value(brought)
    others = [row for (row,) in book.rows("SELECT id FROM customer WHERE id <> ? LIMIT 12", (customer,))]
    if not book.value("SELECT count(*) FROM relationship WHERE customer_id = ?", (customer,)):
        add_relationship(book, customer_id=customer, related_id=others[0], kind="spouse")
        add_relationship(book, customer_id=customer, related_id=others[1], kind="employee", note="2019")
    page = stage.go("profile", customer=customer)
    assert isinstance(page, ProfileView)
    stage.settle(0.3)
    page.side.verticalScrollBar().setValue(page.side.verticalScrollBar().maximum())
    stage.settle()


def _profile_page(stage: Stage) -> ProfileView:
    _profile(stage)
    page = stage.window.pages.page()
    assert isinstance(page, ProfileView)
    stage.settle(0.3)
    return page


def _dossier(stage: Stage) -> None:
    _profile(stage)
    page = stage.window.pages.page()
    assert isinstance(page, ProfileView)
    page.doing.open_dossier()


def _timeline(stage: Stage) -> None:
    stage.go("timeline")
    _select_first_row(stage)


def _timeline_linked(stage: Stage) -> None:
    """Notes of today that hang on things, were corrected and pinned, among what was searched for."""
    book = stage.book
    customer, order = book.row("SELECT customer_id, max(id) FROM orders WHERE customer_id IS NOT NULL")
    said = {"en": "Asked about the tea for the fair", "zh_CN": "问展会用茶，想先试饮"}[stage.language]
    made = service.add_interaction(
        book, text=said, stage="in-sale", at=datetime.now(), customer_id=customer, minutes=8, channel="wechat"
    )
    note = made.created["interaction"]
    service.link_interaction(book, interaction_id=note, kind="order", row=order)
    service.set_gave(book, interaction_id=note, gave="suggestion")
    for more in ("12:30", "14:00"):
        service.edit_interaction(book, interaction_id=note, text=f"{said}\n{more}")
    service.pin_interaction(book, interaction_id=note)
    stage.afterwards += [book.undo] * 6
    stage.go("timeline", text={"en": "tea", "zh_CN": "茶"}[stage.language], channel="wechat")
    _select_first_row(stage)


def _timeline_filters(stage: Stage) -> None:
    view = stage.go("timeline")
    assert isinstance(view, TimelineView)
    view.filters.open_panel()
    stage.settle()


def _timeline_months(stage: Stage) -> None:
    view = stage.go("timeline")
    assert isinstance(view, TimelineView)
    view.jump()
    stage.settle()


def _exchange(stage: Stage) -> None:
    view = stage.go("exchange")
    for importer in view.findChildren(Importer):
        importer.left.emit()
    stage.settle()


def _importer(stage: Stage) -> None:
    stage.go("exchange", path=str(ORDERS))


def _known_again(stage: Stage) -> Path:
    """A list of customers of the book, some of whom say something else now, and one who is doubtful."""
    rows = stage.book.rows(
        "SELECT customer.name, point.value, customer.region FROM customer JOIN contact_point AS point "
        "ON point.customer_id = customer.id AND point.kind = 'phone' ORDER BY customer.id LIMIT 12"
    )
    path = stage.book.path.with_name("会员 2026.csv")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["姓名", "手机", "地区", "喜好", "备注"])
        for at, (name, phone, region) in enumerate(rows):
            writer.writerow([name, phone, "云南省 大理州" if at % 3 == 0 else region, "老白茶", ""])
        writer.writerow(["新客人", "13812345678", "浙江省 杭州市", "", "朋友介绍"])
        writer.writerow(["", "1380000", "", "", ""])
    return path


def _importer_check(stage: Stage) -> None:
    view = stage.go("exchange", path=str(_known_again(stage)))
    stage.settle()
    (importer,) = view.findChildren(Importer)
    importer.outlook.mode.box.setCurrentIndex(list(MODES).index(Mode(update=ASK)))
    stage.settle(0.3)
    importer.show_check(UPDATES)
    importer.check.updates.table.opened.emit(0)
    stage.settle()


def _import_done(stage: Stage) -> None:
    view = stage.go("exchange", path=str(ORDERS))
    stage.settle()
    (importer,) = view.findChildren(Importer)
    importer.run()
    stage.settle()
    stage.afterwards += [lambda: stage.go("today"), stage.book.undo]


def _export(stage: Stage) -> None:
    view = stage.go("customers")
    assert isinstance(view, CustomersView)
    view.table.selectAll()
    view.head.export_button.click()
    (dialog,) = view.findChildren(ExportDialog)
    dialog.fields["columns"].set_value("every")
    stage.settle()


def _some_duplicates(stage: Stage) -> None:
    """The sample shop's customers who are one, with something to choose between; and a pair merged before."""
    book = stage.book
    if book.value("SELECT count(*) FROM likeness_sweep"):
        return
    english = stage.language == "en"
    for number in range(3):
        name = ("赵", "孙", "李")[number] + ("明远", "可心", "望舒")[number]
        values = {"name": name, "region": "Hangzhou" if english else "杭州", "birthday": f"198{number}-03-05"}
        add_customer(book, values=values, points=[Point("phone", f"1390000881{number}")])
        values["likes"] = "Longjing, white tea" if english else "龙井、白茶"
        values["notes"] = "Peanut allergy" if english else "花生过敏，别送花生酥"
        add_customer(book, values=values, points=[Point("wechat", f"1390000881{number}")])
    sweep_duplicates(book)
    kept, gone = pair_of(pair_ids(book)[-1])
    merge_customers(book, kept=kept, gone=[gone])


def _duplicates(stage: Stage) -> None:
    _some_duplicates(stage)
    stage.go("duplicates")


def _merged_earlier(stage: Stage) -> None:
    _some_duplicates(stage)
    stage.go("duplicates", tab="merged")


def _case(stage: Stage) -> None:
    """A return being opened for an order of several lines, of which one came back already."""
    order, customer = stage.book.row(
        "SELECT orders.id, orders.customer_id FROM orders JOIN order_line ON order_id = orders.id "
        "WHERE orders.purchase = 1 AND orders.customer_id IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM service_case WHERE order_id = orders.id) "
        "GROUP BY orders.id HAVING count(*) >= 2 ORDER BY orders.id DESC LIMIT 1"
    )
    stage.go("cases")
    page = stage.window.pages.page()
    assert isinstance(page, CasesView)
    CaseForm(page._ctx, customer_id=customer, order_id=order, parent=page.window()).open()
    stage.settle()


def _orders(stage: Stage) -> None:
    """A customer's orders, of which the one chosen went partly back."""
    order, customer = stage.book.row(
        "SELECT orders.id, orders.customer_id FROM orders JOIN service_case ON order_id = orders.id "
        "WHERE orders.customer_id IS NOT NULL ORDER BY service_case.opened_at DESC LIMIT 1"
    )
    stage.go("profile", customer=customer, tab="orders", order=order)


def _processes(stage: Stage) -> None:
    page = stage.go("settings")
    (card,) = page.findChildren(ProcessesCard)
    (column,) = page.findChildren(ScrollColumn)
    column.ensureWidgetVisible(card.back, 0, 40)
    column.verticalScrollBar().setValue(column.verticalScrollBar().maximum())
    stage.settle()


def _case_close(stage: Stage) -> None:
    page = stage.go("cases")
    assert isinstance(page, CasesView)
    page.pane.close_with_outcome()
    stage.settle()


def _new_task(stage: Stage) -> None:
    page = stage.go("tasks")
    assert isinstance(page, TasksView)
    words = "Call Lihua next Friday at 3" if stage.language == "en" else "每周五下午三点给丽华打电话"
    page.quick.line.setText(words)
    page.new_task(words)
    stage.settle()


def _type_in_palette(stage: Stage, typed: str) -> None:
    stage.window.open_palette()
    palettes = [one for one in stage.window.findChildren(Palette) if one.isVisible()]
    palettes[0].line.setText(typed)


SCENES: dict[str, Callable[[Stage], object]] = {
    "today": lambda stage: stage.go("today"),
    "customers": _customers,
    **RECORD,
    **WORDS,
    **DETAIL,
    **ASKING,
    **FILES,
    **CUSTOMER_LIST,
    "new-customer": lambda stage: stage.go("customers", new=True),
    "filter": _filter,
    "filtered": _filtered_list,
    "segments": _segments,
    "profile": _profile,
    "profile-explained": _profile_explained,
    "profile-editing": _profile_editing,
    "profile-relations": _profile_relations,
    "orders": _orders,
    "dossier": _dossier,
    "timeline": _timeline,
    "timeline-linked": _timeline_linked,
    "timeline-filters": _timeline_filters,
    "timeline-months": _timeline_months,
    "cases": lambda stage: stage.go("cases"),
    "case": _case,
    "case-close": _case_close,
    "tasks": lambda stage: stage.go("tasks"),
    "new-task": _new_task,
    "complaints": lambda stage: stage.go("complaints", mode="board"),
    **BOARD,
    "new-complaint": lambda stage: stage.go("complaints", new=True),
    **FRAME,
    "exchange": _exchange,
    "importer": _importer,
    "importer-check": _importer_check,
    "import-done": _import_done,
    "export": _export,
    "settings": lambda stage: stage.go("settings"),
    "processes": _processes,
    "duplicates": _duplicates,
    "merged-earlier": _merged_earlier,
    "palette": lambda stage: stage.window.open_palette(),
    "palette-found": lambda stage: _type_in_palette(stage, "wang"),
    "palette-elsewhere": lambda stage: _type_in_palette(stage, "ha"),
    "customers-searched": lambda stage: stage.go("customers", text="wang"),
    **REPEAT,
    **CHARTS,
    **FEEL,
    **GOODS,
    **LEAVING,
    **FORECAST,
    **COUNTER,
    **CLOCK,
}


# -- faults that a program can see


def faults(widget: QWidget, untranslated: frozenset[str] = frozenset()) -> list[str]:
    """What is wrong with the texts of a window: cut off, or still in English."""
    found = []
    for child in widget.findChildren(QWidget):
        if not child.isVisible() or not child.visibleRegion().boundingRect().isValid():
            continue
        text = child.text() if isinstance(child, (QLabel, QAbstractButton)) else ""
        if not text.strip():
            continue
        if text in untranslated:
            found.append(f"not translated: {text!r}")
        if isinstance(child, QLabel) and _is_cut(child):
            found.append(f"cut off: {text!r} has {child.width()}×{child.height()}")
        if isinstance(child, QAbstractButton) and child.width() < child.minimumSizeHint().width():
            found.append(f"cut off: {text!r} on a button of {child.width()}")
    return found


def claimed_twice(window: MainWindow) -> list[str]:
    """Keys that the window and its page both claim: Qt would run neither."""
    page = window.pages.page()
    if page is None:
        return []
    of_window = {key.toString() for action in window.actions() for key in action.shortcuts()}
    of_page = {key.toString() for action in page.findChildren(QAction) for key in action.shortcuts()}
    of_page |= {key.toString() for one in page.findChildren(QShortcut) for key in QShortcut.keys(one)}
    return [f"claimed by the window and the page: {key}" for key in sorted(of_window & of_page)]


def _is_cut(label: QLabel) -> bool:
    if isinstance(label, ElidedLabel) or label.textFormat() == Qt.TextFormat.RichText:
        return False
    room = label.contentsRect()
    metrics = label.fontMetrics()
    if label.wordWrap():
        needed = metrics.boundingRect(0, 0, room.width(), 10_000, Qt.TextFlag.TextWordWrap, label.text())
        return needed.height() > room.height() + 2
    longest = max(metrics.horizontalAdvance(line) for line in label.text().split("\n"))
    return longest > room.width() + 1


# -- drawing


@contextmanager
def sample_book(folder: Path, language: str, customers: int = CUSTOMERS) -> Iterator[Book]:
    """The sample shop in a book of its own."""
    with Book.create(folder / f"sample-{language}.shuke") as book:
        make_demo(book, customers=customers, seed=SEED, today=date.today(), language=language)
        yield book


def draw(names: list[str], sizes: tuple[tuple[int, int], ...], folder: Path) -> None:
    """Draw the scenes in every language, look and size."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        with Book.create(folder / f"empty-{language}.shuke") as empty:
            for look in LOOKS:
                stage = Stage(empty, folder, language=language, look=look, size=sizes[0], start=True)
                _save(stage.window, f"start-{language}-{look}-{sizes[0][0]}")
                stage.close()
        with sample_book(folder, language) as book:
            for look in LOOKS:
                for size in sizes:
                    stage = Stage(book, folder, language=language, look=look, size=size)
                    for name in names:
                        SCENES[name](stage)
                        stage.settle()
                        _save(stage.front(), f"{name}-{language}-{look}-{size[0]}")
                        stage.close_dialogs()
                    stage.close()


def _save(widget: QWidget, name: str) -> None:
    path = TARGET / f"{name}.png"
    widget.grab().save(str(path))
    print(path.relative_to(ROOT))


def main(arguments: list[str]) -> int:
    """Draw what the words ask for."""
    parser = argparse.ArgumentParser(prog="run screens", description="Draws every screen to build/screens/.")
    parser.add_argument("scene", nargs="*", choices=[[], *SCENES], help="only these screens")
    parser.add_argument("--small", action="store_true", help="only at 1280×720")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHUKE_HOME"] = folder
        draw(chosen.scene or list(SCENES), SIZES[1:] if chosen.small else SIZES, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
