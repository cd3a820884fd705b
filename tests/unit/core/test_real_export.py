"""A real month of a Tmall shop, read cell by cell, gives the sums that are known of it."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop.core.dates import iso, parse_when
from desktop.core.money import parse_amount


def test_tmall_february_2020(shared_data: Path) -> None:
    with (shared_data / "tmall" / "tmall_order_report.csv").open(encoding="utf-8", newline="") as file:
        rows = [{key.strip(): cell for key, cell in row.items()} for row in csv.DictReader(file)]
    assert len(rows) == 28_010
    created = [parse_when(row["订单创建时间"]) for row in rows]
    assert iso(min(created)) == "2020-02-01 00:14:00"
    assert iso(max(created)) == "2020-02-29 23:59:00"
    assert sum(parse_amount(row["总金额"]) or 0 for row in rows) == 299_576_061
    assert sum(parse_amount(row["买家实际支付金额"]) or 0 for row in rows) == 190_248_715
    refunds = [parse_amount(row["退款金额"]) or 0 for row in rows]
    assert (sum(refunds), sum(refund > 0 for refund in refunds)) == (57_233_592, 5_646)
