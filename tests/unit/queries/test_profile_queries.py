"""What a profile asks of the book, against counts of one's own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.fitting import FEWEST
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction, Rating
from desktop.operations.contact_points import Point, read_point
from desktop.operations.demo import make_demo
from desktop.queries import lifetime as module
from desktop.queries import lifetime_rows
from desktop.queries.customer_values import CustomerValues, customer_rating_ids, customer_values
from desktop.queries.lifetime import Lifetime, NoModel, ShopModel, known_lifetime, lifetime, shop_gap
from desktop.queries.pickers import namesakes
from desktop.queries.profile import profile

WHEN = "2026-01-05 09:00:00"
TODAY = date(2026, 11, 22)


def customer(book: Book, row: int = 1, name: str = "王丽华") -> None:
    with book.step("Add") as step:
        step.insert(Customer, id=row, name=name, created_at=WHEN)


scores = st.none() | st.integers(1, 5)
rated = st.tuples(
    scores, scores, st.none() | st.integers(0, 10), st.booleans(), st.booleans(), st.sampled_from(["", "ok"])
)
given_ = st.lists(st.sampled_from(["", "suggestion", "interview"]), max_size=6)


@given(st.lists(rated, max_size=8), given_)
def test_the_values_are_what_the_rows_say(
    tmp_path_factory: pytest.TempPathFactory,
    ratings: list[tuple[int | None, int | None, int | None, bool, bool, str]],
    gave: list[str],
) -> None:
    with Book.create(tmp_path_factory.mktemp("values") / "shop.shuke") as book:
        customer(book)
        with book.step("Fill") as step:
            for perceived, expected, recommend, public, answered, text in ratings:
                step.insert(
                    Rating, customer_id=1, ended_at=WHEN, rated_at=WHEN if answered else None,
                    perceived=perceived, expected=expected, recommend=recommend, public=public, text=text,
                )  # fmt: skip
            for one in gave:
                step.insert(
                    Interaction, customer_id=1, happened_at=WHEN, stage="pre-sale", gave=one, text="x"
                )
        known = [row for row in ratings if row[4]]
        recommended = [row[2] for row in known if row[2] is not None]
        public_scores = [row[0] for row in known if row[3] and row[0] is not None]
        found = customer_values(book, customer_id=1)
        assert found == CustomerValues(
            ratings=len(known),
            worded=sum(bool(row[5]) for row in known),
            suggestions=gave.count("suggestion"),
            interviews=gave.count("interview"),
            recommend=pytest.approx(mean(recommended)) if recommended else None,  # type: ignore[arg-type]
            recommended=len(recommended),
            public=sum(row[3] for row in known),
            public_mean=pytest.approx(mean(public_scores)) if public_scores else None,  # type: ignore[arg-type]
        )
        assert len(customer_rating_ids(book, customer_id=1)) == len(known)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A sample shop big enough for the model."""
    with Book.create(tmp_path_factory.mktemp("shop") / "shop.shuke") as made:
        make_demo(made, customers=400, seed=7, today=TODAY, language="en")
        yield made


def test_the_chance_is_the_models_own_formula(shop: Book) -> None:
    rows = shop.rows(
        "SELECT customer_id, occasions, first_day, last_day FROM customer_summary WHERE occasions > 0 "
        "ORDER BY occasions DESC LIMIT 40"
    )
    assert known_lifetime(shop, customer_id=rows[0][0], today=TODAY) is None
    fitted = module._model_now(shop, TODAY)
    assert isinstance(fitted, ShopModel)
    r, alpha, a, b = fitted.model.r, fitted.model.alpha, fitted.model.a, fitted.model.b
    chances = []
    for row, occasions, first, last in rows:
        found = lifetime(shop, customer_id=row, today=TODAY)
        assert isinstance(found, Lifetime)
        x, t, age = occasions - 1, last - first, TODAY.toordinal() - first
        # MBG/NBD: 1 / (1 + a/(b + x) · ((α + T)/(α + t_x))^(r + x)), by hand.
        odds = a / (b + x) * math.exp((r + x) * math.log((alpha + age) / (alpha + t)))
        assert found.alive == pytest.approx(1 / (1 + odds), rel=1e-9, abs=1e-12)
        assert found.customers == shop.value("SELECT count(*) FROM customer_summary WHERE occasions > 0")
        assert found.purchases >= 0
        assert found.value is None or found.value >= 0
        assert known_lifetime(shop, customer_id=row, today=TODAY) == found
        chances.append(found.alive)
    assert len(set(chances)) > 10


def test_a_draw_of_a_large_shop_says_about_the_same(shop: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    row = shop.value("SELECT customer_id FROM customer_summary ORDER BY occasions DESC, customer_id")
    whole = lifetime(shop, customer_id=row, today=TODAY)
    monkeypatch.setattr(lifetime_rows, "DRAWN", 190)
    module._fits.pop(shop)
    drawn = lifetime(shop, customer_id=row, today=TODAY)
    module._fits.pop(shop)
    assert isinstance(whole, Lifetime)
    assert isinstance(drawn, Lifetime)
    assert drawn.customers < whole.customers
    assert drawn.alive == pytest.approx(whole.alive, abs=0.1)


def test_a_small_shop_says_how_small(book: Book) -> None:
    customer(book)
    assert lifetime(book, customer_id=1, today=TODAY) is None
    with book.step("Bought") as step:
        for day in (1, 9):
            step.insert(Order, customer_id=1, placed_at=f"2026-11-{day:02} 10:00:00", total=100, paid=100)
    assert lifetime(book, customer_id=1, today=TODAY) == NoModel(1, FEWEST)
    assert shop_gap(book) == 8


def test_a_profile_counts_points_files_and_who_came(book: Book) -> None:
    customer(book)
    for row, spent in ((2, 1000), (3, 500)):
        customer(book, row, f"C{row}")
        with book.step("Through") as step:
            step.update(Customer, row, referred_by=1)
            step.insert(Order, customer_id=row, placed_at=WHEN, total=spent, paid=spent)
    found = profile(book, customer_id=1, today=TODAY)
    assert found is not None
    assert (found.brought, found.brought_spend, found.balance, found.files) == (2, 1500, 0, 0)


def test_a_point_is_read_as_it_is_typed(book: Book) -> None:
    customer(book)
    with book.step("Phone") as step:
        step.insert(
            ContactPoint, customer_id=1, kind="phone", value="13800138421", norm="13800138421", main=1
        )
    half = read_point(book, Point("phone", "138"))
    assert half.fault is not None
    assert (half.shown, half.holder) == ("", None)
    assert read_point(book, Point("phone", " +86 139-0000-0001")).shown == "139 0000 0001"
    assert read_point(book, Point("phone", "138 0013 8421")).holder == (1, "王丽华")
    assert read_point(book, Point("phone", "138 0013 8421"), customer_id=1).holder is None
    assert read_point(book, Point("email", "Li@Example.COM ")).shown == "li@example.com"
    assert read_point(book, Point("phone", "  ")) == read_point(book, Point("email", ""))
    masked = read_point(book, Point("phone", "138****8421"))
    assert masked.fault is not None
    assert "hides some of its digits" in str(masked.fault)


def test_namesakes_are_found_whole(book: Book) -> None:
    for row, name in ((1, "王丽华"), (2, "王丽华"), (3, "王丽"), (4, "wang lihua")):
        customer(book, row, name)
    assert [one.id for one in namesakes(book, " 王丽华 ")] == [1, 2]
    assert [one.id for one in namesakes(book, "王丽华", but=1)] == [2]
    assert namesakes(book, "") == []
