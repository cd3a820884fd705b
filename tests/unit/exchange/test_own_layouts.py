"""What the user put right once is known the next time, and a broken file of theirs stops nothing."""

from __future__ import annotations

import logging
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.exchange.matching.mapping import Mapping, match_columns
from desktop.exchange.matching.reshape import arrange
from desktop.exchange.reading.table import Cell, Table, cell_text
from desktop.exchange.vocabulary import layouts, own_layouts
from tests.unit.exchange.tables import table_of

HEADERS: list[Cell] = ["日期", "谁", "多少", "备注一"]


def table(*extra: Cell, headers: list[Cell] = HEADERS) -> Table:
    return table_of([[*headers, *extra], ["03/04/2026", "王丽华", 5.0, "x", *(["y"] * len(extra))]])


def fields(mapping: Mapping) -> list[str]:
    return [column.field for column in mapping.columns]


def corrected() -> Mapping:
    mapping = match_columns(table()).with_target(table(), "orders")
    for index, field in enumerate(("order.placed_at", "customer.name", "order.paid", "order.note")):
        mapping = mapping.with_field(index, field)
    return mapping.with_day_first(True)


def test_a_mapping_is_known_again_by_its_headers() -> None:
    layout = own_layouts.save(corrected(), table(), " 门市 日报/2026 ")
    assert (layout.name, layout.title()) == ("own-门市-日报-2026", "门市 日报/2026")
    assert own_layouts.own() == (layout,)
    found = match_columns(table())
    assert (found.layout, found.target, found.day_first) == (layout.name, "orders", True)
    assert fields(found) == fields(corrected())
    # The same export a year later, or the reasons beside its problem rows; but not any file with its headers.
    assert match_columns(table("原因")).layout == layout.name
    assert match_columns(table("甲", "乙")).layout == ""
    assert match_columns(table(headers=HEADERS[:3])).layout == ""


def test_the_same_headers_replace_what_was_kept_for_them() -> None:
    first = own_layouts.save(corrected(), table(), "日报")
    again = own_layouts.save(corrected().with_field(3, "order.staff"), table(), "日报")
    assert again.name == first.name
    other = own_layouts.save(corrected().with_field(3, ""), table(), "周报")
    assert [layout.name for layout in own_layouts.own()] == [other.name]
    assert fields(match_columns(table()))[3] == ""
    own_layouts.forget(other.name)
    own_layouts.forget("nobody")
    assert own_layouts.own() == ()
    assert match_columns(table()).layout == ""


def test_a_folder_that_takes_none_is_a_sentence() -> None:
    own_layouts.folder().parent.mkdir(parents=True, exist_ok=True)
    own_layouts.folder().write_bytes(b"")
    with pytest.raises(UserError, match="There is no folder"):
        own_layouts.save(corrected(), table(), "日报")
    assert own_layouts.own() == ()


@pytest.mark.skipif(os.name != "nt", reason="elsewhere a file that is open may be taken away")
def test_one_that_is_open_elsewhere_is_a_sentence() -> None:
    layout = own_layouts.save(corrected(), table(), "日报")
    with (own_layouts.folder() / f"{layout.name}.toml").open("rb"):
        with pytest.raises(UserError, match="open in another program"):
            own_layouts.forget(layout.name)
        with pytest.raises(UserError, match="open in another program"):
            own_layouts.save(corrected(), table(), "日报")
    assert own_layouts.own() == (layout,)


def test_two_files_may_be_kept_under_one_title() -> None:
    own_layouts.save(corrected(), table(), "日报")
    six = table("甲", "乙")
    own_layouts.save(match_columns(six), six, "日报")
    assert {layout.name for layout in own_layouts.own()} == {"own-日报", "own-日报-2"}


def test_what_a_platform_means_is_kept_with_the_correction() -> None:
    headers: list[Cell] = [
        *("订单编号", "买家会员名", "总金额", "买家实际支付金额", "订单状态", "订单创建时间", "宝贝标题 "),
    ]
    rows = table_of([headers, ["1", "lihua", 5.0, 5.0, "交易成功", "2026-11-09", "茶"]])
    shipped = match_columns(rows)
    assert shipped.layout == "taobao-orders"
    base = layouts.named("taobao-orders")
    layout = own_layouts.save(shipped.with_field(6, "order.note"), rows, "我的淘宝")
    assert match_columns(rows).layout == layout.name
    assert (layout.channel, layout.paid_is_net, layout.statuses) == (
        *("taobao", base.paid_is_net, base.statuses),
    )
    assert fields(match_columns(rows))[6] == "order.note"


