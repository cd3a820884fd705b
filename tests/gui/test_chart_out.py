"""What every kind of chart can be taken away as, through its own menu: files, clipboard, paper."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.core.errors import UserError
from desktop.views.kit import chart_out, theme
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.chart_out import picture, print_chart, save
from desktop.views.kit.data_dialog import DataDialog
from tests.gui.test_kit_charts import every_chart, line_chart

KINDS = ("line", "bars", "heat", "parts", "pareto", "counts")


@pytest.fixture(params=range(len(KINDS)), ids=KINDS)
def chart(request: pytest.FixtureRequest, qtbot: QtBot) -> ChartWidget:
    made: ChartWidget = every_chart()[int(request.param)]
    qtbot.addWidget(made)
    made.resize(420, 240)
    made.show()
    return made


@pytest.fixture
def in_the_dark(qapp: QApplication) -> Iterator[None]:
    """The dark look, worn for a test."""
    worn = theme.current()
    theme.apply(qapp, theme.DARK)
    yield
    theme.apply(qapp, worn)


def do(chart: ChartWidget, text: str) -> None:
    menu = chart.chart_menu()
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.deleteLater()


def colours(image: QImage) -> int:
    """How many colours stand in a picture."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


@pytest.mark.parametrize(
    ("action", "ending", "head"),
    [
        ("Save picture…", "png", b"\x89PNG"),
        ("Save picture…", "svg", b"<?xml"),
        ("Save picture…", "pdf", b"%PDF"),
        ("Save as a workbook…", "xlsx", b"PK"),
    ],
)
def test_the_menu_writes_every_format(
    chart: ChartWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, ending: str, head: bytes
) -> None:
    path = tmp_path / f"chart.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    do(chart, action)
    assert path.read_bytes().startswith(head)
    if ending == "png":
        image = QImage(str(path))
        assert (image.width(), image.height()) == (840, 480)
        assert colours(image) > 3
    elif ending == "svg":
        tree = ElementTree.parse(path)
        assert len(list(tree.iter("{http://www.w3.org/2000/svg}path"))) > 1
    elif ending == "xlsx":
        sheet = load_workbook(path).worksheets[0]
        assert sheet.title == chart.name
        assert sheet.max_row > 2


def test_an_ending_is_added_by_the_kind_chosen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = line_chart()
    qtbot.addWidget(chart)
    chart.resize(420, 240)
    asked: list[str] = []

    def choose(_parent: object, _caption: str, proposed: str, filters: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "v1.2"), filters.split(";;")[1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    do(chart, "Save picture…")
    assert (tmp_path / "v1.2.svg").is_file()
    do(chart, "Save picture…")
    assert (tmp_path / "v1.2 (2).svg").is_file(), "nobody was asked about the first"
    assert Path(asked[0]).name.startswith("Repeat purchase 20")


def test_nothing_is_written_when_nothing_was_chosen(
    chart: ChartWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    do(chart, "Save picture…")
    do(chart, "Save as a workbook…")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "xlsx"])
def test_a_folder_that_is_not_there_is_a_sentence(chart: ChartWidget, tmp_path: Path, ending: str) -> None:
    with pytest.raises(UserError):
        save(chart, tmp_path / "nowhere" / f"chart.{ending}")


def test_picture_and_data_are_copied(chart: ChartWidget) -> None:
    do(chart, "Copy picture")
    assert QGuiApplication.clipboard().image().size() == picture(chart).size()
    do(chart, "Copy data")
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert rows[0] == list(chart.data_table()[0])
    assert len(rows) == 1 + len(chart.data_table()[1])
    assert len({len(row) for row in rows}) == 1


def test_copied_figures_are_values_and_no_formulas(qtbot: QtBot) -> None:
    chart = line_chart()
    qtbot.addWidget(chart)
    do(chart, "Copy data")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[1] == "Jun\t31%\t10\t20%\t10%\t35%"
    assert lines[2] == "Jul\t\t20\t21%\t10%\t35%"


def test_the_data_is_shown(chart: ChartWidget) -> None:
    do(chart, "Show the data")
    dialog = chart.findChild(DataDialog)
    assert isinstance(dialog, DataDialog)
    dialog.close()


def test_a_computer_without_a_printer_says_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    chart = line_chart()
    qtbot.addWidget(chart)
    told: list[BaseException] = []
    monkeypatch.setattr(chart_out, "report_error", lambda error, _: told.append(error))
    monkeypatch.setattr(chart_out, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(QPrinter, "outputFormat", lambda _: QPrinter.OutputFormat.PdfFormat)
    do(chart, "Print the chart…")
    assert [str(error).split(".")[0] for error in told] == ["This computer has no printer"]


@pytest.mark.skipif(
    sys.platform != "linux" and not QPrinterInfo.availablePrinterNames(), reason="needs a printer"
)
def test_a_chart_is_printed_as_wide_as_the_page(
    chart: ChartWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QPrintDialog] = []
    monkeypatch.setattr(QPrintDialog, "show", lambda dialog: opened.append(dialog))
    do(chart, "Print the chart…")
    (dialog,) = opened
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.accepted.emit(printer)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    dialog.deleteLater()


def test_paper_is_light_whatever_the_screen_wears(qtbot: QtBot, tmp_path: Path, in_the_dark: None) -> None:
    chart = line_chart()
    qtbot.addWidget(chart)
    chart.resize(420, 240)
    assert picture(chart).pixelColor(2, 2).name().upper() == theme.DARK.surface
    assert picture(chart, theme.LIGHT).pixelColor(2, 2).name().upper() == theme.LIGHT.surface
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "dark.pdf"))
    print_chart(chart, printer)
    assert (tmp_path / "dark.pdf").stat().st_size > 1000
