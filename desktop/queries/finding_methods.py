"""Finding methods: what became of the leads of each, what they cost, and what customers they brought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from desktop.analytics.channels import Conversion, conversion
from desktop.analytics.intervals import Change, Mean, change, means
from desktop.core.folding import fold
from desktop.queries.customer_columns import columns_of
from desktop.queries.insight_scope import Scope
from desktop.queries.lead_columns import LeadColumns, lead_columns
from desktop.queries.prospects import Basis, prospects
from desktop.queries.shop_columns import Bools, Ints


@dataclass(frozen=True, slots=True)
class MethodRow:
    """A way of finding customers, as most write it ("" where it was not noted).

    `leads` are those found in the period and what became of them until today, `leads_before` those of the
    period before. `value` is the net spend so far of one of the `value.n` customers gained in the period who
    were found this way, `total` that of all of them, `expected` what one will yet spend; minor units.
    """

    method: str
    leads: Conversion
    leads_before: Conversion
    converted_change: Change
    value: Mean
    value_before: Mean
    value_change: Change
    total: int
    expected: Mean

    @property
    def customers(self) -> int:
        """Customers gained in the period."""
        return self.value.n


@dataclass(frozen=True)
class MethodReport:
    """The finding methods with leads or customers in either period, most customers first.

    `basis` says where the expected spend comes from, over `months` months. `kept_out`: the filters of channel
    and product narrow the customers by their first purchase, but not the leads.
    """

    rows: tuple[MethodRow, ...]
    basis: Basis
    months: int
    _found: _Found

    def customers_behind(self, method: str) -> Ints:
        """The ids of the customers gained in the period through a method."""
        found = self._found
        mine: Ints = found.now[found.method[found.now] == found.number(method)]
        return found.ids[mine]

    def leads_behind(self, method: str, *, converted: bool = False) -> Ints:
        """The ids of the customers of a method's leads of the period, of all or of those who converted."""
        leads = self._found.leads
        mine = self._found.leads_now & (leads.method == self._found.number(method)) & (leads.customer > 0)
        return np.unique(leads.customer[mine & leads.won if converted else mine])


@dataclass(frozen=True)
class _Found:
    """Customers by how they were found: `now` are places of those gained in the period."""

    names: tuple[str, ...]
    ids: Ints
    method: Ints
    now: Ints
    leads: LeadColumns
    leads_now: Bools

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    def number(self, method: str) -> int:
        return self._numbers.get(method, -1)


class _Methods:
    """Numbers ways of finding, however they are written; each is called as most write it."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}
        self._written: list[dict[str, int]] = [{"": 1}]

    def code(self, text: str, times: int = 1) -> int:
        text = " ".join(text.split())
        number = self._codes.setdefault(fold(text), len(self._codes))
        if number == len(self._written):
            self._written.append({})
        self._written[number][text] = self._written[number].get(text, 0) + times
        return number

    def numbered(self, leads: LeadColumns) -> LeadColumns:
        """The leads with our numbers for their methods."""
        times = np.bincount(leads.method, minlength=len(leads.methods)).tolist()
        table = np.array([self.code(text, n) for text, n in zip(leads.methods, times, strict=True)], np.int64)
        return replace(leads, method=table[leads.method] if table.size else leads.method)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(max(written, key=lambda text: (written[text], text)) for written in self._written)


def method_report(scope: Scope, first: Ints) -> MethodReport:
    """The finding methods of a scope; `first` is the place of the first purchase of each `shop.past.ids`.

    A customer's method is what their record says they came from, else that of their first lead that
    converted. Of the filters, those of customers narrow the leads too.
    """
    methods = _Methods()
    past = scope.shop.past
    leads = methods.numbered(lead_columns(scope.book))
    if scope.members is not None:
        leads = leads.where(np.isin(leads.customer, scope.members))
    scope.progress.check()
    ids = past.ids
    method = _method_of(scope, leads, methods)
    chosen = scope.chosen[first] if first.size else np.zeros(0, np.bool_)
    now = np.flatnonzero(chosen & (past.first >= scope.start) & (past.first < scope.end))
    before = np.flatnonzero(chosen & (past.first >= scope.before[0]) & (past.first < scope.before[1]))
    hopes = prospects(scope)
    size = len(methods.names)
    spent = hopes.spent.astype(np.float64)
    value = means(spent[now], method[now], size)
    # Those of the period before had as many days to spend: what they spent until it ended.
    earlier = scope.shop.purchases.spend(ids, 0, scope.start).astype(np.float64)
    value_before = means(earlier[before], method[before], size)
    expected = means(hopes.expected[now], method[now], size)
    total = np.zeros(size, np.int64)
    np.add.at(total, method[now], hopes.spent[now])
    inside = (leads.found >= scope.start) & (leads.found < scope.end)
    then = (leads.found >= scope.before[0]) & (leads.found < scope.before[1])
    rows = []
    for at, name in enumerate(methods.names):
        own = leads.method == at
        one, other = _conversion(leads, own & inside), _conversion(leads, own & then)
        if one.leads or other.leads or value[at].n or value_before[at].n:
            rows.append(
                MethodRow(
                    method=name,
                    leads=one,
                    leads_before=other,
                    converted_change=change(one.converted, other.converted, 1),
                    value=value[at],
                    value_before=value_before[at],
                    value_change=change(value[at], value_before[at], 1),
                    total=int(total[at]),
                    expected=expected[at],
                )
            )
    rows.sort(key=lambda row: (-row.customers, -row.leads.leads, row.method))
    found = _Found(methods.names, ids, method, now, leads, inside)
    return MethodReport(tuple(rows), hopes.basis, hopes.months, found)


def _conversion(leads: LeadColumns, mine: Bools) -> Conversion:
    return conversion(leads.won[mine], leads.days[mine], leads.cost[mine])


def _method_of(scope: Scope, leads: LeadColumns, methods: _Methods) -> Ints:
    """The method of each of `shop.past.ids`, 0 where nobody noted one."""
    ids = scope.shop.past.ids
    if not ids.size:
        return np.zeros(0, np.int64)
    with columns_of(scope.book).reading(scope.progress) as columns:
        source = columns.coded("c.source")
        at = np.searchsorted(columns.ids, ids)
        at = np.minimum(at, max(len(columns.ids) - 1, 0))
        # Somebody may have been erased since the trade was read.
        known = columns.ids[at] == ids
        said = np.where(known, source.codes[at].astype(np.int64), 0)
        times = np.bincount(said, minlength=len(source.words))
        table = np.array(
            [methods.code(word, int(n)) if n else 0 for word, n in zip(source.words, times, strict=False)],
            np.int64,
        )
    method = np.where(known, table[said], 0)
    # The first lead's stays, as it is written last.
    won = np.flatnonzero(leads.won & (leads.customer > 0))[::-1]
    place = np.minimum(np.searchsorted(ids, leads.customer[won]), ids.size - 1)
    there = ids[place] == leads.customer[won]
    by_lead = np.zeros(ids.size, np.int64)
    by_lead[place[there]] = leads.method[won[there]]
    return np.where(method > 0, method, by_lead)
