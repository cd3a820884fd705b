"""The menu of every chart: everything that can be taken away from it, in one order."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from desktop.core.translation import tr
from desktop.views.kit import chart_out
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.icons import icon


def fill_menu(menu: QMenu, chart: ChartWidget) -> None:
    """Add what a chart can be taken away as."""
    menu.addAction(icon("table-2"), tr("Show the data"), partial(chart_out.show_data, chart))
    menu.addSeparator()
    menu.addAction(icon("copy"), tr("Copy picture"), partial(chart_out.copy_picture, chart))
    menu.addAction(icon("copy"), tr("Copy data"), partial(chart_out.copy_data, chart))
    menu.addSeparator()
    menu.addAction(icon("image-down"), tr("Save picture…"), partial(chart_out.ask_and_save, chart))
    menu.addAction(
        icon("file-spreadsheet"),
        tr("Save as a workbook…"),
        partial(chart_out.ask_and_write, [chart], chart.name, chart),
    )
    menu.addAction(icon("printer"), tr("Print the chart…"), partial(chart_out.ask_and_print, chart))
