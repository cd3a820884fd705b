"""An import being written: what every subject's writer needs, ids given out beforehand among it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import islice
from typing import Any

from peewee import Model

from desktop.core.days import now
from desktop.core.progress import Progress
from desktop.exchange.comparing.compare import Comparison
from desktop.exchange.comparing.modes import Key
from desktop.exchange.plan import ImportPlan
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.history import Step
from desktop.models.orders import Product
from desktop.models.shop import Staff
from desktop.queries import known

BATCH = 20_000


class Writing:
    """One import in its step. Ids are given out beforehand, so that rows can name each other."""

    def __init__(
        self,
        book: Book,
        step: Step,
        plan: ImportPlan,
        found: Comparison,
        accepted: Container[Key],
        progress: Progress,
    ) -> None:
        self.book, self.step, self.plan, self.found, self.progress = book, step, plan, found, progress
        self.records = plan.records
        self.accepted = accepted
        """In mode ask, the differences that the owner takes from the file."""
        self.at = now()
        self.run_id = 0
        self.done = 0
        self.total = (
            len(found.identities.new)
            + len(found.new_orders)
            + max(found.lines, len(found.entries.new))
            + found.updates.customers
            + found.updates.orders
            + found.updates.entries
        )
        self.first_customer = self.next_id(Customer)
        self._staff: dict[str, int] | None = None

    def next_id(self, model: type[Model]) -> int:
        """The id that the next row of a table gets."""
        table = model._meta.table_name
        return 1 + int(self.book.value(f'SELECT coalesce(max(id), 0) FROM "{table}"'))

    def many(
        self, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], what: str = ""
    ) -> None:
        """Adds rows in batches, saying how far it is in between, where `what` says of what."""
        stream = iter(rows)
        while batch := list(islice(stream, BATCH)):
            self.step.insert_many(model, columns, iter(batch))
            self.tell(len(batch) if what else 0, what)

    def tell(self, rows: int, what: str) -> None:
        """Says that so many rows more are written. Raises Cancelled."""
        self.done += rows
        if what:
            self.progress.report(self.done, self.total, what)
        else:
            self.progress.check()

    def id_of(self, customer: int) -> int | None:
        """The id of a customer as Identities count them; None for nobody."""
        return customer if customer > 0 else self.first_customer - 1 - customer if customer < 0 else None

    def customer_of(self, person: int) -> int | None:
        """The customer whom a place in the records' people stands for, new ones too."""
        return self.id_of(self.found.identities.customer[person]) if person >= 0 else None

    def staff_ids(self, names: Iterable[str]) -> dict[str, int]:
        """Name → clerk; those that the book lacks are made."""
        if self._staff is None:
            self._staff = known.staff(self.book)
        for name in dict.fromkeys(names):
            if name and name not in self._staff:
                self._staff[name] = self.step.insert(Staff, name=name)
        return self._staff

    def products(self, wanted: Sequence[int]) -> tuple[dict[int, int], dict[int | None, str]]:
        """For each product of the file its id, new ones written; and every product's name by its id.

        A product that the book has by its name alone takes the code that the file gives for the name.
        """
        by_code, by_name, there = known.products(self.book)
        names: dict[int | None, str] = dict(there.items())
        called = Counter(there.values())
        only = {name: product for product, name in there.items() if called[name] == 1}
        ids: dict[int, int] = {}
        following = self.next_id(Product)
        new: list[tuple[int, str | None, str, int]] = []
        for at in wanted:
            if at < 0:
                continue
            code, name = self.records.products[at]
            found = by_code.get(code) if code else by_name.get(name) or only.get(name)
            if found is None and (found := by_name.pop(name, None) if name else None) is not None:
                self.step.update(Product, found, code=code)
            if found is None:
                found = following + len(new)
                new.append((found, code or None, name or code, self.run_id))
                names[found] = name or code
            ids[at] = found
        self.many(Product, ("id", "code", "name", "import_run_id"), new)
        return ids, names
