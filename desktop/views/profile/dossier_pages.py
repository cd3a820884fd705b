"""A customer's dossier on paper: its parts as rows and tables, black on white whatever the screen wears."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSizeF

from desktop.core import words
from desktop.core.dates import Day, as_date, format_day, format_when
from desktop.core.money import format_money, format_price
from desktop.core.progress import SILENT, Progress
from desktop.core.rating_reasons import reasons_said
from desktop.core.translation import language, ntr, tr
from desktop.exchange.writers.dossier_facts import facts
from desktop.exchange.writers.sheet import text_width
from desktop.queries.dossier import PARTS, Dossier, DossierOrder
from desktop.queries.tasks import TaskRow
from desktop.views.customers.words import display_name
from desktop.views.kit import theme
from desktop.views.kit.paper import (
    A4,
    HEAD,
    LETTER,
    PLAIN,
    QUIET,
    RIGHT,
    STRONG,
    Cell,
    Paper,
    Style,
    Words,
    cell,
)
from desktop.views.kit.paper_drawing import Running
from desktop.views.kit.printout import Written
from desktop.views.profile.dossier_service import ServicePages
from desktop.views.timeline.paper import write_months

_LETTER_COUNTRIES = {"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PA", "DO", "SV", "PR"}
_SHORT = 30
"""Narrow letters of a fact beside which there is room for another."""
_LONG_AMOUNT = 11
"""Signs of an amount for which there is room in a column."""
_SHOP = Style(9, bold=True, colour=theme.LIGHT.accent)
_NAME = Style(24, bold=True)


@dataclass(frozen=True)
class Shop:
    """What a dossier says of the shop: its name, its currency, and when this was printed."""

    name: str
    currency: str
    at: str


def paper_size(country: str) -> QSizeF:
    """The sheet that a country writes on."""
    return LETTER if country.upper() in _LETTER_COUNTRIES else A4


def write_dossier(found: Dossier, shop: Shop, size: QSizeF = A4, *, progress: Progress = SILENT) -> Written:
    """Lay a dossier out. Raises Cancelled."""
    paper = Paper(size, progress=progress)
    _Writer(paper, found, shop).write()
    printed = tr("Printed {when}", when=format_when(shop.at))
    running = Running(
        (shop.name, display_name(found.profile.name)),
        printed,
        lambda page, pages: tr("Page {page} of {pages}", page=page, pages=pages),
    )
    return Written(paper.pages(), size, running)


class _Writer:
    """Writes the parts of one dossier, one after the other."""

    def __init__(self, paper: Paper, found: Dossier, shop: Shop) -> None:
        self._paper = paper
        self._found = found
        self._shop = shop

    def write(self) -> None:
        """Write the head and every chosen part; the empty ones are named in a line at the end."""
        self._head()
        said = facts(self._found, self._shop.currency)
        service = ServicePages(self._paper, self._money)
        tables: Mapping[str, Callable[[], None]] = {
            "orders": self._orders,
            "complaints": lambda: service.complaints(self._found.complaints),
            "cases": lambda: service.cases(self._found.cases),
            "ratings": self._ratings,
            "tasks": self._tasks,
            "points": self._points,
            "shipments": self._shipments,
            "timeline": self._timeline,
        }
        empty = []
        for part in self._found.parts:
            if part in said:
                self._facts(part, [(fact.name, fact.value, fact.meaning) for fact in said[part]])
            elif part in tables and self._found.count(part):
                tables[part]()
            else:
                empty.append(tr(PARTS[part]))
        self._paper.end_table()
        if empty:
            nothing = tr("Nothing in the book under: {parts}.", parts=tr(", ").join(empty))
            self._paper.text(nothing, QUIET, before=18)

    def _money(self, minor: int | None) -> str:
        return "" if minor is None else format_money(minor, self._shop.currency)

    def _head(self) -> None:
        found = self._found.profile
        self._paper.row(
            cell(self._shop.name or tr("Customer dossier"), style=_SHOP),
            cell(tr("As of {day}", day=format_day(self._found.day)), style=QUIET, align=RIGHT),
            after=6,
        )
        self._paper.text(display_name(found.name), _NAME)
        tags = [
            words.name(words.CUSTOMER_KINDS, found.kind),
            words.name(words.STATES, found.state),
            *found.tags,
        ]
        self._paper.row(cell(" · ".join(tag for tag in tags if tag), style=QUIET), rule=True, after=8)

    def _facts(self, part: str, rows: Sequence[tuple[str, str, str]]) -> None:
        self._paper.section(tr(PARTS[part]))
        if any(meaning for _, _, meaning in rows):
            for name, value, meaning in rows:
                self._paper.row(
                    cell(name, 2, QUIET),
                    cell(value, 3.4, STRONG),
                    cell(meaning, 4.6, QUIET),
                    before=2,
                    after=2,
                )
            return
        short = all(text_width(value) <= _SHORT for _, value, _ in rows)
        for pair in (rows[at : at + (2 if short else 1)] for at in range(0, len(rows), 2 if short else 1)):
            cells = []
            for name, value, _ in pair:
                cells += [cell(name, 2, QUIET), cell(value, 3 if short else 8)]
            while short and len(cells) < 4:
                cells += [cell("", 2), cell("", 3)]
            self._paper.row(*cells, before=2, after=2)

    # -- orders

    def _orders(self) -> None:
        orders = self._found.orders
        net = sum(order.row.net for order in orders)
        note = ntr(
            "{n} order, {amount} net", "{n} orders, {amount} net", len(orders), amount=self._money(net)
        )
        self._paper.section(tr("Orders"), note)
        shares = (2.4, 3.6, 2.1, 2.1, 2.3, 2.3, 2.3)
        heads = (
            *(tr("Day"), tr("Order number"), tr("Channel"), tr("State")),
            *(tr("Total"), tr("Refund"), tr("Net")),
        )
        self._paper.table(*_heads(heads, shares, right=3))
        for order in orders:
            self._order(order, shares)

    def _order(self, order: DossierOrder, shares: Sequence[float]) -> None:
        row = order.row
        texts = (
            *(_day(row.placed_at), row.number, words.name(words.CHANNELS, row.channel)),
            *(words.name(words.ORDER_STATUSES, row.status), self._money(row.total)),
            *(self._money(row.refunded) if row.refunded else "", self._money(row.net)),
        )
        extra = bool(order.lines or row.note)
        # A platform's numbers have nineteen digits.
        large = max(map(len, texts[4:])) > _LONG_AMOUNT
        plain, strong = (PLAIN._replace(size=8), STRONG._replace(size=8)) if large else (PLAIN, STRONG)
        styles = (STRONG, QUIET, PLAIN, PLAIN, plain, plain, strong)
        aligned = _cells(texts, shares, right=3)
        self._paper.row(
            *(
                replace(one, paragraphs=(Words(text, style),))
                for one, text, style in zip(aligned, texts, styles, strict=True)
            ),
            rule=not extra,
            keep=extra,
            before=4,
            after=2 if extra else 4,
        )
        for place, line in enumerate(order.lines):
            last = place == len(order.lines) - 1 and not row.note
            times = tr(
                "{quantity} × {price}",
                quantity=f"{line.quantity:g}",
                price=format_price(line.unit_price, self._shop.currency),
            )
            self._paper.row(
                cell("", 0.25),
                cell(line.title, 9.1, QUIET),
                cell(times, 5.45, QUIET, RIGHT),
                cell(self._money(line.amount), 2.3, QUIET, RIGHT),
                rule=last,
                after=4 if last else 1,
            )
        if row.note:
            self._paper.row(cell("", 0.25), cell(row.note, 16.85, QUIET), rule=True, after=4)

    # -- short tables

    def _ratings(self) -> None:
        rows = self._found.ratings
        self._paper.section(tr("Ratings"), ntr("{n} rating", "{n} ratings", len(rows)))
        shares = (2.4, 1.4, 1.4, 1.4, 1.8, 6)
        heads = (
            tr("Day"),
            tr("Perceived"),
            tr("Expected"),
            tr("Effort"),
            tr("Recommend"),
            tr("What they said"),
        )
        self._paper.table(*_heads(heads, shares))
        for row in rows:
            figures = [_or_blank(value) for value in (row.perceived, row.expected, row.effort, row.recommend)]
            said = " · ".join(part for part in (reasons_said(row.reasons), row.text) if part)
            self._line((_day(row.day), *figures, said), shares)

    def _tasks(self) -> None:
        rows = self._found.tasks
        to_do = sum(row.done_at is None for row in rows)
        self._paper.section(tr("Tasks"), ntr("{n} to do", "{n} to do", to_do) if to_do else "")
        shares = (5.6, 2.2, 2.2, 1.6)
        self._paper.table(*_heads((tr("What is to do"), tr("Due"), tr("Done"), tr("Clerk")), shares))
        for row in rows:
            self._task(row, shares)

    def _task(self, row: TaskRow, shares: Sequence[float]) -> None:
        said = Cell((Words(row.title), Words(row.note, QUIET)), shares[0])
        rest = (
            _day(row.due) if row.due else "",
            _day(row.done_at) if row.done_at else "",
            row.staff,
        )
        self._paper.row(said, *_cells(rest, shares[1:]), rule=True, before=3, after=3)

    def _points(self) -> None:
        rows = self._found.points
        total = tr("{points} points now", points=f"{rows[0].balance:,}")
        self._paper.section(tr("Points"), total)
        shares = (2.4, 2.4, 5, 1.6, 1.6)
        heads = (tr("Day"), tr("Reason"), tr("Text"), tr("Points"), tr("Balance"))
        self._paper.table(*_heads(heads, shares, right=2))
        for row in rows:
            reason = words.name(words.POINTS_REASONS, row.reason)
            texts = (_day(row.at), reason, row.text, f"{row.points:+,}".replace("-", "−"), f"{row.balance:,}")
            self._line(texts, shares, right=2)

    def _shipments(self) -> None:
        rows = self._found.shipments
        self._paper.section(tr("Shipments"), ntr("{n} parcel", "{n} parcels", len(rows)))
        shares = (2.4, 3, 2, 2.4, 3.6)
        heads = (tr("Day"), tr("Carrier and number"), tr("State"), tr("Arrived at"), tr("Sent to"))
        self._paper.table(*_heads(heads, shares))
        for row in rows:
            state = words.name(words.SHIPMENT_STATUSES, row.status)
            if row.direction == "back":
                state = tr("{state} ({direction})", state=state, direction=tr("back to us"))
            texts = (
                _day(row.shipped_at),
                " ".join(part for part in (row.carrier, row.number) if part),
                state,
                _day(row.arrived_at) if row.arrived_at else "",
                row.ship_to,
            )
            self._line(texts, shares)

    def _line(self, texts: Sequence[str], shares: Sequence[float], *, right: int = 0) -> None:
        self._paper.row(*_cells(texts, shares, right=right), rule=True, before=3, after=3)

    # -- timeline

    def _timeline(self) -> None:
        entries = self._found.timeline
        self._paper.section(tr("Timeline"), ntr("{n} entry", "{n} entries", len(entries)))
        write_months(self._paper, entries, self._shop.currency)


def _heads(titles: Sequence[str], shares: Sequence[float], *, right: int = 0) -> list[Cell]:
    return _cells(titles, shares, right=right, style=HEAD)


def _cells(
    texts: Sequence[str], shares: Sequence[float], *, right: int = 0, style: Style = PLAIN
) -> list[Cell]:
    """Cells in these shares; the last `right` ones are aligned to the right."""
    first = len(texts) - right
    return [
        cell(text, share, style, RIGHT if place >= first and right else Cell.align)
        for place, (text, share) in enumerate(zip(texts, shares, strict=True))
    ]


def _day(day: Day) -> str:
    """A day in a column, where a Chinese date written out is too wide."""
    return as_date(day).isoformat() if language().startswith("zh") else format_day(day)


def _or_blank(value: int | None) -> str:
    return "" if value is None else str(value)
