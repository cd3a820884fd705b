"""The sample shop's service: touches at every stage, after-sale cases, ratings and things to do."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.core.days import from_iso, iso
from desktop.core.rating_reasons import CASE, COMPLAINT, PURCHASE, built_in, join
from desktop.operations.demo.sales import Sale
from desktop.operations.demo.stock import Stock

TALK_COLUMNS = (
    "customer_id", "order_id", "stage", "channel", "happened_at", "minutes", "title", "text", "pinned",
    "gave", "staff_id",
)  # fmt: skip
CASE_COLUMNS = (
    "id", "number", "customer_id", "order_id", "kind", "status", "place", "opened_at", "closed_at", "title",
    "text",
    "reason", "due_at", "outcome", "cost", "refunded", "answered_at", "waiting_since", "waited_minutes",
    "staff_id",
)  # fmt: skip
CASE_STEP_COLUMNS = ("case_id", "position", "title", "due_at", "done_at", "staff_id", "note")
RATING_COLUMNS = (
    "customer_id", "order_id", "complaint_id", "channel", "asked_at", "rated_at", "ended_at", "expected",
    "perceived",
    "effort", "recommend", "reasons", "text", "public",
)  # fmt: skip
CASE_RATING_COLUMNS = (
    "customer_id", "order_id", "case_id", "channel", "asked_at", "rated_at", "ended_at", "expected",
    "perceived", "effort", "recommend", "reasons", "text",
)  # fmt: skip
EXPECTED_COLUMNS = ("customer_id", "order_id", "channel", "ended_at", "expected", "expected_at")
TASK_COLUMNS = (
    "title", "customer_id", "complaint_id", "due_day", "due_minute", "remind_at", "repeat", "origin", "note",
    "created_at", "done_at", "staff_id",
)  # fmt: skip

# Why cases of a kind are opened, the days they may take, and what they come to.
_REASONS = {
    "return": ("quality", "mind", "mind", "damaged", "wrong"), "exchange": ("damaged", "wrong", "fit"),
    "repair": ("quality", "damaged"), "warranty": ("quality",),
}  # fmt: skip
_DAYS = {"return": 7, "exchange": 7, "repair": 14, "warranty": 21}
_OUTCOMES = {"return": "refunded", "exchange": "replaced", "repair": "repaired", "warranty": "repaired"}
# Days ago that the cases were opened which are going on now.
_GOING_ON = (1, 3, 5, 9)
_STAGES = ("pre-sale", "in-sale", "after-sale")
_TALK_CHANNELS = {"taobao": "taobao", "jd": "jd", "douyin": "douyin", "phone": "phone", "wechat": "wechat"}


@dataclass
class Service:
    """Makes the rows of service around the orders it is given."""

    stock: Stock
    seed: int
    today: date
    staff: list[int]

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed + 2)
        # Nothing in the sample happened later than this: today is still young.
        self._latest = datetime(self.today.year, self.today.month, self.today.day, 9, 55)

    def talks(self, sales: list[Sale], prospects: list[tuple[int, str]]) -> Iterator[tuple[Any, ...]]:
        """Interactions: some before, during and after the orders, and with those who only ask."""
        dice = self._dice
        for sale in sales:
            placed = from_iso(sale.placed_at)
            for stage, chance, hours in zip(_STAGES, (0.06, 0.07, 0.07), (-30, 4, 130), strict=True):
                if dice.random() < chance:
                    when = placed + timedelta(hours=hours * (0.4 + dice.random()))
                    yield from self._talk(stage, sale.customer, sale.id, sale.channel, when)
        for customer, created in prospects:
            yield from self._talk(
                "pre-sale", customer, None, "wechat", from_iso(created) + timedelta(minutes=10)
            )

    def _talk(
        self, stage: str, customer: int, order: int | None, channel: str, when: datetime
    ) -> Iterator[tuple[Any, ...]]:
        dice = self._dice
        when = _daytime(when)
        if when > self._latest:
            return
        title, text = dice.choice(self.stock.talks[stage])
        parcel = f"SF{dice.randrange(1000, 9999)} 0000 {dice.randrange(1000, 9999)}"
        yield (
            customer, order if stage != "pre-sale" else None, stage,
            _TALK_CHANNELS.get(channel, dice.choice(("wechat", "phone", "shop"))),
            iso(when), dice.randrange(1, 25), title.format(parcel=parcel), text,
            int(dice.random() < 0.01),
            dice.choice(("suggestion", "interview")) if dice.random() < 0.02 else "", dice.choice(self.staff),
        )  # fmt: skip

    def cases(self, sales: list[Sale], first_id: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """After-sale cases with their steps; the newest few are still open."""
        dice = self._dice
        likely = {"returned": 0.6, "completed": 0.006, "shipped": 0.01}
        chosen = [sale for sale in sales if dice.random() < likely.get(sale.status, 0)]
        cases: list[tuple[Any, ...]] = []
        steps: list[tuple[Any, ...]] = []
        numbers: dict[int, int] = {}
        for at, sale in enumerate(chosen):
            kind = (
                "return"
                if sale.status == "returned"
                else dice.choice(("exchange", "exchange", "repair", "warranty"))
            )
            title, text, names = self.stock.words["cases"][kind]
            opened = from_iso(sale.ended_at or sale.placed_at) + timedelta(hours=dice.randrange(2, 60))
            opened = min(_daytime(opened), self._latest - timedelta(minutes=20))
            fresh = at >= len(chosen) - len(_GOING_ON)
            if fresh:
                opened = self._latest - timedelta(days=_GOING_ON[len(chosen) - at - 1], minutes=20)
            done = dice.randrange(1, len(names)) if fresh else len(names)
            status = (
                ("open", "waiting", "open", "open")[at % 4]
                if fresh
                else "done"
                if dice.random() < 0.95
                else "cancelled"
            )
            row, clerk = first_id + at, dice.choice(self.staff)
            when = opened
            for position, name in enumerate(names):
                when = min(_daytime(when + timedelta(hours=dice.randrange(1, 40))), self._latest)
                due = iso(opened + timedelta(days=position + 1))
                steps.append((row, position, name, due, iso(when) if position < done else None, clerk, ""))
            numbers[opened.year] = numbers.get(opened.year, 0) + 1
            cases.append((
                row, f"S-{opened.year}-{numbers[opened.year]:04d}", sale.customer, sale.id, kind, status,
                self.stock.words["cases"]["place"], iso(opened), None if fresh else iso(when), title, text,
                *self._course(sale, kind, status, opened), clerk,
            ))  # fmt: skip
        return cases, steps

    def _course(self, sale: Sale, kind: str, status: str, opened: datetime) -> tuple[Any, ...]:
        """(reason, deadline, outcome, cost, given back, first word, waiting since, minutes waited)."""
        dice = self._dice
        reason = dice.choice(_REASONS[kind])
        answered = min(opened + timedelta(minutes=dice.randrange(5, 400)), self._latest)
        done = status == "done"
        outcome = "none" if status == "cancelled" else _OUTCOMES[kind] if done else ""
        return (
            reason, iso(opened + timedelta(days=_DAYS[kind])), outcome,
            dice.choice((0, 0, 800, 1200, 3500)) if done else 0,
            sale.paid if done and kind == "return" else 0, iso(answered),
            iso(answered) if status == "waiting" else None, dice.choice((0, 0, 0, 1440)),
        )  # fmt: skip

    def ratings(self, sales: list[Sale], troubled: set[int]) -> Iterator[tuple[Any, ...]]:
        """Ratings asked after orders: better year by year, worse with a complaint, some unanswered."""
        dice = self._dice
        end = self.today.toordinal()
        for sale in sales:
            if sale.status != "completed" or sale.ended_at is None or dice.random() > 0.3:
                continue
            year = 1 - (end - sale.day) / 1095
            ended = from_iso(sale.ended_at)
            asked = ended + timedelta(hours=20)
            rated = asked + timedelta(hours=dice.randrange(1, 60), minutes=dice.randrange(60))
            if asked > self._latest:
                continue
            answered = dice.random() < 0.58 and rated <= self._latest
            level = 3.95 + 0.5 * year - (1.9 if sale.id in troubled else 0)
            scores = self._scores(level) if answered else (None,) * 4
            reasons, text = self._said(scores[1]) if answered and scores[1] is not None else ("", "")
            yield (
                sale.customer, sale.id, None, sale.channel, iso(asked), iso(rated) if answered else None,
                iso(ended),
                *scores, reasons, text, self._public(scores[3], text),
            )  # fmt: skip

    def after(self, settled: list[tuple[int, int, int, str, str]]) -> Iterator[tuple[Any, ...]]:
        """Ratings asked after complaints: (complaint, customer, order, channel, when settled)."""
        dice = self._dice
        for complaint, customer, order, channel, when in settled:
            asked = from_iso(when) + timedelta(hours=26)
            rated = asked + timedelta(hours=5, minutes=dice.randrange(60))
            if asked > self._latest:
                continue
            answered = dice.random() < 0.7 and rated <= self._latest
            scores = self._scores(dice.choice((2.4, 3.6, 4.2, 4.6))) if answered else (None,) * 4
            reasons, text = (
                self._said(scores[1], COMPLAINT) if answered and scores[1] is not None else ("", "")
            )
            yield (
                customer, order, complaint, channel, iso(asked),
                iso(rated) if answered else None, when,
                *scores, reasons, text, 0,
            )  # fmt: skip

    def _public(self, recommend: int | None, text: str) -> int:
        """Whether a rating was written where all can read it."""
        return int(bool(text) and (recommend or 0) >= 9 and self._dice.random() < 0.3)

    def after_cases(self, cases: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Ratings asked after cases that came to something, of rows as `cases` makes them."""
        dice = self._dice
        for case, _, customer, order, _, status, _, _, closed, *_ in cases:
            if status != "done" or closed is None or dice.random() > 0.6:
                continue
            asked = from_iso(closed) + timedelta(hours=2)
            rated = asked + timedelta(hours=dice.randrange(1, 40), minutes=dice.randrange(60))
            if asked > self._latest:
                continue
            answered = rated <= self._latest and dice.random() < 0.7
            scores = self._scores(4.2) if answered else (None,) * 4
            reasons, text = self._said(scores[1], CASE) if answered and scores[1] is not None else ("", "")
            yield (
                customer, order, case, "wechat", iso(asked), iso(rated) if answered else None, closed,
                *scores, reasons, text,
            )  # fmt: skip

    def expectations(self, sales: list[Sale]) -> Iterator[tuple[Any, ...]]:
        """What some told before the sale whose parcel is still under way."""
        for sale in sales:
            if sale.status in ("paid", "shipped") and self._dice.random() < 0.4:
                told = self._dice.choice((3, 4, 4, 5))
                yield sale.customer, sale.id, sale.channel, sale.placed_at, told, sale.placed_at

    def _scores(self, level: float) -> tuple[int | None, int | None, int | None, int | None]:
        """(expected, perceived, effort, recommend) around a level of satisfaction; some fields left out."""
        dice = self._dice
        perceived = max(1, min(5, round(dice.gauss(level, 0.75))))
        expected = max(2, min(5, round(dice.gauss(4.15, 0.6)))) if dice.random() < 0.85 else None
        effort = max(1, min(7, round(dice.gauss(1.2 + perceived, 0.9)))) if dice.random() < 0.6 else None
        recommend = (
            max(0, min(10, round(dice.gauss(perceived * 2 + 0.1, 1.3)))) if dice.random() < 0.75 else None
        )
        return expected, perceived, effort, recommend

    def _said(self, perceived: int, kind: str = PURCHASE) -> tuple[str, str]:
        dice, words = self._dice, self.stock.words["ratings"]
        tone = "good" if perceived >= 4 else "fair" if perceived == 3 else "bad"
        text = dice.choice(words[tone]) if dice.random() < 0.45 else ""
        some = dice.sample(built_in(perceived, kind), dice.choice((1, 1, 2)))
        return (join(some) if dice.random() < 0.5 else ""), text

    def tasks(self, customers: list[int], complaints: list[int]) -> Iterator[tuple[Any, ...]]:
        """Things to do: some overdue, some today, some coming, and many done."""
        dice, end = self._dice, self.today.toordinal()
        chances = {"overdue": (3, -9, -1), "today": (5, 0, 0), "coming": (8, 1, 14), "done": (60, -700, -2)}
        for group, (count, low, high) in chances.items():
            for at in range(count):
                titles = self.stock.words["tasks"][group]
                due = end + dice.randint(low, high)
                created = f"{date.fromordinal(due - dice.randrange(3, 20)).isoformat()} 10:00:00"
                created = min(created, iso(self._latest))
                done = f"{date.fromordinal(due).isoformat()} 15:30:00" if group == "done" else None
                complaint = complaints[at] if group == "today" and at < min(1, len(complaints)) else None
                # Some of what is to come is to be done at a time, and rings then.
                minute = (11 * 60, 15 * 60 + 30, None)[at % 3] if group in ("today", "coming") else None
                rings = datetime.combine(date.fromordinal(due), time()) + timedelta(minutes=minute or 0)
                yield (
                    titles[at % len(titles)], dice.choice(customers), complaint, due, minute,
                    iso(rings) if minute is not None else None,
                    "yearly" if group == "coming" and at == 0 else "", "rule" if at % 4 == 3 else "person",
                    "",
                    created, done, dice.choice(self.staff),
                )  # fmt: skip


def _daytime(when: datetime) -> datetime:
    """The same day between nine and nine, for people write and call by day."""
    return when.replace(hour=9 + when.hour % 12)
