"""One field of many customers is changed in one step, as the preview said, and comes back by one undo."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.shop import CustomField
from desktop.operations import bulk_editing
from desktop.operations.bulk_editing import edit_customers
from desktop.operations.customers import delete_customers, tag_customers
from desktop.queries.bulk_edits import BulkEdit, bulk_fields, preview_edit
from desktop.queries.customer_search import search_ids

WORDS = ("", "茶", "白茶", "龙井、白茶", "tea; 龙井", "tea")
OWN = ("", "small", "large")
EDITS = (
    ("likes", "add", "茶"), ("likes", "add", "tea"), ("likes", "set", "tea"), ("likes", "clear", None),
    ("region", "set", "杭州"), ("custom:size", "set", "small"), ("custom:size", "clear", None),
    ("custom:vip", "set", True), ("custom:it's \\ 备注", "add", "茶"),
)  # fmt: skip


def fill(book: Book, likes: list[str], sizes: list[str]) -> list[int]:
    with book.step("Fill") as step:
        for name, kind, options in (
            ("size", "choice", list(OWN[1:])), ("age", "number", []), ("vip", "yesno", []),
            ("since", "date", []), ("it's \\ 备注", "text", []),
        ):  # fmt: skip
            step.insert(CustomField, subject="customer", name=name, type=kind, options=json.dumps(options))
        return [
            step.insert(
                Customer,
                name=f"客户{n}",
                created_at="2024-01-01 09:00:00",
                region=("杭州", "上海", "")[n % 3],
                likes=like,
                custom=json.dumps({"size": size} if size else {}),
            )
            for n, (like, size) in enumerate(zip(likes, sizes, strict=True))
        ]


def values(book: Book) -> dict[int, tuple[Any, ...]]:
    rows = book.rows("SELECT id, relation, region, likes, referred_by, custom FROM customer")
    return {row[0]: (*row[1:5], json.loads(row[5])) for row in rows}


def edit(book: Book, key: str, mode: str, value: Any = None) -> BulkEdit:
    return BulkEdit(bulk_fields(book)[key], mode, value)  # type: ignore[arg-type]  # plain text in tests


def spoken(old: str, word: str) -> str:
    """What adding a word makes of a text, said slowly."""
    parts = [part.strip() for part in re.split(r"[、，；;,]", old)]
    return old if word in parts else f"{old}, {word}" if old else word


@given(data=st.data())
def test_an_edit_does_what_its_preview_says(data: st.DataObject, tmp_path_factory: Any) -> None:
    n = data.draw(st.integers(1, 8))
    likes = data.draw(st.lists(st.sampled_from(WORDS), min_size=n, max_size=n))
    sizes = data.draw(st.lists(st.sampled_from(OWN), min_size=n, max_size=n))
    key, mode, value = data.draw(st.sampled_from(EDITS))
    with Book.create(tmp_path_factory.mktemp("bulk") / "b.shuke") as book:
        rows = fill(book, likes, sizes)
        chosen = sorted(data.draw(st.sets(st.sampled_from(rows), min_size=1)))
        before = values(book)
        asked = edit(book, key, mode, value)
        told = preview_edit(book, customer_ids=chosen, edit=asked)
        changes = edit_customers(book, customer_ids=chosen, edit=asked)
        after = values(book)
        changed = [row for row in rows if before[row] != after[row]]
        assert told.customers == len(chosen)
        assert told.changing == len(changed)
        assert set(changed) <= set(chosen)
        for row in chosen:
            if key == "likes":
                old = before[row][2]
                new = {"set": "tea", "clear": "", "add": spoken(old, str(value))}[mode]
                assert after[row][2] == new
            elif key.startswith("custom:"):
                name = key.removeprefix("custom:")
                assert after[row][4].get(name) == (None if mode == "clear" else value)
                assert type(after[row][4].get(name)) is type(None if mode == "clear" else value)
        assert bool(changes) is bool(changed)
        if changes:
            book.undo()
            assert values(book) == before
            book.redo()
            assert values(book) == after


def test_the_preview_tells_what_was_there(book: Book) -> None:
    rows = fill(book, ["茶", "茶", "", "酒", "tea"], [""] * 5)
    told = preview_edit(book, customer_ids=rows, edit=edit(book, "likes", "set", "tea"))
    assert (told.customers, told.changing, told.different, told.blank) == (5, 4, 2, 1)
    assert told.common[0] == ("茶", 2)
    tag_customers(book, customer_ids=rows[:2], tag="VIP")
    assert preview_edit(book, customer_ids=rows, edit=edit(book, "tags", "add", "VIP")).changing == 3
    assert preview_edit(book, customer_ids=rows, edit=edit(book, "tags", "remove", "VIP")).changing == 2
    assert preview_edit(book, customer_ids=rows, edit=edit(book, "tags", "clear")).changing == 2


def test_a_referrer_is_spared(book: Book) -> None:
    rows = fill(book, [""] * 4, [""] * 4)
    edit_customers(book, customer_ids=[rows[1]], edit=edit(book, "referred_by", "set", rows[0]))
    asked = edit(book, "referred_by", "set", rows[1])
    assert preview_edit(book, customer_ids=rows, edit=asked).changing == 2
    edit_customers(book, customer_ids=rows, edit=asked)
    assert [values(book)[row][3] for row in rows] == [None, rows[0], rows[1], rows[1]]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [("relation", "friend", "none of the choices"), ("custom:size", "huge", "none of the choices"),
     ("custom:age", "old", "no number"), ("custom:since", "someday", "no day"), ("region", "  ", "Nothing"),
     ("tags", " ", "tag is empty")],
)  # fmt: skip
def test_a_wrong_value_is_refused(book: Book, key: str, value: str, words: str) -> None:
    rows = fill(book, [""], [""])
    mode = "add" if key == "tags" else "set"
    with pytest.raises(UserError, match=words):
        edit_customers(book, customer_ids=rows, edit=edit(book, key, mode, value))


def test_values_are_kept_in_one_form(book: Book) -> None:
    rows = fill(book, [""], [""])
    for key, value in (("custom:age", "1,200"), ("custom:since", "2026/3/5"), ("custom:vip", False)):
        edit_customers(book, customer_ids=rows, edit=edit(book, key, "set", value))
    assert values(book)[rows[0]][4] == {"age": 1200, "since": "2026-03-05", "vip": False}


def test_the_search_follows_and_a_stop_leaves_all_as_it_was(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = fill(book, [""] * 6, [""] * 6)
    edit_customers(book, customer_ids=rows, edit=edit(book, "region", "set", "绍兴"))
    assert set(search_ids(book, "绍兴")) == set(rows)
    before = values(book)
    monkeypatch.setattr(bulk_editing, "id_pieces", lambda ids: ((i, f"[{one}]") for i, one in enumerate(ids)))

    class Stopping(Progress):
        def report(self, done: int, total: int = 0, text: str = "") -> None:
            if done == 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        edit_customers(book, customer_ids=rows, edit=edit(book, "region", "set", "宁波"), progress=Stopping())
    assert values(book) == before
    with pytest.raises(Cancelled):
        delete_customers(book, customer_ids=rows * 1000, progress=_StopLater())
    assert values(book) == before


class _StopLater(Progress):
    def report(self, done: int, total: int = 0, text: str = "") -> None:
        if done:
            raise Cancelled
