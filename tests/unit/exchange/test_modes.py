"""What each mode makes of a record that the book has: pure comparisons, without a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.checking.records import (
    SAID_PAID,
    SAID_REFUNDED,
    SAID_STATUS,
    SAID_TOTAL,
    Orders,
    Person,
)
from desktop.exchange.comparing.customer_changes import customer_changes
from desktop.exchange.comparing.modes import Change, Mode, text_change
from desktop.exchange.comparing.order_changes import is_older, order_changes
from desktop.exchange.values.reader import Point
from desktop.queries.known import KnownCustomer, KnownOrder

STATES = ("unpaid", "paid", "shipped", "completed", "returned", "cancelled")
MOMENTS = (None, "2026-11-09 10:00:00", "2026-11-10 10:00:00")
FILL, NEWEST, ASK = (Mode(update=update) for update in ("fill", "newest", "ask"))
ALL = SAID_STATUS | SAID_TOTAL | SAID_PAID | SAID_REFUNDED

held_orders = st.builds(
    KnownOrder,
    id=st.just(1), channel=st.just(""), number=st.just("1"), customer=st.none(),
    status=st.sampled_from(STATES), paid_at=st.sampled_from(MOMENTS), ended_at=st.sampled_from(MOMENTS),
    total=st.sampled_from((0, 50, 100)), paid=st.sampled_from((0, 50, 100)),
    refunded=st.sampled_from((0, 50)), ship_to=st.sampled_from(("", "a")), staff=st.sampled_from(("", "b")),
    note=st.sampled_from(("", "c")), bare=st.booleans(),
)  # fmt: skip


@st.composite
def told_orders(draw: st.DrawFn) -> Orders:
    return Orders(
        ["1"], [""], [-1], [draw(st.sampled_from(STATES))], [MOMENTS[1] or ""],
        [draw(st.sampled_from(MOMENTS))], [draw(st.sampled_from(MOMENTS))],
        [draw(st.sampled_from((0, 50, 100)))], [draw(st.sampled_from((0, 50, 100)))],
        [draw(st.sampled_from((0, 50)))], [draw(st.sampled_from(("", "A")))],
        [draw(st.sampled_from(("", "B")))], [draw(st.sampled_from(("", "C")))],
        bytes([draw(st.integers(0, ALL))]),
    )  # fmt: skip


def after(row: KnownOrder, changes: list[Change]) -> KnownOrder:
    return row._replace(**{change.field: change.new for change in changes})


@given(held_orders, told_orders(), st.sampled_from((FILL, NEWEST, ASK)))
def test_an_order_changes_once_and_its_state_never_goes_back(
    row: KnownOrder, file: Orders, mode: Mode
) -> None:
    changes = order_changes(row, file, 0, mode)
    assert all(change.old != change.new for change in changes)
    became = after(row, changes)
    assert order_changes(became, file, 0, mode) == []
    assert min(STATES.index(row.status), 4) <= min(STATES.index(became.status), 4)
    if is_older(row, file, 0):
        assert changes == []
    if mode is FILL:
        assert not any(change.conflict for change in changes)
        assert became[4:10] == (
            row.status,
            became.paid_at,
            became.ended_at,
            row.total,
            row.paid,
            row.refunded,
        )
    if became.status != "unpaid" and row.status == "unpaid" and row.paid == 0 and file.said[0] & SAID_TOTAL:
        # What is bought and has a price was paid, unless the file says that nothing was.
        assert became.paid == became.total or file.said[0] & SAID_PAID or became.status == "cancelled"


def test_stars_never_take_the_place_of_an_address() -> None:
    row = KnownOrder(1, "", "1", None, "paid", None, None, 50, 50, 0, "杭州市龙井路1号", "", "", False)
    told = (["1"], [""], [-1], ["paid"], [""], [None], [None], [50], [50], [0], ["杭州市****"], [""], [""])
    file = Orders(*told, b"\0")
    assert order_changes(row, file, 0, NEWEST) == []
    assert len(order_changes(row._replace(ship_to=""), file, 0, FILL)) == 1


@pytest.mark.parametrize(
    ("old", "new", "blank", "fills", "overrules"),
    [
        ("", "a", None, True, True),
        (None, "a", None, True, True),
        ("a", "b", None, False, True),
        ("a", "a", None, False, False),
        ("a", "", None, False, False),
        ("a", None, None, False, False),
        ("13800138421", "Wang", True, True, True),
        ("individual", "company", False, False, True),
        (0, 1, None, False, True),
        ("2026-11-09 10:05:00", "2026-11-09 00:00:00", None, False, False),
        ("2026-11-09 10:05:00", "2026-11-10 00:00:00", None, False, True),
    ],
)
def test_blanks_are_filled_and_the_rest_overruled(
    old: object, new: object, blank: bool | None, fills: bool, overrules: bool
) -> None:
    assert (text_change(FILL, "x", old, new, blank=blank) is not None) == fills
    assert (text_change(NEWEST, "x", old, new, blank=blank) is not None) == overrules


HELD = KnownCustomer(
    1, "13800138421", True,
    {"kind": "individual", "relation": "active", "gender": "", "birthday": "1988-09-15",
     "birthday_calendar": "lunar", "region": "杭州", "source": "", "likes": "", "dislikes": "",
     "expectations": "", "family": "", "notes": "", "created_at": "2024-01-01 00:00:00"},
    {"茶龄": "3年"}, frozenset({"老客户"}), frozenset({"龙井路1号"}),
)  # fmt: skip


def changed(
    person: Person, mode: Mode, *points: Point, listed: bool = True
) -> list[tuple[str, object, bool]]:
    found = customer_changes(HELD, person, points, mode, country="CN", listed=listed)
    return [(change.field, change.new, change.conflict) for change in found]


def test_a_customer_called_by_their_phone_gets_the_name() -> None:
    assert changed(Person("王丽华", ()), FILL) == [("name", "王丽华", False)]


def test_a_birthday_without_its_year_is_not_news_and_a_new_one_is_of_the_common_calendar() -> None:
    assert changed(Person("", (), {"birthday": "09-15"}), NEWEST) == []
    assert changed(Person("", (), {"birthday": "1990-01-02"}), NEWEST) == [
        ("birthday", "1990-01-02", True), ("birthday_calendar", "solar", True),
    ]  # fmt: skip


def test_the_calendar_of_a_birthday_is_the_file_s_word_where_it_says_one() -> None:
    told = Person("", (), {"birthday": "1988-09-15", "birthday_calendar": "solar"})
    assert changed(told, NEWEST) == [("birthday_calendar", "solar", True)]
    assert changed(told, FILL) == []
    lunar = Person("", (), {"birthday": "1990-01-02", "birthday_calendar": "lunar"})
    assert changed(lunar, NEWEST) == [("birthday", "1990-01-02", True)]


def test_what_an_order_says_of_people_only_fills() -> None:
    person = Person("", (), {"region": "上海", "gender": "female"}, address="南京路2号")
    assert changed(person, NEWEST, listed=False) == [("gender", "female", False)]
    assert changed(person, NEWEST)[0] == ("gender", "female", False)
    assert ("region", "上海", True) in changed(person, NEWEST)


def test_tags_addresses_and_points_are_added() -> None:
    phone = Point("phone", "", "139 0013 9000", "13900139000")
    person = Person(
        "", (), address="南京路 2 号", tags=("老客户", "送礼"), custom={"茶龄": "9年", "口味": "淡"}
    )
    found = changed(person, FILL, phone)
    assert [(field, conflict) for field, _, conflict in found] == [
        ("custom:口味", False), ("tag", False), ("address", False), ("point", False),
    ]  # fmt: skip
    assert changed(person, Mode(update="")) == []


def test_the_words_of_modes() -> None:
    assert (Mode.usual("orders").update, Mode.usual("customers").update) == ("newest", "fill")
    named = {word: Mode.named(word).name for word in ("add", "fill", "newest", "update")}
    assert named == {"add": "add", "fill": "fill", "newest": "newest", "update": "update-newest"}
