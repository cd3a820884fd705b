"""Shares, changes and large amounts of money as short words: 41 %, ▲ 3 pts, ¥86k · ¥8.6 万."""

from __future__ import annotations

from desktop.core.translation import language, ntr, tr

NOTHING = "—"


def percent(share: float | None, decimals: int = 0) -> str:
    """A share of 1 as "41 %", or "—" where there is none; a little is not nothing: <1 %."""
    if share is None:
        return NOTHING
    text = f"{100 * share:.{decimals}f}"
    if not decimals and ((share > 0 and text == "0") or (share < 1 and text == "100")):
        text = "<1" if share < 0.5 else ">99"
    return f"{text}\N{NO-BREAK SPACE}%"


def fine_percent(share: float) -> str:
    """A share with one decimal where it has one: 41 %, 87.5 %; for axes and what one points at."""
    return f"{100 * share:.1f}".removesuffix(".0") + "\N{NO-BREAK SPACE}%"


def score(value: float) -> str:
    """A mean rating with one or two decimals: 4.0, 4.25; for axes and what one points at."""
    text = f"{value:.2f}"
    return text.removesuffix("0")


def moved_points(difference: float, direction: str) -> str:
    """How a share moved, in percentage points: ▲ 3 pts · ▲ 3 点."""
    shown = round(abs(100 * difference), 1)
    sign = arrow(direction)
    if shown >= 10 or shown == round(shown):
        return ntr("{arrow} {n} pt", "{arrow} {n} pts", round(shown), arrow=sign)
    return tr("{arrow} {points} pts", arrow=sign, points=f"{shown:.1f}")


def number(value: float | None, decimals: int = 2) -> str:
    """A mean with fixed decimals, or "—"."""
    return NOTHING if value is None else f"{value:.{decimals}f}"


def arrow(direction: str | None) -> str:
    """The sign of a change: ▲, ▼, = or, where too little is known, nothing."""
    return {"up": "▲", "down": "▼", "level": "="}.get(direction or "", "")


def signed(value: float, decimals: int = 0) -> str:
    """A number that always shows its sign, with a true minus."""
    text = f"{abs(value):.{decimals}f}"
    if float(text) == 0:
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def short_money(minor: int, currency: str = "CNY") -> str:
    """An amount to grasp at a glance: ¥860, ¥8,600, ¥86k, ¥1.2M · ¥8.6 万, ¥1.2 亿."""
    # It comes with all that reads amounts, which a window's first picture has no need of.
    from desktop.core.money import CURRENCIES, currency_symbol, format_money

    known = CURRENCIES.get(currency)
    whole = abs(minor) / 10 ** (known.decimals if known else 2)
    chinese = language().startswith("zh")
    steps = ((1e8, " 亿"), (1e4, " 万")) if chinese else ((1e9, "B"), (1e6, "M"), (1e4, "k"))
    for size, unit in steps:
        if whole >= size * 0.9995:
            scale = 1e3 if unit == "k" else size
            shown = whole / scale
            text = f"{shown:,.0f}" if shown >= 99.95 or unit == "k" else f"{shown:.1f}".removesuffix(".0")
            return f"{'-' if minor < 0 else ''}{currency_symbol(currency)}{text}{unit}"
    return format_money(minor, currency, decimals=0)
