"""The four values of a customer: profit, crowd, information and word of mouth, with what is missing said."""

from __future__ import annotations

from desktop.core.figures import short_money
from desktop.core.translation import ntr, tr
from desktop.queries.customer_values import CustomerValues
from desktop.queries.lifetime import Lifetime, NoModel
from desktop.queries.profile import Profile
from desktop.queries.relations import ReferralTree
from desktop.views.kit.widgets import Card, KeyValueList


class WorthCard(Card):
    """Four values, not one: somebody who spends little may bring many."""

    def __init__(self, currency: str) -> None:
        super().__init__(tr("Their worth"), hug=True)
        self._currency = currency
        self.values = KeyValueList(name_width=84)
        self.body.addWidget(self.values)

    def show_values(
        self,
        found: Profile,
        values: CustomerValues,
        tree: ReferralTree,
        lifetime: Lifetime | NoModel | None,
    ) -> None:
        """Show a customer's; `lifetime` None while it is not known."""
        self.values.set_pairs(worth(found, values, tree, lifetime, self._currency))


def worth(
    found: Profile,
    values: CustomerValues,
    tree: ReferralTree,
    lifetime: Lifetime | NoModel | None,
    currency: str,
) -> list[tuple[str, str]]:
    """Each value's name and what is known of it, "" where there is nothing."""
    return [
        (tr("Profit"), _profit(found, lifetime, currency)),
        (tr("Crowd"), _crowd(tree, currency)),
        (tr("Information"), _information(values)),
        (tr("Word of mouth"), _mouth(values)),
    ]


def _profit(found: Profile, lifetime: Lifetime | NoModel | None, currency: str) -> str:
    if not found.orders:
        return tr("no order yet")
    parts = [tr("{amount} so far", amount=short_money(found.spend, currency))]
    if isinstance(lifetime, Lifetime) and lifetime.value is not None:
        amount = short_money(lifetime.value, currency)
        parts.append(
            ntr("about {amount} in the next month", "about {amount} in the next {n} months", lifetime.months,
                amount=amount)
        )  # fmt: skip
    elif isinstance(lifetime, NoModel):
        parts.append(tr("too few purchases in the shop to look ahead"))
    return "\n".join(parts)


def _crowd(tree: ReferralTree, currency: str) -> str:
    if not tree.customers:
        return tr("nobody came through them yet")
    amount = short_money(tree.spend, currency)
    if tree.more:
        return tr("more than {n} customers, {amount}", n=f"{tree.customers:,}", amount=amount)
    text = ntr("{n} customer, {amount}", "{n} customers, {amount}", tree.customers, amount=amount)
    if tree.levels == 1:
        return text
    straight = ntr(
        "{n} straight, the rest through those", "{n} straight, the rest through those", tree.straight
    )
    return f"{text}\n{straight}"


def _information(values: CustomerValues) -> str:
    parts = []
    if values.ratings:
        parts.append(ntr("{n} rating", "{n} ratings", values.ratings))
    if values.suggestions:
        parts.append(ntr("{n} suggestion", "{n} suggestions", values.suggestions))
    if values.interviews:
        parts.append(ntr("{n} interview", "{n} interviews", values.interviews))
    return tr(", ").join(parts) or tr("no rating or suggestion yet: ask them")


def _mouth(values: CustomerValues) -> str:
    parts = []
    if values.recommend is not None:
        parts.append(
            tr(
                "would recommend {score} of 10, n = {n}",
                score=f"{values.recommend:.1f}",
                n=values.recommended,
            )
        )
    else:
        parts.append(tr("never asked whether they recommend us"))
    if values.public and values.public_mean is not None:
        parts.append(
            ntr("{n} public review, {mean} of 5", "{n} public reviews, {mean} of 5", values.public,
                mean=f"{values.public_mean:.1f}")
        )  # fmt: skip
    elif values.public:
        parts.append(ntr("{n} public review", "{n} public reviews", values.public))
    return "\n".join(parts)
