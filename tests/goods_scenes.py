"""The scenes of the products and of the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.insights.products import ProductsScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _products(stage: Stage, **kept: object) -> ProductsScreen:
    page = stage.go("insights", tab="products", kept={"products": kept})
    stage.settle(0.5)
    return page.findChildren(ProductsScreen)[0]


def _pairs(stage: Stage) -> None:
    screen = _products(stage, way="next")
    bar = screen.column.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()


GOODS: dict[str, Callable[[Stage], object]] = {
    "insights-products": _products,
    "insights-products-next": _pairs,
}
