"""The scenes of the products and of the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.insights.products.screen import ProductsScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _products(stage: Stage, **kept: object) -> ProductsScreen:
    page = stage.go("insights", tab="products", kept={"products": kept})
    stage.settle(0.5)
    return page.findChildren(ProductsScreen)[0]


def _companions(stage: Stage) -> None:
    screen = _products(stage)
    # A small sample may have no pairs yet.
    if screen.report is not None and screen.report.together.size:
        screen.look_at(int(screen.report.together.first[0]))
    stage.settle()


def _pairs(stage: Stage) -> None:
    screen = _products(stage)
    bar = screen.column.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()


GOODS: dict[str, Callable[[Stage], object]] = {
    "insights-products": _companions,
    "insights-products-pairs": _pairs,
}
