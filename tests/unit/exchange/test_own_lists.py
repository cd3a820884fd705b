"""The lists that Shuke writes for people can be brought in again, in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.core.translation import set_language
from desktop.exchange.plan import make_plan
from desktop.exchange.vocabulary.subjects import TARGETS
from desktop.exchange.whole_book.book import export_book
from desktop.exchange.whole_book.lists import LISTS
from desktop.models.book import Book
from desktop.operations.demo import make_demo
from desktop.operations.importing import import_plan

LANGUAGES = ("en", "zh_CN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_customers_brings_the_same_people(book: Book, tmp_path: Path, language: str) -> None:
    set_language(language)
    make_demo(book, customers=60, today=date(2026, 11, 22), language=language)
    export_book(book, tmp_path / "customers.xlsx", what="customers")
    with Book.create(tmp_path / "other.shuke") as other:
        plan = make_plan(other, tmp_path / "customers.xlsx")
        assert plan.target == "customers"
        assert not plan.problems
        import_plan(other, plan)
        fields = "name, region, kind, gender, birthday, birthday_calendar"
        people = f"SELECT {fields} FROM customer ORDER BY name, region"
        assert other.rows(people) == book.rows(people)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_orders_brings_the_same_money(book: Book, tmp_path: Path, language: str) -> None:
    set_language(language)
    make_demo(book, customers=60, today=date(2026, 11, 22), language=language)
    export_book(book, tmp_path / "orders.xlsx", what="orders")
    with Book.create(tmp_path / "other.shuke") as other:
        import_plan(other, make_plan(other, tmp_path / "orders.xlsx"))
        money = "SELECT count(*), sum(paid), sum(refunded), sum(net) FROM orders"
        assert other.row(money) == book.row(money)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_known_again(book: Book, tmp_path: Path, language: str, suffix: str) -> None:
    set_language(language)
    make_demo(book, customers=60, today=date(2026, 11, 22), language=language)
    with Book.create(tmp_path / "other.shuke") as other:
        for what in (target for target in TARGETS if target in LISTS):
            path = tmp_path / f"{what}{suffix}"
            export_book(book, path, what=what)
            plan = make_plan(other, path)
            assert (plan.target, list(plan.problems)[:3]) == (what, [])
            import_plan(other, plan)
            count = f'SELECT count(*) FROM "{TARGETS[what].table}"'
            assert other.value(count) == book.value(count), what


def test_one_number_of_two_channels_is_two_orders_and_each_needs_its_date(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order id,order date,total,channel\n1,2026-11-09,5,\n1,,,web\n", encoding="utf-8")
    plan = make_plan(book, file)
    assert [(problem.row, problem.column) for problem in plan.problems] == [(3, "order date")]
    import_plan(book, plan)
    assert book.rows("SELECT number, channel, total FROM orders") == [("1", "", 500)]
