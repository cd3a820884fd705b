"""Amounts of money: read from anything an export carries into integers, and shown again.

An amount is an `int` in the currency's minor unit (分, cents); a unit price is an `int` in
ten-thousandths of the currency unit, for prices may be finer than a cent.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from numbers import Integral, Real
from typing import NamedTuple

from desktop.core.errors import ShukeError
from desktop.core.translation import language, mark, tr

PRICE_DECIMALS = 4
DEFAULT_CURRENCY = "CNY"
LARGEST = 10**15
"""Minor units; sums of a million such amounts still fit SQLite's integers."""


class Currency(NamedTuple):
    """A currency: how many decimals it has and the signs it is known by."""

    code: str
    decimals: int
    symbol: str
    """As shown in English."""
    chinese_symbol: str
    name: str
    """Marked for translation."""


CURRENCIES: dict[str, Currency] = {
    currency.code: currency
    for currency in (
        Currency("CNY", 2, "¥", "¥", mark("Chinese yuan")),
        Currency("HKD", 2, "HK$", "HK$", mark("Hong Kong dollar")),
        Currency("MOP", 2, "MOP$", "MOP$", mark("Macanese pataca")),
        Currency("TWD", 0, "NT$", "NT$", mark("New Taiwan dollar")),
        Currency("USD", 2, "$", "US$", mark("US dollar")),
        Currency("EUR", 2, "€", "€", mark("Euro")),
        Currency("GBP", 2, "£", "£", mark("Pound sterling")),
        Currency("JPY", 0, "JP¥", "JP¥", mark("Japanese yen")),
        Currency("KRW", 0, "₩", "₩", mark("South Korean won")),
        Currency("SGD", 2, "S$", "S$", mark("Singapore dollar")),
        Currency("MYR", 2, "RM", "RM", mark("Malaysian ringgit")),
        Currency("THB", 2, "฿", "฿", mark("Thai baht")),
        Currency("VND", 0, "₫", "₫", mark("Vietnamese dong")),
        Currency("AUD", 2, "A$", "A$", mark("Australian dollar")),
        Currency("CAD", 2, "C$", "C$", mark("Canadian dollar")),
        Currency("NZD", 2, "NZ$", "NZ$", mark("New Zealand dollar")),
        Currency("CHF", 2, "CHF ", "CHF ", mark("Swiss franc")),
    )
}


class AmountError(ShukeError):
    """A text is no amount; `reason` says why in the user's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "n/a", "null", "none", "nan", "无"})
_DOLLARS = "USD HKD TWD SGD AUD CAD NZD MOP"
_MORE_SIGNS = {
    "us$": "USD", "cn¥": "CNY", "rmb": "CNY", "人民币": "CNY", "¥": "CNY JPY", "$": _DOLLARS,
    "元": f"CNY {_DOLLARS}", "圆": "CNY JPY", "块": "CNY", "円": "JPY", "원": "KRW", "港币": "HKD",
    "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港元": "HKD",
}  # fmt: skip
_CURRENCIES_OF = {
    **{
        unicodedata.normalize("NFKC", sign).strip().lower(): frozenset({currency.code})
        for currency in CURRENCIES.values()
        for sign in (currency.code, currency.symbol)
    },
    **{sign: frozenset(codes.split()) for sign, codes in _MORE_SIGNS.items()},
}
"""Folded sign → the currencies that it can mean."""
_SIGNS = sorted(_CURRENCIES_OF, key=len, reverse=True)
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_LEADING = re.compile(rf"^(?:{'|'.join(map(re.escape, _SIGNS))})\.?")
_TRAILING = re.compile(rf"(?:{'|'.join(map(re.escape, _SIGNS))})\.?$")
_LARGE = {"万": 10_000, "亿": 100_000_000}
_QUICK = re.compile(r"(\d{1,12})\.(\d{2})", re.ASCII)
"""What most amounts look like, and what can be read in one way only."""
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?e[+-]?\d{1,2}", re.ASCII)
_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d*)?", re.ASCII)
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?", re.ASCII)
_COMMA_DECIMAL = re.compile(r"\d+,\d*|,\d+", re.ASCII)
_GROUP_SIGNS = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")


def parse_amount(
    value: object, currency: str = DEFAULT_CURRENCY, *, decimal_comma: bool | None = None
) -> int | None:
    """A cell's amount in minor units of `currency`, rounded half up; None for an empty one or "-".

    Takes texts ("1,234.50", "￥99", "12.5元", "€1.234,56", "(12.00)", "1.2万"), int, float and Decimal.
    `decimal_comma` decides "1,234" and "1.234"; without it a comma before exactly three digits separates
    thousands and a point decimals. Raises AmountError.
    """
    return _parse(value, _known(currency).decimals, decimal_comma)


def parse_price(value: object, *, decimal_comma: bool | None = None) -> int | None:
    """As `parse_amount`, for a unit price: ten-thousandths of the currency unit."""
    return _parse(value, PRICE_DECIMALS, decimal_comma)


def tells_decimal_comma(text: str) -> bool | None:
    """Whether an amount's comma can only be its decimal sign (True), or cannot be (False); None: either."""
    if _QUICK.fullmatch(text):
        return False
    if not ("," in text or "." in text or "，" in text or "．" in text):
        return None
    number, _ = _bare(_folded(text))
    comma, point = _two_forms(_GROUP_SIGNS.sub("", number.rstrip("万亿 ")))
    return None if (comma is None) == (point is None) else comma is not None


