"""Phones, e-mail addresses and accounts in the one form by which a person is recognised again."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import NamedTuple

from desktop.core.folding import clean_cell, fold


class PhoneFault(Enum):
    """Why a text gives no phone number."""

    EMPTY = "empty"
    MASKED = "masked"
    """Digits hidden by the platform: 138****8421."""
    RUINED = "ruined"
    """A spreadsheet turned it into a rounded number: 1.38E+10. The digits are lost."""
    NOT_A_PHONE = "not a phone"


class Phone(NamedTuple):
    """What was read: the canonical number, or the fault that kept it from being one."""

    number: str | None
    fault: PhoneFault | None = None


class _Country(NamedTuple):
    code: str
    trunk: str


# Calling code and the digit dialled before a number at home.
_COUNTRIES = {
    "CN": _Country("86", "0"),
    "HK": _Country("852", ""),
    "MO": _Country("853", ""),
    "TW": _Country("886", "0"),
    "SG": _Country("65", ""),
    "MY": _Country("60", "0"),
    "JP": _Country("81", "0"),
    "KR": _Country("82", "0"),
    "GB": _Country("44", "0"),
    "DE": _Country("49", "0"),
    "FR": _Country("33", "0"),
    "AU": _Country("61", "0"),
    "US": _Country("1", ""),
    "CA": _Country("1", ""),
}
_CODES = tuple(sorted({country.code for country in _COUNTRIES.values()}, key=len, reverse=True))

_MASK = re.compile(r"[*＊•●·]{2,}|\d[xX]{3,}\d")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d{1,2}$")
_EXTENSION = re.compile(
    r"(?:转|轉|分机|ext\.?|extension|(?<=\d)x|#|(?<=\d{7})-(?=\d{1,6}$))[\s:.-]*(\d{1,6})$", re.I
)
_LABEL = re.compile(r"^(?:tel|phone|mobile|电话|手机|手机号|联系电话)[\s:：]*", re.I)
_SEPARATORS = re.compile(r"[\s\-‐-―.()/·]+")
_MOBILE_CN = re.compile(r"1[3-9]\d{9}", re.ASCII)
_NATIONAL_CN = re.compile(r"1[3-9]\d{9}|0[1-9]\d{8,10}|[48]00\d{7}|[2-9]\d{6,7}|9[56]\d{3,6}|1[012]\d{3}")
_ROUNDED = re.compile(r"1[3-9]\d0{8}")
"""What 1.38E+10 becomes when the ruined workbook is saved once more."""
_INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}")
_NATIONAL = re.compile(r"\d{7,15}")
_SPLIT = re.compile(r"[/;；、,，|\n]|\s{2,}|\s+(?:or|或)\s+")


def is_masked(text: str) -> bool:
    """Whether a platform has hidden part of the text: 138****8421, 王**, ##密文##, $$密文$$."""
    return bool(_MASK.search(text)) or text.startswith(("##", "$$"))


def is_ruined_number(text: str) -> bool:
    """Whether a spreadsheet has rounded a long number away: 1.38E+10, 1.23E+18."""
    text = clean_cell(text)
    return bool(_SCIENTIFIC.match(text)) and _whole_number(text) is None


def normalise_phone(text: str, country: str = "CN") -> str | None:
    """The canonical number ("13800138421", "+447911123456"), or None; `read_phone` says why."""
    return read_phone(text, country).number


def read_phone(text: str, country: str = "CN") -> Phone:
    """Read one phone number as it is written in `country` (ISO code).

    Numbers of that country become national digits ("+86"/"0086" go, an area code gets its 0),
    others "+" and digits. An extension, which tells apart the people behind one virtual number
    of a platform, stays after a hyphen.
    """
    if len(text) == 11 and country == "CN" and _MOBILE_CN.fullmatch(text) and not text.endswith("00000000"):
        return Phone(text)
    text = fold(clean_cell(text))
    if not text:
        return Phone(None, PhoneFault.EMPTY)
    text = text.removesuffix(".0")
    if _ROUNDED.fullmatch(text):
        return Phone(None, PhoneFault.RUINED)
    if is_masked(text):
        return Phone(None, PhoneFault.MASKED)
    if _SCIENTIFIC.match(text):
        whole = _whole_number(text)
        if whole is None:
            return Phone(None, PhoneFault.RUINED)
        text = whole
    text = _LABEL.sub("", text)
    extension = ""
    if match := _EXTENSION.search(text):
        extension = f"-{match[1]}"
        text = text[: match.start()]
    text = _SEPARATORS.sub("", text.replace("(0)", ""))
    number = _canonical(text, country) if text.isascii() else None
    return Phone(number + extension) if number else Phone(None, PhoneFault.NOT_A_PHONE)


