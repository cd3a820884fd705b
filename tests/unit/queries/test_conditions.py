"""Trees of conditions over random shops, against a reckoning customer by customer."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.models.book import Book
from desktop.models.customers import Customer, Tag
from desktop.operations.erasing import erase_customer
from desktop.queries import column_kinds, customer_columns
from desktop.queries.column_changes import MOST, lines_since, mark_now, touched_since
from desktop.queries.conditions import Condition, Group, Value
from desktop.queries.conditions_check import not_understood
from desktop.queries.conditions_fields import DAY, Field, fields
from desktop.queries.customer_columns import MOST_WHILE_ASKED, Columns, columns_of
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customer_rows import customer_rows
from desktop.queries.customers import ORDERS, count_customers, customer_ids, first_ids
from desktop.queries.promotions import left_out
from tests.unit.queries import shops
from tests.unit.queries.shops import OWN, TODAY, people
from tests.unit.queries.slow_conditions import holds

NOW = TODAY.toordinal()
TYPED = (
    "王",
    "丽华",
    "emma",
    "Emma stone",
    " ",
    "tea",
    "Tea no",
    "杭州",
    "o'",
    "walk",
    "三",
    "绿茶",
    "138",
    "7",
    "qq.com",
)
CHOICES: dict[str, tuple[Value, ...]] = {
    "state": ("new", "one-time", "regular", "drifting", "lost", "none"),
    "kind": ("individual", "company"),
    "relation": ("active", "prospect", "lost"),
    "gender": ("female", "male"),
    "import": (1, 2),
    "tags": (1, 2, 3, 9),
    "channel": shops.CHANNELS,
    "product": (1, 2, 3, 5, 77),
    "category": ("茶", "杯", "?"),
    "consent": ("contact", "photo"),
    "refusal": ("contact", "photo", "promotion"),
    "custom:Skin": ("dry", "oily", ""),
}
SMALL = st.sampled_from([-1, 0, 1, 2, 3, 3.5, 4.25, 20, 36, 38.5])


@pytest.fixture(scope="module", params=[1, 2, 3])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    book = shops.new_shop(tmp_path_factory.mktemp("conditions") / "shop.shuke", request.param)
    yield book
    book.close()


OFFERED: dict[str, Field] = {}


def offered() -> dict[str, Field]:
    """The fields of such a shop, without one: what they are does not hang on who is in it."""
    if not OFFERED:
        from desktop.queries import conditions_fields

        class Named:
            def rows(self, *_: object) -> list[tuple[str, str]]:
                return list(OWN.items())

        OFFERED.update(conditions_fields.fields(Named()))  # type: ignore[arg-type]  # it only asks for names
    return OFFERED


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(sorted(set(offered()) - {"account", "address", "weibo", "qq", "wechat"})))
    kind = offered()[field].kind
    operator = draw(st.sampled_from(sorted(offered()[field].operators.values(), key=lambda one: one.key)))
    value: Any = {
        "text": st.sampled_from(TYPED),
        "money": st.sampled_from([0, 1000, 2500, 9000, 20000]),
        "day": st.integers(NOW - 210, NOW + 40),
        "birthday": st.integers(1, 12),
    }.get(kind, SMALL)
    if field in CHOICES:
        value = st.sampled_from(CHOICES[field])
    few = {"nothing": 0, "one": 1, "day": 1, "days": 1, "two": 2, "two days": 2}
    if operator.takes == "days":
        value = st.integers(0, 120)
    count = few.get(operator.takes)
    low, high = (1, 3) if count is None else (count, count)
    values = draw(st.lists(value, min_size=low, max_size=high))
    when: tuple[Any, ...] = ()
    if kind == "bought" and draw(st.booleans()):
        days = draw(st.sampled_from(sorted(DAY.values(), key=lambda one: one.key)))
        amount = {"nothing": 0, "two days": 2}.get(days.takes, 1)
        number = st.integers(0, 150) if days.takes == "days" else st.integers(NOW - 200, NOW)
        when = (days.key, *(draw(number) for _ in range(amount)))
    return Condition(field, operator.key, tuple(values), when)


def groups(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Group]:
    join: Any = st.sampled_from(["and", "or"])
    return st.builds(Group, join, st.lists(children, min_size=1, max_size=3).map(tuple))


trees = groups(st.recursive(conditions(), groups, max_leaves=4))


@given(tree=trees)
def test_a_tree_leaves_exactly_whom_it_says(shop: Book, tree: Group) -> None:
    assert not not_understood(tree, fields(shop)), tree
    expected = {one for one, person in people(shop).items() if holds(tree, person)}
    view = CustomerFilter(where=tree)
    assert set(customer_ids(shop, view=view, today=TODAY)) == expected
    assert count_customers(shop, view=view, today=TODAY) == len(expected)


@given(one=conditions())
def test_every_condition_by_itself(shop: Book, one: Condition) -> None:
    expected = {number for number, person in people(shop).items() if holds(one, person)}
    view = CustomerFilter(where=Group("and", (one,)))
    assert set(customer_ids(shop, view=view, today=TODAY)) == expected, one


@given(tree=trees)
@example(tree=Group("and", (Condition("product", "any", (1,), ("last", 30)),)))
def test_a_tree_survives_the_book(tree: Group) -> None:
    view = CustomerFilter(where=tree)
    assert CustomerFilter.from_json(view.to_json()) == view


@given(
    tree=trees,
    order=st.sampled_from([*ORDERS, ""]),
    descending=st.booleans(),
    text=st.sampled_from(["", "王", "138"]),
)
def test_a_filtered_list_is_in_the_order_of_the_whole(
    shop: Book, tree: Group, order: str, descending: bool, text: str
) -> None:
    words = CustomerFilter(text=text)
    whole = customer_ids(shop, view=words, order=order, descending=descending, today=TODAY)
    view = CustomerFilter(text=text, where=tree)
    found = customer_ids(shop, view=view, order=order, descending=descending, today=TODAY)
    chosen = set(found)
    assert list(found) == [one for one in whole if one in chosen]
    for limit in (1, 7, 60):
        first = first_ids(shop, view=view, order=order, descending=descending, today=TODAY, limit=limit)
        assert first == found[:limit]


@given(tree=trees, state=st.sampled_from(["new", "lost"]), month=st.booleans(), complained=st.booleans())
def test_chips_narrow_a_tree_further(
    shop: Book, tree: Group, state: str, month: bool, complained: bool
) -> None:
    chips = CustomerFilter(states=(state,), new_this_month=month, complained=complained)
    both = CustomerFilter(states=(state,), new_this_month=month, complained=complained, where=tree)
    by_tree = CustomerFilter(where=chips.tree())
    assert customer_ids(shop, view=by_tree, today=TODAY) == customer_ids(shop, view=chips, today=TODAY)
    assert set(customer_ids(shop, view=both, today=TODAY)) == set(
        customer_ids(shop, view=chips, today=TODAY)
    ) & set(customer_ids(shop, view=CustomerFilter(where=tree), today=TODAY))


SAMPLES = tuple(
    CustomerFilter(where=Group("and", (one,)))
    for one in (
        Condition("spend", "ge", (3000,)),
        Condition("name", "contains", ("王",)),
        Condition("tags", "any", (1,)),
        Condition("product", "any", (1, 2), ("last", 90)),
        Condition("channel", "none", ("taobao",)),
        Condition("state", "is", ("regular", "new")),
        Condition("brought", "ge", (1,)),
        Condition("phone", "filled"),
        Condition("consent", "any", ("photo",)),
        Condition("points", "gt", (5,)),
        Condition("birthday", "next", (40,)),
        Condition("custom:Shoe size", "ge", (37,)),
        Condition("category", "any", ("茶",)),
        Condition("last_contact", "last", (30,)),
        Condition("region", "is", ("上海",)),
        Condition("open_cases", "ge", (1,)),
        Condition("promotions", "yes"),
        Condition("promises", "ge", (1,)),
    )
)


def agrees(book: Book) -> None:
    """The columns kept so far, those read anew, and the slow reckoning all say the same."""
    everybody = people(book)
    orders = [customer_ids(book, view=view, order="name", today=TODAY) for view in SAMPLES]
    for view, found in zip(SAMPLES, orders, strict=True):
        assert view.where is not None
        assert set(found) == {one for one, person in everybody.items() if holds(view.where, person)}, view
    (wanted,) = (view for view in SAMPLES if view.where == Group("and", (Condition("promotions", "yes"),)))
    for one in everybody:
        # What a card says of one customer is what the filter says of all.
        assert (left_out(book, one) == ()) == (one in orders[SAMPLES.index(wanted)])
    customer_columns._OF[book] = Columns(book)
    assert orders == [customer_ids(book, view=view, order="name", today=TODAY) for view in SAMPLES]


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_columns_keep_in_step_with_the_book(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    dice = random.Random(seed)
    book = Book.create(tmp_path_factory.mktemp("step") / "shop.shuke")
    with book:
        shops.fill(book, dice, customers=25)
        agrees(book)
        for _ in range(4):
            change(book, dice)
            if dice.random() < 0.7:
                [count_customers(book, view=view, today=TODAY) for view in SAMPLES]
        agrees(book)


def change(book: Book, dice: random.Random) -> None:
    """Something that happens in a shop."""
    ids = [row for (row,) in book.rows("SELECT id FROM customer")]
    some = dice.sample(ids, min(len(ids), dice.randint(1, 3)))
    what = dice.randrange(9) if ids else 0
    if what == 0:
        book.undo()
    elif what == 1:
        book.redo()
    else:
        with book.step("Change") as step:
            if what == 2:
                step.delete(Customer, some)
            elif what == 3:
                shops.add_somebody(step, dice, dice.randint(100, 900_000), some)
            elif what == 4:
                shops.add_order(step, dice, some[0])
                step.execute("DELETE FROM orders WHERE customer_id = ?", (some[-1],))
            elif what == 5:
                shops.add_service(step, dice, some[0])
                step.execute("DELETE FROM interaction WHERE customer_id = ?", (some[-1],))
            elif what == 6:
                name = dice.choice(shops.NAMES)
                step.update(Customer, some[0], name=name, region="上海", birthday="11-30", referred_by=None)
                step.execute(
                    "UPDATE contact_point SET customer_id = ? WHERE customer_id = ?", (some[0], some[-1])
                )
            elif what == 7:
                step.delete(Tag, [1])
            else:
                step.execute("UPDATE order_line SET product_id = 1 WHERE order_id IN "
                             "(SELECT id FROM orders WHERE customer_id = ?)", (some[0],))  # fmt: skip


def test_an_undone_change_that_is_forgotten_unread_is_noticed(book: Book) -> None:
    dice = random.Random(5)
    shops.fill(book, dice, customers=20)
    with book.step("Away") as step:
        step.delete(Customer, [1, 2, 3])
    agrees(book)
    book.undo()
    # What undoing wrote leaves the journal with this, before anybody read it.
    with book.step("Something else") as step:
        shops.add_order(step, dice, 9)
    agrees(book)


def test_the_line_of_an_import_is_not_read_twice(book: Book) -> None:
    with book.step("Import") as step:
        step.insert_many(Customer, ("name", "created_at"), [("王", "2026-01-01 09:00:00")] * (MOST + 1))
    before = mark_now(book)
    with book.step("One more") as step:
        last = step.insert(Customer, name="李", created_at="2026-01-01 09:00:00")
    lines = lines_since(book, before, mark_now(book))
    assert lines is not None
    assert [(line.table, line.op, line.first, line.last) for line in lines] == [("customer", "I", last, last)]
    # The number of a line that is gone is given out again, and so is that of a customer.
    before = mark_now(book)
    book.undo()
    with book.step("Somebody else") as step:
        assert step.insert(Customer, name="赵", created_at="2026-01-01 09:00:00") == last
    touched = touched_since(book, before, mark_now(book))
    assert touched.customers is None or last in touched.customers


def test_who_was_erased_is_no_longer_found_by_what_they_were(book: Book) -> None:
    shops.fill(book, random.Random(6), customers=20)
    agrees(book)
    somebody = next(one for one, person in people(book).items() if "王" in person.row["name"])
    erase_customer(book, customer_id=somebody, at=datetime(2026, 11, 22, 10))
    agrees(book)


def test_a_long_column_answers_as_a_dictionary_does(shop: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[tuple[str, ...], int] = {}
    for most in (column_kinds.MOST_WORDS, 2):
        monkeypatch.setattr(customer_columns, "MOST_WORDS", most)
        customer_columns._OF[shop] = Columns(shop)
        for field in ("name", "region", "likes", "notes"):
            for op in ("contains", "lacks", "is", "not", "begins", "empty", "filled"):
                for typed in (*TYPED, "") if op not in ("empty", "filled") else ("",):
                    values = () if op in ("empty", "filled") else (typed,)
                    tree = Group("and", (Condition(field, op, values),))
                    count = count_customers(shop, view=CustomerFilter(where=tree), today=TODAY)
                    assert found.setdefault((field, op, typed), count) == count, (field, op, typed)
    assert any(found.values())


def test_columns_go_with_their_book(tmp_path: Path) -> None:
    book = shops.new_shop(tmp_path / "shop.shuke", 1)
    count_customers(book, view=SAMPLES[0], today=TODAY)
    columns, gone = weakref.ref(columns_of(book)), weakref.ref(book)
    book.close()
    del book
    gc.collect()
    assert (gone(), columns()) == (None, None)


def test_columns_that_are_not_used_make_way(shop: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_columns, "MOST_BYTES", 300)
    columns = Columns(shop)
    columns.hold(MOST_WHILE_ASKED)
    names = ("spend", "orders", "last_day", "points", "first_day")
    with columns.reading():
        for name in names:
            columns.figures(f"s.{name}")
    assert columns.nbytes > 300
    columns.hold(300)
    assert columns.nbytes <= 300
    with columns.reading():
        for name in names:
            assert len(columns.figures(f"s.{name}").values) == len(columns.ids)
    assert columns.nbytes <= 300


@pytest.mark.parametrize(
    "text",
    [
        '{"states": ["lost"], "moon": 3}',
        '{"where": {"xor": []}}',
        '{"where": {"and": [{"field": "spend"}]}}',
        '{"where": {"and": [{"field": "spend", "op": "ge", "values": [{"low": 1}]}]}}',
        "[]",
        "3",
        '{"where": {"and": [{"field": "aura", "op": "ge", "values": [1]}]}}',
        '{"where": {"or": [{"field": "spend", "op": "near", "values": [1]}]}}',
        '{"where": {"and": [{"field": "spend", "op": "ge", "values": ["much"]}]}}',
        '{"where": {"and": [{"field": "spend", "op": "ge", "values": [1], "because": "so"}]}}',
        '{"spend_from": "a lot"}',
    ],
)
def test_what_is_not_understood_leaves_nobody_and_stays_as_it_is(shop: Book, text: str) -> None:
    view = CustomerFilter.from_json(text)
    assert count_customers(shop, view=view, today=TODAY) == 0
    assert CustomerFilter.from_json(view.to_json()) == view
    assert not view.unread or view.to_json() == text


def test_filters_of_the_first_versions_are_read(shop: Book) -> None:
    old = (
        '{"text": "王", "states": ["new"], "tags": [1], "kinds": ["company"], '
        '"spend_from": 500, "last_to": 9}'
    )
    view = CustomerFilter.from_json(old)
    assert (view.text, view.states, view.unread) == ("王", ("new",), "")
    assert view.where == Group(
        "and",
        (
            Condition("tags", "any", (1,)), Condition("kind", "is", ("company",)),
            Condition("spend", "ge", (500,)), Condition("last", "before", (10,)),
        ),
    )  # fmt: skip
    assert CustomerFilter.from_json(view.to_json()) == view


def test_a_field_that_is_gone_leaves_nobody(shop: Book) -> None:
    tree = Group("or", (Condition("custom:Gone", "empty"), Condition("orders", "ge", (0,))))
    assert count_customers(shop, view=CustomerFilter(where=tree), today=TODAY) == 0


def test_rows_of_filtered_ids_are_rows(shop: Book) -> None:
    view = CustomerFilter(where=Group("and", (Condition("orders", "ge", (1,)),)))
    ids = customer_ids(shop, view=view, order="spend", descending=True, today=TODAY)
    spends = [customer_rows(shop, ids, TODAY)[one].spend for one in ids]
    assert spends == sorted(spends, reverse=True)
    assert columns_of(shop) is columns_of(shop)