def currencies_of(text: str) -> frozenset[str]:
    """The currencies that a sign or code in an amount can mean: "$5" every dollar, "5" none."""
    if _QUICK.fullmatch(text) or _PLAIN.fullmatch(folded := _folded(text)):
        return frozenset()
    said = _SIGN.search(folded)
    return _CURRENCIES_OF[said[0].rstrip(".")] if said else frozenset()


def _known(currency: str) -> Currency:
    return CURRENCIES.get(currency) or Currency(currency, 2, f"{currency} ", f"{currency} ", currency)


def _parse(value: object, decimals: int, decimal_comma: bool | None) -> int | None:
    # Half a million rows pass here: the exact types first, the abstract ones last.
    if type(value) is float:
        scale: int = 10**decimals
        scaled = value * scale
        if -1e13 < scaled < 1e13:
            near = round(scaled)
            # So near a whole number the decimal form rounds to it as well, whatever its last digits.
            if -1e-4 < scaled - near < 1e-4:
                return near
        return _from_decimal(Decimal(repr(value)), decimals)
    if isinstance(value, str):
        if decimals >= 2 and (quick := _QUICK.fullmatch(value)):
            return int(quick[1] + quick[2] + "0" * (decimals - 2))
        return _parse_text(value, decimals, decimal_comma)
    if value is None:
        return None
    if isinstance(value, bool):
        raise AmountError(tr("yes or no is not an amount"))
    if isinstance(value, Integral):
        return _within(int(value) * 10**decimals)
    if isinstance(value, Decimal):
        return _from_decimal(value, decimals)
    if isinstance(value, Real):
        return _parse(float(value), decimals, decimal_comma)
    raise AmountError(tr("this is not an amount"))


def _from_decimal(value: Decimal, decimals: int) -> int | None:
    if value.is_nan():
        return None
    if not value.is_finite() or value.adjusted() > 18:
        raise AmountError(tr("the amount is too large"))
    if value.adjusted() < -30:
        return 0
    return _within(int(value.scaleb(decimals).to_integral_value(ROUND_HALF_UP)))


def _within(minor: int) -> int:
    if abs(minor) > LARGEST:
        raise AmountError(tr("the amount is too large"))
    return minor


@functools.lru_cache(maxsize=4_096)
def _parse_text(text: str, decimals: int, decimal_comma: bool | None) -> int | None:
    folded = _folded(text)
    if folded in _NOTHING:
        return None
    if folded.endswith("%"):
        raise AmountError(tr("a percentage is not an amount"))
    number, negative = _bare(folded)
    factor = 1
    if number and number[-1] in _LARGE:
        factor = _LARGE[number[-1]]
        number = number[:-1].rstrip()
    plain = _point_form(number, decimal_comma)
    if plain is None:
        raise AmountError(tr("this is not an amount"))
    value = Decimal(plain) * factor
    return _from_decimal(-value if negative else value, decimals)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower().lstrip("\ufeff'`").strip()


