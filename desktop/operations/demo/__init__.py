"""The sample shop: a made-up tea shop of any size, the same for the same seed and day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.settings import to_text
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import (
    Complaint,
    ComplaintLink,
    ComplaintStep,
    ComplaintSubject,
    Promise,
    Remedy,
)
from desktop.models.customers import ContactPoint, Customer, CustomerTag, Relationship, Tag
from desktop.models.history import Step
from desktop.models.leads import Lead
from desktop.models.membership import PointsEntry
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.privacy import Consent, PrivacyRequest
from desktop.models.processes import Checklist, ChecklistStep
from desktop.models.service import CaseStep, Interaction, Rating, ServiceCase, Task
from desktop.models.shipping import Shipment
from desktop.models.shop import Segment, Staff
from desktop.models.visits import Visit
from desktop.operations.demo import beside, care, people, rhythm, sales, service, trouble, twins
from desktop.operations.demo.stock import LANGUAGES, Stock, load
from desktop.queries.conditions import Condition, Group
from desktop.queries.customer_filter import CustomerFilter

SEED = 20
CHUNK = 20_000
"""Rows made before they are written: what bounds the memory a million customers take."""


def make_demo(
    book: Book,
    *,
    customers: int = 1200,
    seed: int = SEED,
    today: date,
    language: str = "zh_CN",
    progress: Progress = SILENT,
) -> Changes:
    """Fills an empty book with a tea shop of three years up to `today`, as one undoable step.

    `language` is what the shop writes: "zh_CN" or "en". Raises UserError where the book holds customers or
    orders already, or `customers` is below 1; Cancelled when `progress` says so, the book then as it was.
    """
    if customers < 1:
        raise UserError(tr("A sample shop needs at least one customer."))
    if book.row("SELECT 1 FROM customer") or book.row("SELECT 1 FROM orders"):
        raise UserError(
            tr("The sample shop needs an empty book, and this one already has customers or orders."),
            tr("Make a new book for it."),
        )
    stock = load(language if language in LANGUAGES else "en")
    with book.step(mark("Fill the sample shop")) as step:
        _Shop(book, step, stock, customers, seed, today, progress).fill()
        progress.report(1, 1, tr("Putting the book in order"))
    return step.changes


class _Shop:
    """Writes the sample into one step, part by part."""

    def __init__(
        self, book: Book, step: Step, stock: Stock, count: int, seed: int, today: date, progress: Progress
    ) -> None:
        self._book, self._step, self._stock, self._progress = book, step, stock, progress
        self._count, self._seed, self._today = count, seed, today
        self._addresses: dict[int, str] = {}
        self._channels: list[str] = []
        self._prospects: list[tuple[int, str]] = []
        self._sources: dict[int, str] = {}

    def fill(self) -> None:
        """Everything, in the order in which rows need one another."""
        self._progress.report(0, 0, tr("Planning three years of visits"))
        plan = rhythm.plan(self._seed, self._count, self._today)
        staff = self._staff()
        products = self._products()
        first = self._next(Customer)
        self._people(plan, first)
        keep = min(1.0, rhythm.LARGE / self._count)
        sold = sales.Sales(
            stock=self._stock, seed=self._seed, today=self._today, rhythm=plan, keep=keep, staff=staff,
            products=products, first_customer=first, addresses=self._addresses, channels=self._channels,
        )  # fmt: skip
        self._orders(sold, len(plan.customer))
        twins.make_twins(self._step, first, self._count)
        self._tags(plan, sold, first)
        self._service(sold, staff, plan, first)

    def _next(self, model: type[Any]) -> int:
        """The id that the next row of a table may take."""
        table = model._meta.table_name
        return 1 + int(self._book.value(f'SELECT coalesce(max(id), 0) FROM "{table}"'))

    def _many(self, model: type[Any], columns: tuple[str, ...], rows: Any) -> None:
        self._step.insert_many(model, columns, iter(rows))

    def _staff(self) -> list[int]:
        if not self._book.setting("shop.name"):
            row = ("shop.name", to_text("shop.name", self._stock.words["name"]))
            self._step.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", row)
        first = self._next(Staff)
        clerks = self._stock.words["staff"]
        self._many(Staff, ("id", "name", "role"), ((first + at, *clerk) for at, clerk in enumerate(clerks)))
        return [first + at for at in range(len(clerks))]

    def _products(self) -> list[int]:
        first = self._next(Product)
        rows = (
            (first + at, good.code, good.name, good.category, good.unit, good.price, good.warranty)
            for at, good in enumerate(self._stock.goods)
        )
        names = ("id", "code", "name", "category", "unit", "price", "warranty_months")
        self._many(Product, names, rows)
        return [first + at for at in range(len(self._stock.goods))]

    def _people(self, plan: rhythm.Rhythm, first: int) -> None:
        joined = (f"{date.fromordinal(day).isoformat()} 09:00:00" for day in plan.joined.tolist())
        made = people.People(self._stock, self._seed, self._count, self._today).make(
            joined, plan.occasions.tolist(), first
        )
        large = self._count > rhythm.LARGE
        for done, batch in _batches(made):
            self._many(Customer, people.COLUMNS, (person.customer for person in batch))
            self._many(
                ContactPoint, people.POINT_COLUMNS, (point for person in batch for point in person.points)
            )
            self._channels.extend(person.channel for person in batch)
            if not large:
                self._addresses.update((person.id, person.address) for person in batch)
                self._sources.update((person.id, str(person.customer[8])) for person in batch)
                self._prospects.extend(
                    (person.id, str(person.customer[-2]))
                    for person in batch
                    if person.customer[3] != "active"
                )
            self._progress.report(done, self._count, tr("Making customers"))

    def _orders(self, sold: sales.Sales, total: int) -> None:
        first = self._next(Order)
        for start in range(0, total, CHUNK):
            until = min(start + CHUNK, total)
            orders, lines = sold.make(first, start, until)
            self._many(Order, sales.COLUMNS, orders)
            self._many(OrderLine, sales.LINE_COLUMNS, lines)
            self._progress.report(until, total, tr("Making orders"))

    def _tags(self, plan: rhythm.Rhythm, sold: sales.Sales, first: int) -> None:
        start = self._next(Tag)
        tags = self._stock.words["tags"]
        self._many(Tag, ("id", "name", "tone"), ((start + at, *tag) for at, tag in enumerate(tags)))
        pairs = people.tag_rows(self._stock, self._seed, plan.occasions.tolist(), sold.spent, first)
        self._many(CustomerTag, people.TAG_COLUMNS, ((person, start + tag) for person, tag in pairs))
        saved = {
            "best": CustomerFilter(where=Group("and", (Condition("tags", "any", (start,)),))),
            "away": CustomerFilter(
                where=Group("and", (Condition("spend", "ge", (200_000,)), Condition("last", "older", (119,))))
            ),
        }
        names = self._stock.words["segments"]
        rows = ((names[key], view.to_json(), at) for at, (key, view) in enumerate(saved.items()))
        self._many(Segment, ("name", "condition", "position"), rows)

    def _service(self, sold: sales.Sales, staff: list[int], plan: rhythm.Rhythm, first: int) -> None:
        self._progress.report(0, 0, tr("Making service records"))
        kept = sold.kept
        made = service.Service(self._stock, self._seed, self._today, staff)
        self._many(Interaction, service.TALK_COLUMNS, made.talks(kept, self._prospects))
        cases, case_steps = made.cases(kept, self._next(ServiceCase))
        self._many(ServiceCase, service.CASE_COLUMNS, cases)
        self._many(CaseStep, service.CASE_STEP_COLUMNS, case_steps)
        wrong = trouble.Trouble(self._stock, self._seed, self._today, staff, self._next(Complaint))
        wrong.fill(kept)
        self._many(Complaint, trouble.COLUMNS, wrong.complaints)
        self._many(ComplaintStep, trouble.STEP_COLUMNS, wrong.steps)
        self._many(Promise, trouble.PROMISE_COLUMNS, wrong.promises)
        self._many(Remedy, trouble.REMEDY_COLUMNS, wrong.remedies)
        self._many(ComplaintSubject, trouble.SUBJECT_COLUMNS, wrong.subjects())
        self._many(ComplaintLink, trouble.LINK_COLUMNS, wrong.links)
        self._many(Rating, service.RATING_COLUMNS, made.ratings(kept, wrong.orders))
        self._many(Rating, service.RATING_COLUMNS, made.after(wrong.settled))
        self._many(Rating, service.CASE_RATING_COLUMNS, made.after_cases(cases))
        self._many(Rating, service.EXPECTED_COLUMNS, made.expectations(kept))
        regulars = [
            first + at for at, times in enumerate(plan.occasions[: rhythm.LARGE].tolist()) if times > 3
        ]
        self._many(Task, service.TASK_COLUMNS, made.tasks(regulars or [first], wrong.open))
        more = beside.Beside(self._stock, self._seed, self._today, staff, self._addresses)
        self._many(Shipment, beside.SHIPMENT_COLUMNS, more.shipments(kept))
        self._many(PointsEntry, beside.POINTS_COLUMNS, more.points(kept))
        self._many(Lead, beside.LEAD_COLUMNS, more.leads(self._prospects, kept, self._sources))
        self._many(Visit, beside.VISIT_COLUMNS, more.visits(kept))
        self._care(care.Care(self._seed, self._today, staff, regulars), kept)

    def _care(self, made: care.Care, kept: list[sales.Sale]) -> None:
        self._step.execute(care.ITEMS)
        self._many(ContactPoint, care.CARD_COLUMNS, made.cards())
        self._many(Relationship, care.RELATIONSHIP_COLUMNS, made.relationships())
        self._many(Consent, care.CONSENT_COLUMNS, made.consents())
        self._many(PrivacyRequest, care.REQUEST_COLUMNS, made.requests())
        lists, steps = made.checklists(self._prospects, kept, self._next(Checklist))
        self._many(Checklist, care.CHECKLIST_COLUMNS, lists)
        self._many(ChecklistStep, care.CHECKLIST_STEP_COLUMNS, steps)


def _batches(made: Iterator[people.Person]) -> Iterator[tuple[int, list[people.Person]]]:
    """(how many so far, the next batch) until there are no more."""
    done = 0
    batch: list[people.Person] = []
    for person in made:
        batch.append(person)
        if len(batch) == CHUNK:
            done += len(batch)
            yield done, batch
            batch = []
    if batch:
        yield done + len(batch), batch
