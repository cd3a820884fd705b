"""The shop's own processes and the lists ticked by them: what was begun keeps the steps of its day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.service_process import BUILT_IN, ProcessStep
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.shipping import Shipment
from desktop.operations.checklists import end_sale, tick_customer, tick_order
from desktop.operations.orders import Line, add_order, set_order_status
from desktop.operations.processes import (
    add_process_step,
    edit_process_step,
    move_process_step,
    remove_process_step,
    reset_process,
)
from desktop.operations.ratings import Verdict, add_rating
from desktop.operations.service_cases import add_case
from desktop.queries.checklists import Checklist, customer_checklist, order_checklist
from desktop.queries.processes import own_steps, process_steps

NOW = datetime(2026, 11, 20, 10, 0)

ACTS = st.lists(
    st.tuples(
        st.sampled_from(("add", "edit", "move", "remove", "reset", "undo")),
        st.integers(0, 7),
        st.integers(0, 7),
    ),
    max_size=12,
)


@settings(max_examples=30)
@given(ACTS)
def test_any_editing_is_that_of_a_list(acts: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "a.shuke") as book:
        past = [list(BUILT_IN["return"])]
        for number, (act, at, to) in enumerate(acts):
            steps = list(past[-1])
            at %= len(steps)
            if act == "undo":
                if len(past) > 1:
                    book.undo()
                    past.pop()
            elif act == "remove" and len(steps) == 1:
                with pytest.raises(UserError):
                    remove_process_step(book, process="return", at=at)
            elif (changed := _edit(book, act, steps, at, to, number)) != past[-1]:
                past.append(changed)
            assert list(process_steps(book, "return")) == past[-1]
        # The other processes are nobody's business.
        assert process_steps(book, "repair") == BUILT_IN["repair"]


def _edit(book: Book, act: str, steps: list[ProcessStep], at: int, to: int, number: int) -> list[ProcessStep]:
    """Do one thing to the process and to the list; what changes nothing is no step to undo either."""
    if act == "add":
        new = ProcessStep(f"Step {number}", 1 + number)
        add_process_step(book, process="return", title=f"  Step  {number} ", hours=1 + number, at=at)
        steps.insert(at, new)
    elif act == "edit":
        steps[at] = ProcessStep(f"Other {number}", None)
        edit_process_step(book, process="return", at=at, title=f"Other {number}", hours=None)
    elif act == "move":
        to = min(to, len(steps) - 1)
        move_process_step(book, process="return", at=at, to=to)
        steps.insert(to, steps.pop(at))
    elif act == "remove":
        remove_process_step(book, process="return", at=at)
        del steps[at]
    elif act == "reset":
        was = own_steps(book, "return")
        reset_process(book, process="return")
        if was and was == BUILT_IN["return"]:
            book.undo()
        return list(BUILT_IN["return"])
    return steps


def test_what_makes_no_process_is_refused(book: Book) -> None:
    for values in ({"title": "  "}, {"title": "A", "hours": 0}, {"title": "A", "hours": 9000}):
        with pytest.raises(UserError):
            add_process_step(book, process="return", **values)
    with pytest.raises(UserError):
        add_process_step(book, process="return", title="A", fact="paid")
    with pytest.raises(UserError):
        add_process_step(book, process="party", title="A")
    with pytest.raises(UserError):
        edit_process_step(book, process="return", at=9, title="A", hours=None)


def test_a_new_case_has_the_steps_and_deadlines_of_its_day(book: Book) -> None:
    for _ in range(4):
        remove_process_step(book, process="return", at=0)
    add_process_step(book, process="return", title="Weigh it", hours=5)
    first = add_case(book, kind="return", title="A", opened_at=NOW).created["service_case"]
    edit_process_step(book, process="return", at=1, title="Weigh it twice", hours=6)
    add_case(book, kind="return", title="B", opened_at=NOW)
    rows = book.rows("SELECT case_id = ?, title, due_at FROM case_step ORDER BY id", (first,))
    assert rows == [
        (1, "Ask how it was", None), (1, "Weigh it", iso(NOW + timedelta(hours=5))),
        (0, "Ask how it was", None), (0, "Weigh it twice", iso(NOW + timedelta(hours=6))),
    ]  # fmt: skip
    assert book.value("SELECT due_at FROM service_case") == iso(NOW + timedelta(hours=5))


def order_of(book: Book, status: str = "unpaid") -> int:
    return add_order(book, placed_at=NOW, lines=[Line("Tea", 1, 0, 100)], status=status).created["orders"]


def states(found: Checklist | None) -> list[str]:
    assert found is not None
    return ["told" if step.told else "done" if step.done_at else "" for step in found.steps]


def test_steps_tick_themselves_from_order_parcel_and_rating(book: Book) -> None:
    order = order_of(book)

    def seen(stage: str = "in-sale") -> list[str]:
        return states(order_checklist(book, order_id=order, stage=stage))

    assert seen() == [""] * 6
    set_order_status(book, order_id=order, status="paid", at=NOW + timedelta(hours=1))
    assert seen() == ["", "told", "", "", "", ""]
    with book.step("a parcel") as step:
        step.insert(
            Shipment, number="SF1", carrier="SF", order_id=order, direction="out", status="underway",
            shipped_at=iso(NOW + timedelta(hours=2)),
        )  # fmt: skip
    assert seen() == ["", "told", "", "told", "", ""]
    with book.step("it arrives") as step:
        step.execute(
            "UPDATE shipment SET status = 'arrived', arrived_at = ?", (iso(NOW + timedelta(days=2)),)
        )
    found = order_checklist(book, order_id=order, stage="in-sale")
    assert found is not None
    assert [step.done_at for step in found.steps if step.told] == [
        iso(NOW + timedelta(hours=1)), iso(NOW + timedelta(hours=2)), iso(NOW + timedelta(days=2)),
    ]  # fmt: skip
    assert seen("after-sale") == [""] * 4
    add_rating(book, Verdict(rated_at=NOW + timedelta(days=3), perceived=5, order_id=order))
    assert seen("after-sale") == ["told", "", "", ""]
    with pytest.raises(UserError):
        tick_order(book, order_id=order, stage="after-sale", position=0, done=False, at=NOW)


def test_a_list_is_written_with_its_first_tick_and_keeps_the_process_of_that_day(book: Book) -> None:
    order = order_of(book, "paid")
    assert book.value("SELECT count(*) FROM checklist") == 0
    at = NOW + timedelta(hours=1)
    tick_order(book, order_id=order, stage="in-sale", position=0, done=True, at=at, note="By phone")
    assert book.value("SELECT count(*) FROM checklist_step") == 6
    edit_process_step(book, process="in-sale", at=2, title="Pack with straw", hours=3)
    remove_process_step(book, process="in-sale", at=0)
    found = order_checklist(book, order_id=order, stage="in-sale")
    assert found is not None
    assert [step.title for step in found.steps] == [step.title for step in BUILT_IN["in-sale"]]
    assert found.steps[0].note == "By phone"
    assert found.steps[2].due_at == iso(NOW + timedelta(hours=48))
    other = order_checklist(book, order_id=order_of(book), stage="in-sale")
    assert other is not None
    assert [step.title for step in other.steps][:2] == ["Payment received", "Pack with straw"]
    tick_order(book, order_id=order, stage="in-sale", position=0, done=False, at=at)
    assert states(order_checklist(book, order_id=order, stage="in-sale"))[0] == ""
    book.undo()
    assert states(order_checklist(book, order_id=order, stage="in-sale"))[0] == "done"


def test_a_sale_in_the_making_ends_with_its_last_step_or_by_hand(book: Book) -> None:
    with book.step("a customer") as step:
        step.insert(Customer, id=1, name="王丽华", created_at="2026-01-01 09:00:00", custom="{}")
    for position in range(5):
        assert customer_checklist(book, customer_id=1).done == position
        tick_customer(book, customer_id=1, position=position, done=True, at=NOW)
    assert book.row("SELECT count(*), max(closed_at) FROM checklist") == (1, iso(NOW))
    assert customer_checklist(book, customer_id=1).id is None
    tick_customer(book, customer_id=1, position=3, done=True, at=NOW)
    assert states(customer_checklist(book, customer_id=1)) == ["", "", "", "done", ""]
    end_sale(book, customer_id=1, at=NOW)
    assert customer_checklist(book, customer_id=1).done == 0
    book.undo()
    assert customer_checklist(book, customer_id=1).done == 1