def _bare(text: str) -> tuple[str, bool]:
    """The number without sign and currency, and whether it is negative."""
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip()
    for _ in range(2):
        # A sign may stand before or after the currency: -¥5, ¥-5.
        if text[:1] in {"-", "−", "–", "+"}:
            negative, text = negative != (text[0] != "+"), text[1:].lstrip()
        text = _LEADING.sub("", text, count=1).lstrip()
    text = _TRAILING.sub("", text, count=1).rstrip()
    if text.endswith("-"):
        negative, text = not negative, text[:-1].rstrip()
    return text, negative


def _point_form(number: str, decimal_comma: bool | None) -> str | None:
    """The number with a decimal point and nothing else, or None when it is not one."""
    if _SCIENTIFIC.fullmatch(number):
        return number
    number = _GROUP_SIGNS.sub("", number)
    if number.isdecimal() and number.isascii():
        return number
    comma, point = _two_forms(number)
    if comma is None or point is None:
        return point if comma is None else comma
    if decimal_comma is None:
        # Three digits follow a comma or a point: thousands after the one, decimals after the other.
        return point
    return comma if decimal_comma else point


def _two_forms(number: str) -> tuple[str | None, str | None]:
    """The number as it reads with a decimal comma and with a decimal point; None where it cannot."""
    comma = point = None
    if _PLAIN.fullmatch(number) or _POINT_GROUPS.fullmatch(number):
        point = number.replace(",", "")
    if _COMMA_DECIMAL.fullmatch(number) or _COMMA_GROUPS.fullmatch(number):
        comma = number.replace(".", "").replace(",", ".")
    return comma, point


def format_money(minor: int, currency: str = DEFAULT_CURRENCY, *, decimals: int | None = None) -> str:
    """Minor units with the currency's sign: "¥1,234.50", "-¥3.00"; `decimals` rounds half up."""
    known = _known(currency)
    shown = known.decimals if decimals is None else max(decimals, 0)
    if shown < known.decimals:
        step: int = 10 ** (known.decimals - shown)
        minor = int(math.copysign((abs(minor) + step // 2) // step * step, minor)) if minor else 0
    return _signed(minor, known.decimals, shown, known)


def format_price(price: int, currency: str = DEFAULT_CURRENCY) -> str:
    """A unit price in ten-thousandths: as many decimals as it needs, not fewer than an amount."""
    known = _known(currency)
    shown = PRICE_DECIMALS
    while shown > known.decimals and price % 10 ** (PRICE_DECIMALS - shown + 1) == 0:
        shown -= 1
    return _signed(price, PRICE_DECIMALS, shown, known)


def currency_symbol(currency: str = DEFAULT_CURRENCY) -> str:
    """The sign of the currency in the user's language, for a column head or an axis."""
    known = _known(currency)
    return (known.chinese_symbol if language().startswith("zh") else known.symbol).strip()


def plain_amount(minor: int, currency: str = DEFAULT_CURRENCY) -> str:
    """The amount as a machine or an entry field wants it: "1234.50"."""
    decimals = _known(currency).decimals
    return _digits(abs(minor), decimals, decimals, "", minor < 0)


def _signed(value: int, decimals: int, shown: int, currency: Currency) -> str:
    symbol = currency.chinese_symbol if language().startswith("zh") else currency.symbol
    sign = "-" if value < 0 else ""
    return f"{sign}{symbol}{_digits(abs(value), decimals, shown, ',', False)}"


def _digits(value: int, decimals: int, shown: int, separator: str, negative: bool) -> str:
    whole, part = divmod(value, 10**decimals)
    grouped = f"{whole:,}" if separator else str(whole)
    fraction = str(part).zfill(decimals) if decimals else ""
    fraction = fraction[:shown].ljust(shown, "0")
    return ("-" if negative else "") + grouped + (f".{fraction}" if fraction else "")
