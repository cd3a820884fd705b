"""Answers of feedback cards from a file find what was asked; the same file twice changes nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.core.card_codes import new_code, written
from desktop.exchange.comparing.modes import NEWEST
from desktop.exchange.plan import Mode, make_plan
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.operations.asking import card_for, tell_expectation
from desktop.operations.importing import import_plan
from desktop.operations.rated_things import About

NOW = datetime(2026, 11, 20, 10, 0)
ENGLISH = "code,stars,expected,recommend,effort,reasons,text,date\n"
CHINESE = "编码,满意度,期望,推荐意愿,费力程度,原因,内容,日期\n"
SAID = "customer_id, order_id, expected, perceived, recommend, effort, reasons, text, rated_at, ended_at"


@pytest.fixture
def shop(book: Book) -> Book:
    with book.step("a customer and an order") as step:
        step.insert(Customer, name="王芳", created_at="2026-01-01 00:00:00")
        step.insert(
            Order, customer_id=1, number="A18", placed_at="2026-11-18 10:00:00",
            ended_at="2026-11-18 12:00:00", paid=1000, total=1000,
        )  # fmt: skip
    return book


def bring(book: Book, path: Path, mode: Mode | None = None) -> Any:
    plan = make_plan(book, path, mode=mode)
    assert plan.target == "ratings"
    import_plan(book, plan)
    return plan


def rows(book: Book) -> list[Any]:
    return book.rows(f"SELECT {SAID} FROM rating ORDER BY id")


@pytest.mark.parametrize(("headers", "reasons"), [(ENGLISH, "Good quality; 口感"), (CHINESE, "质量好、口感")])
def test_a_card_answers_what_was_asked(shop: Book, tmp_path: Path, headers: str, reasons: str) -> None:
    tell_expectation(shop, About(customer_id=1, order_id=1), at=NOW, expected=3, text="要新茶")
    _, code = card_for(shop, About(customer_id=1, order_id=1), at=NOW)
    blank = new_code()
    path = tmp_path / "form.csv"
    path.write_text(
        f'{headers}{written(code).lower()},5,,9,6,"{reasons}",果然新,2026-11-21 09:00:00\n'
        f"https://f.example/?c={written(blank)},2,4,,,,,2026-11-22 09:00:00\n",
        encoding="utf-8",
    )
    plan = bring(shop, path)
    assert (plan.entries_new, plan.entries_known, plan.problems) == (2, 0, ())
    expected = [
        (1, 1, 3, 5, 9, 6, "Good quality\n口感", "要新茶\n果然新", "2026-11-21 09:00:00",
         "2026-11-18 12:00:00"),
        (None, None, 4, 2, None, None, "", "", "2026-11-22 09:00:00", "2026-11-22 09:00:00"),
    ]  # fmt: skip
    assert rows(shop) == expected
    assert shop.rows("SELECT code FROM rating ORDER BY id") == [(code,), (blank,)]
    for mode in (None, Mode(add=True, update=NEWEST)):
        again = bring(shop, path, mode)
        assert (again.entries_new, again.entries_known, again.problems) == (0, 2, ())
        assert not again.found.updates
        assert rows(shop) == expected
    shop.undo()
    assert [row[3] for row in rows(shop)] == [None]


def test_wrong_and_used_codes_are_reported(shop: Book, tmp_path: Path) -> None:
    good = new_code()
    wrong = good[:-1] + ("2" if good[-1] != "2" else "3")
    path = tmp_path / "form.csv"
    path.write_text(
        f"{ENGLISH}{good},5,,,,,,2026-11-21\n{wrong},4,,,,,,2026-11-21\n{good},1,,,,,,2026-11-22\n",
        encoding="utf-8",
    )
    plan = bring(shop, path)
    assert [problem.row for problem in plan.problems] == [3, 4]
    assert any("not the code of a card" in problem.reason for problem in plan.problems)
    assert shop.rows("SELECT code, perceived FROM rating") == [(good, 5)]
    path.write_text(f"{ENGLISH}{good},1,,,,,,2026-11-23\n", encoding="utf-8")
    plan = bring(shop, path)
    assert plan.found.entries.notes == ["1 card was answered otherwise before; that stays as it is."]
    assert shop.rows("SELECT code, perceived FROM rating") == [(good, 5)]


def test_two_cards_of_the_same_words_are_two_ratings(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        f"{ENGLISH}{new_code()},5,,,,,,2026-11-21\n{new_code()},5,,,,,,2026-11-21\n", encoding="utf-8"
    )
    bring(shop, path)
    bring(shop, path)
    assert shop.value("SELECT count(*) FROM rating") == 2


def test_a_card_twice_in_a_file_counts_once(shop: Book, tmp_path: Path) -> None:
    _, code = card_for(shop, About(customer_id=1, order_id=1), at=NOW)
    blank = new_code()
    path = tmp_path / "form.csv"
    # However the code is spelt the second time.
    spelt = ((code, 5), (blank, 5), (written(code), 1), (written(blank).lower(), 1))
    lines = [f"{one},{stars},,,,,,2026-11-21 09:00:00\n" for one, stars in spelt]
    path.write_bytes((CHINESE + "".join(lines)).encode("gbk"))
    plan = bring(shop, path)
    assert shop.rows("SELECT code, perceived FROM rating ORDER BY id") == [(code, 5), (blank, 5)]
    assert [problem.row for problem in plan.problems] == [4, 5]
    bring(shop, path)
    assert shop.value("SELECT count(*) FROM rating") == 2
