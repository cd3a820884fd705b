"""The importer's words: what files it takes, how sure a match is, what will happen and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.dates import format_when
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.matching.mapping import Mapping as Matching
from desktop.exchange.plan import ImportPlan
from desktop.exchange.reading.table import SUFFIXES
from desktop.exchange.vocabulary import layouts
from desktop.exchange.vocabulary.subjects import CUSTOMERS, ORDERS, TARGETS
from desktop.queries.imports import ImportRow
from desktop.views.kit.theme import Tone

SURE: Mapping[str, tuple[str, Tone]] = {
    "exact": (mark("exact"), "accent"),
    "likely": (mark("likely"), "blue"),
    "guess": (mark("a guess"), "amber"),
    "none": (mark("not used"), "grey"),
}
_KNOWN_BY: Mapping[str, str] = {
    "phone": mark("phone"), "account": mark("account"), "wechat": mark("WeChat"), "qq": mark("QQ"),
    "weibo": mark("Weibo"), "email": mark("e-mail"), "name": mark("name"), "address": mark("address"),
}  # fmt: skip


def file_filter() -> str:
    """The file dialog's filter."""
    patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    everything = tr("{kind} ({patterns})", kind=tr("All files"), patterns="*")
    known = tr("{kind} ({patterns})", kind=tr("Workbooks, text and contact files"), patterns=patterns)
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


def known_by(kind: str) -> str:
    """By what somebody is recognised, in the user's language."""
    return tr(_KNOWN_BY[kind]) if kind in _KNOWN_BY else kind


def outlook(plan: ImportPlan) -> list[tuple[str, str, str]]:
    """(name, figure, role) of each line of what will happen; after the first ones only what there is."""
    bad = plan.rows - plan.good_rows
    lines: list[tuple[str, int, str]] = []
    if plan.target not in (CUSTOMERS, ORDERS):
        lines.append((tr("New: {what}", what=tr(TARGETS[plan.target].title)), plan.entries_new, "text"))
        lines.append((tr("Already here"), plan.entries_known, "text"))
    if plan.target in (CUSTOMERS, ORDERS) or plan.customers_new:
        lines.append((tr("New customers"), plan.customers_new, "text"))
    known = tr("Known customers")
    if len(plan.matched_by) == 1:
        known = tr("Known customers, matched by {kind}", kind=known_by(*plan.matched_by))
    lines.append((known, plan.customers_matched, "text"))
    if plan.target == ORDERS:
        lines.append((tr("New orders"), plan.orders_new, "text"))
        lines.append((tr("Already here"), plan.orders_known, "text"))
    more = [
        (tr("New contact details of known customers"), plan.contacts_new, "text"),
        (tr("Fields that change"), len(plan.updates), "amber"),
        (tr("Doubtful matches"), len(plan.doubts), "amber"),
        (tr("Rows of no concern, left out"), plan.left_out, "text"),
    ]
    lines += [line for line in more if line[1]]
    lines.append((tr("Rows with a problem"), bad, "red" if bad else "text"))
    return [(name, f"{count:,}", role) for name, count, role in lines]


def matched_by(plan: ImportPlan) -> str:
    """By what known customers were recognised, for a tip: "phone 6,011 · account 300"."""
    parts = [
        f"{known_by(kind)} {count:,}"
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
    if row.entries_new:
        parts.append(ntr("{n} new record", "{n} new records", row.entries_new))
    if row.updated:
        parts.append(ntr("{n} record brought up to date", "{n} records brought up to date", row.updated))
    if row.doubts:
        parts.append(ntr("{n} doubtful match", "{n} doubtful matches", row.doubts))
    if row.problems:
        parts.append(ntr("{n} problem", "{n} problems", row.problems))
    if row.staff:
        parts.append(row.staff)
    return " · ".join(parts)
