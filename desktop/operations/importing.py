"""Writes an import plan into the book: one step to undo, however large; cancelled or broken off, nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from peewee import Model

from desktop.core.days import now
from desktop.core.progress import SILENT, Progress
from desktop.core.text import normalise_account
from desktop.core.translation import mark, tr
from desktop.exchange.comparing import Comparison, compare
from desktop.exchange.plan import ImportPlan
from desktop.exchange.records import Person
from desktop.exchange.values import Point
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.customers import ContactPoint, Customer, CustomerTag, Tag
from desktop.models.history import Step
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.shop import CustomField, ImportRun, Staff
from desktop.queries import known

_BATCH = 20_000
_FACTS = (
    "kind", "relation", "gender", "birthday", "region", "source", "likes", "dislikes", "expectations",
    "family", "notes",
)  # fmt: skip
_DEFAULTS = {"kind": "individual", "relation": "active"}


def import_plan(book: Book, plan: ImportPlan, *, progress: Progress = SILENT) -> Changes:
    """Writes what is new in a plan, compared once more with the book as it is now.

    Falsy Changes when everything was there already. Raises Cancelled (nothing is written) and UserError.
    """
    with book.step(mark("Import {file}"), file=plan.file_name) as step:
        found = compare(book, plan.records)
        if found.new_orders or found.identities.new or found.identities.added:
            _Writing(book, step, plan, found, progress).run()
    return step.changes


class _Writing:
    """One import being written: ids are given out beforehand, so that rows can name each other."""

    def __init__(
        self, book: Book, step: Step, plan: ImportPlan, found: Comparison, progress: Progress
    ) -> None:
        self.book = book
        self.step = step
        self.plan = plan
        self.records = plan.records
        self.found = found
        self.progress = progress
        self.done = 0
        self.total = len(found.identities.new) + len(found.new_orders) + plan.lines
        self.at = now()
        self.run_id = 0

    def run(self) -> None:
        """Writes everything."""
        plan = self.plan
        mapping = {column.header: column.field for column in plan.mapping.columns if column.field}
        self.run_id = self.step.insert(
            ImportRun,
            at=self.at,
            file_name=plan.file_name,
            file_hash=plan.table.hash,
            target=plan.target,
            layout=plan.mapping.layout,
            mapping=json.dumps(mapping, ensure_ascii=False),
            counts=json.dumps({**plan.counts(), "problems": len(plan.problems)}, ensure_ascii=False),
        )
        first = self._next_id(Customer)
        self._write_customers(first)
        self._write_points(first)
        if self.found.new_orders:
            self._write_orders(first)

    def _next_id(self, model: type[Model]) -> int:
        table = model._meta.table_name
        return 1 + int(self.book.value(f'SELECT coalesce(max(id), 0) FROM "{table}"'))

    def _many(
        self, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], what: str = ""
    ) -> None:
        """Adds rows in batches, saying how far it is in between, where `what` says of what."""
        stream = iter(rows)
        while batch := list(islice(stream, _BATCH)):
            self.step.insert_many(model, columns, iter(batch))
            if what:
                self.done += len(batch)
                self.progress.report(self.done, self.total, what)
            else:
                self.progress.check()

    # --- customers

    def _write_customers(self, first: int) -> None:
        new = self.found.identities.new
        since = self._first_orders(len(new))
        columns = ("id", "name", *_FACTS, "custom", "created_at", "import_run_id")

        def rows() -> Iterable[Sequence[Any]]:
            for at, person in enumerate(new):
                facts = person.facts
                custom = json.dumps(person.custom, ensure_ascii=False) if person.custom else "{}"
                yield (
                    first + at,
                    person.name or (person.points[0].value if person.points else ""),
                    *(facts.get(fact, _DEFAULTS.get(fact, "")) for fact in _FACTS),
                    custom,
                    facts.get("created_at") or since[at] or self.at,
                    self.run_id,
                )

        self._many(Customer, columns, rows(), tr("Writing customers…"))
        self._write_tags(first, new)
        self._write_custom_fields(new)

    def _first_orders(self, count: int) -> list[str]:
        """When each new customer bought first, as far as this file knows."""
        since = [""] * count
        orders, customer = self.records.orders, self.found.identities.customer
        for at in self.found.new_orders:
            person = orders.person[at]
            if person >= 0 and customer[person] < 0:
                place = -1 - customer[person]
                if not since[place] or orders.placed_at[at] < since[place]:
                    since[place] = orders.placed_at[at]
        return since

    def _write_points(self, first: int) -> None:
        country = str(self.book.setting("shop.country"))

        def rows() -> Iterable[Sequence[Any]]:
            for at, person in enumerate(self.found.identities.new):
                kinds: set[str] = set()
                points = [*person.points, *_address(person, country)]
                for point in points:
                    yield (first + at, *_written(point), point.kind not in kinds)
                    kinds.add(point.kind)
            for customer, point in self.found.identities.added:
                yield (customer, *_written(point), False)

        self._many(ContactPoint, ("customer_id", "kind", "channel", "value", "norm", "main"), rows())

    def _write_tags(self, first: int, new: Sequence[Person]) -> None:
        wanted = dict.fromkeys(tag for person in new for tag in person.tags)
        if not wanted:
            return
        ids = known.tags(self.book)
        for tag in wanted:
            if tag not in ids:
                ids[tag] = self.step.insert(Tag, name=tag)
        pairs = ((first + at, ids[tag]) for at, person in enumerate(new) for tag in person.tags)
        self._many(CustomerTag, ("customer_id", "tag_id"), pairs)

    def _write_custom_fields(self, new: Sequence[Person]) -> None:
        wanted = dict.fromkeys(name for person in new for name in person.custom)
        if wanted:
            there = known.custom_fields(self.book)
            missing = [name for name in wanted if name not in there]
            rows = ((name, len(there) + at) for at, name in enumerate(missing))
            self._many(CustomField, ("name", "position"), rows)

    # --- orders

    def _write_orders(self, first_customer: int) -> None:
        orders = self.records.orders
        staff = self._staff()
        first = self._next_id(Order)
        customer = [
            given if given > 0 else first_customer - 1 - given if given < 0 else None
            for given in self.found.identities.customer
        ]
        columns = (
            "id", "number", "channel", "customer_id", "status", "placed_at", "paid_at", "ended_at", "total",
            "paid", "refunded", "ship_to", "staff_id", "note", "import_run_id",
        )  # fmt: skip

        def rows() -> Iterable[Sequence[Any]]:
            for place, at in enumerate(self.found.new_orders):
                person = orders.person[at]
                yield (
                    first + place, orders.number[at], orders.channel[at],
                    customer[person] if person >= 0 else None, orders.status[at],
                    orders.placed_at[at], orders.paid_at[at], orders.ended_at[at],
                    orders.total[at], orders.paid[at], orders.refunded[at], orders.ship_to[at],
                    staff.get(orders.staff[at]), orders.note[at], self.run_id,
                )  # fmt: skip

        self._many(Order, columns, rows(), tr("Writing orders…"))
        self._write_lines(first)

    def _staff(self) -> dict[str, int]:
        ids = known.staff(self.book)
        staff = self.records.orders.staff
        for name in dict.fromkeys(staff[at] for at in self.found.new_orders):
            if name and name not in ids:
                ids[name] = self.step.insert(Staff, name=name)
        return ids

    def _write_lines(self, first_order: int) -> None:
        import numpy as np

        lines = self.records.lines
        if lines is None or not len(lines):
            return
        place = np.full(len(self.records.orders), -1, np.int64)
        place[self.found.new_orders] = np.arange(len(self.found.new_orders))
        keep = np.nonzero(place[lines.order] >= 0)[0]
        products, names = self._products(np.unique(lines.product[keep]).tolist())
        first = self._next_id(OrderLine)
        columns = ("id", "order_id", "position", "product_id", "title", "quantity", "unit_price", "amount")
        for start in range(0, len(keep), _BATCH):
            rows = keep[start : start + _BATCH]
            product = [products.get(at) for at in lines.product[rows].tolist()]
            titles = [lines.titles[at] for at in lines.title[rows].tolist()]
            self.step.insert_many(
                OrderLine,
                columns,
                zip(
                    range(first + start, first + start + len(rows)),
                    (first_order + place[lines.order[rows]]).tolist(),
                    lines.position[rows].tolist(),
                    product,
                    # A line is called as its product is, unless the file said otherwise.
                    ["" if names.get(p) == t else t for p, t in zip(product, titles, strict=True)],
                    lines.quantity[rows].tolist(),
                    lines.unit_price[rows].tolist(),
                    lines.amount[rows].tolist(),
                    strict=True,
                ),
            )
            self.done += len(rows)
            self.progress.report(self.done, self.total, tr("Writing order lines…"))

    def _products(self, wanted: Sequence[int]) -> tuple[dict[int, int], dict[int | None, str]]:
        """For each product of the file its id, new ones written; and every product's name by its id."""
        by_code, by_name, there = known.products(self.book)
        names: dict[int | None, str] = dict(there.items())
        ids: dict[int, int] = {}
        following = self._next_id(Product)
        new: list[tuple[int, str | None, str]] = []
        for at in wanted:
            if at < 0:
                continue
            code, name = self.records.products[at]
            found = by_code.get(code) if code else by_name.get(name)
            if found is None:
                found = following + len(new)
                new.append((found, code or None, name or code))
                names[found] = name or code
            ids[at] = found
        self._many(Product, ("id", "code", "name"), new)
        return ids, names


def _written(point: Point) -> tuple[str, str, str, str]:
    return point.kind, point.channel, point.value, point.norm


def _address(person: Person, country: str) -> list[Point]:
    norm = normalise_account("address", person.address, country) if person.address else None
    return [Point("address", "", person.address, norm)] if norm else []
