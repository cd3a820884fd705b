"""How each figure of a customer came about, in plain words and with their own numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core.dates import format_day
from desktop.core.figures import fine_percent, number, percent, signed
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.queries.lifetime import Lifetime, NoModel
from desktop.queries.profile import Profile
from desktop.queries.relations import ReferralTree
from desktop.views.kit.popover import Explanation, Link

_GAPS_SHOWN = 12


@dataclass(frozen=True)
class Told:
    """What the explanations speak of. `shop_gap` in days; `lifetime` None while it is not known."""

    found: Profile
    today: date
    currency: str
    shop_gap: float
    lifetime: Lifetime | NoModel | None
    tree: ReferralTree | None = None

    def money(self, minor: int) -> str:
        """An amount in full."""
        return format_money(minor, self.currency)


def explanation(name: str, told: Told, links: Sequence[Link] = ()) -> Explanation:
    """The sheet for one of the five figures, by its name in `Tiles`."""
    makers: dict[str, Callable[[Told], tuple[str, list[str], list[tuple[str, str]]]]] = {
        "spent": _spent,
        "rhythm": _rhythm,
        "alive": _alive,
        "satisfaction": _satisfaction,
        "mouth": _mouth,
    }
    title, sentences, facts = makers[name](told)
    return Explanation(title, sentences, facts, links)


def _spent(told: Told) -> tuple[str, list[str], list[tuple[str, str]]]:
    found = told.found
    sentences = [
        tr("Everything they paid, what was refunded taken off. Unpaid and cancelled orders are left out.")
    ]
    facts = [(tr("Spent in all"), told.money(found.spend)), (tr("Orders that count"), f"{found.orders:,}")]
    if found.orders:
        each = told.money(round(found.spend / found.orders))
        sentences.append(
            tr("{spend} ÷ {orders} = {each} an order.", spend=told.money(found.spend),
               orders=f"{found.orders:,}", each=each)
        )  # fmt: skip
    left_out = found.all_orders - found.orders
    if left_out:
        facts.append((tr("Orders left out"), f"{left_out:,}"))
    if found.first_day is not None:
        facts.append((tr("First order"), format_day(found.first_day)))
    if found.last_day is not None:
        facts.append((tr("Last order"), format_day(found.last_day)))
    return tr("Spent in all"), sentences, facts


def _rhythm(told: Told) -> tuple[str, list[str], list[tuple[str, str]]]:
    found, gaps, shop = told.found, told.found.gaps, told.shop_gap
    title = tr("Rhythm and next expected order")
    if found.rhythm is None:
        text = (
            tr("One day with a purchase makes no rhythm yet; the second one will.")
            if found.occasions
            else tr("They have not bought yet.")
        )
        return title, [text], [(tr("The shop's own rhythm"), _days(shop))]
    sentences = [
        tr("The days between their purchases, drawn a little towards what is usual in the shop: the shop's "
           "rhythm counts as two more gaps, so that two early purchases are not taken for a habit."),
        tr("({sum} days in {n} gaps + 2 × {shop}) ÷ ({n} + 2) = {rhythm} days", sum=f"{sum(gaps):,}",
           n=f"{len(gaps):,}", shop=f"{shop:.1f}", rhythm=f"{found.rhythm:.1f}"),
    ]  # fmt: skip
    shown = [f"{gap:,}" for gap in gaps[-_GAPS_SHOWN:]]
    facts = [
        (tr("Their gaps"), ("… " if len(gaps) > _GAPS_SHOWN else "") + tr(", ").join(shown)),
        (tr("The shop's own rhythm"), _days(shop)),
    ]
    if found.last_day is not None and found.expected_day is not None:
        facts.append((tr("Last order"), format_day(found.last_day)))
        facts.append((tr("Next expected"), format_day(found.expected_day)))
        if found.drift_day is not None:
            facts.append((tr("Drifting after"), format_day(found.drift_day)))
    return title, sentences, facts


def _alive(told: Told) -> tuple[str, list[str], list[tuple[str, str]]]:
    found, life = told.found, told.lifetime
    title = tr("Chance of still being a customer")
    if found.last_day is None or found.first_day is None:
        return title, [tr("They have not bought yet.")], []
    own = [
        (tr("Days with a purchase"), f"{found.occasions:,}"),
        (tr("First order"), format_day(found.first_day)),
        (
            tr("Silent since"),
            f"{format_day(found.last_day)} ({_days(told.today.toordinal() - found.last_day)})",
        ),
    ]
    if life is None:
        return title, [tr("It is being worked out.")], own
    if isinstance(life, NoModel):
        if life.needed:
            text = ntr(
                "The shop has {n} customer who came back; {needed} are needed to tell this honestly.",
                "The shop has {n} customers who came back; {needed} are needed to tell this honestly.",
                life.found,
                needed=life.needed,
            )
        else:
            text = tr(
                "The shop's customers don't behave as the model supposes, so that it says nothing here."
            )
        return title, [text, tr("Their rhythm and the days of silence stand without it.")], own
    sentences = [
        ntr(
            "A model of how often people buy and when they stop for good, fitted to {n} customer of this "
            "shop (MBG/NBD). Long silence weighs more against somebody who used to come often.",
            "A model of how often people buy and when they stop for good, fitted to {n} customers of this "
            "shop (MBG/NBD). Long silence weighs more against somebody who used to come often.",
            life.customers,
        ),
    ]
    facts = [
        (tr("Still a customer"), percent(life.alive)),
        *own,
        (
            ntr("Expected in the next month", "Expected in {n} months", life.months),
            tr("{n} purchases", n=number(life.purchases, 1)),
        ),
    ]
    if life.value is not None:
        worth = ntr("Worth in the next month", "Worth in {n} months", life.months)
        facts.append((worth, tr("about {amount}", amount=told.money(life.value))))
        sentences.append(
            tr("Their worth: the purchases expected, times what they usually spend, later months taken at "
               "{discount} less each.", discount=fine_percent(life.discount / 100))
        )  # fmt: skip
    else:
        sentences.append(
            tr("What they will spend can't be told: in this shop it hangs on how often one buys.")
        )
    return title, sentences, facts


def _satisfaction(told: Told) -> tuple[str, list[str], list[tuple[str, str]]]:
    found = told.found
    title = tr("Satisfaction, and the gap to what was expected")
    if found.rating is None:
        return title, [tr("They have not rated anything yet. Ask after the next order.")], []
    facts = [(tr("What they got"), tr("{mean} of 5, n = {n}", mean=f"{found.rating:.2f}", n=found.ratings))]
    if not found.both or found.perceived is None or found.expected is None:
        return (
            title,
            [tr("The mean of what they said they got. None of the ratings says what they had expected.")],
            facts,
        )
    gap = found.perceived - found.expected
    sentences = [
        tr("Customers compare what they got with what they expected. The gap is over ratings that say both."),
        tr("{perceived} got − {expected} expected = {gap}, n = {n}", perceived=f"{found.perceived:.2f}",
           expected=f"{found.expected:.2f}", gap=signed(gap, 2), n=found.both),
    ]  # fmt: skip
    if found.both < 5:
        sentences.append(tr("So few ratings say little; the next one may move this much."))
    return title, sentences, facts


def _mouth(told: Told) -> tuple[str, list[str], list[tuple[str, str]]]:
    found, tree = told.found, told.tree
    title = tr("Word of mouth")
    if not found.brought:
        return (
            title,
            [
                tr(
                    "Nobody came through them yet, or nobody noted it: who referred a customer is one of "
                    "their details."
                )
            ],
            [],
        )
    sentences = [tr("Customers who came straight through them, and what those have spent by now.")]
    facts = [
        (tr("Came through them"), f"{found.brought:,}"),
        (tr("Those spent"), told.money(found.brought_spend)),
    ]
    if tree is not None and tree.levels > 1:
        sentences.append(tr("Those brought others in turn; the tree beside it shows them."))
        facts += [
            (tr("Down the line"), f"{tree.customers:,}"),
            (tr("All of them spent"), told.money(tree.spend)),
        ]
    return title, sentences, facts


def _days(count: float) -> str:
    return ntr("{n} day", "{n} days", round(count))
