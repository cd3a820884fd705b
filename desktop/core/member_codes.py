"""Members' codes: EAN-13 of the range that shops number themselves, and whatever else stands on a card."""

from __future__ import annotations

from desktop.core.contacts import normalise_account

CHANNEL = "member"
"""The platform under which the book keeps a code among the accounts of a customer."""

PREFIX = "29"
"""GS1 leaves 20 to 29 to shops; scales print weighed goods under 20 to 28, so that ours never meet theirs."""

_DIGITS = 13
NUMBERS = 10 ** (_DIGITS - len(PREFIX) - 1)
"""How many codes there are."""

_LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011",
         "0110001", "0101111", "0111011", "0110111", "0001011")  # fmt: skip
"""The seven modules of each digit in the left half, with odd parity: 1 is a bar."""
_PARITY = ("OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE",
           "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO")  # fmt: skip
"""The first digit is not drawn: it is the pattern of odd and even among the next six."""


def check_digit(body: str) -> str:
    """The thirteenth digit of an EAN-13 whose first twelve are given."""
    odd, even = body[0::2], body[1::2]
    return str(-(sum(map(int, odd)) + 3 * sum(map(int, even))) % 10)


def is_ean13(text: str) -> bool:
    """Whether the text is thirteen digits of which the last one checks the others."""
    return len(text) == _DIGITS and text.isascii() and text.isdigit() and check_digit(text[:12]) == text[12]


def is_own(text: str) -> bool:
    """Whether the text is a code as this program gives them."""
    return text.startswith(PREFIX) and is_ean13(text)


def member_code(number: int) -> str:
    """The code with a number, counted from 0. Raises ValueError beyond NUMBERS."""
    if not 0 <= number < NUMBERS:
        msg = f"no member code has the number {number}"
        raise ValueError(msg)
    body = f"{PREFIX}{number:0{_DIGITS - len(PREFIX) - 1}}"
    return body + check_digit(body)


def number_of(code: str) -> int:
    """The number of one of our own codes: what `member_code` was given."""
    return int(code[len(PREFIX) : -1])


def normalise_code(text: str) -> str:
    """A code as the book compares it, "" for none; one of ours may be written in groups."""
    digits = text.replace("-", "").translate({ord(space): None for space in " \t\r\n"})
    return digits if is_ean13(digits) else normalise_account("account", text) or ""


def bars(code: str) -> str:
    """The 95 modules of an EAN-13 from left to right, "1" a bar and "0" a gap. Raises ValueError."""
    if not is_ean13(code):
        msg = f"not an EAN-13: {code!r}"
        raise ValueError(msg)
    parity = _PARITY[int(code[0])]
    left = "".join(
        _LEFT[int(digit)] if side == "O" else _right(digit)[::-1]
        for digit, side in zip(code[1:7], parity, strict=True)
    )
    return f"101{left}01010{''.join(map(_right, code[7:]))}101"


def _right(digit: str) -> str:
    """A digit in the right half: the left one's negative. Read backwards it is the even one of the left."""
    return _LEFT[int(digit)].translate({48: "1", 49: "0"})
