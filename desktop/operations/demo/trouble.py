"""The sample shop's complaints on all their ways, with steps, promises and remedies; five are open now."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.core.complaint_subjects import is_built_in
from desktop.core.days import from_iso, iso
from desktop.operations.demo.sales import Sale
from desktop.operations.demo.stock import Stock

COLUMNS = (
    "id", "number", "customer_id", "order_id", "product_id", "channel", "received_at", "title", "text",
    "wants",
    "nature", "subject", "mood", "severity", "status", "reply_due_at", "settle_due_at", "replied_at",
    "settled_at",
    "closed_at", "rejected_because", "reopened", "staff_id", "detail", "cause", "prevention", "settlement",
    "waiting_since",
)  # fmt: skip
STEP_COLUMNS = ("complaint_id", "at", "kind", "text", "staff_id")
PROMISE_COLUMNS = (
    "complaint_id",
    "customer_id",
    "text",
    "made_at",
    "due_at",
    "outcome",
    "ended_at",
    "staff_id",
)
REMEDY_COLUMNS = ("complaint_id", "kind", "cost", "text", "given_at", "state", "staff_id")
SUBJECT_COLUMNS = ("subject", "title", "position")
LINK_COLUMNS = ("complaint_id", "linked_id", "kind")

# Working hours to the first reply and to settlement (DOMAIN.md's defaults).
DEADLINES = {"urgent": (0.5, 2.0), "high": (1.0, 4.0), "medium": (8.0, 24.0), "low": (24.0, 72.0)}
# Packs hold a text so often; what is urgent is rare.
_OFTEN = {"urgent": 1, "high": 2}
_OPENS, _CLOSES = time(9), time(21)
_WAITING = "assessed"
_ROAD = ("received", "acknowledged", "assessed", "investigating", "offered", "settled", "closed")

_Shape = tuple[str, int, time, str, int]
# Those open now: (status reached, days ago and time received, severity, which of the texts).
_OPEN: tuple[_Shape, ...] = (
    ("received", 1, time(20, 20), "medium", 0),
    ("assessed", 3, time(16, 5), "low", 5),
    ("investigating", 1, time(11, 30), "medium", 3),
    ("offered", 2, time(14, 40), "medium", 7),
    ("acknowledged", 0, time(9, 12), "low", 8),
)


@dataclass
class Trouble:
    """Complaint rows, filled by `fill`; `settled` and `open` tell the other parts what stands."""

    stock: Stock
    seed: int
    today: date
    staff: list[int]
    first_id: int
    complaints: list[tuple[Any, ...]] = field(default_factory=list)
    steps: list[tuple[Any, ...]] = field(default_factory=list)
    promises: list[tuple[Any, ...]] = field(default_factory=list)
    remedies: list[tuple[Any, ...]] = field(default_factory=list)
    settled: list[tuple[int, int, int, str, str]] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    orders: set[int] = field(default_factory=set)
    links: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed + 3)
        self._latest = datetime.combine(self.today, time(9, 55))
        self._numbers: dict[int, int] = {}
        self._pack: list[dict[str, str]] = []
        self._causes: dict[str, int] = {}

    def fill(self, sales: list[Sale]) -> None:
        """Chooses the orders that went wrong and writes down what came of each."""
        dice, end = self._dice, self.today.toordinal()
        latest = {sale.customer: sale.id for sale in sales}
        past = [
            sale
            for sale in sales
            # Whoever never came again had a reason more often than the others.
            if sale.ended_at and end - sale.day > 9
            and dice.random() < (0.03 if latest[sale.customer] == sale.id and end - sale.day > 120 else 0.008)
        ]  # fmt: skip
        cases: list[tuple[datetime, Sale, _Shape | None]] = [
            (_received(sale, dice), sale, None) for sale in past
        ]
        fresh = [
            sale for sale in sales if 3 < end - sale.day < 25 and sale.status in ("completed", "shipped")
        ]
        names: set[int] = set()
        for shape in _OPEN:
            sale = next((sale for sale in reversed(fresh) if sale.customer not in names), None)
            if sale is not None:
                names.add(sale.customer)
                when = datetime.combine(self.today - timedelta(days=shape[1]), shape[2])
                cases.append((when, sale, shape))
        for row, case in enumerate(sorted(cases, key=lambda case: case[0]), self.first_id):
            self._complaint(row, *case)

    def _complaint(self, row: int, received: datetime, sale: Sale, shape: _Shape | None) -> None:
        dice = self._dice
        texts = self.stock.words["complaints"]
        said = texts[shape[4]] if shape else self._next_text()
        severity = shape[3] if shape else said["severity"]
        reply, settle = (_after(received, hours) for hours in DEADLINES[severity])
        clerk = dice.choice(self.staff)
        status = shape[0] if shape else self._ending(received)
        moments = self._moments(received, severity, fresh=shape is not None)
        reached = 4 if status == "rejected" else _ROAD.index(status)
        replied = moments[1] if reached >= 1 else None
        settled = moments[5] if status in ("settled", "closed") else None
        closed = moments[6] if status in ("closed", "rejected") else None
        reopened = int(settled is not None and dice.random() < 0.07)
        words = self.stock.words["steps"]
        self._numbers[received.year] = self._numbers.get(received.year, 0) + 1
        self.complaints.append((
            row, f"C-{received.year}-{self._numbers[received.year]:04d}", sale.customer, sale.id,
            sale.product,
            "wechat" if sale.channel == "shop" else sale.channel, iso(received), said["title"], said["text"],
            said["wants"], said.get("nature", "valid"), said["subject"], said["mood"], severity, status,
            iso(reply),
            iso(settle), _iso(replied), _iso(settled), _iso(closed),
            words["rejected_because"] if status == "rejected" else "", reopened, clerk, said["detail"],
            said["cause"] if reached >= 4 else "", said["prevention"] if settled else "",
            said["given"] if settled else "", iso(self._latest) if shape and shape[0] == _WAITING else None,
        ))  # fmt: skip
        self._link(row, said)
        self.orders.add(sale.id)
        if status not in ("settled", "closed", "rejected"):
            self.open.append(row)
        if settled:
            self.settled.append((row, sale.customer, sale.id, sale.channel, iso(settled)))
        self._walk(row, status, moments, said, clerk)
        if reopened:
            self.steps.append(
                (row, iso(moments[5] - timedelta(minutes=90)), "reopened", words["reopened"], clerk)
            )
        if said["promise"] and reached >= 4 and status != "rejected":
            self._promise(row, sale, moments, said, clerk)
        if settled or status == "offered":
            cost = {"apology": 0, "gift": 2800, "coupon": 3000, "refund": sale.paid}.get(said["remedy"], 6800)
            cost = min(cost, sale.paid) if said["remedy"] != "apology" else 0
            given = settled or moments[4]
            state = "given" if settled else "offered"
            self.remedies.append((row, said["remedy"], cost, said["given"], iso(given), state, clerk))
        if shape and shape[0] == _WAITING:
            self.steps.append((row, iso(self._latest), "waiting", "", clerk))

    def subjects(self) -> list[tuple[Any, ...]]:
        """What the shop itself calls things below the seven subjects."""
        said = {(one["subject"], one["detail"]) for one in self.stock.words["complaints"] if one["detail"]}
        own = sorted(pair for pair in said if not is_built_in(*pair))
        return [(subject, title, place) for place, (subject, title) in enumerate(own)]

    def _link(self, row: int, said: dict[str, str]) -> None:
        """Ties a complaint to the one before it of the same cause, where the shop saw through it."""
        before = self._causes.get(said["cause"])
        if before is not None and said["severity"] == "high":
            self.links.append((before, row, "cause"))
        self._causes[said["cause"]] = row

    def _next_text(self) -> dict[str, str]:
        """The next text of a shuffled pack, so that the same trouble seldom comes twice running."""
        if not self._pack:
            self._pack = [
                said
                for said in self.stock.words["complaints"]
                for _ in range(_OFTEN.get(said["severity"], 3))
            ]
            self._dice.shuffle(self._pack)
        return self._pack.pop()

    def _walk(self, row: int, status: str, moments: list[datetime], said: dict[str, str], clerk: int) -> None:
        words = self.stock.words["steps"]
        texts = {
            "received": said["text"], "acknowledged": words["reply"], "assessed": "",
            "investigating": said["found"],
            "offered": words["offered"].format(given=said["given"]), "settled": words["settled"],
            "closed": words["closed"],
        }  # fmt: skip
        if status == "rejected":
            for kind, when in zip(_ROAD[:4], moments, strict=False):
                self.steps.append((row, iso(when), kind, texts[kind], clerk))
            self.steps.append((row, iso(moments[6]), "rejected", words["rejected"], clerk))
            return
        for kind, when in zip(_ROAD[: _ROAD.index(status) + 1], moments, strict=False):
            self.steps.append((row, iso(when), kind, texts[kind], clerk))

    def _promise(
        self, row: int, sale: Sale, moments: list[datetime], said: dict[str, str], clerk: int
    ) -> None:
        made = moments[4]
        due = _after(made, 10)
        late = self._dice.random() < 0.12
        ended = due + timedelta(hours=20) if late else due - timedelta(hours=2)
        over = ended <= self._latest and row not in self.open
        self.promises.append((
            row, sale.customer, said["promise"], iso(made), iso(due),
            ("broken" if late else "kept") if over else "",
            iso(max(ended, made)) if over else None, clerk,
        ))  # fmt: skip

    def _ending(self, received: datetime) -> str:
        fate = self._dice.random()
        if fate < 0.06:
            return "rejected"
        if (self._latest - received).days < 25:
            return "settled"
        return "closed" if fate < 0.97 else "settled"

    def _moments(self, received: datetime, severity: str, *, fresh: bool) -> list[datetime]:
        """When each stop of the road was reached; most in time, some late, none after today's beginning."""
        dice = self._dice
        reply, settle = DEADLINES[severity]
        pace = 0.25 + 0.6 * dice.random() if fresh or dice.random() < 0.85 else 1.2 + dice.random()
        hours = [
            0,
            reply * pace,
            *(reply * pace + (settle - reply) * pace * part for part in (0.15, 0.3, 0.6, 1)),
        ]
        moments = [_after(received, hour) for hour in hours]
        moments.append(moments[-1] + timedelta(days=dice.randrange(2, 9)))
        return [min(moment, self._latest).replace(microsecond=0) for moment in moments]


def _received(sale: Sale, dice: random.Random) -> datetime:
    when = from_iso(sale.ended_at or sale.placed_at) + timedelta(hours=dice.randrange(3, 90))
    return when.replace(hour=9 + when.hour % 12)


def _after(when: datetime, hours: float) -> datetime:
    """So many hours later, counting only those between nine and nine."""
    left = timedelta(hours=hours)
    while True:
        closes = datetime.combine(when.date(), _CLOSES)
        if when + left <= closes:
            return when + left
        left -= max(closes - when, timedelta())
        when = datetime.combine(when.date() + timedelta(days=1), _OPENS)


def _iso(when: datetime | None) -> str | None:
    return iso(when) if when else None