def phone_abroad(number: str, country: str, home: str) -> str:
    """A canonical number of one country as the canonical number it is in another (ISO codes)."""
    known = _COUNTRIES.get(country)
    if not number.startswith("+") and known is not None:
        number = f"+{known.code}{number.removeprefix(known.trunk)}"
    digits, hyphen, extension = number.partition("-")
    return (_canonical(digits, home) or digits) + hyphen + extension


def _whole_number(text: str) -> str | None:
    """The digits of a number in scientific form when all of them are there, else None."""
    digits, _, power = text.lower().partition("e")
    decimals = len(digits.partition(".")[2])
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    # Ten significant digits of an eleven-digit number may end in a real 0 or a lost digit.
    return str(int(value)) if decimals >= int(power) - 1 and value == int(value) and int(power) < 20 else None


def _canonical(text: str, country: str) -> str | None:
    home = _COUNTRIES.get(country)
    if text.startswith("00"):
        text = "+" + text[2:]
    elif country == "CN" and len(text) == 13 and text.startswith("861"):
        text = "+" + text
    if home and text.startswith("+" + home.code):
        text = _national(text[1 + len(home.code) :], country, home)
    if text.startswith("+"):
        return text if _INTERNATIONAL.fullmatch(text) else None
    shape = _NATIONAL_CN if country == "CN" else _NATIONAL
    return text if shape.fullmatch(text) else None


def _national(digits: str, country: str, home: _Country) -> str:
    if not home.trunk or digits.startswith(home.trunk):
        return digits
    if country == "CN" and (_MOBILE_CN.fullmatch(digits) or digits.startswith(("400", "800"))):
        return digits
    return home.trunk + digits


def split_values(text: str) -> list[str]:
    """The several numbers or accounts someone wrote into one cell, in order, without blanks."""
    return [part.strip() for part in _SPLIT.split(text) if part.strip()]


def format_phone(number: str) -> str:
    """A canonical number grouped for reading aloud: 138 0013 8421, 0571 8888 8888, 400 800 1234."""
    digits, _, extension = number.partition("-")
    tail = f" - {extension}" if extension else ""
    if digits.startswith("+"):
        code = next((code for code in _CODES if digits.startswith(code, 1)), "")
        return (f"+{code} {_grouped(digits[1 + len(code) :])}" if code else digits) + tail
    if not digits.isdigit():
        return number
    if _MOBILE_CN.fullmatch(digits) or re.fullmatch(r"[48]00\d{7}", digits):
        return f"{digits[:3]} {_fours(digits[3:])}{tail}"
    if re.fullmatch(r"0\d{9,11}", digits):
        area = 3 if digits.startswith(("010", "02")) else 4
        return f"{digits[:area]} {_fours(digits[area:])}{tail}"
    return _fours(digits) + tail


def _grouped(digits: str) -> str:
    """Groups of three for the nine and ten digits usual abroad, else of four."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) in {9, 10} else _fours(digits)


def _fours(digits: str) -> str:
    """Groups of four from the right, the odd digits going to the first group of a long number."""
    if len(digits) < 7:
        return digits
    first = len(digits) % 4 or 4
    return " ".join([digits[:first], *(digits[at : at + 4] for at in range(first, len(digits), 4))])


def normalise_email(text: str) -> str | None:
    """An e-mail address in lower case, or None when it is not one or is masked."""
    text = fold(clean_cell(text)).removeprefix("mailto:").strip("<>;,. ")
    return text if re.fullmatch(r"[^\s@*<>,;]+@[^\s@*<>,;.]+(?:\.[^\s@*<>,;.]+)+", text) else None


def normalise_account(kind: str, text: str, country: str = "CN") -> str | None:
    """The form in which a contact point of `kind` is unique, or None when it recognises nobody.

    `kind` is phone, email, qq, wechat, weibo, address or any platform's name. What a platform
    has masked ("t**3") recognises nobody: matching by it would merge strangers.
    """
    if kind == "phone":
        return normalise_phone(text, country)
    if kind == "email":
        return normalise_email(text)
    folded = fold(clean_cell(text))
    if kind == "address":
        return folded.replace(" ", "") or None
    if is_masked(folded):
        return None
    if kind == "qq":
        folded = re.sub(r"^qq(?:号)?[\s:]*|@qq\.com$|\s", "", folded)
        return folded if re.fullmatch(r"[1-9][0-9]{4,11}", folded) else None
    if kind == "weibo":
        folded = re.sub(r"^(?:https?://)?(?:www\.|m\.)?weibo\.(?:com|cn)/(?:u/|n/)?", "", folded)
        return folded.lstrip("@").partition("?")[0].rstrip("/") or None
    if kind == "wechat":
        folded = re.sub(r"^(?:wechat|weixin|微信号?|wx)\s*:\s*", "", folded)
    return folded or None
