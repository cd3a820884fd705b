"""Findings in the owner's words: who does what more or less often, how sure that is, and out of how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf

from desktop.analytics.intervals import Mean, Rate
from desktop.core import words
from desktop.core.calendar_words import weekday_name
from desktop.core.figures import NOTHING, number, percent, short_money
from desktop.core.translation import mark, ntr, tr
from desktop.queries.finding_outcomes import DAYS, SOON
from desktop.queries.insight_findings import Finding, Findings

_SUBJECTS: Mapping[tuple[str, str], str] = {
    ("channel", ""): mark("Customers who first bought through {label}"),
    ("source", ""): mark("Customers who came from “{label}”"),
    ("method", ""): mark("Customers found through “{label}”"),
    ("product", ""): mark("Customers who began with {label}"),
    ("region", ""): mark("Customers from {label}"),
    ("kind", ""): mark("Customers of the kind {label}"),
    ("gender", "female"): mark("Women"),
    ("gender", "male"): mark("Men"),
    ("gender", ""): mark("Customers of the gender {label}"),
    ("tier", ""): mark("Customers of the tier {label}"),
    ("clerk", ""): mark("Customers first served by {label}"),
    ("weekday", ""): mark("Customers who first bought on a {label}"),
    ("asked", "yes"): mark("Customers who were asked to rate their first order"),
    ("asked", "no"): mark("Customers who were not asked to rate their first order"),
    ("referred", "yes"): mark("Customers whom another customer brought"),
    ("referred", "no"): mark("Customers whom nobody brought"),
    ("points", "yes"): mark("Customers who had points from the first day on"),
    ("points", "no"): mark("Customers who had no points on the first day"),
    ("stars", "yes"): mark("Customers whose first rating was five stars"),
    ("stars", "no"): mark("Customers whose first rating was three stars or fewer"),
    ("settled", "yes"): mark("Customers whose first complaint was settled in time and for good"),
    ("settled", "no"): mark("Customers whose first complaint was settled late, badly or twice"),
}
_LABELS: Mapping[str, Callable[[str], str]] = {
    "channel": lambda code: words.name(words.CHANNELS, code),
    "kind": lambda code: words.name(words.CUSTOMER_KINDS, code),
    "gender": lambda code: words.name(words.GENDERS, code),
    "tier": lambda code: words.name(words.TIERS, code),
    "weekday": lambda number: weekday_name(int(number)),
}
_MORE: Mapping[str, str] = {
    "back": mark("{who} come back {times} times as often as others."),
    "after stars": mark("{who} come back {times} times as often as those of three stars or fewer."),
    "after settled": mark("{who} come back {times} times as often as the others who complained."),
    "complained": mark("{who} complain {times} times as often as others."),
    "refunded": mark("{who} get money back {times} times as often as others."),
    "spend": mark("{who} spend {amount} more afterwards than others."),
    "content": mark("{who} give {amount} stars more than others."),
}
_LESS: Mapping[str, str] = {
    "back": mark("{who} come back only {share} as often as others."),
    "after stars": mark("{who} come back only {share} as often as those of three stars or fewer."),
    "after settled": mark("{who} come back only {share} as often as the others who complained."),
    "complained": mark("{who} complain only {share} as often as others."),
    "refunded": mark("{who} get money back only {share} as often as others."),
    "spend": mark("{who} spend {amount} less afterwards than others."),
    "content": mark("{who} give {amount} stars fewer than others."),
}
_NONE: Mapping[str, str] = {
    "back": mark("{who} have not come back at all; others have."),
    "complained": mark("{who} have not complained at all; others have."),
    "refunded": mark("{who} have got no money back at all; others have."),
}
_ALONE: Mapping[str, str] = {
    "back": mark("{who} come back; of the others nobody has."),
    "complained": mark("{who} complain; of the others nobody has."),
    "refunded": mark("{who} get money back; of the others nobody has."),
}
_WHEN: Mapping[str, str] = {
    "back": mark("within {days} days of the first purchase"),
    "complained": mark("within {soon} days of the first purchase"),
    "refunded": mark("of what was bought within {soon} days of the first purchase"),
    "spend": mark("in the {days} days after the first purchase"),
    "content": mark("mean of each customer's ratings"),
    "after stars": mark("within {days} days of the rating"),
    "after settled": mark("within {days} days of its end"),
}


def who(finding: Finding) -> str:
    """The group: Customers who first bought through WeChat."""
    said = _SUBJECTS.get((finding.split, finding.label)) or _SUBJECTS.get((finding.split, ""))
    name = _LABELS.get(finding.split)
    label = name(finding.label) if name else finding.label
    return tr(said, label=label or tr("Unnamed")) if said else label


def sentence(finding: Finding, currency: str) -> str:
    """What was found, in a sentence."""
    effect, outcome = finding.effect.value or 0.0, finding.outcome
    if finding.share and effect in (0.0, inf):
        return tr((_ALONE if effect else _NONE)[_plain(outcome)], who=who(finding))
    if finding.share and effect < 1:
        return tr(_LESS[outcome], who=who(finding), share=percent(effect))
    if finding.share:
        return tr(_MORE[outcome], who=who(finding), times=_times(effect))
    said = _MORE if effect > 0 else _LESS
    return tr(said[outcome], who=who(finding), amount=_amount(finding, abs(effect), currency))


def basis(finding: Finding, currency: str) -> str:
    """What it rests on: both sides, the interval, both n, and over which time."""
    when = tr(_WHEN[finding.outcome], days=DAYS, soon=SOON)
    return tr(
        "{ours} against {others}, {when}; 95 % interval {interval}, "
        "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n} and {rest}.",
        ours=_side(finding, finding.ours, currency), others=_side(finding, finding.others, currency),
        when=when, interval=_interval(finding, currency), n=f"{finding.ours.n:,}",
        rest=f"{finding.others.n:,}",
    )  # fmt: skip


def nothing(findings: Findings) -> str:
    """What is said where nothing was found."""
    if not findings.comparisons:
        return tr(
            "Too few customers to compare: that needs 30 on both sides whose first purchase was at least "
            "{days} days ago.",
            days=DAYS,
        )
    return ntr(
        "Looked at {n} comparison: nothing that chance would not explain.",
        "Looked at {n} comparisons: nothing that chance would not explain.",
        findings.comparisons,
    )


def looked(findings: Findings) -> str:
    """How much was looked at."""
    return ntr("{n} comparison looked at", "{n} comparisons looked at", findings.comparisons)


def counted(findings: Findings) -> list[str]:
    """How findings are found."""
    return [
        tr(
            "Customers are compared with all others by how they came, what they bought first, who served "
            "them, where they live and more: by who came back, spent, complained, got money back and was "
            "content."
        ),
        tr(
            "Everybody is looked at for equally long: only customers who first bought at least {days} days "
            "ago count, and groups of at least 30.",
            days=DAYS,
        ),
        tr(
            "{n} comparisons were looked at. The chance that even one of the sentences is nothing but "
            "chance is below 5 % (Holm's correction).",
            n=f"{findings.comparisons:,}",
        ),
        tr("These are observations: what goes together need not be its cause."),
    ]


def _plain(outcome: str) -> str:
    """The outcome whose words it shares: coming back, whatever after."""
    return "back" if outcome.startswith("after ") else outcome


def _times(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def _amount(finding: Finding, value: float, currency: str) -> str:
    return short_money(round(value), currency) if finding.outcome == "spend" else number(value)


def _share(value: float) -> str:
    """A share, with a decimal where it is small."""
    return percent(value, 1 if 0 < value < 0.095 else 0)


def _side(finding: Finding, figure: Rate | Mean, currency: str) -> str:
    if figure.value is None:
        return NOTHING
    return _share(figure.value) if finding.share else _amount(finding, figure.value, currency)


def _interval(finding: Finding, currency: str) -> str:
    low, high = finding.effect.low, finding.effect.high
    if low is None or high is None:
        return NOTHING
    if not finding.share:
        # The sentence says more or less: the interval is that of the size.
        least, most = sorted((abs(low), abs(high))) if low * high > 0 else (low, high)
        return f"{_amount(finding, least, currency)}–{_amount(finding, most, currency)}"
    if (finding.effect.value or 0) < 1:
        return f"{100 * low:.0f}–{percent(high)}"
    if high == inf:
        return tr("at least {times}", times=_times(low))
    return f"{_times(low)}–{_times(high)}"
