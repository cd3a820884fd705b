"""What a complaint is about, on the pages of an evidence pack: the order, its parcels, cases and ratings."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core import words
from desktop.core.dates import format_when
from desktop.core.money import format_money, format_price
from desktop.core.translation import ntr, tr
from desktop.queries.evidence import Evidence, EvidenceOrder
from desktop.views.kit.paper import HEAD, PLAIN, QUIET, RIGHT, STRONG, Cell, Paper, Style, Words, cell


class OrderPages:
    """Writes the parts of an evidence pack that hang on the order; those that hold nothing are left out."""

    def __init__(self, paper: Paper, found: Evidence) -> None:
        self._paper, self._found = paper, found

    def _money(self, minor: int | None) -> str:
        return "" if minor is None else format_money(minor, self._found.currency)

    def order(self) -> None:
        """Write what was bought and paid."""
        order = self._found.order
        if order is None:
            if self._found.foreign_order:
                told = tr("The order is another customer's and is left out.")
                self._paper.text(told, QUIET, before=12)
            return
        row = order.row
        self._paper.section(tr("Order {number}", number=row.number), words.name(words.CHANNELS, row.channel))
        for pair in pairs(self._order_facts(order)):
            self._paper.row(*pair, before=2, after=2)
        if order.lines:
            self._lines(order)

    def _order_facts(self, order: EvidenceOrder) -> list[tuple[str, str]]:
        row = order.row
        return [
            (tr("State"), words.name(words.ORDER_STATUSES, row.status)),
            (tr("Placed at"), format_when(row.placed_at)),
            (tr("Paid at"), format_when(order.paid_at) if order.paid_at else ""),
            (tr("Ended at"), format_when(order.ended_at) if order.ended_at else ""),
            (tr("Total"), self._money(row.total)),
            (tr("Amount paid"), self._money(row.paid)),
            (tr("Amount refunded"), self._money(row.refunded) if row.refunded else ""),
            (tr("Shipped to"), order.ship_to),
        ]

    def _lines(self, order: EvidenceOrder) -> None:
        shares = (6, 1.4, 2.2, 2.2)
        heads(self._paper, (tr("Product"), tr("Quantity"), tr("Unit price"), tr("Amount")), shares, right=3)
        for one in order.lines:
            price = format_price(one.unit_price, self._found.currency)
            line(
                self._paper, (one.title, f"{one.quantity:g}", price, self._money(one.amount)), shares, right=3
            )

    def shipments(self) -> None:
        """Write what was sent and when it came."""
        rows = self._found.shipments
        if not rows:
            return
        self._paper.section(tr("Parcels"), ntr("{n} parcel", "{n} parcels", len(rows)))
        shares = (4, 1.6, 2.9, 2.9)
        titles = (tr("Carrier and number"), tr("State"), tr("Shipped at"), tr("Arrived at"))
        heads(self._paper, titles, shares)
        for row in rows:
            state = words.name(words.SHIPMENT_STATUSES, row.status)
            if row.direction == "back":
                state = tr("{state} ({direction})", state=state, direction=tr("back to us"))
            arrived = format_when(row.arrived_at) if row.arrived_at else ""
            carrier = " ".join(part for part in (row.carrier, row.number) if part)
            line(self._paper, (carrier, state, format_when(row.shipped_at), arrived), shares)

    def cases(self) -> None:
        """Write the service cases of the order."""
        rows = self._found.cases
        if not rows:
            return
        self._paper.section(tr("Service cases"), ntr("{n} service case", "{n} service cases", len(rows)))
        shares = (2.2, 3.6, 2.8, 2.8)
        heads(self._paper, (tr("Number"), tr("What it is about"), tr("Opened at"), tr("Outcome")), shares)
        for row in rows:
            kind = words.name(words.CASE_KINDS, row.kind)
            about = (Words(kind, STRONG), Words(row.title), Words(row.text if row.text != row.title else ""))
            outcome = words.name(words.CASE_OUTCOMES, row.outcome) if row.outcome else ""
            came = outcome or words.name(words.CASE_STATUSES, row.status)
            back = self._money(row.refunded) if row.refunded else ""
            ended = format_when(row.closed_at) if row.closed_at else ""
            self._paper.row(
                cell(row.number, shares[0]), Cell(about, shares[1]),
                cell(format_when(row.opened_at), shares[2], QUIET),
                Cell((Words(came), Words(back), Words(ended, QUIET)), shares[3]),
                rule=True, before=3, after=3,
            )  # fmt: skip

    def ratings(self) -> None:
        """Write how the customer found it."""
        rows = self._found.ratings
        if not rows:
            return
        self._paper.section(tr("Ratings"), ntr("{n} rating", "{n} ratings", len(rows)))
        shares = (2.8, 1.8, 1.3, 5.5)
        heads(self._paper, (tr("When"), tr("About"), tr("Stars"), tr("What they said")), shares)
        for row in rows:
            about = tr("The handling") if row.about == "complaint" else tr("The order")
            stars = "" if row.perceived is None else tr("{stars} of 5", stars=row.perceived)
            line(self._paper, (format_when(row.rated_at), about, stars, row.text), shares)


def heads(paper: Paper, titles: Sequence[str], shares: Sequence[float], *, right: int = 0) -> None:
    """Begin a table; the last `right` columns are aligned to the right."""
    paper.table(*_cells(titles, shares, right, HEAD))


def line(paper: Paper, texts: Sequence[str], shares: Sequence[float], *, right: int = 0) -> None:
    """Add a line to a table."""
    paper.row(*_cells(texts, shares, right), rule=True, before=3, after=3)


def _cells(texts: Sequence[str], shares: Sequence[float], right: int, style: Style = PLAIN) -> list[Cell]:
    """Cells in these shares, the last `right` of them aligned to the right."""
    first = len(texts) - right
    return [
        cell(text, share, style, RIGHT if place >= first else Cell.align)
        for place, (text, share) in enumerate(zip(texts, shares, strict=True))
    ]


def _fact(name: str, value: str) -> list[Cell]:
    return [cell(name, 2, QUIET), cell(value, 3.4)]


def pairs(facts: Sequence[tuple[str, str]]) -> list[list[Cell]]:
    """The facts that say something, two in a row."""
    said = [(name, value) for name, value in facts if value]
    rows = []
    for first in range(0, len(said), 2):
        cells = [one for name, value in said[first : first + 2] for one in _fact(name, value)]
        rows.append(cells + [cell("", 2), cell("", 3.4)] * (len(cells) == 2))
    return rows
