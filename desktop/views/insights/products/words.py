"""What sells together and next, in sentences with n and interval."""

from __future__ import annotations

from desktop.analytics.affinity import Pairs
from desktop.core.figures import fine_percent, percent, short_money
from desktop.core.translation import ntr, tr
from desktop.queries.insight_products import ProductName, ProductReport, ProductRow
from desktop.views.figures.lines import interval_of
from desktop.views.timeline.words import cut


def product_name(product: ProductName) -> str:
    """What a product is called on the screen."""
    return product.name or product.code or tr("Product without a name")


def one_line(row: ProductRow, currency: str) -> str:
    """A product in one line: what it brought, and what is said of it."""
    parts = [
        row.product.category,
        tr("{amount}, {share} of all", amount=short_money(row.net, currency), share=percent(row.share)),
        ntr("{n} order", "{n} orders", row.orders),
        ntr("{n} buyer", "{n} buyers", row.buyers),
    ]
    if row.again.value is not None:
        parts.append(tr("{share} bought it again", share=percent(row.again.value)))
    return " · ".join(part for part in parts if part)


def pair_name(report: ProductReport, pairs: Pairs, at: int, *, following: bool) -> str:
    """Both products of a pair: tea + cup; tea → cup."""
    first, second = (product_name(report.name(int(one[at]))) for one in (pairs.first, pairs.second))
    return f"{first} → {second}" if following else f"{first} + {second}"


def times_text(value: float) -> str:
    """How many times as often: 2.4, 12."""
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def times_interval(pairs: Pairs, at: int) -> str:
    """The interval of how many times as often: 1.9–3.1."""
    return f"{times_text(float(pairs.low[at]))}–{times_text(float(pairs.high[at]))}"


def together_sentence(report: ProductReport, pairs: Pairs, at: int) -> str:
    """How often the second product of a pair goes with the first."""
    return tr(
        "{share} of the purchases with {first} have {second} too; by chance it would be {chance}.",
        share=percent(pairs.share(at).value), chance=_chance(pairs, at), **_names(report, pairs, at),
    )  # fmt: skip


def following_sentence(report: ProductReport, pairs: Pairs, at: int) -> str:
    """How often the second product of a pair is bought next after the first."""
    if pairs.first[at] == pairs.second[at]:
        return tr(
            "Whoever bought {first} and came back within {days} days bought it again in {share} of cases; "
            "by chance it would be {chance}.",
            days=report.within, share=percent(pairs.share(at).value), chance=_chance(pairs, at),
            **_names(report, pairs, at),
        )  # fmt: skip
    return tr(
        "Whoever bought {first} and came back within {days} days bought {second} then in {share} of cases; "
        "by chance it would be {chance}.",
        days=report.within, share=percent(pairs.share(at).value), chance=_chance(pairs, at),
        **_names(report, pairs, at),
    )  # fmt: skip


def basis_sentence(pairs: Pairs, at: int, *, following: bool) -> str:
    """What it rests on: n, interval, how many times chance, whose, and when."""
    share = pairs.share(at)
    said = tr(
        "{n} of {of} (95 % interval {interval}), {times} times as often as by chance ({low}), "
        "{buyers}.",
        n=f"{pairs.n[at]:,}", of=f"{share.n:,}", interval=interval_of("share", share, ""),
        times=times_text(float(pairs.lift[at])), low=times_interval(pairs, at),
        buyers=ntr("{n} customer", "{n} customers", int(pairs.buyers[at])),
    )  # fmt: skip
    if not following:
        return said
    days = ntr("Half of them within {n} day.", "Half of them within {n} days.", round(float(pairs.days[at])))
    return tr("{basis} {days}", basis=said, days=days)


def counted_together() -> tuple[str, ...]:
    """How pairs are counted."""
    return (
        tr("A purchase is all that a customer bought on one day; an order of nobody known is one by itself."),
        tr(
            "Shown are pairs in at least 10 purchases of at least 5 customers that go together more often "
            "than chance explains (log-likelihood test, corrected for all pairs looked at by Benjamini and "
            "Hochberg)."
        ),
        tr("They stand by how many times as often as by chance they surely go together."),
        tr("In a large shop the pairs are counted anew when a thousandth of the order lines has changed."),
    )  # fmt: skip


def counted_next() -> tuple[str, ...]:
    """How steps from one purchase to the next are counted."""
    return (
        tr(
            "Each purchase of the period is looked at together with the same customer's purchase before it, "
            "if that was not longer ago than chosen."
        ),
        *counted_together()[1:],
    )


def _names(report: ProductReport, pairs: Pairs, at: int) -> dict[str, str]:
    # A sentence has no room for whole descriptions; the list of pairs and the files say them.
    return {
        "first": cut(product_name(report.name(int(pairs.first[at])))),
        "second": cut(product_name(report.name(int(pairs.second[at])))),
    }


def _chance(pairs: Pairs, at: int) -> str:
    return fine_percent(pairs.chance(at))
