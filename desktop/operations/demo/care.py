"""How the sample shop cares: cards of members, friends and kin, consent, checklists."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desktop.core.days import from_iso, iso
from desktop.core.member_codes import CHANNEL, member_code
from desktop.core.service_process import BUILT_IN
from desktop.operations.demo.sales import Sale

CARD_COLUMNS = ("customer_id", "kind", "channel", "value", "norm", "main")
RELATIONSHIP_COLUMNS = ("customer_id", "related_id", "kind")
CONSENT_COLUMNS = ("customer_id", "purpose", "given", "at", "channel", "staff_id")
REQUEST_COLUMNS = ("customer_id", "name", "kind", "received_at", "due_at", "done_at", "staff_id")
CHECKLIST_COLUMNS = ("id", "stage", "customer_id", "order_id", "opened_at", "staff_id")
CHECKLIST_STEP_COLUMNS = ("checklist_id", "position", "title", "fact", "done_at", "staff_id")

ITEMS = """
INSERT INTO case_item (case_id, order_line_id, product_id, title, quantity, amount)
SELECT c.id, l.id, l.product_id, l.title, l.quantity, l.amount FROM service_case AS c
JOIN order_line AS l ON l.id = (SELECT min(id) FROM order_line WHERE order_id = c.order_id)
WHERE NOT EXISTS (SELECT 1 FROM case_item WHERE case_id = c.id)
"""
"""What the sample's cases are about: the first line of their orders."""

_KINDS = ("friend", "friend", "colleague", "spouse", "sibling", "relative")
_MONTH = 30


@dataclass
class Care:
    """Makes the rows around those who come often."""

    seed: int
    today: date
    staff: list[int]
    regulars: Sequence[int]

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed + 6)
        self._latest = datetime(self.today.year, self.today.month, self.today.day, 9, 40)

    def cards(self) -> Iterator[tuple[Any, ...]]:
        """A member's card for each of them."""
        for number, customer in enumerate(self.regulars):
            code = member_code(number)
            yield (customer, "account", CHANNEL, code, code, 0)

    def relationships(self) -> Iterator[tuple[Any, ...]]:
        """One in twelve is somebody's friend, colleague or kin; each pair once."""
        for customer in self.regulars[::12]:
            other = self._dice.choice(self.regulars)
            if other > customer:
                yield (customer, other, self._dice.choice(_KINDS))

    def consents(self) -> Iterator[tuple[Any, ...]]:
        """Most may be written to; some want no offers, and a few took their word back."""
        dice = self._dice
        for customer in self.regulars:
            at = self._latest - timedelta(days=dice.randrange(60, 600))
            channel, clerk = dice.choice(("shop", "wechat")), dice.choice(self.staff)
            yield (customer, "contact", 1, iso(at), channel, clerk)
            if dice.random() < 0.8:
                given = dice.random() < 0.85
                yield (customer, "promotion", int(given), iso(at), channel, clerk)
                if given and dice.random() < 0.05:
                    yield (customer, "promotion", 0, iso(at + timedelta(days=40)), "wechat", clerk)

    def requests(self) -> Iterator[tuple[Any, ...]]:
        """One asked for a copy of what the shop keeps and has it; one waits for it."""
        for customer, days, done in zip(self.regulars[1::7], (90, 4), (True, False), strict=False):
            at = self._latest - timedelta(days=days)
            answered = iso(at + timedelta(days=2)) if done else None
            due = iso(at + timedelta(days=_MONTH))
            yield (customer, "", "access", iso(at), due, answered, self._dice.choice(self.staff))

    def checklists(
        self, prospects: Sequence[tuple[int, str]], sales: Sequence[Sale], first: int
    ) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Sales in the making with the newest who ask, and the newest orders on their way."""
        lists: list[tuple[Any, ...]] = []
        steps: list[tuple[Any, ...]] = []
        asking = [("pre-sale", customer, None, created) for customer, created in prospects[-3:]]
        going = [one for one in sales if one.status in ("paid", "shipped")][-4:]
        orders = [("in-sale", sale.customer, sale.id, sale.placed_at) for sale in going]
        for row, (stage, customer, order, opened) in enumerate([*asking, *orders], first):
            clerk, when = self._dice.choice(self.staff), from_iso(opened)
            lists.append((row, stage, customer, order, opened, clerk))
            done = self._dice.randrange(1, 4)
            for position, step in enumerate(BUILT_IN[stage]):
                when = min(when + timedelta(hours=self._dice.randrange(1, 8)), self._latest)
                ticked = iso(when) if position < done and not step.fact else None
                steps.append((row, position, step.title, step.fact, ticked, clerk if ticked else None))
        return lists, steps
