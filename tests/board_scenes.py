"""The scenes of the complaints' screen: board, list, drawer, a card in the hand, figures, and nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.complaints.view import ComplaintsView

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _page(stage: Stage, **params: object) -> ComplaintsView:
    page = stage.go("complaints", **params)
    assert isinstance(page, ComplaintsView)
    stage.settle()
    return page


def _filters(stage: Stage) -> None:
    page = _page(stage, mode="board", scope="all", narrowed={"severities": ("high", "urgent")})
    page.narrowing.open_filters()
    stage.settle()


def _carried(stage: Stage) -> None:
    """A card in the hand: the columns say whether they take it."""
    page = _page(stage, mode="board", scope="all")
    column = next(one for one in page.board.columns if one.status == "investigating")
    page.board._lift(column.ids()[0])
    stage.afterwards.append(page.board._land)
    stage.settle()


def _list(stage: Stage) -> None:
    page = _page(stage, mode="list", scope="all")
    for key in ("number", "staff", "received"):
        page.table.show_column(key, on=True)
    stage.afterwards.append(page.table.reset_layout)
    stage.settle()


def _behind(stage: Stage) -> None:
    """The complaints behind a figure."""
    page = _page(stage, mode="board")
    ids = [row for (row,) in stage.book.rows("SELECT id FROM complaint ORDER BY id LIMIT 7")]
    page.show_ids(ids, "Product quality, October" if stage.language == "en" else "商品质量，10 月")
    stage.settle()


def _nothing(stage: Stage) -> None:
    page = _page(stage, mode="board")
    page.narrowing.narrow(text="zzzz nothing like it")
    stage.settle()


BOARD: dict[str, Callable[[Stage], object]] = {
    "complaints-filters": _filters,
    "complaints-carried": _carried,
    "complaints-list": _list,
    "complaints-behind": _behind,
    "complaints-nothing": _nothing,
}
