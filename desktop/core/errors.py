"""The root of the program's errors, and the one whose words are meant for the person at the counter."""

from __future__ import annotations


class ShukeError(Exception):
    """Root of every error this program raises on purpose."""


class UserError(ShukeError):
    """Something the user can put right: `message` says what is wrong, `hint` what to do.

    Both are already in the user's language, for the views show them as they are.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message