def test_a_shape_is_kept_whole() -> None:
    own_layouts.folder().mkdir(parents=True)
    (own_layouts.folder() / "by hand.toml").write_text(
        r"""
name = "by-hand"
target = "orders"
recognise = ["no", "item 1"]
fill_down = ["no"]
[facts]
multi = ":::"
amounts = "line"
status_by_line = true
[columns]
"no" = "order.number"
"mail {n}" = "customer.email"
[join]
"customer.name" = [["first", "last"], ["bill to"]]
"order.note" = ["a", "b"]
[join_with]
"order.note" = " / "
[keep]
"kind" = ["sale"]
[drop]
"*" = ["the \"end\""]
"^" = ["--*"]
[repeat]
"line.title" = "item {n}"
[statuses]
"gone*" = "returned"
[words."order.channel"]
"?" = ""
[extract."order.refunded"]
column = "state"
pattern = "back ([0-9]+)"
[status_of."state"]
"back*" = "returned"
""",
        encoding="utf-8",
    )
    headers: list[Cell] = [
        *(
            "no",
            "mail 1",
            "mail 2",
            "first",
            "last",
            "bill to",
            "a",
            "b",
            "kind",
            "item 1",
            "item 2",
            "state",
        ),
    ]
    rows = table_of(
        [headers, ["1", "a@b.cn", "c@d.cn", "Emma", "Stone", "", "x", "y", "sale", "Tea", "Cup", "back 5"]]
    )
    by_hand = match_columns(rows)
    assert by_hand.layout == "by-hand"
    kept = own_layouts.save(by_hand, rows, "x")
    found = match_columns(rows)
    assert found.layout == kept.name == "own-x"
    assert fields(found) == fields(by_hand)
    before = layouts.named("by-hand")
    for name in ("statuses", "words", "multi", "amounts", "status_by_line"):
        assert getattr(kept, name) == getattr(before, name)
    one, other = arrange(rows, by_hand), arrange(rows, found)
    assert [(c.field, [cell_text(c.values[code]) for code in c.codes.tolist()]) for c in one.columns] == [
        (c.field, [cell_text(c.values[code]) for code in c.codes.tolist()]) for c in other.columns
    ]
    assert kept.shape.join == before.shape.join
    assert kept.shape.extract == before.shape.extract


def test_a_broken_one_is_skipped_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    layout = own_layouts.save(corrected(), table(), "日报")
    for name, text in (
        ("a.toml", "name = "),
        ("b.toml", 'name = "b"\ntarget = "teapots"\nrecognise = ["x"]'),
        ("c.toml", 'name = "c"\ntarget = "orders"\nrecognise = ["日期"]\n[columns]\n"日期" = "nowhere"'),
    ):
        (own_layouts.folder() / name).write_text(text, encoding="utf-8")
    (own_layouts.folder() / "d.toml").write_bytes(b"\xff\xfe\x00")
    with caplog.at_level(logging.WARNING):
        assert own_layouts.own() == (layout,)
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == [
        *("a.toml", "b.toml", "c.toml", "d.toml"),
    ]  # fmt: skip
    assert match_columns(table()).layout == layout.name


def test_a_file_without_headers_cannot_be_known_again() -> None:
    rows = table_of([["13800138421", "王丽华"], ["13900139000", "李雷"]])
    with pytest.raises(UserError, match="no headers"):
        own_layouts.save(match_columns(rows), rows, "x")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.text(min_size=1), min_size=2, max_size=6, unique=True), st.text())
def test_any_header_and_title_is_written_so_that_it_is_read(headers: list[str], title: str) -> None:
    rows = table_of([headers, ["x"] * len(headers)])
    mapping = match_columns(rows)
    mapping = mapping if mapping.header_row == 0 else Mapping("customers", "", 0, mapping.columns)
    try:
        layout = own_layouts.save(mapping, rows, title)
    except UserError:
        assert not any(header.strip() for header in headers)
        return
    assert layout in own_layouts.own()
    own_layouts.forget(layout.name)
