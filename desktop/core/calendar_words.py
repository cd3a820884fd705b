"""Days, months and lengths of time in the user's words."""

from __future__ import annotations

from datetime import date, datetime

from desktop.core.days import as_date, from_iso
from desktop.core.translation import mark, ntr, tr

_MONTHS = (
    *(mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June")),
    *(mark("July"), mark("August"), mark("September"), mark("October"), mark("November"), mark("December")),
)
_SHORT_MONTHS = (
    *(mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun")),
    *(mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec")),
)
_WEEKDAYS = (
    *(mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday")),
    *(mark("Friday"), mark("Saturday"), mark("Sunday")),
)
_SHORT_WEEKDAYS = (
    *(mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu")),
    *(mark("Fri"), mark("Sat"), mark("Sun")),
)

Day = int | str | date
"""An ordinal day, an ISO text, a date or a moment."""


def month_name(month: int) -> str:
    """November · 11 月 (1 to 12)."""
    return tr(_MONTHS[month - 1])


def short_month_name(month: int) -> str:
    """Nov · 11 月 (1 to 12), for axes."""
    return tr(_SHORT_MONTHS[month - 1])


def weekday_name(weekday: int) -> str:
    """Monday · 星期一 (0 is Monday)."""
    return tr(_WEEKDAYS[weekday])


def short_weekday_name(weekday: int) -> str:
    """Mon · 周一 (0 is Monday)."""
    return tr(_SHORT_WEEKDAYS[weekday])


def format_day(day: Day) -> str:
    """9 Nov 2026 · 2026 年 11 月 9 日."""
    when = as_date(day)
    return tr("{day} {month} {year}", day=when.day, month=short_month_name(when.month), year=when.year)


def format_short_day(day: Day) -> str:
    """9 Nov · 11 月 9 日, where the year is plain."""
    when = as_date(day)
    return tr("{day} {month}", day=when.day, month=short_month_name(when.month))


def format_near_day(day: Day, today: Day) -> str:
    """9 Nov · 11 月 9 日; with its year where that is not today's."""
    same = as_date(day).year == as_date(today).year
    return format_short_day(day) if same else format_day(day)


def format_month(day: Day) -> str:
    """November 2026 · 2026 年 11 月, of any day in it."""
    when = as_date(day)
    return tr("{month} {year}", month=month_name(when.month), year=when.year)


def format_short_month(day: Day) -> str:
    """Nov 2026 · 2026 年 11 月, for axes and column heads."""
    when = as_date(day)
    return tr("{month} {year}", month=short_month_name(when.month), year=when.year)


def format_weekday(day: Day) -> str:
    """Sunday, 22 November · 11 月 22 日 星期日."""
    when = as_date(day)
    weekday = weekday_name(when.weekday())
    return tr("{weekday}, {day} {month}", weekday=weekday, day=when.day, month=month_name(when.month))


def format_when(moment: str | datetime) -> str:
    """9 Nov 2026, 20:14 · 2026 年 11 月 9 日 20:14."""
    when = from_iso(moment) if isinstance(moment, str) else moment
    return tr("{day}, {time}", day=format_day(when), time=f"{when:%H:%M}")


def relative_day(day: Day, today: Day) -> str:
    """today, yesterday, 5 d ago, in 3 d · 今天、昨天、5 天前、3 天后; longer spans in months and years."""
    days = as_date(today).toordinal() - as_date(day).toordinal()
    near = {0: mark("today"), 1: mark("yesterday"), -1: mark("tomorrow")}
    if days in near:
        return tr(near[days])
    span = _span(abs(days))
    return tr("{span} ago", span=span) if days > 0 else tr("in {span}", span=span)


def _span(days: int) -> str:
    if days < 100:
        return ntr("{n} d", "{n} d", days)
    if days < 731:
        return ntr("{n} mo", "{n} mo", round(days / 30.44))
    return ntr("{n} y", "{n} y", round(days / 365.25))


def duration(minutes: float) -> str:
    """A length of time in its largest fitting unit: 18 min, 2 h, 2.5 h, 3 d · 18 分钟、2 小时、3 天."""
    sign = "-" if minutes < 0 else ""
    minutes = abs(minutes)
    if round(minutes) < 60:
        return sign + ntr("{n} min", "{n} min", round(minutes))
    hours = round(minutes / 60, 1)
    if hours < 24:
        return sign + tr("{hours} h", hours=f"{hours:g}")
    days = round(minutes / 1440, 1)
    return sign + tr("{days} d", days=f"{days:g}" if days < 10 else f"{days:,.0f}")
