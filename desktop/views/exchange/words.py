"""The importer's words: what files it takes, how sure a match is, what will happen and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.dates import format_when
from desktop.core.translation import mark, ntr, tr
from desktop.exchange import layouts
from desktop.exchange.matching import Mapping as Matching
from desktop.exchange.plan import ImportPlan
from desktop.exchange.table import SUFFIXES
from desktop.queries.imports import ImportRow
from desktop.views.kit.theme import Tone

SURE: Mapping[str, tuple[str, Tone]] = {
    "exact": (mark("exact"), "accent"),
    "likely": (mark("likely"), "blue"),
    "guess": (mark("a guess"), "amber"),
    "none": (mark("not used"), "grey"),
}
TARGETS: Mapping[str, str] = {"orders": mark("Orders"), "customers": mark("Customers")}
_KNOWN_BY: Mapping[str, str] = {
    "phone": mark("phone"), "account": mark("account"), "wechat": mark("WeChat"), "qq": mark("QQ"),
    "weibo": mark("Weibo"), "email": mark("e-mail"), "name": mark("name"), "address": mark("address"),
}  # fmt: skip


def file_filter() -> str:
    """The file dialog's filter."""
    patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    everything = tr("{kind} ({patterns})", kind=tr("All files"), patterns="*")
    known = tr("{kind} ({patterns})", kind=tr("Workbooks and text files"), patterns=patterns)
    return f"{known};;{everything}"


def recognised(matching: Matching, rows: int, encoding: str) -> str:
    """What is known of a file, in one line."""
    parts = [ntr("{n} row", "{n} rows", rows)]
    if encoding:
        parts.append(encoding)
    if matching.layout:
        parts.append(layouts.named(matching.layout).title())
    count, placed = len(matching.columns), matching.placed
    if placed == count:
        parts.append(ntr("its one column placed", "all {n} columns placed", count))
    else:
        parts.append(
            ntr("{placed} of {n} column placed", "{placed} of {n} columns placed", count, placed=placed)
        )
    return " · ".join(parts)


def outlook(plan: ImportPlan) -> list[tuple[str, str, str]]:
    """(name, figure, role) of each line of what will happen."""
    bad = plan.rows - plan.good_rows
    lines = [(tr("New customers"), plan.customers_new, "text")]
    if len(plan.matched_by) == 1:
        (kind,) = plan.matched_by
        by = tr(_KNOWN_BY[kind]) if kind in _KNOWN_BY else kind
        lines.append((tr("Known customers, matched by {kind}", kind=by), plan.customers_matched, "text"))
    else:
        lines.append((tr("Known customers"), plan.customers_matched, "text"))
    if plan.target == "orders":
        lines.append((tr("New orders"), plan.orders_new, "text"))
        lines.append((tr("Already here, left alone"), plan.orders_known, "text"))
    if plan.contacts_new:
        lines.append((tr("New contact details of known customers"), plan.contacts_new, "text"))
    lines.append((tr("Rows with a problem"), bad, "red" if bad else "text"))
    return [(name, f"{count:,}", role) for name, count, role in lines]


def matched_by(plan: ImportPlan) -> str:
    """By what known customers were recognised, for a tip: "phone 6,011 · account 300"."""
    parts = [
        f"{tr(_KNOWN_BY[kind]) if kind in _KNOWN_BY else kind} {count:,}"
        for kind, count in sorted(plan.matched_by.items(), key=lambda pair: -pair[1])
    ]
    return " · ".join(parts)


def came_of(row: ImportRow) -> str:
    """What came of an earlier import, in one line."""
    parts = [format_when(row.at)]
    if row.customers_new:
        parts.append(ntr("{n} new customer", "{n} new customers", row.customers_new))
    if row.orders_new:
        parts.append(ntr("{n} new order", "{n} new orders", row.orders_new))
    if row.problems:
        parts.append(ntr("{n} problem", "{n} problems", row.problems))
    return " · ".join(parts)
