"""The counter as an owner sees it: somebody before it, a search, a purchase, and nobody found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.operations.customers import edit_customer
from desktop.operations.member_codes import give_member_code
from desktop.views.counter.opening import open_counter
from desktop.views.counter.window import CounterWindow

if TYPE_CHECKING:
    from tests.screens import Stage

SIZE = (1024, 600)
"""The smallest screen that tills have."""


def _counter(stage: Stage) -> CounterWindow:
    window = open_counter(stage.window.ctx, stage.window)
    window.resize(*SIZE)
    stage.afterwards.append(window.close)
    stage.settle()
    return window


def _regular(stage: Stage) -> int:
    """Somebody with everything: an allergy, a complaint, a promise, a card and points."""
    book = stage.book
    known: int = book.value(
        "SELECT customer_id FROM customer_summary ORDER BY open_complaints DESC, points DESC, customer_id"
    )
    if not book.value("SELECT dislikes FROM customer WHERE id = ?", (known,)):
        english = stage.language == "en"
        allergy = "Peanut allergy" if english else "花生过敏"
        edit_customer(book, customer_id=known, values={"dislikes": allergy})
        give_member_code(book, customer_id=known, instead=True)
    return known


def _somebody(stage: Stage) -> CounterWindow:
    window = _counter(stage)
    window.desk.show_customer(_regular(stage))
    stage.settle()
    return window


def _large(stage: Stage) -> None:
    _somebody(stage).resize(1920, 1080)
    stage.settle(0.3)


def _act(name: str) -> Callable[[Stage], object]:
    def scene(stage: Stage) -> None:
        _somebody(stage).desk.open_act(name)
        stage.settle()

    return scene


def _typed(text: dict[str, str]) -> Callable[[Stage], object]:
    def scene(stage: Stage) -> None:
        _counter(stage).desk.field.line.setText(text[stage.language])
        stage.settle()

    return scene


COUNTER: dict[str, Callable[[Stage], object]] = {
    "counter": _somebody,
    "counter-search": _typed({"en": "a", "zh_CN": "王"}),
    "counter-nobody": _typed({"en": "Zacharias 139 9999 0000", "zh_CN": "查无此人 139 9999 0000"}),
    "counter-purchase": _act("purchase"),
    "counter-rating": _act("rating"),
    "counter-card": _act("card"),
    "counter-large": _large,
}
