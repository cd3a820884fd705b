"""The figures of the drifting screen in words: who drifts, who is lost, who came back, what is at stake."""

from __future__ import annotations

from typing import NamedTuple

from desktop.analytics.intervals import Mean
from desktop.core.figures import percent
from desktop.core.translation import mark, ntr, tr
from desktop.queries.insight_drifting import DriftingReport, Listed
from desktop.queries.lifetime import NoModel
from desktop.queries.prospects import Basis, Prospects
from desktop.views.figures.lines import FigureLine


class _Share(NamedTuple):
    key: str
    name: str
    sentence: str
    missing: str


_REGULARS = mark("no regulars yet")
_SHARES = (
    _Share("drifting", mark("Drifting"), mark(
        "Regulars silent for longer than the shop's multiplier times their own rhythm, alarming ones with "
        "them ÷ regulars who are not lost."), _REGULARS),
    _Share("alarming", mark("Alarming"), mark(
        "Drifting regulars past the second multiplier ÷ regulars who are not lost."), _REGULARS),
    _Share("lost", mark("Lost in the period"), mark(
        "Regulars lost at the period's end who were not at its start ÷ regulars who were not lost at its "
        "start."), mark("no regulars at its start")),
    _Share("returned", mark("Came back"), mark(
        "Regulars who were drifting at the period's start and bought in it ÷ those who were drifting then."),
        mark("nobody was drifting")),
)  # fmt: skip
_STAKES: dict[Basis, str] = {
    "model": mark(
        "(1 − P(alive)) × expected spend, summed over everybody who is drifting, alarming or lost. Neither "
        "who surely comes nor who has surely gone weighs much."
    ),
    "average": mark(
        "(1 − P(alive)) × expected purchases × each one's own average, summed over everybody who is "
        "drifting, alarming or lost."
    ),
    "year": mark(
        "What everybody who is drifting, alarming or lost spent in the last 365 days: there is no model to "
        "look ahead with."
    ),
}


def drifting_lines(
    report: DriftingReport, listed: Listed, currency: str, days_before: str
) -> list[FigureLine]:
    """The tiles; `listed` is who is leaving by the shop's own multiplier."""
    made = []
    rows = tr("Show the customers")
    for share in _SHARES:
        moved = report.moved[share.key]
        hits = moved.now.hits
        made.append(
            FigureLine(
                key=share.key, name=tr(share.name), unit="share", now=moved.now, before=moved.before,
                moved=moved.change, sentence=tr(share.sentence), missing=tr(share.missing),
                currency=currency, beside=ntr("{n} regular", "{n} regulars", hits) if moved.now.n else "",
                days_before=days_before, rows=rows if share.key in ("drifting", "alarming") else "",
            )
        )  # fmt: skip
    regulars = listed.only(("drifting", "alarming", "lost"))
    stake = Mean(float(report.total_at_stake(regulars.places)), int(regulars.places.size), None, None)
    if not regulars.places.size:
        stake = Mean(None, 0, None, None)
    once = listed.count("once")
    singles = int((report.people.count == 1).sum())
    made += [
        FigureLine(
            key="at_stake", name=tr("At stake"), unit="money", now=stake, before=None, moved=None,
            sentence=tr(_STAKES[report.basis]), missing=tr("nobody is leaving"), currency=currency, rows=rows,
        ),
        FigureLine(
            key="once", name=tr("Came once, late"), unit="count",
            now=Mean(float(once) if singles else None, singles, None, None), before=None, moved=None,
            sentence=tr(
                "Bought once, and half of those who came back had come back by now ({half} days), but not "
                "yet nine of ten ({late} days).",
                half=round(report.shop.second_median), late=round(report.shop.second_late),
            ),
            missing=tr("nobody came just once"), currency=currency, rows=rows,
        ),
    ]  # fmt: skip
    return made


def basis_words(hopes: Prospects) -> str:
    """Where the money comes from, in a sentence for who looks at it."""
    months = ntr("{n} month", "{n} months", hopes.months)
    discount = percent(hopes.discount / 100, 0 if hopes.discount == int(hopes.discount) else 1)
    if hopes.basis == "model":
        return tr(
            "Expected spend is what the shop's model expects within {months}, {discount} a month taken off.",
            months=months, discount=discount,
        )  # fmt: skip
    if hopes.basis == "average":
        return tr(
            "Expected spend is the purchases that the shop's model expects within {months} at each one's own "
            "average, {discount} a month taken off: {why}",
            months=months, discount=discount, why=no_money_words(hopes),
        )  # fmt: skip
    return tr("{why} So the money is the spend of the last 365 days.", why=no_model_words(hopes))


def no_money_words(hopes: Prospects) -> str:
    """Why there is no model of spend, in plain words."""
    if isinstance(hopes.model, NoModel):
        return no_model_words(hopes)
    if hopes.model.no_money == "few":
        return tr("too few have come back and paid for a model of how much they spend.")
    if hopes.model.no_money == "dependent":
        return tr(
            "those who come more often spend clearly more or less each time, which a model of spend "
            "rules out."
        )
    return tr("how much they spend each time follows no pattern that a model could learn.")


def no_model_words(hopes: Prospects) -> str:
    """Why there is no model of the customers at all, in plain words."""
    model = hopes.model
    if not isinstance(model, NoModel):
        return ""
    said = {
        "nobody": tr("Nobody has bought yet."),
        "future": tr("All purchases lie ahead."),
        "one-day": tr("Everybody bought on one single day."),
        "unconverged": tr("These customers do not behave as any model of buyers says: the fit found no end."),
    }
    if model.why == "few":
        return ntr(
            "Only {n} customer has come back, and a model needs {needed}.",
            "Only {n} customers have come back, and a model needs {needed}.",
            model.found,
            needed=model.needed,
        )
    return said[model.why]
