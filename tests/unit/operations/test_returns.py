"""What can still be given back of an order, under any sequence of cases, ends, revivals and undoing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations.case_moves import close_case, reopen_case, wait_for_customer
from desktop.operations.orders import Line, add_order, delete_orders, edit_order, refund_order
from desktop.operations.service_cases import Item, add_case, delete_cases, edit_case
from desktop.queries.returns import returnable

NOW = datetime(2026, 11, 20, 10, 0)
TEA, CUP = 0, 1
BOUGHT = (5, 2)


@dataclass
class Known:
    """A case as the slow reckoning keeps it."""

    kind: str
    line: int
    quantity: int
    status: str = "open"

    def takes(self) -> int:
        """How much of its line it keeps from being given back again."""
        if self.kind == "return":
            return self.quantity if self.status != "cancelled" else 0
        return self.quantity if self.kind == "exchange" and self.status in ("open", "waiting") else 0


@dataclass
class Slow:
    """Every state there was, for undoing; the last is now."""

    past: list[dict[int, Known]] = field(default_factory=lambda: [{}])

    @property
    def now(self) -> dict[int, Known]:
        return self.past[-1]

    def left(self, line: int, but: int | None = None) -> int:
        return BOUGHT[line] - sum(k.takes() for row, k in self.now.items() if k.line == line and row != but)

    def step(self) -> dict[int, Known]:
        self.past.append({row: Known(k.kind, k.line, k.quantity, k.status) for row, k in self.now.items()})
        return self.now


def order_of(book: Book) -> tuple[int, list[int]]:
    """An order of five teas and two cups, all paid."""
    lines = [Line("Tea", 5, 100_000, 5000), Line("Cup", 2, 300_000, 6000)]
    order = add_order(book, placed_at=NOW, lines=lines, status="completed").created["orders"]
    rows = book.rows("SELECT id FROM order_line WHERE order_id = ? ORDER BY position", (order,))
    return order, [row for (row,) in rows]


def item(lines: list[int], line: int, quantity: float) -> Item:
    return Item(("Tea", "Cup")[line], quantity, lines[line])


WORDS = ("return", "exchange", "repair", "done", "off", "wait", "reopen", "edit", "delete", "undo")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.integers(0, 7),
        st.integers(1, 3),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=40)
@given(ACTS)
def test_random_lives_of_cases_agree_with_the_slow_reckoning(acts: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "a.shuke") as book:
        order, lines = order_of(book)
        slow = Slow()
        for act, which, quantity in acts:
            _live(book, order, lines, slow, act, which, quantity)
            found = returnable(book, order)
            assert found is not None
            assert [line.left for line in found.lines] == [slow.left(TEA), slow.left(CUP)]
            assert [line.returned for line in found.lines] == [
                sum(k.takes() for k in slow.now.values() if k.kind == "return" and k.line == line)
                for line in (TEA, CUP)
            ]


def _live(book: Book, order: int, lines: list[int], slow: Slow, act: str, which: int, quantity: int) -> None:
    """Do one thing to the book and to the reckoning; what the one refuses the other must refuse."""
    if act == "undo":
        if len(slow.past) > 1:
            book.undo()
            slow.past.pop()
        return
    if act in ("return", "exchange", "repair"):
        line = which % 2
        most = slow.left(line) if act != "repair" else BOUGHT[line]
        try:
            row = add_case(
                book, kind=act, opened_at=NOW, order_id=order, items=[item(lines, line, quantity)]
            ).created["service_case"]
        except UserError:
            assert quantity > most
            return
        assert quantity <= most
        slow.step()[row] = Known(act, line, quantity)
        return
    if not slow.now:
        return
    row = sorted(slow.now)[which % len(slow.now)]
    known = slow.now[row]
    if act == "delete":
        delete_cases(book, case_ids=[row])
        del slow.step()[row]
    elif act == "edit":
        _correct(book, lines, slow, row, quantity)
    elif act == "reopen":
        _reopen(book, slow, row)
    elif known.status in ("open", "waiting"):
        if act == "wait" and known.status == "open":
            wait_for_customer(book, case_id=row, at=NOW)
            slow.step()[row].status = "waiting"
        elif act != "wait":
            close_case(book, case_id=row, at=NOW, called_off=act == "off")
            slow.step()[row].status = "cancelled" if act == "off" else "done"


def _correct(book: Book, lines: list[int], slow: Slow, row: int, quantity: int) -> None:
    known = slow.now[row]
    if quantity == known.quantity:
        return
    most = slow.left(known.line, but=row) if known.kind != "repair" else BOUGHT[known.line]
    fits = known.status == "cancelled" or quantity <= max(most, known.quantity)
    try:
        edit_case(book, case_id=row, items=[item(lines, known.line, quantity)])
    except UserError:
        assert not fits
        return
    assert fits
    slow.step()[row].quantity = quantity


def _reopen(book: Book, slow: Slow, row: int) -> None:
    known = slow.now[row]
    if known.status not in ("done", "cancelled"):
        return
    holds = known.kind == "return" and known.status == "done"
    fits = known.kind == "repair" or holds or known.quantity <= slow.left(known.line, but=row)
    try:
        reopen_case(book, case_id=row)
    except UserError:
        assert not fits
        return
    assert fits
    slow.step()[row].status = "open"


def test_more_than_is_left_is_refused_with_a_sentence(book: Book) -> None:
    order, lines = order_of(book)
    add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, CUP, 1)])
    with pytest.raises(UserError, match="Only 1 of “Cup” can still be given back"):
        add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, CUP, 2)])
    add_case(book, kind="exchange", opened_at=NOW, order_id=order, items=[item(lines, CUP, 1)])
    with pytest.raises(UserError, match="Nothing of “Cup” is left"):
        add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, CUP, 1)])
    with pytest.raises(UserError, match="Only 2 of “Cup” was bought"):
        add_case(book, kind="repair", opened_at=NOW, order_id=order, items=[item(lines, CUP, 3)])
    with pytest.raises(UserError, match="more than none"):
        add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, TEA, 0)])
    with pytest.raises(UserError, match="of no order"):
        add_case(book, kind="return", opened_at=NOW, items=[item(lines, TEA, 1)])


@pytest.mark.parametrize(("weights", "bought"), [((0.1, 0.2), 0.3), ((0.7, 0.1), 0.8), ((1.1, 2.2), 3.3)])
def test_what_is_sold_by_weight_comes_back_to_the_last_gram(
    book: Book, weights: tuple[float, float], bought: float
) -> None:
    order = add_order(book, placed_at=NOW, lines=[Line("Tea", bought, 0, 3000)]).created["orders"]
    line = book.value("SELECT id FROM order_line")
    for weight in weights:
        add_case(book, kind="return", opened_at=NOW, order_id=order, items=[Item("Tea", weight, line)])
    found = returnable(book, order)
    assert found is not None
    assert (found.lines[0].left, found.any_left) == (0, False)


def test_a_refunded_or_cancelled_order_has_nothing_left(book: Book) -> None:
    order, lines = order_of(book)
    refund_order(book, order_id=order, amount=11_000)
    found = returnable(book, order)
    assert found is not None
    assert (found.over, found.any_left) == ("refunded", False)
    with pytest.raises(UserError, match="money of the order"):
        add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, TEA, 1)])
    book.undo()
    edit_order(book, order_id=order, status="cancelled")
    with pytest.raises(UserError, match="was cancelled"):
        add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, TEA, 1)])


def test_closing_a_return_refunds_its_order_in_the_same_step(book: Book) -> None:
    order, lines = order_of(book)
    case = add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, TEA, 2)]).created[
        "service_case"
    ]
    with pytest.raises(UserError, match="More would be given back"):
        close_case(book, case_id=case, at=NOW, refunded=20_000, on_order=True)
    assert book.value("SELECT status FROM service_case") == "open"
    close_case(book, case_id=case, at=NOW, refunded=2000, cost=800, on_order=True, ask=True)
    state = (
        "SELECT c.status, c.outcome, c.refunded, c.cost, o.refunded, o.status "
        "FROM service_case AS c, orders AS o"
    )
    assert book.row(state) == ("done", "refunded", 2000, 800, 2000, "completed")
    assert book.row("SELECT case_id, rated_at FROM rating") == (case, None)
    book.undo()
    assert book.row(state) == ("open", "", 0, 0, 0, "completed")
    assert book.value("SELECT count(*) FROM rating") == 0
    # The rest of the money ends the order, and a second end adds only what is new.
    close_case(book, case_id=case, at=NOW, refunded=2000, on_order=True)
    reopen_case(book, case_id=case)
    close_case(book, case_id=case, at=NOW, refunded=11_000, on_order=True)
    assert book.row("SELECT refunded, status FROM orders") == (11_000, "returned")
    found = returnable(book, order)
    assert found is not None
    assert not found.any_left


def test_correcting_an_order_keeps_what_came_back_of_its_lines(book: Book) -> None:
    order, lines = order_of(book)
    add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, TEA, 3)])
    new = [Line("Teapot", 1, 0, 9900), Line("Tea", 4, 100_000, 4000)]
    edit_order(book, order_id=order, lines=new)
    found = returnable(book, order)
    assert found is not None
    assert [(line.title, line.bought, line.left) for line in found.lines] == [("Teapot", 1, 1), ("Tea", 4, 1)]
    assert found.lines[1].id == lines[TEA]
    # A line that went and came again is known by its product.
    edit_order(book, order_id=order, lines=new[:1])
    edit_order(book, order_id=order, lines=new)
    found = returnable(book, order)
    assert found is not None
    assert [line.left for line in found.lines] == [1, 1]


def test_cases_outlive_their_order(book: Book) -> None:
    order, lines = order_of(book)
    case = add_case(book, kind="return", opened_at=NOW, order_id=order, items=[item(lines, TEA, 1)]).created[
        "service_case"
    ]
    delete_orders(book, order_ids=[order])
    assert returnable(book, order) is None
    edit_case(book, case_id=case, title="A tin came back")
    close_case(book, case_id=case, at=NOW, refunded=100, on_order=True)
    for _ in count():
        if not book.next_undo():
            break
        book.undo()
    assert book.value("SELECT count(*) FROM service_case") == 0
